import { beforeEach, expect, test } from 'vitest';
import { START, type Edit } from '../../src/graph/history.ts';
import { emptyGraph, type Graph, type GraphNode } from '../../src/graph/graph.ts';
import type { CacheKey, ComponentId, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import type { ImageValue, Outputs } from '../../src/core/values.ts';
import { AS_STORED } from '../../src/file/upgrade.ts';
import { artifactStore, type ArtifactStore } from '../../src/storage/artifact-store.ts';
import { campaignStore } from '../../src/storage/campaign-store.ts';
import { Database } from '../../src/storage/db.ts';
import { graphStore } from '../../src/storage/graph-store.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { bytesAllowed, clearCache, dropOldRuns, spaceTaken, sweep, tidyRows } from '../../src/storage/sweep.ts';
import { takeLabelStore } from '../../src/storage/take-label-store.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { foundResults } from '../../src/session/found-results.ts';
import { hashOf, takeOf } from '../rig/takes.ts';

const SIZE = 100;
const NOBODY: ReadonlySet<GraphId> = new Set();
const NO_ROOM = { budget: 0 };

let db: Database;
let artifacts: ArtifactStore;
let time = 0;
const now = () => ++time;
beforeEach(() => {
  db = new Database(`space-${Math.random()}`);
  artifacts = artifactStore(db, now);
  time = 0;
});

const store = (name: string) => artifacts.put(hashOf(name), 'image', new Blob(['x'.repeat(SIZE)]));
const picture = (name: string): ImageValue => ({ kind: 'image', hash: hashOf(name), width: 1, height: 1 });
const outputsOf = (name: string): Outputs => ({ image: picture(name) });
const importing = (name: string): GraphNode => ({
  type: 'reference',
  version: 1,
  position: { x: 0, y: 0 },
  params: { file: { hash: hashOf(name), name, mime: 'image/png' } },
});
const graphWith = (...nodes: readonly GraphNode[]): Graph => ({
  ...emptyGraph('Test'),
  nodes: Object.fromEntries(nodes.map((node, at) => [`n${at}`, node])) as Graph['nodes'],
});
const stored = async () =>
  (await db.artifacts.toCollection().primaryKeys()).map((hash) => hash.replace(/0+$/, '')).sort();

/** Stores a picture and whatever makes it stay. */
const KEEPERS: Readonly<Record<string, (name: string) => Promise<unknown>>> = {
  'imported by a graph': (name) => graphStore(db, now).create(graphWith(importing(name))),
  async 'imported by an earlier version'(name) {
    const graphs = graphStore(db, now);
    const id = await graphs.create(graphWith(importing(name)));
    await graphs.keepVersion(id, { graph: graphWith(), history: undefined, position: START, anew: true });
  },
  async 'imported in an undo step'(name) {
    await graphStore(db, now).create(graphWith(), {
      past: [
        { undo: [{ op: 'replace', path: ['nodes', 'n', 'params', 'file'], value: importing(name).params['file'] }] },
      ],
      future: [],
    });
  },
  async 'imported in an edit since the newest version'(name) {
    const graphs = graphStore(db, now);
    const redo = [{ op: 'add' as const, path: ['nodes', 'n'], value: importing(name) }];
    const edit: Edit = {
      id: 'e',
      after: START.id,
      seq: 1,
      edition: 1,
      did: 'edit',
      step: { label: 'Add', redo, undo: [] },
    };
    await graphs.save(await graphs.create(graphWith()), graphWith(), [edit]);
  },
  'imported by a template': (name) =>
    db.templates.put({ id: name, at: 1, description: '', tags: [], graph: graphWith(importing(name)) }),
  'imported by a component': (name) =>
    db.components.put({
      id: name as ComponentId,
      version: 1,
      at: 1,
      component: { ...graphWith(importing(name)), version: 1, inputs: {}, outputs: {}, params: {} },
      needs: {},
    }),
  'imported by what a component needs': (name) =>
    db.components.put({
      id: name as ComponentId,
      version: 1,
      at: 1,
      component: { ...graphWith(), version: 1, inputs: {}, outputs: {}, params: {} },
      needs: {
        ['inner' as ComponentId]: { ...graphWith(importing(name)), version: 1, inputs: {}, outputs: {}, params: {} },
      },
    }),
  'imported by a run': (name) => runStore(db, now).begin('g' as GraphId, graphWith(importing(name)), 'draft'),
  'imported for a batch': (name) =>
    graphStore(db, now).create({
      ...graphWith(),
      batch: {
        columns: [],
        rows: [{ id: 'r' as never, cells: { ['c' as never]: importing(name).params['file'] as never } }],
      },
    }),
  'imported as a reference look': (name) =>
    campaignStore(db).changeReference('tag:spring', {
      kind: 'picture',
      name,
      artifact: { ...picture(name), mime: 'image/png' },
    }),
  async 'a starred take'(name) {
    await takeStore(db).put([takeOf(name)]);
    await takeLabelStore(db).change(name as TakeId, (label) => ({ ...label, starredAt: 1 }));
  },
  'an accepted take': (name) =>
    takeStore(db, now).put([takeOf(name, { verdict: { state: 'accepted', by: 'person', at: 1, reviewMs: 0 } })]),
  async 'a frozen result'(name) {
    await runStore(db, now).keep([{ key: `key of ${name}` as CacheKey, outputs: outputsOf(name) }]);
    await graphStore(db, now).create(graphWith({ ...importing('elsewhere'), frozen: `key of ${name}` as CacheKey }));
  },
  async 'the thumbnail of a graph'(name) {
    const graphs = graphStore(db, now);
    await graphs.setThumbnail(await graphs.create(graphWith()), hashOf(name));
  },
  'the thumbnail of a template': (name) =>
    db.templates.put({ id: name, at: 1, description: '', tags: [], graph: graphWith(), thumbnail: hashOf(name) }),
  'came with a file': (name) =>
    runStore(db, now).keepNodeStates([
      { graphId: 'closed' as GraphId, node: name as NodeId, outputs: outputsOf(name) },
    ]),
  'shown by an open graph': (name) =>
    runStore(db, now).keepNodeStates([
      { graphId: 'open' as GraphId, node: name as NodeId, parts: {} as never, outputs: outputsOf(name) },
    ]),
};

test.each(Object.entries(KEEPERS))('never swept: %s', async (_, keep) => {
  await store('kept');
  await store('cached');
  await keep('kept');
  await sweep(db, NO_ROOM, new Set(['open' as GraphId]));
  expect(await stored()).toEqual(['kept']);
  await clearCache(db);
  await tidyRows(db);
  expect(await stored()).toEqual(keep === KEEPERS['shown by an open graph'] ? [] : ['kept']);
});

test('what was not used for longest goes first; reading is a use, and so is being stored', async () => {
  const hours = (count: number) => count * 3_600_000;
  time = hours(1);
  for (const name of ['a', 'b', 'c', 'd']) await store(name);
  time = hours(5);
  await artifacts.get(hashOf('a'));
  artifacts.used([hashOf('c')]);
  await expect.poll(() => db.artifacts.where('lastUsedAt').above(hours(5)).count(), { timeout: 10_000 }).toBe(2);
  await sweep(db, { budget: 2 * SIZE + SIZE / 2 }, NOBODY);
  expect(await stored()).toEqual(['a', 'c']);
});

test('what one graph shows goes when it is closed, before what another graph shows that is open', async () => {
  for (const name of ['seen', 'unseen']) {
    await store(name);
    await runStore(db, now).keepNodeStates([
      { graphId: name as GraphId, node: 'n' as NodeId, parts: {} as never, outputs: outputsOf(name) },
    ]);
  }
  await sweep(db, NO_ROOM, new Set(['seen' as GraphId]));
  expect(await stored()).toEqual(['seen']);
});

test('the depth and the recipe of a picture stay as long as it does', async () => {
  for (const name of ['one', 'two', 'three', 'four']) await store(name);
  const artifact = { ...picture('one'), depth: hashOf('two'), recipe: hashOf('three') };
  const verdict = { state: 'accepted', by: 'person', at: 1, reviewMs: 0 } as const;
  await takeStore(db, now).put([{ ...takeOf('one', { verdict }), artifact }]);
  await sweep(db, NO_ROOM, NOBODY);
  expect(await stored()).toEqual(
    [hashOf('one'), hashOf('two'), hashOf('three')].map((it) => it.replace(/0+$/, '')).sort(),
  );
});

test('after a sweep no result and no node points to what is gone, and the bytes are gone too', async () => {
  const runs = runStore(db, now);
  for (const name of ['a', 'b']) {
    await store(name);
    await runs.keep([{ key: `key ${name}` as CacheKey, outputs: outputsOf(name) }]);
    await runs.keepNodeStates([
      { graphId: 'g' as GraphId, node: name as NodeId, parts: {} as never, outputs: outputsOf(name) },
    ]);
  }
  expect(await sweep(db, { budget: 1.5 * SIZE }, NOBODY)).toEqual({ artifacts: 1, bytes: SIZE });
  const left = [db.artifacts, db.blobs, db.results].map((table) => table.toCollection().primaryKeys());
  expect(await Promise.all(left)).toEqual([[hashOf('b')], [hashOf('b')], ['key b']]);
  expect([...(await runs.nodeStates('g' as GraphId)).keys()]).toEqual(['b']);
});

test('one that is stored anew while a sweep goes on stays', async () => {
  await store('again');
  const swept = await sweep(db, NO_ROOM, NOBODY, async (drop) => {
    await store('again');
    return drop();
  });
  expect([swept.artifacts, await stored()]).toEqual([0, ['again']]);
});

test('while a graph runs nothing is swept', async () => {
  await store('needed');
  expect(await sweep(db, NO_ROOM, NOBODY, async () => undefined)).toEqual({ artifacts: 0, bytes: 0 });
  expect(await stored()).toEqual(['needed']);
});

test('the budget counts, the quota where it is real, and a write that failed most', () => {
  const GB = 1e9;
  expect(bytesAllowed(3 * GB, { budget: 4 * GB })).toBe(4 * GB);
  // Chromium: 10 GB more than is used, whatever the disk holds.
  expect(bytesAllowed(3 * GB, { budget: 4 * GB, usage: 3 * GB, quota: 13 * GB })).toBe(4 * GB);
  expect(bytesAllowed(3 * GB, { budget: 4 * GB, usage: 3 * GB, quota: 2.5 * GB })).toBe(2 * GB);
  expect(bytesAllowed(3 * GB, { budget: 4 * GB, isFull: true })).toBeLessThan(2.5 * GB);
});

test('over many runs storage stays within its budget, and what was made last is there', async () => {
  const most = 10 * SIZE;
  const runs = runStore(db, now);
  for (let at = 0; at < 40; at++) {
    await store(`picture ${at}`);
    await runs.keep([{ key: `key ${at}` as CacheKey, outputs: outputsOf(`picture ${at}`) }]);
    await sweep(db, { budget: most }, NOBODY);
    expect((await db.artifacts.toArray()).reduce((total, { bytes }) => total + bytes, 0)).toBeLessThanOrEqual(most);
  }
  // A tenth of the budget is left free, so that not every run sweeps.
  expect([await db.artifacts.count(), await db.blobs.count(), await db.results.count()]).toEqual([9, 9, 9]);
  expect(await stored()).toContain('picture 39');
});

test('what takes how much is counted by why it stays', async () => {
  for (const name of ['one', 'two', 'three']) await store(name);
  await KEEPERS['imported by a graph']!('one');
  await KEEPERS['an accepted take']!('two');
  expect(await spaceTaken(db, NOBODY)).toMatchObject({ imported: SIZE, accepted: SIZE, cached: SIZE, frozen: 0 });
});

test('bytes without a row, rows without bytes and results of pictures that are gone are removed', async () => {
  await store('whole');
  await db.blobs.put({ hash: hashOf('bytes only'), blob: new Blob(['x']) });
  await db.artifacts.put({ hash: hashOf('row only'), kind: 'image', mime: '', bytes: 1, lastUsedAt: 1 });
  const runs = runStore(db, now);
  await runs.keep([
    { key: 'sound' as CacheKey, outputs: outputsOf('whole') },
    { key: 'dangling' as CacheKey, outputs: outputsOf('row only') },
    { key: 'plain' as CacheKey, outputs: { out: { kind: 'number', number: 1 } } },
  ]);
  await tidyRows(db);
  expect(await Promise.all([db.blobs, db.artifacts].map((table) => table.toCollection().primaryKeys()))).toEqual([
    [hashOf('whole')],
    [hashOf('whole')],
  ]);
  expect((await db.results.toCollection().primaryKeys()).sort()).toEqual(['plain', 'sound']);
});

test('a picture is stored whole or not at all', async () => {
  await expect(artifacts.put(hashOf('a'), (() => {}) as never, new Blob(['x']))).rejects.toThrow();
  expect([await db.blobs.count(), await db.artifacts.count()]).toEqual([0, 0]);
});

test('results beyond the newest are found by their key, also as part of a plan that needs several', async () => {
  const runs = runStore(db, now, AS_STORED, 2);
  const number = (value: number): Outputs => ({ out: { kind: 'number', number: value } });
  for (const value of [1, 2, 3, 4]) await runs.keep([{ key: `k${value}` as CacheKey, outputs: number(value) }]);
  const found = foundResults(runs);
  expect([...(await found.load()).keys()].sort()).toEqual(['k3', 'k4']);
  // A later one is asked for only when the one before was found.
  const seen = await found.withAll(async (lookup) => (lookup('k1' as CacheKey) ? lookup('k2' as CacheKey) : undefined));
  expect(seen).toEqual(number(2));
  expect(await found.withAll(async (lookup) => lookup('k9' as CacheKey))).toBeUndefined();
});

test('results are read again after a read that failed', async () => {
  const found = foundResults(runStore(db, now));
  await db.open();
  db.close();
  await expect(found.load()).rejects.toThrow();
  await db.open();
  expect((await found.load()).size).toBe(0);
});

const runsOf = async (graphId: string) => (await runStore(db, now).list(graphId as GraphId, 1000)).map(({ id }) => id);
async function ran(graphId: GraphId, times: number): Promise<RunId[]> {
  const runs = runStore(db, now);
  const ids: RunId[] = [];
  for (let at = 0; at < times; at++) {
    ids.push(await runs.begin(graphId, graphWith(), 'draft'));
    await runs.append(ids.at(-1)!, 0, [{ type: 'queued', node: 'n' as NodeId, at: 1 }]);
  }
  return ids;
}

test('the newest runs of each graph are kept, and those with an accepted take; events go with their run', async () => {
  const graphs = graphStore(db, now);
  const [one, other] = [await graphs.create(graphWith()), await graphs.create(graphWith())];
  const ids = await ran(one, 5);
  await ran(other, 2);
  await takeStore(db, now).put([
    takeOf('a', { runId: ids[0]!, verdict: { state: 'accepted', by: 'person', at: 1, reviewMs: 0 } }),
  ]);
  expect(await dropOldRuns(db, 2)).toBe(2);
  expect([await runsOf(one), (await runsOf(other)).length]).toEqual([[ids[4], ids[3], ids[0]], 2]);
  expect(await db.runEvents.count()).toBe(5);
});

test('a graph that is removed takes its runs and their events along, never the books', async () => {
  const graphs = graphStore(db, now);
  const id = await graphs.create(graphWith());
  await ran(id, 2);
  await takeStore(db, now).put([takeOf('a', { graphId: id })]);
  await takeStore(db, now).putRefinements([{ at: 1, graphId: id, node: 'n' as NodeId, sources: [], ms: 5 }]);
  await graphs.remove(id);
  expect([
    await db.runs.count(),
    await db.runEvents.count(),
    await db.takes.count(),
    await db.refinements.count(),
  ]).toEqual([0, 0, 1, 1]);
});

test('runs of a graph whose row is lost stay as long as a version of it is left', async () => {
  const graphs = graphStore(db, now);
  const id = await graphs.create(graphWith());
  await ran(id, 1);
  await ran('never there' as GraphId, 1);
  await db.graphs.delete(id);
  await tidyRows(db);
  expect([(await runsOf(id)).length, (await runsOf('never there')).length]).toEqual([1, 0]);
  await db.versions.clear();
  await tidyRows(db);
  expect(await db.runs.count()).toBe(0);
});
