/** What went wrong last at a service outlives the process that found out; being set aside outlives no wrong clock. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, orderOf, settled, type JobsRig, type RigFaults } from '../rig/jobs.ts';

let queue: QueueDouble;
let open: JobsRig[];
beforeEach(async () => {
  queue = await startQueue();
  open = [];
});
afterEach(async () => {
  for (const { service } of open) await service.close();
  await queue.close();
});
async function start(home?: string, faults?: RigFaults): Promise<JobsRig> {
  const rig = await openJobsRig([queueAdapter(queue.url, false)], home, undefined, faults);
  open.push(rig);
  return rig;
}
const NONE = new Map();
const asked = (method: string) => queue.asked.filter((one) => one.method === method && one.path.startsWith('/jobs'));

test('what was wrong with an account is still said after the gateway was started again, until it is put right', async () => {
  const first = await start();
  queue.settings.questions = Infinity;
  await first.service.put('taken', orderOf(), NONE);
  await expect.poll(() => asked('POST').length).toBe(1);
  queue.script({ at: 'submit', status: 402 });
  await first.service.put('refused', orderOf(), NONE);
  await settled(first.service, 'refused');
  await open.pop()!.service.close();

  // What it took before is followed, and says nothing of the account.
  const again = await start(first.home);
  const before = asked('GET').length;
  await again.service.resume();
  await expect.poll(() => asked('GET').length).toBeGreaterThan(before);
  const lastTrouble = { kind: 'billing', message: 'Queue answered 402.', at: expect.any(Number) as number };
  expect((await again.service.providers())[0]).toMatchObject({ lastTrouble });
  await again.service.enterKey('queue', 'another-secret');
  await open.pop()!.service.close();

  const third = await start(first.home);
  expect((await third.service.providers())[0]).not.toHaveProperty('lastTrouble');
});

test('where the clock is set back, a service is set aside for no longer than it was', async () => {
  let late = 0;
  const rig = await start(undefined, { clock: () => late });
  queue.script({ at: 'submit', status: 402 });
  await rig.service.put('a', orderOf(), NONE);
  await settled(rig.service, 'a');
  late = -24 * 60 * 60_000;
  expect((await rig.service.providers())[0]).toMatchObject({ isReady: false });
  late += 5 * 60_000;
  expect((await rig.service.providers())[0]).toMatchObject({ isReady: true });
});
