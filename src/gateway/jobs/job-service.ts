/**
 * Keeps jobs going: one for each take, whoever asks and however often. It owns the journal, the keys, the bytes and the
 * ways to the services; it knows nothing of HTTP on this side.
 */
import { setTimeout as elapse } from 'node:timers/promises';
import type { Micros } from '../../core/money.ts';
import { say } from '../../core/say.ts';
import type { Adapter, PictureFile } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import { hasEnded, type BookedJob, type JobOrder, type JobView } from '../../routing/job.ts';
import { usualServiceName } from '../../routing/service-names.ts';
import { checkAttached } from './attached-pictures.ts';
import { fetchAgain } from './fetch-again.ts';
import { asJobTrouble } from './job-course.ts';
import type { JobFiles } from './job-files.ts';
import { createJobsAtWork } from './jobs-at-work.ts';
import { HOLD_MS, type Job, type Journal } from './journal.ts';
import type { LastTests } from './last-tests.ts';
import { lastTroubles } from './last-troubles.ts';
import type { MonthCap } from './month-cap.ts';
import { addressName } from './service-keys.ts';
import { OF_WHO_ASKS } from './service-lane.ts';
import { createReach, type ReachHost } from './service-reach.ts';
import { createServiceSetup, quotedBy, type ServiceSetup } from './service-setup.ts';

export interface JobServiceHost extends Omit<ReachHost, 'note'> {
  readonly journal: Journal;
  readonly files: JobFiles;
  readonly tests: LastTests;
  readonly monthCap: MonthCap;
}
export interface JobService extends ServiceSetup {
  /** The same job twice is one job. Throws `ServiceTrouble`: the service is not known, or the month's money is used up. */
  put(id: string, order: JobOrder, pictures: ReadonlyMap<string, PictureFile>): Promise<JobView>;
  get(id: string): Promise<JobView | undefined>;
  /** Hears the name of every job that is not as it was; returns how to stop. */
  listen(listener: (id: string) => void): () => void;
  cancel(id: string): Promise<JobView | undefined>;
  /** Asks the service once more after a job of which nobody knows whether it took it. */
  lookAgain(id: string): Promise<JobView | undefined>;
  /** A person says that it was not made; what it may have cost stays booked. */
  countLost(id: string): Promise<JobView | undefined>;
  /** Where the bytes of a job that was made lie. */
  output(id: string): string;
  preview(id: string): Promise<PictureFile | undefined>;
  /** What all jobs of a month may cost together, for orders that do not say it; `undefined` without a limit. */
  keepBudget(monthly: Micros | undefined): Promise<void>;
  /** The same as it stands; `undefined` also where it cannot be read. */
  budget(): Promise<Micros | undefined>;
  /** Every job that was ordered since then or has not ended, by whomever, with its money. */
  booked(since: number): Promise<readonly BookedJob[]>;
  /** Goes on with what an earlier process left; again and again, since another process may end any time. */
  resume(): Promise<void>;
  /** Stops without ending any job: the next start goes on with them. */
  close(): Promise<void>;
}

export function createJobService(host: JobServiceHost): JobService {
  const { journal, files, keys, monthCap, now } = host;
  const troubles = lastTroubles(journal, keys, now);
  const reach = createReach({ ...host, note: troubles.note });
  const atWork = createJobsAtWork({ ...host, reach });

  async function view(id: string): Promise<JobView | undefined> {
    const job = await journal.get(id);
    return job && atWork.view(job);
  }

  /** A job that was made, when its bytes lie in their folder; else what became of them. */
  async function madeView(job: Job): Promise<JobView> {
    const deleted = await fetchAgain(job, files, reach);
    if (!deleted) return atWork.view(job);
    const { isGone, trouble } = deleted;
    if (!isGone) return { ...(await atWork.view(job)), state: 'unknown', trouble };
    await journal.lose(job.id, trouble);
    atWork.tell(job.id);
    return (await view(job.id))!;
  }

  /** What cannot be written down is not sent, and leaves nothing behind. */
  async function writtenDown<T>(id: string, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (cause) {
      const isThere = await journal.get(id).then(Boolean, () => true);
      if (!isThere) await files.tidy(id, false).catch(() => {});
      throw new ServiceTrouble(
        'broken',
        say('The job could not be written down on this computer, so nothing was sent.'),
        {
          hint: say('Its disk may be full: make room there, then run again.'),
          cause,
        },
      );
    }
  }

  async function lookAgain(id: string): Promise<JobView | undefined> {
    const job = await journal.get(id);
    if (job?.state !== 'unknown') return job && atWork.view(job);
    await atWork.begin(job);
    // It may go on for long once it is found.
    await Promise.race([atWork.left(id), elapse(LOOK_MS, undefined, { ref: false })]);
    return view(id);
  }

  /** Jobs that a service has and did not tell this account of: with what it takes now it may. None is sent again. */
  async function lookAgainAt({ id: service }: Adapter): Promise<void> {
    const waiting = (await journal.booked(now())).filter((one) => one.provider === service && one.state === 'unknown');
    const jobs = await Promise.all(waiting.map(({ id }) => journal.get(id)));
    const untold = jobs.filter((job) => job?.ref && OF_WHO_ASKS.some((kind) => kind === job.trouble?.kind));
    await Promise.all(untold.map((job) => lookAgain(job!.id)));
  }

  let isClosing = false;
  /** Settles when nobody goes on with what others left: the journal is read until then. */
  let resumed: Promise<void> = Promise.resolve();
  async function goOn(): Promise<void> {
    if (isClosing) return;
    await journal.renew();
    await keys.readAgain();
    await atWork.heed();
    for (const job of await journal.orphans()) await atWork.begin(job);
  }

  return {
    ...createServiceSetup({ ...host, reach, troubles, onWorking: lookAgainAt }),

    async put(id, order, pictures) {
      const { request } = order;
      const there = await journal.get(id);
      if (there?.state === 'made') return madeView(there);
      // What was paid for is found, whatever is set up by now.
      if (there && (hasEnded(there.state) || there.state === 'unknown')) return atWork.view(there);
      const adapter = reach.findReachable(request.provider);
      if (!adapter) throw notSetUp(request.provider, reach.find(request.provider));
      const isNew = !there;
      if (isNew) checkAttached(request, pictures);
      const estimate = order.estimate ?? (isNew ? await quotedBy(adapter, request, reach) : null);
      const monthlyBudget = order.monthlyBudget ?? (await monthCap.read());
      if (isNew && monthlyBudget !== undefined && estimate === null)
        throw new ServiceTrouble('billing', say('price unknown, and there is a budget to keep'), {
          code: 'over-budget',
        });
      const limit = monthlyBudget === undefined ? {} : { monthlyBudget };
      const put = await writtenDown(id, async () => {
        if (isNew) await files.keepPictures(id, pictures);
        return journal.put(id, { request, estimate, ...limit }, adapter.version);
      });
      // Whoever put it a moment earlier may have seen it end; and what is refused keeps nothing here.
      if ('left' in put ? !(await journal.get(id)) : hasEnded(put.state))
        await files.tidy(id, 'state' in put && put.state === 'made');
      if ('left' in put)
        throw new ServiceTrouble(
          'billing',
          say('This would go over the month’s budget: {0} are left.', { micros: put.left }),
          {
            code: 'over-budget',
            hint: say('Raise the monthly budget in Settings, or choose a cheaper tier.'),
          },
        );
      if (!hasEnded(put.state) && put.state !== 'unknown') await atWork.begin(put);
      return atWork.view(put);
    },
    get: view,
    listen: atWork.listen,
    output: files.output,
    preview: files.preview,

    async cancel(id) {
      if (!(await journal.cancel(id))) return view(id);
      const job = await journal.get(id);
      // Nobody may be at work on it. Of one that is `unknown` nobody can say what to take back.
      if (job && job.state !== 'unknown') await atWork.begin(job);
      await atWork.takeBack(id);
      return view(id);
    },

    lookAgain,
    async countLost(id) {
      const job = await journal.get(id);
      if (job?.state !== 'unknown') return job && atWork.view(job);
      const trouble = new ServiceTrouble('lost', say('Counted as lost; what it may have cost is booked.'));
      await journal.end(id, { state: 'failed', charged: job.estimate, trouble: asJobTrouble(trouble) });
      atWork.tell(id);
      return view(id);
    },

    keepBudget: monthCap.keep,
    // One that cannot be read is told to whoever orders: then nothing is sent.
    budget: () => monthCap.read().catch(() => undefined),
    booked: (since) => journal.booked(since),

    resume() {
      const going = resumed.then(goOn);
      resumed = going.catch(() => {});
      return going;
    },
    async close() {
      isClosing = true;
      await atWork.stop();
      await resumed;
      await troubles.written();
      await journal.release();
      await journal.close();
    },
  };
}

const notSetUp = (provider: string, adapter: Adapter | undefined): ServiceTrouble =>
  adapter
    ? new ServiceTrouble('invalid', say('{0} is not set up: it has no address.', say(adapter.name)), {
        hint: say('Start Triptych with {0} set to where it is.', say(addressName(adapter))),
      })
    : new ServiceTrouble('invalid', say('There is no provider {0}.', say(usualServiceName(provider))));

/** How often a process says that it is at work, and looks for what others left. */
export const RESUME_MS = HOLD_MS / 3;
const LOOK_MS = 3000;
