/** Sky: gradient, sun or moon, stars, clouds, rays. */
import { across, chance, fbm4, fillRow, lane, noise4, NOISE_ROW, NOISE_SAMPLES, spread, strideFor } from './noise';
import { clamp01, colour, luma, mix, param, scale, smooth, withDepth } from './pixels';

/**
 * Fills rows y0…y1 from a table of one colour per row and adds the glow of the sun.
 * Block: sun x, y (px), disc radius, glow radius, glow strength, disc strength, sun r g b, stars 0…1, seed, horizon y, crescent,
 * and for stars, which stay where they are in the scene: scene pixels for one of the picture, offset x, offset y.
 */
export function sky(buffer: usize, width: i32, y0: i32, y1: i32, rows: usize, block: usize): void {
  const sunX = param(block, 0), sunY = param(block, 1), radius = param(block, 2), spread = param(block, 3);
  const glow = param(block, 4), disc = param(block, 5), stars = param(block, 9), horizon = param(block, 11), crescent = param(block, 12);
  const widen = param(block, 13), alongX = param(block, 14), alongY = param(block, 15);
  const sun = colour(block, 6);
  const seed = <i32>param(block, 10);
  const inverse: f32 = 1 / (spread * spread);
  const cell: f32 = max<f32>(6, <f32>width / 150);
  for (let y = y0; y < y1; y++) {
    const base = v128.load(rows + (<usize>y << 4));
    const dy = <f32>y - sunY;
    const steep = f32x4.splat(dy * dy * 1.25);
    const throughDisc = disc > 0 && abs<f32>(dy) < radius + 2;
    for (let x = 0; x < width; x += 4) {
      const dx4 = f32x4.sub(across(<f32>x), f32x4.splat(sunX));
      const d2 = scale(f32x4.add(f32x4.mul(dx4, dx4), steep), inverse);
      const wide = f32x4.div(f32x4.splat(1), f32x4.add(d2, f32x4.splat(1)));
      const tight = f32x4.div(f32x4.splat(1), f32x4.add(scale(d2, 14), f32x4.splat(1)));
      const glow4 = scale(f32x4.add(scale(f32x4.mul(wide, wide), 0.55), scale(f32x4.mul(tight, tight), 0.6)), glow);
      for (let i = 0; i < 4 && x + i < width; i++) {
        let c = f32x4.add(base, scale(sun, lane(glow4, i)));
        if (stars > 0) c = f32x4.add(c, f32x4.splat(starlight(<f32>(x + i) * widen + alongX, <f32>y * widen + alongY, cell, seed, horizon) * stars));
        const dx = lane(dx4, i);
        if (throughDisc && abs<f32>(dx) < radius + 2) {
          const distance = <f32>Math.sqrt(<f64>(dx * dx + dy * dy));
          let inside = clamp01(radius - distance + 0.5);
          if (crescent > 0) {
            const ex = dx - radius * crescent, ey = dy + radius * 0.25;
            inside *= clamp01(<f32>Math.sqrt(<f64>(ex * ex + ey * ey)) - radius + 0.5);
          }
          c = mix(c, scale(sun, disc), inside);
        }
        v128.store(buffer + (<usize>(y * width + x + i) << 4), withDepth(c, 1));
      }
    }
  }
}

function starlight(x: f32, y: f32, cell: f32, seed: i32, horizon: f32): f32 {
  if (y >= horizon) return 0;
  const cx = <i32>(x / cell), cy = <i32>(y / cell);
  const pick = chance(cx, cy, seed);
  if (pick < 0.4) return 0;
  const sx = (<f32>cx + 0.15 + 0.7 * chance(cx, cy, seed + 7)) * cell;
  const sy = (<f32>cy + 0.15 + 0.7 * chance(cx, cy, seed + 13)) * cell;
  // Magnitudes: many faint, few bright.
  const m = chance(cx, cy, seed + 29);
  const size: f32 = cell * (0.03 + 0.075 * m * m * m * m * m);
  const dx = x - sx, dy = y - sy;
  const fall: f32 = 1 - (dx * dx + dy * dy) / (size * size * 4);
  if (fall <= 0) return 0;
  return fall * fall * (0.12 + 1.1 * m * m * m) * smooth(0, 0.45, 1 - y / horizon);
}

/**
 * Cloud density and light at reduced size into `out` (pairs: density, light). `step` scene pixels per sample.
 * Block: seed, cover 0…1, scale, drift x, drift y, sun dx, sun dy, octaves, horizon y, flatness, and as the camera stands: scene
 * pixels for one of the picture, offset x, offset y.
 */
export function cloudField(out: usize, width: i32, height: i32, step: f32, block: usize): void {
  const seed = <i32>param(block, 0), cover = param(block, 1), size = param(block, 2), driftX = param(block, 3), driftY = param(block, 4);
  const sunX = param(block, 5), sunY = param(block, 6), octaves = <i32>param(block, 7), horizon = param(block, 8), flat = param(block, 9);
  const widen = param(block, 10), alongX = param(block, 11), alongY = param(block, 12);
  const low: f32 = 0.42 - cover * 0.72;
  for (let y = 0; y < height; y++) {
    const up: f32 = max<f32>(horizon - (<f32>y * step * widen + alongY), 0) / horizon;
    // Perspective of a flat deck of clouds: closer together towards the horizon.
    const far: f32 = 1 / (up * (1 - flat) + 0.16 + flat * 0.9);
    const v = f32x4.splat(far * size * (1.1 + flat * 2.2 * up) + driftY);
    const fade: f32 = smooth(0.0, 0.16, up);
    for (let x = 0; x < width; x += 4) {
      const inScene = f32x4.add(f32x4.mul(across(<f32>x), f32x4.splat(step * widen)), f32x4.splat(alongX));
      const px = f32x4.mul(f32x4.sub(inScene, f32x4.splat(horizon)), f32x4.splat(far * size * 0.55 / horizon));
      const u = f32x4.add(px, f32x4.splat(driftX));
      const warp = noise4(f32x4.mul(u, f32x4.splat(0.9)), f32x4.mul(v, f32x4.splat(1.7)), seed + 77);
      const wu = f32x4.add(u, scale(warp, 0.35));
      const vv = f32x4.add(f32x4.mul(v, f32x4.splat(1.9)), scale(warp, 0.3));
      const here = fbm4(wu, vv, octaves, seed);
      const lit = fbm4(f32x4.add(wu, f32x4.splat(sunX * 0.16)), f32x4.add(vv, f32x4.splat(sunY * 0.2)), max(2, octaves - 2), seed);
      for (let i = 0; i < 4 && x + i < width; i++) {
        const density = smooth(low, low + 0.42, lane(here, i)) * fade;
        const light = clamp01(0.55 + (lane(here, i) - lane(lit, i)) * 1.9);
        const at = out + (<usize>(y * width + x + i) << 3);
        store<f32>(at, density);
        store<f32>(at + 4, light);
      }
    }
  }
}

/** Lays a cloud field over rows 0…y1. Block: lit r g b, shadow r g b, opacity, sun x, sun y, glow radius, silver strength, sun r g b. */
export function clouds(buffer: usize, width: i32, y1: i32, field: usize, fieldWidth: i32, fieldHeight: i32, step: f32, block: usize): void {
  const bright = colour(block, 0), dark = colour(block, 3), sun = colour(block, 11);
  const opacity = param(block, 6), sunX = param(block, 7), sunY = param(block, 8), silver = param(block, 10);
  const inverse: f32 = 1 / (param(block, 9) * param(block, 9));
  const shrink: f32 = 1 / step;
  for (let y = 0; y < y1; y++) {
    const fy = min<f32>(<f32>y * shrink, <f32>(fieldHeight - 2));
    const iy = <i32>fy;
    const ty = min<f32>(1, fy - <f32>iy);
    for (let x = 0; x < width; x++) {
      const fx = min<f32>(<f32>x * shrink, <f32>(fieldWidth - 2));
      const ix = <i32>fx;
      const tx = min<f32>(1, fx - <f32>ix);
      const a = field + (<usize>(iy * fieldWidth + ix) << 3);
      const b = a + (<usize>fieldWidth << 3);
      const top = load<f32>(a) + (load<f32>(a + 8) - load<f32>(a)) * tx;
      const bottom = load<f32>(b) + (load<f32>(b + 8) - load<f32>(b)) * tx;
      const density = top + (bottom - top) * ty;
      if (density <= 0.003) continue;
      const topL = load<f32>(a + 4) + (load<f32>(a + 12) - load<f32>(a + 4)) * tx;
      const bottomL = load<f32>(b + 4) + (load<f32>(b + 12) - load<f32>(b + 4)) * tx;
      const light = topL + (bottomL - topL) * ty;
      const dx = <f32>x - sunX, dy = <f32>y - sunY;
      const near: f32 = 1 / (1 + (dx * dx + dy * dy) * inverse);
      let c = mix(dark, bright, light);
      // Thin edges near the sun shine through.
      c = f32x4.add(c, scale(sun, silver * near * near * (1 - density * 0.75)));
      const at = buffer + (<usize>(y * width + x) << 4);
      const under = v128.load(at);
      v128.store(at, withDepth(mix(under, c, density * opacity), 1));
    }
  }
}

/** Soft shafts of light from (x, y), added over rows y0…y1. Block: x, y, reach, strength, r g b, seed, drift. */
export function rays(buffer: usize, width: i32, y0: i32, y1: i32, block: usize): void {
  const sx = param(block, 0), sy = param(block, 1), reach = param(block, 2), strength = param(block, 3), drift = param(block, 8);
  const c = colour(block, 4);
  const seed = <i32>param(block, 7);
  for (let y = y0; y < y1; y++) {
    const dy = <f32>y - sy;
    // Far from their source rays are many pixels wide.
    const stride = strideFor(5.5 * 4 / 8 / max<f32>(1, abs<f32>(dy)));
    const into = stride == 1 ? NOISE_ROW : NOISE_SAMPLES;
    for (let x = 0, s = 0; x < width + stride; x += 4 * stride, s += 4) {
      const away = f32x4.sub(spread(x, stride), f32x4.splat(sx));
      const far = f32x4.sqrt(f32x4.add(f32x4.mul(away, away), f32x4.splat(dy * dy + 1)));
      // A direction is a point on the unit circle: noise there needs no angle.
      const u = scale(f32x4.div(away, far), 5.5);
      const v = f32x4.add(scale(f32x4.div(f32x4.splat(dy), far), 5.5), f32x4.splat(drift));
      v128.store(into + (<usize>s << 2), fbm4(u, v, 3, seed));
    }
    fillRow(width, stride);
    for (let x = 0; x < width; x += 4) {
      const dx = f32x4.sub(across(<f32>x), f32x4.splat(sx));
      const distance = f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.splat(dy * dy + 1)));
      const n = v128.load(NOISE_ROW + (<usize>x << 2));
      const fall = f32x4.pmax(f32x4.splat(0), f32x4.sub(f32x4.splat(1), scale(distance, 1 / reach)));
      const t = f32x4.pmin(f32x4.splat(1), f32x4.pmax(f32x4.splat(0), scale(f32x4.add(n, f32x4.splat(0.05)), 2)));
      const shafts = scale(f32x4.mul(f32x4.mul(f32x4.mul(t, t), f32x4.sub(f32x4.splat(3), scale(t, 2))), f32x4.mul(fall, fall)), strength);
      for (let i = 0; i < 4 && x + i < width; i++) {
        const shaft = lane(shafts, i);
        if (shaft <= 0) continue;
        const at = buffer + (<usize>(y * width + x + i) << 4);
        const under = v128.load(at);
        v128.store(at, f32x4.add(under, scale(c, shaft * (1 - 0.5 * clamp01(luma(under))))));
      }
    }
  }
}
