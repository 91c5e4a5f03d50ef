/** A camera's way from one picture into another: it moves through the first, and comes to rest in the last. */
import type { CameraPose, DepthLayer, Raster } from '../core/values.ts';
import { LIGHT_STEPS, lightTables } from './light.ts';
import { clamp } from './math.ts';
import { moveThrough } from './move-through.ts';

export interface Passed {
  readonly layers: readonly DepthLayer[];
  /** Of the whole clip, frame by frame. */
  readonly exposures: readonly (readonly CameraPose[])[];
}

/**
 * As many frames as there are exposures. In the middle third, in linear light, the first picture gives way to the last
 * while both move; the last frame is `picture`, byte for byte. `picture` has the size of the frame.
 */
export async function* moveBetween(first: Passed, last: Passed & { readonly picture: Raster }): AsyncGenerator<Raster> {
  const { width, height } = last.picture;
  const end = first.exposures.length - 1;
  const shares = Array.from({ length: end }, (_, frame) => shareAt(frame / end));
  const alone = shares.filter((share) => share === 0).length;
  const leaving = moveThrough(first.layers, width, height, first.exposures.slice(0, end));
  const coming = moveThrough(last.layers, width, height, last.exposures.slice(alone, end));
  for (const share of shares) {
    const from = share < 1 ? await nextOf(leaving) : undefined;
    const to = share > 0 ? await nextOf(coming) : undefined;
    yield from && to ? dissolved(from, to, share) : (from ?? to)!;
  }
  yield last.picture;
}

/** How much of the last picture is seen at `t`, 0…1. */
function shareAt(t: number): number {
  const k = clamp(t * 3 - 1);
  return k * k * (3 - 2 * k);
}

const nextOf = async (frames: AsyncGenerator<Raster>): Promise<Raster> => (await frames.next()).value as Raster;

function dissolved(a: Raster, b: Raster, share: number): Raster {
  const { light, bytes } = lightTables();
  const data = new Uint8ClampedArray(a.data.length).fill(255);
  for (let at = 0; at < data.length; at++) {
    if (at % 4 === 3) continue;
    const [from, to] = [light[a.data[at]!]!, light[b.data[at]!]!];
    data[at] = bytes[Math.floor((from + (to - from) * share) * LIGHT_STEPS + 0.5)]!;
  }
  return { width: a.width, height: a.height, data };
}
