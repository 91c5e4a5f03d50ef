/** A gateway's job service in a process of its own, with one scripted service; it is killed at any moment. */
import { openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { pause } from '../../src/gateway/jobs/pause.ts';
import { ADAPTERS } from '../../src/providers/adapters.ts';
import type { JobOrder } from '../../src/routing/job.ts';
import { queueAdapter } from '../contract/queue.ts';

/** Vendors want to be left alone for seconds between two questions: a service that answers from a script need not. */
const FASTER = 20;

const { ADAPTER = '', QUEUE_URL = '', CAN_LOOK_UP, ORDER = '', IDS = '' } = process.env;
const adapters = [queueAdapter(QUEUE_URL, CAN_LOOK_UP === 'yes'), ...ADAPTERS].filter(({ id }) => id === ADAPTER);
const { service } = await openJobs(process.env, adapters, (ms, signal) => pause(ms / FASTER, signal));
process.stdout.write('open\n');
// Whoever waits for takes orders them again after each start.
for (const id of IDS.split(',')) await service.put(id, JSON.parse(ORDER.replace('{id}', id)) as JobOrder, new Map());
setInterval(() => {}, 1000);
