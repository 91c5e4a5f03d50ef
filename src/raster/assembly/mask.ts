/** Masks: exact-area anti-aliased coverage from line segments, and masks that are blurred. */

/**
 * Adds the signed area of each segment (x0 y0 x1 y1 as f32, relative to the mask) to a difference buffer;
 * `accumulate` turns it into coverage. After the method of font rasterisers that sum exact trapezoids.
 */
export function trace(mask: usize, width: i32, height: i32, segments: usize, count: i32): void {
  for (let s = 0; s < count; s++) {
    const at = segments + (<usize>s << 4);
    let x0 = load<f32>(at), y0 = load<f32>(at + 4), x1 = load<f32>(at + 8), y1 = load<f32>(at + 12);
    if (y0 == y1) continue;
    let direction: f32 = 1;
    if (y0 > y1) {
      direction = -1;
      let t = y0; y0 = y1; y1 = t;
      t = x0; x0 = x1; x1 = t;
    }
    if (y1 <= 0 || y0 >= <f32>height) continue;
    const slope = (x1 - x0) / (y1 - y0);
    let x = x0;
    if (y0 < 0) { x -= y0 * slope; y0 = 0; }
    y1 = min<f32>(y1, <f32>height);
    const limit = <f32>width - 0.001;
    for (let row = <i32>y0; row < height && <f32>row < y1; row++) {
      const dy = min<f32>(<f32>(row + 1), y1) - max<f32>(<f32>row, y0);
      if (dy <= 0) continue;
      const next = x + slope * dy;
      let a = min<f32>(x, next), b = max<f32>(x, next);
      x = next;
      a = min<f32>(max<f32>(a, 0), limit);
      b = min<f32>(max<f32>(b, 0), limit);
      const d = dy * direction;
      const line = mask + (<usize>(row * (width + 2)) << 2);
      const first = <i32>a, last = <i32>b;
      if (last <= first) {
        const middle = (a + b) * 0.5 - <f32>first;
        add(line, first, d * (1 - middle));
        add(line, first + 1, d * middle);
      } else {
        const inverse: f32 = 1 / (b - a);
        const into: f32 = 1 - (a - <f32>first);
        const head: f32 = 0.5 * inverse * into * into;
        const over = b - <f32>last;
        const tail: f32 = 0.5 * inverse * over * over;
        add(line, first, d * head);
        if (last == first + 1) {
          add(line, first + 1, d * (1 - head - tail));
        } else {
          const second: f32 = inverse * (1.5 - (a - <f32>first));
          add(line, first + 1, d * (second - head));
          for (let i = first + 2; i < last; i++) add(line, i, d * inverse);
          const sum = second + <f32>(last - first - 2) * inverse;
          add(line, last, d * (1 - sum - tail));
        }
        add(line, last + 1, d * tail);
      }
    }
  }
}
@inline function add(line: usize, i: i32, v: f32): void {
  const at = line + (<usize>i << 2);
  store<f32>(at, load<f32>(at) + v);
}

/** Running sums of each row of `from` (width + 2 wide) become coverage 0…1 in `to`. */
export function accumulate(from: usize, to: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    let sum: f32 = 0;
    const line = from + (<usize>(y * (width + 2)) << 2);
    const out = to + (<usize>(y * width) << 2);
    for (let x = 0; x < width; x++) {
      sum += load<f32>(line + (<usize>x << 2));
      store<f32>(out + (<usize>x << 2), min<f32>(1, abs<f32>(sum)));
    }
  }
}

/** Three box blurs of radius r, close to a Gaussian of σ ≈ r. One channel; `scratch` is as large as the mask. */
export function blurMask(mask: usize, width: i32, height: i32, radius: i32, scratch: usize): void {
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) boxLine(mask + (<usize>(y * width) << 2), scratch + (<usize>(y * width) << 2), width, 4, radius);
    boxColumns(scratch, mask, width, height, radius);
  }
}

// Beyond its edges a mask goes on as it ends there, so that a shape cut by the frame does not fade at the cut.
function boxLine(from: usize, to: usize, count: i32, stride: usize, radius: i32): void {
  const inverse: f32 = 1 / <f32>(radius * 2 + 1);
  const end = count - 1;
  let sum: f32 = 0;
  for (let i = -radius; i <= radius; i++) sum += load<f32>(from + <usize>min(max(i, 0), end) * stride);
  for (let i = 0; i < count; i++) {
    store<f32>(to + <usize>i * stride, sum * inverse);
    sum += load<f32>(from + <usize>min(i + radius + 1, end) * stride);
    sum -= load<f32>(from + <usize>max(i - radius, 0) * stride);
  }
}

function boxColumns(from: usize, to: usize, width: i32, height: i32, radius: i32): void {
  const inverse = f32x4.splat(1 / <f32>(radius * 2 + 1));
  const row = <usize>width << 2;
  const end = height - 1;
  let x = 0;
  for (; x + 4 <= width; x += 4) {
    const column = from + (<usize>x << 2), out = to + (<usize>x << 2);
    let sum = f32x4.splat(0);
    for (let i = -radius; i <= radius; i++) sum = f32x4.add(sum, v128.load(column + <usize>min(max(i, 0), end) * row));
    for (let y = 0; y < height; y++) {
      v128.store(out + <usize>y * row, f32x4.mul(sum, inverse));
      sum = f32x4.add(sum, v128.load(column + <usize>min(y + radius + 1, end) * row));
      sum = f32x4.sub(sum, v128.load(column + <usize>max(y - radius, 0) * row));
    }
  }
  for (; x < width; x++) boxLine(from + (<usize>x << 2), to + (<usize>x << 2), height, row, radius);
}
