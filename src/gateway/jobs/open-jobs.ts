/** Puts the job service of one process together: its home, its journal, its keys and every adapter there is. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ADAPTERS } from '../../providers/adapters.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { openHome } from './home.ts';
import { jobFiles } from './job-files.ts';
import { createJobService, RESUME_MS, type JobService } from './job-service.ts';
import { openJournal } from './journal.ts';
import { openLastTests } from './last-tests.ts';
import { openLocalAddresses } from './local-addresses.ts';
import { monthCap } from './month-cap.ts';
import { openKeys } from './service-keys.ts';
import { pause as pauseByClock, type Pause } from './pause.ts';
import { sqlite } from './sqlite.ts';

export { jobRoutes } from './routes.ts';

export interface OpenJobs {
  readonly service: JobService;
  /** The folder that all of it lies in. */
  readonly home: string;
  close(): Promise<void>;
}

/**
 * Goes on at once with what an earlier process left. Throws where the journal cannot be opened. `pause`: between two
 * questions to a service.
 */
export async function openJobs(
  environment: Readonly<Record<string, string | undefined>>,
  adapters: readonly Adapter[] = ADAPTERS,
  pause: Pause = pauseByClock,
): Promise<OpenJobs> {
  const home = await openHome(environment);
  const journal = await openJournal({
    dialect: await sqlite(join(home, 'journal.db')),
    now: Date.now,
    holder: `${process.pid} ${randomUUID()}`,
    isGone,
  });
  const keys = await openKeys(home, environment);
  const tests = await openLastTests(home);
  const service = createJobService({
    adapters,
    journal,
    files: jobFiles(home),
    keys,
    tests,
    addresses: await openLocalAddresses(home),
    monthCap: monthCap(home),
    environment,
    now: Date.now,
    pause,
  });
  const resume = () => service.resume().catch((error: unknown) => console.error(error));
  await resume();
  const timer = setInterval(() => void resume(), RESUME_MS);
  timer.unref();
  return {
    service,
    home,
    async close() {
      clearInterval(timer);
      await service.close();
    },
  };
}

/** A process that ended without a word: its jobs need not wait until its time is over. */
function isGone(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
