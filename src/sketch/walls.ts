/** A wall seen from the front, with a strip of ground: its bricks, boards or tiles, and what is written on it. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times, type Rgb } from '../raster/colour.ts';
import { groundLies } from './ground.ts';
import { linesFor, lettering, writtenInto } from '../markup/lettering/lettering.ts';
import type { Surface } from './lexicon.ts';
import { land } from './lines.ts';
import { rectangle, type Polygon } from '../raster/path.ts';
import type { Stage } from './stage.ts';
import { paintSubject } from './subjects.ts';

const TONES: Readonly<Record<Surface, readonly [stuff: Rgb, joint: Rgb]>> = {
  brick: [lch(0.47, 0.1, 38), lch(0.62, 0.02, 70)],
  concrete: [lch(0.66, 0.008, 90), lch(0.55, 0.008, 90)],
  stone: [lch(0.6, 0.02, 80), lch(0.42, 0.02, 70)],
  planks: [lch(0.5, 0.07, 58), lch(0.28, 0.04, 50)],
  tiles: [lch(0.88, 0.025, 215), lch(0.74, 0.012, 220)],
  plaster: [lch(0.84, 0.03, 80), lch(0.8, 0.03, 80)],
};
/** Height and width of a piece, in thousandths of the frame, and how wide the joint is; no pieces where it has none. */
const PIECES: Readonly<Record<Surface, readonly [height: number, width: number, joint: number] | undefined>> = {
  brick: [40, 118, 5],
  concrete: [330, 470, 3],
  stone: [92, 170, 7],
  planks: [1400, 96, 4],
  tiles: [84, 84, 5],
  plaster: undefined,
};

export function wall(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const isNight =
    spec.time === 'night' || spec.time === 'dusk' || spec.letters?.isNeon === true || spec.moods.has('dark');
  const dim = isNight ? 0.46 : 1;
  const [stuff, joint] = TONES[spec.surface].map((tone) => shift(tone, dim, isNight ? 0.8 : 1)) as [Rgb, Rgb];
  painter.fill([rectangle(-width * 0.2, -height * 0.2, width * 1.4, height * 1.4)], {
    top: shift(joint, 0.94),
    bottom: joint,
    depth: 1,
    texture: 'soft',
    rough: spec.surface === 'plaster' || spec.surface === 'concrete' ? 0.09 : 0.05,
    grainSize: 220 * unit,
    span: [0, height],
    seed: spec.seed,
  });
  pieces(stage, stuff);
  lightOn(stage, isNight);
  ground(stage, isNight);
  if (spec.letters) written(stage, spec.letters);
  painter.nearer();
  for (const subject of spec.subjects.toSorted((a, b) => a.y - b.y))
    paintSubject(painter, spec, subject, subject.shape === 'portrait' ? 'nothing' : 'ground');
}

/** Courses of pieces in a few tones, each row shifted by half of one. */
function pieces({ painter, spec, width, height, unit }: Stage, stuff: Rgb): void {
  const piece = PIECES[spec.surface];
  if (!piece) return;
  const [tall, wide, gap] = piece.map((value) => value * unit) as [number, number, number];
  const random = randomFrom(spec.seed + 61);
  const tones: Polygon[][] = [[], [], [], []];
  const isUneven = spec.surface === 'stone';
  const isShifted = spec.surface === 'brick' || isUneven;
  for (let row = -1; row * tall < height * 1.1; row++) {
    let x = -width * 0.12 - (isShifted && row % 2 ? wide / 2 : 0);
    while (x < width * 1.12) {
      const long = wide * (isUneven ? 0.7 + random() * 0.7 : 1);
      const tone = tones[Math.floor(random() * tones.length)]!;
      tone.push(
        rectangle(
          x + gap / 2,
          row * tall + gap / 2,
          long - gap,
          tall - gap,
          Math.min(tall, long) * (isUneven ? 0.2 : 0.05),
        ),
      );
      x += long;
    }
  }
  for (const [k, polygons] of tones.entries())
    painter.fill(polygons, {
      form: 'round',
      swell: (spec.surface === 'concrete' || spec.surface === 'planks' ? 1.2 : 2.2) * unit,
      top: shift(stuff, 0.9 + k * 0.07, 1, (k - 1.5) * 3),
      bottom: shift(stuff, 0.84 + k * 0.07, 1, (k - 1.5) * 3),
      span: [0, height],
      depth: 0.98,
      texture: spec.surface === 'planks' ? 'wood' : spec.surface === 'tiles' ? 'none' : 'rock',
      rough: spec.surface === 'tiles' ? 0 : 0.14,
      grainSize: 40 * unit,
      gloss: spec.surface === 'tiles' ? 0.55 : 0.04,
      seed: spec.seed + k,
    });
}

function lightOn({ painter, spec, width, height }: Stage, isNight: boolean): void {
  const side = Math.sign(spec.light.direction[0]) || 1;
  const big = Math.max(width, height);
  painter.shade(
    [rectangle(side > 0 ? -width * 0.2 : width * 0.72, -height * 0.2, width * 0.48, height * 1.4)],
    0.97,
    big * 0.12,
    [0.05, 0.05, 0.09],
    isNight ? 0.5 : 0.3,
  );
  painter.glow(
    width * (0.5 + side * 0.2),
    height * 0.34,
    0.97,
    big * 0.34,
    times(spec.light.key, isNight ? 0.1 : 0.26),
    0.5,
  );
}

function ground(stage: Stage, isNight: boolean): void {
  const { painter, spec, width, height, unit } = stage;
  const row = spec.horizon * height;
  const tone = shift(lch(0.5, 0.012, 70), isNight ? 0.5 : 1);
  painter.nearer();
  painter.shade(
    [rectangle(-width * 0.2, row - 26 * unit, width * 1.4, 30 * unit)],
    0.9,
    18 * unit,
    [0.06, 0.06, 0.08],
    0.55,
  );
  painter.fill([land(width, height, () => spec.horizon, { steps: 2 })], {
    top: tone,
    bottom: shift(tone, 0.74),
    depth: [0.6, 0.05],
    lies: groundLies(spec),
    span: [row, height],
    texture: 'ground',
    horizon: row - 0.2 * height,
    rough: 0.16,
    ...(spec.weathers.has('rain') || spec.extras.has('reflection') ? { gloss: 0.6 } : {}),
  });
  painter.fill([rectangle(-width * 0.2, row, width * 1.4, 9 * unit)], {
    top: shift(tone, 1.16),
    depth: 0.6,
    lies: groundLies(spec)[0],
  });
}

/** Painted on, or as glass tubes that shine on what is around them. */
function written(
  { painter, spec, width, height, unit }: Stage,
  { text, isNeon, colour }: NonNullable<Stage['spec']['letters']>,
): void {
  const aspect = (width * 0.78) / (height * 0.4);
  const lines = linesFor(text, aspect);
  const widest = Math.max(...lines.map((line) => lettering(line).width));
  const capital = Math.min((width * 0.74) / widest, (height * 0.44) / (lines.length * 1.35));
  const [cx, cy] = [width / 2, spec.horizon * height * 0.46];
  const polygons = writtenInto(text, cx, cy, widest * capital, lines.length * 1.35 * capital);
  if (!isNeon) {
    painter.fill(polygons, {
      top: shift(colour, 1.04),
      bottom: shift(colour, 0.94),
      depth: 0.96,
      opacity: 0.93,
      texture: 'rock',
      rough: 0.1,
      grainSize: 30 * unit,
    });
    return;
  }
  const fallen = polygons.map((polygon) => polygon.map((value) => value + 5 * unit));
  painter.shade(fallen, 0.96, 3 * unit, [0, 0, 0], 0.6);
  painter.shine(polygons, 0.96, capital * 0.5, colour, 0.85);
  painter.shine(polygons, 0.96, capital * 0.16, colour, 0.55);
  painter.fill(polygons, { top: colour, depth: 0.95, unlit: true, glow: 0.7 });
  painter.fill(inner(text, cx, cy, widest * capital, lines.length * 1.35 * capital, unit), {
    top: blend(colour, [1, 1, 1], 0.75),
    depth: 0.95,
    unlit: true,
    glow: 1.2,
    opacity: 0.3,
  });
  painter.glow(cx, spec.horizon * height + 20 * unit, 0.5, width * 0.3, times(colour, 0.5), 0.5, 0.2);
}
/** The bright middle of the tubes: the letters drawn again a little lighter in weight. */
function inner(text: string, cx: number, cy: number, width: number, height: number, unit: number): Polygon[] {
  return writtenInto(text, cx, cy - unit, width * 0.995, height);
}
