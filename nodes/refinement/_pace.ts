/** When the frames of a clip are shown at another speed, and what is shown in between. */
import type { Clip, Raster } from '../../src/core/node-api.ts';
import type { Breathe } from '../../src/raster/filters.ts';
import { exp2 } from '../../src/raster/math.ts';
import { mixed } from './_clips.ts';

/** Nearer to a frame than this, it is that frame: rounding makes no pictures. */
const EXACT = 1e-6;

/** How many times as fast a clip runs at a share of its length, 0…1. */
export type Speed = (share: number) => number;

/** Straight lines between points: 0 is a quarter of the speed, ½ unchanged, 1 four times. */
export function speedAlong(points: readonly (readonly [number, number])[]): Speed {
  return (share) => {
    const right = points.find(([x]) => x >= share) ?? points.at(-1)!;
    const left = points.findLast(([x]) => x < share) ?? right;
    const way = right[0] - left[0];
    const level = way > 0 ? left[1] + ((right[1] - left[1]) * (share - left[0])) / way : right[1];
    return exp2(4 * level - 2);
  };
}

/**
 * Which place of a clip each frame of the new one shows, in frames, rising; 1.5 lies between its second and its third.
 * As long as there is something to show, and one frame at least.
 */
export function placesAt(clip: Pick<Clip, 'frames' | 'fps'>, speed: Speed, fps: number): readonly number[] {
  const begins = [0];
  for (let frame = 0; frame < clip.frames; frame++)
    begins.push(begins[frame]! + 1 / speed((frame + 0.5) / clip.frames));
  const rate = fps / clip.fps;
  const count = Math.max(1, Math.floor(begins.at(-1)! * rate + 0.5));
  let frame = 0;
  return Array.from({ length: count }, (_, at) => {
    const time = at / rate;
    while (frame < clip.frames - 1 && begins[frame + 1]! <= time) frame++;
    const share = (time - begins[frame]!) / (begins[frame + 1]! - begins[frame]!);
    return Math.min(clip.frames - 1, frame + share);
  });
}

/** What is shown between two frames of a clip. */
export type Between = 'motion' | 'blend' | 'nearest';

/** What a clip shows at these places, which rise. Frames are never made across a cut: the nearer one is shown. */
export async function* shownAt(
  clip: Clip,
  places: readonly number[],
  between: Between,
  breathe: Breathe,
): AsyncGenerator<Raster> {
  const [{ FramesBetween }, { isCut }] = await Promise.all([
    import('../../src/raster/frames-between.ts'),
    import('../../src/raster/optical-flow.ts'),
  ]);
  const moving = between === 'nearest' ? undefined : new FramesBetween(clip);
  let before: Raster | undefined;
  let [index, made] = [0, 0];
  /** Number of the second frame of the pair whose motion is known, and whether a cut lies between them. */
  let [met, cut] = [-1, false];
  for await (const frame of clip.read()) {
    for (; made < places.length && places[made]! <= index + EXACT; made++) {
      const share = places[made]! - (index - 1);
      if (!before || share >= 1 - EXACT) {
        yield frame;
        continue;
      }
      if (moving && met !== index) {
        cut = isCut(await moving.meet(met === index - 1 ? 'the second before' : before, frame, breathe));
        met = index;
      }
      if (!moving || cut) yield share < 0.5 ? before : frame;
      else yield between === 'blend' ? mixed(before, frame, share) : await moving.at(share, breathe);
    }
    if (made === places.length) return;
    before = frame;
    index++;
  }
}
