/** Camera moves: through a still with depth, frame by frame. */
import type { CameraMove, DepthMap, Easing, MotionValue, Raster } from '../core/values.ts';
import { Bench } from './kernels.ts';
import { clamp, cos, PI, sin } from './math.ts';

/** Where the camera stands: offsets in fractions of the frame at the nearest plane, `base` for every plane alike. */
export interface CameraPose {
  readonly zoom: number;
  /** Extra growth of the nearest plane. */
  readonly dolly: number;
  readonly x: number;
  readonly y: number;
  readonly baseX: number;
  readonly baseY: number;
  /** Radians, small. */
  readonly roll: number;
}

export function ease(easing: Easing, t: number): number {
  switch (easing) {
    case 'linear':
      return t;
    case 'ease in':
      return t * t;
    case 'ease out':
      return 1 - (1 - t) * (1 - t);
    case 'ease in-out':
      return t * t * (3 - 2 * t);
    default:
      return easing satisfies never;
  }
}

/** The pose at `t` in 0…1 of a move, eased. Every move starts inside the picture's safe area, so no edge ever shows. */
export function poseAt(motion: Pick<MotionValue, 'move' | 'amount' | 'easing'>, t: number): CameraPose {
  const k = ease(motion.easing, clamp(t));
  const a = motion.amount;
  const swing = (k - 0.5) * 2;
  const rest = { zoom: 1.02 + 0.07 * a, dolly: 0, x: 0, y: 0, baseX: 0, baseY: 0, roll: 0 };
  const moves: Record<CameraMove, () => CameraPose> = {
    still: () => ({ ...rest, zoom: 1 }),
    'push in': () => ({ ...rest, zoom: 1.01 + 0.12 * a * k, dolly: 0.2 * a * k }),
    'pull out': () => ({ ...rest, zoom: 1.01 + 0.12 * a * (1 - k), dolly: 0.2 * a * (1 - k) }),
    'pan left': () => ({ ...rest, x: 0.05 * a * swing, baseX: 0.022 * a * swing }),
    'pan right': () => ({ ...rest, x: -0.05 * a * swing, baseX: -0.022 * a * swing }),
    'tilt up': () => ({ ...rest, y: 0.04 * a * swing, baseY: 0.022 * a * swing }),
    'tilt down': () => ({ ...rest, y: -0.04 * a * swing, baseY: -0.022 * a * swing }),
    orbit: () => ({
      ...rest,
      zoom: 1.03 + 0.06 * a,
      x: 0.07 * a * swing,
      baseX: -0.02 * a * swing,
      dolly: 0.03 * a * (1 - swing * swing),
    }),
    'dolly zoom': () => ({ ...rest, zoom: 1.02 + 0.24 * a * (1 - k), dolly: 0.26 * a * k }),
    // Three slow sines that fit whole turns, so that a handheld clip loops.
    handheld: () => ({
      ...rest,
      x: 0.02 * a * (sin(t * 2 * PI) + 0.5 * sin(t * 6 * PI + 1)),
      y: 0.016 * a * (cos(t * 2 * PI) + 0.5 * sin(t * 4 * PI + 2)),
      baseX: 0.006 * a * sin(t * 4 * PI + 0.5),
      baseY: 0.006 * a * cos(t * 6 * PI),
      roll: 0.008 * a * sin(t * 2 * PI + 0.8),
    }),
  };
  return moves[motion.move]();
}

/** Frames of a move through a picture. `depth` may be smaller than the picture; it is fitted and softened. */
export async function* moveThrough(
  image: Raster,
  depth: DepthMap,
  width: number,
  height: number,
  poses: readonly CameraPose[],
): AsyncGenerator<Raster> {
  // An instance of its own: the picture stays in its memory from frame to frame.
  const bench = new Bench();
  const source = bench.put(image.data, 'bytes');
  const depthAt = bench.put(soften(depth, image.width, image.height), 'bytes');
  const out = bench.alloc(width * height * 4);
  const block = bench.alloc(8 * 4);
  const field = bench.alloc((Math.floor(width / 8) + 2) * (Math.floor(height / 8) + 2) * 8);
  for (const pose of poses) {
    bench
      .floats(block, 8)
      .set([
        pose.zoom,
        pose.dolly,
        pose.x * image.width,
        pose.y * image.height,
        pose.baseX * image.width,
        pose.baseY * image.height,
        sin(pose.roll),
        cos(pose.roll),
      ]);
    bench.run.parallaxField(depthAt, image.width, image.height, field, width, height, block);
    bench.run.parallax(source, image.width, image.height, field, out, width, 0, height);
    yield { width, height, data: new Uint8ClampedArray(bench.bytes(out, width * height * 4)) };
  }
}

/** Depth at the picture's size, near parts grown a little and edges softened, so that outlines do not tear. */
function soften(depth: DepthMap, width: number, height: number): Uint8Array {
  const grown = new Uint8Array(depth.data.length);
  const reach = Math.max(1, Math.round(depth.width / 400));
  for (let y = 0; y < depth.height; y++) {
    for (let x = 0; x < depth.width; x++) {
      let nearest = 255;
      for (let i = -reach; i <= reach; i++)
        nearest = Math.min(nearest, depth.data[y * depth.width + Math.min(depth.width - 1, Math.max(0, x + i))]!);
      grown[y * depth.width + x] = nearest;
    }
  }
  const out = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const fy = clamp(((y + 0.5) / height) * depth.height - 0.5, 0, depth.height - 1);
    const y0 = Math.floor(fy);
    const y1 = Math.min(depth.height - 1, y0 + 1);
    for (let x = 0; x < width; x++) {
      const fx = clamp(((x + 0.5) / width) * depth.width - 0.5, 0, depth.width - 1);
      const x0 = Math.floor(fx);
      const x1 = Math.min(depth.width - 1, x0 + 1);
      const top =
        grown[y0 * depth.width + x0]! + (grown[y0 * depth.width + x1]! - grown[y0 * depth.width + x0]!) * (fx - x0);
      const bottom =
        grown[y1 * depth.width + x0]! + (grown[y1 * depth.width + x1]! - grown[y1 * depth.width + x0]!) * (fx - x0);
      out[y * width + x] = top + (bottom - top) * (fy - y0) + 0.5;
    }
  }
  return out;
}

/** A guess for a picture whose depth is unknown: lower and more contrasting parts are taken to be nearer. */
export function guessDepth(image: Raster): DepthMap {
  const width = 160;
  const height = Math.max(1, Math.round((width * image.height) / image.width));
  const light = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at =
        (Math.floor(((y + 0.5) / height) * image.height) * image.width +
          Math.floor(((x + 0.5) / width) * image.width)) *
        4;
      light[y * width + x] = (image.data[at]! * 299 + image.data[at + 1]! * 587 + image.data[at + 2]! * 114) / 1000;
    }
  }
  const raw = new Float64Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let detail = 0;
      for (let j = -3; j <= 3; j += 3)
        for (let i = -3; i <= 3; i += 3)
          detail += Math.abs(
            light[y * width + x]! -
              light[Math.min(height - 1, Math.max(0, y + j)) * width + Math.min(width - 1, Math.max(0, x + i))]!,
          );
      const middle = 1 - Math.abs((x + 0.5) / width - 0.5) * 2;
      raw[y * width + x] = 235 - (y / height) * 120 - clamp(detail / 260) * 70 * (0.4 + 0.6 * middle) - middle * 20;
    }
  }
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let [sum, count] = [0, 0];
      for (let j = -4; j <= 4; j += 2)
        for (let i = -4; i <= 4; i += 2) {
          sum += raw[Math.min(height - 1, Math.max(0, y + j)) * width + Math.min(width - 1, Math.max(0, x + i))]!;
          count++;
        }
      data[y * width + x] = clamp(sum / count, 0, 255);
    }
  }
  return { width, height, data };
}
