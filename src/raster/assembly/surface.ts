/** What surfaces look like close by: wood, marble, ground, rock, bricks. */
import { fbm4, noise4, ridged4 } from './noise';
import { clamp01, scale } from './pixels';

/**
 * Surface variation in about −1…1. Kinds: 1 soft, 2 wood, 3 marble, 4 brushed, 5 ground in perspective, 6 rock, 7 weave,
 * 8 foliage, 9 dunes, 10 boards, 11 bricks.
 */
export function textureAt(kind: i32, x: v128, y: f32, size: f32, octaves: i32, seed: i32, horizon: f32, lx: f32, ly: f32): v128 {
  const u = scale(x, size);
  const v = f32x4.splat(y * size);
  switch (kind) {
    case 2: {
      const grain = noise4(scale(u, 0.35), scale(v, 6), seed);
      return f32x4.add(scale(grain, 0.6), scale(noise4(scale(u, 1.2), scale(v, 22), seed + 5), 0.45));
    }
    case 3: {
      const warp = fbm4(u, v, octaves, seed);
      const vein = f32x4.abs(noise4(f32x4.add(u, scale(warp, 1.8)), f32x4.add(scale(v, 1.3), scale(warp, 1.1)), seed + 9));
      return f32x4.sub(f32x4.min(scale(vein, 3.2), f32x4.splat(0.6)), f32x4.splat(0.45));
    }
    case 4:
      return scale(noise4(scale(u, 0.6), scale(v, 40), seed), 0.8);
    case 5:
    case 9:
    case 10: {
      const below: f32 = max<f32>(0.5, y - horizon);
      const far: f32 = 1 / below;
      const pu = scale(f32x4.sub(x, f32x4.splat(horizon)), far * 1.4);
      const pv = f32x4.splat(far * horizon * 1.8);
      if (kind == 9) {
        const warp = noise4(scale(pu, 0.7), scale(pv, 0.5), seed + 3);
        const ripple = ridged4(f32x4.add(scale(pu, 1.1), warp), f32x4.add(scale(pv, 3.4), scale(warp, 1.6)), octaves, seed);
        return f32x4.sub(scale(ripple, 1.7), f32x4.splat(1.05));
      }
      if (kind == 10) {
        const run = scale(pu, 2.4);
        const seam = f32x4.sub(run, f32x4.floor(run));
        const gap = f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.splat(1), scale(f32x4.min(seam, f32x4.sub(f32x4.splat(1), seam)), 34)));
        const tone = noise4(f32x4.add(f32x4.floor(run), f32x4.splat(0.5)), scale(pv, 0.15), seed);
        return f32x4.sub(f32x4.add(scale(tone, 0.5), scale(noise4(scale(pu, 16), scale(pv, 0.8), seed + 4), 0.3)), scale(gap, 0.8));
      }
      // Detail finer than a pixel fades out instead of shimmering.
      const fade: f32 = clamp01(below * 0.012 + 0.12);
      const broad = fbm4(scale(pu, 2.2), scale(pv, 2.2), 2, seed + 21);
      return f32x4.add(scale(broad, 0.7), scale(fbm4(scale(pu, 15), scale(pv, 15), octaves, seed), fade * 1.2));
    }
    case 6: {
      // Relief lit from the key side: the slope of ridged noise along the light.
      const here = ridged4(u, scale(v, 0.8), octaves, seed);
      const there = ridged4(f32x4.add(u, f32x4.splat(lx * 0.09)), f32x4.add(scale(v, 0.8), f32x4.splat(ly * 0.09)), octaves, seed);
      return scale(f32x4.sub(here, there), 4.2);
    }
    case 7: {
      const a = f32x4.sub(scale(u, 9), f32x4.floor(scale(u, 9)));
      const b = f32x4.sub(scale(v, 9), f32x4.floor(scale(v, 9)));
      return f32x4.add(scale(f32x4.abs(f32x4.sub(a, b)), 0.5), scale(noise4(u, v, seed), 0.4));
    }
    case 8: {
      const clump = fbm4(u, v, octaves, seed);
      const light = fbm4(f32x4.add(u, f32x4.splat(lx * 0.22)), f32x4.add(v, f32x4.splat(ly * 0.22)), octaves, seed);
      return f32x4.add(scale(clump, 0.5), scale(f32x4.sub(clump, light), 1.8));
    }
    case 11: {
      const row = f32x4.floor(scale(v, 3));
      const shift = scale(f32x4.sub(row, scale(f32x4.floor(scale(row, 0.5)), 2)), 0.5);
      const along = f32x4.add(scale(u, 1.4), shift);
      const fx = f32x4.sub(along, f32x4.floor(along));
      const fy = f32x4.sub(scale(v, 3), row);
      const joint = f32x4.min(f32x4.min(fx, f32x4.sub(f32x4.splat(1), fx)), scale(f32x4.min(fy, f32x4.sub(f32x4.splat(1), fy)), 0.5));
      const mortar = f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.splat(1), scale(joint, 18)));
      return f32x4.sub(scale(noise4(f32x4.add(f32x4.floor(along), f32x4.splat(0.37)), f32x4.add(row, f32x4.splat(0.61)), seed), 0.9), scale(mortar, 0.5));
    }
    default:
      return fbm4(u, v, octaves, seed);
  }
}
