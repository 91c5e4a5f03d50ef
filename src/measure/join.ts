/** The seam between two stored clips, at the rate and size of the first. */
import type { Raster, VideoValue } from '../core/values.ts';
import type { Clip, StoredClip } from '../core/take.ts';
import { cover, type Breathe } from '../raster/filters.ts';
import { seamOf, SEAM_WINDOW, type Seam } from './seam.ts';

/** Changes when the measures do: figures that are kept are those of one version. */
export const MEASURES_VERSION = 1;

/** Two clips that meet. `isKeyframeShared`: the picture that ends the one begins the other, and is shown once. */
export interface MeetingPair {
  readonly before: VideoValue;
  readonly after: VideoValue;
  readonly isKeyframeShared: boolean;
}

/** `isKeyframeShared`: the next clip begins with the last picture of the one before, which is shown once. */
export const seamBetweenClips = (
  before: StoredClip,
  after: StoredClip,
  isKeyframeShared: boolean,
  breathe: Breathe,
): Promise<Seam> =>
  seamOf(
    before.readFrom(Math.max(0, before.frames - SEAM_WINDOW)),
    beginningOf(after, isKeyframeShared ? 1 : 0, before),
    breathe,
  );

/** The first frames from one on, as a film of another clip shows them: the nearest in time, scaled until they fill it. */
async function* beginningOf(
  clip: StoredClip,
  first: number,
  { width, height, fps }: Pick<StoredClip, 'width' | 'height' | 'fps'>,
): AsyncGenerator<Raster> {
  const wanted = Array.from({ length: SEAM_WINDOW }, (_, k) => Math.floor(((k + first) * clip.fps) / fps + 0.5)).filter(
    (index) => index < clip.frames,
  );
  let index = 0;
  for await (const frame of clip.read()) {
    const count = wanted.filter((at) => at === index).length;
    const isFitting = frame.width === width && frame.height === height;
    const shown = count === 0 || isFitting ? frame : await cover(frame, width, height, async () => {});
    for (let k = 0; k < count; k++) yield shown;
    if (index === wanted.at(-1)) return;
    index++;
  }
}

/** How two clips of a film meet, as Stitch has it. */
export interface MeetingKind {
  readonly join: string;
  readonly seconds?: number;
}

/**
 * When each join of a film is, in seconds: the first frame of the next clip, and in a crossfade its middle. Where a match
 * cut is taken is found when the film is made: its time is that of a plain cut.
 */
export function joinTimes(
  clips: readonly Pick<Clip, 'frames' | 'fps'>[],
  joins: readonly MeetingKind[],
): readonly number[] {
  const fps = clips[0]?.fps ?? 1;
  const lengths = clips.map((clip) => Math.max(1, Math.round((clip.frames * fps) / clip.fps)));
  let shown = 0;
  return joins.slice(0, Math.max(0, clips.length - 1)).map(({ join, seconds = 0 }, at) => {
    shown += lengths[at]!;
    const time = shown;
    if (join === 'shared keyframe') shown -= 1;
    if (join !== 'crossfade') return time / fps;
    const overlap = Math.min(Math.floor(seconds * fps + 0.5), lengths[at]! >> 1, lengths[at + 1]! >> 1);
    shown -= overlap;
    return (time - overlap / 2) / fps;
  });
}
