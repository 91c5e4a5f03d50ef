/** Colour grading as one cube: adjustments, a tone curve and a LUT, baked together. */
import type { CurvePoints } from '../core/params.ts';
import type { Cube } from './filters.ts';
import { toLinear, toSrgb, type Rgb } from './colour.ts';
import { clamp, exp2, lerp } from './math.ts';
import { lookUp, type CubeLut } from './cube-lut.ts';

export interface Grade {
  /** Stops, −3…3. */
  readonly exposure: number;
  /** −1…1 around middle grey. */
  readonly contrast: number;
  /** −1 cool … 1 warm. */
  readonly temperature: number;
  /** −1 green … 1 magenta. */
  readonly tint: number;
  /** 0 grey … 1 unchanged … 2. */
  readonly saturation: number;
  readonly curve: CurvePoints;
  readonly lut?: CubeLut;
  readonly lutStrength: number;
}

const SIZE = 33;

/** Samples the grade on a 33³ grid of sRGB values. */
export function cubeOf(grade: Grade): Cube {
  const data = new Float32Array(SIZE * SIZE * SIZE * 3);
  const curve = tableOf(grade.curve);
  const gain = exp2(grade.exposure);
  const warm: Rgb = [
    1 + grade.temperature * 0.22 + grade.tint * 0.06,
    1 - grade.tint * 0.14,
    1 - grade.temperature * 0.26 + grade.tint * 0.06,
  ];
  let at = 0;
  for (let b = 0; b < SIZE; b++) {
    for (let g = 0; g < SIZE; g++) {
      for (let r = 0; r < SIZE; r++) {
        const linear = [r, g, b].map((v, c) => toLinear(v / (SIZE - 1)) * gain * warm[c]!);
        const grey = 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
        let out = linear.map((v) =>
          clamp(toSrgb(clamp(grey + (v - grey) * grade.saturation, 0, 4)), 0, 1.4),
        ) as unknown as Rgb;
        out = out.map((v) => curve(clamp(shoulder(0.46 + (v - 0.46) * (1 + grade.contrast))))) as unknown as Rgb;
        if (grade.lut && grade.lutStrength > 0) {
          const looked = lookUp(grade.lut, out);
          out = out.map((v, c) => lerp(v, looked[c]!, grade.lutStrength)) as unknown as Rgb;
        }
        data.set(out, at);
        at += 3;
      }
    }
  }
  return { size: SIZE, data };
}

/** Rolls highlights off above 0.9 instead of clipping them. */
function shoulder(v: number): number {
  if (v <= 0.9) return v;
  const over = v - 0.9;
  return 0.9 + (over * 0.1) / (over + 0.1);
}

/** A monotone cubic through the points (Fritsch–Carlson), so that a tone curve never overshoots. */
function tableOf(points: CurvePoints): (x: number) => number {
  const n = points.length;
  const slope = (i: number) => (points[i + 1]![1] - points[i]![1]) / (points[i + 1]![0] - points[i]![0]);
  const tangent = points.map((_, i) => {
    if (i === 0) return slope(0);
    if (i === n - 1) return slope(n - 2);
    const [a, b] = [slope(i - 1), slope(i)];
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b);
  });
  return (x) => {
    if (x <= points[0]![0]) return points[0]![1];
    for (let i = 0; i < n - 1; i++) {
      const [[x0, y0], [x1, y1]] = [points[i]!, points[i + 1]!];
      if (x > x1) continue;
      const h = x1 - x0;
      const t = (x - x0) / h;
      const [t2, t3] = [t * t, t * t * t];
      return clamp(
        (2 * t3 - 3 * t2 + 1) * y0 +
          (t3 - 2 * t2 + t) * h * tangent[i]! +
          (-2 * t3 + 3 * t2) * y1 +
          (t3 - t2) * h * tangent[i + 1]!,
      );
    }
    return points[n - 1]![1];
  };
}
