/** Graphs in the real database: edits, versions, what happens when a part of it is missing, and other releases. */
import { Dexie } from 'dexie';
import { beforeEach, expect, test } from 'vitest';
import { emptyGraph } from '../../src/graph/graph.ts';
import { START, type Edit } from '../../src/graph/history.ts';
import type { GraphId } from '../../src/core/ids.ts';
import { createDocument } from '../../src/state/document.ts';
import { replayed } from '../../src/state/replayed-edits.ts';
import { Database } from '../../src/storage/db.ts';
import { graphStore, NotSaved } from '../../src/storage/graph-store.ts';

let db: Database;
let time = 0;
const now = () => ++time;
beforeEach(() => {
  db = new Database(`graphs-${Math.random()}`);
  time = 0;
});
const graph = (title: string) => ({ ...emptyGraph(title), licence: 'kept' });

/** A stored graph, open in a document, and the two things that are done with it. */
async function opened(title = 'One', wall: () => number = now) {
  const graphs = graphStore(db, wall);
  const id = await graphs.create(graph(title));
  const document = createDocument(() => time);
  document.load(id, graph(title), undefined);
  const saveEdits = async () => {
    const { graph: current, unsaved } = document.getState();
    await graphs.save(id, current, unsaved);
    document.confirm(id, unsaved);
  };
  return {
    graphs,
    id,
    document,
    saveEdits,
    rename: (to: string, mergeKey?: string) =>
      document.edit('Rename', (_, whole) => void (whole.title = to), mergeKey ? { mergeKey } : {}),
    keepVersion(name?: string) {
      document.seal();
      const { graph: current, history, position } = document.getState();
      return graphs.keepVersion(id, { graph: current, history, position, ...(name ? { name } : {}) });
    },
    async reopened() {
      const stored = (await graphs.open(id))!;
      const { graph: again, history, unread } = replayed(stored);
      return { ...stored, graph: again, history, unread };
    },
  };
}

test('edits are stored one by one and applied at the next opening, with undo and redo as they were', async () => {
  const { document, rename, saveEdits, reopened, keepVersion, graphs, id } = await opened();
  rename('Two');
  await saveEdits();
  rename('Three');
  document.undo();
  await saveEdits();
  const before = await reopened();
  expect([before.graph, before.history, before.position]).toEqual([
    document.getState().graph,
    document.getState().history,
    document.getState().position,
  ]);
  expect(before.edits).toHaveLength(3);
  await keepVersion();
  document.redo();
  rename('Four');
  await saveEdits();
  const after = await reopened();
  expect(after.edits).toHaveLength(2);
  expect([after.graph, after.history]).toEqual([document.getState().graph, document.getState().history]);
  expect((await graphs.list())[0]).toMatchObject({ id, title: 'Four' });
});

test('what goes on merging is one row, however often it is written, and one step across a version', async () => {
  const { document, rename, saveEdits, reopened, keepVersion } = await opened();
  for (const title of ['a', 'ab', 'abc']) {
    rename(title, 'title');
    await saveEdits();
  }
  expect((await reopened()).edits).toMatchObject([{ seq: 1, edition: 2 }]);
  await keepVersion();
  rename('abcd', 'title');
  rename('abcde', 'title');
  await saveEdits();
  const { edits, history, graph: stored } = await reopened();
  expect(edits).toMatchObject([{ seq: 2, did: 'join' }]);
  expect(stored.title).toBe('abcde');
  expect(history).toEqual(document.getState().history);
  expect(history.past).toHaveLength(1);
});

test('an edit that was not made on top of the last one stored is refused, and nothing of it is written', async () => {
  const { graphs, id, document, rename, saveEdits, reopened } = await opened();
  const other = createDocument();
  other.load(id, graph('One'), undefined);
  rename('Here');
  await saveEdits();
  other.edit('Rename', (_, whole) => void (whole.title = 'There'));
  const refusal = await graphs
    .save(id, other.getState().graph, other.getState().unsaved)
    .catch((thrown: unknown) => thrown);
  expect(refusal).toBeInstanceOf(NotSaved);
  expect((refusal as NotSaved).why).toBe('elsewhere');
  await expect(graphs.keepVersion(id, { graph: graph('There'), history: undefined, position: START })).rejects.toThrow(
    'changed in another tab',
  );
  expect((await reopened()).graph.title).toBe('Here');
  expect(document.getState().unsaved).toEqual([]);
});

test('a graph whose row is gone is not written to in silence, and neither is one that was thrown away', async () => {
  const { graphs, id, rename, saveEdits, keepVersion, document } = await opened();
  rename('Two');
  await saveEdits();
  await graphs.discard(id);
  rename('Three');
  await expect(saveEdits()).rejects.toMatchObject({ why: 'discarded' });
  await graphs.restore(id);
  await saveEdits();
  await db.graphs.delete(id);
  rename('Four');
  await expect(saveEdits()).rejects.toMatchObject({ why: 'gone' });
  await expect(keepVersion()).rejects.toMatchObject({ why: 'gone' });
  expect(document.getState().unsaved).toHaveLength(1);
  expect(await db.edits.count()).toBe(2);
});

test('versions without their graph are found and brought back, with the edits made since', async () => {
  const { graphs, id, rename, saveEdits, reopened } = await opened();
  rename('Two');
  await saveEdits();
  expect(await graphs.lost()).toEqual([]);
  await db.graphs.delete(id);
  expect((await graphs.lost()).map(({ graphId }) => graphId)).toEqual([id]);
  await graphs.recover(id);
  expect(await graphs.lost()).toEqual([]);
  expect((await reopened()).graph.title).toBe('Two');
  expect((await graphs.list()).map((row) => row.id)).toEqual([id]);
});

test('a version, its place, the pointer, the history and the cleared log are one write: all of it or nothing', async () => {
  const { graphs, id, rename, saveEdits, reopened, document } = await opened('Safe');
  rename('Edited');
  await saveEdits();
  // A real refusal by the database: a history that structured clone cannot store, which is written last.
  const broken = {
    graph: graph('Broken'),
    history: { past: [() => {}], future: [] },
    position: document.getState().position,
  };
  await expect(graphs.keepVersion(id, broken)).rejects.toThrow();
  expect(await graphs.versions(id)).toHaveLength(1);
  expect(await db.versions.count()).toBe(1);
  expect((await reopened()).edits).toHaveLength(1);
  expect((await reopened()).graph.title).toBe('Edited');
});

test('a missing head falls back to the newest version that is there, and says so', async () => {
  const { graphs, id, rename, saveEdits, keepVersion } = await opened('Old');
  rename('New');
  await saveEdits();
  const head = await keepVersion();
  rename('Newer');
  await saveEdits();
  await db.versions.delete(head);
  expect(await graphs.open(id)).toMatchObject({ graph: { title: 'Old' }, edits: [], isOlder: true });
});

test('versions are in the order they were made, whatever the clock says', async () => {
  const times = [9, 8, 7, 90, 1];
  const { graphs, id, rename, saveEdits, keepVersion } = await opened('0', () => times[0]! * 86_400_000);
  for (const title of ['1', '2', '3', '4']) {
    times.shift();
    rename(title);
    await saveEdits();
    await keepVersion();
  }
  const versions = await graphs.versions(id);
  expect(versions.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  expect(await Promise.all(versions.map(async (version) => (await graphs.versionGraph(version.id))!.title))).toEqual([
    '4',
    '3',
    '2',
    '1',
    '0',
  ]);
  expect((await graphs.open(id))!.graph.title).toBe('4');
});

test('a version says what led to it; asking for one where nothing was done makes none, and naming keeps it', async () => {
  const { graphs, id, document, rename, saveEdits, keepVersion } = await opened();
  rename('Two');
  rename('Three');
  document.undo();
  await saveEdits();
  const head = await keepVersion();
  expect(await keepVersion()).toBe(head);
  expect(await keepVersion('Milestone')).toBe(head);
  expect(await keepVersion('Milestone again')).not.toBe(head);
  expect((await graphs.versions(id)).map(({ name, edits, labels, nodes }) => [name, edits, labels, nodes])).toEqual([
    ['Milestone again', 0, [], 0],
    ['Milestone', 3, ['Rename'], 0],
    [undefined, 0, [], 0],
  ]);
});

test('unnamed versions are thinned out as they age; named ones are kept for ever', async () => {
  const MINUTE = 60_000;
  let clock = 1_000 * 86_400_000;
  const { graphs, id, rename, saveEdits, keepVersion } = await opened('0', () => clock);
  const work = async (title: string, name?: string) => {
    rename(title);
    await saveEdits();
    await keepVersion(name);
  };
  await work('milestone', 'Milestone');
  for (let k = 0; k < 30; k++) {
    clock += 20 * MINUTE;
    await work(`${k}`);
  }
  clock += 60 * 24 * 60 * MINUTE;
  for (let k = 0; k < 25; k++) {
    clock += MINUTE;
    await work(`later ${k}`);
  }
  const versions = await graphs.versions(id);
  // 25 of the last half hour, one or two days' last ones, and the named one.
  expect(versions.length).toBeLessThan(30);
  expect(versions.slice(0, 25).map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, k) => 57 - k));
  expect(versions.some(({ name }) => name === 'Milestone')).toBe(true);
  expect(await db.versions.count()).toBe(versions.length);
});

test('a graph thrown away is out of the list, can be brought back, and goes for good after thirty days', async () => {
  const graphs = graphStore(db, () => time);
  time = 1000;
  const id = await graphs.create(graph('Gone'));
  await graphs.discard(id);
  expect([await graphs.list(), await graphs.open(id)]).toEqual([[], undefined]);
  await graphs.restore(id);
  expect((await graphs.open(id))!.graph.title).toBe('Gone');
  await graphs.discard(id);
  time += 29 * 86_400_000;
  await graphs.empty();
  expect(await graphs.discarded()).toHaveLength(1);
  time += 2 * 86_400_000;
  await graphs.empty();
  expect([await graphs.discarded(), await graphs.versions(id), await db.versions.count(), await graphs.lost()]).toEqual(
    [[], [], 0, []],
  );
});

test('versions stored before there was a timeline are in it, in order, with the one the graph opens with as the newest', async () => {
  const { name } = db;
  const old = new Dexie(name);
  old.version(3).stores({
    graphs: 'id, updatedAt',
    versions: 'id, [graphId+at]',
    histories: 'graphId',
    runs: 'id, [graphId+startedAt]',
    runEvents: '[runId+seq]',
    results: 'key, lastUsedAt',
    nodeStates: '[graphId+node], graphId',
    artifacts: 'hash, kind, lastUsedAt',
    blobs: 'hash',
    takes: 'id, graphId, at',
    refinements: '++, at',
    routing: '[id+version], id',
    settings: 'key',
    components: '[id+version], id',
    templates: 'id, at',
  });
  // The clock was set back before the last one was written.
  for (const [id, at, named] of [
    ['v1', 5, 'First'],
    ['v2', 9, undefined],
    ['v3', 2, undefined],
  ] as const)
    await old.table('versions').put({ id, graphId: 'g1', at, graph: graph(id), ...(named ? { name: named } : {}) });
  await old.table('graphs').put({ id: 'g1', title: 'Old', head: 'v3', createdAt: 1, updatedAt: 2 });
  await old.table('histories').put({ graphId: 'g1', steps: { past: [], future: [] } });
  old.close();
  const graphs = graphStore(new Database(name), now);
  const id = 'g1' as GraphId;
  expect((await graphs.versions(id)).map((row) => [row.id, row.number, row.name])).toEqual([
    ['v3', 3, undefined],
    ['v2', 2, undefined],
    ['v1', 1, 'First'],
  ]);
  expect(await graphs.open(id)).toMatchObject({ graph: { title: 'v3' }, edits: [], position: START });
  const first: Edit = {
    id: 'e1',
    after: '',
    seq: 1,
    edition: 0,
    did: 'edit',
    step: { label: 'Rename', redo: [{ op: 'replace', path: ['title'], value: 'New' }], undo: [] },
  };
  await graphs.save(id, graph('New'), [first]);
  expect(replayed((await graphs.open(id))!).graph.title).toBe('New');
});

test('when a newer release raises the database, what is unsaved is written first, and nothing after', async () => {
  const { graphs, id, rename, saveEdits } = await opened();
  rename('Last words');
  const told = new Promise((resolve) => (db.onOutdated = resolve));
  db.beforeClosing = saveEdits;
  const newer = new Dexie(db.name);
  const known = db.tables.map(({ name, schema }) => [
    name,
    [schema.primKey, ...schema.indexes].map(({ src }) => src).join(', '),
  ]);
  newer.version(99).stores({ ...Object.fromEntries(known), somethingNew: 'id' });
  await newer.open();
  expect(await told).toBe('now');
  expect(await newer.table('edits').count()).toBe(1);
  await expect(graphs.list()).rejects.toThrow();
  newer.close();
  // A release that is older than what is stored does not open it at all.
  const older = new Database(db.name);
  const why = new Promise((resolve) => (older.onOutdated = resolve));
  await expect(graphStore(older).open(id)).rejects.toThrow();
  expect(await why).toBe('before');
  expect((await indexedDB.databases()).find(({ name }) => name === db.name)!.version).toBe(990);
});
