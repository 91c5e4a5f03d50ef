import { beforeEach, expect, test } from 'vitest';
import { BlobReader, BlobWriter, TextWriter, ZipReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { CacheKey, ComponentId, GraphId, NodeId, TakeId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { ImageValue } from '../../src/core/values.ts';
import { emptyBoard, emptyGraph, type Graph } from '../../src/graph/graph.ts';
import type { Edit } from '../../src/graph/history.ts';
import { bytesHash, imageHash } from '../../src/media/identity.ts';
import { pngOf } from '../../src/media/image.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { artifactStore } from '../../src/storage/artifact-store.ts';
import { Database } from '../../src/storage/db.ts';
import { graphStore } from '../../src/storage/graph-store.ts';
import { routingStore } from '../../src/storage/routing-store.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { backUp, restoreInto } from '../rig/backups.ts';
import { takeRequest } from '../rig/requests.ts';
import { testPicture } from '../rig/samples.ts';
import { takeOf } from '../rig/takes.ts';

let here: Database;
let there: Database;
beforeEach(() => {
  here = new Database(`here-${Math.random()}`);
  there = new Database(`there-${Math.random()}`);
});

async function storePicture(db: Database, width: number): Promise<ImageValue> {
  const raster = testPicture(width, 20);
  const hash = await imageHash(raster);
  await artifactStore(db).put(hash, 'image', await pngOf(raster));
  return { kind: 'image', hash, width, height: 20 };
}
const promptSaying = (text: string): Graph => ({
  ...emptyGraph('Hero'),
  tags: ['launch'],
  nodes: {
    ['p' as NodeId]: { type: 'prompt', version: 1, position: { x: 0, y: 0 }, params: { text, negative: '' } },
  },
});
const textEdit = (id: string, after: string, seq: number, text: string): Edit => ({
  id,
  after,
  seq,
  edition: 1,
  did: 'edit',
  step: {
    label: 'Edit text',
    redo: [{ op: 'replace', path: ['nodes', 'p', 'params', 'text'], value: text }],
    undo: [{ op: 'replace', path: ['nodes', 'p', 'params', 'text'], value: 'before' }],
  },
});
const take = (id: string, graphId: GraphId, over: Partial<TakeRecord>): TakeRecord =>
  takeOf(id, { graphId, request: takeRequest(), key: 'k1' as CacheKey, ...over });

/** A graph with everything that a graph has, and a row in every other table. */
async function fill(db: Database): Promise<GraphId> {
  const graphs = graphStore(db);
  const id = await graphs.create(promptSaying('a lake'));
  const first = textEdit('e1', '', 1, 'a lake at dusk');
  await graphs.save(id, promptSaying('a lake at dusk'), [first]);
  const history = { past: [first.step], future: [] };
  await graphs.keepVersion(id, { graph: promptSaying('a lake at dusk'), history, position: first, name: 'Good' });
  const second = textEdit('e2', 'e1', 2, 'a lake at dawn');
  await graphs.save(id, promptSaying('a lake at dawn'), [second]);
  const [made, accepted] = [await storePicture(db, 30), await storePicture(db, 40)];
  await graphs.setThumbnail(id, accepted.hash);
  const lut = new TextEncoder().encode('LUT_3D_SIZE 2');
  await artifactStore(db).put(await bytesHash(lut), 'file', new Blob([lut], { type: 'text/plain' }));

  const runs = runStore(db);
  const run = await runs.begin(id, promptSaying('a lake at dawn'), 'delivery');
  await runs.append(run, 0, [{ type: 'started', node: 'p' as NodeId, at: 1 }]);
  await runs.end(run, { outcome: 'done', ran: 1, cached: 0, failed: 0, skipped: 0 });
  await runs.keep([
    { key: 'k1' as CacheKey, outputs: { image: made } },
    { key: 'k2' as CacheKey, outputs: { image: accepted } },
  ]);
  const parts = { type: 'prompt', version: 1, params: { text: 'a lake' }, inputs: {} };
  await runs.keepNodeStates([{ graphId: id, node: 'p' as NodeId, parts, outputs: { image: made } }]);
  const verdict = { state: 'accepted', by: 'person', at: 5, reviewMs: 20 } as const;
  await takeStore(db).put([
    take('t1', id, { runId: run, artifact: made }),
    take('t2', id, { runId: run, artifact: accepted, verdict, at: 2 }),
  ]);
  await takeStore(db).putRefinements([{ at: 3, graphId: id, node: 'p' as NodeId, sources: ['p' as NodeId], ms: 12 }]);
  await db.routing.add({ ...HOUSE, id: 'mine', name: 'Mine', version: 1 });
  await db.components.add({
    id: 'c1' as ComponentId,
    version: 1,
    at: 1,
    component: {
      ...emptyBoard,
      version: 1,
      title: 'Part',
      description: '',
      inputs: {},
      outputs: {},
      params: {},
    } as never,
    needs: {},
  });
  await db.templates.add({ id: 'template', at: 1, description: 'Mine', tags: [], graph: promptSaying('a hill') });
  await db.lessons.add({
    id: 'lesson',
    progress: { id: 'lesson', version: 1, startedAt: 1, at: 0, graphs: {}, steps: {}, replays: {} },
  });
  await db.takeLabels.add({ take: 't2' as TakeId, starredAt: 1, tags: ['hero'] });
  await db.settings.bulkPut([
    { key: 'storage budget', value: 2e9 },
    { key: 'reserved', value: [{ id: 'm', amount: 1, at: Date.now() }] },
    { key: 'look references', value: { all: { kind: 'take', take: 't2', artifact: accepted } } },
  ]);
  return id;
}

/** All rows of all tables, bytes as text. */
async function everything(db: Database): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const table of db.tables) tables[table.name] = await table.toArray();
  for (const row of tables['blobs'] as { blob: Blob }[]) (row as { blob: unknown }).blob = await textOf(row.blob);
  return tables;
}
const textOf = async (blob: Blob) => `${blob.type} ${String(new Uint8Array(await blob.arrayBuffer()))}`;

test('everything that is kept comes back, byte for byte, and a second time adds nothing', async () => {
  await fill(here);
  const file = await backUp(here);
  const { settings: _, ...before } = await everything(here);
  const done = await restoreInto(there, file);
  expect(done).toEqual({
    graphs: 1,
    seconds: [],
    broughtBack: 0,
    takes: 2,
    files: 3,
    others: 5,
    lacks: [],
  });
  const { settings, ...after } = await everything(there);
  expect(after).toEqual(before);
  // Money set aside by another browser, and settings nobody asked for, are no part of it.
  expect((settings as { key: string }[]).map(({ key }) => key)).toEqual(['look references']);

  expect(await restoreInto(there, file)).toMatchObject({
    graphs: 0,
    seconds: [],
    takes: 0,
    files: 0,
    others: 0,
    lacks: [],
  });
  const { settings: __, ...again } = await everything(there);
  expect(again).toEqual(before);
});

test('settings take the place of those that are here only when a person says so', async () => {
  await fill(here);
  const file = await backUp(here);
  const views: string[] = [];
  await restoreInto(there, file, { withSettings: true, setView: ({ theme }) => views.push(theme) });
  expect(await routingStore(there).setting('storage budget')).toBe(2e9);
  expect(views).toEqual(['dark']);
});

test('without what can be made again a backup holds what is kept for ever, and the books', async () => {
  await fill(here);
  const whole = await backUp(here);
  const file = await backUp(here, false);
  expect(file.size).toBeLessThan(whole.size);
  await restoreInto(there, file);
  const [accepted] = await there.takes.where('id').equals('t2').toArray();
  expect((await there.artifacts.toArray()).map(({ hash }) => hash)).toEqual([accepted!.artifact!.hash]);
  expect(await there.takes.count()).toBe(2);
  expect(await there.results.count()).toBe(0);
});

test('a graph that was changed since comes a second time, with ids, runs and takes of its own, and once only', async () => {
  const id = await fill(here);
  const file = await backUp(here);
  const graphs = graphStore(here);
  const edit = textEdit('e3', 'e2', 3, 'a lake at noon');
  await graphs.save(id, promptSaying('a lake at noon'), [edit]);
  await here.takes.delete('t1' as TakeId);
  const before = await everything(here);

  expect(await restoreInto(here, file)).toMatchObject({ graphs: 0, seconds: ['Hero, from the backup'], takes: 1 });
  expect(await restoreInto(here, file)).toMatchObject({ graphs: 0, seconds: [], takes: 0 });
  const listed = await graphs.list();
  expect(listed.map(({ title }) => title).sort()).toEqual(['Hero', 'Hero, from the backup']);
  const second = listed.find(({ title }) => title !== 'Hero')!;
  const opened = await graphs.open(second.id);
  expect(opened).toMatchObject({
    graph: { ...promptSaying('a lake at dawn'), title: 'Hero, from the backup' },
    edits: [],
    isOlder: false,
  });
  expect(await graphs.versions(second.id)).toHaveLength(2);
  const [run] = await runStore(here).list(second.id);
  expect(await runStore(here).events(run!.id)).toHaveLength(1);
  expect(await here.takes.get('t1' as TakeId)).toMatchObject({ graphId: second.id, runId: run!.id });
  // What was here is as it was.
  for (const table of ['versions', 'timeline', 'edits', 'runs', 'runEvents', 'takes', 'histories', 'graphs'])
    expect((await everything(here))[table]).toEqual(expect.arrayContaining(before[table]!));
});

test('a graph that was thrown away since is taken out of the trash, and one that is in it there stays in it', async () => {
  const id = await fill(here);
  const file = await backUp(here);
  await graphStore(here).discard(id);
  expect(await restoreInto(here, file)).toMatchObject({ broughtBack: 1, graphs: 0, seconds: [] });
  expect(await graphStore(here).list()).toHaveLength(1);
});

test('what is broken off leaves no graph by halves, and goes on when it is done again', async () => {
  await fill(here);
  await graphStore(here).create(promptSaying('another'));
  const file = await backUp(here);
  const whole = await everything(here);
  let steps = 0;
  await restoreInto(there, file, { onProgress: () => void steps++ });
  for (let last = 1; last < steps; last++) {
    const stopped = new Database(`stopped-${Math.random()}`);
    const stop = new AbortController();
    let step = 0;
    const broken = restoreInto(stopped, file, {
      cancelled: stop.signal,
      onProgress: () => ++step === last && stop.abort(),
    });
    await broken.catch(() => {});
    for (const { id } of await stopped.graphs.toArray()) {
      const count = async (db: Database) =>
        await db.versions.where('[graphId+at]').between([id, 0], [id, Infinity]).count();
      expect(await count(stopped)).toBe(await count(here));
    }
    expect(await stopped.versions.count()).toBeLessThanOrEqual(await here.versions.count());
    await restoreInto(stopped, file);
    const { settings: _, ...after } = await everything(stopped);
    const { settings: __, ...before } = whole;
    expect(after).toEqual(before);
    stopped.close();
  }
});

/** The file with entries changed by name; `undefined` leaves one out. */
async function changed(file: Blob, change: (name: string, text: string) => string | undefined): Promise<Blob> {
  const zip = new ZipReader(new BlobReader(file));
  const to = new ZipWriter(new BlobWriter('application/zip'));
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue;
    const isText = entry.filename.endsWith('json');
    if (!isText) {
      const bytes = await entry.getData(new BlobWriter());
      await to.add(entry.filename, new BlobReader(bytes));
      continue;
    }
    const text = change(entry.filename, await entry.getData(new TextWriter()));
    if (text !== undefined) await to.add(entry.filename, new BlobReader(new Blob([text])));
  }
  return to.close() as Promise<Blob>;
}

test('a file that is not what its row claims is left out, a picture by its pixels too', async () => {
  await fill(here);
  const file = await backUp(here);
  const swapped = await changed(file, (name, text) => {
    if (!name.endsWith('artifacts.ndjson')) return text;
    const rows = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const pictures = rows.filter(({ kind }) => kind === 'image');
    // The bytes are as they were saved, but of another picture than its name says.
    const remade = pictures.find(({ isRemade }) => isRemade)!;
    const other = 'f'.repeat(64);
    return rows.map((row) => JSON.stringify(row === remade ? { ...row, hash: other } : row)).join('\n');
  });
  const done = await restoreInto(there, swapped);
  expect(done.files).toBe(2);
  expect(done.lacks).toHaveLength(1);
});

test('rows that would overwrite something of another graph come under ids of their own', async () => {
  const id = await fill(here);
  const file = await backUp(here);
  const mine = await fill(there);
  const [version] = await there.versions.toArray();
  const before = await everything(there);
  // The same version id, in a graph that is not here.
  const head = (await here.graphs.get(id))!.head;
  const hostile = await changed(file, (_, text) => text.replaceAll(head, version!.id));
  expect(await restoreInto(there, hostile)).toMatchObject({ graphs: 1 });
  const after = await everything(there);
  for (const table of ['versions', 'timeline', 'runs', 'graphs'])
    expect(after[table]).toEqual(expect.arrayContaining(before[table]!));
  expect(await graphStore(there).open(mine)).toBeDefined();
});

test('damaged rows, edits that do not fit and names every object has are left out in words, and the rest comes', async () => {
  const id = await fill(here);
  await graphStore(here).create(promptSaying('whole'));
  const file = await backUp(here);
  const bad = await changed(file, (name, text) => {
    if (name === 'tables/takes.ndjson') return `${text}{"id":"__proto__"}\nnot JSON\n{"__proto__":{"polluted":1}}\n`;
    if (name === `graphs/${id}.ndjson`)
      return text.replace(
        '"path":["nodes","p","params","text"],"value":"a lake at dawn"',
        '"path":["nodes"],"value":7',
      );
    return name === 'tables/templates.ndjson' ? '{"id":"x","at":1,"description":"","tags":[],"graph":[]}\n' : text;
  });
  const done = await restoreInto(there, bad);
  expect(done).toMatchObject({ graphs: 2, takes: 2 });
  expect(done.lacks).toHaveLength(3);
  expect(await graphStore(there).open(id)).toMatchObject({ graph: promptSaying('a lake at dusk'), edits: [] });
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
  expect(await there.templates.count()).toBe(0);
});

test('keys of services are in no backup: nothing of the browser beside its tables is', async () => {
  localStorage.setItem('a key', 'sk-secret-of-a-service');
  await fill(here);
  const zip = new ZipReader(new BlobReader(await backUp(here)));
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue;
    const bytes = await (await entry.getData(new BlobWriter())).text();
    expect(bytes).not.toContain('sk-secret-of-a-service');
  }
  localStorage.removeItem('a key');
});

test('a backup that is cancelled is not written', async () => {
  await fill(here);
  const cancelled = AbortSignal.abort();
  await expect(backUp(here, true, cancelled)).rejects.toThrow();
});
