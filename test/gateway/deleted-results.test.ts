/** What was made, paid for, and deleted by hand from the folder of the job service. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { Adapter } from '../../src/providers/adapter.ts';
import { PIXEL, queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, orderOf, settled, type JobsRig } from '../rig/jobs.ts';

const NONE = new Map();
let queue: QueueDouble;
let rigs: JobsRig[];
beforeEach(async () => {
  queue = await startQueue();
  rigs = [];
});
afterEach(async () => {
  await Promise.all(rigs.map(({ service }) => service.close()));
  await queue.close();
});

/** A job that was made, and whose folder is gone. */
async function madeAndDeleted(adapter: Adapter = queueAdapter(queue.url, false)): Promise<JobsRig> {
  const rig = await openJobsRig([adapter]);
  rigs.push(rig);
  await rig.service.put('t1', orderOf(), NONE);
  expect(await settled(rig.service, 't1')).toMatchObject({ state: 'made', charged: 40_000 });
  await rm(join(rig.home, 'jobs'), { recursive: true });
  return rig;
}
async function reopened({ home, service }: JobsRig, adapter: Adapter, environment?: Record<string, string>) {
  await service.close();
  const rig = await openJobsRig([adapter], home, environment);
  rigs = [rig];
  return rig;
}

test('is fetched again where the service has it, and paid for once', async () => {
  const { service, journal } = await madeAndDeleted();
  expect(await service.put('t1', orderOf(), NONE)).toMatchObject({ state: 'made', charged: 40_000 });
  expect(await readFile(service.output('t1'))).toEqual(PIXEL);
  expect(queue.paid).toBe(1);
  expect(await journal.spending()).toEqual([{ provider: 'queue', charged: 40_000, reserved: 0 }]);
});

test.each(['status', 'output'] as const)(
  'has failed where the service does not have its %s any more, at what it cost',
  async (at) => {
    const { service, journal } = await madeAndDeleted();
    queue.script({ at, status: 404 });
    const lost = await service.put('t1', orderOf(), NONE);
    expect(lost).toMatchObject({ state: 'failed', charged: 40_000, trouble: { kind: 'deleted' } });
    expect(lost).not.toHaveProperty('media');
    expect(inWords(lost.trouble!.message)).toBe(
      'What Queue made was deleted from its folder on this computer, and Queue does not have it any more.',
    );
    expect(inWords(lost.trouble!.hint!)).toBe(
      'What it cost stays booked. Another take is made, and paid for, when it is run again.',
    );
    expect(await service.get('t1')).toEqual(lost);
    expect(queue.paid).toBe(1);
    expect(await journal.spending()).toEqual([{ provider: 'queue', charged: 40_000, reserved: 0 }]);
  },
);

test('something else in its place is not taken for it', async () => {
  const { service } = await madeAndDeleted();
  queue.settings.output = await readFile('test/fixtures/cutout-transparent.png');
  expect(await service.put('t1', orderOf(), NONE)).toMatchObject({ state: 'failed', trouble: { kind: 'deleted' } });
  await expect(readFile(service.output('t1'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('what came with the answer is nowhere else', async () => {
  const atOnce: Adapter = {
    ...queueAdapter(queue.url, false),
    submit: async () => ({ made: { output: { bytes: new Uint8Array(PIXEL) }, charged: 40_000 as never } }),
  };
  const { service } = await madeAndDeleted(atOnce);
  expect(await service.put('t1', orderOf(), NONE)).toMatchObject({ state: 'failed', trouble: { kind: 'deleted' } });
});

test('is unknown while the service cannot be asked, with why, and found when it can', async () => {
  const first = await madeAndDeleted();
  queue.script({ at: 'status', status: 503 });
  const away = await first.service.put('t1', orderOf(), NONE);
  expect(away).toMatchObject({ state: 'unknown', charged: 40_000, trouble: { kind: 'deleted' } });
  expect(inWords(away.trouble!.message)).toContain('cannot be fetched again now: Queue answered 503.');

  const keyless = await reopened(first, queueAdapter(queue.url, false), {});
  const unasked = await keyless.service.put('t1', orderOf(), NONE);
  expect(inWords(unasked.trouble!.message)).toContain('cannot be fetched again now: Queue is not set up');
  const { service } = await reopened(keyless, queueAdapter(queue.url, false));
  expect(await service.put('t1', orderOf(), NONE)).toMatchObject({ state: 'made' });
  expect(queue.paid).toBe(1);
});
