/** Shapes: exact-area anti-aliased coverage from line segments, blurred masks, and painting through a mask. */
import { across, fbm4, lane, noise4, ridged4 } from './noise';
import { clamp01, colour, depthOf, mix, param, scale, smooth, withDepth } from './pixels';

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

/** Multiplies the scene by a colour through a mask: shadows. Block: r g b, amount, y fade start, y fade end. */
export function darken(buffer: usize, sceneWidth: i32, mask: usize, x0: i32, y0: i32, width: i32, height: i32, block: usize): void {
  const shade = colour(block, 0);
  const amount = param(block, 3);
  const one = f32x4(1, 1, 1, 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const m = load<f32>(mask + (<usize>(y * width + x) << 2)) * amount;
      if (m <= 0.002) continue;
      const at = buffer + (<usize>((y + y0) * sceneWidth + x + x0) << 4);
      const under = v128.load(at);
      v128.store(at, withDepth(f32x4.mul(under, mix(one, shade, m)), depthOf(under)));
    }
  }
}

/** Adds light through a mask: windows, neon, lamps. Block: r g b, amount, depth (−1 keeps). */
export function lighten(buffer: usize, sceneWidth: i32, mask: usize, x0: i32, y0: i32, width: i32, height: i32, block: usize): void {
  const light = colour(block, 0);
  const amount = param(block, 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const m = load<f32>(mask + (<usize>(y * width + x) << 2)) * amount;
      if (m <= 0.001) continue;
      const at = buffer + (<usize>((y + y0) * sceneWidth + x + x0) << 4);
      v128.store(at, f32x4.add(v128.load(at), scale(light, m)));
    }
  }
}

/**
 * Paints through a mask. `height` may hold a blurred copy of the mask, whose slope gives rounded forms (0: none).
 * Block: 0 form (0 flat, 1 lathe, 2 inflated) · 1–3 colour top · 4–6 colour bottom · 7 gradient y0 · 8 y1 · 9 opacity ·
 * 10–12 haze · 13 haze top · 14 haze bottom · 15 texture · 16 texture size px · 17 texture amount · 18–20 light ·
 * 21–23 key · 24–26 fill · 27 gloss · 28 rim · 29 seed · 30 depth top · 31 depth bottom · 32 glow · 33 clear (glass) ·
 * 34 horizon y (ground) · 35 octaves · 36 snow 0…1 · 37 inflation · 38 camera zoom · 39 dolly · 40 shift x px · 41 shift y ·
 * 42 base x · 43 base y · 44 centre x · 45 centre y · 46 where it lies for the camera, top, 0 near … 1 far · 47 bottom
 */
export function paint(buffer: usize, sceneWidth: i32, mask: usize, form: usize, x0: i32, y0: i32, width: i32, height: i32, block: usize): void {
  const kind = <i32>param(block, 0), texture = <i32>param(block, 15);
  const top = colour(block, 1), bottom = colour(block, 4), haze = colour(block, 10), key = colour(block, 21), fill = colour(block, 24);
  const gy0 = param(block, 7), gspan: f32 = 1 / max<f32>(1, param(block, 8) - gy0);
  const opacity = param(block, 9), hazeTop = param(block, 13), hazeBottom = param(block, 14);
  const size: f32 = 1 / param(block, 16), amount = param(block, 17);
  const lx = param(block, 18), ly = param(block, 19), lz = param(block, 20);
  const gloss = param(block, 27), rim = param(block, 28), glow = param(block, 32), clear = param(block, 33);
  const seed = <i32>param(block, 29), depthTop = param(block, 30), depthBottom = param(block, 31);
  const horizon = param(block, 34), octaves = <i32>param(block, 35), snow = param(block, 36), swell = param(block, 37);

  // Flat things without a gloss, most of what is painted, take the same light all over: what a row has in common is worked out once.
  const plain = kind == 0 && texture != 6 && gloss <= 0 && clear <= 0;
  const light = f32x4.add(fill, scale(key, 1));

  for (let y = 0; y < height; y++) {
    const line = mask + (<usize>(y * width) << 2);
    let first = 0, last = width - 1;
    while (first < width && load<f32>(line + (<usize>first << 2)) <= 0.002) first++;
    if (first == width) continue;
    while (last > first && load<f32>(line + (<usize>last << 2)) <= 0.002) last--;
    // Edges to a fraction of a pixel, so that the light on turned forms does not jump from row to row.
    const left: f32 = <f32>first + 0.5 - load<f32>(line + (<usize>first << 2)), right: f32 = <f32>last - 0.5 + load<f32>(line + (<usize>last << 2));
    const middle: f32 = (left + right) * 0.5, half: f32 = max<f32>(0.5, (right - left) * 0.5);
    // Gradients and textures stay on what they are painted on, wherever the camera is: they are asked for in the scene.
    seen(block, <f32>(y + y0), gy0, gspan);
    const py = sceneRow, widen = sceneScale, along = sceneOffset;
    const g = clamp01((py - gy0) * gspan);
    const base = mix(top, bottom, g);
    const haziness = hazeTop + (hazeBottom - hazeTop) * g;
    const depth = depthTop + (depthBottom - depthTop) * g;
    const flat = f32x4.mul(base, light), glowing = scale(base, glow);
    for (let x = first & ~3; x <= last; x += 4) {
      // Between trees and blades there is nothing to shade. Lanes past the end of a row are looked at and not painted.
      if (!v128.any_true(f32x4.gt(v128.load(line + (<usize>x << 2)), f32x4.splat(0.002)))) continue;
      let t4 = f32x4.splat(0);
      if (texture > 0) t4 = textureAt(texture, f32x4.add(scale(across(<f32>(x + x0)), widen), f32x4.splat(along)), py, size, octaves, seed, horizon, lx, ly);
      if (plain) {
        for (let i = 0; i < 4; i++) {
          const mx = x + i;
          if (mx < first || mx > last) continue;
          const cover = load<f32>(line + (<usize>mx << 2)) * opacity;
          if (cover <= 0.002) continue;
          let c = scale(flat, max<f32>(0, 1 + lane(t4, i) * amount));
          if (glow > 0) c = f32x4.add(c, glowing);
          c = mix(c, haze, haziness);
          lay(buffer + (<usize>((y + y0) * sceneWidth + mx + x0) << 4), c, cover, depth);
        }
        continue;
      }
      for (let i = 0; i < 4; i++) {
        const mx = x + i;
        if (mx < first || mx > last) continue;
        const cover = load<f32>(line + (<usize>mx << 2)) * opacity;
        if (cover <= 0.002) continue;
        const n = lane(t4, i);
        let nx: f32 = 0, ny: f32 = 0, nz: f32 = 1;
        if (kind == 1) {
          nx = max<f32>(-0.995, min<f32>(0.995, (<f32>mx - middle) / half));
          nz = sqrt<f32>(1 - nx * nx);
        } else if (kind == 2) {
          const at = form + (<usize>(y * width + mx) << 2);
          const west = mx > 0 ? load<f32>(at - 4) : 0, east = mx < width - 1 ? load<f32>(at + 4) : 0;
          const north = y > 0 ? load<f32>(at - (<usize>width << 2)) : 0, south = y < height - 1 ? load<f32>(at + (<usize>width << 2)) : 0;
          nx = (west - east) * swell;
          ny = (north - south) * swell;
          const length: f32 = 1 / sqrt<f32>(nx * nx + ny * ny + 1);
          nx *= length; ny *= length; nz = length;
        }
        let albedo = base;
        if (texture == 6) {
          // Snow settles where the relief faces up.
          const settled = smooth(1 - snow, 1.25 - snow, 1 - g + n * 0.35);
          albedo = mix(albedo, f32x4(0.82, 0.87, 0.95, 0), settled * min<f32>(1, snow * 3));
        }
        let shade: f32 = 1 + n * amount;
        let facing = nx * lx + ny * ly + nz * lz;
        const wrapped = max<f32>(0, (facing + 0.25) * 0.8);
        const lit = f32x4.add(fill, scale(key, kind == 0 ? 1 : wrapped));
        let c = scale(f32x4.mul(albedo, lit), max<f32>(0, shade));
        if (gloss > 0) {
          // A long soft box on the key side, a thin one opposite, and a bright grazing edge.
          const side: f32 = lx >= 0 ? 1 : -1;
          const u = nx * side;
          const strip = smooth(0.34, 0.46, u) * (1 - smooth(0.58, 0.7, u));
          const thin = smooth(-0.86, -0.8, u) * (1 - smooth(-0.76, -0.7, u));
          const away: f32 = 1 - nz;
          const graze = away * away;
          const sharp = max<f32>(0, facing);
          const hot = sharp * sharp * sharp * sharp;
          const spark = kind == 2 ? hot * hot * 0.9 : strip * 0.8 + thin * 0.3;
          c = f32x4.add(c, scale(key, gloss * spark * 0.8));
          c = f32x4.add(c, scale(fill, gloss * graze * 0.8));
        }
        if (rim > 0 && kind != 0) {
          const edge: f32 = kind == 1 ? (1 - nz) * 0.5 : 1 - nz;
          const side = max<f32>(0, nx * lx + ny * ly);
          c = f32x4.add(c, scale(key, rim * edge * edge * (0.25 + 1.8 * side)));
        }
        if (glow > 0) c = f32x4.add(c, scale(base, glow));
        const at = buffer + (<usize>((y + y0) * sceneWidth + mx + x0) << 4);
        if (clear > 0) {
          // Glass: what stands behind, bent towards the edges and tinted.
          // Bent to the right only: pixels on the left are painted already.
          const bent = <i32>(<f32>mx + half * nx * nx * 0.6);
          const sx = min(max(bent + x0, 0), sceneWidth - 1);
          const through = f32x4.mul(v128.load(buffer + (<usize>((y + y0) * sceneWidth + sx) << 4)), mix(f32x4(1, 1, 1, 0), base, 0.75 + 0.25 * (1 - nz)));
          c = f32x4.add(scale(through, clear * (0.55 + 0.45 * nz)), scale(c, 1 - clear * 0.82));
        }
        c = mix(c, haze, haziness);
        lay(at, c, cover, depth);
      }
    }
  }
}

/** What a row of the picture shows of the scene: its row there, and x there as x here · scale + offset. */
let sceneRow: f32 = 0, sceneScale: f32 = 1, sceneOffset: f32 = 0;
/** The inverse of the camera for something that lies deeper at the top of its gradient than at the bottom. */
function seen(block: usize, row: f32, gy0: f32, gspan: f32): void {
  const zoom = param(block, 38), dolly = param(block, 39), cx = param(block, 44), cy = param(block, 45);
  const top = param(block, 46), bottom = param(block, 47);
  let y = row;
  let near: f32 = 1 - top, inverse: f32 = 1;
  // How near a row is depends on which one it is; three steps settle it to a hundredth of a pixel.
  for (let step = 0; step < 4; step++) {
    near = 1 - (top + (bottom - top) * clamp01((y - gy0) * gspan));
    inverse = 1 / (zoom + dolly * near);
    y = (row - cy - param(block, 41) * near - param(block, 43)) * inverse + cy;
  }
  sceneRow = y;
  sceneScale = inverse;
  sceneOffset = cx - (cx + param(block, 40) * near + param(block, 42)) * inverse;
}

/**
 * Notes in `covers` how much of each pixel is painted over, and in `depths` where what covers it lies; a byte each.
 * By the same rule as `paint`: a mask, and of the block 7 gradient y0 · 8 y1 · 9 opacity · 38–47.
 */
export function cover(covers: usize, depths: usize, sceneWidth: i32, mask: usize, x0: i32, y0: i32, width: i32, height: i32, block: usize): void {
  const gy0 = param(block, 7), gspan: f32 = 1 / max<f32>(1, param(block, 8) - gy0), opacity = param(block, 9);
  const top = param(block, 46), bottom = param(block, 47);
  for (let y = 0; y < height; y++) {
    seen(block, <f32>(y + y0), gy0, gspan);
    const depth = <u8><i32>(clamp01(top + (bottom - top) * clamp01((sceneRow - gy0) * gspan)) * 255 + 0.5);
    const line = mask + (<usize>(y * width) << 2);
    const at = (y + y0) * sceneWidth + x0;
    for (let x = 0; x < width; x++) {
      const m = load<f32>(line + (<usize>x << 2)) * opacity;
      if (m <= 0.002) continue;
      const here = covers + <usize>(at + x);
      const before = <f32>load<u8>(here);
      store<u8>(here, m > 0.998 ? 255 : <u8><i32>(before + (255 - before) * m + 0.5));
      if (m > 0.5) store<u8>(depths + <usize>(at + x), depth);
    }
  }
}

/** Takes out of a mask what layers cover: their coverage in bytes, over the whole scene. */
export function uncover(mask: usize, covers: usize, sceneWidth: i32, x0: i32, y0: i32, width: i32, height: i32): void {
  for (let y = 0; y < height; y++) {
    const line = mask + (<usize>(y * width) << 2);
    const there = covers + <usize>((y + y0) * sceneWidth + x0);
    for (let x = 0; x < width; x++) {
      const at = line + (<usize>x << 2);
      store<f32>(at, load<f32>(at) * (1 - <f32>load<u8>(there + <usize>x) * (1.0 / 255.0)));
    }
  }
}

/** What is opaque hides what lies under it to the last bit, so that hidden things need not be painted. */
@inline function lay(at: usize, c: v128, cover: f32, depth: f32): void {
  const under = v128.load(at);
  const out = cover > 0.998 ? c : mix(under, c, cover);
  v128.store(at, withDepth(out, cover > 0.5 ? depth : depthOf(under)));
}

/** Surface variation in about −1…1. Kinds: 1 soft, 2 wood, 3 marble, 4 brushed, 5 ground in perspective, 6 rock, 7 weave, 8 foliage, 9 dunes, 10 boards, 11 bricks. */
function textureAt(kind: i32, x: v128, y: f32, size: f32, octaves: i32, seed: i32, horizon: f32, lx: f32, ly: f32): v128 {
  const u = scale(x, size);
  const v = f32x4.splat(y * size);
  switch (kind) {
    case 2: {
      const grain = noise4(scale(u, 0.35), scale(v, 6), seed);
      return f32x4.add(scale(grain, 0.6), scale(noise4(scale(u, 1.2), scale(v, 22), seed + 5), 0.45));
    }
    case 3: {
      const warp = fbm4(u, v, octaves, seed);
      const vein = f32x4.abs(noise4(f32x4.add(u, scale(warp, 1.8)), f32x4.add(scale(v, 1.3), scale(warp, 1.1)), seed + 9));
      return f32x4.sub(f32x4.min(scale(vein, 3.2), f32x4.splat(0.6)), f32x4.splat(0.45));
    }
    case 4:
      return scale(noise4(scale(u, 0.6), scale(v, 40), seed), 0.8);
    case 5:
    case 9:
    case 10: {
      const below: f32 = max<f32>(0.5, y - horizon);
      const far: f32 = 1 / below;
      const pu = scale(f32x4.sub(x, f32x4.splat(horizon)), far * 1.4);
      const pv = f32x4.splat(far * horizon * 1.8);
      if (kind == 9) {
        const warp = noise4(scale(pu, 0.7), scale(pv, 0.5), seed + 3);
        const ripple = ridged4(f32x4.add(scale(pu, 1.1), warp), f32x4.add(scale(pv, 3.4), scale(warp, 1.6)), octaves, seed);
        return f32x4.sub(scale(ripple, 1.7), f32x4.splat(1.05));
      }
      if (kind == 10) {
        const run = scale(pu, 2.4);
        const seam = f32x4.sub(run, f32x4.floor(run));
        const gap = f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.splat(1), scale(f32x4.min(seam, f32x4.sub(f32x4.splat(1), seam)), 34)));
        const tone = noise4(f32x4.add(f32x4.floor(run), f32x4.splat(0.5)), scale(pv, 0.15), seed);
        return f32x4.sub(f32x4.add(scale(tone, 0.5), scale(noise4(scale(pu, 16), scale(pv, 0.8), seed + 4), 0.3)), scale(gap, 0.8));
      }
      // Detail finer than a pixel fades out instead of shimmering.
      const fade: f32 = clamp01(below * 0.012 + 0.12);
      const broad = fbm4(scale(pu, 2.2), scale(pv, 2.2), 2, seed + 21);
      return f32x4.add(scale(broad, 0.7), scale(fbm4(scale(pu, 15), scale(pv, 15), octaves, seed), fade * 1.2));
    }
    case 6: {
      // Relief lit from the key side: the slope of ridged noise along the light.
      const here = ridged4(u, scale(v, 0.8), octaves, seed);
      const there = ridged4(f32x4.add(u, f32x4.splat(lx * 0.09)), f32x4.add(scale(v, 0.8), f32x4.splat(ly * 0.09)), octaves, seed);
      return scale(f32x4.sub(here, there), 4.2);
    }
    case 7: {
      const a = f32x4.sub(scale(u, 9), f32x4.floor(scale(u, 9)));
      const b = f32x4.sub(scale(v, 9), f32x4.floor(scale(v, 9)));
      return f32x4.add(scale(f32x4.abs(f32x4.sub(a, b)), 0.5), scale(noise4(u, v, seed), 0.4));
    }
    case 8: {
      const clump = fbm4(u, v, octaves, seed);
      const light = fbm4(f32x4.add(u, f32x4.splat(lx * 0.22)), f32x4.add(v, f32x4.splat(ly * 0.22)), octaves, seed);
      return f32x4.add(scale(clump, 0.5), scale(f32x4.sub(clump, light), 1.8));
    }
    case 11: {
      const row = f32x4.floor(scale(v, 3));
      const shift = scale(f32x4.sub(row, scale(f32x4.floor(scale(row, 0.5)), 2)), 0.5);
      const along = f32x4.add(scale(u, 1.4), shift);
      const fx = f32x4.sub(along, f32x4.floor(along));
      const fy = f32x4.sub(scale(v, 3), row);
      const joint = f32x4.min(f32x4.min(fx, f32x4.sub(f32x4.splat(1), fx)), scale(f32x4.min(fy, f32x4.sub(f32x4.splat(1), fy)), 0.5));
      const mortar = f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.splat(1), scale(joint, 18)));
      return f32x4.sub(scale(noise4(f32x4.add(f32x4.floor(along), f32x4.splat(0.37)), f32x4.add(row, f32x4.splat(0.61)), seed), 0.9), scale(mortar, 0.5));
    }
    default:
      return fbm4(u, v, octaves, seed);
  }
}
