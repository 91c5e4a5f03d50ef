/** Land, from the far ridges to where the foreground begins. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times, type Rgb } from '../raster/colour.ts';
import { clamp, lerp, PI, sin } from '../raster/math.ts';
import { street, town } from './city.ts';
import { water } from './water.ts';
import { hiddenByGround } from './ground.ts';
import { broadleaf, conifer, crests, land, lowest, ribbon, waves, type Skyline } from './lines.ts';
import type { Painter } from './painter.ts';
import type { Polygon } from '../raster/path.ts';
import { REVEALED, type Stage } from './stage.ts';

export function backdrop(stage: Stage): void {
  const { painter, spec, width, height, unit, random } = stage;
  const H = spec.horizon;
  const depthOf = (near: number) => lerp(0.96, 0.42, near);
  // How far behind what hides it land goes on, where a moving camera may look.
  const reach = stage.isLayered ? REVEALED * height : 0;
  /** `hiddenFrom`: the row on screen from which on nearer things cover it, so that it need not be painted there. */
  const plane = (
    near: number,
    skylineAt: Skyline,
    colour: Rgb,
    hiddenFrom: number,
    more: Partial<Parameters<Painter['fill']>[1]> = {},
  ) => {
    const depth = depthOf(near);
    const haze = clamp(spec.hazeAmount * (1.12 - near) + 0.06);
    painter.fill([land(width, height, skylineAt, { foot: painter.sceneAt(0, hiddenFrom + reach, depth)[1] })], {
      top: shift(colour, lerp(1.05, 0.86, near)),
      bottom: shift(colour, lerp(1, 0.78, near)),
      haze: spec.haze,
      hazy: [haze * 0.78, Math.min(0.97, haze * 1.25)],
      span: [(H - 0.3 + near * 0.2) * height, (H + 0.05 + near * 0.12) * height],
      depth,
      seed: spec.seed + Math.round(near * 50),
      octaves: stage.octaves,
      grainSize: 240 * unit * (0.5 + near),
      ...more,
    });
  };
  const mist = (row: number, thick: number, density: number) => {
    if (spec.banned.has('fog')) return;
    const { bench } = painter;
    const mark = bench.mark();
    const [, y] = painter.project(0, row * height, 0.8);
    const growth = painter.grown(0.8);
    const tall = thick * height * growth;
    const [left, up] = painter.sceneAt(0, 0, 0.8);
    const top = clamp(Math.floor(y - tall * 0.7), 0, height - 1);
    bench.run.mist(
      painter.buffer,
      width,
      top,
      clamp(Math.floor(y + tall * 0.5), top + 1, height),
      painter.block(
        blend(spec.haze, spec.sky[2], 0.4),
        density * (0.25 + spec.hazeAmount),
        spec.seed + 9,
        300 * unit * growth,
        0.6 * sin(stage.turn * 2 * PI) + left / (300 * unit),
        up * growth,
      ),
    );
    bench.release(mark);
  };
  const s = spec.seed;
  const covered = (line: Skyline, near: number) => painter.project(0, lowest(line) * height, depthOf(near))[1] + 2;
  const ground = hiddenByGround(stage);
  const peaks = spec.place === 'mountains' ? 1 : spec.place === 'snowfield' ? 0.62 : spec.place === 'lake' ? 0.72 : 0;
  const bare = spec.banned.has('mountains');

  const hillLine = (k: number): Skyline => {
    const low = spec.place === 'lake' ? 0.6 : 1;
    return (x) =>
      H +
      (k - 1) * 0.022 * low -
      (0.075 - k * 0.012) * low * (0.7 + waves(x * (1.5 + k * 0.5) + k * 7, 4, s + 200 + k * 17));
  };
  const HILLS = [0.12, 0.4, 0.66];
  const hills = ['hills', 'meadow', 'mountains', 'snowfield', 'lake'].includes(spec.place)
    ? [0, 1, 2].filter((k) => !(peaks && k === 0) && !(spec.place === 'lake' && k === 2))
    : [];
  const hiddenByHills = Math.min(ground, ...hills.map((k) => covered(hillLine(k), HILLS[k]!)));

  if (peaks && !bare) {
    const summit = lerp(0.36, 0.64, random());
    const tall = Math.min(0.4, H * 0.72) * peaks * lerp(0.85, 1.15, random());
    const PEAKS = [0.02, 0.28, 0.55];
    const peakLine = (k: number): Skyline => {
      const centre = clamp(summit + (k - 1) * 0.34 * (s % 2 ? 1 : -1), 0.1, 0.9);
      return (x) => {
        const d = Math.abs(x - centre) * (1.5 + k * 0.25);
        return (
          H +
          0.015 -
          tall *
            (1 - k * 0.3) *
            (0.34 + 0.74 * Math.max(0, 1 - d * 1.25)) *
            (0.62 + 0.5 * crests(x * (2.3 + k * 0.8), 6, s + k * 31))
        );
      };
    };
    for (const [k, near] of PEAKS.entries()) {
      const nearer = PEAKS.map((_, n) => n)
        .filter((n) => n > k)
        .map((n) => covered(peakLine(n), PEAKS[n]!));
      plane(near, peakLine(k), blend(spec.land, spec.sky[0], 0.35 - k * 0.1), Math.min(hiddenByHills, ...nearer), {
        texture: 'rock',
        rough: 0.85,
        grainSize: 150 * unit * (1.2 + k * 0.3),
        snow: spec.season === 'summer' ? 0.1 : [0.62, 0.4, 0.12][k]!,
        span: [(H - tall * (1 - k * 0.28)) * height, (H + 0.05) * height],
        octaves: stage.octaves + 1,
      });
      mist(H - 0.01 + k * 0.02, 0.13, 0.75 - k * 0.15);
    }
  }
  if (hills.length) painter.nearer();
  for (const k of hills) {
    const [near, line] = [HILLS[k]!, hillLine(k)];
    const nearer = hills.filter((n) => n > k).map((n) => covered(hillLine(n), HILLS[n]!));
    plane(near, line, spec.land, Math.min(ground, ...nearer), {
      texture: spec.place === 'snowfield' ? 'soft' : 'foliage',
      rough: 0.3,
      grainSize: 46 * unit * (0.6 + near),
    });
    if (!spec.banned.has('trees') && !spec.banned.has('tree')) treeLine(stage, line, near, k);
    if (k < 2) mist(H + k * 0.03, 0.09, 0.45);
  }
  if (spec.place === 'forest') {
    const ROWS = [0.05, 0.25, 0.45, 0.68];
    const rowLine =
      (k: number): Skyline =>
      (x) =>
        H + 0.015 + k * 0.035 - 0.02 * waves(x * 3, 3, s + k);
    for (const [k, near] of ROWS.entries()) {
      const line = rowLine(k);
      if (k % 2 === 0) painter.nearer();
      treeLine(stage, line, near, k, 2.2 + k * 1.25);
      plane(near, line, spec.land, k < 3 ? Math.min(ground, covered(rowLine(k + 1), ROWS[k + 1]!)) : ground, {
        texture: 'foliage',
        rough: 0.4,
        grainSize: 30 * unit,
      });
      mist(H + 0.02 + k * 0.03, 0.2, 0.8 - k * 0.14);
    }
    if (spec.time !== 'night' && !spec.weathers.has('rain')) {
      painter.bench.run.rays(
        painter.buffer,
        width,
        0,
        height,
        painter.block(
          ...painter.project(spec.sun.x * width, -0.15 * height, 0.9),
          Math.max(width, height) * 1.25,
          0.5,
          times(spec.sun.colour, 0.7),
          s,
          0,
        ),
      );
    }
  }
  if (spec.place === 'desert') {
    const canyon = s % 3 === 0;
    if (canyon) mesas(stage);
    for (const [k, near] of [0.1, 0.36, 0.62].entries()) {
      if (k === 2) painter.nearer();
      const line = (x: number) =>
        H + (k - 0.6) * 0.04 - (0.085 - k * 0.008) * crests(x * (0.9 + k * 0.4) + k * 3.3, 3, s + 60 + k * 13);
      plane(near, line, shift(spec.land, 1.02 + k * 0.05), ground, {
        texture: 'soft',
        rough: 0.12,
        grainSize: 300 * unit,
      });
      // The lee side of each dune lies in shade: a second outline, lower on the far side of each crest.
      const lee = (x: number) =>
        line(x) +
        0.006 +
        0.05 *
          Math.max(
            0,
            waves(x * 2.2 + k * 1.7 + (spec.light.direction[0] > 0 ? 0.12 : -0.12), 3, s + 61 + k * 13) + 0.22,
          );
      painter.fill([ribbon(width, height, line, lee)], {
        top: shift(spec.land, 0.62, 1.1),
        bottom: shift(spec.land, 0.92),
        haze: spec.haze,
        hazy: [0.5 * (1 - near), 0.35 * (1 - near)],
        depth: lerp(0.95, 0.45, near),
        opacity: 0.75,
      });
    }
  }
  if (spec.place === 'sea' || spec.place === 'beach') {
    if (random() < 0.75 || spec.place === 'beach') {
      const at = random() < 0.5 ? 0.16 : 0.84;
      const wide = lerp(0.2, 0.42, random());
      plane(
        0.12,
        (x) => H + 0.004 - Math.max(0, 1 - Math.abs(x - at) / wide) * (0.07 + 0.045 * waves(x * 7, 5, s)),
        spec.land,
        ground,
        { texture: 'rock', rough: 0.5 },
      );
    }
    if (spec.place === 'beach') painter.nearer();
    if (spec.place === 'beach') water(stage, H * height, (H + (1 - H) * 0.4) * height);
  }
  if (spec.place === 'city') town(stage);
  if (spec.place === 'street') street(stage);
}

function treeLine(stage: Stage, line: (x: number) => number, near: number, k: number, tall = 1): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 900 + k);
  const conifers =
    spec.place === 'mountains' ||
    spec.place === 'snowfield' ||
    spec.place === 'forest' ||
    spec.place === 'lake' ||
    spec.season === 'winter';
  const trees: Polygon[] = [];
  const size = (14 + near * 46) * unit * tall;
  const gap = conifers ? size * 0.2 : size * 0.42;
  const bunch = spec.place === 'forest' ? 2 : 0.18;
  for (let x = -0.05 * width; x < width * 1.05; x += gap * (0.5 + random())) {
    const grows = spec.place === 'forest' || waves((x / width) * 4, 3, spec.seed + 77 + k) > 0.16 - bunch * 0.6;
    const high = size * (0.55 + random() * 0.8);
    const seed = Math.floor(random() * 1e6);
    if (!grows) continue;
    const foot = line(x / width) * height + high * 0.04;
    if (conifers) trees.push(conifer(x, foot, high * 1.25, seed));
    else trees.push(...broadleaf(x, foot, high, seed));
  }
  if (!trees.length) return;
  const haze = clamp(spec.hazeAmount * (1.05 - near));
  const colour =
    spec.season === 'autumn' && !conifers
      ? lch(0.52, 0.13, 48)
      : spec.season === 'winter' || spec.weathers.has('snow')
        ? blend(shift(spec.land, 0.62), lch(0.86, 0.01, 240), 0.3)
        : shift(spec.land, 0.68, 0.95);
  painter.fill(trees, {
    form: near > 0.3 ? 'round' : 'flat',
    swell: 3 * unit,
    top: shift(colour, 1.1),
    bottom: shift(colour, 0.8),
    haze: spec.haze,
    hazy: [haze * 0.75, haze],
    depth: lerp(0.94, 0.42, near),
    texture: 'foliage',
    rough: 0.35,
    grainSize: 12 * unit,
    octaves: 3,
    rim: 0.5,
  });
}

function mesas(stage: Stage): void {
  const { painter, spec, width, height } = stage;
  const random = randomFrom(spec.seed + 12);
  for (let k = 0; k < 4; k++) {
    const [cx, half, tall] = [random(), 0.05 + random() * 0.1, 0.08 + random() * 0.2];
    const foot = (spec.horizon + 0.02) * height;
    const points: number[] = [];
    for (const [t, lift] of [
      [-1.9, 0],
      [-1.15, 0.36],
      [-1, 0.42],
      [-0.94, 0.95],
      [-0.5, 1],
      [0.1, 0.97],
      [0.6, 1.02],
      [0.93, 0.93],
      [1, 0.45],
      [1.2, 0.34],
      [1.9, 0],
    ] as const)
      points.push((cx + t * half) * width, foot - lift * tall * height);
    const near = 0.1 + k * 0.12;
    painter.fill([points], {
      top: lch(0.5, 0.12, 42),
      bottom: lch(0.58, 0.1, 50),
      haze: spec.haze,
      hazy: [spec.hazeAmount * (0.7 - near), spec.hazeAmount * (0.95 - near)],
      texture: 'rock',
      rough: 0.7,
      grainSize: 70 * stage.unit,
      depth: 0.9 - near * 0.3,
      form: 'round',
      swell: 9 * stage.unit,
      seed: spec.seed + k,
    });
  }
}
