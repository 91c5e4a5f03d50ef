/** Gradient noise on four points at once. Hash-based, so any thread gives the same value; only + − × ÷, floor and integers. */

const X: i32 = 0x27d4eb2d;
const Y: i32 = 0x165667b1;

/** Mix of four cells, given x · X and y · Y: neighbouring cells share those products. */
@inline function hash4(x: v128, y: v128, seed: i32): v128 {
  let h = v128.xor(i32x4.add(x, y), i32x4.splat(seed));
  h = v128.xor(h, i32x4.shr_u(h, 15));
  h = i32x4.mul(h, i32x4.splat(0x2c1b3c6d));
  h = v128.xor(h, i32x4.shr_u(h, 12));
  h = i32x4.mul(h, i32x4.splat(0x297a2d39));
  return v128.xor(h, i32x4.shr_u(h, 15));
}

@inline function gradient4(h: v128, dx: v128, dy: v128): v128 {
  const gx = f32x4.sub(f32x4.mul(f32x4.convert_i32x4_s(v128.and(h, i32x4.splat(0xffff))), f32x4.splat(1.0 / 32768.0)), f32x4.splat(1));
  const gy = f32x4.sub(f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(h, 16)), f32x4.splat(1.0 / 32768.0)), f32x4.splat(1));
  return f32x4.add(f32x4.mul(gx, dx), f32x4.mul(gy, dy));
}

/** Noise in about −1…1 at four points. */
@inline export function noise4(x: v128, y: v128, seed: i32): v128 {
  const fx = f32x4.floor(x);
  const fy = f32x4.floor(y);
  const ix = i32x4.mul(i32x4.trunc_sat_f32x4_s(fx), i32x4.splat(X));
  const iy = i32x4.mul(i32x4.trunc_sat_f32x4_s(fy), i32x4.splat(Y));
  const dx = f32x4.sub(x, fx);
  const dy = f32x4.sub(y, fy);
  const dx1 = f32x4.sub(dx, f32x4.splat(1));
  const dy1 = f32x4.sub(dy, f32x4.splat(1));
  const ix1 = i32x4.add(ix, i32x4.splat(X));
  const iy1 = i32x4.add(iy, i32x4.splat(Y));
  const a = gradient4(hash4(ix, iy, seed), dx, dy);
  const b = gradient4(hash4(ix1, iy, seed), dx1, dy);
  const c = gradient4(hash4(ix, iy1, seed), dx, dy1);
  const d = gradient4(hash4(ix1, iy1, seed), dx1, dy1);
  const u = fade4(dx);
  const v = fade4(dy);
  const top = f32x4.add(a, f32x4.mul(u, f32x4.sub(b, a)));
  const bottom = f32x4.add(c, f32x4.mul(u, f32x4.sub(d, c)));
  return f32x4.mul(f32x4.add(top, f32x4.mul(v, f32x4.sub(bottom, top))), f32x4.splat(1.6));
}

@inline function fade4(t: v128): v128 {
  const inner = f32x4.add(f32x4.mul(t, f32x4.sub(f32x4.mul(t, f32x4.splat(6)), f32x4.splat(15))), f32x4.splat(10));
  return f32x4.mul(f32x4.mul(t, f32x4.mul(t, t)), inner);
}

/** Sum of octaves, each half as strong and twice as fine. */
export function fbm4(x: v128, y: v128, octaves: i32, seed: i32): v128 {
  let sum = f32x4.splat(0);
  let amplitude: f32 = 0.5;
  for (let o = 0; o < octaves; o++) {
    sum = f32x4.add(sum, f32x4.mul(noise4(x, y, seed + o * 1013), f32x4.splat(amplitude)));
    // Each octave is turned a little (3-4-5 triangle, so exactly length-preserving) to hide the lattice.
    const nx = f32x4.add(f32x4.mul(x, f32x4.splat(1.6)), f32x4.mul(y, f32x4.splat(1.2)));
    y = f32x4.sub(f32x4.mul(y, f32x4.splat(1.6)), f32x4.mul(x, f32x4.splat(1.2)));
    x = nx;
    amplitude *= 0.5;
  }
  return sum;
}

/** Ridged octaves in 0…1: sharp crests, for rock and dunes. */
export function ridged4(x: v128, y: v128, octaves: i32, seed: i32): v128 {
  let sum = f32x4.splat(0);
  let amplitude: f32 = 0.5;
  for (let o = 0; o < octaves; o++) {
    const crest = f32x4.sub(f32x4.splat(1), f32x4.abs(noise4(x, y, seed + o * 1013)));
    sum = f32x4.add(sum, f32x4.mul(f32x4.mul(crest, crest), f32x4.splat(amplitude)));
    const nx = f32x4.add(f32x4.mul(x, f32x4.splat(1.6)), f32x4.mul(y, f32x4.splat(1.2)));
    y = f32x4.sub(f32x4.mul(y, f32x4.splat(1.6)), f32x4.mul(x, f32x4.splat(1.2)));
    x = nx;
    amplitude *= 0.5;
  }
  return sum;
}

/** 32-bit mix of a cell, for scattered things. */
@inline export function hash1(x: i32, y: i32, seed: i32): u32 {
  let h: u32 = (x * X + y * Y) ^ seed;
  h ^= h >> 15;
  h *= 0x2c1b3c6d;
  h ^= h >> 12;
  h *= 0x297a2d39;
  return h ^ (h >> 15);
}

/** `chance` of four cells at once. */
@inline export function chance4(x: v128, y: i32, seed: i32): v128 {
  const h = hash4(i32x4.mul(x, i32x4.splat(X)), i32x4.splat(y * Y), seed);
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(h, 8)), f32x4.splat(1.0 / 16777216.0));
}

/** Uniform in 0…1 from a cell. */
@inline export function chance(x: i32, y: i32, seed: i32): f32 {
  return <f32>(hash1(x, y, seed) >> 8) * (1.0 / 16777216.0);
}

const LANES: v128 = f32x4(0, 1, 2, 3);
/** x, x+1, x+2, x+3. */
@inline export function across(x: f32): v128 {
  return f32x4.add(f32x4.splat(x), LANES);
}

@inline export function lane(v: v128, i: i32): f32 {
  if (i == 0) return f32x4.extract_lane(v, 0);
  if (i == 1) return f32x4.extract_lane(v, 1);
  if (i == 2) return f32x4.extract_lane(v, 2);
  return f32x4.extract_lane(v, 3);
}

/** Noise along one row of a picture, and samples of it. `Painter` sees to it that no picture is wider. */
export const NOISE_ROW: usize = memory.data(4 * (16384 + 64), 16);
export const NOISE_SAMPLES: usize = memory.data(4 * (16384 + 64), 16);
/** How far apart noise may be sampled in a row where its finest feature is `cycles` long per pixel: a sixteenth of it at most. */
@inline export function strideFor(cycles: f32): i32 {
  return cycles < 0.0156 ? 4 : cycles < 0.0312 ? 2 : 1;
}
/** Straight lines between samples `stride` pixels apart, one value for each pixel of the row. */
export function fillRow(width: i32, stride: i32): void {
  if (stride == 1) return;
  const inverse: f32 = 1 / <f32>stride;
  for (let s = 0, x = 0; x < width; s++, x += stride) {
    const a = load<f32>(NOISE_SAMPLES + (<usize>s << 2));
    const slope = (load<f32>(NOISE_SAMPLES + (<usize>s << 2), 4) - a) * inverse;
    for (let i = 0; i < stride; i++) store<f32>(NOISE_ROW + (<usize>(x + i) << 2), a + slope * <f32>i);
  }
}
/** Four pixels, `stride` apart, from x on. */
@inline export function spread(x: i32, stride: i32): v128 {
  return f32x4.add(f32x4.splat(<f32>x), f32x4.mul(LANES, f32x4.splat(<f32>stride)));
}
