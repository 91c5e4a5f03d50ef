/** The end of a clip that a model is given to go on from: how much of it is sent, and what keeps it from being sent. */
import type { Continued } from '../core/take.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Offer } from './catalog.ts';
import type { FieldOfClip } from './job-request.ts';

/** Shapes that differ by less are one: sizes are rounded to even numbers. */
const LOOSE = 0.02;

/** Frames from the end: the tail that was asked for, as far as the model takes clips of that length. */
export function framesSent({ clip, tail }: Continued, { seconds: [least, most] = [0, Infinity] }: FieldOfClip): number {
  const wanted = Math.min(most, Math.max(least, tail)) * clip.fps;
  return Math.min(clip.frames, Math.max(1, Math.ceil(wanted - 1e-6)));
}

/** Why a model that goes on from clips is given the last frame of this one instead; nothing where it takes the clip. */
export function whyLastFrame(
  { clip }: Continued,
  { fields }: NonNullable<Offer['extending']>,
  model: Sentence,
  hasLastFrame: boolean,
): Sentence | undefined {
  const { seconds: [least] = [0], lines, ratios } = fields.clip ?? {};
  if (!fields.clip) return say('Goes on from the last frame: nobody has written down how {0} is given a clip.', model);
  if (hasLastFrame && !fields.lastFrame)
    return say('Goes on from the last frame: with a clip {0} takes no picture to end with.', model);
  if (clip.frames / clip.fps < least)
    return say('Goes on from the last frame: {0} takes no clip shorter than {1} s.', model, least);
  if (lines && !lines.includes(Math.min(clip.width, clip.height)))
    return say('Goes on from the last frame: {0} takes clips of {1} px on the short side.', model, lines.join(', '));
  const shape = clip.width / clip.height;
  const isShape = (ratio: string) => {
    const [width = 1, height = 1] = ratio.split(':').map(Number);
    return Math.abs(shape - width / height) < LOOSE * shape;
  };
  if (ratios && !ratios.some(isShape))
    return say('Goes on from the last frame: {0} takes clips of the shapes {1}.', model, ratios.join(', '));
  return undefined;
}
