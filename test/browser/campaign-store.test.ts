/** What the campaign's screen keeps and reads, in the real database. */
import { beforeEach, expect, test } from 'vitest';
import type { GraphId, RunId, TakeId } from '../../src/core/ids.ts';
import { say } from '../../src/core/say.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import { campaignStore } from '../../src/storage/campaign-store.ts';
import { Database } from '../../src/storage/db.ts';
import { graphStore } from '../../src/storage/graph-store.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { START } from '../../src/graph/history.ts';
import { hashOf } from '../rig/takes.ts';

let db: Database;
beforeEach(() => {
  db = new Database(`campaign-${Math.random()}`);
});

test('a reference look is kept by what it is for, changed and taken away; others stay as they are', async () => {
  const store = campaignStore(db);
  const take = (id: string) =>
    ({
      kind: 'take',
      take: id as TakeId,
      artifact: { kind: 'image', hash: hashOf(id), width: 8, height: 8 },
    }) as const;
  await store.changeReference('all', take('t1'));
  await store.changeReference('tag:spring', take('t2'));
  expect(await store.changeReference('all', take('t3'))).toEqual({ all: take('t3'), 'tag:spring': take('t2') });
  await store.changeReference('all', undefined);
  expect(await campaignStore(db).references()).toEqual({ 'tag:spring': take('t2') });
});

test('what rows of a batch are called is found by the runs that ran them', async () => {
  const runs = runStore(db);
  const begin = (row?: ReturnType<typeof say>) => runs.begin('g' as GraphId, emptyGraph(), 'delivery', row);
  const [first, plain] = [await begin(say('Row {0}', 1)), await begin()];
  await begin(say('Row {0}', 2));
  const rows = await campaignStore(db).rowsOf([first, plain, first, 'gone' as RunId]);
  expect([...rows]).toEqual([[first, say('Row {0}', 1)]]);
});

test('tags of a graph are in the list of graphs, as they were last saved', async () => {
  const graphs = graphStore(db);
  const tagged = (...tags: string[]) => ({ ...emptyGraph('One'), tags });
  const tags = async () => (await graphs.list()).map((row) => row.tags);
  const id = await graphs.create(tagged('spring', 'film'));
  expect(await tags()).toEqual([['spring', 'film']]);
  await graphs.keepVersion(id, { graph: tagged('spring'), history: undefined, position: START, anew: true });
  expect(await tags()).toEqual([['spring']]);
  await graphs.keepVersion(id, { graph: emptyGraph('One'), history: undefined, position: START, anew: true });
  expect((await tags()).flat()).toEqual([]);
});
