/** Textured pictures whose motion is known to the fraction of a pixel, and how near two pictures are. */
import { mix32 } from '../../src/core/random.ts';
import type { Raster } from '../../src/core/values.ts';

export interface DrawnScene {
  /** How far the ground has moved, in px, how much larger it is, and by how much it is turned, about the middle. */
  readonly x?: number;
  readonly y?: number;
  readonly zoom?: number;
  readonly angle?: number;
  readonly seed?: number;
  /** Another texture on top of it; its middle in px. */
  readonly disc?: { readonly x: number; readonly y: number; readonly radius: number };
}

/** A scene, four samples a pixel. */
export function drawnScene(width: number, height: number, scene: DrawnScene): Raster {
  const { x: shiftX = 0, y: shiftY = 0, zoom = 1, angle = 0, seed = 1, disc } = scene;
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    let [red, green, blue] = [0, 0, 0];
    for (const [dx, dy] of [
      [0.25, 0.25],
      [0.75, 0.25],
      [0.25, 0.75],
      [0.75, 0.75],
    ] as const) {
      const [px, py] = [x + dx, y + dy];
      const isDisc = disc && Math.hypot(px - disc.x, py - disc.y) < disc.radius;
      const [zx, zy] = [px - width / 2 - shiftX, py - height / 2 - shiftY];
      const [u, v] = isDisc
        ? [px - disc.x + 500, py - disc.y + 900]
        : [(zx * cosine + zy * sine) / zoom, (zy * cosine - zx * sine) / zoom];
      const level = textureAt(u, v, seed);
      red += isDisc ? 90 + level * 150 : level * 215;
      green += isDisc ? 40 + level * 120 : 20 + level * 200;
      blue += isDisc ? 30 + level * 60 : 40 + level * 170;
    }
    data.set([red / 4, green / 4, blue / 4, 255], at * 4);
  }
  return { width, height, data };
}

/** Smooth noise of four sizes, 0…1. */
function textureAt(x: number, y: number, seed: number): number {
  let [sum, weight] = [0, 0.5];
  for (const size of [40, 19, 9, 4.5]) {
    sum += weight * noiseAt(x / size, y / size, seed + size * 10);
    weight *= 0.62;
  }
  return Math.min(1, Math.max(0, (sum / 1.12 - 0.5) * 1.9 + 0.5));
}
function noiseAt(x: number, y: number, seed: number): number {
  const [jx, jy] = [Math.floor(x), Math.floor(y)];
  const [tx, ty] = [smooth(x - jx), smooth(y - jy)];
  const at = (i: number, j: number) =>
    mix32(Math.imul(i, 73_856_093) ^ Math.imul(j, 19_349_663) ^ (seed * 7919)) / 2 ** 32;
  const top = at(jx, jy) + (at(jx + 1, jy) - at(jx, jy)) * tx;
  const bottom = at(jx, jy + 1) + (at(jx + 1, jy + 1) - at(jx, jy + 1)) * tx;
  return top + (bottom - top) * ty;
}
const smooth = (t: number): number => t * t * (3 - 2 * t);

/** Peak signal-to-noise ratio over red, green and blue in dB, `border` px left out on each side. */
export function psnr(a: Raster, b: Raster, border = 0): number {
  let [sum, count] = [0, 0];
  for (let y = border; y < a.height - border; y++)
    for (let x = border; x < a.width - border; x++)
      for (let c = 0; c < 3; c++) {
        const at = (y * a.width + x) * 4 + c;
        sum += (a.data[at]! - b.data[at]!) ** 2;
        count++;
      }
  return sum === 0 ? Infinity : 10 * Math.log10(255 ** 2 / (sum / count));
}
