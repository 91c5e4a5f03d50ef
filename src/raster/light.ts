/** Tables between sRGB bytes and linear light, the same bits on every machine. */
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
