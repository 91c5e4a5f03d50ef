/** Frames moved, turned and enlarged as a whole, in linear light. */
import type { Raster } from '../core/values.ts';
import type { Breathe } from './filters.ts';
import { Bench } from './kernels.ts';
import { LIGHT_STEPS, lightTables } from './light.ts';
import type { Similarity } from './similarity.ts';

const BAND = 64;

/** Each frame with its pixels from where its look-up says; one without a look-up is left out. All are of one size. */
export async function* lookedUp(
  frames: AsyncIterable<Raster>,
  lookUps: readonly Similarity[],
  breathe: Breathe,
): AsyncGenerator<Raster> {
  // An instance of its own: its memory is needed from frame to frame.
  const bench = new Bench();
  const { light, bytes } = lightTables();
  const [lightAt, bytesAt] = [bench.put(light, 'floats'), bench.put(bytes, 'bytes')];
  const mark = bench.mark();
  let index = 0;
  for await (const { width, height, data } of frames) {
    const lookUp = lookUps[index++];
    if (!lookUp) return;
    bench.release(mark);
    const source = bench.put(data, 'bytes');
    const [pixels, band] = [bench.alloc(width * height * 16), bench.alloc(width * BAND * 16)];
    bench.run.linearise(source, pixels, width * height, lightAt);
    const { ax, ay, bx, by } = lookUp;
    for (let y = 0; y < height; y += BAND) {
      const end = Math.min(height, y + BAND);
      bench.run.similar(pixels, width, height, ax, ay, bx, by, y, end, band);
      bench.run.encode(band, source + y * width * 4, (end - y) * width, bytesAt, LIGHT_STEPS);
      await breathe(end / height);
    }
    yield { width, height, data: new Uint8ClampedArray(bench.bytes(source, width * height * 4)) };
  }
}
