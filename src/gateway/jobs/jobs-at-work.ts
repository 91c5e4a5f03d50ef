/**
 * The jobs that this process works on, each once: held in the journal, in the lane of its service, and told of to
 * whoever listens. What becomes of one is its course (`job-course.ts`).
 */
import { setTimeout as elapse } from 'node:timers/promises';
import { say } from '../../core/say.ts';
import type { Adapter, JobStep, PictureFile } from '../../providers/adapter.ts';
import { hasEnded, type JobView } from '../../routing/job.ts';
import { usualServiceName } from '../../routing/service-names.ts';
import { CLOSING, runJob, takenBackUnheard } from './job-course.ts';
import type { JobFiles } from './job-files.ts';
import type { Job, Journal } from './journal.ts';
import { journalWithoutSecret, withoutSecret } from './secrets.ts';
import type { ServiceReach } from './service-reach.ts';
import { steadyJournal } from './steady-journal.ts';

export interface AtWorkHost {
  readonly reach: ServiceReach;
  readonly journal: Journal;
  readonly files: JobFiles;
  readonly now: () => number;
  /** Settles after so many milliseconds; rejects when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface JobsAtWork {
  /** Goes on with a job that no other process works on; nothing where one does. */
  begin(job: Job): Promise<void>;
  /** Takes a job back; settles when it has ended here. Nothing where it is not at work here. */
  takeBack(id: string): Promise<void>;
  /** Settles when a job is not at work here any more. */
  left(id: string): Promise<void>;
  /** As a page sees a job. */
  view(job: Job): Promise<JobView>;
  /** Hears the name of every job that is not as it was; returns how to stop. */
  listen(listener: (id: string) => void): () => void;
  tell(id: string): void;
  /** Takes back what another process was told to take back. */
  heed(): Promise<void>;
  /** Stops without ending any job. */
  stop(): Promise<void>;
}

/** What is known of a job at work beyond its journal. */
interface AtWork {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  step?: JobStep;
  /** How many pictures of what is not finished were kept, and when the last one was. */
  previews: number;
  previewedAt: number;
  /** Settles when the last of them is kept; once the job's folder is tidied, none is. */
  previewing: Promise<void>;
  isTidied: boolean;
}

export function createJobsAtWork({ reach, journal, files, now, pause }: AtWorkHost): JobsAtWork {
  const atWork = new Map<string, AtWork>();
  const listeners = new Set<(id: string) => void>();
  const closing = new AbortController();
  const tell = (id: string) => listeners.forEach((listener) => listener(id));

  /** Asked without the key, its service would refuse, and what was paid for would count as failed. */
  function isOutOfReach({ state, request }: Job): boolean {
    const adapter = reach.find(request.provider);
    return (state === 'intended' || state === 'submitted') && adapter !== undefined && reach.lacksKey(adapter);
  }

  function cannotBeAsked({ state, ref, request }: Job): boolean {
    const adapter = reach.find(request.provider);
    return state === 'unknown' && !ref && adapter !== undefined && !adapter.lookup;
  }

  async function begin(job: Job): Promise<void> {
    const { id } = job;
    if (closing.signal.aborted || atWork.has(id)) return;
    const adapter = isOutOfReach(job) ? undefined : reach.findReachable(job.request.provider);
    // One whose service is not set up any more waits until it is, or until a person takes it back.
    if (!adapter && !job.isCancelled) return;
    // As it stands now: another process, or a person, may have been at it since it was read.
    const held = await journal.hold(id);
    if (!held || atWork.has(id)) return;
    if (!adapter) {
      await journal.end(id, takenBackUnheard(held));
      return tell(id);
    }
    const abort = new AbortController();
    const one: AtWork = {
      abort,
      previews: 0,
      previewedAt: 0,
      previewing: Promise.resolve(),
      isTidied: false,
      done: run(held, adapter, abort).finally(() => {
        atWork.delete(id);
        tell(id);
      }),
    };
    atWork.set(id, one);
    if (held.isCancelled) abort.abort(cancelled());
  }

  async function run(job: Job, adapter: Adapter, { signal }: AbortController): Promise<void> {
    const { id } = job;
    const lane = reach.laneOf(adapter);
    const key = reach.keyOf(adapter);
    // What it took before needs no place of its own to show that it takes jobs.
    if (job.ref) lane.tookBefore();
    const leave = await lane.enter(signal).catch(() => () => {});
    tell(id);
    try {
      await runJob(job, {
        adapter,
        journal: journalWithoutSecret(
          steadyJournal(journal, (ms) => pause(ms, closing.signal)),
          key,
        ),
        files: { ...files, tidy: (_, hasMade) => tidy(id, hasMade) },
        lane,
        now,
        signal,
        access: (beforePaying, own = signal) => reach.accessTo(adapter, own, beforePaying),
        clean: (text) => withoutSecret(text, key),
        fetched: ({ url, headers }) =>
          reach.accessTo(adapter, signal).pieces({ to: url, ...(headers ? { headers } : {}) }),
        report(step) {
          const one = atWork.get(id);
          if (one) one.step = step;
          tell(id);
        },
        preview: (picture) => keepPreview(id, picture),
      });
    } catch (error) {
      console.error(error);
    } finally {
      leave();
    }
  }

  function keepPreview(id: string, picture: PictureFile): void {
    const one = atWork.get(id);
    // Fast machines show many a second: more than anybody can see, and each is a file.
    if (!one || one.isTidied || now() - one.previewedAt < PREVIEW_MS) return;
    one.previewedAt = now();
    const kept = () => {
      one.previews++;
      tell(id);
    };
    one.previewing = one.previewing.then(() => files.keepPreview(id, picture)).then(kept, () => {});
  }
  /** A picture that is still being written would come back after its folder was removed. */
  async function tidy(id: string, hasMade: boolean): Promise<void> {
    const one = atWork.get(id);
    if (one) one.isTidied = true;
    await one?.previewing;
    await files.tidy(id, hasMade);
  }

  /** What was sent, and nobody can ask after here: what becomes of it is not known before somebody can. */
  async function view(job: Job): Promise<JobView> {
    const { id, request } = job;
    const one = hasEnded(job.state) ? undefined : atWork.get(id);
    const isStuck = !one && isOutOfReach(job) && (await journal.orphans()).some((orphan) => orphan.id === id);
    if (!isStuck) return { ...viewOf(job, one), ...(cannotBeAsked(job) ? { cannotBeAsked: true } : {}) };
    const name = say(reach.find(request.provider)?.name ?? usualServiceName(request.provider));
    const trouble = {
      kind: 'key',
      message: say('{0} has this job, and is not set up here, so nobody asks after it.', name),
      hint: say('Where it is set up, it goes on; then look again.'),
    };
    return { ...viewOf(job, one), state: 'unknown', trouble };
  }

  return {
    begin,
    view,
    tell,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async takeBack(id) {
      atWork.get(id)?.abort.abort(cancelled());
      await atWork.get(id)?.done;
    },
    async left(id) {
      await atWork.get(id)?.done;
    },
    async heed() {
      for (const [id, { abort }] of atWork) if ((await journal.get(id))?.isCancelled) abort.abort(cancelled());
    },
    async stop() {
      closing.abort(CLOSING);
      const all = [...atWork.values()];
      for (const { abort } of all) abort.abort(CLOSING);
      const stopped = Promise.allSettled(all.map(({ done }) => done));
      await Promise.race([stopped, elapse(STOP_MS, undefined, { ref: false })]);
    },
  };
}

function viewOf(job: Job, one: AtWork | undefined): JobView {
  const { id, state, request, estimate, charged, createdAt, submittedAt, endedAt, result, trouble } = job;
  return {
    id,
    state,
    provider: request.provider,
    model: request.model,
    estimate,
    charged,
    createdAt,
    ...(submittedAt === undefined ? {} : { submittedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(one?.step?.fraction === undefined ? {} : { fraction: one.step.fraction }),
    ...(one?.step === undefined ? {} : { step: one.step.state }),
    ...(one?.step?.place === undefined ? {} : { place: one.step.place }),
    ...(one?.previews ? { previews: one.previews } : {}),
    ...result,
    ...(trouble ? { trouble } : {}),
  };
}

const cancelled = () => new DOMException('Cancelled.', 'AbortError');

const STOP_MS = 3000;
const PREVIEW_MS = 700;
