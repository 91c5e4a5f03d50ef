/** Takes under a cap, over scripted services: what they answer is given, everything between is the real thing. */
import fc from 'fast-check';
import { readyFor } from '../rig/ready.ts';
import { expect, test } from 'vitest';
import { NodeError } from '../../src/core/errors.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import { dollars, FREE, type Micros } from '../../src/core/money.ts';
import { OPEN, type Measured, type TakeRecord, type TakeRequest } from '../../src/core/take.ts';
import { inWords } from '../../src/core/say.ts';
import { openTill } from '../../src/ledger/till.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { produce } from '../../src/routing/produce.ts';
import { resolve } from '../../src/routing/resolve.ts';
import { madeTakes, seedAfter } from '../../src/routing/attempts.ts';
import type { Row, RoutingTable } from '../../src/routing/routing-table.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const PRICE = dollars('0.05');
const model = (id: string): Model => ({
  id,
  vendor: 'v',
  name: id.toUpperCase(),
  status: 'active',
  work: ['text to image'],
  modalities: [],
  supports: { seed: true, references: true },
  tiers: [],
  seeds: 'yes',
  sources: [],
  asOf: '2026-11-01',
  offers: [
    { provider: id, modelId: id, price: { amount: PRICE, unit: 'image', per: 1, source: '', asOf: '2026-11-01' } },
  ],
});
const catalog = catalogOf(['a', 'b', 'c'].map(model), '2026-11-01');
const unpriced = catalogOf(
  ['a', 'b', 'c'].map((id) => ({ ...model(id), offers: [{ provider: id, modelId: id }] })),
  '2026-11-01',
);

interface World {
  /** What a service answers to its nth call: a picture that passes or misses the criteria, or a failure. */
  readonly answer: (provider: string, call: number) => 'good' | 'poor' | NodeError;
  readonly locked?: boolean;
  readonly row?: Partial<Row>;
  readonly criteria?: boolean;
  readonly limit?: Micros;
  /** What the dispatcher knows to be left. */
  readonly budgetLeft?: Micros;
  readonly cap?: number;
  readonly onMeasure?: () => void;
  /** Called before a service answers. */
  readonly onCall?: () => void;
  readonly signal?: AbortSignal;
  /** Services answer although they were told to stop. */
  readonly ignoresStop?: boolean;
  readonly onSettle?: () => void;
  /** Called while a call waits to be tried again. */
  readonly onWait?: () => void;
  readonly onReserve?: () => void;
  /** Services whose price nobody knows. */
  readonly isUnpriced?: boolean;
}
function studio({
  answer,
  locked = false,
  row = {},
  criteria = true,
  limit,
  budgetLeft,
  cap,
  isUnpriced,
  ...world
}: World) {
  const books: TakeRecord[] = [];
  const calls: { provider: string; seed: number }[] = [];
  const till = openTill(limit);
  const request = takeRequest({
    seed: { kind: 'seed', seed: 7, locked },
    ...(criteria
      ? { acceptance: { kind: 'acceptance', cap: cap ?? 0, criteria: [{ measure: 'sharpness', limit: 10 }] } }
      : {}),
  });
  const table: RoutingTable = {
    id: 't',
    name: 'T',
    version: 1,
    note: '',
    publishedAt: '',
    rows: [rowFor({ candidates: ['a', 'b', 'c'].map((id) => ({ provider: id, model: id })), switchAfter: 2, ...row })],
  };
  const quality = new Map<string, boolean>();
  const visit = (number = 0, other: Partial<TakeRequest> = {}) => {
    const asked = { ...request, ...other };
    const resolution = resolve(asked, 'delivery', table, {
      catalog: isUnpriced ? unpriced : catalog,
      book: NO_OVERRIDES,
      ready: readyFor('a', 'b', 'c'),
      ...(budgetLeft === undefined ? {} : { budgetLeft }),
    });
    const takePlan: TakePlan = {
      origin: { graphId: 'g' as GraphId, node: 'n' as NodeId, runId: 'r' as RunId },
      output: 'image',
      slot: 's',
      number,
      cap: asked.acceptance?.cap || resolution.row!.cap,
      request: asked,
      mode: 'delivery',
      resolution,
      taken: [...books],
    };
    return produce(takePlan, {
      ctx: {
        signal: world.signal ?? new AbortController().signal,
        progress: async () => {},
        artifacts: undefined as never,
      },
      provider: (id) => ({
        id,
        async make({ request: { seed } }) {
          calls.push({ provider: id, seed: seed.seed });
          world.onCall?.();
          if (!world.ignoresStop) world.signal?.throwIfAborted();
          const said = answer(id, calls.filter(({ provider }) => provider === id).length - 1);
          if (said instanceof NodeError) throw said;
          const hash = `${id} ${seed.seed}` as ArtifactHash;
          quality.set(hash, said === 'good');
          return { artifact: { kind: 'image', hash, width: 8, height: 8 }, seed: seed.seed };
        },
      }),
      now: () => 1000,
      newId: async () => `t${books.length}` as TakeId,
      queuedMs: 0,
      wait: async () => world.onWait?.(),
      keyOf: (n) => `k${n}` as CacheKey,
      reserve: async (amount) => {
        world.onReserve?.();
        return till.reserve(amount);
      },
      settle: async (reserved, charged) => {
        till.settle(reserved, charged);
        world.onSettle?.();
      },
      isStored: async () => true,
      measure: async ({ hash }): Promise<Measured[]> => (
        world.onMeasure?.(),
        [{ measure: 'sharpness', value: quality.get(hash) ? 20 : 2, limit: 10, passed: quality.get(hash)! }]
      ),
      async record(take) {
        const at = books.findIndex((other) => other.id === take.id);
        if (at < 0) books.push(take);
        else books[at] = take;
      },
    });
  };
  return { books, calls, till, visit, request };
}
const poor = () => 'poor' as const;
const down = new NodeError('unsupported', 'The service is down.');

test('criteria reject, the seed moves, after two the next candidate is asked, and the accepted take is returned', async () => {
  const { books, calls, visit, till } = studio({ answer: () => 'poor', row: { switchAfter: 1 } });
  const first = studio({ answer: (provider) => (provider === 'b' ? 'good' : 'poor') });
  await first.visit();
  expect(first.calls).toEqual([
    { provider: 'a', seed: 7 },
    { provider: 'a', seed: seedAfter(7, 1) },
    { provider: 'b', seed: seedAfter(7, 2) },
  ]);
  expect(first.books.map(({ verdict, answered }) => [answered.model, verdict.state, verdict.by])).toEqual([
    ['a', 'rejected', 'criteria'],
    ['a', 'rejected', 'criteria'],
    ['b', 'accepted', 'criteria'],
  ]);
  expect(first.books[2]).toMatchObject({
    asked: { model: 'a' },
    number: 2,
    charged: PRICE,
    measures: [{ measure: 'sharpness', passed: true }],
  });
  expect(first.till.spent()).toBe(3 * PRICE);
  await expect(visit()).rejects.toMatchObject({ code: 'cap-reached' });
  expect(calls.map(({ provider }) => provider)).toEqual(['a', 'b', 'c', 'c']);
  expect(books.length).toBe(4);
  expect(till.spent()).toBe(4 * PRICE);
});

test('a locked seed is never changed: the next candidate, then a stop with the reason', async () => {
  const { calls, visit } = studio({ answer: poor, locked: true, row: { cap: 9 } });
  await expect(visit()).rejects.toMatchObject({
    code: 'cap-reached',
    message: expect.stringContaining('the seed is locked'),
  });
  expect(calls).toEqual([
    { provider: 'a', seed: 7 },
    { provider: 'b', seed: 7 },
    { provider: 'c', seed: 7 },
  ]);
});

test('where no take is left, to escalate is advised only where the table has a tier for it', async () => {
  const hintOf = (row: object) =>
    studio({ answer: poor, cap: 1, row })
      .visit()
      .catch(({ hint }: NodeError) => hint);
  expect(await hintOf({ escalateTo: 'cinematic' })).toContain('escalate the tier');
  expect(await hintOf({})).toBe('Compare them on the Review page: accept one, or change a control.');
});

test('the cap counts over time, not in one run; takes that exist are measured anew, never paid for again', async () => {
  const { books, calls, visit } = studio({ answer: poor, cap: 3 });
  await expect(visit()).rejects.toMatchObject({ code: 'cap-reached' });
  await expect(visit()).rejects.toMatchObject({ code: 'cap-reached', message: expect.stringContaining('all 3 takes') });
  expect(calls.length).toBe(3);
  expect(books.length).toBe(3);
});

test('what was accepted by other criteria is measured by those of today before another is paid for, though the seed moved', async () => {
  const { books, calls, visit } = studio({ answer: () => 'good' });
  await visit();
  const [accepted] = books;
  const seed = { kind: 'seed', seed: 1234, locked: false } as const;
  await visit(0, { seed, acceptance: { kind: 'acceptance', cap: 0, criteria: [{ measure: 'exposure', limit: 1 }] } });
  expect(calls.length).toBe(1);
  expect(books).toMatchObject([{ id: accepted!.id, seed: 7, request: { seed }, verdict: { by: 'criteria' } }]);
});

test('a failing service: passing trouble is tried again, lasting trouble goes to the next candidate if the row allows it', async () => {
  const flaky = studio({
    answer: (_, call) => (call < 2 ? new NodeError('rate-limit', 'Too many requests.') : 'good'),
  });
  await flaky.visit();
  expect(flaky.calls.length).toBe(3);
  expect(flaky.books.length).toBe(1);
  const fallen = studio({ answer: (provider) => (provider === 'a' ? down : 'good') });
  await fallen.visit();
  expect(fallen.books.map(({ answered, failure, charged }) => [answered.model, failure?.message, charged])).toEqual([
    ['a', 'The service is down.', FREE],
    ['b', undefined, PRICE],
  ]);
  const forbidden = studio({ answer: (provider) => (provider === 'a' ? down : 'good'), row: { fallbacks: 0 } });
  await expect(forbidden.visit()).rejects.toMatchObject({
    message: 'The service is down.',
    hint: { english: 'The routing table allows no fallback here.' },
  });
  expect(forbidden.calls.length).toBe(1);
});

test('a take that cannot be measured is kept all the same, and measured the next time without paying again', async () => {
  let broken = true;
  const { books, calls, visit } = studio({
    answer: () => 'good',
    onMeasure: () => {
      if (broken) throw new RangeError('out of memory');
    },
  });
  await expect(visit()).rejects.toThrow('out of memory');
  expect(books.map(({ artifact, charged, verdict }) => [artifact !== undefined, charged, verdict.state])).toEqual([
    [true, PRICE, 'open'],
  ]);
  broken = false;
  await visit();
  expect(calls.length).toBe(1);
  expect(books.map(({ verdict }) => verdict.state)).toEqual(['accepted']);
});

test('over the budget nothing is sent', async () => {
  const { calls, visit, till } = studio({ answer: poor, limit: (2.5 * PRICE) as Micros });
  await expect(visit()).rejects.toMatchObject({ code: 'over-budget' });
  expect(calls.length).toBe(2);
  expect(till.spent()).toBe(2 * PRICE);
});

test('without criteria one take is made and stands open', async () => {
  const { books, visit } = studio({ answer: () => 'good', criteria: false });
  await visit();
  expect(books.map(({ verdict }) => verdict.state)).toEqual(['open']);
});

test('property: no sequence of verdicts, failures and visits loses or double-counts a take, spends unbooked money, or exceeds the cap', async () => {
  const step = fc.oneof(
    fc.constant('visit'),
    fc.constant('reject'),
    fc.constant('accept'),
    fc.constant('undo'),
    fc.constant('reload'),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 14 }),
      fc.array(fc.constantFrom('good', 'poor', 'down'), { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (steps, answers, cap, criteria) => {
        let asked = 0;
        const world = studio({
          answer: () => {
            const said = answers[asked++ % answers.length]!;
            return said === 'down' ? down : (said as 'good' | 'poor');
          },
          row: { cap, fallbacks: 2 },
          criteria,
        });
        let number = 0;
        for (const doing of steps) {
          const last = world.books.findLast((take) => take.artifact);
          if (doing === 'visit') await world.visit(number).catch(() => {});
          if (doing === 'reload') world.books.splice(0, world.books.length, ...structuredClone(world.books));
          if (!last) continue;
          const at = world.books.indexOf(last);
          if (doing === 'reject') {
            world.books[at] = { ...last, verdict: { ...OPEN, state: 'rejected', by: 'person' } };
            number = last.number + 1;
          }
          if (doing === 'accept') world.books[at] = { ...last, verdict: { ...OPEN, state: 'accepted', by: 'person' } };
          if (doing === 'undo') {
            world.books[at] = { ...last, verdict: OPEN };
            number = last.number;
          }
          expect(madeTakes(world.books)).toBeLessThanOrEqual(cap);
        }
        // Every call that reached a service is one record, and the money booked is the money spent.
        expect(world.books.length).toBe(world.calls.length);
        expect(new Set(world.books.map(({ id }) => id)).size).toBe(world.books.length);
        expect(world.books.reduce((sum, take) => sum + (take.charged ?? 0), 0)).toBe(world.till.spent());
      },
    ),
    { numRuns: 150 },
  );
});

test('when only money is missing it says so, so that a batch stops there; when something else is too, it is not about money', async () => {
  const poor = studio({ answer: () => 'good', budgetLeft: dollars('0.04') });
  await expect(poor.visit()).rejects.toMatchObject({
    code: 'over-budget',
    hint: expect.stringContaining('Raise the run cap') as string,
  });
  expect(poor.calls).toEqual([]);
  const unable = studio({ answer: () => 'good', budgetLeft: dollars('0.04'), row: { needs: ['firstFrame'] } });
  await expect(unable.visit()).rejects.toMatchObject({ code: 'unsupported' });
});

test('cancelled while a service is at work: what it may charge is booked, and the take says that nobody knows', async () => {
  const abort = new AbortController();
  const { visit, books, till } = studio({ answer: () => 'good', signal: abort.signal, onCall: () => abort.abort() });
  await expect(visit()).rejects.toMatchObject({ name: 'AbortError' });
  expect(till.spent()).toBe(PRICE);
  expect(books).toMatchObject([{ charged: null, estimated: PRICE, failure: { code: 'cancelled' } }]);
});

test('cancelled while a service whose price nobody knows is at work: the take is in the books, and unknown', async () => {
  const abort = new AbortController();
  const { visit, books, till } = studio({
    answer: () => 'good',
    signal: abort.signal,
    onCall: () => abort.abort(),
    isUnpriced: true,
  });
  await expect(visit()).rejects.toMatchObject({ name: 'AbortError' });
  expect(till.spent()).toBe(FREE);
  expect(books).toMatchObject([{ charged: null, estimated: null, failure: { code: 'cancelled' } }]);
});

test('cancelled before a call is sent, or while it waits after an answer that refused it: nothing can be charged, and nothing is booked', async () => {
  const busy = new NodeError('rate-limit', 'Too many requests.');
  const worlds: readonly ((abort: AbortController) => World)[] = [
    (abort) => ({ answer: () => busy, onWait: () => abort.abort() }),
    (abort) => ({ answer: () => 'good', onReserve: () => abort.abort() }),
    (abort) => ({ answer: () => busy, ignoresStop: true, onCall: () => abort.abort() }),
    (abort) => ({ answer: () => down, ignoresStop: true, onCall: () => abort.abort() }),
  ];
  for (const world of worlds) {
    const abort = new AbortController();
    const { visit, books, till } = studio({ ...world(abort), signal: abort.signal, limit: PRICE });
    await expect(visit()).rejects.toThrow();
    expect(till.spent()).toBe(FREE);
    expect(books).toEqual([]);
    // What was set aside is given back.
    expect(till.reserve(PRICE).ok).toBe(true);
  }
});

test('cancelled while a second try is at work, or when the line broke with it: what it may charge is booked', async () => {
  const second = new AbortController();
  let calls = 0;
  const retried = studio({
    answer: () => new NodeError('rate-limit', 'Too many requests.'),
    signal: second.signal,
    onCall: () => {
      if (++calls === 2) second.abort();
    },
  });
  await expect(retried.visit()).rejects.toMatchObject({ name: 'AbortError' });
  expect(retried.till.spent()).toBe(PRICE);
  const broken = new AbortController();
  const cut = studio({
    answer: () => new NodeError('network', 'The line broke.'),
    signal: broken.signal,
    ignoresStop: true,
    onCall: () => broken.abort(),
  });
  await expect(cut.visit()).rejects.toThrow('The line broke.');
  expect(cut.till.spent()).toBe(PRICE);
  expect(cut.books).toMatchObject([{ charged: null, estimated: PRICE }]);
});

test('a paid picture is in the books although the money set aside could not be given back', async () => {
  const { visit, books } = studio({
    answer: () => 'good',
    onSettle: () => {
      throw new Error('the books did not answer');
    },
  });
  await expect(visit()).rejects.toThrow('the books did not answer');
  expect(books).toMatchObject([{ charged: PRICE, artifact: { kind: 'image' } }]);
});

test('what answered in place of a candidate that failed says what became of that one', async () => {
  const world = studio({
    answer: (provider) => (provider === 'a' ? new NodeError('service', 'a is on fire') : 'good'),
  });
  await world.visit();
  expect(world.books.map(({ answered, why }) => [answered.model, inWords(why)])).toEqual([
    ['a', 'first choice of the row'],
    ['b', 'A: a is on fire'],
  ]);
});

test('a pinned model that fails is not followed by another, and how to go on is said', async () => {
  const world = studio({ answer: () => new NodeError('service', 'It is on fire.') });
  const failed = world.visit(0, { pinned: { provider: 'b', model: 'b' } });
  await expect(failed).rejects.toMatchObject({ hint: { english: expect.stringContaining('Unpin it') } });
  expect(world.calls.map(({ provider }) => provider)).toEqual(['b']);
  expect(inWords(world.books[0]!.why)).toBe('the node is pinned to it');
  const nobody = world.visit(0, { pinned: { provider: 'z', model: 'z' } });
  await expect(nobody).rejects.toMatchObject({ hint: 'Unpin the node, and its routing table decides again.' });
});

test('to set up a provider is advised only where that would be enough', async () => {
  const adviceFor = (ready: readonly string[], supports: Model['supports']) => {
    const one = { ...model('a'), supports };
    const request = takeRequest({ seed: { kind: 'seed', seed: 7, locked: true } });
    const table = { id: 't', name: 'T', version: 1, note: '', publishedAt: '' };
    const rows = [rowFor({ candidates: [{ provider: 'a', model: 'a' }] })];
    const resolution = resolve(
      request,
      'delivery',
      { ...table, rows },
      { catalog: catalogOf([one], '2026-11-01'), book: NO_OVERRIDES, ready: readyFor(...ready) },
    );
    const takePlan = { resolution, request, cap: 1, taken: [], number: 0 } as unknown as TakePlan;
    return produce(takePlan, {} as never).catch(({ hint }: NodeError) => hint);
  };
  const elsewhere = 'Change what the node asks for, or the row on the Routing page.';
  expect(await adviceFor([], { seed: true })).toBe('Set up a provider, or change the row on the Routing page.');
  expect(await adviceFor(['a'], { seed: false })).toBe(elsewhere);
  expect(await adviceFor([], { seed: false })).toBe(elsewhere);
});
