/** Where the subjects of a scene stand, how large they are and what colour they have. */
import { blend, hex, lch, shift, type Rgb } from '../raster/colour.ts';
import { clamp, lerp } from '../raster/math.ts';
import type { Subject } from './lexicon.ts';
import type { PromptReading } from './read.ts';
import type { ReferenceLook } from './reference.ts';
import { SHAPES } from './shapes.ts';
import type { PlacedSubject, SceneRequest, SceneSpec } from './spec.ts';

const DEFAULT_COLOUR: Partial<Record<Subject, Rgb>> = {
  tree: lch(0.5, 0.1, 135),
  pine: lch(0.38, 0.06, 155),
  palm: lch(0.5, 0.1, 135),
  cactus: lch(0.5, 0.09, 150),
  plant: lch(0.7, 0.04, 60),
  apple: lch(0.55, 0.19, 27),
  cake: lch(0.86, 0.05, 60),
  cat: lch(0.6, 0.1, 60),
  dog: lch(0.66, 0.085, 66),
  horse: lch(0.4, 0.06, 45),
  deer: lch(0.55, 0.075, 58),
  bear: lch(0.38, 0.04, 50),
  elephant: lch(0.58, 0.012, 260),
  rabbit: lch(0.72, 0.03, 70),
  whale: lch(0.42, 0.055, 245),
  bird: lch(0.62, 0.09, 240),
  house: lch(0.84, 0.03, 75),
  tower: lch(0.66, 0.025, 70),
  lighthouse: lch(0.94, 0.01, 80),
  windmill: lch(0.88, 0.02, 80),
  bridge: lch(0.52, 0.14, 33),
  arch: lch(0.52, 0.16, 32),
  mountain: lch(0.5, 0.05, 262),
  astronaut: lch(0.94, 0.008, 240),
  ship: lch(0.4, 0.06, 250),
  mushroom: lch(0.55, 0.18, 28),
  planet: lch(0.65, 0.1, 55),
  crystal: lch(0.74, 0.11, 300),
  table: lch(0.5, 0.06, 55),
  guitar: lch(0.58, 0.12, 52),
  drop: lch(0.74, 0.08, 230),
  candle: lch(0.92, 0.03, 85),
  lamp: lch(0.4, 0.03, 60),
  boat: lch(0.93, 0.02, 85),
  figure: lch(0.3, 0.05, 262),
  walker: lch(0.3, 0.05, 262),
  book: lch(0.48, 0.11, 25),
  camera: lch(0.28, 0.012, 60),
  headphones: lch(0.9, 0.012, 80),
  perfume: lch(0.8, 0.07, 70),
  train: lch(0.5, 0.15, 28),
};

/** The farthest first. At most three kinds of subject are placed. */
export function placedSubjects(
  spec: Omit<SceneSpec, 'subjects'>,
  asked: PromptReading,
  wanted: PromptReading['subjects'],
  request: SceneRequest,
  thirds: number,
  keySide: number,
  random: () => number,
  look: ReferenceLook | undefined,
): PlacedSubject[] {
  const placed: PlacedSubject[] = [];
  const close = spec.place === 'studio' || spec.place === 'room';
  const main = wanted[0];
  const portraitFrame = request.aspect < 1;
  for (const [rank, subject] of wanted.slice(0, 3).entries()) {
    const shape = SHAPES[subject.shape];
    const count = Math.min(subject.count, close ? 5 : 7);
    const colour = subject.colour
      ? hex(subject.colour)
      : (DEFAULT_COLOUR[subject.shape] ?? shift(spec.accent, rank === 0 ? 1 : 0.9, 1, rank * 40));
    const tinted = look ? blend(colour, look.accent, look.strength * 0.55) : colour;
    const material = subject.material ?? (rank === 0 ? asked.materials[0] : undefined);
    const lensScale =
      spec.lens === 'macro'
        ? 1.35
        : spec.lens === 'portrait'
          ? 1.18
          : spec.lens === 'wide' || spec.lens === 'aerial'
            ? 0.74
            : 1;
    for (let k = 0; k < count; k++) {
      const centre =
        rank === 0
          ? close
            ? random() < 0.7
              ? 0.5
              : thirds
            : thirds
          : clamp(thirds + (thirds > 0.5 ? -1 : 1) * (0.2 + 0.14 * rank) + (random() - 0.5) * 0.08, 0.1, 0.9);
      const x =
        look && look.strength > 0.7 && rank === 0 ? lerp(centre, look.focusX, (look.strength - 0.7) * 3) : centre;
      const spread =
        count === 1 ? 0 : ((k + 0.5) / count - 0.5) * (close ? 0.62 : 0.5) * Math.min(1.25, request.aspect);
      if (close) {
        const tall =
          (shape.habitat === 'table' ? 0.44 : 0.52) *
          (rank === 0 ? 1 : 0.62) *
          lensScale *
          (count > 1 ? 0.78 : 1) *
          (0.92 + random() * 0.16);
        const wide = portraitFrame ? Math.min(1, request.aspect * 1.15) : 1;
        const main0 = subject.shape === 'portrait' ? 1.45 : 1;
        placed.push({
          shape: subject.shape,
          x: clamp(x + spread, 0.12, 0.88),
          y:
            subject.shape === 'portrait'
              ? 1.01
              : spec.horizon + 0.075 + (rank > 0 || k % 2 ? 0.045 : 0) + random() * 0.02,
          size: tall * wide * main0,
          flip: random() < 0.5,
          colour: tinted,
          material,
          depth: 0.3 - rank * 0.04,
        });
        continue;
      }
      const flying = shape.habitat === 'air' || (shape.habitat === 'space' && spec.place === 'space');
      const near = flying ? 0.5 : 0.22 + random() * 0.2 + (rank === 0 ? 0.12 : 0) - Math.min(0.18, shape.scale * 0.03);
      const scale = Math.min(
        0.74,
        (0.2 + 0.13 * Math.sqrt(shape.scale)) *
          (rank === 0 && main ? 1.12 : 0.7) *
          lensScale *
          (count > 1 ? 0.72 : 1) *
          (0.85 + random() * 0.3),
      );
      const wide = portraitFrame ? 0.62 + 0.38 * request.aspect : 1;
      const big = subject.shape === 'portrait' ? 2.1 : shape.scale < 0.25 && !flying ? 0.8 : 1;
      const y =
        subject.shape === 'portrait'
          ? 1.01
          : flying
            ? clamp(spec.horizon * (0.42 + random() * 0.3) + scale * 0.5, 0.2, 0.9)
            : spec.horizon +
              (1 - spec.horizon) *
                (spec.place === 'beach' && shape.habitat === 'land'
                  ? 0.62 + near * 0.5
                  : near * (shape.habitat === 'water' ? 0.62 : 1));
      placed.push({
        shape: subject.shape,
        x: clamp(x + spread + (count > 1 ? (random() - 0.5) * 0.05 : 0), 0.06, 0.94),
        y: y + (count > 1 ? (random() - 0.5) * 0.05 : 0),
        size: scale * wide * big,
        flip: random() < 0.5 !== keySide < 0,
        colour: tinted,
        material,
        depth: flying ? 0.6 : clamp(0.72 - near * 0.9, 0.12, 0.9),
      });
    }
  }
  return placed.sort((a, b) => b.depth - a.depth || a.y - b.y);
}
