/** Shapes: painting, shading and lighting through a mask. */
import { across, lane } from './noise';
import { clamp01, colour, depthOf, mix, param, scale, smooth, withDepth } from './pixels';
import { textureAt } from './surface';

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
