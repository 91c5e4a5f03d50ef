/** A journal whose file is damaged: which one it is and what to do is said, nothing is sent, and the app goes on. */
import { copyFile, mkdtemp, open, readFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeError } from '../../src/core/errors.ts';
import { inWords } from '../../src/core/say.ts';
import { jobRoutes, openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { gatewayClient } from '../../src/providers/gateway-client.ts';
import { queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, orderOf } from '../rig/jobs.ts';

const PAGE = 4096;
const JOBS = 60;

let queue: QueueDouble;
let home: string;
let file: string;

/** A journal of some jobs that were made. */
beforeEach(async () => {
  queue = await startQueue();
  home = await mkdtemp(join(tmpdir(), 'triptych-home-'));
  file = join(home, 'journal.db');
  const { journal, service } = await openJobsRig([], home);
  for (let n = 0; n < JOBS; n++) {
    await journal.put(`take-${n}`, orderOf({ prompt: 'x'.repeat(900) }), 1);
    const result = { media: { kind: 'still', mime: 'image/png', bytes: 1, width: 1, height: 1 } } as never;
    await journal.end(`take-${n}`, { state: 'made', charged: null, result });
  }
  await service.close();
  // Into the file itself, from the one beside it.
  change('PRAGMA wal_checkpoint(TRUNCATE)');
});
afterEach(() => queue.close());

const opened = () => openJobs({ TRIPTYCH_HOME: home }, [queueAdapter(queue.url, true)]);

async function zero(from: number, bytes: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(new Uint8Array(bytes), 0, bytes, from);
  await handle.close();
}
function change(sql: string): void {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}
/** The first page of a table or an index. */
function rootOf(name: string): number {
  const database = new Database(file, { readonly: true });
  const found = database.prepare('SELECT rootpage FROM sqlite_master WHERE name = ?').get(name);
  database.close();
  return (found as { rootpage: number }).rootpage - 1;
}
const pages = async (): Promise<number> => (await readFile(file)).length / PAGE;

const DAMAGES: Readonly<Record<string, () => Promise<void> | void>> = {
  'a page in its middle is zeroed': async () => zero(Math.floor((await pages()) / 2) * PAGE, PAGE),
  'its first table is zeroed': () => zero(PAGE, PAGE),
  'it is cut in half': async () => truncate(file, Math.floor((await pages()) / 2) * PAGE),
  'it is cut after its first page': () => truncate(file, PAGE),
  'jobs are gone': () => change('DROP TABLE jobs'),
  'what went wrong last is gone': () => change('DROP TABLE troubles'),
  'a column is gone': () => change('ALTER TABLE jobs DROP COLUMN ref'),
  'the index of names is damaged': () => zero(rootOf('sqlite_autoindex_jobs_1') * PAGE + 8, PAGE - 8),
  'the index of months is damaged': () => zero(rootOf('jobs_of_the_month') * PAGE + 8, PAGE - 8),
};

describe('a journal is not opened, which is said with its name, where', () => {
  for (const [name, damage] of Object.entries(DAMAGES))
    test(name, async () => {
      await damage();
      const before = await readFile(file);
      const thrown = await opened().catch((error: unknown) => error);
      expect(thrown).toBeInstanceOf(NodeError);
      const { message, hint } = thrown as NodeError;
      expect(message).toMatch(`Services cannot be asked: their journal ${file} is damaged (`);
      expect(message).not.toContain('\n');
      expect(inWords(hint!)).toMatch(/^Nothing in it is changed and nothing is sent; the built-in engine goes on\. /);
      expect(await readFile(file)).toEqual(before);
    });
});

test('one that is put in place of it opens again', async () => {
  const copy = join(home, 'journal of earlier.db');
  await copyFile(file, copy);
  await zero(PAGE, PAGE);
  await expect(opened()).rejects.toThrow('is damaged');
  await copyFile(copy, file);
  const { service, close } = await opened();
  expect(await service.booked(0)).toHaveLength(JOBS);
  await close();
});

test('damage that is come upon later is told to whoever asks, and nothing is sent', async () => {
  const { service, close } = await opened();
  const from = Math.max(rootOf('jobs'), rootOf('jobs_of_the_month'), rootOf('troubles'), rootOf('turns')) + 1;
  await zero(rootOf('jobs') * PAGE, PAGE);
  await zero(from * PAGE, ((await pages()) - from) * PAGE);
  // Whoever has it open reads it anew once another process wrote.
  change('UPDATE turns SET number = number + 1');
  const app = jobRoutes(service);
  const { status } = await app.request('/providers');
  expect(status).toBe(503);
  const page = gatewayClient('http://here/', {
    fetch: async (address, init) =>
      address.pathname === '/gateway/hello'
        ? Response.json({ jobs: true })
        : app.request(address.pathname.replace('/gateway', ''), init),
    changed: async () => {},
  });
  expect(await page.providers()).toBeUndefined();
  const { message, hint } = (await page.whyNot())!;
  expect(inWords(message)).toMatch(`their journal ${file} is damaged (`);
  expect(inWords(hint!)).toMatch(/nothing is sent/);
  await expect(page.put('fresh', orderOf(), new Map())).rejects.toThrow('is damaged');
  await expect(service.put('fresh', orderOf(), new Map())).rejects.toThrow('is damaged');
  expect(queue.paid).toBe(0);
  await close().catch(() => {});
});

test('an entry that cannot be read is told for its job alone', async () => {
  change(`UPDATE jobs SET request = '{' WHERE id = 'take-3'`);
  const { service, close } = await opened();
  await expect(service.get('take-3')).rejects.toThrow(`is damaged and cannot be read: ${file}`);
  await expect(service.put('take-3', orderOf(), new Map())).rejects.toThrow('is damaged');
  expect((await service.get('take-4'))?.state).toBe('made');
  await close();
});
