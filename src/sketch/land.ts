/** Land and built things, from the far ridges to where the foreground begins. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times, type Rgb } from '../raster/colour.ts';
import { clamp, lerp, PI, sin } from '../raster/math.ts';
import { hiddenByGround, water } from './foreground.ts';
import { broadleaf, conifer, crests, land, lowest, ribbon, skyline, waves, type Skyline } from './lines.ts';
import type { Painter } from './painter.ts';
import type { Polygon } from './path.ts';
import type { Stage } from './stage.ts';

export function backdrop(stage: Stage): void {
  const { painter, spec, width, height, unit, random } = stage;
  const H = spec.horizon;
  const depthOf = (near: number) => lerp(0.96, 0.42, near);
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
    painter.fill([land(width, height, skylineAt, { foot: painter.rowAt(hiddenFrom, depth) })], {
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
    const top = clamp(Math.floor(y - thick * height * 0.7), 0, height - 1);
    bench.run.mist(
      painter.buffer,
      width,
      top,
      clamp(Math.floor(y + thick * height * 0.5), top + 1, height),
      painter.block(
        blend(spec.haze, spec.sky[2], 0.4),
        density * (0.25 + spec.hazeAmount),
        spec.seed + 9,
        300 * unit,
        0.6 * sin(stage.turn * 2 * PI) + painter.camera.x,
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
          spec.sun.x * width,
          -0.15 * height,
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

function town(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  if (spec.banned.has('buildings') || spec.banned.has('city')) return;
  const dark = spec.time === 'night' || spec.time === 'dusk' || spec.time === 'sunset' || spec.style === 'neon';
  for (const [k, near] of [0.06, 0.32, 0.62].entries()) {
    const foot = (spec.horizon + 0.02 + k * 0.045) * height;
    const { walls, windows } = skyline(
      width,
      foot,
      spec.horizon * height * (0.86 - k * 0.2),
      unit * (0.62 + k * 0.42),
      spec.seed + k * 7,
    );
    const haze = clamp(spec.hazeAmount * (1.1 - near * 1.2));
    const colour = blend(spec.land, spec.sky[0], 0.3 - k * 0.08);
    const depth = lerp(0.94, 0.45, near);
    painter.fill(walls, {
      top: shift(colour, 0.98 - k * 0.16),
      bottom: shift(colour, 0.84 - k * 0.16),
      haze: spec.haze,
      hazy: [haze * 0.62, Math.min(0.95, haze * 1.12)],
      depth,
      span: [foot - height * 0.5, foot],
    });
    const hue = spec.style === 'neon' ? [345, 195, 300][k]! : 78;
    if (dark) painter.shine(windows, depth, 0, lch(0.8, spec.style === 'neon' ? 0.18 : 0.11, hue), 0.35 + near * 0.85);
    else
      painter.fill(windows, {
        top: shift(spec.sky[1], 0.9),
        depth,
        opacity: 0.16 + near * 0.2,
        haze: spec.haze,
        hazy: [haze, haze],
        unlit: true,
      });
  }
}

function street(stage: Stage): void {
  const { painter, spec, width, height } = stage;
  const random = randomFrom(spec.seed + 44);
  const [vx, vy] = [width * lerp(0.42, 0.58, random()), spec.horizon * height];
  const lit = spec.time === 'night' || spec.time === 'dusk' || spec.style === 'neon';
  for (let k = 6; k >= 0; k--) {
    const near = 1 / (k * 0.55 + 0.72);
    const next = 1 / ((k + 1) * 0.55 + 0.72);
    for (const side of [-1, 1]) {
      const tall = lerp(0.55, 1.15, random()) * height;
      const x = (n: number) => vx + side * n * width * 0.46;
      const up = (n: number, h: number) => vy - n * h * 0.86;
      const down = (n: number) => vy + n * height * 0.3;
      const outer = side * width * 1.3 + vx;
      const haze = clamp((0.18 + k * 0.13) * spec.hazeAmount * 1.3);
      const depth = clamp(0.24 + k * 0.1, 0, 0.92);
      const colour = blend(spec.land, spec.accent, random() * 0.35);
      painter.fill(
        [
          [
            x(next),
            up(next, tall),
            x(near),
            up(near, tall),
            outer,
            up(near, tall),
            outer,
            down(near),
            x(near),
            down(near),
            x(next),
            down(next),
          ],
        ],
        {
          top: shift(colour, 0.8),
          bottom: shift(colour, 0.66),
          haze: spec.haze,
          hazy: [haze * 0.8, haze],
          depth,
          texture: 'bricks',
          grainSize: 60 * stage.unit * near,
          rough: 0.25,
        },
      );
      painter.fill([[x(next), up(next, tall), x(near), up(near, tall), x(near), down(near), x(next), down(next)]], {
        top: shift(colour, side === Math.sign(spec.light.direction[0]) ? 0.74 : 1.08),
        bottom: shift(colour, 0.7),
        haze: spec.haze,
        hazy: [haze * 0.8, haze],
        depth,
      });
      const windows: Polygon[] = [];
      for (let row = 1; row < 6; row++)
        for (let c = 0; c < 3; c++) {
          if (random() < 0.35) continue;
          const [a, b] = [lerp(next, near, 0.16 + c * 0.28), lerp(next, near, 0.32 + c * 0.28)];
          const h = (row / 6) * tall;
          windows.push([x(a), up(a, h), x(b), up(b, h), x(b), up(b, h - tall * 0.09), x(a), up(a, h - tall * 0.09)]);
        }
      if (lit)
        painter.shine(
          windows,
          depth,
          0.6,
          lch(0.8, 0.12, spec.style === 'neon' ? [345, 195, 300, 80][k % 4]! : 76),
          0.75 * (1 - haze * 0.7),
        );
      else
        painter.fill(windows, {
          top: shift(spec.sky[1], 0.8),
          depth,
          opacity: 0.5,
          haze: spec.haze,
          hazy: [haze, haze],
          unlit: true,
        });
      if (lit && random() < 0.8) {
        const [a, b] = [lerp(next, near, 0.25), lerp(next, near, 0.4)];
        const sign: Polygon = [
          x(a),
          up(a, tall * 0.2),
          x(b),
          up(b, tall * 0.2),
          x(b),
          up(b, tall * 0.06),
          x(a),
          up(a, tall * 0.06),
        ];
        const hue = [345, 195, 55, 300][Math.floor(random() * 4)]!;
        painter.shine([sign], depth, 1, lch(0.72, 0.2, hue), 1.5);
        painter.shine([sign], depth, 16 * stage.unit * near, lch(0.6, 0.2, hue), 0.9);
      }
    }
  }
  const floor: Polygon = [
    -width * 0.2,
    height * 1.1,
    vx - width * 0.02,
    vy,
    vx + width * 0.02,
    vy,
    width * 1.2,
    height * 1.1,
  ];
  painter.fill([land(width, height, (x) => spec.horizon + Math.abs(x - vx / width) * 0.001, { steps: 4 })], {
    top: blend(spec.ground, spec.haze, 0.5),
    bottom: spec.ground,
    depth: [0.85, 0.06],
    span: [vy, height],
    texture: 'ground',
    horizon: vy,
    rough: 0.2,
    octaves: 3,
  });
  painter.fill([floor], {
    top: blend(shift(spec.ground, 0.8), spec.haze, 0.5),
    bottom: shift(spec.ground, 0.72),
    depth: [0.85, 0.06],
    span: [vy, height],
    texture: 'ground',
    horizon: vy,
    rough: 0.16,
    octaves: 3,
  });
  if (spec.weathers.has('rain') || spec.extras.has('reflection') || spec.style === 'neon') {
    painter.bench.run.water(
      painter.buffer,
      width,
      Math.floor(vy + 1),
      height,
      painter.block(
        spec.seed,
        0.22,
        shift(spec.ground, 0.5),
        0.62,
        spec.sun.x * width,
        times(spec.sun.colour, 0),
        0,
        0,
        height,
        0.85,
        0.06,
        spec.haze,
        0,
      ),
    );
  }
}
