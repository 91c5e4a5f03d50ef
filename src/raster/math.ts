/**
 * Transcendental functions that give the same bits everywhere. `Math.sin`, `exp`, `pow` and their kin differ between
 * engines; these use only + − × ÷, floor and comparisons, which IEEE 754 fixes exactly. Error below 1e-9 relative
 * in the ranges used, ample for 8-bit pictures.
 */

const TAU = 6.283185307179586;
export const PI = 3.141592653589793;

/** Sine of an angle in radians, |x| < 1e6. Taylor series to x¹⁵ after folding into ±π/2. */
export function sin(x: number): number {
  let r = x - Math.floor(x / TAU + 0.5) * TAU;
  if (r > PI / 2) r = PI - r;
  else if (r < -PI / 2) r = -PI - r;
  const s = r * r;
  return (
    r *
    (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - (s / 156) * (1 - s / 210)))))))
  );
}
export const cos = (x: number): number => sin(x + PI / 2);

/** 2 to the power x, |x| < 1000. */
export function exp2(x: number): number {
  const whole = Math.floor(x);
  const f = (x - whole) * 0.6931471805599453;
  let sum = 1;
  for (let n = 12; n > 0; n--) sum = 1 + (sum * f) / n;
  let k = whole;
  for (; k >= 1; k--) sum *= 2;
  for (; k <= -1; k++) sum /= 2;
  return sum;
}

/** Base-2 logarithm of x > 0. */
export function log2(x: number): number {
  let k = 0;
  let m = x;
  for (; m >= 1.4142135623730951; k++) m /= 2;
  for (; m < 0.7071067811865476; k--) m *= 2;
  const t = (m - 1) / (m + 1);
  const s = t * t;
  let sum = 0;
  for (let n = 19; n >= 1; n -= 2) sum = sum * s + 1 / n;
  return k + 2 * t * sum * 1.4426950408889634;
}
/** x to the power y for x ≥ 0. */
export const pow = (x: number, y: number): number => (x <= 0 ? 0 : exp2(y * log2(x)));
/** Cube root, signed: a guess from `pow` polished by Newton. */
export function cbrt(x: number): number {
  if (x === 0) return 0;
  const a = x < 0 ? -x : x;
  let r = pow(a, 1 / 3);
  r -= (r * r * r - a) / (3 * r * r);
  return x < 0 ? -r : r;
}
/** Arc tangent of y/x in (−π, π], by a rational series after folding into |t| ≤ tan(π/12). */
export function atan2(y: number, x: number): number {
  if (x === 0 && y === 0) return 0;
  const [ax, ay] = [x < 0 ? -x : x, y < 0 ? -y : y];
  let t = ay > ax ? ax / ay : ay / ax;
  const folded = t > 0.2679491924311227;
  if (folded) t = (t * 1.7320508075688772 - 1) / (t + 1.7320508075688772);
  const s = t * t;
  let sum = 0;
  for (let n = 17; n >= 1; n -= 2) sum = (((n - 1) / 2) % 2 === 0 ? 1 : -1) / n + sum * s;
  let angle = t * sum + (folded ? PI / 6 : 0);
  if (ay > ax) angle = PI / 2 - angle;
  if (x < 0) angle = PI - angle;
  return y < 0 ? -angle : angle;
}

export const clamp = (x: number, low = 0, high = 1): number => (x < low ? low : x > high ? high : x);
export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t;
export function smoothstep(from: number, to: number, x: number): number {
  const t = clamp((x - from) / (to - from));
  return t * t * (3 - 2 * t);
}
