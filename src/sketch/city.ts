/** Built places: a town as a skyline, and a street seen along its houses. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times } from '../raster/colour.ts';
import { clamp, lerp } from '../raster/math.ts';
import { groundLies, standsAt } from './ground.ts';
import { land, skyline } from './lines.ts';
import type { Polygon } from '../raster/path.ts';
import type { Stage } from './stage.ts';
import { mirrorView, rowsOfWater } from './water.ts';

export function town(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  if (spec.banned.has('buildings') || spec.banned.has('city')) return;
  const dark = spec.time === 'night' || spec.time === 'dusk' || spec.time === 'sunset' || spec.style === 'neon';
  for (const [k, near] of [0.06, 0.32, 0.62].entries()) {
    const foot = (spec.horizon + 0.02 + k * 0.045) * height;
    painter.nearer();
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

export function street(stage: Stage): void {
  const { painter, spec, width, height } = stage;
  const random = randomFrom(spec.seed + 44);
  const [vx, vy] = [width * lerp(0.42, 0.58, random()), spec.horizon * height];
  const lit = spec.time === 'night' || spec.time === 'dusk' || spec.style === 'neon';
  for (let k = 6; k >= 0; k--) {
    const near = 1 / (k * 0.55 + 0.72);
    const next = 1 / ((k + 1) * 0.55 + 0.72);
    if (k === 3 || k === 0) painter.nearer();
    for (const side of [-1, 1]) {
      const tall = lerp(0.55, 1.15, random()) * height;
      const x = (n: number) => vx + side * n * width * 0.46;
      const up = (n: number, h: number) => vy - n * h * 0.86;
      const down = (n: number) => vy + n * height * 0.3;
      const outer = side * width * 1.3 + vx;
      const haze = clamp((0.18 + k * 0.13) * spec.hazeAmount * 1.3);
      const depth = clamp(0.24 + k * 0.1, 0, 0.92);
      // The ground hides the feet of all houses along its far edge, so that none may go far ahead of it.
      const lies = lerp(0.7, 0.95, k / 6);
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
          lies,
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
        lies,
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
          lies,
          0.6,
          lch(0.8, 0.12, spec.style === 'neon' ? [345, 195, 300, 80][k % 4]! : 76),
          0.75 * (1 - haze * 0.7),
        );
      else
        painter.fill(windows, {
          top: shift(spec.sky[1], 0.8),
          depth,
          lies,
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
        painter.shine([sign], lies, 1, lch(0.72, 0.2, hue), 1.5);
        painter.shine([sign], lies, 16 * stage.unit * near, lch(0.6, 0.2, hue), 0.9);
      }
    }
  }
  painter.nearer();
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
    lies: groundLies(spec),
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
    lies: groundLies(spec),
    span: [vy, height],
    texture: 'ground',
    horizon: vy,
    rough: 0.16,
    octaves: 3,
  });
  if (spec.weathers.has('rain') || spec.extras.has('reflection') || spec.style === 'neon') {
    const first = clamp(Math.floor(painter.project(0, vy + 1, groundLies(spec)[0])[1]), 1, height - 1);
    const mark = painter.bench.mark();
    painter.bench.run.water(
      painter.buffer,
      width,
      first,
      height,
      rowsOfWater(painter, first, height, (row) => standsAt(spec, row / height)),
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
        0,
        ...mirrorView(painter, groundLies(spec)[0]),
      ),
    );
    painter.bench.release(mark);
  }
}
