/** A database that is held by another page, and one that never opens. */
import { Dexie } from 'dexie';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStorage } from '../../src/storage/open.ts';
import { watchStalls } from '../../src/storage/stalls.ts';

test('what waits for another page is told while it waits, and that it waits no longer', async () => {
  const told: boolean[] = [];
  const name = `held-${Math.random()}`;
  const open = () => {
    const db = new Dexie(name);
    db.version(1).stores({ rows: 'id' });
    onTestFinished(() => db.close());
    return db;
  };
  const [other, here] = [open(), open()];
  here.use(watchStalls((isStalled) => told.push(isStalled), 100));
  let holds = true;
  const held = other.transaction('rw', 'rows', async (change) => {
    while (holds) await change.table('rows').get('nothing');
  });
  await here.open();
  const wrote = here.table('rows').put({ id: 'a' });
  await expect.poll(() => told).toEqual([true]);
  holds = false;
  await Promise.all([held, wrote]);
  await expect.poll(() => told).toEqual([true, false]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  await here.table('rows').get('a');
  vi.advanceTimersByTime(250);
  expect(told).toEqual([true, false]);
});

test('a browser that never answers can be left waiting; then nothing is kept', async () => {
  const silent = vi.spyOn(indexedDB, 'open').mockReturnValue(new EventTarget() as unknown as IDBOpenDBRequest);
  onTestFinished(() => silent.mockRestore());
  const waits: string[] = [];
  const storage = await openStorage((what, goOn) => {
    waits.push(what);
    goOn();
  }, 50);
  onTestFinished(() => storage.db.close());
  expect([waits, storage.notKept]).toEqual([['an answer'], 'broken']);
  expect(await storage.db.graphs.count()).toBe(0);
});
