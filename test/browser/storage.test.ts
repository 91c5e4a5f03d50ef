import { beforeEach, expect, test } from 'vitest';
import { emptyGraph } from '../../src/core/graph.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId } from '../../src/core/ids.ts';
import { artifactStore, sweep } from '../../src/storage/artifacts.ts';
import { Database } from '../../src/storage/db.ts';
import { graphStore } from '../../src/storage/graphs.ts';
import { runStore } from '../../src/storage/runs.ts';

let db: Database;
let time = 0;
const now = () => ++time;
beforeEach(async () => {
  db = new Database(`storage-${Math.random()}`);
  time = 0;
});
const hash = (letter: string) => letter.repeat(64) as ArtifactHash;
const graph = (title: string) => ({ ...emptyGraph(title), notes: 'kept' });

test('a graph is saved as versions and opened with its undo history', async () => {
  const graphs = graphStore(db, now);
  const id = await graphs.create(graph('One'));
  await graphs.save(id, graph('Two'), { past: ['step'], future: [] });
  expect(await graphs.open(id)).toEqual({ graph: graph('Two'), history: { past: ['step'], future: [] } });
  expect((await graphs.versions(id)).map((version) => version.graph.title)).toEqual(['Two', 'One']);
  expect((await graphs.list())[0]).toMatchObject({ id, title: 'Two' });
});

test('named versions are kept for ever; unnamed ones are thinned out', async () => {
  const graphs = graphStore(db, now);
  const id = await graphs.create(graph('0'));
  await graphs.save(id, graph('keep me'), undefined, 'Milestone');
  for (let k = 0; k < 80; k++) await graphs.save(id, graph(`${k}`), undefined);
  const versions = await graphs.versions(id);
  expect(versions.length).toBeLessThan(70);
  expect(versions.some((version) => version.name === 'Milestone')).toBe(true);
});

test('when the newest version cannot be written, the one before still opens', async () => {
  const graphs = graphStore(db, now);
  const id = await graphs.create(graph('Safe'));
  // A real refusal by the database: a graph that structured clone cannot store.
  await expect(graphs.save(id, { ...graph('Broken'), notes: (() => {}) as unknown as string }, undefined)).rejects.toThrow();
  expect((await graphs.open(id))?.graph.title).toBe('Safe');
});

test('a missing head falls back to the newest version that is there', async () => {
  const graphs = graphStore(db, now);
  const id = await graphs.create(graph('Old'));
  const head = await graphs.save(id, graph('New'), undefined);
  await db.versions.delete(head);
  expect((await graphs.open(id))?.graph.title).toBe('Old');
});

test('a result whose artifact is gone is a miss', async () => {
  const [artifacts, runs] = [artifactStore(db, now), runStore(db, now)];
  await artifacts.put(hash('a'), 'image', new Blob(['x']));
  await runs.keep('k1' as CacheKey, { image: { kind: 'image', hash: hash('a'), width: 1, height: 1 } });
  await runs.keep('k2' as CacheKey, { image: { kind: 'image', hash: hash('b'), width: 1, height: 1 } });
  expect([...(await runs.results()).keys()]).toEqual(['k1']);
});

test('a run and its events are read back in order', async () => {
  const runs = runStore(db, now);
  const id = await runs.begin('g1' as GraphId, graph('Ran'), 'delivery');
  await runs.append(id, 1, [{ type: 'started', node: 'b' as NodeId, at: 2 }]);
  await runs.append(id, 0, [{ type: 'started', node: 'a' as NodeId, at: 1 }]);
  await runs.end(id, { outcome: 'done', ran: 2, cached: 0, failed: 0, skipped: 0 });
  expect((await runs.events(id)).map((event) => event.at)).toEqual([1, 2]);
  expect((await runs.list('g1' as GraphId))[0]).toMatchObject({ id, graph: graph('Ran'), summary: { ran: 2 } });
});

test('sweeping frees the longest unused first and never what any graph imported', async () => {
  const artifacts = artifactStore(db, now);
  for (const letter of ['a', 'b', 'c']) await artifacts.put(hash(letter), 'image', new Blob(['x'.repeat(100)]));
  const node = { type: 'reference', version: 1, position: { x: 0, y: 0 }, params: { file: { hash: hash('a'), name: 'a', mime: 'image/png' } } };
  const graphs = graphStore(db, now);
  const id = await graphs.create({ ...graph('Uses a'), nodes: { ['n' as NodeId]: node } });
  // Even when only an older version still has it.
  await graphs.save(id, graph('No longer'), undefined);
  expect(await sweep(db, { usage: 950, limit: 1000 })).toBe(2);
  expect(await artifacts.get(hash('a'))).toBeTruthy();
  expect(await artifacts.get(hash('b'))).toBeUndefined();
  expect(await sweep(db, { usage: 10, limit: 1000 })).toBe(0);
});
