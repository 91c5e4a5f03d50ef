/** Between pixels and the three planes of video: BT.709, limited range (16–235), colour at half size each way. */

/** Weights of red, green and blue in 1/32768, with the range folded in: a sum of 28142 is 219/255. */
const LUMA_R: i16 = 5983;
const LUMA_G: i16 = 20127;
const LUMA_B: i16 = 2032;
/** Weights of the colour differences; each row adds up to nothing, so grey stays grey. */
const BLUE_R: i16 = -3298;
const BLUE_G: i16 = -11094;
const BLUE_B: i16 = 14392;
const RED_R: i16 = 14392;
const RED_G: i16 = -13072;
const RED_B: i16 = -1320;

/** Black level and half a step for rounding. */
const LUMA_BIAS: i32 = (16 << 15) + (1 << 14);
/** The same for the sum of four pixels, around the middle. */
const COLOUR_BIAS: i32 = (128 << 17) + (1 << 16);

@inline function pairs(a: v128, b: v128): v128 {
  return i32x4.add(v128.shuffle<i32>(a, b, 0, 2, 4, 6), v128.shuffle<i32>(a, b, 1, 3, 5, 7));
}
@inline function lumaOfFour(pixels: v128, weights: v128): i32 {
  const low = i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(pixels), weights);
  const high = i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(pixels), weights);
  const sums = i32x4.shr_s(i32x4.add(pairs(low, high), i32x4.splat(LUMA_BIAS)), 15);
  const words = i16x8.narrow_i32x4_s(sums, sums);
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0);
}
@inline function lumaAt(pixel: usize): u8 {
  return <u8>((<i32>load<u8>(pixel) * LUMA_R + <i32>load<u8>(pixel, 1) * LUMA_G + <i32>load<u8>(pixel, 2) * LUMA_B + LUMA_BIAS) >> 15);
}

/**
 * RGBA to planar Y, U, V one behind the other. `to` holds `width × height` bytes and twice the size of a colour
 * plane, whose sides are half as long, rounded up. Alpha is not looked at.
 */
export function toPlanes(from: usize, to: usize, width: i32, height: i32): void {
  const luma = i16x8(LUMA_R, LUMA_G, LUMA_B, 0, LUMA_R, LUMA_G, LUMA_B, 0);
  const blue = i16x8(BLUE_R, BLUE_G, BLUE_B, 0, BLUE_R, BLUE_G, BLUE_B, 0);
  const red = i16x8(RED_R, RED_G, RED_B, 0, RED_R, RED_G, RED_B, 0);
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const planeU = to + <usize>(width * height);
  const planeV = planeU + <usize>(halfWidth * halfHeight);
  const whole = width & ~3;
  for (let y = 0; y < height; y += 2) {
    const second = min<i32>(y + 1, height - 1);
    const lineA = from + <usize>(y * width * 4);
    const lineB = from + <usize>(second * width * 4);
    const lumaA = to + <usize>(y * width);
    const lumaB = to + <usize>(second * width);
    const colour = <usize>((y >> 1) * halfWidth);
    for (let x = 0; x < whole; x += 4) {
      const a = v128.load(lineA + <usize>(x << 2));
      const b = v128.load(lineB + <usize>(x << 2));
      store<i32>(lumaA + <usize>x, lumaOfFour(a, luma));
      store<i32>(lumaB + <usize>x, lumaOfFour(b, luma));
      const left = i16x8.add(i16x8.extend_low_i8x16_u(a), i16x8.extend_low_i8x16_u(b));
      const right = i16x8.add(i16x8.extend_high_i8x16_u(a), i16x8.extend_high_i8x16_u(b));
      const block = i16x8.add(v128.shuffle<i64>(left, right, 0, 2), v128.shuffle<i64>(left, right, 1, 3));
      const sums = pairs(i32x4.dot_i16x8_s(block, blue), i32x4.dot_i16x8_s(block, red));
      const bytes = i32x4.shr_s(i32x4.add(sums, i32x4.splat(COLOUR_BIAS)), 17);
      const at = colour + <usize>(x >> 1);
      store<u8>(planeU + at, <u8>i32x4.extract_lane(bytes, 0));
      store<u8>(planeU + at, <u8>i32x4.extract_lane(bytes, 1), 1);
      store<u8>(planeV + at, <u8>i32x4.extract_lane(bytes, 2));
      store<u8>(planeV + at, <u8>i32x4.extract_lane(bytes, 3), 1);
    }
    for (let x = whole; x < width; x += 2) {
      const beside = min<i32>(x + 1, width - 1);
      let r: i32 = 0;
      let g: i32 = 0;
      let b: i32 = 0;
      for (let k = 0; k < 4; k++) {
        const column = k & 1 ? beside : x;
        const pixel = (k & 2 ? lineB : lineA) + <usize>(column << 2);
        store<u8>((k & 2 ? lumaB : lumaA) + <usize>column, lumaAt(pixel));
        r += <i32>load<u8>(pixel);
        g += <i32>load<u8>(pixel, 1);
        b += <i32>load<u8>(pixel, 2);
      }
      const at = colour + <usize>(x >> 1);
      store<u8>(planeU + at, <u8>((r * BLUE_R + g * BLUE_G + b * BLUE_B + COLOUR_BIAS) >> 17));
      store<u8>(planeV + at, <u8>((r * RED_R + g * RED_G + b * RED_B + COLOUR_BIAS) >> 17));
    }
  }
}

/** Weights of the way back in 1/8192: luma without its range, then what the colour differences add to red, green and blue. */
const LUMA: i32 = 9539;
const RED_V: i32 = 14686;
const GREEN_U: i32 = -1747;
const GREEN_V: i32 = -4366;
const BLUE_U: i32 = 17305;

@inline function inBytes(sums: v128): v128 {
  return i32x4.min_s(i32x4.max_s(i32x4.shr_s(i32x4.add(sums, i32x4.splat(1 << 12)), 13), i32x4.splat(0)), i32x4.splat(255));
}
@inline function clampedByte(sum: i32): u8 {
  return <u8>max<i32>(0, min<i32>(255, (sum + (1 << 12)) >> 13));
}

/**
 * Planar Y, U, V to opaque RGBA: the way back from `toPlanes`, each colour shown by the four pixels it was made of, so
 * that going there and back again changes nothing more. Strides in bytes; `step` is 1 for planes of U and of V, 2 where
 * both take turns.
 */
export function fromPlanes(lumas: usize, lumaStride: i32, us: usize, vs: usize, colourStride: i32, step: i32, to: usize, width: i32, height: i32): void {
  const whole = width & ~3;
  for (let y = 0; y < height; y++) {
    const lumaLine = lumas + <usize>(y * lumaStride);
    const colourLine = <usize>((y >> 1) * colourStride);
    const out = to + <usize>(y * width * 4);
    for (let x = 0; x < whole; x += 4) {
      const at = colourLine + <usize>((x >> 1) * step);
      const u0 = <i32>load<u8>(us + at) - 128;
      const u1 = <i32>load<u8>(us + at + <usize>step) - 128;
      const v0 = <i32>load<u8>(vs + at) - 128;
      const v1 = <i32>load<u8>(vs + at + <usize>step) - 128;
      const words = i16x8.extend_low_i8x16_u(v128.load32_zero(lumaLine + <usize>x));
      const luma = i32x4.mul(i32x4.sub(i32x4.extend_low_i16x8_u(words), i32x4.splat(16)), i32x4.splat(LUMA));
      const red = inBytes(i32x4.add(luma, i32x4(v0 * RED_V, v0 * RED_V, v1 * RED_V, v1 * RED_V)));
      const g0 = u0 * GREEN_U + v0 * GREEN_V;
      const g1 = u1 * GREEN_U + v1 * GREEN_V;
      const green = inBytes(i32x4.add(luma, i32x4(g0, g0, g1, g1)));
      const blue = inBytes(i32x4.add(luma, i32x4(u0 * BLUE_U, u0 * BLUE_U, u1 * BLUE_U, u1 * BLUE_U)));
      const opaque = v128.or(v128.or(red, i32x4.shl(green, 8)), v128.or(i32x4.shl(blue, 16), i32x4.splat(0xff000000)));
      v128.store(out + <usize>(x << 2), opaque);
    }
    for (let x = whole; x < width; x++) {
      const at = colourLine + <usize>((x >> 1) * step);
      const u = <i32>load<u8>(us + at) - 128;
      const v = <i32>load<u8>(vs + at) - 128;
      const luma = (<i32>load<u8>(lumaLine + <usize>x) - 16) * LUMA;
      const pixel = out + <usize>(x << 2);
      store<u8>(pixel, clampedByte(luma + v * RED_V));
      store<u8>(pixel, clampedByte(luma + u * GREEN_U + v * GREEN_V), 1);
      store<u8>(pixel, clampedByte(luma + u * BLUE_U), 2);
      store<u8>(pixel, 255, 3);
    }
  }
}
