/** What lies near the eye: the ground at one's feet, what grows on it, water, and what frames the picture. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times } from '../raster/colour.ts';
import { cos, lerp, PI, sin } from '../raster/math.ts';
import { groundDepth, groundLies, groundLine, groundRow, standsAt } from './ground.ts';
import { water } from './water.ts';
import { conifer, land, ribbon, waves } from './lines.ts';
import { ellipse, type Polygon } from '../raster/path.ts';
import type { Stage } from './stage.ts';

export function foreground(stage: Stage): void {
  const { painter, spec, width, height, unit, random } = stage;
  const s = spec.seed;
  const H = spec.horizon;
  if (spec.place === 'street') return;
  painter.nearer();
  if (spec.place === 'city') {
    const row = groundRow(spec) * height;
    if (s % 3 || spec.extras.has('reflection')) return water(stage, row);
    painter.fill([land(width, height, () => H + 0.1, { steps: 2 })], {
      top: blend(spec.ground, spec.haze, 0.4),
      bottom: shift(spec.ground, 0.7),
      depth: [0.7, 0.05],
      lies: groundLies(spec),
      span: [row, height],
      texture: 'ground',
      horizon: row - 0.05 * height,
      rough: 0.25,
    });
    return;
  }
  const row = groundRow(spec);
  const skylineAt = groundLine(spec);
  const texture = spec.place === 'desert' || spec.place === 'beach' ? 'dunes' : 'ground';
  const snowy = spec.place === 'snowfield' || spec.weathers.has('snow');
  const depth = groundDepth(spec);
  painter.fill([land(width, height, skylineAt)], {
    top: blend(shift(spec.ground, 1.02), spec.haze, spec.hazeAmount * 0.42),
    bottom: shift(spec.ground, snowy ? 0.93 : 0.78, 1.05),
    depth,
    lies: groundLies(spec),
    span: [row * height, height * 1.02],
    texture,
    horizon: (row - 0.06) * height,
    rough: spec.place === 'desert' ? 0.22 : snowy ? 0.07 : spec.place === 'beach' ? 0.07 : 0.42,
    octaves: stage.octaves,
    seed: s + 3,
  });
  if (spec.place === 'beach') {
    const foam = (x: number) => skylineAt(x) - 0.006 - 0.012 * waves(x * 6, 3, s + 8);
    painter.fill([ribbon(width, height, foam, (x) => skylineAt(x) + 0.006 + 0.01 * waves(x * 9, 3, s + 4))], {
      top: lch(0.95, 0.015, 220),
      depth: 0.5,
      lies: groundLies(spec)[0],
      opacity: 0.85,
    });
  }
  if (spec.place === 'space') {
    for (let k = 0; k < 9; k++) {
      const y = lerp(row + 0.03, 1, random() * random());
      const r = (8 + 46 * (y - row)) * unit * (0.6 + random());
      const x = random() * width;
      const lies = standsAt(spec, y);
      painter.shade([ellipse(x, y * height, r * 1.6, r * 0.42)], lies, 1, [0.2, 0.2, 0.24], 0.6);
      painter.shine(
        [ellipse(x - spec.light.direction[0] * r * 0.2, y * height + r * 0.2, r * 1.55, r * 0.3)],
        lies,
        1,
        spec.light.key,
        0.12,
      );
    }
  }
  const flowery =
    (spec.place === 'meadow' || spec.season === 'spring' || spec.extras.has('flowers')) &&
    !spec.banned.has('flowers') &&
    !spec.banned.has('flower') &&
    !snowy &&
    spec.place !== 'desert' &&
    spec.place !== 'beach' &&
    spec.place !== 'space';
  if (flowery || spec.place === 'hills' || spec.place === 'meadow') meadow(stage, row, flowery);
  if (
    (spec.place === 'mountains' ||
      spec.place === 'snowfield' ||
      spec.place === 'desert' ||
      spec.place === 'forest' ||
      spec.extras.has('stones')) &&
    !spec.banned.has('stones')
  )
    stones(stage, row);
}

export function meadow(stage: Stage, row: number, flowery: boolean): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 31);
  const flower = spec.subjects.some((subject) => subject.shape === 'flower')
    ? spec.subjects.find((subject) => subject.shape === 'flower')!.colour
    : spec.accent;
  for (let band = 0; band < 5; band++) {
    const near = (band + 0.6) / 5;
    const y0 = lerp(row + 0.02, 1.02, near * near);
    const size = (3 + 30 * near * near) * unit;
    const blades: Polygon[] = [];
    const blooms: Polygon[] = [];
    const count = stage.simple ? 140 : 260;
    for (let k = 0; k < count; k++) {
      const x = random() * width * 1.1 - width * 0.05;
      const y = (y0 + (random() - 0.5) * 0.09 * near) * height;
      const lean =
        (random() - 0.5) * size * 0.7 +
        size * 0.16 * sin(stage.turn * 2 * PI + x * 0.01) * (spec.weathers.has('wind') ? 3 : 1);
      const tall = size * (0.6 + random() * 0.9);
      blades.push([
        x - size * 0.05,
        y,
        x + lean * 0.5,
        y - tall * 0.6,
        x + lean,
        y - tall,
        x + lean * 0.5 + size * 0.07,
        y - tall * 0.55,
        x + size * 0.06,
        y,
      ]);
      if (flowery && random() < 0.26) blooms.push(ellipse(x + lean, y - tall, size * 0.16, size * 0.12, 10));
    }
    const depth = lerp(0.66, 0.05, near);
    const lies = standsAt(spec, y0);
    const haze = spec.hazeAmount * 0.5 * (1 - near);
    painter.fill(blades, {
      top: shift(spec.ground, 1.12, 1.1),
      bottom: shift(spec.ground, 0.75),
      haze: spec.haze,
      hazy: [haze, haze],
      depth,
      lies,
      opacity: 0.85,
    });
    if (blooms.length)
      painter.fill(blooms, {
        form: 'round',
        swell: 2,
        top: shift(band % 2 ? flower : blend(flower, lch(0.95, 0.03, 90), 0.55), 1.06),
        haze: spec.haze,
        hazy: [haze, haze],
        depth,
        lies,
        rim: 0.4,
      });
  }
}

export function stones(stage: Stage, row: number): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 61);
  for (let k = 0; k < 6; k++) {
    const y = lerp(row + 0.06, 0.98, random());
    const near = (y - row) / (1 - row);
    const [x, r] = [random() * width, (12 + 60 * near) * unit * (0.5 + random() * 0.7)];
    const points: number[] = [];
    for (let i = 0; i <= 12; i++) {
      const t = PI + (PI * i) / 12;
      const rr = r * (0.8 + 0.35 * random());
      points.push(x + cos(t) * rr * 1.3, y * height + sin(t) * rr * 0.75);
    }
    painter.shade(
      [ellipse(x - spec.light.direction[0] * r * 0.8, y * height, r * 1.7, r * 0.3)],
      standsAt(spec, y),
      r * 0.12,
      times(spec.sky[0], 0.3),
      0.6,
    );
    painter.fill([points], {
      form: 'round',
      swell: r * 0.22,
      top: blend(spec.land, lch(0.55, 0.02, 260), 0.45),
      bottom: shift(spec.land, 0.6),
      texture: 'rock',
      rough: 0.4,
      grainSize: r * 0.9,
      haze: spec.haze,
      hazy: [0.2 * (1 - near), 0.2 * (1 - near)],
      depth: lerp(0.7, 0.1, near),
      lies: standsAt(spec, y),
      seed: spec.seed + k,
    });
  }
}

export function islet(stage: Stage, x: number, y: number, size: number): void {
  const { painter, spec, width, height } = stage;
  const half = size * 0.75 * (height / width);
  const points: number[] = [];
  for (let i = 0; i <= 26; i++) {
    const t = i / 26;
    const lift = sin(t * PI) * size * 0.16 * (0.8 + 0.9 * waves(t * 5, 4, spec.seed + 3));
    points.push((x - half + 2 * half * t) * width, (y + 0.012 - lift) * height);
  }
  painter.fill([points], {
    form: 'round',
    top: blend(spec.land, lch(0.45, 0.03, 250), 0.4),
    bottom: shift(spec.land, 0.5),
    texture: 'rock',
    rough: 0.8,
    grainSize: 60 * stage.unit,
    depth: 0.5,
    lies: standsAt(spec, y),
    haze: spec.haze,
    hazy: [0.12, 0.16],
  });
}

export function framing(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 88);
  if (
    spec.banned.has('trees') ||
    random() < 0.45 ||
    spec.lens === 'aerial' ||
    !['mountains', 'hills', 'forest', 'lake', 'meadow', 'snowfield'].includes(spec.place)
  )
    return;
  const side = spec.sun.x > 0.5 ? 0 : 1;
  const dark = blend(shift(spec.land, 0.42), spec.sky[0], 0.12);
  const paint = {
    top: shift(dark, 1.15),
    bottom: dark,
    depth: 0.03,
    form: 'round' as const,
    swell: 5 * unit,
    rim: 0.9,
    texture: 'foliage' as const,
    rough: 0.3,
    grainSize: 26 * unit,
    octaves: 3,
  };
  const count = 2 + Math.floor(random() * 2);
  for (let k = 0; k < count; k++) {
    const x = (side ? 1.02 - k * 0.075 : -0.02 + k * 0.075) * width;
    painter.fill(
      [conifer(x, height * 1.05, height * (0.86 - k * 0.2) * (0.85 + random() * 0.3), Math.floor(random() * 1e6))],
      paint,
    );
  }
}
