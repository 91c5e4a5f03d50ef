/** Tables between sRGB bytes and linear light, the same bits on every machine. */
import type { Raster } from '../core/values.ts';
import { toLinear, toSrgb } from './colour.ts';

/** So fine that the darkest levels, where sRGB is steepest, are rounded to a tenth of one. */
export const LIGHT_STEPS = 16_383;

let tables: { readonly light: Float32Array; readonly bytes: Uint8Array } | undefined;

/** `light`: of each byte, 0…1. `bytes`: of each of `LIGHT_STEPS` + 1 amounts of light, darkest first. */
export function lightTables(): { readonly light: Float32Array; readonly bytes: Uint8Array } {
  tables ??= {
    light: Float32Array.from({ length: 256 }, (_, byte) => toLinear(byte / 255)),
    bytes: Uint8Array.from({ length: LIGHT_STEPS + 1 }, (_, step) =>
      Math.floor(toSrgb(step / LIGHT_STEPS) * 255 + 0.5),
    ),
  };
  return tables;
}

/** One picture over another of its size, as a lens would lay them; `share` of the second, 0…1. */
export function mixedInLight(a: Raster, b: Raster, share: number): Raster {
  const { light, bytes } = lightTables();
  const data = new Uint8ClampedArray(a.data.length);
  const mixed = (from: number, to: number) => from + (to - from) * share;
  for (let at = 0; at < data.length; at += 4) {
    for (let c = at; c < at + 3; c++)
      data[c] = bytes[Math.floor(mixed(light[a.data[c]!]!, light[b.data[c]!]!) * LIGHT_STEPS + 0.5)]!;
    data[at + 3] = Math.floor(mixed(a.data[at + 3]!, b.data[at + 3]!) + 0.5);
  }
  return { width: a.width, height: a.height, data };
}
