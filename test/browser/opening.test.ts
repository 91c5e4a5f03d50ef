/**
 * Opening and saving with the real database, real locks and real channels; only the moment storage answers is in our
 * hands.
 */
import { afterEach, expect, test } from 'vitest';
import { autosave } from '../../src/app/autosave.ts';
import { createEditingCommands } from '../../src/app/editing-commands.ts';
import type { EditingServices } from '../../src/app/services.ts';
import { graphLock } from '../../src/app/lock.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { GraphId } from '../../src/core/ids.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { Database } from '../../src/storage/db.ts';
import { graphStore, type GraphStore } from '../../src/storage/graph-store.ts';
import { runStore } from '../../src/storage/run-store.ts';
import { takeStore } from '../../src/storage/take-store.ts';
import { inWords } from '../../src/core/say.ts';

const FULL = new DOMException('The disk is full.', 'QuotaExceededError');
const opened: Database[] = [];
afterEach(() => {
  for (const db of opened.splice(0)) db.close();
  localStorage.clear();
  location.hash = '';
});

/** Everything a page has, over a database of its own or an earlier page's. */
async function page(earlier?: Database) {
  const db = earlier ? new Database(earlier.name) : new Database(`opening-${Math.random()}`);
  opened.push(db);
  const stored = graphStore(db);
  /** While set, saving is refused, or the next opening waits. */
  const storage: { refusal?: Error | undefined; gate?: Promise<void> | undefined; reached?: (() => void) | undefined } =
    {};
  const graphs: GraphStore = {
    ...stored,
    async open(id) {
      storage.reached?.();
      await storage.gate;
      return stored.open(id);
    },
    save: (...edits) => (storage.refusal ? Promise.reject(storage.refusal) : stored.save(...edits)),
  };
  const [document, runs, queue, desk, workspace] = [
    createDocument(),
    createRuns(),
    createQueue(),
    createDesk(),
    createWorkspace(),
  ];
  const lock = graphLock(() => {});
  const save = autosave(document, graphs, workspace, lock.announce);
  const services = {
    registry: new Map(),
    document,
    runs,
    queue,
    workspace,
    desk,
    graphs,
    history: runStore(db),
    takes: takeStore(db),
    lock,
    save,
  } as unknown as EditingServices;
  /** What comes later is not asked for here. */
  const never = () => Promise.reject(new Error('This is not part of opening.'));
  const commands = createEditingCommands(services, {
    exportGraph: never,
    startRun: never,
    storeFile: never,
  });
  const [a, b] = earlier
    ? ((await stored.list()).map(({ id }) => id) as [GraphId, GraphId])
    : [await stored.create(emptyGraph('A')), await stored.create(emptyGraph('B'))];
  /** The next opening stops before it reads, until it is let go on. */
  const holdOpening = () => {
    let goOn = () => {};
    storage.gate = new Promise((resolve) => (goOn = resolve));
    const reached = new Promise<void>((resolve) => (storage.reached = resolve));
    return { reached, goOn };
  };
  return {
    db,
    stored,
    storage,
    document,
    workspace,
    commands,
    save,
    lock,
    a,
    b,
    holdOpening,
    rename: (title: string) => document.edit('Rename', (_, whole) => void (whole.title = title)),
    titleOf: async (id: GraphId) => (await stored.list()).find((row) => row.id === id)?.title,
    told: () => workspace.getState().notices.map(({ text }) => inWords(text)),
    act: (label: string) =>
      workspace
        .getState()
        .notices.flatMap(({ actions }) => actions)
        .find((action) => action.label === label)!
        .act(),
  };
}
const locksHeld = async (...ids: readonly GraphId[]) => {
  const { held } = await navigator.locks.query();
  return ids.filter((id) => held!.some(({ name }) => name === `triptych-graph-${id}`));
};

/** As a page that goes away lets go of its locks. */
const letGo = (id: GraphId) => navigator.locks.request(`triptych-graph-${id}`, { steal: true }, () => {});

test('an edit made while another graph opens is stored', async () => {
  const { commands, document, rename, titleOf, holdOpening, a, b } = await page();
  await commands.openGraph(a);
  const { reached, goOn } = holdOpening();
  const opening = commands.openGraph(b);
  await reached;
  rename('A, edited while B opened');
  goOn();
  expect(await opening).toBe('opened');
  expect(document.getState()).toMatchObject({ id: b, unsaved: [] });
  expect(await titleOf(a)).toBe('A, edited while B opened');
});

test('what cannot be saved stays open, and that is said with ways out; nothing is dropped by itself', async () => {
  const { commands, document, storage, rename, titleOf, told, save, a, b } = await page();
  await commands.openGraph(a);
  storage.refusal = FULL;
  rename('Kept');
  expect(await save()).toBe(false);
  expect(await commands.openGraph(b)).toBe('stayed');
  expect(document.getState().id).toBe(a);
  expect(told()).toContain('“Kept” has changes that could not be saved, so it stays open.');
  storage.refusal = undefined;
  expect(await commands.openGraph(b)).toBe('opened');
  expect(await titleOf(a)).toBe('Kept');
  // What comes next is written at once again.
  rename('B, edited');
  await expect.poll(() => titleOf(b)).toBe('B, edited');
});

test('whoever leaves without saving finds the changes at the next opening all the same, if there is room then', async () => {
  const { commands, document, storage, rename, titleOf, act, save, a, b } = await page();
  await commands.openGraph(a);
  storage.refusal = FULL;
  rename('Left behind');
  await commands.openGraph(b);
  act('Leave without saving');
  expect(location.hash).toBe(`#/g/${b}`);
  expect(await commands.openGraph(b)).toBe('opened');
  storage.refusal = undefined;
  await commands.openGraph(a);
  expect(document.getState().graph.title).toBe('Left behind');
  expect(await save()).toBe(true);
  expect(await titleOf(a)).toBe('Left behind');
});

test('the last wish wins, the ones before it end, and only the lock of what is open is held', async () => {
  const { commands, document, holdOpening, a, b } = await page();
  const { reached, goOn } = holdOpening();
  const first = commands.openGraph(a);
  await reached;
  const second = commands.openGraph(b);
  goOn();
  expect(await Promise.all([first, second])).toEqual(['superseded', 'opened']);
  expect(document.getState()).toMatchObject({ id: b, readOnly: false });
  await expect.poll(() => locksHeld(a, b)).toEqual([b]);
  // Back to what is open already, while something else is on its way.
  const away = commands.openGraph(a);
  expect(await commands.openGraph(b)).toBe('opened');
  expect(await away).toBe('superseded');
  await expect.poll(() => locksHeld(a, b)).toEqual([b]);
});

test('a graph that another tab edits does not hold up, or mark as read-only, the one that is wanted after it', async () => {
  const { commands, document, lock, a, b } = await page();
  const elsewhere = await lock.take(a, () => true);
  const first = commands.openGraph(a);
  expect(await commands.openGraph(b)).toBe('opened');
  expect(await first).toBe('superseded');
  expect(document.getState()).toMatchObject({ id: b, readOnly: false });
  expect(await commands.openGraph(a)).toBe('opened');
  expect(document.getState()).toMatchObject({ id: a, readOnly: true });
  await expect.poll(() => locksHeld(a, b)).toEqual([a]);
  elsewhere.release();
});

test('a graph that is gone from storage is said, and what is on screen becomes a new one', async () => {
  const { commands, db, document, rename, save, told, act, titleOf, stored, a, b } = await page();
  await commands.openGraph(a);
  await db.graphs.delete(a);
  rename('Still here');
  expect(await save()).toBe(false);
  expect(told().join()).toContain('no longer stored on this computer');
  act('Save as a new graph');
  await expect.poll(async () => (await stored.list()).length).toBe(2);
  const copy = (await stored.list()).find(({ id }) => id !== b)!.id;
  await expect.poll(() => location.hash).toBe(`#/g/${copy}`);
  expect(await commands.openGraph(copy)).toBe('opened');
  expect(document.undo()).toBe('Rename');
  expect(await titleOf(copy)).toBe('Still here');
});

test('edits that storage had not confirmed when the page went away are taken up once by the next one', async () => {
  const first = await page();
  await first.commands.openGraph(first.a);
  first.rename('Confirmed');
  await first.save();
  first.storage.refusal = FULL;
  first.rename('Not confirmed');
  first.rename('Not confirmed either');
  window.dispatchEvent(new Event('pagehide'));
  first.db.close();
  await letGo(first.a);
  for (const _ of ['once', 'and not twice']) {
    const next = await page(first.db);
    await next.commands.openGraph(first.a);
    expect(next.document.getState().graph.title).toBe('Not confirmed either');
    expect(next.document.getState().history.past).toHaveLength(3);
    expect(await next.save()).toBe(true);
    expect((await next.stored.open(first.a))!.position.seq).toBe(3);
    await next.commands.openGraph(first.b);
  }
});

test('a graph that is left before its first frame did not end the page', async () => {
  const draws = window.requestAnimationFrame;
  window.requestAnimationFrame = () => 0;
  try {
    const first = await page();
    for (const _ of ['once', 'twice', 'and again']) {
      const next = await page(first.db);
      expect(await next.commands.openGraph(first.a)).toBe('opened');
      expect(await next.commands.openGraph(first.b)).toBe('opened');
      window.dispatchEvent(new Event('pagehide'));
      for (const id of [first.a, first.b]) await letGo(id);
    }
  } finally {
    window.requestAnimationFrame = draws;
  }
});

test('a version is made of what is saved: by name at once, and when the versions are asked for', async () => {
  const { commands, rename, document, a } = await page();
  await commands.openGraph(a);
  rename('One');
  expect((await commands.versions()).map(({ number }) => number)).toEqual([2, 1]);
  rename('Two');
  expect(await commands.saveNamed('Milestone')).toBe(true);
  rename('Three');
  document.undo();
  expect((await commands.versions()).map(({ name, labels, edits }) => [name, labels, edits])).toEqual([
    [undefined, ['Rename'], 2],
    ['Milestone', ['Rename'], 1],
    [undefined, ['Rename'], 1],
    [undefined, [], 0],
  ]);
});

test('a graph that is thrown away while it is open is closed', async () => {
  const { commands, document, rename, titleOf, a, b } = await page();
  await commands.openGraph(a);
  rename('Last words');
  await commands.discardGraph(a);
  expect(document.getState().id).toBeUndefined();
  await expect.poll(() => locksHeld(a, b)).toEqual([]);
  await commands.restoreGraph(a);
  expect(await titleOf(a)).toBe('Last words');
});
