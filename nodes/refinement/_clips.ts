/** Frames on their way from one clip into another. */
import type { Clip, Raster, StoredClip } from '../../src/core/node-api.ts';
import type { Breathe } from '../../src/raster/filters.ts';

/** The frames of a clip at another rate, from one of them on: the nearest one in time, none made up. */
export async function* atRate(clip: StoredClip, fps: number, from = 0): AsyncGenerator<Raster> {
  const frames = framesAtRate(clip, fps);
  const nearest = (place: number) => Math.min(clip.frames - 1, Math.floor((place * clip.fps) / fps + 0.5));
  let made = from;
  let index = nearest(from);
  for await (const frame of clip.readFrom(index)) {
    while (made < frames && nearest(made) === index) {
      yield frame;
      made++;
    }
    index++;
  }
}
export const framesAtRate = ({ frames, fps }: Pick<Clip, 'frames' | 'fps'>, wanted: number): number =>
  Math.max(1, Math.round((frames * wanted) / fps));

/** A frame that fills another size: scaled until it covers, its middle kept. */
export async function covering(frame: Raster, width: number, height: number, breathe: Breathe): Promise<Raster> {
  if (frame.width === width && frame.height === height) return frame;
  const { cover } = await import('../../src/raster/filters.ts');
  return cover(frame, width, height, breathe);
}

/** One frame over another; `share` of the second, 0…1. */
export function mixed(a: Raster, b: Raster, share: number): Raster {
  const data = new Uint8ClampedArray(a.data.length);
  const weight = Math.floor(share * 256 + 0.5);
  for (let at = 0; at < data.length; at++) data[at] = (a.data[at]! * (256 - weight) + b.data[at]! * weight + 128) >> 8;
  return { width: a.width, height: a.height, data };
}

/** So many numbers of frames at most, evenly from the first to the last. */
export function evenFrames(frames: number, wanted: number): readonly number[] {
  const count = Math.min(frames, wanted);
  return Array.from({ length: count }, (_, at) =>
    count === 1 ? 0 : Math.floor((at * (frames - 1)) / (count - 1) + 0.5),
  );
}
