/** A frame so small that many can be compared with each other. */
import type { Raster } from '../core/values.ts';
import { withBench } from './kernels.ts';

const LONGEST = 48;

/** Means of its colours in a grid of at most 48 squares each way, four numbers each, 0…255. */
export const glimpse = (frame: Raster): Promise<Float32Array> =>
  withBench((bench) => {
    const factor = Math.min(Math.ceil(Math.max(frame.width, frame.height) / LONGEST), frame.width, frame.height);
    const [width, height] = [Math.floor(frame.width / factor), Math.floor(frame.height / factor)];
    const colours = bench.alloc(width * height * 16);
    bench.run.colours(bench.put(frame.data, 'bytes'), frame.width, factor, colours, width, height);
    return bench.floats(colours, width * height * 4).slice();
  });
