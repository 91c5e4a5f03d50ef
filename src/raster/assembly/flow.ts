/**
 * Where the points of one picture are in another: dense inverse search (Kroeger and others 2016). Squares are followed
 * from a small picture to larger ones, each compared whatever its brightness. A plane is luma as f32 with `PAD` repeated
 * pixels on every side.
 */

/** Pixels around a plane; a square may leave the picture by as many. */
const PAD: i32 = 16;
/** Side of the squares that are looked for, and pixels from one to the next. */
const SIDE: i32 = 8;
const CELL: i32 = 4;
/** Squares reach so far over their cell. */
const OVER: i32 = 2;
const COUNT: f32 = 64;
/** Most steps downhill, and the step below which nothing is gained. */
const STEPS: i32 = 6;
const SETTLED: f32 = 0.015;
/** Of a difference that all pixels of a square share, which light may have made, so much counts. */
const SHARED: f32 = 0.1;
/** What is less textured than this keeps what it was told. */
const TEXTURE: f32 = 40;
/** Pixels searched each way on the smallest plane. */
const REACH: i32 = 6;
/** A pixel fits a way that leads to a colour so near, and does not go where it is so different; in levels. */
const FITS: f32 = 5;
const DIFFERENT: f32 = 24;
/** How far the eye goes for a place whose way is known. */
const FAR: i32 = 64;

@inline function strideOf(width: i32): i32 {
  return width + 2 * PAD;
}
@inline function place(plane: usize, width: i32, x: i32, y: i32): usize {
  return plane + (<usize>((y + PAD) * strideOf(width) + x + PAD) << 2);
}

/** Repeats the border of a plane around it. */
function pad(plane: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    const first = load<f32>(place(plane, width, 0, y)), last = load<f32>(place(plane, width, width - 1, y));
    for (let x = 1; x <= PAD; x++) {
      store<f32>(place(plane, width, -x, y), first);
      store<f32>(place(plane, width, width - 1 + x, y), last);
    }
  }
  const line = <usize>strideOf(width) << 2;
  for (let y = 1; y <= PAD; y++) {
    memory.copy(place(plane, width, -PAD, -y), place(plane, width, -PAD, 0), line);
    memory.copy(place(plane, width, -PAD, height - 1 + y), place(plane, width, -PAD, height - 1), line);
  }
}

/** Colours of RGBA as f32 × 4, means of `factor` × `factor` pixels; what is left over at the right and below is not seen. */
export function colours(from: usize, width: i32, factor: i32, to: usize, outWidth: i32, outHeight: i32): void {
  const share = f32x4.splat(1 / <f32>(factor * factor));
  for (let y = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++) {
      let total = i32x4.splat(0);
      for (let j = 0; j < factor; j++) {
        let at = from + (<usize>((y * factor + j) * width + x * factor) << 2);
        for (let i = 0; i < factor; i++, at += 4)
          total = i32x4.add(total, i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))));
      }
      v128.store(to + (<usize>(y * outWidth + x) << 4), f32x4.mul(f32x4.convert_i32x4_s(total), share));
    }
}

/** Moves the mean of each colour to `MIDDLE`, so that pictures can be compared whatever light they are in. */
export function evenLight(colours: usize, count: i32): void {
  const end = colours + (<usize>count << 4);
  let sum = f32x4.splat(0);
  for (let at = colours; at < end; at += 16) sum = f32x4.add(sum, v128.load(at));
  const shift = f32x4.sub(f32x4.splat(MIDDLE), f32x4.mul(sum, f32x4.splat(1 / <f32>count)));
  for (let at = colours; at < end; at += 16) v128.store(at, f32x4.add(v128.load(at), shift));
}
const MIDDLE: f32 = 128;

/** Luma of colours as a plane. */
export function lumaOf(from: usize, to: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      store<f32>(place(to, width, x, y), sumOf(f32x4.mul(v128.load(from + (<usize>(y * width + x) << 4)), f32x4(0.2126, 0.7152, 0.0722, 0))));
  pad(to, width, height);
}

/** A plane at half the size, its sides rounded down. */
export function halfPlane(from: usize, width: i32, to: usize, outWidth: i32, outHeight: i32): void {
  for (let y = 0; y < outHeight; y++)
    for (let x = 0; x < outWidth; x++) {
      const at = place(from, width, 2 * x, 2 * y), below = place(from, width, 2 * x, 2 * y + 1);
      store<f32>(place(to, outWidth, x, y), (load<f32>(at) + load<f32>(at, 4) + load<f32>(below) + load<f32>(below, 4)) * 0.25);
    }
  pad(to, outWidth, outHeight);
}

/** The square at hand, and its slopes across and down, 64 numbers each. */
const SQUARE = memory.data(64 * 4, 16);
const ACROSS = memory.data(64 * 4, 16);
const DOWN = memory.data(64 * 4, 16);

@inline function sumOf(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3);
}
/** Keeps a square inside the padded plane. */
@inline function inside(at: f32, size: i32): f32 {
  return max<f32>(-<f32>SIDE, min<f32>(at, <f32>size));
}

/** What the last look at a square gave: the sum of its differences, and their products with both slopes. */
let sum: f32 = 0;
let byAcross: f32 = 0;
let byDown: f32 = 0;

/** How unlike the square at hand is to the one at a place of another plane. */
function unlike(plane: usize, width: i32, height: i32, x: f32, y: f32): f32 {
  const px = inside(x, width), py = inside(y, height);
  const fx = Mathf.floor(px), fy = Mathf.floor(py);
  const tx: f32 = px - fx, ty: f32 = py - fy;
  const w00 = f32x4.splat((1 - tx) * (1 - ty)), w10 = f32x4.splat(tx * (1 - ty)), w01 = f32x4.splat((1 - tx) * ty), w11 = f32x4.splat(tx * ty);
  let at = place(plane, width, <i32>fx, <i32>fy);
  const line = <usize>strideOf(width) << 2;
  let total = f32x4.splat(0), squares = f32x4.splat(0), across = f32x4.splat(0), down = f32x4.splat(0);
  for (let k: usize = 0; k < 256; k += 32, at += line) {
    for (let half: usize = 0; half < 32; half += 16) {
      const here = at + half, below = here + line;
      const there = f32x4.add(
        f32x4.add(f32x4.mul(v128.load(here), w00), f32x4.mul(v128.load(here, 4), w10)),
        f32x4.add(f32x4.mul(v128.load(below), w01), f32x4.mul(v128.load(below, 4), w11)),
      );
      const off = f32x4.sub(there, v128.load(SQUARE + k + half));
      total = f32x4.add(total, off);
      squares = f32x4.add(squares, f32x4.mul(off, off));
      across = f32x4.add(across, f32x4.mul(off, v128.load(ACROSS + k + half)));
      down = f32x4.add(down, f32x4.mul(off, v128.load(DOWN + k + half)));
    }
  }
  sum = sumOf(total);
  byAcross = sumOf(across);
  byDown = sumOf(down);
  return sumOf(squares) - sum * sum * ((1 - SHARED) / COUNT);
}

/** Takes a square of a plane up. */
function takeUp(plane: usize, width: i32, x: i32, y: i32): void {
  for (let j = 0; j < SIDE; j++)
    for (let i = 0; i < SIDE; i += 4) {
      const at = place(plane, width, x + i, y + j), to = <usize>(j * SIDE + i) << 2;
      v128.store(SQUARE + to, v128.load(at));
      v128.store(ACROSS + to, f32x4.mul(f32x4.sub(v128.load(at, 4), v128.load(at - 4)), f32x4.splat(0.5)));
      const line = <usize>strideOf(width) << 2;
      v128.store(DOWN + to, f32x4.mul(f32x4.sub(v128.load(at + line), v128.load(at - line)), f32x4.splat(0.5)));
    }
}

/** The best way found for the square at hand, and how unlike it is there. */
let bestX: f32 = 0;
let bestY: f32 = 0;
let least: f32 = 0;

@inline function attempt(plane: usize, width: i32, height: i32, x: i32, y: i32, u: f32, v: f32): void {
  const found = unlike(plane, width, height, <f32>x + u, <f32>y + v);
  // What was there first stays unless the other is clearly better: noise decides nothing.
  if (found >= least * 0.97 - 4) return;
  least = found;
  bestX = u;
  bestY = v;
}

/** Goes downhill from the best way so far (Lucas and Kanade, inverse). */
function refine(plane: usize, width: i32, height: i32, x: i32, y: i32): void {
  let xx = f32x4.splat(0), yy = f32x4.splat(0), xy = f32x4.splat(0), allX = f32x4.splat(0), allY = f32x4.splat(0);
  for (let k: usize = 0; k < 256; k += 16) {
    const a = v128.load(ACROSS + k), d = v128.load(DOWN + k);
    xx = f32x4.add(xx, f32x4.mul(a, a));
    yy = f32x4.add(yy, f32x4.mul(d, d));
    xy = f32x4.add(xy, f32x4.mul(a, d));
    allX = f32x4.add(allX, a);
    allY = f32x4.add(allY, d);
  }
  const sx = sumOf(allX), sy = sumOf(allY);
  const hx: f32 = sumOf(xx) - sx * sx / COUNT + 8, hy: f32 = sumOf(yy) - sy * sy / COUNT + 8, hxy: f32 = sumOf(xy) - sx * sy / COUNT;
  if (hx + hy < TEXTURE) return;
  const scale: f32 = 1 / (hx * hy - hxy * hxy);
  const beginX = bestX, beginY = bestY;
  let u = bestX, v = bestY;
  // Fills in the sums for where it stands.
  least = unlike(plane, width, height, <f32>x + u, <f32>y + v);
  for (let step = 0; step < STEPS; step++) {
    const bx: f32 = byAcross - sx * sum / COUNT, by: f32 = byDown - sy * sum / COUNT;
    const du: f32 = max<f32>(-2, min<f32>(2, (hy * bx - hxy * by) * scale)), dv: f32 = max<f32>(-2, min<f32>(2, (hx * by - hxy * bx) * scale));
    u -= du;
    v -= dv;
    if (abs<f32>(u - beginX) + abs<f32>(v - beginY) > <f32>SIDE) return;
    const found = unlike(plane, width, height, <f32>x + u, <f32>y + v);
    if (found < least) {
      least = found;
      bestX = u;
      bestY = v;
    }
    if (abs<f32>(du) + abs<f32>(dv) < SETTLED) return;
  }
}

@inline function known(grid: usize, columns: i32, rows: i32, i: i32, j: i32): usize {
  return grid + (<usize>(min(max(j, 0), rows - 1) * columns + min(max(i, 0), columns - 1)) << 3);
}

/**
 * Rows `j0` to `j1` of the grid of ways from one plane to another, x and y for each `CELL` pixels. `coarse` is the grid
 * of the planes at half the size, or 0 on the smallest, where everything near is tried.
 */
export function follow(a: usize, b: usize, width: i32, height: i32, grid: usize, j0: i32, j1: i32, coarse: usize, coarseColumns: i32, coarseRows: i32): void {
  const columns = (width + CELL - 1) / CELL, rows = (height + CELL - 1) / CELL;
  for (let j = j0; j < j1; j++)
    for (let i = 0; i < columns; i++) {
      const x = i * CELL - OVER, y = j * CELL - OVER;
      takeUp(a, width, x, y);
      if (coarse) {
        const parent = known(coarse, coarseColumns, coarseRows, i >> 1, j >> 1);
        const beside = known(coarse, coarseColumns, coarseRows, (i >> 1) + (i & 1 ? 1 : -1), j >> 1);
        const above = known(coarse, coarseColumns, coarseRows, i >> 1, (j >> 1) + (j & 1 ? 1 : -1));
        bestX = load<f32>(parent) * 2;
        bestY = load<f32>(parent, 4) * 2;
        least = unlike(b, width, height, <f32>x + bestX, <f32>y + bestY);
        attempt(b, width, height, x, y, load<f32>(beside) * 2, load<f32>(beside, 4) * 2);
        attempt(b, width, height, x, y, load<f32>(above) * 2, load<f32>(above, 4) * 2);
      } else {
        bestX = 0;
        bestY = 0;
        least = unlike(b, width, height, <f32>x, <f32>y);
        for (let v = -REACH; v <= REACH; v++) for (let u = -REACH; u <= REACH; u++) attempt(b, width, height, x, y, <f32>u, <f32>v);
      }
      if (i > 0) {
        const left = known(grid, columns, rows, i - 1, j);
        attempt(b, width, height, x, y, load<f32>(left), load<f32>(left, 4));
      }
      if (j > 0) {
        const top = known(grid, columns, rows, i, j - 1);
        attempt(b, width, height, x, y, load<f32>(top), load<f32>(top, 4));
      }
      refine(b, width, height, x, y);
      const at = known(grid, columns, rows, i, j);
      store<f32>(at, bestX);
      store<f32>(at, bestY, 4);
    }
}

const NINE = memory.data(9 * 4, 16);
function middleOfNine(): f32 {
  for (let k = 1; k < 9; k++) {
    const one = load<f32>(NINE + (<usize>k << 2));
    let at = k;
    for (; at > 0 && load<f32>(NINE + (<usize>(at - 1) << 2)) > one; at--) store<f32>(NINE + (<usize>at << 2), load<f32>(NINE + (<usize>(at - 1) << 2)));
    store<f32>(NINE + (<usize>at << 2), one);
  }
  return load<f32>(NINE, 16);
}
/** The median of each way and those around it: single squares that went astray come back. */
export function steady(grid: usize, columns: i32, rows: i32, to: usize): void {
  for (let j = 0; j < rows; j++)
    for (let i = 0; i < columns; i++)
      for (let c: usize = 0; c < 8; c += 4) {
        for (let k = 0; k < 9; k++) store<f32>(NINE + (<usize>k << 2), load<f32>(known(grid, columns, rows, i + k % 3 - 1, j + k / 3 - 1) + c));
        store<f32>(known(to, columns, rows, i, j) + c, middleOfNine());
      }
}

@inline function colourAt(colours: usize, width: i32, height: i32, x: i32, y: i32): v128 {
  return v128.load(colours + (<usize>(min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1)) << 4));
}
/** The mean difference of red, green and blue to those at a place, in levels. */
@inline function unlikeColour(own: v128, colours: usize, width: i32, height: i32, x: f32, y: f32): f32 {
  const px = max<f32>(0, min<f32>(x, <f32>(width - 1))), py = max<f32>(0, min<f32>(y, <f32>(height - 1)));
  const jx = <i32>px, jy = <i32>py;
  const tx = f32x4.splat(px - <f32>jx), ty = f32x4.splat(py - <f32>jy);
  const at = colours + (<usize>(jy * width + jx) << 4);
  const right = <usize>(jx < width - 1 ? 16 : 0), down = <usize>(jy < height - 1 ? width << 4 : 0);
  const one = v128.load(at), below = v128.load(at + down);
  const top = f32x4.add(one, f32x4.mul(f32x4.sub(v128.load(at + right), one), tx));
  const bottom = f32x4.add(below, f32x4.mul(f32x4.sub(v128.load(at + down + right), below), tx));
  const off = f32x4.abs(f32x4.sub(f32x4.add(top, f32x4.mul(f32x4.sub(bottom, top), ty)), own));
  return (f32x4.extract_lane(off, 0) + f32x4.extract_lane(off, 1) + f32x4.extract_lane(off, 2)) * (1.0 / 3.0);
}

/**
 * The way of every pixel, as four numbers: x, y, 1 (for `agree`), and by how many levels the colour differs there. Each is
 * the mean of the squares it lies in, those that fit it counting most; where none fits, those around them are asked too,
 * since at an edge most squares follow the other side.
 */
export function spread(a: usize, b: usize, width: i32, height: i32, grid: usize, y0: i32, y1: i32, to: usize): void {
  const columns = (width + CELL - 1) / CELL, rows = (height + CELL - 1) / CELL;
  for (let y = y0; y < y1; y++)
    for (let x = 0; x < width; x++) {
      const i = (x - OVER) >> 2, j = (y - OVER) >> 2;
      const own = colourAt(a, width, height, x, y);
      let u: f32 = 0, v: f32 = 0, weights: f32 = 0, nearest: f32 = 1e9;
      for (let ring = 0; ring < 2 && nearest > FITS; ring++)
        for (let k = -ring; k < 2 + ring; k++)
          for (let l = -ring; l < 2 + ring; l++) {
            if (ring == 1 && k >= 0 && k < 2 && l >= 0 && l < 2) continue;
            const way = known(grid, columns, rows, i + l, j + k);
            const wu = load<f32>(way), wv = load<f32>(way, 4);
            const off = unlikeColour(own, b, width, height, <f32>x + wu, <f32>y + wv);
            const weight: f32 = 1 / (1 + off * off);
            nearest = min(nearest, off);
            u += wu * weight;
            v += wv * weight;
            weights += weight;
          }
      u /= weights;
      v /= weights;
      v128.store(to + (<usize>(y * width + x) << 4), f32x4(u, v, 1, unlikeColour(own, b, width, height, <f32>x + u, <f32>y + v)));
    }
}

/**
 * Marks the pixels whose way there is not the way back (Ruder and others 2016), or leads to another colour or out of the
 * picture, with a 0: they are hidden in the other picture. Returns how many agree.
 */
export function agree(there: usize, back: usize, width: i32, height: i32): i32 {
  let count: i32 = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = there + (<usize>(y * width + x) << 4);
      const u = load<f32>(at), v = load<f32>(at, 4);
      const fx: f32 = <f32>x + u, fy: f32 = <f32>y + v;
      let agrees = fx > -0.5 && fy > -0.5 && fx < <f32>width - 0.5 && fy < <f32>height - 0.5;
      if (agrees) {
        const other = back + (<usize>(<i32>(fy + 0.5) * width + <i32>(fx + 0.5)) << 4);
        const bu = load<f32>(other), bv = load<f32>(other, 4);
        agrees = (u + bu) * (u + bu) + (v + bv) * (v + bv) <= 0.01 * (u * u + v * v + bu * bu + bv * bv) + 0.5 && load<f32>(at, 12) < DIFFERENT;
      }
      store<f32>(at, agrees ? 1 : 0, 8);
      if (agrees) count++;
    }
  return count;
}

/** How unlike the colours around two places are, on the mean of 3 × 3. */
@inline function unlikePlaces(colours: usize, width: i32, height: i32, x: i32, y: i32, u: i32, v: i32): f32 {
  let off = f32x4.splat(0);
  for (let j = -1; j <= 1; j++)
    for (let i = -1; i <= 1; i++)
      off = f32x4.add(off, f32x4.sub(colourAt(colours, width, height, x + i, y + j), colourAt(colours, width, height, u + i, v + j)));
  return sumOf(f32x4.abs(off)) * (1.0 / 9.0);
}

/** What is hidden in the other picture moves with what it looks like: the nearest known place to each side is asked. */
export function mend(there: usize, colours: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = there + (<usize>(y * width + x) << 4);
      if (load<f32>(at, 8) != 0) continue;
      let fit: f32 = 1e9;
      let from: usize = 0;
      for (let side = 0; side < 9; side++) {
        const dx = side % 3 - 1, dy = side / 3 - 1;
        if (side == 4) continue;
        for (let k = 1; k <= FAR; k++) {
          const u = x + dx * k, v = y + dy * k;
          if (u < 0 || v < 0 || u >= width || v >= height) break;
          const other = there + (<usize>(v * width + u) << 4);
          if (load<f32>(other, 8) == 0) continue;
          // A little farther in: the edge itself is a mixture of both.
          const found: f32 = unlikePlaces(colours, width, height, x, y, u + dx * 2, v + dy * 2) + <f32>k * 0.5;
          if (found < fit) {
            fit = found;
            from = other;
          }
          break;
        }
      }
      if (from) {
        store<f32>(at, load<f32>(from));
        store<f32>(at, load<f32>(from, 4), 4);
      }
    }
}
