/** Pictures as video encoders take them and decoders give them. */
import type { Raster } from '../core/values.ts';
import { withBench } from './kernels.ts';

/**
 * Y, U and V of one picture, one behind the other: BT.709 in limited range, colour at half the size each way, rounded
 * up.
 */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * The planes of an opaque picture. `use` must be done with them when it returns: they lie in memory that is used again.
 */
export function withPlanes<T>({ width, height, data }: Raster, use: (planes: Planes) => T): Promise<T> {
  const colour = ((width + 1) >> 1) * ((height + 1) >> 1);
  const size = width * height + 2 * colour;
  return withBench((bench) => {
    const to = bench.alloc(size);
    bench.run.toPlanes(bench.put(data, 'bytes'), to, width, height);
    return use({ width, height, data: bench.bytes(to, size) as Uint8Array<ArrayBuffer> });
  });
}

/** Where the planes of a decoded picture lie in its bytes: Y, U, V; or Y and then U and V in turns. */
export type PlaneLayout = readonly { readonly offset: number; readonly stride: number }[];

/** The picture that such planes show. */
export function pictureOfPlanes({ width, height, data }: Planes, layout: PlaneLayout): Promise<Raster> {
  const [luma, u, v] = layout;
  if (!luma || !u) throw new TypeError('A picture needs planes of colour.');
  return withBench((bench) => {
    const from = bench.put(data, 'bytes');
    const size = width * height * 4;
    const to = bench.alloc(size);
    const [us, vs] = [from + u.offset, v ? from + v.offset : from + u.offset + 1];
    bench.run.fromPlanes(from + luma.offset, luma.stride, us, vs, u.stride, v ? 1 : 2, to, width, height);
    return { width, height, data: new Uint8ClampedArray(bench.bytes(to, size)) };
  });
}
