/** From a scene's description to light on the buffer: sky, land or studio, subjects, air. Back to front. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times, toOklab, fromOklab, type Rgb } from '../raster/colour.ts';
import type { Bench } from '../raster/kernels.ts';
import { clamp, cos, lerp, PI, sin, smoothstep } from '../raster/math.ts';
import { Painter } from './painter.ts';
import type { Polygon } from '../raster/path.ts';
import type { PlacedSubject, SceneSpec } from './spec.ts';
import { paintSubject } from './subjects.ts';
import { abstract, room, studio } from './indoors.ts';
import { overhead } from './overhead.ts';
import { wall } from './walls.ts';
import { foreground, framing, islet } from './foreground.ts';
import { afloat, water } from './water.ts';
import { backdrop } from './land.ts';
import type { DrawOptions, Stage } from './stage.ts';

/** Where rain, snow and sparks are for the camera. */
const WEATHER_LIES = 0.25;

export function* draw(bench: Bench, spec: SceneSpec, options: DrawOptions): Generator<number, Painter> {
  const painter = new Painter(bench, options.width, options.height, spec.light, options.camera, options.isLayered);
  const stage: Stage = {
    painter,
    spec,
    ...options,
    unit: Math.sqrt(options.width * options.height) / 1000,
    octaves: options.simple ? 3 : 5,
    random: randomFrom(spec.seed),
  };
  if (spec.place === 'studio') studio(stage);
  else if (spec.place === 'room') room(stage);
  else if (spec.place === 'wall') wall(stage);
  else if (spec.place === 'overhead') overhead(stage);
  else if (spec.place === 'abstract') abstract(stage);
  else yield* outdoors(stage);
  yield 0.8;
  air(stage);
  yield 0.9;
  return painter;
}

function* outdoors(stage: Stage): Generator<number, void> {
  const { spec, painter, height } = stage;
  sky(stage);
  yield 0.3;
  const far = spec.subjects.filter((subject) => subject.depth > 0.55);
  const near = spec.subjects.filter((subject) => subject.depth <= 0.55);
  const wet = spec.place === 'sea' || spec.place === 'lake';
  const standing = ({ shape, drawing }: PlacedSubject) =>
    drawing.habitat === 'air' || spec.place === 'space' || shape === 'portrait' ? 'nothing' : wet ? 'water' : 'ground';
  backdrop(stage);
  yield 0.55;
  const island = wet && spec.subjects.some(needsIsland);
  if (wet) {
    // Water mirrors what stands above its line, so each floating thing needs its own line of water.
    const line =
      Math.max(
        spec.horizon,
        ...spec.subjects
          .filter((subject) => standing(subject) !== 'nothing')
          .map((subject) => subject.above ?? subject.y),
      ) * height;
    const top = spec.horizon * height;
    painter.nearer();
    water(stage, top);
    painter.nearer();
    yield* afloat(stage, top, line, () => {
      for (const subject of spec.subjects) {
        if (needsIsland(subject)) islet(stage, subject.x, subject.y, subject.size);
        paintSubject(painter, spec, subject, standing(subject));
      }
    });
  } else {
    painter.nearer();
    for (const subject of far) paintSubject(painter, spec, subject, standing(subject));
    foreground(stage);
    painter.nearer();
    for (const subject of near) paintSubject(painter, spec, subject, standing(subject));
  }
  painter.nearer();
  if (!island) framing(stage);
}

const needsIsland = ({ drawing, above, shape }: PlacedSubject): boolean =>
  drawing.habitat === 'land' && above === undefined && shape !== 'portrait';

function sky(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const { bench } = painter;
  const mark = bench.mark();
  const rows = bench.alloc(height * 16);
  const view = bench.floats(rows, height * 4);
  const [zenith, middle, low] = spec.sky.map(toOklab) as [Rgb, Rgb, Rgb];
  const horizon = spec.horizon * height;
  for (let y = 0; y < height; y++) {
    const t = clamp(painter.sceneAt(0, y, 1)[1] / Math.max(1, horizon));
    const [a, b, k] =
      t < 0.55 ? [zenith, middle, smoothstep(0, 1, t / 0.55)] : [middle, low, smoothstep(0, 1, (t - 0.55) / 0.45)];
    view.set(fromOklab([lerp(a[0], b[0], k), lerp(a[1], b[1], k), lerp(a[2], b[2], k)]), y * 4);
  }
  const [sunX, sunY] = painter.project(spec.sun.x * width, spec.sun.y * height, 0.98);
  const spread = Math.max(width, height) * 0.34;
  const crescent = spec.time === 'night' ? [0, 0, 0.42, 0.62][spec.seed % 4]! : 0;
  bench.run.sky(
    painter.buffer,
    width,
    0,
    height,
    rows,
    painter.block(
      sunX,
      sunY,
      spec.sun.radius * Math.min(width, height) * painter.grown(0.98),
      spread * painter.grown(0.98),
      spec.sun.glow,
      spec.sun.disc,
      spec.sun.colour,
      spec.stars,
      spec.seed,
      horizon,
      crescent,
      ...painter.view(1),
    ),
  );
  if (spec.place === 'space') nebula(stage);
  else if (spec.clouds > 0.02) clouds(stage, horizon, sunX, sunY);
  if (spec.moods.has('magical')) {
    const drift = 0.35 * sin(stage.turn * 2 * PI);
    bench.run.rays(
      painter.buffer,
      width,
      0,
      clamp(Math.floor(painter.project(0, horizon, 1)[1]), 0, height),
      painter.block(sunX, -0.2 * height, Math.max(width, height), 0.34, spec.sun.colour, spec.seed, drift),
    );
  }
  bench.release(mark);
  if (
    !spec.banned.has('birds') &&
    !spec.banned.has('bird') &&
    (spec.extras.has('birds') || spec.seed % 5 === 0) &&
    spec.time !== 'night' &&
    spec.place !== 'space'
  )
    flock(stage, unit);
}

function clouds(stage: Stage, horizon: number, sunX: number, sunY: number): void {
  const { painter, spec, width, height, unit } = stage;
  const { bench } = painter;
  const step = stage.simple ? 4 : 3;
  const rows = clamp(Math.ceil(painter.project(0, horizon, 1)[1]) + 2, 0, height);
  const [w, h] = [Math.ceil(width / step) + 2, Math.ceil(rows / step) + 2];
  const field = bench.alloc(w * h * 8 + 64);
  const stormy = spec.weathers.has('storm');
  const drift = 0.22 * sin(stage.turn * 2 * PI);
  bench.run.cloudField(
    field,
    w,
    h,
    step,
    painter.block(
      spec.seed + 3,
      spec.clouds,
      1.15 + (spec.seed % 7) * 0.08,
      (spec.seed % 100) * 0.37 + drift,
      0.1 * cos(stage.turn * 2 * PI),
      Math.sign(sunX - width / 2) || 1,
      -0.5,
      stage.octaves,
      Math.max(8, horizon),
      stormy ? 0.12 : 0.05,
      ...painter.view(1),
    ),
  );
  const bright = blend(times(spec.sun.colour, 0.9), spec.sky[2], spec.time === 'night' ? 0.85 : 0.35);
  const dark = blend(spec.sky[1], spec.sky[0], stormy ? 0.9 : 0.45);
  bench.run.clouds(
    painter.buffer,
    width,
    rows,
    field,
    w,
    h,
    step,
    painter.block(
      shift(bright, stormy ? 0.8 : 1.04),
      shift(dark, stormy ? 0.66 : 0.94),
      0.55 + spec.clouds * 0.4,
      sunX,
      sunY,
      Math.max(width, height) * 0.16,
      spec.time === 'night' ? 0.12 : 0.55,
      spec.sun.colour,
      unit,
    ),
  );
}

function nebula(stage: Stage): void {
  const { painter, spec, width, height } = stage;
  const { bench } = painter;
  const step = 3;
  const [w, h] = [Math.ceil(width / step) + 2, Math.ceil(height / step) + 2];
  const field = bench.alloc(w * h * 8 + 64);
  for (const [k, hue] of [spec.seed % 360, (spec.seed % 360) + 70].entries()) {
    bench.run.cloudField(
      field,
      w,
      h,
      step,
      painter.block(
        spec.seed + 40 + k,
        0.42,
        0.9,
        k * 9.3,
        0,
        k ? 1 : -1,
        -0.6,
        stage.octaves + 1,
        height * 1.25,
        0.9,
        ...painter.view(1),
      ),
    );
    bench.run.clouds(
      painter.buffer,
      width,
      height,
      field,
      w,
      h,
      step,
      painter.block(
        lch(0.62, 0.17, hue),
        lch(0.2, 0.1, hue + 30),
        0.5,
        spec.sun.x * width,
        spec.sun.y * height,
        width * 0.25,
        0.35,
        lch(0.85, 0.1, hue),
      ),
    );
  }
}

function flock(stage: Stage, unit: number): void {
  const { painter, spec, width, height } = stage;
  const random = randomFrom(spec.seed + 5);
  const [cx, cy] = [lerp(0.2, 0.8, random()), spec.horizon * lerp(0.3, 0.62, random())];
  const birds: Polygon[] = [];
  for (let k = 0; k < 7; k++) {
    const [x, y, s] = [
      (cx + (random() - 0.5) * 0.2) * width,
      (cy + (random() - 0.5) * 0.08) * height,
      unit * (5 + random() * 7),
    ];
    birds.push([
      x,
      y,
      x - s,
      y - s * 0.42,
      x - s * 1.9,
      y - s * 0.12,
      x - s,
      y - s * 0.26,
      x,
      y + s * 0.14,
      x + s,
      y - s * 0.26,
      x + s * 1.9,
      y - s * 0.12,
      x + s,
      y - s * 0.42,
    ]);
  }
  painter.fill(birds, { top: shift(spec.sky[0], 0.4), depth: 0.88, unlit: true, opacity: 0.8 });
}

function air(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const { run } = painter.bench;
  const [widen, left, top] = painter.view(WEATHER_LIES);
  const growth = 1 / widen;
  const seen = [growth, -left * growth, -top * growth];
  const outside = !['studio', 'room', 'abstract', 'overhead'].includes(spec.place);
  painter.nearer(WEATHER_LIES);
  if (spec.weathers.has('rain') && !spec.banned.has('rain') && outside)
    run.falling(
      painter.buffer,
      width,
      height,
      painter.block(
        1.1 / (unit * unit),
        46 * unit,
        0.16,
        0.75 * Math.max(1, unit),
        0.12,
        blend(spec.sky[2], [1, 1, 1], 0.4),
        spec.seed,
        stage.turn,
        ...seen,
      ),
    );
  if (spec.weathers.has('snow') && !spec.banned.has('snow') && outside)
    run.falling(
      painter.buffer,
      width,
      height,
      painter.block(0.75 / (unit * unit), 1, 0.1, 3 * unit, 0.7, [0.9, 0.94, 1], spec.seed, stage.turn, ...seen),
    );
  if (spec.weathers.has('fog') && !spec.banned.has('fog')) {
    const block = painter.block(spec.haze, 0.42, spec.seed + 4, 420 * unit, 0.5 * sin(stage.turn * 2 * PI), 0);
    for (const scene of [painter.buffer, ...(painter.layers?.scenes ?? [])])
      run.mist(scene, width, Math.floor(height * 0.25), height, block);
  }
  if (spec.moods.has('magical'))
    run.falling(
      painter.buffer,
      width,
      height,
      painter.block(
        0.09 / (unit * unit),
        1,
        0.02,
        2.6 * unit,
        1.1,
        lch(0.88, 0.12, 85),
        spec.seed + 6,
        stage.turn,
        ...seen,
      ),
    );
}
