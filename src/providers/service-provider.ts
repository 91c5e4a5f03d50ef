/** Makes takes by jobs: one service behind the gateway, as `produce` sees it. */
import { NodeError, toFailure } from '../core/errors.ts';
import { say } from '../core/say.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { hasEnded, howFarInWords } from '../routing/job.ts';
import { jobRequestOf } from '../routing/job-order.ts';
import type { Provider } from '../routing/provider.ts';
import { usualServiceName } from '../routing/service-names.ts';
import { withWhatIsSent } from './going-on-by-clip.ts';
import type { JobClient } from './job-client.ts';
import { endedBadly, madeByJob, notTaken } from './made-by-job.ts';
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
    if (!fit) throw new NodeError('unsupported', say('{0} is not set up.', say(usualServiceName(id))));
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
    const sent = fit.sends.tailFrames ? whole.continues?.clip : undefined;
    return madeByJob(job, { take, request, candidate, sent }, client, { artifacts, progress, signal });
  },
});
