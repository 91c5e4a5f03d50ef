/** A gateway's job service in a process of its own, with one scripted service; it is killed at any moment. */
import { openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { queueAdapter } from '../contract/queue.ts';
import { orderOf } from '../rig/jobs.ts';

const { QUEUE_URL = '', CAN_LOOK_UP, IDS = '' } = process.env;
const { service } = await openJobs(process.env, [queueAdapter(QUEUE_URL, CAN_LOOK_UP === 'yes')]);
process.stdout.write('open\n');
// Whoever waits for takes orders them again after each start.
for (const id of IDS.split(',')) await service.put(id, orderOf(), new Map());
setInterval(() => {}, 1000);
