/** Pictures between two others, along the ways of their points, and pictures turned, moved and enlarged as a whole. */
import { sample } from './warp';

/** No way leads to this cell yet. */
const NONE: f32 = 1e9;
/** Where a way is known from one picture only, every other one is better. */
const ONE_SIDED: f32 = 1000;

/** Before `land`: nothing is known of any cell. */
export function clearCells(scores: usize, count: i32): void {
  for (let k = 0; k < count; k++) store<f32>(scores + (<usize>k << 2), NONE);
}

/**
 * Where the points of a picture are at a time, `share` of their way on: each tells the cells around it its way (`sign`
 * −1 turns it round), and in which of both pictures it can be seen. The best told cell stays: f32 × 4 of x, y, seen
 * here, seen there; `isSecond` swaps the last two.
 */
export function land(ways: usize, width: i32, height: i32, share: f32, isSecond: bool, cells: usize, scores: usize): void {
  const sign: f32 = isSecond ? -1 : 1;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const way = v128.load(ways + (<usize>(y * width + x) << 4));
      const u = f32x4.extract_lane(way, 0), v = f32x4.extract_lane(way, 1), agrees = f32x4.extract_lane(way, 2);
      const px: f32 = <f32>x + u * share, py: f32 = <f32>y + v * share;
      const jx = <i32>Mathf.floor(px), jy = <i32>Mathf.floor(py);
      const told = agrees != 0 ? f32x4(u * sign, v * sign, 1, 1) : f32x4(u * sign, v * sign, isSecond ? 0 : 1, isSecond ? 1 : 0);
      const doubt: f32 = (agrees != 0 ? 0 : ONE_SIDED) + f32x4.extract_lane(way, 3);
      for (let k = 0; k < 4; k++) {
        const cx = jx + (k & 1), cy = jy + (k >> 1);
        if (cx < 0 || cy < 0 || cx >= width || cy >= height) continue;
        const cell = <usize>(cy * width + cx);
        const score: f32 = doubt + (abs<f32>(<f32>cx - px) + abs<f32>(<f32>cy - py)) * 8;
        if (score >= load<f32>(scores + (cell << 2))) continue;
        store<f32>(scores + (cell << 2), score);
        v128.store(cells + (cell << 4), told);
      }
    }
}

@inline function take(cells: usize, scores: usize, to: i32, from: i32): bool {
  if (load<f32>(scores + (<usize>from << 2)) == NONE) return false;
  store<f32>(scores + (<usize>to << 2), load<f32>(scores + (<usize>from << 2)));
  v128.store(cells + (<usize>to << 4), v128.load(cells + (<usize>from << 4)));
  return true;
}
/** Cells that nobody told anything do as one beside them does. */
export function fillCells(cells: usize, scores: usize, width: i32, height: i32): void {
  for (let k = 0; k < width * height; k++) {
    if (load<f32>(scores + (<usize>k << 2)) != NONE) continue;
    const isTaken = k % width > 0 && take(cells, scores, k, k - 1);
    if (!isTaken && k >= width) take(cells, scores, k, k - width);
  }
  for (let k = width * height - 1; k >= 0; k--) {
    if (load<f32>(scores + (<usize>k << 2)) != NONE) continue;
    const isTaken = k % width < width - 1 && take(cells, scores, k, k + 1);
    if (!isTaken && k < width * (height - 1)) take(cells, scores, k, k + width);
  }
}

@inline function outside(x: f32, y: f32, width: i32, height: i32): bool {
  return x < -0.75 || y < -0.75 || x > <f32>width - 0.25 || y > <f32>height - 0.25;
}

/**
 * Rows `y0` to `y1` of the picture at `time` (0…1) between `a` and `b`, f32 × 4 a pixel, one row after the other in `to`.
 * Cells are `factor` pixels wide; each pixel is mixed of where it comes from and where it goes, as far as it is seen there.
 */
export function between(
  a: usize, b: usize, width: i32, height: i32, cells: usize, columns: i32, rows: i32, factor: i32, time: f32, y0: i32, y1: i32, to: usize,
): void {
  const scale: f32 = 1 / <f32>factor;
  let out = to;
  for (let y = y0; y < y1; y++) {
    const cy: f32 = max<f32>(0, min<f32>((<f32>y + 0.5) * scale - 0.5, <f32>(rows - 1)));
    const jy = <i32>cy;
    const ty = f32x4.splat(cy - <f32>jy);
    const line = cells + (<usize>(jy * columns) << 4), below = cells + (<usize>(min(jy + 1, rows - 1) * columns) << 4);
    for (let x = 0; x < width; x++, out += 16) {
      const cx: f32 = max<f32>(0, min<f32>((<f32>x + 0.5) * scale - 0.5, <f32>(columns - 1)));
      const left = <usize>cx, right = <usize>min(<i32>cx + 1, columns - 1);
      const tx = f32x4.splat(cx - <f32>left);
      const l = v128.load(line + (left << 4)), bl = v128.load(below + (left << 4));
      const top = f32x4.add(l, f32x4.mul(f32x4.sub(v128.load(line + (right << 4)), l), tx));
      const bottom = f32x4.add(bl, f32x4.mul(f32x4.sub(v128.load(below + (right << 4)), bl), tx));
      const cell = f32x4.add(top, f32x4.mul(f32x4.sub(bottom, top), ty));
      const u: f32 = f32x4.extract_lane(cell, 0) * <f32>factor, v: f32 = f32x4.extract_lane(cell, 1) * <f32>factor;
      const ax: f32 = <f32>x - u * time, ay: f32 = <f32>y - v * time, bx: f32 = <f32>x + u * (1 - time), by: f32 = <f32>y + v * (1 - time);
      let fromA: f32 = (1 - time) * f32x4.extract_lane(cell, 2) + 0.0001, fromB: f32 = time * f32x4.extract_lane(cell, 3) + 0.0001;
      if (outside(ax, ay, width, height)) fromA *= 0.001;
      if (outside(bx, by, width, height)) fromB *= 0.001;
      const share: f32 = fromB / (fromA + fromB);
      const one = share < 0.995 ? sample(a, width, height, ax, ay) : sample(b, width, height, bx, by);
      const other = share > 0.005 ? sample(b, width, height, bx, by) : one;
      v128.store(out, f32x4.add(one, f32x4.mul(f32x4.sub(other, one), f32x4.splat(share))));
    }
  }
}

/**
 * Rows `y0` to `y1` of a picture whose pixels are looked up at `a·z + b` (complex numbers, counted from the middle of the
 * picture), f32 × 4 a pixel, one row after the other in `to`.
 */
export function similar(from: usize, width: i32, height: i32, ax: f32, ay: f32, bx: f32, by: f32, y0: i32, y1: i32, to: usize): void {
  const mx: f32 = <f32>(width - 1) * 0.5, my: f32 = <f32>(height - 1) * 0.5;
  let out = to;
  for (let y = y0; y < y1; y++)
    for (let x = 0; x < width; x++, out += 16) {
      const zx: f32 = <f32>x - mx, zy: f32 = <f32>y - my;
      v128.store(out, sample(from, width, height, ax * zx - ay * zy + bx + mx, ax * zy + ay * zx + by + my));
    }
}
