import { Dexie } from 'dexie';
import { beforeEach, expect, test } from 'vitest';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import type { Micros } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { artifactStore } from '../../src/storage/artifact-store.ts';
import { Database } from '../../src/storage/db.ts';
import type { OwnModel } from '../../src/routing/own-model.ts';
import { lessonStore } from '../../src/storage/lesson-store.ts';
import { routingStore } from '../../src/storage/routing-store.ts';
import { graphStore } from '../../src/storage/graph-store.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { takeLabelStore } from '../../src/storage/take-label-store.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { takeOf } from '../rig/takes.ts';

let db: Database;
let time = 0;
const now = () => ++time;
beforeEach(async () => {
  db = new Database(`storage-${Math.random()}`);
  time = 0;
});
const hash = (letter: string) => letter.repeat(64) as ArtifactHash;
const graph = (title: string) => ({ ...emptyGraph(title), licence: 'kept' });

test('a result whose artifact is gone is a miss', async () => {
  const [artifacts, runs] = [artifactStore(db, now), runStore(db, now)];
  await artifacts.put(hash('a'), 'image', new Blob(['x']));
  await runs.keep([
    { key: 'k1' as CacheKey, outputs: { image: { kind: 'image', hash: hash('a'), width: 1, height: 1 } } },
  ]);
  await runs.keep([
    { key: 'k2' as CacheKey, outputs: { image: { kind: 'image', hash: hash('b'), width: 1, height: 1 } } },
  ]);
  expect([...(await runs.results()).found.keys()]).toEqual(['k1']);
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

const take = (id: string, over: Partial<TakeRecord> = {}): TakeRecord => ({
  id: id as TakeId,
  at: now(),
  graphId: 'g1' as GraphId,
  node: 'n' as NodeId,
  runId: 'r' as RunId,
  slot: 's',
  number: 0,
  output: 'image',
  key: 'k' as CacheKey,
  work: 'text to image',
  tier: 'speed',
  mode: 'delivery',
  table: { id: 'house', version: 1 },
  asked: { provider: 'p', model: 'm' },
  answered: { provider: 'p', model: 'm' },
  why: '',
  seed: 1,
  baseSeed: 1,
  request: {} as TakeRecord['request'],
  queuedMs: 0,
  workedMs: 0,
  estimated: 0 as Micros,
  charged: 0 as Micros,
  measures: [],
  verdict: { state: 'open', by: 'nobody', at: 0, reviewMs: 0 },
  artifact: { kind: 'image', hash: hash(id), width: 1, height: 1 },
  ...over,
});

test('graphs stored before there were frames, notes and components still open; the text one had becomes a note', async () => {
  const name = db.name;
  db.close();
  await Dexie.delete(name);
  const old = new Dexie(name);
  old.version(2).stores({
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
  });
  const before = {
    title: 'Old',
    description: '',
    author: '',
    licence: '',
    notes: 'Read me',
    nodes: { n: { type: 'seed', version: 1, params: {}, position: { x: 5, y: 9 } } },
    wires: {},
  };
  await old.table('versions').put({ id: 'v1', graphId: 'g1', at: 1, graph: before });
  await old.table('graphs').put({ id: 'g1', title: 'Old', head: 'v1', createdAt: 1, updatedAt: 1 });
  await old
    .table('runs')
    .put({ id: 'r1', graphId: 'g1', startedAt: 1, mode: 'draft', graph: { ...before, notes: '' } });
  old.close();
  db = new Database(name);
  const opened = await graphStore(db, now).open('g1' as GraphId);
  expect(opened!.graph).toMatchObject({
    title: 'Old',
    frames: {},
    components: {},
    form: [],
    notes: { notes: { text: 'Read me' } },
    nodes: { n: { position: { x: 5, y: 9 } } },
  });
  expect((await runStore(db, now).list('g1' as GraphId))[0]!.graph.notes).toEqual({});
});

test('a verdict is a new state of the same take, and takes outlive their graph', async () => {
  const [graphs, takes] = [graphStore(db, now), takeStore(db)];
  const id = await graphs.create(graph('Short-lived'));
  await takes.put([take('a', { graphId: id })]);
  await takes.put([take('b', { graphId: id })]);
  await takes.put([
    { ...(await takes.ofGraph(id))[0]!, verdict: { state: 'rejected', by: 'person', at: 9, reviewMs: 5 } },
  ]);
  await graphs.remove(id);
  expect((await takes.all()).map(({ id: own, verdict }) => [own, verdict.state])).toEqual([
    ['a', 'rejected'],
    ['b', 'open'],
  ]);
});

test('money spent by a clock that was ahead still counts after it is set back', async () => {
  const takes = takeStore(db);
  await takes.put([take('a', { at: Date.UTC(2027, 0, 3) })]);
  await takes.put([take('b', { at: Date.UTC(2026, 9, 3) })]);
  expect((await takes.since(Date.UTC(2026, 10, 1))).map(({ id }) => id)).toEqual(['a']);
});

test('a published table is written once, under a number nobody has; a draft is changed where it is, by two tabs too', async () => {
  const desk = routingStore(db);
  const first = await desk.publish({ ...HOUSE, version: 0, note: 'first' }, 1);
  expect(first).toMatchObject({ published: { version: 2 } });
  // Another tab does not know of it yet.
  const second = { ...HOUSE, version: 0, note: 'second' };
  expect(await desk.publish(second, 1)).toMatchObject({ newer: { version: 2, note: 'first' } });
  expect(await desk.publish(second, 2)).toMatchObject({ published: { version: 3 } });
  const draft = { ...HOUSE, version: 0, note: '' };
  await Promise.all([
    desk.changeDraft(HOUSE.id, (stored) => ({ ...(stored ?? draft), note: 'one' })),
    desk.changeDraft(HOUSE.id, (stored) => ({ ...(stored ?? draft), name: 'two' })),
  ]);
  expect((await desk.tables()).map(({ version, note, name }) => [version, note, name])).toEqual([
    [0, 'one', 'two'],
    [2, 'first', HOUSE.name],
    [3, 'second', HOUSE.name],
  ]);
  await desk.publish({ ...draft, note: 'third' }, 3);
  expect((await desk.tables()).map(({ version }) => version)).toEqual([2, 3, 4]);
});

test('models of one’s own are kept by their ids, each by itself, and come in the order of their names', async () => {
  const desk = routingStore(db);
  const model = (id: string, name: string): OwnModel => ({
    id,
    name,
    work: 'text to image',
    workflow: { graph: { 1: { class_type: 'SaveImage', inputs: {} } }, inputs: {} },
  });
  // Two tabs at once.
  await Promise.all([desk.putOwnModels([model('own/1', 'Portrait')]), desk.putOwnModels([model('own/2', 'Ink')])]);
  await desk.putOwnModels([model('own/1', 'A portrait')]);
  expect((await desk.ownModels()).map(({ name }) => name)).toEqual(['A portrait', 'Ink']);
  await desk.removeOwnModel('own/2');
  expect(await desk.ownModels()).toEqual([model('own/1', 'A portrait')]);
});

test('a database of the fourth version opens with its tables of routes, and takes models of one’s own', async () => {
  const name = `old-${Math.random()}`;
  const old = new Dexie(name);
  old.version(4).stores({ routing: '[id+version], id', settings: 'key' });
  await old.table('routing').put(HOUSE);
  old.close();
  const fresh = routingStore(new Database(name));
  expect((await fresh.tables()).map(({ name: table }) => table)).toEqual([HOUSE.name]);
  expect(await fresh.ownModels()).toEqual([]);
});

test('a database of the fifth version opens with its models, and keeps how far a lesson has come', async () => {
  const name = `old-${Math.random()}`;
  const old = new Dexie(name);
  old.version(5).stores({ ownModels: 'id', settings: 'key' });
  await old.table('settings').put({ key: 'kept', value: 1 });
  old.close();
  const fresh = new Database(name);
  expect(await routingStore(fresh).setting('kept')).toBe(1);
  const lessons = lessonStore(fresh);
  const begun = { id: 'seeds', version: 1, startedAt: 1, at: 0, graphs: {}, steps: {}, replays: {} };
  await lessons.changeProgress('seeds', () => begun);
  await lessons.putLesson('own', '{}');
  const further = (stored = begun) => ({ ...stored, at: stored.at + 1 });
  await Promise.all([lessons.changeProgress('seeds', further), lessons.changeProgress('seeds', further)]);
  expect(await lessons.lessons()).toEqual([
    { id: 'own', text: '{}' },
    { id: 'seeds', progress: { ...begun, at: 2 } },
  ]);
});

test('a database of the sixth version opens with its takes, which can be starred and tagged from then on', async () => {
  const name = `old-${Math.random()}`;
  const old = new Dexie(name);
  old.version(6).stores({ takes: 'id, graphId, at', artifacts: 'hash, kind, lastUsedAt' });
  await old.table('takes').put(takeOf('t1'));
  old.close();
  const fresh = new Database(name);
  expect((await takeStore(fresh).all()).map(({ id }) => id)).toEqual(['t1']);
  const labels = takeLabelStore(fresh);
  const take = 't1' as TakeId;
  // Two tabs at once: neither loses what the other wrote.
  await Promise.all([
    labels.change(take, (label) => ({ ...label, starredAt: 5 })),
    labels.change(take, (label) => ({ ...label, tags: ['hero'] })),
  ]);
  expect([...(await labels.all()).values()]).toEqual([{ take, starredAt: 5, tags: ['hero'] }]);
  await labels.change(take, () => ({ take }));
  expect(await fresh.takeLabels.count()).toBe(0);
});

test('a result that is handed in again keeps the note of the teacher', async () => {
  const lessons = lessonStore(db);
  await lessons.putHandedIn([{ id: 'ada seeds', at: 1, text: 'first' }]);
  await lessons.changeNote('ada seeds', 'Look at step 3 together.');
  await lessons.putHandedIn([{ id: 'ada seeds', at: 2, text: 'second' }]);
  expect(await lessons.handedIn()).toEqual([
    { id: 'ada seeds', at: 2, text: 'second', note: 'Look at step 3 together.' },
  ]);
});

test('two tabs that change a setting at once both count', async () => {
  const desk = routingStore(db);
  const put = (key: string) =>
    desk.changeSetting('some', (stored) => ({ ...(stored as object | undefined), [key]: true }));
  await Promise.all([put('a'), put('b')]);
  expect(await desk.setting('some')).toEqual({ a: true, b: true });
});

test('a database of the first version opens and keeps everything', async () => {
  const name = `old-${Math.random()}`;
  const old = new Dexie(name);
  old.version(1).stores({
    graphs: 'id, updatedAt',
    versions: 'id, [graphId+at]',
    histories: 'graphId',
    runs: 'id, [graphId+startedAt]',
    runEvents: '[runId+seq]',
    results: 'key, lastUsedAt',
    nodeStates: '[graphId+node], graphId',
    artifacts: 'hash, kind, lastUsedAt',
    blobs: 'hash',
  });
  await old.table('graphs').put({ id: 'g9', title: 'From before', head: 'v9', createdAt: 1, updatedAt: 1 });
  old.close();
  const fresh = new Database(name);
  expect((await graphStore(fresh).list()).map(({ title }) => title)).toEqual(['From before']);
  expect(await takeStore(fresh).all()).toEqual([]);
});
