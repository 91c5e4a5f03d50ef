import { expect, test } from 'vitest';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import { dollars, FREE, inDollars } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { acceptanceRate } from '../../src/ledger/acceptance-rate.ts';
import { audit, auditTotal, whatIf } from '../../src/ledger/audit.ts';
import { costed, type Rates } from '../../src/ledger/costs.ts';
import { madeSince, tallyOf } from '../../src/ledger/tally.ts';
import { toCsv } from '../../src/ledger/take-csv.ts';
import { betaCdf, betaQuantile } from '../../src/ledger/beta.ts';
import { monthSoFar } from '../../src/ledger/month.ts';
import {
  costInShort,
  costKnown,
  fateOf,
  fatesOf,
  isFallback,
  nthOf,
  wasFirstAsked,
  receiptInWords,
  receiptOf,
  spentInWords,
} from '../../src/ledger/receipt.ts';
import { compared, replayInWords as replayed } from '../../src/ledger/replay-report.ts';
import { DEFAULT_SETTINGS } from '../../src/ledger/money-settings.ts';
import { readSettings } from '../../src/ledger/read-money-settings.ts';
import { budgetLeft } from '../../src/ledger/budget-left.ts';
import { inWords as said, shown } from '../../src/core/say.ts';
import { BUILT_IN } from '../../src/routing/catalog.ts';
import { takeOf } from '../rig/takes.ts';
import type { TakeStore } from '../../src/session/stores.ts';
import { createTakeCache } from '../../src/session/take-cache.ts';

const ref = { provider: 'p', model: 'm' };
let count = 0;
const take = (over: Partial<TakeRecord> = {}): TakeRecord => ({
  id: `t${count++}` as TakeId,
  at: Date.parse('2026-11-10T12:00:00Z'),
  graphId: 'g' as GraphId,
  node: 'image' as NodeId,
  runId: 'r' as RunId,
  slot: `s${count}`,
  number: 0,
  output: 'image',
  key: 'k' as CacheKey,
  work: 'text to image',
  tier: 'speed',
  mode: 'delivery',
  table: { id: 'house', version: 1 },
  asked: ref,
  answered: ref,
  why: '',
  seed: 1,
  baseSeed: 1,
  request: { tier: 'speed' } as TakeRecord['request'],
  queuedMs: 0,
  workedMs: 0,
  estimated: FREE,
  charged: FREE,
  measures: [],
  verdict: { state: 'open', by: 'nobody', at: 0, reviewMs: 0 },
  artifact: { kind: 'image', hash: `h${count}` as ArtifactHash, width: 1, height: 1 },
  ...over,
});
const judged = (state: 'accepted' | 'rejected', reviewMs = 0) => ({ state, by: 'person' as const, at: 1, reviewMs });
const RATES: Rates = { machinePerHour: dollars('0.36'), personPerHour: dollars('72') };

test('the Beta distribution gives known values', () => {
  expect(betaCdf(0.25, 2, 2)).toBeCloseTo(0.15625, 10);
  expect(betaQuantile(0.5, 2, 3)).toBeCloseTo(0.38572757, 7);
  expect(betaQuantile(0.25, 0.5, 0.5)).toBeCloseTo(0.14644661, 7);
  expect(betaQuantile(0.9, 1, 1)).toBeCloseTo(0.9, 10);
});

test('the acceptance rate is honest with little data and sure with much', () => {
  const none = acceptanceRate([], ref, 'text to image');
  expect(none).toMatchObject({ judged: 0, mean: 0.5, takes: { expected: 3 } });
  const few = acceptanceRate(
    [take({ verdict: judged('accepted') }), take({ verdict: judged('rejected') }), take()],
    ref,
    'text to image',
  );
  expect(few.judged).toBe(2);
  const many = acceptanceRate(
    Array.from({ length: 400 }, (_, i) => take({ verdict: judged(i % 4 ? 'rejected' : 'accepted') })),
    ref,
    'text to image',
  );
  expect(many.mean).toBeCloseTo(0.25, 1);
  expect(many.high - many.low).toBeLessThan(0.08);
  expect(none.high - none.low).toBeGreaterThan(0.5);
  expect(
    acceptanceRate([take({ verdict: judged('accepted') })], { provider: 'p', model: 'other' }, 'text to image').judged,
  ).toBe(0);
});

/**
 * By hand: three takes at $0.05 = $0.15. Waiting 10 s + 20 s + 30 s = 60 s at $72 an hour = $1.20. Reviewing 30 s + 45
 * s + 15 s
 * = 90 s = $1.80. Refinement 100 s of machine at $0.36 an hour = $0.01. One accepted: $0.15 + $0.01 + $1.20 + $1.80 =
 * $3.16.
 */
test('cost per accepted deliverable, checked by hand', () => {
  const takes = [
    take({ charged: dollars('0.05'), queuedMs: 4000, workedMs: 6000, verdict: judged('rejected', 30_000) }),
    take({
      charged: dollars('0.05'),
      queuedMs: 0,
      workedMs: 20_000,
      verdict: judged('rejected', 45_000),
      at: Date.parse('2026-11-10T12:01:00Z'),
    }),
    take({
      charged: dollars('0.05'),
      queuedMs: 0,
      workedMs: 30_000,
      verdict: judged('accepted', 15_000),
      at: Date.parse('2026-11-10T12:02:00Z'),
    }),
  ];
  const refinements = [
    {
      at: Date.parse('2026-11-10T12:03:00Z'),
      graphId: 'g' as GraphId,
      node: 'grade' as NodeId,
      sources: ['image' as NodeId],
      ms: 100_000,
    },
  ];
  const [row] = audit(costed(takes, refinements, RATES), 'tier');
  expect(row).toMatchObject({ key: 'speed', takes: 3, accepted: 1, rejected: 2, acceptance: 1 / 3, multiplier: 3 });
  expect(row!.perAccepted).toEqual({
    generation: dollars('0.15'),
    refinement: dollars('0.01'),
    waiting: dollars('1.2'),
    reviewing: dollars('1.8'),
    total: dollars('3.16'),
  });
  expect(shown(inDollars(row!.perAccepted!.total))).toBe('$3.16');
});

test('nothing accepted: undefined, and what was spent; a failed and an unpriced take are counted', () => {
  const row = auditTotal(
    costed(
      [
        take({ charged: dollars('0.2'), verdict: judged('rejected') }),
        take({ charged: null }),
        { ...take({ charged: FREE }), artifact: undefined as never, failure: { code: 'network', message: 'gone' } },
      ],
      [],
      { machinePerHour: FREE, personPerHour: FREE },
    ),
  );
  expect(row).toMatchObject({ takes: 3, failed: 1, unpriced: 1, accepted: 0, fullCost: dollars('0.2') });
  expect(row.perAccepted).toBe(undefined);
  expect(row.multiplier).toBe(undefined);
});

test('however it is grouped, the sums are the same to the millionth', () => {
  const takes = Array.from({ length: 50 }, (_, i) =>
    take({
      charged: dollars((i * 0.0137).toFixed(6)),
      workedMs: i * 977,
      tier: i % 3 ? 'speed' : 'budget',
      node: (i % 2 ? 'image' : 'other') as NodeId,
      verdict: judged(i % 2 ? 'accepted' : 'rejected', i * 131),
      at: Date.parse('2026-10-20') + i * 86_400_000,
    }),
  );
  const refinements = Array.from({ length: 20 }, (_, i) => ({
    at: Date.parse('2026-11-01') + i * 86_400_000,
    graphId: 'g' as GraphId,
    node: 'grade' as NodeId,
    sources: ['image', 'other'] as NodeId[],
    ms: 1237 * i,
  }));
  const total = auditTotal(costed(takes, refinements, RATES));
  for (const dimension of ['month', 'tier', 'kind', 'model', 'provider', 'graph', 'table'] as const) {
    const rows = audit(costed(takes, refinements, RATES), dimension);
    expect(rows.reduce((sum, row) => sum + row.fullCost, 0)).toBe(total.fullCost);
    expect(rows.reduce((sum, row) => sum + row.refinement, 0)).toBe(total.refinement);
    expect(rows.reduce((sum, row) => sum + row.takes, 0)).toBe(50);
  }
});

test('what-if uses the rates seen, and says when there are none', () => {
  const takes = [
    take({ tier: 'cinematic', charged: dollars('0.4'), verdict: judged('accepted') }),
    take({ tier: 'cinematic', charged: dollars('0.4'), verdict: judged('rejected') }),
    take({ tier: 'speed', charged: dollars('0.1'), verdict: judged('accepted') }),
  ];
  const free = { machinePerHour: FREE, personPerHour: FREE };
  expect(whatIf(costed(takes, [], free), 'text to image', 'cinematic', 'speed')).toEqual({
    known: true,
    accepted: 1,
    was: dollars('0.8'),
    wouldBe: dollars('0.1'),
  });
  const unknown = whatIf(costed(takes, [], free), 'text to image', 'cinematic', 'budget');
  expect(!unknown.known && said(unknown.reason)).toContain('budget');
});

test('of two takes of one deliverable that criteria accepted, the later one is it; all that was spent is its cost', () => {
  const byCriteria = { state: 'accepted', by: 'criteria', at: 0, reviewMs: 0 } as const;
  const one = { slot: 'one thing', charged: dollars(1), verdict: byCriteria };
  const costs = costed([take(one), take({ ...one, tier: 'budget' })], [], RATES);
  expect(auditTotal(costs)).toMatchObject({ accepted: 2, deliverables: 1, perAccepted: { total: dollars(2) } });
  expect(audit(costs, 'tier').map(({ key, deliverables }) => [key, deliverables])).toEqual([
    ['budget', 1],
    ['speed', 0],
  ]);
  expect(toCsv(costs)).toContain(',replaced');
});

test('the receipt names what became of every take', () => {
  const slot = 'one thing';
  const winner = take({ slot, charged: dollars('0.05'), verdict: judged('accepted') });
  const takes = [
    winner,
    take({ slot, charged: dollars('0.05') }),
    take({ slot, charged: dollars('0.05'), verdict: judged('rejected') }),
    take({ charged: null, slot: 'other' }),
    take({ runId: 'earlier' as RunId }),
  ];
  const receipt = receiptOf('r' as RunId, takes);
  expect(receipt).toMatchObject({
    charged: dollars('0.15'),
    unpriced: 0,
    fates: { accepted: 1, superseded: 1, rejected: 1, open: 1, failed: 0 },
  });
  expect(said(receiptInWords(receipt))).toBe('4 takes, $0.15 spent: 1 accepted, 1 open, 1 rejected, 1 superseded');
});

test('what is in work, and what nobody knows of, is told apart from what was spent', () => {
  const words = (...takes: TakeRecord[]) => said(spentInWords(receiptOf('r' as RunId, takes)));
  const [five, third] = [dollars('0.05'), dollars('0.35')];
  const pending = take({ state: 'pending', estimated: third, charged: null });
  expect(words(pending)).toBe('$0.00 spent, up to $0.35 in work');
  expect(words(pending, take({ charged: five, estimated: five }))).toBe('$0.05 spent, up to $0.35 in work');
  expect(words(take({ state: 'unknown', estimated: third, charged: null }))).toBe('$0.00 spent, perhaps $0.35 more');
  expect(words(take({ charged: null, estimated: null }))).toBe('≥ $0.00 spent');
});

test('below a picture stands what it cost, and with its limit what it may have cost', () => {
  const five = dollars('0.05');
  const short = (over: Partial<TakeRecord>) => said(costInShort(take({ estimated: five, charged: five, ...over })));
  const failure = { code: 'cancelled', message: 'Cancelled.' } as const;
  expect([short({}), short({ failure }), short({ failure, charged: FREE })]).toEqual(['$0.05', 'up to $0.05', '$0.00']);
  expect(short({ state: 'pending', charged: null })).toBe('up to $0.05');
  expect(short({ charged: null, estimated: null })).toBe('price unknown');
});

test('cancelled takes are counted apart from failed ones, and what was paid apart from what time is worth', () => {
  const five = dollars('0.05');
  const failed = (code: 'cancelled' | 'service') =>
    take({ charged: five, estimated: five, failure: { code, message: 'No.' } });
  const waited = take({ charged: dollars('0.05'), workedMs: 3_600_000 });
  const total = auditTotal(costed([failed('cancelled'), failed('service'), waited], [], RATES));
  expect(total).toMatchObject({ failed: 1, cancelled: 1, generation: dollars('0.15'), uncertain: dollars('0.1') });
  expect(total.fullCost).toBe(total.generation + total.waiting);
  expect(total.waiting).toBeGreaterThan(0);
  expect(receiptOf('r' as RunId, [failed('cancelled')]).fates).toMatchObject({ cancelled: 1, failed: 0 });
});

test('CSV: one line a take, and no text a spreadsheet would run', () => {
  const csv = toCsv(costed([take({ verdict: { ...judged('rejected'), reason: '=HYPERLINK("x")' } })], [], RATES));
  expect(csv.split('\n').length).toBe(3);
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  for (const text of [' =1', '\n=1', '\t+1', '-1', '@x'])
    expect(toCsv(costed([take({ verdict: { ...judged('rejected'), reason: text } })], [], RATES))).toContain(
      `"'${text}"`,
    );
});

test('a take that was finished after something was said about all there were came since', () => {
  expect(madeSince([take({ at: 1000, workedMs: 60_000 })], 30_000)).toBe(1);
  expect(madeSince([take({ at: 1000, workedMs: 20_000 })], 30_000)).toBe(0);
});

test('budgets: the smaller counts, and damaged settings fall back', () => {
  expect(budgetLeft(DEFAULT_SETTINGS, FREE, FREE)).toBe(undefined);
  expect(budgetLeft({ ...DEFAULT_SETTINGS, runCap: dollars(1), monthlyBudget: dollars(5) }, dollars('4.5'), FREE)).toBe(
    dollars('0.5'),
  );
  expect(budgetLeft({ ...DEFAULT_SETTINGS, monthlyBudget: dollars(5) }, dollars(9), FREE)).toBe(0);
  expect(
    readSettings({ machinePerHour: -4, runCap: 'x', book: { overrides: [{ amount: -1 }], creditRates: {} } }),
  ).toEqual(DEFAULT_SETTINGS);
  const reviewed = { g: { at: 5, note: 'good' }, h: { at: 'x' }, i: null };
  expect(readSettings({ reviewed }).reviewed).toEqual({ g: reviewed.g });
});

test('what the month has left is what a run may spend: an unknown charge counts at its estimate, and is not called charged', async () => {
  const now = Date.parse('2026-11-20T12:00:00Z');
  const takes = [
    take({ charged: dollars('0.5') }),
    take({ charged: null, estimated: dollars('0.3') }),
    take({ charged: null, estimated: null }),
    take({ charged: dollars('0.1'), at: Date.parse('2026-12-01T00:00:00Z') }),
    take({ charged: dollars('9'), at: Date.parse('2026-10-31T23:59:59Z') }),
  ];
  const monthlyBudget = dollars(1);
  const month = monthSoFar(takes, [], now, monthlyBudget);
  expect(month).toEqual({ charged: dollars('0.6'), unknown: 2, inWork: FREE, left: dollars('0.1') });
  const store = { since: async (first: number) => takes.filter(({ at }) => at >= first) };
  const spent = await createTakeCache(store as unknown as TakeStore).spentThisMonth(now);
  expect(budgetLeft({ ...DEFAULT_SETTINGS, monthlyBudget }, spent, FREE)).toBe(month.left);
  expect(monthSoFar(takes, [], now, undefined).left).toBe(undefined);
  expect(monthSoFar(takes, [], now, dollars('0.2')).left).toBe(FREE);
});

test('replay outcomes', () => {
  expect(
    [compared(true, undefined), compared(false, 0.99), compared(false, 0.5), compared(false, undefined)].map(
      ({ state }) => state,
    ),
  ).toEqual(['identical', 'near', 'different', 'different']);
  expect(said(replayed([{ node: 'n' as NodeId, title: 'N', outcome: { state: 'identical' } }]))).toBe(
    'The only node identical',
  );
});

test('what became of takes: open, superseded, at the cap, and why a person rejected', () => {
  const rejected = (reason: string) => ({ verdict: { ...judged('rejected'), reason } });
  const tally = tallyOf([
    take({ slot: 'a', seed: 1, cap: 2, ...rejected('Composition') }),
    take({ slot: 'a', seed: 2, cap: 2, ...rejected('Composition') }),
    take({ slot: 'b', seed: 1, cap: 2, ...rejected('The tower leans') }),
    take({ slot: 'b', seed: 2, cap: 2, verdict: judged('accepted') }),
    take({ slot: 'b', seed: 3, cap: 9 }),
    take({ slot: 'c', seed: 1, cap: 9 }),
    take({ slot: 'c', seed: 2, failure: { code: 'cancelled', message: 'Cancelled.' } }),
    take({ slot: 'd', verdict: { state: 'rejected', by: 'criteria', reason: 'sharpness', at: 0, reviewMs: 0 } }),
  ]);
  expect(tally).toEqual({
    open: 1,
    superseded: 1,
    atTheCap: 1,
    reasons: [
      ['Composition', 2],
      ['The tower leans', 1],
    ],
  });
});

test('what is looked at changes no fate: a take outside of it supersedes one inside, and the cap counts where it was reached', () => {
  const takes = [
    take({ slot: 'a', seed: 1, cap: 2 }),
    take({ slot: 'a', seed: 2, cap: 2, verdict: judged('accepted') }),
    take({ slot: 'b', seed: 1, cap: 2, verdict: judged('rejected') }),
    take({ slot: 'b', seed: 2, cap: 2, verdict: judged('rejected') }),
    take({ slot: 'c', seed: 1, cap: 1, verdict: judged('rejected') }),
    take({ slot: 'c', seed: 2, cap: 2, verdict: judged('accepted') }),
  ];
  const [october, november] = [takes.filter((_, at) => at % 2 === 0), takes.filter((_, at) => at % 2 === 1)];
  expect(tallyOf(october, takes)).toMatchObject({ open: 0, superseded: 1, atTheCap: 0 });
  expect(tallyOf(november, takes)).toMatchObject({ open: 0, superseded: 0, atTheCap: 1 });
  expect([...fatesOf(takes).values()].map(({ fate, nth }) => `${nth} ${fate}`)).toEqual([
    '1 superseded',
    '2 accepted',
    '1 rejected',
    '2 rejected',
    '1 rejected',
    '2 accepted',
  ]);
});
test('a take is called the same in whichever order takes are given, and among whichever others', () => {
  const [one, two, three] = [1, 2, 3].map((at) => take({ slot: 'a', seed: at, at }));
  const other = take({ slot: 'b', at: 0 });
  for (const takes of [
    [one!, two!, three!],
    [three!, other, one!, two!],
  ])
    expect([one, two, three].map((each) => nthOf(each!, takes))).toEqual([1, 2, 3]);
});
test('another graph has takes of its own, though its nodes are called the same', () => {
  const accepted = take({ slot: 'a', verdict: judged('accepted'), graphId: 'another' as GraphId });
  expect(fateOf(take({ slot: 'a' }), [accepted])).toBe('open');
});

test('two graphs of one title are two rows', () => {
  const takes = ['a', 'b'].map((graph) => take({ graphId: graph as GraphId }));
  expect(audit(costed(takes, [], RATES), 'graph').map(({ key, takes: count }) => [key, count])).toEqual([
    ['a', 1],
    ['b', 1],
  ]);
});

test('a take says what it cost and how that is known', () => {
  const [five, seven] = [dollars('0.05'), dollars('0.07')];
  const cost = (over: Partial<TakeRecord>) => said(costKnown(takeOf('a', { estimated: five, charged: five, ...over })));
  const failure = { code: 'service', message: 'It is down.' } as const;
  const { artifact: _, ...without } = takeOf('a');
  expect(cost({ priceFrom: 'list' })).toBe('$0.05 by the price list');
  expect(cost({ priceFrom: 'quote', estimated: null })).toBe('$0.05, as the service quoted it before');
  expect(cost({ priceFrom: 'service', charged: seven })).toBe('$0.07, as the service charged it');
  // Takes from before it was written down: what differs from the list can only have come from the service.
  expect([cost({}), cost({ charged: seven })]).toEqual(['$0.05 by the price list', '$0.07, as the service charged it']);
  expect(cost({ charged: null })).toBe('nobody knows what it cost');
  expect(cost({ failure, charged: FREE })).toBe('nothing was charged');
  expect(cost({ failure })).toBe('may have cost $0.05 by the price list');
  expect(cost({ failure, charged: null, priceFrom: 'quote' })).toBe(
    'may have cost $0.05, as the service quoted it before',
  );
  expect(cost({ failure, charged: seven })).toBe('$0.07, as the service charged it');
  expect(cost({ state: 'unknown', charged: null })).toBe('may have cost $0.05 by the price list');
  expect(said(costKnown({ ...without, state: 'unknown', charged: null, estimated: null }))).toBe(
    'nobody knows what it cost',
  );
  expect(cost({ state: 'pending', charged: null, estimated: null })).toBe('price unknown until it is made');
  expect(cost({ answered: BUILT_IN, charged: FREE })).toBe('nothing: it was made on this computer');
});

test('another model that answered stood in; the built-in engine by itself does not, unless somebody failed before it', () => {
  const first = { provider: 'p', model: 'm' };
  const by = (answered: TakeRecord['answered']) => takeOf('a', { asked: first, answered });
  expect(isFallback(by(first), [], false)).toBe(false);
  expect(isFallback(by({ provider: 'p', model: 'n' }), [], true)).toBe(true);
  expect([isFallback(by(BUILT_IN), [], true), isFallback(by(BUILT_IN), [], false)]).toEqual([false, true]);
  const failed = takeOf('b', { failure: { code: 'service', message: 'It is down.' } });
  expect(isFallback(by(BUILT_IN), [failed], true)).toBe(true);
  expect(isFallback(by(BUILT_IN), [{ ...failed, number: 1 }], true)).toBe(false);
});

test('who was passed over was not asked: only an attempt at the same take says that something was sent', () => {
  const first = { provider: 'bfl', model: 'a' };
  const made = takeOf('made', { asked: first, answered: BUILT_IN });
  expect(wasFirstAsked(made, [made])).toBe(false);
  const tried = takeOf('tried', { asked: first, answered: first });
  expect(wasFirstAsked(tried, [tried])).toBe(true);
  expect(wasFirstAsked(made, [tried, made])).toBe(true);
  // Another attempt, or another run, says nothing of this one.
  expect(wasFirstAsked(made, [{ ...tried, number: 1 }, made])).toBe(false);
  expect(wasFirstAsked(made, [{ ...tried, runId: 'other' as RunId }, made])).toBe(false);
});
