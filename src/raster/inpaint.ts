/** Painting what a picture does not show from what it shows. */
import type { Raster } from '../core/values.ts';
import { pushPull } from './push-pull.ts';

/**
 * The picture's colours, three bytes a pixel, with the `wanted` pixels made up from the `known` ones. What is neither
 * may hold anything.
 */
export function inpaint({ width, height, data }: Raster, known: Uint8Array, wanted: Uint8Array): Uint8Array {
  const light = new Float32Array(width * height * 3);
  const weight = new Float32Array(width * height);
  for (let at = 0; at < weight.length; at++) {
    if (!known[at]) continue;
    weight[at] = 1;
    for (let c = 0; c < 3; c++) light[at * 3 + c] = data[at * 4 + c]!;
  }
  void wanted;
  return Uint8Array.from(pushPull({ width, height, channels: 3, data: light, weight }), (v) => Math.floor(v + 0.5));
}
