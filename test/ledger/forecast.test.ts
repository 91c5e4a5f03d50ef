/**
 * What a run costs lies inside what was forecast, over random tables, seeds, criteria, caps, budgets and earlier takes.
 */
import fc from 'fast-check';
import { readyFor } from '../rig/ready.ts';
import { expect, test } from 'vitest';
import { NodeError, ok } from '../../src/core/errors.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import { dollars, type Micros } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Plan } from '../../src/engine/plan.ts';
import { forecast } from '../../src/ledger/forecast.ts';
import { openTill } from '../../src/ledger/till.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { produce } from '../../src/routing/produce.ts';
import { resolve } from '../../src/routing/resolve.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const NAMES = ['a', 'b', 'c'] as const;
type Answer = 'good' | 'poor' | 'down';

interface Deliverable {
  readonly seed: number;
  readonly locked: boolean;
  readonly hasCriteria: boolean;
  readonly cap: number;
}
interface World {
  readonly cents: readonly number[];
  readonly switchAfter: number;
  readonly fallbacks: number;
  readonly nodes: readonly Deliverable[];
  readonly answers: readonly Answer[];
  readonly budget: number | undefined;
  /** Runs before the one that is forecast, which leave takes behind. */
  readonly runsBefore: number;
}

function studio({ cents, switchAfter, fallbacks, nodes, answers }: World) {
  const models = NAMES.map((id, index): Model => {
    const price = {
      amount: dollars(String(cents[index]! / 100)),
      unit: 'image',
      per: 1,
      source: '',
      asOf: '',
    } as const;
    const supports = { seed: true };
    const facts = { modalities: [], tiers: [], seeds: 'yes', sources: [], asOf: '2026-11-01' } as const;
    const offers = [{ provider: id, modelId: id, price }];
    return {
      id,
      vendor: 'v',
      name: id,
      status: 'active',
      work: ['text to image'],
      supports,
      ...facts,
      offers,
    } as Model;
  });
  const table: RoutingTable = {
    id: 't',
    name: 'T',
    version: 1,
    note: '',
    publishedAt: '',
    rows: [rowFor({ candidates: NAMES.map((id) => ({ provider: id, model: id })), fallbacks, switchAfter })],
  };
  const catalog = catalogOf(models, '2026-11-01');
  const books = nodes.map((): TakeRecord[] => []);
  let calls = 0;
  let failed = 0;

  function takePlanOf(index: number, budgetLeft: Micros | undefined): TakePlan {
    const { seed, locked, hasCriteria, cap } = nodes[index]!;
    const request = takeRequest({
      seed: { kind: 'seed', seed, locked },
      acceptance: { kind: 'acceptance', cap, criteria: hasCriteria ? [{ measure: 'sharpness', limit: 10 }] : [] },
    });
    const limit = budgetLeft === undefined ? {} : { budgetLeft };
    return {
      origin: { graphId: 'g' as GraphId, node: `n${index}` as NodeId, runId: 'r' as RunId },
      output: 'image',
      slot: 's',
      number: 0,
      cap: cap || 4,
      request,
      mode: 'delivery',
      resolution: resolve(request, 'delivery', table, {
        catalog,
        book: NO_OVERRIDES,
        ready: readyFor(...NAMES),
        ...limit,
      }),
      taken: [...books[index]!],
      ...limit,
    };
  }

  async function run(budget: Micros | undefined): Promise<{ spent: Micros; made: number; isWhole: boolean }> {
    const till = openTill(budget);
    const before = failed;
    const pictures = () => books.flat().filter(({ artifact }) => artifact).length;
    const there = pictures();
    for (const index of nodes.keys()) {
      const book = books[index]!;
      await produce(takePlanOf(index, budget), {
        ctx: { signal: new AbortController().signal, progress: async () => {}, artifacts: undefined as never },
        provider: (id) => ({
          id,
          async make({ request: { seed } }) {
            const answer = answers[calls++ % answers.length]!;
            if (answer === 'down') {
              failed++;
              throw new NodeError('unsupported', 'The service is down.');
            }
            const hash = `${answer} ${id} ${seed.seed} ${index}` as ArtifactHash;
            return { artifact: { kind: 'image', hash, width: 8, height: 8 }, seed: seed.seed };
          },
        }),
        now: () => 0,
        newId: async () => `t${calls} ${index} ${book.length}` as TakeId,
        queuedMs: 0,
        wait: async () => {},
        keyOf: (number) => `k${number}` as CacheKey,
        reserve: async (amount) => till.reserve(amount),
        settle: async (reserved, charged) => till.settle(reserved, charged),
        isStored: async () => true,
        measure: async ({ hash }) => {
          const passed = hash.startsWith('good');
          return [{ measure: 'sharpness', value: passed ? 20 : 2, limit: 10, passed }];
        },
        async record(take) {
          const at = book.findIndex(({ id }) => id === take.id);
          if (at < 0) book.push(take);
          else book[at] = take;
        },
      }).catch(() => ok(undefined));
    }
    return { spent: till.spent(), made: pictures() - there, isWhole: failed === before };
  }

  /** As a plan would: every node has to be made. */
  function planned(budget: Micros | undefined) {
    const takePlans = nodes.map((_, index) => takePlanOf(index, budget));
    const named = <T>(of: (takePlan: TakePlan) => T) =>
      Object.fromEntries(takePlans.map((takePlan) => [takePlan.origin.node, of(takePlan)]));
    return {
      nodes: named(() => ({ state: 'will run', why: [] })),
      dispatched: named((takePlan) => ({ route: '', take: 0, takePlan })),
    } as unknown as Plan<TakePlan>;
  }
  const ahead = (budget: Micros | undefined) => forecast(planned(budget), []);
  return { run, ahead, planned };
}

const deliverable = fc.record({
  seed: fc.nat(9),
  locked: fc.boolean(),
  hasCriteria: fc.boolean(),
  cap: fc.oneof({ weight: 9, arbitrary: fc.nat(6) }, { weight: 1, arbitrary: fc.constant(30) }),
});
const world = fc.record({
  cents: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }),
  switchAfter: fc.integer({ min: 1, max: 3 }),
  fallbacks: fc.nat(3),
  nodes: fc.array(deliverable, { minLength: 1, maxLength: 3 }),
  answers: fc.array(fc.constantFrom<Answer>('good', 'poor', 'poor', 'down'), { minLength: 1, maxLength: 9 }),
  budget: fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined }),
  runsBefore: fc.nat(2),
});

test('property: what is charged lies inside what was forecast; calls that all fail cost less', async () => {
  const widths: number[] = [];
  await fc.assert(
    fc.asyncProperty(world, async (given) => {
      const { run, ahead } = studio(given);
      for (let before = 0; before < given.runsBefore; before++) await run(undefined);
      const budget = given.budget === undefined ? undefined : dollars(String(given.budget / 100));
      const { low, high, takes } = ahead(budget);
      const { spent, made, isWhole } = await run(budget);
      expect(spent).toBeLessThanOrEqual(high);
      expect(made).toBeLessThanOrEqual(takes[1]);
      if (isWhole) {
        expect(spent).toBeGreaterThanOrEqual(low);
        expect(made).toBeGreaterThanOrEqual(takes[0]);
      }
      expect(low).toBeLessThanOrEqual(high);
      expect(takes[0]).toBeLessThanOrEqual(takes[1]);
      if (high > 0) widths.push((high - low) / high);
    }),
    { numRuns: 600 },
  );
  widths.sort((a, b) => a - b);
  const share = (at: number) => `${Math.round(100 * widths[Math.floor(at * (widths.length - 1))]!)} %`;
  console.log(`width of the range, as a share of its upper end: median ${share(0.5)}, 90th percentile ${share(0.9)}`);
});

test('worked examples: later candidates count, an earlier take is free, a locked seed allows one take a candidate, caps bound it', () => {
  const base = { cents: [1, 50, 9], switchAfter: 1, fallbacks: 0, answers: ['poor'] as const, budget: undefined };
  const one = (node: Partial<Deliverable>, more: Partial<World> = {}) =>
    studio({
      ...base,
      runsBefore: 0,
      ...more,
      nodes: [{ seed: 5, locked: false, hasCriteria: true, cap: 2, ...node }],
    });
  expect(one({}).ahead(undefined)).toMatchObject({ low: dollars('0.01'), high: dollars('0.51'), takes: [1, 2] });
  expect(one({ locked: true, cap: 9 }).ahead(undefined)).toMatchObject({ high: dollars('0.60'), takes: [1, 3] });
  expect(one({}).ahead(dollars('0.30'))).toMatchObject({ high: dollars('0.10') });
  expect(one({ hasCriteria: false }).ahead(undefined)).toMatchObject({ low: dollars('0.01'), high: dollars('0.01') });
});

test('an earlier take that is measured by new criteria costs nothing, and what follows it does', async () => {
  const { run, ahead } = studio({
    cents: [7, 7, 7],
    switchAfter: 9,
    fallbacks: 0,
    answers: ['poor'],
    budget: undefined,
    runsBefore: 0,
    nodes: [{ seed: 5, locked: false, hasCriteria: false, cap: 3 }],
  });
  await run(undefined);
  expect(ahead(undefined)).toMatchObject({ low: 0, high: 0, takes: [0, 0] });
});

test('takes behind a gate are no cost of this run; they are said apart, with the verdicts they wait for', () => {
  const given: World = {
    cents: [12, 30, 40],
    switchAfter: 3,
    fallbacks: 0,
    nodes: [0, 1, 2].map((seed) => ({ seed, locked: false, hasCriteria: false, cap: 1 })),
    answers: ['good'],
    budget: undefined,
    runsBefore: 0,
  };
  const { planned } = studio(given);
  const dear = { nodes: { n1: { state: 'later', why: [] }, n2: { state: 'later', why: [] } }, verdicts: 1 };
  const plan = planned(undefined);
  const gated = { ...plan, ...dear, nodes: { ...plan.nodes, ...dear.nodes } } as Plan<TakePlan>;
  expect(forecast(gated, [])).toMatchObject({
    low: dollars('0.12'),
    high: dollars('0.12'),
    takes: [1, 1],
    after: { low: dollars('0.24'), high: dollars('0.24'), takes: [2, 2], verdicts: 1 },
  });
  expect(forecast(plan, [])).not.toHaveProperty('after');
});
