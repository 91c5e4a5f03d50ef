/** What a job that has ended gave, as `produce` and the books take it. */
import { toFailure, type FailureCode } from '../core/errors.ts';
import type { Micros } from '../core/money.ts';
import type { RunContext } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';
import type { VideoValue } from '../core/values.ts';
import type { JobView } from '../routing/job.ts';
import { sourceOf } from '../routing/prices.ts';
import { ServiceError, type Made, type Order } from '../routing/provider.ts';
import { usualServiceName } from '../routing/service-names.ts';
import { newPartOf } from './going-on-by-clip.ts';
import type { JobClient } from './job-client.ts';
import type { TroubleKind } from './service-trouble.ts';

/** `sent`: the clip that it goes on from, as far as it was sent. */
interface Asked extends Pick<Order, 'take' | 'request' | 'candidate'> {
  readonly sent: VideoValue | undefined;
}

/** Takes what a job made, and throws `ServiceError` where it made nothing or it cannot be taken here. */
export async function madeByJob(
  job: JobView,
  { take, request, candidate: { provider, fit, estimate }, sent }: Asked,
  client: Pick<JobClient, 'output'>,
  { artifacts, progress, signal }: Pick<RunContext, 'artifacts' | 'progress' | 'signal'>,
): Promise<Made> {
  const { media } = job;
  if (job.state !== 'made' || !media) throw endedBadly(job);
  try {
    const came = await client.output(take);
    const bytes = new Uint8Array(await came.arrayBuffer());
    const clip =
      media.kind === 'video'
        ? {
            width: media.width,
            height: media.height,
            fps: media.fps ?? 24,
            frames: media.frames ?? 1,
            hasSound: media.hasSound === true,
          }
        : undefined;
    const kept = await artifacts.keep({ bytes, mime: media.mime }, clip);
    const { artifact, isUncut } =
      sent && kept.kind === 'video'
        ? await newPartOf(kept, sent, artifacts, (done) => progress(done))
        : { artifact: kept, isUncut: false };
    const isSilent = request.sound && fit?.sends.sound && media.hasSound !== true;
    const notes = [
      ...(job.notes ?? []),
      ...(isUncut ? [mayBeginWithWhatWasSent(provider)] : []),
      ...(isSilent ? [say('Sound was asked for, and the clip came without any.')] : []),
    ];
    return {
      artifact,
      seed: job.seed ?? request.seed.seed,
      charged: job.charged,
      priceFrom:
        job.charged !== job.estimate ? 'service' : estimate.amount === undefined ? 'quote' : sourceOf(estimate),
      ...(notes.length ? { notes } : {}),
    };
  } catch (thrown) {
    throw signal.aborted ? thrown : notTaken(thrown, job.charged);
  }
}

/** Of a clip that cannot be compared with the one it goes on from. */
export const mayBeginWithWhatWasSent = (provider: string): Sentence =>
  say(
    'What {0} gave back may begin with the clip it was sent: it cannot be opened here to be cut.',
    say(usualServiceName(provider)),
  );

/** What a job that made nothing says to `produce`: whether to go on, and what it cost. */
export function endedBadly({ state, charged, trouble, provider }: JobView): ServiceError {
  const message = trouble?.message ?? say('{0} made nothing.', say(usualServiceName(provider)));
  const options = {
    ...(trouble?.hint === undefined ? {} : { hint: trouble.hint }),
    nothingSent: trouble?.nothingSent === true,
  };
  if (state === 'cancelled') return new ServiceError('cancelled', charged, 'cancelled', message, options);
  if (state === 'unknown') return new ServiceError('unknown', charged, 'unknown', message, options);
  if (BY_ITS_RULES.includes(trouble?.kind ?? ''))
    return new ServiceError('refused', charged, 'refused', message, options);
  return new ServiceError(trouble?.kind === DELETED ? 'refused' : 'failed', charged, 'service', message, options);
}
/**
 * What was sent, and cannot be taken here: it stays with the job service until it can, or is booked at what it cost where
 * that would not help. Nobody else is asked in its place.
 */
export function notTaken(thrown: unknown, charged: Micros | null): ServiceError {
  const { code, message, hint } = toFailure(thrown);
  const options = { cause: thrown, ...(hint === undefined ? {} : { hint }) };
  const isPassing = charged === null || PASSING.includes(code);
  return new ServiceError(isPassing ? 'kept' : 'refused', isPassing ? null : charged, code, message, options);
}
/** Of another time it may be taken. */
const PASSING: readonly string[] = [
  'network',
  'storage-full',
  'storage-refused',
  'worker-died',
] satisfies FailureCode[];
/** It is against rules, or may be: nobody else is asked after these by itself. */
const BY_ITS_RULES: readonly string[] = ['refused', 'unexplained'] satisfies TroubleKind[];
/** It was paid for, and deleted here: a person decides about that too. */
const DELETED: TroubleKind = 'deleted';
