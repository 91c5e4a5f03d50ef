/** A list without names says which job is ours only where nothing else could be: what the job service makes of that. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Micros } from '../../src/core/money.ts';
import { replicate } from '../../src/providers/replicate.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';
import { openJobsRig, settled, type JobsRig } from '../rig/jobs.ts';
import { requestTo } from '../rig/requests.ts';

let double: ReplicateDouble;
let rig: JobsRig;
beforeEach(async () => {
  double = await startReplicate();
  rig = await openJobsRig([replicate], undefined, {
    TRIPTYCH_REPLICATE_URL: double.base,
    REPLICATE_API_TOKEN: REPLICATE_TOKEN,
  });
});
afterEach(async () => {
  await rig.service.close();
  await double.close();
});

const ESTIMATE = 40_000 as Micros;
const order = (prompt = 'A fox') => ({
  request: requestTo('replicate', 'black-forest-labs/flux-schnell', { prompt }),
  estimate: ESTIMATE,
});
const put = (id: string, prompt?: string) => rig.service.put(id, order(prompt), new Map());
async function ended(id: string) {
  await settled(rig.service, id);
  return (await rig.service.get(id))!;
}
/** As a process leaves it that ends between writing the job down and its answer. */
async function intend(id: string): Promise<void> {
  await rig.journal.put(id, order(), replicate.version);
  await rig.journal.hold(id);
  await rig.journal.intend(id);
  await rig.journal.release();
}
const arrive = () =>
  fetch(`${double.base}/models/black-forest-labs/flux-schnell/predictions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${REPLICATE_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ input: { prompt: 'A fox' } }),
  });
const lookedAt = () => double.asked.filter(({ path, method }) => method === 'GET' && path === '/v1/predictions').length;

test('a job whose answer was lost goes on beside another with the same input whose answer was not', async () => {
  double.script({ at: 'submit', cut: 'before answer' });
  await put('lost');
  await put('answered');
  expect(await ended('lost')).toMatchObject({ state: 'made', charged: ESTIMATE });
  expect(await ended('answered')).toMatchObject({ state: 'made', charged: ESTIMATE });
  const names = await Promise.all(['lost', 'answered'].map(async (id) => (await rig.journal.get(id))!.ref!['id']));
  expect(new Set(names).size).toBe(2);
  expect(double.paid).toBe(2);
});

test.each([1, 2])('two that asked for the same and are lost cannot be told apart where %d came', async (came) => {
  await intend('one');
  await intend('other');
  for (let n = 0; n < came; n++) await arrive();
  await rig.service.resume();
  for (const id of ['one', 'other']) expect(await ended(id)).toMatchObject({ state: 'unknown', charged: null });
  expect(double.paid).toBe(came);
  expect(await rig.journal.spending()).toMatchObject([{ charged: 0, reserved: 2 * ESTIMATE }]);
});

test('what is not in the list is not sent, however often it is looked for, and is taken where it comes late', async () => {
  await intend('late');
  await rig.service.resume();
  expect(await ended('late')).toMatchObject({ state: 'unknown' });
  expect(lookedAt()).toBe(4);
  await rig.service.lookAgain('late');
  expect(await ended('late')).toMatchObject({ state: 'unknown' });
  expect(double.paid).toBe(0);
  // It was on its way.
  await arrive();
  await rig.service.lookAgain('late');
  expect(await ended('late')).toMatchObject({ state: 'made', charged: ESTIMATE });
  expect(double.paid).toBe(1);
});

test('a list that cannot be had leaves it unknown', async () => {
  double.script({ at: 'submit', cut: 'before answer' }, { at: 'list', status: 403 });
  await put('lost');
  expect(await ended('lost')).toMatchObject({ state: 'unknown' });
  await rig.service.lookAgain('lost');
  expect(await ended('lost')).toMatchObject({ state: 'made' });
  expect(double.paid).toBe(1);
});
