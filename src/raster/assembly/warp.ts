/** Layers in motion: each is looked up where its points come from, and laid over what stands behind it. */

/** Output pixels between two places that are looked up exactly; in between the field runs straight, as depth is smooth. */
const CELL: i32 = 8;
/** Side of the squares of a layer whose coverage is known as a whole. */
const TILE: i32 = 8;

/** Nearness at a place of the grid, in cells from its first centre. */
@inline function nearnessAt(grid: usize, width: i32, height: i32, x: f32, y: f32): f32 {
  const fx = max<f32>(0, min<f32>(x, <f32>(width - 1) - 0.001)), fy = max<f32>(0, min<f32>(y, <f32>(height - 1) - 0.001));
  const jx = <i32>fx, jy = <i32>fy;
  const tx: f32 = fx - <f32>jx, ty: f32 = fy - <f32>jy;
  const at = grid + (<usize>(jy * width + jx) << 2);
  const below = at + (<usize>width << 2);
  const top = load<f32>(at) + (load<f32>(at, 4) - load<f32>(at)) * tx;
  const bottom = load<f32>(below) + (load<f32>(below, 4) - load<f32>(below)) * tx;
  return top + (bottom - top) * ty;
}

/**
 * Where the pixels of a frame come from, every `CELL` pixels, in pixels of the layer. `grid`: nearness, at least 2 × 2.
 * Block: 0 zoom · 1 dolly · 2 x · 3 y · 4 base x · 5 base y, offsets in output pixels · 6 sine and 7 cosine of the roll ·
 * 8 layer pixels for one of the output · 9 width and 10 height of the layer.
 */
export function warpField(grid: usize, gridWidth: i32, gridHeight: i32, field: usize, outWidth: i32, outHeight: i32, block: usize): void {
  const zoom = load<f32>(block), dolly = load<f32>(block, 4), shiftX = load<f32>(block, 8), shiftY = load<f32>(block, 12);
  const baseX = load<f32>(block, 16), baseY = load<f32>(block, 20), sine = load<f32>(block, 24), cosine = load<f32>(block, 28);
  const scale = load<f32>(block, 32), layerWidth = load<f32>(block, 36), layerHeight = load<f32>(block, 40);
  const cx = layerWidth * 0.5, cy = layerHeight * 0.5;
  const gx: f32 = <f32>gridWidth / layerWidth, gy: f32 = <f32>gridHeight / layerHeight;
  const columns = outWidth / CELL + 2, rows = outHeight / CELL + 2;
  for (let j = 0; j < rows; j++) {
    const uy: f32 = <f32>(j * CELL) + 0.5 - <f32>outHeight * 0.5;
    let near: f32 = 0.5;
    for (let i = 0; i < columns; i++) {
      const ux: f32 = <f32>(i * CELL) + 0.5 - <f32>outWidth * 0.5;
      const rx = ux * cosine + uy * sine - baseX, ry = uy * cosine - ux * sine - baseY;
      let px: f32 = 0, py: f32 = 0;
      // Half the error or less remains after each step: depth inside a layer is that smooth.
      for (let step = 0; step < 12; step++) {
        const k: f32 = scale / (zoom + dolly * near);
        px = (rx - shiftX * near) * k + cx;
        py = (ry - shiftY * near) * k + cy;
        const there = nearnessAt(grid, gridWidth, gridHeight, px * gx - 0.5, py * gy - 0.5);
        const settled = abs<f32>(there - near) < 0.0002;
        near = there;
        if (settled) break;
      }
      const at = field + (<usize>(j * columns + i) << 3);
      store<f32>(at, px - 0.5);
      store<f32>(at, py - 0.5, 4);
    }
  }
}

/** For each square of `TILE` pixels whether anything of the layer can be seen from there; a border belongs to it for the taps of the filter. */
export function tilesOf(layer: usize, width: i32, height: i32, tiles: usize): void {
  const columns = (width + TILE - 1) / TILE, rows = (height + TILE - 1) / TILE;
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      let seen: u8 = 0;
      for (let y = max(0, j * TILE - 2); y < min(height, j * TILE + TILE + 3) && !seen; y++)
        for (let x = max(0, i * TILE - 2); x < min(width, i * TILE + TILE + 3) && !seen; x++)
          if (load<f32>(layer + (<usize>(y * width + x) << 4), 12) > 0) seen = 1;
      store<u8>(tiles + <usize>(j * columns + i), seen);
    }
  }
}

@inline function weights(t: f32): v128 {
  const v = f32x4.splat(t);
  let w = f32x4.add(f32x4.mul(f32x4(-0.5, 1.5, -1.5, 0.5), v), f32x4(1, -2.5, 2, -0.5));
  w = f32x4.add(f32x4.mul(w, v), f32x4(-0.5, 0, 0.5, 0));
  return f32x4.add(f32x4.mul(w, v), f32x4(0, 1, 0, 0));
}
@inline function lane0(w: v128): v128 {
  return v128.shuffle<f32>(w, w, 0, 0, 0, 0);
}
@inline function lane1(w: v128): v128 {
  return v128.shuffle<f32>(w, w, 1, 1, 1, 1);
}
@inline function lane2(w: v128): v128 {
  return v128.shuffle<f32>(w, w, 2, 2, 2, 2);
}
@inline function lane3(w: v128): v128 {
  return v128.shuffle<f32>(w, w, 3, 3, 3, 3);
}
@inline function row(a: v128, b: v128, c: v128, d: v128, w0: v128, w1: v128, w2: v128, w3: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(a, w0), f32x4.mul(b, w1)), f32x4.add(f32x4.mul(c, w2), f32x4.mul(d, w3)));
}

/**
 * Catmull-Rom through 4 × 4 pixels, held between the darkest and the lightest of the four around the place: sharp, and
 * no bright or dark seam along edges.
 */
@inline export function sample(layer: usize, width: i32, height: i32, x: f32, y: f32): v128 {
  const fx = max<f32>(0, min<f32>(x, <f32>(width - 1))), fy = max<f32>(0, min<f32>(y, <f32>(height - 1)));
  const jx = <i32>fx, jy = <i32>fy;
  const wx = weights(fx - <f32>jx), wy = weights(fy - <f32>jy);
  const w0 = lane0(wx), w1 = lane1(wx), w2 = lane2(wx), w3 = lane3(wx);
  const stride = <usize>width << 4;
  if (jx > 0 && jx < width - 2 && jy > 0 && jy < height - 2) {
    const r0 = layer + <usize>(jy - 1) * stride + (<usize>(jx - 1) << 4);
    const r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride;
    const b1 = v128.load(r1, 16), c1 = v128.load(r1, 32), b2 = v128.load(r2, 16), c2 = v128.load(r2, 32);
    const sum = row(
      row(v128.load(r0), v128.load(r0, 16), v128.load(r0, 32), v128.load(r0, 48), w0, w1, w2, w3),
      row(v128.load(r1), b1, c1, v128.load(r1, 48), w0, w1, w2, w3),
      row(v128.load(r2), b2, c2, v128.load(r2, 48), w0, w1, w2, w3),
      row(v128.load(r3), v128.load(r3, 16), v128.load(r3, 32), v128.load(r3, 48), w0, w1, w2, w3),
      lane0(wy),
      lane1(wy),
      lane2(wy),
      lane3(wy),
    );
    return between(sum, b1, c1, b2, c2);
  }
  // At the border the last pixel is repeated.
  const x0 = <usize>max(jx - 1, 0) << 4, x1 = <usize>jx << 4, x2 = <usize>min(jx + 1, width - 1) << 4, x3 = <usize>min(jx + 2, width - 1) << 4;
  const r0 = layer + <usize>max(jy - 1, 0) * stride, r1 = layer + <usize>jy * stride;
  const r2 = layer + <usize>min(jy + 1, height - 1) * stride, r3 = layer + <usize>min(jy + 2, height - 1) * stride;
  const b1 = v128.load(r1 + x1), c1 = v128.load(r1 + x2), b2 = v128.load(r2 + x1), c2 = v128.load(r2 + x2);
  const sum = row(
    row(v128.load(r0 + x0), v128.load(r0 + x1), v128.load(r0 + x2), v128.load(r0 + x3), w0, w1, w2, w3),
    row(v128.load(r1 + x0), b1, c1, v128.load(r1 + x3), w0, w1, w2, w3),
    row(v128.load(r2 + x0), b2, c2, v128.load(r2 + x3), w0, w1, w2, w3),
    row(v128.load(r3 + x0), v128.load(r3 + x1), v128.load(r3 + x2), v128.load(r3 + x3), w0, w1, w2, w3),
    lane0(wy),
    lane1(wy),
    lane2(wy),
    lane3(wy),
  );
  return between(sum, b1, c1, b2, c2);
}
@inline function between(value: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  const least = f32x4.min(f32x4.min(a, b), f32x4.min(c, d)), most = f32x4.max(f32x4.max(a, b), f32x4.max(c, d));
  return f32x4.min(f32x4.max(value, least), most);
}

/** Layers that can be seen in the cell at hand, from the nearest: pixels, width, height, then place and step in x and y. */
const ACTIVE = memory.data(32 * 28);
const ACTIVE_SIZE: usize = 28;

/** Whether anything of a layer can be seen between two places that are close to one another. */
@inline function seenBetween(tiles: usize, width: i32, height: i32, x0: f32, y0: f32, x1: f32, y1: f32): bool {
  const left = min(max(<i32>min(x0, x1), 0), width - 1) / TILE, right = min(max(<i32>max(x0, x1), 0), width - 1) / TILE;
  const top = min(max(<i32>min(y0, y1), 0), height - 1) / TILE, bottom = min(max(<i32>max(y0, y1), 0), height - 1) / TILE;
  const columns = (width + TILE - 1) / TILE;
  for (let v = top; v <= bottom; v++)
    for (let u = left; u <= right; u++) if (load<u8>(tiles + <usize>(v * columns + u))) return true;
  return false;
}

/**
 * Rows `y0` to `y1` of a frame, as light times `share`, added to what lies in `to` (one row of the frame after the other,
 * from `y0`). `list`: for each layer, from the nearest and 32 at most, its pixels, width, height, field and tiles. Pixels
 * are linear light multiplied by coverage, coverage 0…255.
 */
export function warp(list: usize, count: i32, to: usize, outWidth: i32, y0: i32, y1: i32, share: f32): void {
  const columns = outWidth / CELL + 2;
  const part = f32x4.splat(share);
  for (let y = y0; y < y1; y++) {
    const t: f32 = <f32>(y % CELL) * (1.0 / <f32>CELL);
    const line = <usize>((y / CELL) * columns) << 3;
    const out = to + (<usize>((y - y0) * outWidth) << 4);
    for (let x = 0; x < outWidth; x += CELL) {
      let active = ACTIVE;
      for (let k = 0; k < count; k++) {
        const entry = list + <usize>(k * 20);
        const width = load<i32>(entry, 4), height = load<i32>(entry, 8);
        const at = <usize>load<u32>(entry, 12) + line + (<usize>(x / CELL) << 3);
        const top = v128.load(at), bottom = v128.load(at + (<usize>columns << 3));
        const both = f32x4.add(top, f32x4.mul(f32x4.sub(bottom, top), f32x4.splat(t)));
        const fx = f32x4.extract_lane(both, 0), fy = f32x4.extract_lane(both, 1);
        const endX = f32x4.extract_lane(both, 2), endY = f32x4.extract_lane(both, 3);
        if (!seenBetween(<usize>load<u32>(entry, 16), width, height, fx, fy, endX, endY)) continue;
        store<u32>(active, load<u32>(entry));
        store<i32>(active, width, 4);
        store<i32>(active, height, 8);
        store<f32>(active, fx, 12);
        store<f32>(active, fy, 16);
        store<f32>(active, (endX - fx) * (1.0 / <f32>CELL), 20);
        store<f32>(active, (endY - fy) * (1.0 / <f32>CELL), 24);
        active += ACTIVE_SIZE;
      }
      const cells = min(CELL, outWidth - x);
      for (let i = 0; i < cells; i++) {
        let light = f32x4.splat(0);
        let clear: f32 = 1;
        for (let one: usize = ACTIVE; one < active; one += ACTIVE_SIZE) {
          const fx = load<f32>(one, 12) + load<f32>(one, 20) * <f32>i, fy = load<f32>(one, 16) + load<f32>(one, 24) * <f32>i;
          const c = sample(<usize>load<u32>(one), load<i32>(one, 4), load<i32>(one, 8), fx, fy);
          light = f32x4.add(light, f32x4.mul(c, f32x4.splat(clear)));
          clear *= 1 - f32x4.extract_lane(c, 3) * (1.0 / 255.0);
          if (clear < 0.0005) break;
        }
        const place = out + (<usize>(x + i) << 4);
        v128.store(place, f32x4.add(v128.load(place), f32x4.mul(light, part)));
      }
    }
  }
}
