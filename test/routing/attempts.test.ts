/** Which take a node shows and what it asks for next, as the seed moves and is locked, and as takes are judged. */
import { expect, test } from 'vitest';
import { readyFor } from '../rig/ready.ts';
import { rowFor } from '../rig/requests.ts';
import type { ShownTake } from '../../src/graph/graph.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import { dollars, FREE } from '../../src/core/money.ts';
import { say } from '../../src/core/say.ts';
import { OPEN, type TakeRecord, type Verdict } from '../../src/core/take.ts';
import type { SeedValue, Value } from '../../src/core/values.ts';
import { usable } from '../../src/engine/dispatch.ts';
import { asked, cacheKeyOf } from '../../src/engine/key.ts';
import { registry } from '../../src/registry.ts';
import { firstNumber, nextAttempt, seedAfter, untriedNumber } from '../../src/routing/attempts.ts';
import { BUILT_IN, catalogOf, EMPTY_CATALOG, type Model } from '../../src/routing/catalog.ts';
import { dispatcher, nextOf, type RouteContext, type TakePlan } from '../../src/routing/take-plan.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import type { Considered, Market } from '../../src/routing/resolve.ts';
import { takeOf } from '../rig/takes.ts';

const NODE = 'i' as NodeId;
const byPerson = (state: Verdict['state']): Verdict => ({ state, by: 'person', at: 1, reviewMs: 0 });
const seedOf = (seed: number, locked: boolean): SeedValue => ({ kind: 'seed', seed, locked });

/** One Image node, asked of the built-in engine, and the takes it has. */
function deliverable(context: Partial<RouteContext> = {}) {
  const taken: TakeRecord[] = [];
  const ask = (seed: SeedValue, pointer?: ShownTake, more: Record<string, Value> = {}, isStored = true) =>
    dispatcher({
      table: HOUSE,
      market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch') },
      mode: 'delivery',
      graphId: 'g' as GraphId,
      runId: 'r' as RunId,
      nodes: {
        [NODE]: {
          type: 'image',
          version: 1,
          params: {},
          position: { x: 0, y: 0 },
          ...(pointer ? { take: pointer } : {}),
        },
      },
      takesOf: () => taken,
      isStored: () => isStored,
      ...context,
    })(NODE, registry.get('image')!, {
      params: { tier: 'speed', megapixels: '1' },
      inputs: { prompt: { kind: 'prompt', text: 'a vase', negative: '' }, seed, ...more },
    })!;
  /** What a run would make of it, written down. */
  function make({ takePlan }: { readonly takePlan: TakePlan }, verdict: Verdict = OPEN): TakeRecord {
    const next = nextAttempt(takePlan, takePlan.number, () => true);
    if (next.kind !== 'make') throw new Error(`nothing to make: ${next.kind}`);
    const { candidate, seed } = next.step;
    const take = {
      id: `t${taken.length}` as TakeId,
      node: NODE,
      slot: takePlan.slot,
      number: next.number,
      key: `k${taken.length}` as CacheKey,
      seed,
      baseSeed: takePlan.request.seed.seed,
      answered: { provider: candidate.provider, model: candidate.model },
      request: takePlan.request,
      verdict,
      artifact: { kind: 'image', hash: `picture ${taken.length}` as ArtifactHash, width: 1, height: 1 },
    } as TakeRecord;
    taken.push(take);
    return take;
  }
  const judge = (take: TakeRecord, verdict: Verdict) => (taken[taken.indexOf(take)] = { ...take, verdict });
  const shown = (dispatched: { readonly found?: Readonly<Record<string, Value | undefined>> }) => {
    const picture = dispatched.found?.['image'];
    return picture?.kind === 'image' ? picture.hash : undefined;
  };
  return { taken, ask, make, judge, shown };
}

test('whether a seed is locked is no ingredient of a key that is asked for, and is one of a key that hands it on', () => {
  const parts = (locked: boolean, route?: string) => ({
    type: 'image',
    version: 1,
    params: {},
    inputs: { seed: seedOf(5, locked) },
    ...(route ? { route } : {}),
  });
  expect(cacheKeyOf(parts(false, 'sketch'))).toBe(cacheKeyOf(parts(true, 'sketch')));
  expect(cacheKeyOf(parts(false))).not.toBe(cacheKeyOf(parts(true)));
  expect(asked(seedOf(5, false), { route: 'sketch' })).toEqual(seedOf(5, true));
});

test('without a verdict: locking the seed that was used shows the same take, and asks for nothing', () => {
  const { ask, make, shown } = deliverable();
  const take = make(ask(seedOf(5, false)));
  expect(shown(ask(seedOf(5, true)))).toBe(take.artifact!.hash);
  expect(shown(ask(seedOf(6, true)))).toBeUndefined();
});

test('rows of a seed that counts have the takes of their seed from when all shared one deliverable, and share none anew', () => {
  const before = deliverable();
  // Under one cap: the second is made since the first was not what was wanted.
  before.judge(before.make(before.ask(seedOf(5, false))), byPerson('rejected'));
  before.make(before.ask(seedOf(6, false)));
  const [five, six] = before.taken;
  const row = deliverable({
    eachMovingSeed: true,
    takesOf: (_, slot) => before.taken.filter((take) => take.slot === slot),
  });
  expect(row.ask(seedOf(5, false)).takePlan).toMatchObject({ slot: five!.slot, taken: [five] });
  expect(row.shown(row.ask(seedOf(6, false)))).toBe(six!.artifact!.hash);
  const fresh = row.ask(seedOf(7, false)).takePlan;
  expect(fresh.slot).not.toBe(six!.slot);
  expect(fresh.taken).toEqual([]);
  // One that is fixed is the same in every row, so all rows share what is made with it.
  expect(row.ask(seedOf(7, true)).takePlan.slot).toBe(six!.slot);
});

test('an accepted take stays while the seed moves and when it is locked; another seed that is fixed asks for another', () => {
  const { taken, ask, make, judge, shown } = deliverable();
  judge(make(ask(seedOf(5, false))), byPerson('accepted'));
  const hash = taken[0]!.artifact!.hash;
  const slot = taken[0]!.slot;
  expect(shown(ask(seedOf(9, false)))).toBe(hash);
  expect(shown(ask(seedOf(5, true)))).toBe(hash);
  expect(shown(ask(seedOf(9, true), { slot, number: 0, seed: 9 }))).toBe(hash);
  expect(shown(ask(seedOf(9, true), { slot, number: 0, seed: 5 }))).toBeUndefined();
});

test('an accepted take stays after the node was asked for something else, whatever its number', () => {
  const { ask, make, judge, shown } = deliverable();
  const first = judge(make(ask(seedOf(5, false))), byPerson('rejected'));
  const second = judge(make(ask(seedOf(5, false), { slot: first.slot, number: 1 })), byPerson('accepted'));
  for (const seed of [seedOf(5, false), seedOf(77, false), seedOf(5, true)])
    expect(shown(ask(seed, { slot: 'asked meanwhile', number: 0 }))).toBe(second.artifact!.hash);
  // A pointer to another take of it means that one.
  expect(shown(ask(seedOf(77, false), { slot: first.slot, number: 2 }))).toBeUndefined();
});

test('after a rejection: the second take has another seed, and locking that one shows it again, whoever its number would ask', () => {
  const { taken, ask, make, judge, shown } = deliverable();
  const first = make(ask(seedOf(5, false)));
  judge(first, byPerson('rejected'));
  const second = make(ask(seedOf(5, false), { slot: first.slot, number: 1 }));
  expect(second).toMatchObject({ number: 1, seed: seedAfter(5, 1) });
  expect(shown(ask(seedOf(second.seed, true)))).toBe(second.artifact!.hash);
  // Its number lies beyond the candidates: locked, that is no dead end.
  expect(shown(ask(seedOf(second.seed, true), { slot: first.slot, number: 1 }))).toBe(second.artifact!.hash);
  // Locked at the seed the graph gave, the take that was shown stays too.
  expect(shown(ask(seedOf(5, true), { slot: first.slot, number: 1 }))).toBe(second.artifact!.hash);
  expect(taken.length).toBe(2);
});

test('a number never made is beyond all takes; under a locked seed it is the next candidate, or there is none', () => {
  const { ask, make } = deliverable();
  make(ask(seedOf(5, false)));
  make(ask(seedOf(8, false)));
  expect(untriedNumber(ask(seedOf(9, false)).takePlan)).toBe(1);
  expect(untriedNumber(ask(seedOf(5, true)).takePlan)).toBeUndefined();
  expect(untriedNumber(ask(seedOf(6, true)).takePlan)).toBe(0);
});

test('a number that another model answered, after the first had failed, is not offered as another take', () => {
  const { ask, make } = deliverable();
  const { takePlan } = ask(seedOf(5, true));
  const failing = { ...takePlan.resolution.usable[0]!, provider: 'failing', model: 'failing' };
  const resolution = { ...takePlan.resolution, usable: [failing, ...takePlan.resolution.usable] };
  const answered = make(ask(seedOf(5, true)));
  expect(answered.number).toBe(0);
  expect(untriedNumber({ ...takePlan, resolution, taken: [answered] })).toBeUndefined();
});

test('a picture that is no longer stored is made again; other criteria measure the take anew', () => {
  const { ask, make, shown } = deliverable();
  const acceptance = { kind: 'acceptance', cap: 3, criteria: [{ measure: 'sharpness', limit: 5 }] } as const;
  make(ask(seedOf(5, true)));
  const gone = ask(seedOf(5, true), undefined, {}, false);
  expect(shown(gone)).toBeUndefined();
  expect(nextAttempt(gone.takePlan, 0, ({ id }) => !gone.takePlan.gone!.includes(id)).kind).toBe('make');
  const judged = ask(seedOf(5, true), undefined, { acceptance });
  expect(shown(judged)).toBeUndefined();
  expect(nextAttempt(judged.takePlan, 0, () => true).kind).toBe('measure');
});

test('what a person rejects is no result of this node under any key, and stays one for others', () => {
  const { ask, make, judge } = deliverable();
  const take = judge(make(ask(seedOf(5, false))), byPerson('rejected'));
  const outputs = { image: take.artifact };
  expect(usable(outputs, ask(seedOf(5, false)).refused)).toBeUndefined();
  expect(usable(outputs, deliverable().ask(seedOf(5, false)).refused)).toBe(outputs);
  expect(ask(seedOf(5, false)).take).toBe(1);
});

test('of two takes with one number, made while the seed moved, the one that was accepted is shown', () => {
  const { taken, ask, make, judge, shown } = deliverable();
  const first = make(ask(seedOf(5, false)));
  make(ask(seedOf(8, false)));
  expect(taken.map(({ number }) => number)).toEqual([0, 0]);
  for (const state of ['accepted', 'open'] as const) {
    taken[0] = { ...first, verdict: byPerson(state) };
    taken[1] = { ...taken[1]!, verdict: byPerson(state) };
    const pointer = { slot: first.slot, number: 0, id: first.id, seed: 9 };
    expect(shown(ask(seedOf(9, state === 'open'), pointer))).toBe(first.artifact!.hash);
  }
  // Another browser knows none of these names.
  judge(taken[1]!, byPerson('accepted'));
  expect(shown(ask(seedOf(9, false), { slot: first.slot, number: 0, id: 'theirs' as TakeId }))).toBe(
    taken[1]!.artifact!.hash,
  );
});

test('what older criteria accepted is measured by those of today, though the seed moved, and made anew only if they reject it', () => {
  const { ask, make, judge, shown } = deliverable();
  const asking = (limit: number) => ({
    acceptance: { kind: 'acceptance', cap: 3, criteria: [{ measure: 'sharpness', limit }] } as const,
  });
  const byCriteria = (state: Verdict['state']): Verdict => ({ ...byPerson(state), by: 'criteria' });
  const accepted = judge(make(ask(seedOf(5, false), undefined, asking(5))), byCriteria('accepted'));
  expect(shown(ask(seedOf(9, false), undefined, asking(5)))).toBe(accepted.artifact!.hash);
  const stricter = () => ask(seedOf(9, false), undefined, asking(50));
  expect(shown(stricter())).toBeUndefined();
  expect(nextOf(stricter().takePlan)).toMatchObject({ kind: 'measure', take: accepted });
  const measured = { ...accepted, request: stricter().takePlan.request, verdict: byCriteria('rejected') };
  expect(nextOf({ ...stricter().takePlan, taken: [measured] }).kind).toBe('make');
});

test('what was compared with another reference is measured by that of today', () => {
  const { ask, make, judge } = deliverable();
  const asking = (hash: string) => ({
    acceptance: {
      kind: 'acceptance',
      cap: 3,
      criteria: [{ measure: 'look', limit: 1 }],
      reference: { kind: 'image', hash: hash as ArtifactHash, width: 8, height: 8 },
    } as const,
  });
  judge(make(ask(seedOf(5, true), undefined, asking('a'))), { ...byPerson('accepted'), by: 'criteria' });
  expect(nextOf(ask(seedOf(5, true), undefined, asking('a')).takePlan).kind).toBe('use');
  expect(nextOf(ask(seedOf(5, true), undefined, asking('b')).takePlan).kind).toBe('measure');
});

test('under a locked seed the chosen take stands where its maker does among those who can be asked now', () => {
  const { ask, make } = deliverable();
  const take = make(ask(seedOf(5, false)));
  const { takePlan } = ask(seedOf(5, true));
  const [maker] = takePlan.resolution.usable;
  const other = { ...maker!, model: 'another' };
  const standing = (number: number, usable: readonly Considered[]) => ({
    ...takePlan,
    resolution: { ...takePlan.resolution, usable },
    pointer: { slot: take.slot, number, id: take.id, seed: 5 },
  });
  expect(firstNumber(standing(0, [other, maker!]))).toBe(1);
  expect(firstNumber(standing(1, [maker!, other]))).toBe(0);
  expect(firstNumber(standing(1, [other]))).toBe(0);
});

test('a take that is in work is waited for although its money is all there was, or its key is gone; without the local server it is not', () => {
  const service: Model = {
    id: 'm',
    vendor: 'm',
    name: 'M',
    status: 'active',
    work: ['text to image'],
    modalities: [],
    offers: [
      {
        provider: 's',
        modelId: 'm',
        price: { amount: dollars('0.04'), unit: 'image', per: 1, source: '', asOf: '2026-11-01' },
      },
    ],
    supports: { seed: true },
    tiers: ['speed'],
    seeds: 'yes',
    sources: [],
    asOf: '2026-11-01',
  };
  const candidates = [{ provider: 's', model: 'm' }, BUILT_IN];
  const table = { ...HOUSE, rows: [rowFor({ candidates })] };
  const catalog = catalogOf([service], '');
  const ready = [...readyFor('sketch'), { id: 's', version: 1 }];
  const noKey = { lacks: 'key', reason: say('no key') } as const;
  const worlds: readonly Market[] = [
    { catalog, book: NO_OVERRIDES, ready },
    { catalog, book: NO_OVERRIDES, ready, budgetLeft: FREE },
    { catalog, book: NO_OVERRIDES, ready: [...readyFor('sketch'), { id: 's', version: 1, obstacle: noKey }] },
    { catalog, book: NO_OVERRIDES, ready: readyFor('sketch') },
  ];
  const nextIn = (market: Market, state?: 'pending' | 'unknown') => {
    const { ask, taken } = deliverable({ table, market });
    const pending = { ...takeOf('t', { answered: candidates[0]!, seed: 1, baseSeed: 1 }), state } as TakeRecord;
    if (state) taken.push({ ...pending, artifact: undefined } as unknown as TakeRecord);
    const next = nextOf(ask(seedOf(1, false)).takePlan);
    return next.kind === 'make' ? [next.step.candidate.provider, next.pending?.id] : next;
  };
  expect(worlds.map((market) => nextIn(market))).toEqual([
    ['s', undefined],
    // A sketch does not stand in for a service that only lacks the money.
    { kind: 'stop', because: 'nobody' },
    ['sketch', undefined],
    ['sketch', undefined],
  ]);
  expect(worlds.map((market) => nextIn(market, 'pending'))).toEqual([
    ['s', 't'],
    ['s', 't'],
    ['s', 't'],
    ['sketch', undefined],
  ]);
  expect(nextIn(worlds[1]!, 'unknown')).toEqual({ kind: 'stop', because: 'unknown' });
});
