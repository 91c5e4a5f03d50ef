/** A gateway's job service in a process of its own, with one scripted service; it is killed at any moment. */
import { openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { queueAdapter } from '../contract/queue.ts';
import { orderOf } from '../rig/jobs.ts';

const { QUEUE_URL = '', CAN_LOOK_UP, JOBS = '20' } = process.env;
const { service } = await openJobs(process.env, [queueAdapter(QUEUE_URL, CAN_LOOK_UP === 'yes')]);
// Whoever waits for takes orders them again after each start.
for (let n = 0; n < Number(JOBS); n++) await service.put(`take-${n}`, orderOf(), new Map());
process.stdout.write('ordered\n');
setInterval(() => {}, 1000);
