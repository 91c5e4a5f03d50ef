/** What became of a take that a service was asked for and no run goes on with. Nothing is sent, and nobody is asked anew. */
import { NodeError } from '../core/errors.ts';
import type { Artifacts } from '../core/node.ts';
import type { TakeRecord, TakeRequest } from '../core/take.ts';
import { hasEnded } from '../routing/job.ts';
import { jobRequestOf } from '../routing/job-order.ts';
import type { Fit } from '../routing/model-fit.ts';
import { whenMade, whenUnmade } from '../routing/outcome.ts';
import { ServiceError } from '../routing/provider.ts';
import type { Considered } from '../routing/resolve.ts';
import { withWhatIsSent } from './going-on-by-clip.ts';
import type { JobClient } from './job-client.ts';
import { madeByJob, mayBeginWithWhatWasSent } from './made-by-job.ts';

const here = async () => {};

/**
 * `candidate`: who was asked, as far as it is known today. `undefined` while its job goes on, where nobody knows of the
 * job, and where what it made cannot be taken now.
 */
export async function collectTake(
  take: TakeRecord,
  candidate: Considered | undefined,
  client: Pick<JobClient, 'get' | 'put' | 'output'>,
  artifacts: Artifacts,
): Promise<TakeRecord | undefined> {
  const fit = candidate?.fit;
  const job = await client.get(take.id);
  if (!candidate || !fit || !job || !(hasEnded(job.state) || job.state === 'unknown')) return undefined;
  const workedMs = Math.max(0, (job.endedAt ?? take.at) - take.at);
  const request = { ...take.request, seed: { ...take.request.seed, seed: take.seed } };
  try {
    const { request: sent } = jobRequestOf(request, take.mode, candidate, candidate.modelId, fit);
    // What it made may have been deleted there: whoever puts a job that was made has it fetched again, for nothing.
    const there = job.state === 'made' ? await client.put(take.id, { request: sent, estimate: null }, new Map()) : job;
    const tail = await tailOf(request, fit, artifacts);
    const ordered = { take: take.id, request, candidate, sent: tail };
    const signal = new AbortController().signal;
    const made = await madeByJob(there, ordered, client, { artifacts, progress: here, signal });
    const isUncut = fit.sends.tailFrames && request.continues && !tail;
    const notes = [...(made.notes ?? []), ...(isUncut ? [mayBeginWithWhatWasSent(take.answered.provider)] : [])];
    // Who said its price before it was asked is written down already.
    const priceFrom = made.priceFrom === 'service' ? made.priceFrom : (take.priceFrom ?? made.priceFrom);
    return whenMade(take, { ...made, notes, ...(priceFrom ? { priceFrom } : {}) }, workedMs);
  } catch (thrown) {
    if (thrown instanceof ServiceError)
      return thrown.outcome === 'kept' ? undefined : whenUnmade(take, thrown, workedMs);
    // The local server does not answer.
    if (thrown instanceof NodeError) return undefined;
    throw thrown;
  }
}

/** The end of the clip it goes on from, as it was sent; nothing where that clip is not stored any more. */
async function tailOf(request: TakeRequest, fit: Fit, artifacts: Artifacts) {
  if (!fit.sends.tailFrames || !request.continues) return undefined;
  const whole = await withWhatIsSent(request, fit, artifacts, here).catch(() => undefined);
  return whole?.continues?.clip;
}
