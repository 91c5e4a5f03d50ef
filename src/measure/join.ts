/** The seam between two stored clips, at the rate and size of the first. */
import type { Raster, VideoValue } from '../core/values.ts';
import type { Clip, StoredClip } from '../core/take.ts';
import { cover, type Breathe } from '../raster/filters.ts';
import { mixedInLight } from '../raster/light.ts';
import { lookOfFrame } from './frame-look.ts';
import { seamOf, SEAM_WINDOW, type Seam } from './seam.ts';

/** Changes when the measures do: figures that are kept are those of one version. */
export const MEASURES_VERSION = 2;

/** Two clips that meet, and how, in words of Stitch; how long it takes, where it takes time. */
export interface MeetingPair {
  readonly before: VideoValue;
  readonly after: VideoValue;
  readonly join: string;
  readonly seconds?: number;
}

/** Which frames of two clips meet, as Stitch shows them, counted at the rate of the first. */
export interface MeetingFrames {
  /** The first frame of the one before that is not shown any more; left out where all are. */
  readonly end?: number;
  /** The first frame of the next that is shown. */
  readonly from?: number;
  /** So many last frames of the one fade into as many first ones of the next. */
  readonly overlap?: number;
}
/** Of a cut, which shows all of both, and of a shared keyframe, where the picture that both have is shown once. */
export const meetingAt = (join: string): MeetingFrames => (join === 'shared keyframe' ? { from: 1 } : {});

/**
 * Where clips fade into one another, they are looked at as if they were cut in the middle of it: there both show what is
 * seen together. How far that looks double is measured besides.
 */
export async function seamBetweenClips(
  before: StoredClip,
  after: StoredClip,
  { end = before.frames, from = 0, overlap = 0 }: MeetingFrames,
  breathe: Breathe,
): Promise<Seam> {
  const [leaves, enters] = [end - overlap + (overlap >> 1), from + (overlap >> 1)];
  const seam = await seamOf(endingOf(before, leaves), beginningOf(after, enters, before), breathe);
  if (overlap === 0) return seam;
  if (seam.isCut) return { ...seam, fade: { frames: overlap, detailStep: 0 } };
  const [here, there] = [
    await firstOf(endingOf(before, leaves + 1, 1)),
    await firstOf(beginningOf(after, enters, before)),
  ];
  if (!here || !there) return seam;
  const apart = (lookOfFrame(here).crispness + lookOfFrame(there).crispness) / 2;
  const together = lookOfFrame(mixedInLight(here, there, 0.5)).crispness;
  return { ...seam, fade: { frames: overlap, detailStep: apart > 1e-6 ? together / apart - 1 : 0 } };
}

/** The last frames of a clip before one of them. */
async function* endingOf(clip: StoredClip, end: number, most = SEAM_WINDOW): AsyncGenerator<Raster> {
  let index = Math.max(0, end - most);
  for await (const frame of clip.readFrom(index)) {
    if (index++ >= end) return;
    yield frame;
  }
}
async function firstOf(frames: AsyncIterable<Raster>): Promise<Raster | undefined> {
  for await (const frame of frames) return { ...frame, data: frame.data.slice() };
  return undefined;
}

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

/** How two clips of a film meet, in words of Stitch. */
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
