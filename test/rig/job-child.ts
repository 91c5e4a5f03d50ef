/** A job service in a process of its own, told by lines of JSON what to do: `[method, ...what it is given]`. */
import { createInterface } from 'node:readline';
import { openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { queueAdapter } from '../contract/queue.ts';

const { QUEUE_URL = '', CAN_LOOK_UP = '' } = process.env;
const adapters = ['queue', 'other'].map((id) => queueAdapter(QUEUE_URL, CAN_LOOK_UP === 'yes', id));
const { service } = await openJobs(process.env, adapters);
process.stdout.write('open\n');
for await (const line of createInterface(process.stdin)) {
  const [method, ...given] = JSON.parse(line) as [keyof typeof service, ...unknown[]];
  const work = service[method] as (...given: unknown[]) => Promise<unknown>;
  const heard = method === 'put' ? [...given, new Map()] : given;
  const answer = await work(...heard).catch((error: unknown) => ({ failed: String(error) }));
  process.stdout.write(`${JSON.stringify(answer ?? null)}\n`);
}
