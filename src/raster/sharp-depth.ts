/** Depth for every pixel of a picture, with edges where the picture has them. */
import type { DepthMap, Raster } from '../core/values.ts';
import { JUMP } from './depth-cuts.ts';
import { clamp } from './math.ts';

/**
 * Nearness (0 = farthest … 1 = nearest) for each pixel. Within a surface depth is interpolated; at an edge a pixel takes
 * that of the neighbour whose colour it has, so that the edge stays one.
 */
export function sharpNearness({ width, height, data }: Raster, depth: DepthMap): Float32Array {
  const nearness = new Float32Array(width * height);
  const colourOf = new Float32Array(depth.width * depth.height * 3);
  for (let v = 0; v < depth.height; v++) {
    for (let u = 0; u < depth.width; u++) {
      const x = Math.min(width - 1, Math.floor(((u + 0.5) * width) / depth.width));
      const y = Math.min(height - 1, Math.floor(((v + 0.5) * height) / depth.height));
      for (let c = 0; c < 3; c++) colourOf[(v * depth.width + u) * 3 + c] = data[(y * width + x) * 4 + c]!;
    }
  }
  for (let y = 0; y < height; y++) {
    const fy = clamp(((y + 0.5) * depth.height) / height - 0.5, 0, depth.height - 1);
    const v0 = Math.floor(fy);
    const v1 = Math.min(depth.height - 1, v0 + 1);
    for (let x = 0; x < width; x++) {
      const fx = clamp(((x + 0.5) * depth.width) / width - 0.5, 0, depth.width - 1);
      const u0 = Math.floor(fx);
      const u1 = Math.min(depth.width - 1, u0 + 1);
      const [tx, ty] = [fx - u0, fy - v0];
      const places = [v0 * depth.width + u0, v0 * depth.width + u1, v1 * depth.width + u0, v1 * depth.width + u1];
      const [a, b, c, d] = [
        depth.data[places[0]!]!,
        depth.data[places[1]!]!,
        depth.data[places[2]!]!,
        depth.data[places[3]!]!,
      ];
      let far = a + (b - a) * tx + (c + (d - c) * tx - a - (b - a) * tx) * ty;
      if (Math.max(a, b, c, d) - Math.min(a, b, c, d) > JUMP * 255) {
        let least = Infinity;
        for (let k = 0; k < 4; k++) {
          const [dx, dy] = [k & 1 ? 1 - tx : tx, k & 2 ? 1 - ty : ty];
          let unlike = (dx * dx + dy * dy) * 400;
          for (let channel = 0; channel < 3; channel++) {
            const off = data[(y * width + x) * 4 + channel]! - colourOf[places[k]! * 3 + channel]!;
            unlike += off * off;
          }
          if (unlike >= least) continue;
          least = unlike;
          far = depth.data[places[k]!]!;
        }
      }
      nearness[y * width + x] = 1 - far / 255;
    }
  }
  return nearness;
}
