/** Puts the job service of one process together: its home, its journal, its keys and every adapter there is. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { NodeError } from '../../core/errors.ts';
import { say } from '../../core/say.ts';
import { ADAPTERS } from '../../providers/adapters.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { homeIn, openHome } from './home.ts';
import { jobFiles } from './job-files.ts';
import { createJobService, RESUME_MS, type JobService } from './job-service.ts';
import { openJournal, type Journal } from './journal.ts';
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
 * Goes on at once with what an earlier process left. Throws `NodeError` where the journal cannot be opened. `pause`: between two
 * questions to a service.
 */
export async function openJobs(
  environment: Readonly<Record<string, string | undefined>>,
  adapters: readonly Adapter[] = ADAPTERS,
  pause: Pause = pauseByClock,
): Promise<OpenJobs> {
  const { home, journal } = await openedIn(environment);
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

async function openedIn(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly home: string; readonly journal: Journal }> {
  try {
    const home = await openHome(environment);
    const place = join(home, 'journal.db');
    const dialect = await sqlite(place);
    const holder = `${process.pid} ${randomUUID()}`;
    return { home, journal: await openJournal({ dialect, place, now: Date.now, holder, isGone }) };
  } catch (cause) {
    if (cause instanceof NodeError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NodeError(
      'service',
      say('Services cannot be asked: their journal in {0} could not be opened ({1}).', homeIn(environment), why),
      {
        hint: say(
          'Nothing in it was changed. Put that right and start again; or choose another folder with TRIPTYCH_HOME, which knows nothing of what was sent before.',
        ),
        cause,
      },
    );
  }
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
