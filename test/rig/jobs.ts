/** A job service over a real journal in a folder of its own; `restart` is what a new process finds. */
import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Micros } from '../../src/core/money.ts';
import { jobFiles, type JobFiles } from '../../src/gateway/jobs/job-files.ts';
import { createJobService, type JobService } from '../../src/gateway/jobs/job-service.ts';
import { openJournal, type Journal } from '../../src/gateway/jobs/journal.ts';
import { openLastTests } from '../../src/gateway/jobs/last-tests.ts';
import { openLocalAddresses } from '../../src/gateway/jobs/local-addresses.ts';
import { monthCap } from '../../src/gateway/jobs/month-cap.ts';
import { openKeys } from '../../src/gateway/jobs/service-keys.ts';
import { pause } from '../../src/gateway/jobs/pause.ts';
import { sqlite } from '../../src/gateway/jobs/sqlite.ts';
import type { Adapter } from '../../src/providers/adapter.ts';
import { hasEnded, type JobOrder, type JobView } from '../../src/routing/job.ts';
import { requestTo } from './requests.ts';

/** Processes that have not ended, as far as these tests know. */
const alive = new Set<string>();
/** Waits go by so many times faster. */
const FASTER = 1000;

export interface JobsRig {
  readonly service: JobService;
  readonly journal: Journal;
  readonly home: string;
}

export interface RigFaults {
  /** The clock goes on by each wait, as if it had been waited for. */
  readonly isClockMoved?: boolean;
  /** By how many milliseconds the clock is wrong. */
  readonly clock?: () => number;
  /** What stands between the service and its files, or its journal. */
  readonly files?: (files: JobFiles) => JobFiles;
  readonly journal?: (journal: Journal) => Journal;
}

export async function openJobsRig(
  adapters: readonly Adapter[],
  home?: string,
  environment: Record<string, string> = { QUEUE_KEY: 'queue-secret' },
  { isClockMoved = false, clock = () => 0, files = (real) => real, journal: between = (real) => real }: RigFaults = {},
): Promise<JobsRig> {
  let waited = 0;
  const now = () => Date.now() + waited + clock();
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'triptych-jobs-')));
  const holder = randomUUID();
  alive.add(holder);
  const journal = await openJournal({
    dialect: await sqlite(join(folder, 'journal.db')),
    place: join(folder, 'journal.db'),
    now,
    holder,
    isGone: (other) => !alive.has(other),
  });
  const service = createJobService({
    adapters,
    journal: between(journal),
    files: files(jobFiles(folder)),
    keys: await openKeys(folder, environment),
    tests: await openLastTests(folder),
    addresses: await openLocalAddresses(folder),
    monthCap: monthCap(folder),
    environment,
    now,
    pause: async (ms, signal) => {
      await pause(ms / FASTER, signal);
      if (isClockMoved) waited += ms;
    },
  });
  const close = () => service.close().finally(() => alive.delete(holder));
  return {
    service: { ...service, close },
    journal,
    home: folder,
  };
}

export const orderOf = (more: Partial<JobOrder['request']> = {}, estimate: number | null = 40_000): JobOrder => ({
  request: requestTo('queue', 'queue/one', { prompt: 'a lighthouse', width: 64, height: 64, ...more }),
  estimate: estimate as Micros | null,
});

/** The job, once it has ended or nobody knows. */
export async function settled(service: JobService, id: string): Promise<JobView> {
  for (;;) {
    const view = await service.get(id);
    if (view && (hasEnded(view.state) || view.state === 'unknown')) return view;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
