/**
 * The audit against a calculation written from the definition: what an accepted deliverable costs is what was charged
 * for all takes, their refinement and the time of people, over what was accepted. Time is counted moment by moment.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import { dollars, type Micros } from '../../src/core/money.ts';
import type { TakeRecord, Verdict } from '../../src/core/take.ts';
import { cellsIn } from '../../src/file/cells.ts';
import { audit, auditTotal, DIMENSIONS, monthOf, whatIf } from '../../src/ledger/audit.ts';
import { costed, type Rates, type Refinement } from '../../src/ledger/costs.ts';
import { receiptOf } from '../../src/ledger/receipt.ts';
import { toCsv } from '../../src/ledger/take-csv.ts';

const START = Date.parse('2026-10-31T23:59:59.000Z');
const TIERS = ['speed', 'budget'] as const;
const NODES = ['image', 'other', 'clip'] as const;

interface Made {
  readonly node: (typeof NODES)[number];
  readonly slot: number;
  readonly run: number;
  readonly at: number;
  readonly queued: number;
  readonly worked: number;
  readonly charged: number | null;
  readonly tier: (typeof TIERS)[number];
  readonly verdict: Verdict['state'];
  readonly review: number;
  readonly fate: 'made' | 'failed' | 'cancelled';
  readonly isDelivered: boolean;
}
const takeOf = (made: Made, index: number): TakeRecord =>
  ({
    id: `t${index}` as TakeId,
    at: START + made.at,
    graphId: 'g' as GraphId,
    node: made.node as NodeId,
    runId: `r${made.run}` as RunId,
    slot: `s ${made.node} ${made.slot}`,
    number: index,
    output: 'image',
    key: `k${index}` as CacheKey,
    work: made.node === 'clip' ? 'image to video' : 'text to image',
    tier: made.tier,
    request: { tier: made.tier },
    mode: 'delivery',
    table: { id: 'house', version: 1 },
    asked: { provider: 'p', model: 'm' },
    answered: { provider: 'p', model: made.tier },
    why: '',
    seed: index,
    baseSeed: 1,
    queuedMs: made.queued,
    workedMs: made.worked,
    estimated: made.charged,
    charged: made.charged,
    measures: [],
    verdict: {
      state: made.fate === 'made' ? made.verdict : 'open',
      by: 'person',
      at: 0,
      reviewMs: made.review,
    },
    leadsTo: { delivery: made.isDelivered, takes: made.node === 'clip' ? [] : ['clip'] },
    ...(made.fate === 'made'
      ? { artifact: { kind: 'image', hash: `h${index}` as ArtifactHash, width: 1, height: 1 } }
      : { failure: { code: made.fate === 'failed' ? 'network' : 'cancelled', message: 'Gone.' } }),
  }) as unknown as TakeRecord;

/** Rounded up: an hour costs `rate`. */
const timeCosts = (rate: number, ms: number) => Math.ceil((rate * ms) / 3_600_000 - 1e-9);

/** What each take cost, by the definition. */
function byDefinition(takes: readonly TakeRecord[], refinements: readonly Refinement[], rates: Rates): number[] {
  const costs = takes.map((take) => (take.charged ?? 0) + timeCosts(rates.personPerHour, take.verdict.reviewMs));
  const share = (amount: number, owners: readonly number[]) => {
    const each = Math.floor(amount / owners.length);
    owners.forEach((owner, at) => (costs[owner]! += at === 0 ? amount - each * (owners.length - 1) : each));
  };
  const newest = (holds: (take: TakeRecord) => boolean) => {
    const there = takes.flatMap((take, index) => (take.artifact && holds(take) ? [index] : []));
    const last = Math.max(...there.map((index) => takes[index]!.at));
    return there.filter((index) => takes[index]!.at === last).slice(-1);
  };
  for (const { at, sources, of = [], ms } of refinements) {
    const isOf = (take: TakeRecord) => of.includes(take.artifact!.hash);
    const wasThere = (take: TakeRecord) => take.at <= at;
    const ways = [
      sources.flatMap((source) => newest((take) => take.node === source && isOf(take) && wasThere(take))),
      newest((take) => isOf(take) && wasThere(take)),
      newest(isOf),
      sources.flatMap((source) => newest((take) => take.node === source && wasThere(take))),
    ];
    const owners = ways.find((way) => way.length > 0) ?? [];
    if (owners.length) share(timeCosts(rates.machinePerHour, ms), owners);
  }
  for (const run of new Set(takes.map(({ runId }) => runId))) {
    const own = takes.flatMap((take, index) => (take.runId === run ? [index] : []));
    const begins = (index: number) => takes[index]!.at - takes[index]!.queuedMs;
    const ends = (index: number) => takes[index]!.at + takes[index]!.workedMs;
    let [waited, charged] = [0, 0];
    let owners: number[] = [];
    const charge = () => {
      const soFar = timeCosts(rates.personPerHour, waited);
      if (owners.length) share(soFar - charged, owners);
      charged = soFar;
    };
    const first = Math.min(...own.map(begins));
    const last = Math.max(...own.map(ends));
    for (let moment = first; moment <= last; moment++) {
      // Somebody begins or ends: what was waited for until now is shared by those it was waited for.
      if (own.some((index) => begins(index) === moment || ends(index) === moment)) {
        charge();
        owners = own
          .filter((index) => begins(index) <= moment && ends(index) > moment)
          .sort((a, b) => begins(a) - begins(b));
      }
      if (owners.length) waited++;
    }
  }
  return costs;
}

const made: fc.Arbitrary<Made> = fc.record({
  node: fc.constantFrom(...NODES),
  slot: fc.nat(2),
  run: fc.nat(2),
  at: fc.integer({ min: 0, max: 2000 }),
  queued: fc.nat(60),
  worked: fc.nat(120),
  charged: fc.option(fc.integer({ min: 0, max: 400_000 }), { nil: null }),
  tier: fc.constantFrom(...TIERS),
  verdict: fc.constantFrom('accepted', 'rejected', 'open'),
  review: fc.nat(40_000),
  fate: fc.constantFrom('made', 'made', 'made', 'failed', 'cancelled'),
  isDelivered: fc.boolean(),
});
const refinement: fc.Arbitrary<Refinement> = fc.record({
  at: fc.integer({ min: START, max: START + 2100 }),
  graphId: fc.constant('g' as GraphId),
  node: fc.constant('grade' as NodeId),
  sources: fc.uniqueArray(fc.constantFrom(...(NODES as readonly string[] as readonly NodeId[])), { minLength: 1 }),
  of: fc.uniqueArray(
    fc.nat(14).map((index) => `h${index}` as ArtifactHash),
    { maxLength: 3 },
  ),
  ms: fc.nat(90_000),
});
const rates = fc.record({
  machinePerHour: fc.integer({ min: 0, max: 9_000_000 }),
  personPerHour: fc.integer({ min: 0, max: 90_000_000 }),
}) as unknown as fc.Arbitrary<Rates>;

test('property: audit, periods, what-if, CSV and receipts are the reference calculation, to the micro-dollar', () => {
  fc.assert(
    fc.property(
      fc.array(made, { minLength: 1, maxLength: 14 }),
      fc.array(refinement, { maxLength: 6 }),
      rates,
      (all, refinements, worth) => {
        const takes = all.map(takeOf);
        const expected = byDefinition(takes, refinements, worth);
        const costs = costed(takes, refinements, worth);
        const of = (holds: (take: TakeRecord) => boolean) =>
          takes.reduce((sum, take, index) => (holds(take) ? sum + expected[index]! : sum), 0);
        const accepted = takes.filter(({ verdict }) => verdict.state === 'accepted');
        const hasClip = accepted.some(({ node }) => node === 'clip');
        // Of several that are accepted for one thing, the newest is the deliverable.
        const isNewest = (take: TakeRecord) =>
          !accepted.some(
            (other) =>
              other.slot === take.slot &&
              (other.at > take.at || (other.at === take.at && takes.indexOf(other) > takes.indexOf(take))),
          );
        const deliverables = accepted.filter(
          (take) => isNewest(take) && (take.node === 'clip' || take.leadsTo!.delivery || !hasClip),
        );

        const total = auditTotal(costs);
        expect(total.fullCost).toBe(of(() => true));
        expect(total.deliverables).toBe(deliverables.length);
        expect(total.perAccepted?.total).toBe(
          deliverables.length ? Math.round(of(() => true) / deliverables.length) : undefined,
        );
        for (const dimension of DIMENSIONS) {
          const rows = audit(costs, dimension);
          for (const row of [total, ...rows]) {
            if (!row.perAccepted) continue;
            const { total: each, ...parts } = row.perAccepted;
            expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(each);
            for (const [part, amount] of Object.entries(parts))
              expect(Math.abs(amount - row[part as keyof typeof parts] / row.deliverables)).toBeLessThan(1);
          }
          expect(rows.reduce((sum, row) => sum + row.fullCost, 0)).toBe(total.fullCost);
          expect(rows.reduce((sum, row) => sum + row.deliverables, 0)).toBe(total.deliverables);
        }
        for (const row of audit(costs, 'month')) expect(row.fullCost).toBe(of(({ at }) => monthOf(at) === row.key));
        for (const row of audit(costs, 'tier')) expect(row.fullCost).toBe(of(({ tier }) => tier === row.key));
        for (const month of new Set(takes.map(({ at }) => monthOf(at)))) {
          const period = costs.filter(({ take }) => monthOf(take.at) === month);
          expect(auditTotal(period, costs).fullCost).toBe(of(({ at }) => monthOf(at) === month));
        }
        const moved = whatIf(costs, 'text to image', 'speed', 'budget');
        if (moved.known) {
          const at = (tier: string) => (take: TakeRecord) => take.work === 'text to image' && take.tier === tier;
          const there = deliverables.filter(at('budget')).length;
          expect(moved.was).toBe(of(at('speed')));
          const count = deliverables.filter(at('speed')).length;
          expect(moved.wouldBe).toBe(Math.ceil((of(at('budget')) * count) / there - 1e-9));
        }
        const [head = [], ...lines] = cellsIn(toCsv(costs), ',');
        const column = (name: string) => lines.map((line) => line[head.indexOf(name)]);
        expect(column('full cost $').map((text) => Math.round(Number(text) * 1e6))).toEqual(expected);
        expect(column('deliverable').filter((word) => word === 'yes').length).toBe(deliverables.length);
        for (const run of new Set(takes.map(({ runId }) => runId))) {
          const charged = takes.reduce((sum, take) => sum + (take.runId === run ? (take.charged ?? 0) : 0), 0);
          expect(receiptOf(run, takes).charged).toBe(charged);
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('worked example: two nodes at work at once are waited for once, and a later attempt does not wait again', () => {
  const base: Made = {
    node: 'image',
    slot: 0,
    run: 0,
    at: 0,
    queued: 0,
    worked: 1000,
    charged: 0,
    tier: 'speed',
    verdict: 'open',
    review: 0,
    fate: 'made',
    isDelivered: true,
  };
  const hour = { machinePerHour: 0 as Micros, personPerHour: dollars('3.6') };
  const waiting = (...takes: readonly Partial<Made>[]) =>
    auditTotal(
      costed(
        takes.map((take, index) => takeOf({ ...base, ...take }, index)),
        [],
        hour,
      ),
    ).waiting;
  // A second costs a tenth of a cent.
  expect(waiting({}, { node: 'other' })).toBe(dollars('0.001'));
  expect(waiting({ at: 500, queued: 500 }, { at: 1500, queued: 500 })).toBe(dollars('0.0025'));
  expect(waiting({}, { run: 1 })).toBe(dollars('0.002'));
});
