/** What a service does not have for a key: what becomes of jobs for one model and for others, and what a test says. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { Access } from '../../src/providers/adapter.ts';
import { queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, orderOf, settled, type JobsRig } from '../rig/jobs.ts';

const NONE = new Map();
let queue: QueueDouble;
let service: JobsRig['service'];
beforeEach(async () => {
  queue = await startQueue();
  ({ service } = await openJobsRig([queueAdapter(queue.url, false)]));
});
afterEach(async () => {
  await service.close();
  await queue.close();
});

test('a key that may not use one model is sent the jobs for others, and none for that one, until it is tested', async () => {
  queue.script({ at: 'submit', status: 403 });
  await service.put('a', orderOf({ model: 'closed' }), NONE);
  expect(await settled(service, 'a')).toMatchObject({ state: 'failed', charged: 0, trouble: { kind: 'forbidden' } });
  await service.put('b', orderOf({ model: 'closed' }), NONE);
  expect(inWords((await settled(service, 'b')).trouble!.message)).toBe(
    'Queue was not asked again: Queue answered 403.',
  );
  const sent = () => queue.asked.filter(({ method, path }) => method === 'POST' && path === '/jobs').length;
  expect(sent()).toBe(1);
  await service.put('c', orderOf({ model: 'open' }), NONE);
  expect(await settled(service, 'c')).toMatchObject({ state: 'made' });
  const [told] = await service.providers();
  expect(told).toMatchObject({ isReady: true, modelsSetAside: [{ model: 'closed', message: 'Queue answered 403.' }] });
  expect(told).not.toHaveProperty('setAside');
  // Who tests it has put it right, or wants to know.
  expect(await service.test('queue')).not.toHaveProperty('modelsSetAside');
  await service.put('d', orderOf({ model: 'closed' }), NONE);
  expect(await settled(service, 'd')).toMatchObject({ state: 'made' });
});

test('a test that finds nothing there says so of the address, and of no model: it asks for none', async () => {
  const elsewhere = {
    ...queueAdapter(queue.url, false),
    test: async (access: Access) => void (await access.call({ to: '/nothing' })),
  };
  const rig = await openJobsRig([elsewhere]);
  const tested = await rig.service.test('queue');
  await rig.service.close();
  expect(inWords(tested!.lastTest!.message!)).toBe(`Queue was not found at ${queue.url}.`);
});
