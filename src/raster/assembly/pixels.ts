/** Helpers on scene pixels: one v128 each, linear red, green, blue and depth (0 near … 1 far). */

@inline export function param(block: usize, i: i32): f32 {
  return load<f32>(block + (<usize>i << 2));
}
@inline export function colour(block: usize, i: i32): v128 {
  return f32x4(param(block, i), param(block, i + 1), param(block, i + 2), 0);
}
@inline export function clamp01(x: f32): f32 {
  return min<f32>(1, max<f32>(0, x));
}
@inline export function smooth(from: f32, to: f32, x: f32): f32 {
  const t = clamp01((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}
@inline export function scale(v: v128, k: f32): v128 {
  return f32x4.mul(v, f32x4.splat(k));
}
@inline export function mix(a: v128, b: v128, t: f32): v128 {
  return f32x4.add(a, f32x4.mul(f32x4.sub(b, a), f32x4.splat(t)));
}
@inline export function luma(v: v128): f32 {
  return f32x4.extract_lane(v, 0) * 0.2126 + f32x4.extract_lane(v, 1) * 0.7152 + f32x4.extract_lane(v, 2) * 0.0722;
}
@inline export function depthOf(v: v128): f32 {
  return f32x4.extract_lane(v, 3);
}
@inline export function withDepth(v: v128, depth: f32): v128 {
  return f32x4.replace_lane(v, 3, depth);
}
