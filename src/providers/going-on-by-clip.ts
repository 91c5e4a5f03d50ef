/** What a service is sent of a clip that it goes on from, and what is new in the clip it gives back. */
import { endOf, endsKept } from '../core/clip-ends.ts';
import { NodeError } from '../core/errors.ts';
import type { Artifacts } from '../core/node.ts';
import { soundBetween } from '../core/sound.ts';
import type { TakeRequest } from '../core/take.ts';
import type { VideoValue } from '../core/values.ts';
import { resize } from '../raster/filters.ts';
import type { Fit } from '../routing/model-fit.ts';

/** So small that what encoders do to detail plays no part, and whatever size a service gives can be compared. */
const GLIMPSE = 32;

type OnFrame = (done: number) => Promise<void>;

/** A request that goes on from a clip, with the part of it that is sent; with its last frame, where no more is. */
export async function withWhatIsSent(
  request: TakeRequest,
  { sends: { tailFrames } }: Pick<Fit, 'sends'>,
  artifacts: Artifacts,
  onFrame: OnFrame,
): Promise<TakeRequest> {
  const { continues, still } = request;
  if (!continues) return request;
  const { clip } = continues;
  if (!tailFrames) return still ? request : { ...request, still: await endOf(clip, 'last', artifacts) };
  // Written anew even where it is all of it: then it is an MP4, whatever was imported.
  return {
    ...request,
    continues: { ...continues, clip: await fromFrame(clip, Math.max(0, clip.frames - tailFrames), artifacts, onFrame) },
  };
}

/**
 * Some services give back what they were sent with the new part behind it, others the new part alone, and few say which.
 * A clip that is longer than what was sent and begins as that begins, not as it ends, is cut: it begins with the last
 * frame of what was sent then, as a shared keyframe does.
 */
export async function newPartOf(
  made: VideoValue,
  sent: VideoValue,
  artifacts: Artifacts,
  onFrame: OnFrame,
): Promise<{
  readonly artifact: VideoValue;
  /** It may have to be cut, and cannot be here. */ readonly isUncut: boolean;
}> {
  const last = Math.round((sent.frames / sent.fps) * made.fps) - 1;
  if (last < 1 || last >= made.frames - 1) return { artifact: made, isUncut: false };
  try {
    const isWhole = await beginsLike(made, sent, artifacts);
    return { artifact: isWhole ? await fromFrame(made, last, artifacts, onFrame) : made, isUncut: false };
  } catch (thrown) {
    // It is paid for: where nothing is decoded, it is kept as it came.
    if (thrown instanceof NodeError) return { artifact: made, isUncut: true };
    throw thrown;
  }
}

async function beginsLike(made: VideoValue, sent: VideoValue, artifacts: Artifacts): Promise<boolean> {
  const here = await glimpseOf(made, 0, artifacts);
  const begin = await glimpseOf(sent, 0, artifacts);
  const end = await glimpseOf(sent, sent.frames - 1, artifacts);
  return unlike(here, begin) < unlike(here, end);
}

async function fromFrame(
  video: VideoValue,
  first: number,
  artifacts: Artifacts,
  onFrame: OnFrame,
): Promise<VideoValue> {
  const clip = await artifacts.clip(video);
  const { width, height, fps, frames } = clip;
  const sound = soundBetween(clip.sound ?? [], first / fps, frames / fps);
  const ends = endsKept(clip.ends, false, true);
  const recipe = `trim ${video.hash} ${first} ${frames}`;
  const read = () => clip.readFrom(first);
  return artifacts.writeClip(
    { width, height, fps, frames: frames - first, read, recipe, ends, ...(sound.length ? { sound } : {}) },
    (done) => onFrame(done / (frames - first)),
  );
}

async function glimpseOf(video: VideoValue, index: number, artifacts: Artifacts): Promise<Uint8ClampedArray> {
  for await (const frame of (await artifacts.clip(video)).readFrom(index))
    return (await resize(frame, GLIMPSE, GLIMPSE, async () => {})).data;
  throw new TypeError('The clip has no such frame.');
}
const unlike = (a: Uint8ClampedArray, b: Uint8ClampedArray): number =>
  a.reduce((sum, level, at) => sum + Math.abs(level - b[at]!), 0);
