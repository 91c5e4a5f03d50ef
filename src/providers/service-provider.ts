/** Makes takes by jobs: one service behind the gateway, as `produce` sees it. */
import { NodeError, toFailure, type FailureCode } from '../core/errors.ts';
import type { Micros } from '../core/money.ts';
import { say } from '../core/say.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { sourceOf } from '../routing/prices.ts';
import { hasEnded, howFarInWords, type JobView } from '../routing/job.ts';
import { jobRequestOf } from '../routing/job-order.ts';
import { ServiceError, type Provider } from '../routing/provider.ts';
import { newPartOf, withWhatIsSent } from './going-on-by-clip.ts';
import type { JobClient } from './job-client.ts';
import type { TroubleKind } from './service-trouble.ts';
import { sentJob } from './sent-job.ts';

export interface ServiceHost {
  readonly client: JobClient;
  /** The file of a picture or clip as it is stored. */
  fileOf(value: ImageValue | VideoValue): Promise<Blob>;
}

export const serviceProvider = (id: string, { client, fileOf }: ServiceHost): Provider => ({
  id,
  sent({ request, mode, candidate }) {
    const { fit, modelId } = candidate;
    return fit && sentJob(jobRequestOf(request, mode, candidate, modelId, fit).request);
  },
  async make({ take, request, mode, candidate, monthlyBudget }, { artifacts, progress, signal }) {
    const { fit, modelId, estimate } = candidate;
    if (!fit) throw new NodeError('unsupported', say('{0} is not set up.', say(id)));
    const breathe = (done: number) => progress(done);
    const whole = await withWhatIsSent(request, fit, artifacts, breathe);
    const ordered = jobRequestOf(whole, mode, candidate, modelId, fit);
    const pictures = new Map<string, Blob>();
    for (const [name, image] of ordered.pictures) pictures.set(name, await fileOf(image));
    const order = {
      request: ordered.request,
      estimate: estimate.amount ?? null,
      ...(monthlyBudget === undefined ? {} : { monthlyBudget }),
    };

    let job = await client.put(take, order, pictures).catch(async (thrown: unknown) => {
      // Only the answer may be lost; and what was put before is there, whatever keeps it from being put again.
      const isThere = toFailure(thrown).code === 'network' || (await client.get(take).catch(() => undefined));
      throw isThere && !signal.aborted ? notTaken(thrown, null) : thrown;
    });
    try {
      while (!hasEnded(job.state) && job.state !== 'unknown') {
        await progress(job.fraction ?? 0, howFarInWords(job));
        await client.changed(take, signal);
        job = (await client.get(take)) ?? job;
      }
    } catch (thrown) {
      if (!signal.aborted) throw notTaken(thrown, null);
      const ended = await client.cancel(take).catch(() => undefined);
      if (ended && hasEnded(ended.state)) throw endedBadly(ended);
      throw thrown;
    }
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
      const sent = fit.sends.tailFrames ? whole.continues?.clip : undefined;
      const { artifact, isUncut } =
        sent && kept.kind === 'video'
          ? await newPartOf(kept, sent, artifacts, breathe)
          : { artifact: kept, isUncut: false };
      const isSilent = request.sound && fit.sends.sound && media.hasSound !== true;
      const notes = [
        ...(job.notes ?? []),
        ...(isUncut
          ? [
              say(
                'What {0} gave back may begin with the clip it was sent: it cannot be opened here to be cut.',
                say(id),
              ),
            ]
          : []),
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
  },
});

/** What a job that made nothing says to `produce`: whether to go on, and what it cost. */
function endedBadly({ state, charged, trouble, provider }: JobView): ServiceError {
  const message = trouble?.message ?? say('{0} made nothing.', say(provider));
  const options = trouble?.hint === undefined ? {} : { hint: trouble.hint };
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
function notTaken(thrown: unknown, charged: Micros | null): ServiceError {
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
