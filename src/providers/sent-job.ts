/**
 * A job as a person may read it afterwards: name by name in the model's own words where the catalog has them, else in
 * those of the job, which its adapter puts into the service's.
 */
import type { Sent } from '../core/take.ts';
import type { Attached, JobRequest } from '../routing/job-request.ts';
import { inputOf } from './fields.ts';
import { motionWords } from './motion-words.ts';

export function sentJob(request: JobRequest): Sent {
  const { model, clip, still, lastFrame, references } = request;
  const attached = [clip, still, lastFrame, ...references].filter((picture) => picture !== undefined);
  return {
    model,
    input: request.fields ? inputOf(request, named) : inJobWords(request),
    pictures: Object.fromEntries(attached.map(({ picture, width, height }) => [picture, { width, height }])),
  };
}

const named = (picture: string): string => `picture:${picture}`;

function inJobWords(request: JobRequest): Sent['input'] {
  const {
    prompt,
    negative,
    seed,
    guidance,
    width,
    height,
    seconds,
    fps,
    motion,
    clip,
    still,
    lastFrame,
    sound,
    references,
  } = request;
  const picture = (one: Attached | undefined) => one && named(one.picture);
  const said = {
    prompt,
    negative,
    seed,
    guidance,
    width,
    height,
    seconds,
    fps,
    motion: motion && motionWords(motion),
    clip: picture(clip),
    still: picture(still),
    lastFrame: picture(lastFrame),
    sound,
    references: references.length ? references.map(picture) : undefined,
    strengths: references.length ? references.map(({ strength }) => strength) : undefined,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
