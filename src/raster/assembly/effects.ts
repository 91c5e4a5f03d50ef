/** Light and air over the whole scene: water, mist, glow, bloom, depth of field, and the camera's finish. */
import { across, chance, chance4, fbm4, fillRow, lane, noise4, NOISE_ROW, NOISE_SAMPLES, spread, strideFor } from './noise';
import { clamp01, colour, depthOf, luma, mix, param, scale, smooth, withDepth } from './pixels';

/**
 * Water below row `top`: the picture above it mirrored, stretched and rippled, with the sun's path on it.
 * Block: seed, ripple 0…1, tint r g b, tint amount, sun x, sun r g b, sparkle, swing, bottom y, depth top, depth bottom, haze r g b, reach,
 * lift, and as the camera shows what is mirrored: growth, offset x, offset y. `rows`: for each row of the picture from `top`
 * the row of the scene there, and x there as x here · the second + the third; four numbers a row.
 * Swing and lift are the sine and one less the cosine of how far the waves have come: they close into a loop.
 * With a reach above 0 only what is nearer than it is mirrored; elsewhere the picture stays as it is.
 */
export function water(buffer: usize, width: i32, top: i32, bottom: i32, rows: usize, block: usize): void {
  const seed = <i32>param(block, 0), ripple = param(block, 1), tintAmount = param(block, 5), sunX = param(block, 6), sparkle = param(block, 10);
  const swing = param(block, 11), lift = param(block, 19), depthTop = param(block, 13), depthBottom = param(block, 14);
  const reach = param(block, 18), growth = param(block, 20), alongX = param(block, 21), alongY = param(block, 22);
  const first = load<f32>(rows);
  const tint = colour(block, 2), sun = colour(block, 7), haze = colour(block, 15);
  const span: f32 = max<f32>(1, param(block, 12) - first);
  for (let y = top; y < bottom; y++) {
    const line = rows + (<usize>(y - top) << 4);
    const widen = load<f32>(line, 4), along = load<f32>(line, 8);
    const below = load<f32>(line) - first + 0.5;
    const near = below / span;
    const far: f32 = 1 / (near + 0.035);
    const pv = f32x4.splat(far * 2.6);
    const stretch: f32 = 1.02 + near * 0.25;
    const push = ripple * (1.5 + near * span * 0.085);
    const facing = smooth(0, 1.1, near);
    const depth = depthTop + (depthBottom - depthTop) * near;
    // Near waves are many pixels long.
    const stride = strideFor(far * 2.1 / span * 4.5);
    const into = stride == 1 ? NOISE_ROW : NOISE_SAMPLES;
    for (let x = 0, s = 0; x < width + stride; x += 4 * stride, s += 4) {
      const pu = scale(f32x4.sub(f32x4.add(scale(spread(x, stride), widen), f32x4.splat(along)), f32x4.splat(<f32>width * 0.5)), far * 2.1 / span);
      const longU = f32x4.add(pu, f32x4.splat(lift * 0.3)), longV = f32x4.add(scale(pv, 3.1), f32x4.splat(swing * 0.5));
      const shortU = f32x4.sub(scale(pu, 4.5), f32x4.splat(lift * 0.4)), shortV = f32x4.sub(scale(pv, 11), f32x4.splat(swing * 0.6));
      const waves = f32x4.add(fbm4(longU, longV, 3, seed), scale(noise4(shortU, shortV, seed + 31), 0.3));
      v128.store(into + (<usize>s << 2), waves);
    }
    fillRow(width, stride);
    for (let x = 0; x < width; x += 4) {
      for (let i = 0; i < 4 && x + i < width; i++) {
        const n = load<f32>(NOISE_ROW + (<usize>(x + i) << 2));
        let sy = <i32>((first - below * stretch + n * push * 2.2) * growth + alongY);
        if (sy < 0) sy = -sy;
        sy = min(max(sy, 0), max(0, top - 1));
        const sx = min(max(<i32>((<f32>(x + i) * widen + along + n * push * 0.5) * growth + alongX), 0), width - 1);
        const mirrored = v128.load(buffer + (<usize>(sy * width + sx) << 4));
        if (reach > 0 && depthOf(mirrored) >= reach) continue;
        let c = mix(mirrored, tint, tintAmount * (0.25 + 0.75 * facing));
        c = scale(c, 0.93 + n * 0.22 * ripple);
        const dx: f32 = (<f32>(x + i) - sunX) / (<f32>width * (0.035 + near * 0.11));
        const path: f32 = 1 / (1 + dx * dx);
        const glint = smooth(0.12, 0.42, n + path * 0.12) * path * path;
        c = f32x4.add(c, scale(sun, sparkle * glint));
        c = mix(c, haze, 0.35 * (1 - smooth(0, 0.22, near)));
        v128.store(buffer + (<usize>(y * width + x + i) << 4), withDepth(c, depth));
      }
    }
  }
}

/** Mist between rows, thicker towards `bottom`. Block: r g b, density, seed, scale px, drift, rows that the camera has moved it up by. */
export function mist(buffer: usize, width: i32, top: i32, bottom: i32, block: usize): void {
  const c = colour(block, 0);
  const density = param(block, 3), size: f32 = 1 / param(block, 5), drift = param(block, 6), down = param(block, 7);
  const seed = <i32>param(block, 4);
  const span: f32 = 1 / max<f32>(1, <f32>(bottom - top));
  for (let y = top; y < bottom; y++) {
    const t = <f32>(y - top) * span;
    // Rises softly, pools, and ends softly.
    const band = smooth(0, 0.6, t) * (1 - smooth(0.72, 1, t)) * density;
    if (band <= 0) continue;
    const v = f32x4.splat((<f32>y + down) * size * 2.6);
    // Mist has no detail finer than a few pixels.
    for (let x = 0, s = 0; x < width + MIST; x += 4 * MIST, s += 4) {
      v128.store(NOISE_SAMPLES + (<usize>s << 2), fbm4(f32x4.add(scale(spread(x, MIST), size), f32x4.splat(drift)), v, 3, seed));
    }
    fillRow(width, MIST);
    for (let x = 0; x < width; x++) {
      const m = clamp01(band * (0.75 + load<f32>(NOISE_ROW + (<usize>x << 2)) * 0.9));
      const at = buffer + (<usize>(y * width + x) << 4);
      const under = v128.load(at);
      v128.store(at, withDepth(mix(under, c, m), depthOf(under)));
    }
  }
}
/** Pixels between samples of mist. */
const MIST: i32 = 8;

/** Adds a round soft light. Block: x, y, radius, strength, r g b, squash. */
export function glow(buffer: usize, width: i32, height: i32, block: usize): void {
  const cx = param(block, 0), cy = param(block, 1), radius = param(block, 2), strength = param(block, 3), squash = param(block, 7);
  const c = colour(block, 4);
  const reach = radius * 3;
  const x0 = max(0, <i32>(cx - reach)), x1 = min(width, <i32>(cx + reach) + 1);
  const y0 = max(0, <i32>(cy - reach / squash)), y1 = min(height, <i32>(cy + reach / squash) + 1);
  const inverse: f32 = 1 / (radius * radius);
  for (let y = y0; y < y1; y++) {
    const dy = (<f32>y - cy) * squash;
    for (let x = x0; x < x1; x++) {
      const dx = <f32>x - cx;
      const d2 = (dx * dx + dy * dy) * inverse;
      const fall: f32 = max<f32>(0, 1 / (1 + d2) - 0.1) * 1.11;
      const at = buffer + (<usize>(y * width + x) << 4);
      v128.store(at, f32x4.add(v128.load(at), scale(c, strength * fall * fall)));
    }
  }
}

/**
 * Falling streaks or flakes. Block: count per 1000 px², length px, slant, size px, strength, r g b, seed, time (turns), and
 * as the camera stands: growth, offset x, offset y.
 */
export function falling(buffer: usize, width: i32, height: i32, block: usize): void {
  const count = <i32>(param(block, 0) * <f32>width * <f32>height * 0.001);
  const length = param(block, 1), slant = param(block, 2), size = param(block, 3), strength = param(block, 4);
  const c = colour(block, 5);
  const seed = <i32>param(block, 8);
  const time = param(block, 9), growth = param(block, 10);
  for (let k = 0; k < count; k++) {
    const near: f32 = 0.35 + 0.65 * chance(k, 3, seed);
    const turns: f32 = <f32><i32>(near * 2.5 + 1);
    let fy = chance(k, 2, seed) + time * turns;
    fy -= <f32>Math.floor(<f64>fy);
    const y0 = fy * (<f32>height + length * 2) - length;
    const x0 = chance(k, 1, seed) * <f32>width * 1.2 - <f32>width * 0.1 + slant * (y0 - <f32>height * 0.5);
    const r = size * near * growth;
    const steps = max(1, <i32>(length * near * growth / max<f32>(0.7, r)));
    for (let s = 0; s < steps; s++) {
      const along: f32 = <f32>s / <f32>steps * length * near;
      const cx = (x0 + slant * along) * growth + param(block, 11), cy = (y0 + along) * growth + param(block, 12);
      const ix0 = max(0, <i32>(cx - r)), ix1 = min(width - 1, <i32>(cx + r + 1)), iy0 = max(0, <i32>(cy - r)), iy1 = min(height - 1, <i32>(cy + r + 1));
      for (let y = iy0; y <= iy1; y++)
        for (let x = ix0; x <= ix1; x++) {
          const dx = <f32>x - cx, dy = <f32>y - cy;
          const cover = clamp01(1 - (dx * dx + dy * dy) / (r * r + 0.5));
          if (cover <= 0) continue;
          const at = buffer + (<usize>(y * width + x) << 4);
          v128.store(at, f32x4.add(v128.load(at), scale(c, strength * near * cover)));
        }
    }
  }
}

/** Averages squares of `factor` pixels. `lift`: only what is brighter than this, for bloom. */
export function shrink(from: usize, width: i32, height: i32, to: usize, factor: i32, lift: f32): void {
  const w = width / factor, h = height / factor;
  const inverse: f32 = 1 / <f32>(factor * factor);
  const floor = f32x4.splat(lift);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      let sum = f32x4.splat(0);
      for (let j = 0; j < factor; j++) {
        const line = from + (<usize>((y * factor + j) * width + x * factor) << 4);
        for (let i = 0; i < factor; i++) sum = f32x4.add(sum, v128.load(line + (<usize>i << 4)));
      }
      let c = scale(sum, inverse);
      if (lift > 0) c = f32x4.min(f32x4.max(f32x4.sub(c, floor), f32x4.splat(0)), f32x4.splat(6));
      v128.store(to + (<usize>(y * w + x) << 4), c);
    }
}

/** Three box blurs of four channels at once. `scratch` is as large as the picture. Edges repeat. */
export function blur(buffer: usize, width: i32, height: i32, radius: i32, scratch: usize): void {
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) box(buffer + (<usize>(y * width) << 4), scratch + (<usize>(y * width) << 4), width, 16, radius);
    for (let x = 0; x < width; x++) box(scratch + (<usize>x << 4), buffer + (<usize>x << 4), height, <usize>width << 4, radius);
  }
}
function box(from: usize, to: usize, count: i32, stride: usize, radius: i32): void {
  const inverse = f32x4.splat(1 / <f32>(radius * 2 + 1));
  const end = count - 1;
  let sum = f32x4.splat(0);
  for (let i = -radius; i <= radius; i++) sum = f32x4.add(sum, v128.load(from + <usize>min(max(i, 0), end) * stride));
  for (let i = 0; i < count; i++) {
    v128.store(to + <usize>i * stride, f32x4.mul(sum, inverse));
    sum = f32x4.add(sum, v128.load(from + <usize>min(i + radius + 1, end) * stride));
    sum = f32x4.sub(sum, v128.load(from + <usize>max(i - radius, 0) * stride));
  }
}

/** One row of a small picture at height `fy`, into `line`: what lies between two of its rows. */
function rowOfSmall(small: usize, w: i32, h: i32, fy: f32, line: usize): void {
  const cy = max<f32>(0, min<f32>(fy, <f32>(h - 1)));
  const iy = min(<i32>cy, max(0, h - 2));
  const a = small + (<usize>(iy * w) << 4);
  const b = h > 1 ? a + (<usize>w << 4) : a;
  const t = cy - <f32>iy;
  for (let x = 0; x < w; x++) v128.store(line + (<usize>x << 4), mix(v128.load(a + (<usize>x << 4)), v128.load(b + (<usize>x << 4)), t));
}
@inline function sampleLine(line: usize, w: i32, fx: f32): v128 {
  const cx = max<f32>(0, min<f32>(fx, <f32>(w - 1)));
  const ix = min(<i32>cx, max(0, w - 2));
  const a = line + (<usize>ix << 4);
  return mix(v128.load(a), v128.load(a + 16), cx - <f32>ix);
}

/** Adds a small blurred picture back: bloom and halation. Depth is kept. `line`: scratch for one of its rows. */
export function addSmall(buffer: usize, width: i32, height: i32, small: usize, factor: i32, line: usize, r: f32, g: f32, b: f32): void {
  const w = width / factor, h = height / factor;
  const weight = f32x4(r, g, b, 0);
  const inverse: f32 = 1 / <f32>factor;
  for (let y = 0; y < height; y++) {
    rowOfSmall(small, w, h, (<f32>y + 0.5) * inverse - 0.5, line);
    for (let x = 0; x < width; x++) {
      const at = buffer + (<usize>(y * width + x) << 4);
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(sampleLine(line, w, (<f32>x + 0.5) * inverse - 0.5), weight)));
    }
  }
}

/** Mixes towards two blurred copies (half and eighth size) by distance from the focal plane. `line`: scratch for a row of each. */
export function focus(buffer: usize, width: i32, height: i32, soft: usize, softer: usize, line: usize, plane: f32, range: f32, amount: f32): void {
  const w2 = width / 2, h2 = height / 2, w8 = width / 8, h8 = height / 8;
  const softerLine = line + (<usize>(w2 + 1) << 4);
  for (let y = 0; y < height; y++) {
    rowOfSmall(soft, w2, h2, (<f32>y + 0.5) * 0.5 - 0.5, line);
    rowOfSmall(softer, w8, h8, (<f32>y + 0.5) * 0.125 - 0.5, softerLine);
    for (let x = 0; x < width; x++) {
      const at = buffer + (<usize>(y * width + x) << 4);
      const c = v128.load(at);
      const depth = depthOf(c);
      const out = clamp01((abs<f32>(depth - plane) - range) * amount);
      if (out <= 0.01) continue;
      const a = sampleLine(line, w2, (<f32>x + 0.5) * 0.5 - 0.5);
      const b = sampleLine(softerLine, w8, (<f32>x + 0.5) * 0.125 - 0.5);
      const blurred = mix(a, b, smooth(0.25, 0.9, out));
      v128.store(at, withDepth(mix(c, blurred, smooth(0, 0.3, out)), depth));
    }
  }
}

/**
 * Scene light to sRGB bytes: exposure, filmic curve, saturation, split tones, contrast, vignette, grain, dither.
 * Block: exposure, saturation, contrast, vignette, grain, shadow tint r g b, highlight tint r g b, tint amount, seed, fade (raised blacks), harshness.
 * `curve` maps √(linear) in 4096 steps to an sRGB value 0…255 as f32.
 */
export function finish(buffer: usize, width: i32, y0: i32, y1: i32, height: i32, out: usize, curve: usize, block: usize): void {
  const exposure = param(block, 0), saturation = param(block, 1), contrast = param(block, 2), vignette = param(block, 3), grain = param(block, 4);
  const tint = param(block, 11), fade = param(block, 13), harsh = param(block, 14);
  const seed = <i32>param(block, 12);
  const cx: f32 = <f32>width * 0.5, cy: f32 = <f32>height * 0.5;
  const corner: f32 = 1 / (cx * cx + cy * cy);
  for (let y = y0; y < y1; y++) {
    const dy = f32x4.splat(<f32>y - cy);
    // Four pixels at once, one vector a channel. Past the end of a row the extra lanes are made and not stored.
    for (let x = 0; x < width; x += 4) {
      const from = buffer + (<usize>(y * width + x) << 4);
      const p0 = v128.load(from), p1 = v128.load(from, 16), p2 = v128.load(from, 32), p3 = v128.load(from, 48);
      const rg0 = v128.shuffle<f32>(p0, p1, 0, 4, 1, 5), rg1 = v128.shuffle<f32>(p2, p3, 0, 4, 1, 5);
      const bd0 = v128.shuffle<f32>(p0, p1, 2, 6, 3, 7), bd1 = v128.shuffle<f32>(p2, p3, 2, 6, 3, 7);
      const dx = f32x4.sub(across(<f32>x), f32x4.splat(cx));
      const d2 = scale(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), corner);
      const shade = f32x4.sub(f32x4.splat(1), f32x4.mul(scale(d2, vignette), f32x4.add(f32x4.splat(0.35), scale(d2, 0.65))));
      let r = filmic(f32x4.mul(notNegative(scale(v128.shuffle<f32>(rg0, rg1, 0, 1, 4, 5), exposure)), shade));
      let g = filmic(f32x4.mul(notNegative(scale(v128.shuffle<f32>(rg0, rg1, 2, 3, 6, 7), exposure)), shade));
      let b = filmic(f32x4.mul(notNegative(scale(v128.shuffle<f32>(bd0, bd1, 0, 1, 4, 5), exposure)), shade));
      const l = f32x4.add(f32x4.add(scale(r, 0.2126), scale(g, 0.7152)), scale(b, 0.0722));
      r = f32x4.add(l, scale(f32x4.sub(r, l), saturation));
      g = f32x4.add(l, scale(f32x4.sub(g, l), saturation));
      b = f32x4.add(l, scale(f32x4.sub(b, l), saturation));
      if (tint > 0) {
        const t = f32x4.pmin(f32x4.splat(1), notNegative(scale(l, 1.6)));
        r = toned(r, param(block, 5), param(block, 8), t, tint);
        g = toned(g, param(block, 6), param(block, 9), t, tint);
        b = toned(b, param(block, 7), param(block, 10), t, tint);
      }
      const cells = i32x4.add(i32x4.splat(x), i32x4(0, 1, 2, 3));
      const fine = f32x4.sub(f32x4.add(chance4(cells, y, seed), chance4(cells, y, seed + 71)), f32x4.splat(1));
      const coarse = f32x4.sub(chance4(i32x4.shr_s(cells, 1), y >> 1, seed + 143), f32x4.splat(0.5));
      const mid = f32x4.sub(f32x4.splat(1), f32x4.abs(f32x4.sub(l, f32x4.splat(0.35))));
      const noise = f32x4.mul(scale(f32x4.add(scale(fine, 0.7), scale(coarse, 0.6)), grain), f32x4.pmax(f32x4.splat(0.2), mid));
      const dither = f32x4.sub(chance4(cells, y, seed + 211), f32x4.splat(0.5));
      r = printed(r, contrast, harsh, fade, noise);
      g = printed(g, contrast, harsh, fade, noise);
      b = printed(b, contrast, harsh, fade, noise);
      const redGreen = v128.or(coded(curve, r, dither), i32x4.shl(coded(curve, g, dither), 8));
      const blueOpaque = v128.or(i32x4.shl(coded(curve, b, dither), 16), i32x4.splat(0xff000000));
      const bytes = v128.or(redGreen, blueOpaque);
      const at = out + (<usize>(y * width + x) << 2);
      if (x + 4 <= width) v128.store(at, bytes);
      else {
        store<u32>(at, i32x4.extract_lane(bytes, 0));
        if (x + 1 < width) store<u32>(at, i32x4.extract_lane(bytes, 1), 4);
        if (x + 2 < width) store<u32>(at, i32x4.extract_lane(bytes, 2), 8);
      }
    }
  }
}
@inline function notNegative(v: v128): v128 {
  return f32x4.pmax(v, f32x4.splat(0));
}
/** Filmic curve after Narkowicz (2015), an approximation of the ACES reference tone map. */
@inline function filmic(c: v128): v128 {
  const up = f32x4.mul(c, f32x4.add(scale(c, 2.51), f32x4.splat(0.03)));
  const down = f32x4.add(f32x4.mul(c, f32x4.add(scale(c, 2.43), f32x4.splat(0.59))), f32x4.splat(0.14));
  return f32x4.pmin(f32x4.div(up, down), f32x4.splat(1));
}
@inline function toned(c: v128, low: f32, high: f32, t: v128, tint: f32): v128 {
  const tone = f32x4.mul(c, f32x4.add(f32x4.splat(low), f32x4.mul(f32x4.splat(high - low), t)));
  return f32x4.add(c, scale(f32x4.sub(tone, c), tint));
}
/** One channel in the perceptual (square-root) domain: contrast about middle grey, posterised when harsh, faded, with grain. */
@inline function printed(c: v128, contrast: f32, harsh: f32, fade: f32, noise: v128): v128 {
  let root = f32x4.pmin(f32x4.sqrt(notNegative(c)), f32x4.splat(1));
  root = f32x4.add(f32x4.splat(0.44), scale(f32x4.sub(root, f32x4.splat(0.44)), contrast));
  if (harsh > 0) {
    const stepped = scale(f32x4.floor(f32x4.add(scale(root, 9), f32x4.splat(0.5))), 1.0 / 9.0);
    root = f32x4.add(root, scale(f32x4.sub(stepped, root), harsh));
  }
  root = f32x4.add(f32x4.splat(fade), scale(root, 1 - fade));
  return f32x4.pmin(notNegative(f32x4.add(root, noise)), f32x4.splat(1));
}
/** Four roots in 0…1 to sRGB bytes in 32 bits each, by the curve's table and with dither. */
@inline function coded(curve: usize, root: v128, dither: v128): v128 {
  const index = i32x4.shl(i32x4.trunc_sat_f32x4_s(scale(root, 4095)), 2);
  const value = f32x4.add(f32x4.add(f32x4(
    load<f32>(curve + <usize>i32x4.extract_lane(index, 0)),
    load<f32>(curve + <usize>i32x4.extract_lane(index, 1)),
    load<f32>(curve + <usize>i32x4.extract_lane(index, 2)),
    load<f32>(curve + <usize>i32x4.extract_lane(index, 3)),
  ), dither), f32x4.splat(0.5));
  return i32x4.trunc_sat_f32x4_s(f32x4.pmin(notNegative(value), f32x4.splat(255)));
}

/** The scene's depth as bytes, 0 near … 255 far, every `factor` pixels. */
export function depthBytes(buffer: usize, width: i32, height: i32, factor: i32, out: usize): void {
  const w = width / factor, h = height / factor;
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const d = depthOf(v128.load(buffer + (<usize>(y * factor * width + x * factor) << 4)));
      store<u8>(out + <usize>(y * w + x), <u8><i32>(clamp01(d) * 255 + 0.5));
    }
}

/** The scene turned about its middle, clockwise, from one buffer to another; between four pixels what lies between them. */
export function turn(from: usize, to: usize, width: i32, height: i32, sine: f32, cosine: f32): void {
  const cx: f32 = <f32>(width - 1) * 0.5, cy: f32 = <f32>(height - 1) * 0.5;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const dx = <f32>x - cx, dy = <f32>y - cy;
      const fx = max<f32>(0, min<f32>(dx * cosine + dy * sine + cx, <f32>width - 1.001));
      const fy = max<f32>(0, min<f32>(dy * cosine - dx * sine + cy, <f32>height - 1.001));
      const ix = <i32>fx, iy = <i32>fy;
      const a = from + (<usize>(iy * width + ix) << 4);
      const b = a + (<usize>width << 4);
      const top = mix(v128.load(a), v128.load(a, 16), fx - <f32>ix), bottom = mix(v128.load(b), v128.load(b, 16), fx - <f32>ix);
      v128.store(to + (<usize>(y * width + x) << 4), mix(top, bottom, fy - <f32>iy));
    }
}

/** How many of `count` pixels are the same in two scenes, from the first on, or with `back` 1 from the last. */
export function sameFor(a: usize, b: usize, count: i32, back: i32): i32 {
  for (let i = 0; i < count; i++) {
    const at = <usize>(back ? count - 1 - i : i) << 4;
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return i;
  }
  return count;
}
