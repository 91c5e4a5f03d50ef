/** Filters on finished pictures: RGBA bytes in, RGBA bytes out; inside, one v128 a pixel. */
import { chance, noise4 } from './noise';
import { clamp01, smooth } from './pixels';

@inline function unpack(at: usize): v128 {
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))));
}
@inline function pack(at: usize, c: v128): void {
  const rounded = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.min(f32x4.max(c, f32x4.splat(0)), f32x4.splat(255)), f32x4.splat(0.5)));
  const narrow = i16x8.narrow_i32x4_s(rounded, rounded);
  v128.store32_lane(at, i8x16.narrow_i16x8_u(narrow, narrow), 0);
}

/**
 * One pass of a separable resize along x, written transposed, so that two passes give the picture upright.
 * `taps` holds for each output position: start (i32), then `count` weights (f32) that sum to 1.
 */
export function resizeLines(from: usize, width: i32, height: i32, to: usize, outWidth: i32, taps: usize, count: i32): void {
  const stride = <usize>(count + 1) << 2;
  const row = <usize>width << 4;
  let y = 0;
  // Four source rows at a time share each weight; four results fill one cache line of the transposed picture.
  for (; y + 4 <= height; y += 4) {
    const rows = from + <usize>y * row;
    for (let x = 0; x < outWidth; x++) {
      const tap = taps + <usize>x * stride;
      let at = rows + (<usize>load<i32>(tap) << 4);
      let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
      for (let k = 0; k < count; k++) {
        const w = v128.load32_splat(tap + 4 + (<usize>k << 2));
        a = f32x4.add(a, f32x4.mul(w, v128.load(at)));
        b = f32x4.add(b, f32x4.mul(w, v128.load(at + row)));
        c = f32x4.add(c, f32x4.mul(w, v128.load(at + 2 * row)));
        d = f32x4.add(d, f32x4.mul(w, v128.load(at + 3 * row)));
        at += 16;
      }
      const out = to + (<usize>(x * height + y) << 4);
      v128.store(out, a);
      v128.store(out, b, 16);
      v128.store(out, c, 32);
      v128.store(out, d, 48);
    }
  }
  for (; y < height; y++) {
    const line = from + <usize>y * row;
    for (let x = 0; x < outWidth; x++) {
      const tap = taps + <usize>x * stride;
      const start = line + (<usize>load<i32>(tap) << 4);
      let a = f32x4.splat(0);
      for (let k = 0; k < count; k++) a = f32x4.add(a, f32x4.mul(v128.load32_splat(tap + 4 + (<usize>k << 2)), v128.load(start + (<usize>k << 4))));
      v128.store(to + (<usize>(x * height + y) << 4), a);
    }
  }
}

/** Bytes to floats, colour multiplied by coverage so that transparent pixels do not bleed. */
export function premultiply(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const c = unpack(from + (<usize>i << 2));
    const alpha = f32x4.extract_lane(c, 3);
    v128.store(to + (<usize>i << 4), alpha == 255 ? c : f32x4.mul(c, f32x4(alpha / 255, alpha / 255, alpha / 255, 1)));
  }
}
export function unpremultiply(from: usize, to: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    let c = v128.load(from + (<usize>i << 4));
    const alpha = f32x4.extract_lane(c, 3);
    if (alpha < 254.5 && alpha > 0.5) c = f32x4.mul(c, f32x4(255 / alpha, 255 / alpha, 255 / alpha, 1));
    pack(to + (<usize>i << 2), c);
  }
}

/** sRGB bytes to linear light 0…1, multiplied by coverage; coverage itself is linear and stays 0…255. `table`: 256 floats, the light of each byte. */
export function linearise(from: usize, to: usize, count: i32, table: usize): void {
  for (let i = 0; i < count; i++) {
    const at = from + (<usize>i << 2);
    const alpha = <f32>load<u8>(at, 3);
    const r = load<f32>(table + (<usize>load<u8>(at) << 2));
    const g = load<f32>(table + (<usize>load<u8>(at, 1) << 2));
    const b = load<f32>(table + (<usize>load<u8>(at, 2) << 2));
    const c = f32x4(r, g, b, alpha);
    v128.store(to + (<usize>i << 4), alpha == 255 ? c : f32x4.mul(c, f32x4(alpha / 255, alpha / 255, alpha / 255, 1)));
  }
}
/** The way back. `table`: the byte of each of `steps` + 1 amounts of light from 0 to 1. */
export function encode(from: usize, to: usize, count: i32, table: usize, steps: i32): void {
  const scale = f32x4(<f32>steps, <f32>steps, <f32>steps, 1);
  const most = f32x4(<f32>steps, <f32>steps, <f32>steps, 255);
  for (let i = 0; i < count; i++) {
    let c = v128.load(from + (<usize>i << 4));
    const alpha = f32x4.extract_lane(c, 3);
    if (alpha < 254.5 && alpha > 0.5) c = f32x4.mul(c, f32x4(255 / alpha, 255 / alpha, 255 / alpha, 1));
    const v = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.min(f32x4.max(f32x4.mul(c, scale), f32x4.splat(0)), most), f32x4.splat(0.5)));
    const at = to + (<usize>i << 2);
    store<u8>(at, load<u8>(table + <usize>i32x4.extract_lane(v, 0)));
    store<u8>(at, load<u8>(table + <usize>i32x4.extract_lane(v, 1)), 1);
    store<u8>(at, load<u8>(table + <usize>i32x4.extract_lane(v, 2)), 2);
    store<u8>(at, <u8>i32x4.extract_lane(v, 3), 3);
  }
}

/** Unsharp mask in luminance: `amount` of the difference to a blurred copy, ignoring differences below `threshold` levels. */
export function unsharp(sharp: usize, blurred: usize, to: usize, count: i32, amount: f32, threshold: f32): void {
  for (let i = 0; i < count; i++) {
    const c = v128.load(sharp + (<usize>i << 4));
    const b = v128.load(blurred + (<usize>i << 4));
    const d = f32x4.sub(c, b);
    const l = f32x4.extract_lane(d, 0) * 0.299 + f32x4.extract_lane(d, 1) * 0.587 + f32x4.extract_lane(d, 2) * 0.114;
    const kept = l * smooth(threshold, threshold * 2 + 1, abs<f32>(l)) * amount;
    pack(to + (<usize>i << 2), f32x4.add(c, f32x4(kept, kept, kept, 0)));
  }
}

@inline function order(a: usize, b: usize): void {
  const x = v128.load(a), y = v128.load(b);
  v128.store(a, i8x16.min_u(x, y));
  v128.store(b, i8x16.max_u(x, y));
}
/** Median of 3 × 3 per channel, four pixels at a time; the border of one pixel is copied. */
export function median(from: usize, to: usize, width: i32, y0: i32, y1: i32, height: i32, scratch: usize): void {
  const row = <usize>width << 2;
  for (let y = y0; y < y1; y++) {
    const line = from + <usize>y * row;
    memory.copy(to + <usize>y * row, line, row);
    if (y == 0 || y == height - 1) continue;
    let x = 1;
    while (x < width - 1) {
      if (x + 4 > width - 1) x = max(1, width - 5);
      for (let j = 0; j < 3; j++)
        for (let i = 0; i < 3; i++) v128.store(scratch + (<usize>(j * 3 + i) << 4), v128.load(line + <usize>(j - 1) * row + (<usize>(x + i - 1) << 2)));
      // Sorting network for the median of nine (Smith 1996).
      const s = scratch;
      order(s + 16, s + 32); order(s + 64, s + 80); order(s + 112, s + 128);
      order(s, s + 16); order(s + 48, s + 64); order(s + 96, s + 112);
      order(s + 16, s + 32); order(s + 64, s + 80); order(s + 112, s + 128);
      order(s, s + 48); order(s + 80, s + 128); order(s + 64, s + 112);
      order(s + 48, s + 96); order(s + 16, s + 64); order(s + 32, s + 80);
      order(s + 64, s + 112); order(s + 64, s + 32); order(s + 96, s + 64); order(s + 64, s + 32);
      v128.store(to + <usize>y * row + (<usize>x << 2), v128.load(s + 64));
      if (x + 4 >= width - 1) break;
      x += 4;
    }
  }
}

/** Edge-preserving smoothing over 5 × 5; weight = (1 + Δ²/range²)⁻² × a fixed kernel in space. */
export function bilateral(from: usize, to: usize, width: i32, y0: i32, y1: i32, height: i32, range: f32): void {
  const inverse: f32 = 1 / (range * range);
  for (let y = y0; y < y1; y++)
    for (let x = 0; x < width; x++) {
      const centre = v128.load(from + (<usize>(y * width + x) << 4));
      let sum = f32x4.splat(0);
      let weights: f32 = 0;
      for (let j = -2; j <= 2; j++) {
        const line = from + (<usize>(min(max(y + j, 0), height - 1) * width) << 4);
        for (let i = -2; i <= 2; i++) {
          const c = v128.load(line + (<usize>min(max(x + i, 0), width - 1) << 4));
          const d = f32x4.sub(c, centre);
          const q = f32x4.mul(d, d);
          const distance = (f32x4.extract_lane(q, 0) + f32x4.extract_lane(q, 1) + f32x4.extract_lane(q, 2)) * inverse;
          const near: f32 = 1 / (1 + distance);
          const w = near * near / (1 + <f32>(i * i + j * j) * 0.35);
          sum = f32x4.add(sum, f32x4.mul(c, f32x4.splat(w)));
          weights += w;
        }
      }
      pack(to + (<usize>(y * width + x) << 2), f32x4.mul(sum, f32x4.splat(1 / weights)));
    }
}

/**
 * Colour grade through a cube of `n`³ entries (v128 each, sRGB 0…255), tetrahedral interpolation,
 * red fastest, as in the .cube format.
 */
export function lut3d(from: usize, to: usize, count: i32, cube: usize, n: i32): void {
  const top: f32 = <f32>(n - 1);
  const k: f32 = top / 255;
  const sg = <usize>n << 4, sb = <usize>(n * n) << 4;
  for (let i = 0; i < count; i++) {
    const at = from + (<usize>i << 2);
    const r = <f32>load<u8>(at) * k, g = <f32>load<u8>(at + 1) * k, b = <f32>load<u8>(at + 2) * k;
    const ir = min(<i32>r, n - 2), ig = min(<i32>g, n - 2), ib = min(<i32>b, n - 2);
    const fr = r - <f32>ir, fg = g - <f32>ig, fb = b - <f32>ib;
    const base = cube + (<usize>ir << 4) + <usize>ig * sg + <usize>ib * sb;
    const c000 = v128.load(base), c111 = v128.load(base + 16 + sg + sb);
    let c: v128;
    if (fr >= fg) {
      if (fg >= fb) c = four(c000, v128.load(base + 16), v128.load(base + 16 + sg), c111, fr, fg, fb);
      else if (fr >= fb) c = four(c000, v128.load(base + 16), v128.load(base + 16 + sb), c111, fr, fb, fg);
      else c = four(c000, v128.load(base + sb), v128.load(base + 16 + sb), c111, fb, fr, fg);
    } else {
      if (fr >= fb) c = four(c000, v128.load(base + sg), v128.load(base + 16 + sg), c111, fg, fr, fb);
      else if (fg >= fb) c = four(c000, v128.load(base + sg), v128.load(base + sg + sb), c111, fg, fb, fr);
      else c = four(c000, v128.load(base + sb), v128.load(base + sg + sb), c111, fb, fg, fr);
    }
    pack(to + (<usize>i << 2), f32x4.replace_lane(c, 3, <f32>load<u8>(at + 3)));
  }
}
@inline function four(a: v128, b: v128, c: v128, d: v128, x: f32, y: f32, z: f32): v128 {
  const ab = f32x4.add(f32x4.mul(a, f32x4.splat(1 - x)), f32x4.mul(b, f32x4.splat(x - y)));
  return f32x4.add(ab, f32x4.add(f32x4.mul(c, f32x4.splat(y - z)), f32x4.mul(d, f32x4.splat(z))));
}

/** Film grain: clumps of `size` pixels, strongest in the mid-tones; `colourful` 0 is grey, 1 lets the channels differ. */
export function grain(from: usize, to: usize, width: i32, y0: i32, y1: i32, amount: f32, size: f32, colourful: f32, seed: i32): void {
  const k: f32 = 1 / max<f32>(0.6, size);
  for (let y = y0; y < y1; y++)
    for (let x = 0; x < width; x++) {
      const at = (<usize>(y * width + x)) << 2;
      const c = unpack(from + at);
      const l = (f32x4.extract_lane(c, 0) * 0.299 + f32x4.extract_lane(c, 1) * 0.587 + f32x4.extract_lane(c, 2) * 0.114) / 255;
      const strength = amount * 46 * (0.25 + 3 * l * (1 - l));
      let n: f32;
      if (size <= 1.05) n = chance(x, y, seed) + chance(x, y, seed + 5) - 1;
      else n = f32x4.extract_lane(noise4(f32x4.splat(<f32>x * k), f32x4.splat(<f32>y * k), seed), 0) * 0.8 + (chance(x, y, seed) - 0.5) * 0.5;
      const r = n + (chance(x, y, seed + 11) - 0.5) * colourful;
      const g = n + (chance(x, y, seed + 12) - 0.5) * colourful;
      const b = n + (chance(x, y, seed + 13) - 0.5) * colourful;
      pack(to + at, f32x4.add(c, f32x4(r * strength, g * strength, b * strength, 0)));
    }
}

/** Styles as finishes on bytes. Kinds: 1 watercolour, 2 ink, 3 risograph, 4 blueprint, 5 low-poly, 6 pastel, 7 oil. `from` stays as it is. */
export function stylise(from: usize, to: usize, width: i32, height: i32, y0: i32, y1: i32, kind: i32, amount: f32, seed: i32): void {
  const unit: f32 = <f32>max(width, height) / 1024;
  for (let y = y0; y < y1; y++)
    for (let x = 0; x < width; x++) {
      const at = (<usize>(y * width + x)) << 2;
      const plain = unpack(from + at);
      let c = plain;
      switch (kind) {
        case 1: {
          const fx = <f32>x / unit, fy = <f32>y / unit;
          const wob = noise4(f32x4(fx * 0.03, fx * 0.03 + 40, fx * 0.11, fx * 0.012), f32x4(fy * 0.03, fy * 0.03 + 9, fy * 0.11 + 5, fy * 0.012), seed);
          const dx = <i32>((f32x4.extract_lane(wob, 0) * 5 + f32x4.extract_lane(wob, 2) * 1.6) * unit);
          const dy = <i32>((f32x4.extract_lane(wob, 1) * 5 + f32x4.extract_lane(wob, 2) * 1.6) * unit);
          c = around(from, width, height, x + dx, y + dy, max(1, <i32>(unit * 2.2)));
          const edge = edgeAt(from, width, height, x + dx, y + dy, max(1, <i32>(unit * 1.6)));
          const paper: f32 = (chance(x, y, seed + 3) - 0.5) * 0.05 + f32x4.extract_lane(wob, 3) * 0.1 + (chance(x >> 1, y >> 1, seed + 8) - 0.5) * 0.06;
          // Pigment thins into white paper and gathers at edges.
          c = f32x4.add(f32x4.mul(c, f32x4.splat(0.8 + paper)), f32x4(58, 56, 50, 0));
          c = f32x4.mul(c, f32x4.splat(1 - min<f32>(0.3, edge * 0.0032)));
          const bx = <f32>min(x, width - 1 - x) / unit + f32x4.extract_lane(wob, 0) * 14;
          const by = <f32>min(y, height - 1 - y) / unit + f32x4.extract_lane(wob, 1) * 14;
          const border = smooth(12, 26, min<f32>(bx, by));
          c = f32x4.add(f32x4.mul(c, f32x4.splat(border)), f32x4.mul(f32x4(249, 246, 238, 255), f32x4.splat(1 - border)));
          break;
        }
        case 2: {
          const l = grey(plain);
          const edge = edgeAt(from, width, height, x, y, max(1, <i32>(unit * 1.2)));
          const step = max(4, <i32>(unit * 7));
          const hatch: f32 = <f32>((x + y) % step) / <f32>step, cross: f32 = <f32>((x - y + 8192) % step) / <f32>step;
          let ink: f32 = smooth(26, 84, edge);
          ink = max<f32>(ink, smooth(0.05, 0.0, abs<f32>(hatch - 0.5) - (0.5 - l / 150) * 0.6) * (l < 120 ? 0.85 : 0));
          ink = max<f32>(ink, smooth(0.05, 0.0, abs<f32>(cross - 0.5) - (0.5 - l / 80) * 0.6) * (l < 66 ? 0.9 : 0));
          const v: f32 = 246 - ink * 220;
          c = f32x4(v, v * 0.985, v * 0.95, 255);
          break;
        }
        case 3: {
          const cell: f32 = unit * 5.2;
          const warm = dots(from, width, height, x, y, cell, 0.8, 0.6, 0), cool = dots(from, width, height, x + <i32>(unit * 2), y, cell, 0.6, 0.8, 1);
          const tooth: f32 = 0.94 + (chance(x, y, seed) - 0.5) * 0.12;
          const red: f32 = 247 - warm * 8 * tooth - cool * 215 * tooth;
          const green: f32 = 240 - warm * 165 * tooth - cool * 150 * tooth;
          const blue: f32 = 226 - warm * 150 * tooth - cool * 70 * tooth;
          c = f32x4(red, green, blue, 255);
          break;
        }
        case 4: {
          const edge = edgeAt(from, width, height, x, y, max(1, <i32>(unit * 1.1)));
          const pitch = max(8, <i32>(unit * 32));
          const grid: f32 = x % pitch == 0 || y % pitch == 0 ? 0.14 : 0;
          const line = min<f32>(1, smooth(9, 58, edge) + grid);
          const l = grey(plain) / 255;
          c = f32x4(18 + l * 26 + line * 205, 52 + l * 40 + line * 180, 112 + l * 46 + line * 120, 255);
          break;
        }
        case 5: {
          const cell: f32 = unit * 34;
          const gx = <f32>x / cell, gy = <f32>y / cell;
          let best: f32 = 1e9, bx: f32 = 0, by: f32 = 0;
          for (let j = -1; j <= 1; j++)
            for (let i = -1; i <= 1; i++) {
              const cx = <i32>gx + i, cy = <i32>gy + j;
              const ax = <f32>cx + chance(cx, cy, seed), ay = <f32>cy + chance(cx, cy, seed + 3);
              const d = (gx - ax) * (gx - ax) + (gy - ay) * (gy - ay);
              if (d < best) { best = d; bx = ax; by = ay; }
            }
          c = around(from, width, height, <i32>(bx * cell), <i32>(by * cell), <i32>(unit * 5));
          c = f32x4.mul(c, f32x4.splat(1 + ((gx - bx) * 0.1 - (gy - by) * 0.14)));
          break;
        }
        case 6: {
          const rub: f32 = chance(x, y, seed) * 0.5 + chance((x + y) >> 1, (x - y) >> 2, seed + 3) * 0.5;
          c = f32x4.add(f32x4.mul(around(from, width, height, x, y, max(1, <i32>(unit * 1.5))), f32x4.splat(0.72)), f32x4.splat(62 + (rub - 0.5) * 30));
          break;
        }
        case 7: {
          const n = noise4(f32x4.splat(<f32>x / unit * 0.022), f32x4.splat(<f32>y / unit * 0.022 + 3), seed);
          const turn = f32x4.extract_lane(n, 0) * 2.5;
          const reach: f32 = unit * 9;
          const s: f32 = (chance(<i32>(<f32>x / (unit * 5) + turn * 2), <i32>(<f32>y / (unit * 2.2)), seed) - 0.5) * reach;
          const t: f32 = (chance(<i32>(<f32>x / (unit * 5)), <i32>(<f32>y / (unit * 2.2) + turn), seed + 5) - 0.5) * reach * 0.7;
          c = around(from, width, height, x + <i32>s, y + <i32>t, max(1, <i32>(unit * 1.4)));
          c = f32x4.mul(c, f32x4.splat(1 + s * 0.012 / unit));
          break;
        }
        default:
      }
      c = f32x4.add(plain, f32x4.mul(f32x4.sub(c, plain), f32x4.splat(amount)));
      pack(to + at, f32x4.replace_lane(c, 3, 255));
    }
}
@inline function grey(c: v128): f32 {
  return f32x4.extract_lane(c, 0) * 0.299 + f32x4.extract_lane(c, 1) * 0.587 + f32x4.extract_lane(c, 2) * 0.114;
}
@inline function pixel(from: usize, width: i32, height: i32, x: i32, y: i32): v128 {
  return unpack(from + (<usize>(min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) << 2));
}
function around(from: usize, width: i32, height: i32, x: i32, y: i32, r: i32): v128 {
  let sum = f32x4.mul(pixel(from, width, height, x, y), f32x4.splat(2));
  sum = f32x4.add(sum, f32x4.add(pixel(from, width, height, x - r, y), pixel(from, width, height, x + r, y)));
  sum = f32x4.add(sum, f32x4.add(pixel(from, width, height, x, y - r), pixel(from, width, height, x, y + r)));
  return f32x4.mul(sum, f32x4.splat(1.0 / 6.0));
}
function edgeAt(from: usize, width: i32, height: i32, x: i32, y: i32, r: i32): f32 {
  const h = f32x4.abs(f32x4.sub(pixel(from, width, height, x + r, y), pixel(from, width, height, x - r, y)));
  const v = f32x4.abs(f32x4.sub(pixel(from, width, height, x, y + r), pixel(from, width, height, x, y - r)));
  return grey(h) + grey(v);
}
/** Halftone coverage of one ink at a pixel, on a grid turned by a Pythagorean angle. */
function dots(from: usize, width: i32, height: i32, x: i32, y: i32, cell: f32, c: f32, s: f32, ink: i32): f32 {
  const u = (<f32>x * c + <f32>y * s) / cell, v = (<f32>y * c - <f32>x * s) / cell;
  const fu = u - <f32>Math.floor(<f64>u) - 0.5, fv = v - <f32>Math.floor(<f64>v) - 0.5;
  const p = around(from, width, height, x, y, max(1, <i32>(cell * 0.3)));
  const warmth: f32 = (f32x4.extract_lane(p, 0) - f32x4.extract_lane(p, 2)) / 255;
  const dark: f32 = 1 - grey(p) / 255;
  const want: f32 = ink == 0 ? clamp01(dark * 0.55 + warmth * 1.1) : clamp01(dark * 1.15 - warmth * 0.55 - 0.08);
  const radius: f32 = <f32>Math.sqrt(<f64>want) * 0.74;
  return clamp01((radius - <f32>Math.sqrt(<f64>(fu * fu + fv * fv))) * cell * 0.9 + 0.5);
}
