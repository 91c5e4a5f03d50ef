/**
 * The course of one job from its turn to its end: sent at most once, followed for as long as it takes, its bytes on
 * disk before it counts as made. After a crash it goes on from what the journal says.
 */
import { say, type Said } from '../../core/say.ts';
import { isVideoWork } from '../../core/take.ts';
import { FREE, isMicros, type Micros } from '../../core/money.ts';
import type {
  Access,
  Adapter,
  JobWatch,
  JobRef,
  JobMade,
  Output,
  PictureFile,
  JobStep,
} from '../../providers/adapter.ts';
import { isTransient, ServiceTrouble, type TroubleKind } from '../../providers/service-trouble.ts';
import type { JobTrouble, MediaFacts } from '../../routing/job.ts';
import { usualServiceName } from '../../routing/service-names.ts';
import type { Ending, Job, Journal } from './journal.ts';
import type { JobFiles } from './job-files.ts';
import { OF_WHO_ASKS, type ServiceLane } from './service-lane.ts';
import { probe } from './probe.ts';
import { NotWritten } from './steady-journal.ts';

export interface Course {
  readonly adapter: Adapter;
  readonly journal: Journal;
  readonly files: JobFiles;
  readonly lane: ServiceLane;
  readonly now: () => number;
  /** A person took the job back, or the service closes. */
  readonly signal: AbortSignal;
  access(beforePaying?: () => Promise<void>, signal?: AbortSignal): Access;
  /** Reads what a service gave an address for, piece by piece. */
  fetched(output: Extract<Output, { url: string }>): AsyncIterable<Uint8Array>;
  report(step: JobStep): void;
  preview(picture: PictureFile): void;
  /** A text without the key. */
  clean(text: string): string;
}

/** Why a job stops without having ended: the service closes, and goes on with it when it starts again. */
export const CLOSING = Symbol('closing');
/** Another process has the job by now: this one slept for too long, and touches it no more. */
const NOT_OURS = Symbol('not ours');

/** Nothing was taken: it can be sent again, so often, after these waits. */
const TRIES_MS = [1000, 4000, 15_000];
/** Nothing was taken, and the service says so: it is asked again for so long. */
const BUSY_FOR_MS = 10 * 60_000;
const BUSY_PAUSE_MS = 10_000;
const LEAST_PAUSE_MS = 500;
/** Between questions that failed after a job that goes on. */
const ASK_AGAIN_MS = 5000;
/** A service may list what it took a little later than it took it: until then, what is not there says nothing. */
const LISTED_AFTER_MS = 10_000;
const LATE_CANCEL_MS = 15_000;
const LOOKING_MS = 30_000;
/** Jobs that were sent further apart cannot be taken for each other at a service. */
const BESIDE_MS = 10 * 60_000;

/** Settles when the job has ended, or is `unknown`; throws where that could not be written down. */
export async function runJob(job: Job, course: Course): Promise<void> {
  const { journal, signal } = course;
  try {
    const sent = job.state === 'waiting' ? await send(job, course) : await found(job, course);
    if (!sent) return;
    if ('made' in sent) await collectPatiently(sent.made, job, course);
    else await follow(sent.job, job, course);
  } catch (thrown) {
    if (signal.reason === CLOSING || thrown === NOT_OURS) return;
    if (thrown instanceof NotWritten) throw thrown;
    const stands = await journal.get(job.id);
    if (!stands) return;
    await journal.end(job.id, signal.aborted ? await takenBack(stands, course) : failed(stands, troubleOf(thrown)));
    if (!signal.aborted) course.lane.heard(troubleOf(thrown), job.request.model);
    // It may have ended before, in another process.
    await course.files.tidy(job.id, (await journal.get(job.id))?.state === 'made');
  }
}

const troubleOf = (thrown: unknown): ServiceTrouble =>
  thrown instanceof ServiceTrouble
    ? thrown
    : // A mistake of ours says nothing of what the service takes for it.
      new ServiceTrouble('broken', say('Something unexpected happened here.'), { cause: thrown, mayCost: true });

/** How the journal tells of trouble. */
export const asJobTrouble = ({ kind, said, facts }: ServiceTrouble): JobTrouble => ({
  kind,
  message: said,
  ...(facts.hint === undefined ? {} : { hint: facts.hint }),
});

type Sent = { readonly job: JobRef } | { readonly made: JobMade };

/** `undefined`: nobody knows whether it was taken, and the journal says so. */
async function send(job: Job, course: Course): Promise<Sent | undefined> {
  const { adapter, journal, files, lane, now } = course;
  const { id, request } = job;
  const began = now();
  for (let tries = 0; ; tries++) {
    let isPaying = false;
    const refused = lane.refusedFor(request.model);
    if (refused) throw notAskedAgain(refused, adapter);
    const access = course.access(async () => {
      if (!(await journal.intend(id))) throw NOT_OURS;
      isPaying = true;
    });
    try {
      const sent = await adapter.submit(request, {
        ...access,
        id,
        picture: (name) => files.picture(id, name),
        report: course.report,
        preview: course.preview,
      });
      if ('job' in sent) await journal.submitted(id, named(sent.job, adapter));
      lane.accepted();
      return sent;
    } catch (thrown) {
      // Closing: the journal stands as it is, and the next start looks what became of it.
      if (course.signal.reason === CLOSING || thrown === NOT_OURS || thrown instanceof NotWritten) throw thrown;
      const isCancelled = course.signal.aborted;
      // What is no trouble is a mistake of ours: it says nothing of what the service did.
      const isUnderstood = thrown instanceof ServiceTrouble && thrown.kind !== 'lost';
      if (isPaying && (isCancelled || !isUnderstood)) {
        const there = await lookedUp(job, course, isCancelled ? 0 : now());
        // Whether it can be taken back, and what it costs, hangs on what the journal says now.
        if (isCancelled) throw thrown;
        if (there === NOBODY_KNOWS) return void (await lost(job, course, troubleOf(thrown)));
        if (there) return there;
      }
      const pause = thrown instanceof ServiceTrouble ? pauseBeforeAgain(thrown, tries, now() - began) : undefined;
      if (isCancelled || pause === undefined) throw thrown;
      await journal.wait(id);
      lane.rest(pause, troubleOf(thrown));
      await access.pause(pause);
    }
  }
}

const notAskedAgain = ({ kind, said }: ServiceTrouble, { name }: Adapter): ServiceTrouble =>
  new ServiceTrouble(kind, say('{0} was not asked again: {1}', say(name), said), {
    hint: say(
      'Put that right at {0}, then test it in Settings. By itself it is asked again after some minutes.',
      say(name),
    ),
    wasNotAsked: true,
  });

/** How long to wait before a job that was not taken is sent again; `undefined`: it is not. */
function pauseBeforeAgain({ kind, facts }: ServiceTrouble, tries: number, sinceMs: number): number | undefined {
  if (kind === 'unreachable' || kind === 'lost') return TRIES_MS[tries];
  if (kind !== 'busy') return undefined;
  const pause = Math.max(LEAST_PAUSE_MS, facts.retryAfterMs ?? BUSY_PAUSE_MS);
  return sinceMs + pause < BUSY_FOR_MS ? pause : undefined;
}

/** A job without a name could never be asked after: an answer that lacks it tells nothing. */
function named(ref: JobRef, { name }: Adapter): JobRef {
  if (Object.values<unknown>(ref).some((value) => typeof value !== 'string' || value === ''))
    throw new ServiceTrouble('lost', say('{0} answered without saying how it calls the job.', say(name)));
  return ref;
}

/** A job that was sent, or about to be, when its process ended. */
async function found(job: Job, course: Course): Promise<Sent | undefined> {
  if (job.ref) {
    // Asked after again, it is in work until the service refuses to tell of it once more.
    if (job.state === 'unknown') await course.journal.submitted(job.id, job.ref);
    return { job: job.ref };
  }
  const there = await lookedUp(job, course, job.intendedAt ?? 0);
  if (there === NOBODY_KNOWS) return void (await lost(job, course));
  if (there) return there;
  // A person asked to look again, not to send again.
  if (job.state === 'unknown')
    throw new ServiceTrouble('gone', say('{0} does not have this job: it was never sent.', say(course.adapter.name)), {
      mayCost: false,
    });
  await course.journal.wait(job.id);
  return send(job, course);
}

const NOBODY_KNOWS = 'nobody knows';
/**
 * Asks the service whether it has the job: it has it, it does not (`undefined`), or it cannot say.
 * @param sentAt when it may have been sent: for a while after that, what is not there yet is asked for again
 */
async function lookedUp(
  job: Job,
  course: Course,
  sentAt: number,
): Promise<{ readonly job: JobRef } | undefined | typeof NOBODY_KNOWS> {
  const { adapter, journal, now } = course;
  if (!adapter.lookup) return NOBODY_KNOWS;
  // Whose clock was set back would wait until it is as late again.
  const since = Math.min(sentAt, now());
  // Also when it was just taken back: what is found then has to be cancelled there.
  const { pause } = course.access(undefined, new AbortController().signal);
  const went = (await journal.get(job.id))?.intendedAt ?? now();
  const others = () => journal.sentBeside(job, went, BESIDE_MS);
  for (let tries = 0; ; tries++) {
    // Each question has its time: a computer that slept in between asks again.
    const access = course.access(undefined, AbortSignal.timeout(LOOKING_MS));
    try {
      const there = await adapter.lookup(job.id, { ...access, sentAt: went, others }, job.request);
      if (there) await journal.submitted(job.id, there.job);
      if (there || now() - since > LISTED_AFTER_MS) return there;
    } catch (thrown) {
      if (!(thrown instanceof ServiceTrouble) || !isTransient(thrown) || tries >= TRIES_MS.length) return NOBODY_KNOWS;
      await pause(TRIES_MS[tries]!);
      continue;
    }
    await pause(ASK_AGAIN_MS);
  }
}

async function lost({ id, request }: Job, { journal, adapter, lane }: Course, trouble?: ServiceTrouble): Promise<void> {
  const why =
    trouble ??
    new ServiceTrouble('lost', say('Triptych was stopped while the job was being sent to {0}.', say(adapter.name)));
  lane.heard(why, request.model);
  await journal.unknown(id, {
    kind: 'lost',
    message: why.said,
    hint: adapter.lookup
      ? say('Look it up at {0}, then look again here, count it as lost, or take another.', say(adapter.name))
      : say('Look it up at {0}, then count it as lost here, or take another.', say(adapter.name)),
  });
}

/** Waits for a job and brings home what it made, for as long as it may take, whatever happens to the connection. */
async function follow(ref: JobRef, job: Job, course: Course): Promise<void> {
  const { adapter, now } = course;
  const until = (job.submittedAt ?? now()) + adapter.longestMs;
  const endless = () =>
    new ServiceTrouble('endless', say('{0} has not finished this in the time it may take.', say(adapter.name)), {
      mayCost: true,
    });
  const access = course.access();
  // A computer that slept past the time still asks once: time is up only when somebody waits on.
  const pause = async (ms: number) => {
    if (now() > until) throw endless();
    await access.pause(ms);
  };
  const following: JobWatch = { ...access, pause, report: course.report, preview: course.preview };
  for (;;) {
    try {
      return await collect(await adapter.follow!(ref, following, job.request), job, course);
    } catch (thrown) {
      if (!(thrown instanceof ServiceTrouble)) throw thrown;
      if (OF_WHO_ASKS.includes(thrown.kind) && !course.signal.aborted) return notTold(job, course, thrown);
      if (!isTransient(thrown)) throw thrown;
      // Asked in between, it is known in time when it has ended; asked at once, it would be asked without end.
      await pause(Math.min(Math.max(LEAST_PAUSE_MS, thrown.facts.retryAfterMs ?? ASK_AGAIN_MS), BUSY_FOR_MS));
    }
  }
}

/** It has the job, and does not tell this account of it: what becomes of it is known where it does. */
async function notTold({ id, request }: Job, { journal, adapter, lane }: Course, why: ServiceTrouble): Promise<void> {
  lane.heard(why, request.model);
  await journal.unknown(id, {
    kind: why.kind,
    message: say('{0} has this job, and does not say what becomes of it: {1}', say(adapter.name), why.said),
    hint: say(
      'Put that right at {0} or in Settings: once a test there says that it works, this goes on by itself. It is not sent a second time.',
      say(adapter.name),
    ),
  });
}

/** What is already made is fetched for as long as a service may be away. */
async function collectPatiently(made: JobMade, job: Job, course: Course): Promise<void> {
  const access = course.access();
  const until = course.now() + BUSY_FOR_MS;
  for (;;) {
    try {
      return await collect(made, job, course);
    } catch (thrown) {
      if (!(thrown instanceof ServiceTrouble) || !isTransient(thrown) || course.now() > until) throw thrown;
      await access.pause(ASK_AGAIN_MS);
    }
  }
}

/** Fetches what was made, looks at it, and writes down that it is there. Whatever goes wrong here was paid for. */
async function collect(made: JobMade, job: Job, course: Course): Promise<void> {
  const { journal, files, lane } = course;
  const { seed, notes } = made;
  const charged = amountIn(made);
  const media = await keep(made, job, course).catch((thrown: unknown) => {
    course.signal.throwIfAborted();
    const { kind, said, facts } = thrown instanceof ServiceTrouble ? thrown : notWritten(thrown);
    throw new ServiceTrouble(kind, said, { ...facts, mayCost: true, ...(charged === undefined ? {} : { charged }) });
  });
  await journal.end(job.id, {
    state: 'made',
    charged: charged ?? job.estimate,
    result: { media, ...(seed === undefined ? {} : { seed }), ...(notes?.length ? { notes } : {}) },
  });
  await files.tidy(job.id, true);
  lane.heard(undefined, job.request.model);
}

async function keep({ output }: JobMade, job: Job, course: Course): Promise<MediaFacts> {
  const file = await course.files.keepOutput(job.id, 'bytes' in output ? output.bytes : course.fetched(output));
  const media = await probe(file, course.clean);
  if ((media.kind === 'video') === isVideoWork(job.request.work)) return media;
  throw new ServiceTrouble(
    'unreadable',
    media.kind === 'video'
      ? say('A picture was asked for, and a clip came.')
      : say('A clip was asked for, and a picture came.'),
  );
}

/** A full disk may have room again: it is tried again, as a service that is away. */
export const notWritten = (cause: unknown) =>
  new ServiceTrouble('broken', say('What came could not be written on this computer.'), { status: 507, cause });

/** What the service says it charged. A number that is no amount would count against every month's budget. */
const amountIn = ({ charged }: { readonly charged?: Micros }): Micros | undefined =>
  isMicros(charged) ? charged : undefined;

const MAY_COST: readonly TroubleKind[] = ['unreadable', 'endless', 'unexplained'];
/** What a failure costs: nothing before the service took the job; after that, what is known of its kind. */
function failed(job: Job, trouble: ServiceTrouble): Ending {
  // What is gone was there before: an answer that says so to the call that pays took nothing.
  const wasThere = trouble.kind === 'gone' && job.state !== 'intended';
  const { mayCost = wasThere || MAY_COST.includes(trouble.kind) } = trouble.facts;
  return {
    state: 'failed',
    charged: mayCost && job.state !== 'waiting' ? (amountIn(trouble.facts) ?? job.estimate) : FREE,
    trouble: { ...asJobTrouble(trouble), ...(wasSent(job, trouble) ? {} : { nothingSent: true }) },
  };
}

/** What could not be reached got nothing of what was on its way. */
const wasSent = ({ state }: Job, { kind, facts }: ServiceTrouble): boolean =>
  state !== 'waiting' && (kind !== 'unreachable' || facts.status !== undefined);

/** Takes a job back at the service, and says what it costs all the same. */
async function takenBack(job: Job, course: Course): Promise<Ending> {
  const { adapter } = course;
  if (job.state === 'waiting') return NOT_SENT;
  const name = say(adapter.name);
  const access = course.access(undefined, AbortSignal.timeout(LATE_CANCEL_MS));
  const answer =
    job.ref && adapter.cancel ? await adapter.cancel(job.ref, access).catch(() => 'late' as const) : 'late';
  if (answer === 'cancelled') return cancelledEnding(FREE, say('{0} had not begun it.', name));
  return cancelledEnding(job.estimate, say('{0} had it already, and may charge for it.', name));
}
const cancelledEnding = (charged: Micros | null, hint: Said, more: Pick<JobTrouble, 'nothingSent'> = {}): Ending => ({
  state: 'cancelled',
  charged,
  trouble: { kind: 'cancelled', message: say('Cancelled.'), hint, ...more },
});
const NOT_SENT = cancelledEnding(FREE, say('Nothing was sent.'), { nothingSent: true });

/** The same of a job whose service cannot be told. */
export const takenBackUnheard = ({ state, estimate, request }: Job): Ending =>
  state === 'waiting'
    ? NOT_SENT
    : cancelledEnding(
        estimate,
        say('{0} had it, and could not be told: it is not set up any more.', say(usualServiceName(request.provider))),
      );
