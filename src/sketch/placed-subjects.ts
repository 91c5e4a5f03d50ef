/** Where the subjects of a scene stand, how large they are and what colour they have. */
import { blend, hex, shift, type Rgb } from '../raster/colour.ts';
import { clamp, lerp } from '../raster/math.ts';
import { MOST_KINDS, type Cast } from './cast.ts';
import { halfSpan, type Shape } from './drawing.ts';
import { personShape } from './drawings/people.ts';
import { portraitShape } from './drawings/portraits.ts';
import { placeholderShape, signShape } from './drawings/signs.ts';
import { HAIR_COLOURS } from './lexicon-people.ts';
import { personFor } from './person.ts';
import type { PromptReading } from './scene-reading.ts';
import type { ReferenceLook } from './reference.ts';
import { related } from './related.ts';
import { SHAPES } from './shapes.ts';
import type { PlacedSubject, SceneRequest, SceneSpec } from './spec.ts';

/** Random numbers for one part of a scene. */
export type Chance = (part: string) => () => number;
/** More of a kind than this stand in rows. */
const CROWD = 7;

interface Composition {
  readonly request: SceneRequest;
  readonly thirds: number;
  readonly keySide: number;
  readonly chance: Chance;
  readonly look: ReferenceLook | undefined;
}
type Scene = Omit<SceneSpec, 'subjects'>;

/** The farthest first. */
export function placedSubjects(
  spec: Scene,
  asked: PromptReading,
  wanted: readonly Cast[],
  composition: Composition,
): PlacedSubject[] {
  const cast = withLetters(spec, asked, wanted).slice(0, MOST_KINDS);
  const groups = cast.map((subject, rank) => groupOf(spec, asked, subject, rank, composition, cast.length));
  return related(cast, groups, composition.request.aspect).sort((a, b) => b.depth - a.depth || a.y - b.y);
}

/** What is to be written, and stands on no wall, stands on a sign. */
function withLetters(spec: Scene, { letters }: PromptReading, wanted: readonly Cast[]): readonly Cast[] {
  if (letters === undefined || spec.letters !== undefined || spec.banned.has('text')) return wanted;
  if (wanted.some(({ shape }) => shape === 'sign')) return wanted;
  const sign: Cast = { shape: 'sign', count: 1, label: letters };
  return wanted.length === 0 ? [sign] : [wanted[0]!, sign, ...wanted.slice(1)];
}

function groupOf(
  spec: Scene,
  asked: PromptReading,
  subject: Cast,
  rank: number,
  composition: Composition,
  /** How many kinds of subject there are. */
  cast: number,
): PlacedSubject[] {
  const { request, thirds, keySide, look } = composition;
  const random = composition.chance(`subject ${rank}`);
  const isClose =
    spec.place === 'studio' || spec.place === 'room' || spec.place === 'wall' || spec.place === 'overhead';
  const { habitat, scale: natural } = SHAPES[subject.shape];
  const { count } = subject;
  const material = subject.material ?? (rank === 0 ? asked.materials[0] : undefined);
  const isPortrait = subject.shape === 'portrait';
  const portraitFrame = request.aspect < 1;
  const lensScale =
    spec.lens === 'macro'
      ? 1.35
      : spec.lens === 'portrait'
        ? 1.18
        : spec.lens === 'low'
          ? 1.25
          : spec.lens === 'wide' || spec.lens === 'aerial'
            ? 0.74
            : 1;
  const centreChance = random();
  const centre =
    rank === 0
      ? isClose
        ? centreChance < 0.7
          ? 0.5
          : thirds
        : thirds
      : clamp(thirds + (thirds > 0.5 ? -1 : 1) * (0.2 + 0.14 * rank) + (centreChance - 0.5) * 0.08, 0.1, 0.9);
  const x = look && look.strength > 0.7 && rank === 0 ? lerp(centre, look.focusX, (look.strength - 0.7) * 3) : centre;
  const flying = habitat === 'air' || (habitat === 'space' && spec.place === 'space');

  return Array.from({ length: count }, (_, k): PlacedSubject => {
    // Each of a group has chance of its own, so that one more of them changes none of the others.
    const own = count === 1 ? random : composition.chance(`subject ${rank}, ${k}`);
    const [jitter, sizeChance, flipChance, depthChance] = [own(), own(), own(), own()];
    const { drawing, colour } = drawingOf(spec, subject, rank, own, look, asked.letters);
    const base = {
      shape: subject.shape,
      drawing,
      colour,
      material,
      flip:
        isClose || isPortrait
          ? flipChance < 0.5 && !isPortrait && subject.shape !== 'card' && subject.shape !== 'sign'
          : subject.shape !== 'card' && subject.shape !== 'sign' && flipChance < 0.5 !== keySide < 0,
    };
    if (count > CROWD && !flying) return inCrowd(spec, base, k, count, jitter, depthChance, isClose, drawing.scale);
    const spread =
      count === 1 ? 0 : ((k + 0.5) / count - 0.5) * (isClose ? 0.62 : 0.5) * Math.min(1.25, request.aspect);
    if (isClose) {
      const tall =
        (habitat === 'table' ? 0.44 : 0.52) *
        (rank === 0 ? 1 : 0.62) *
        lensScale *
        (count > 1 ? 0.78 : 1) *
        (0.92 + sizeChance * 0.16);
      const wide = portraitFrame ? Math.min(1, request.aspect * 1.15) : 1;
      return {
        ...base,
        x: clamp(x + spread, 0.12, 0.88),
        y: isPortrait ? 1.01 : spec.horizon + 0.075 + (rank > 0 || k % 2 ? 0.045 : 0) + jitter * 0.02,
        size: insideFrame(tall * wide * (isPortrait ? 1.45 : 1), drawing, request.aspect, count),
        depth: 0.3 - rank * 0.04,
      };
    }
    const near = flying ? 0.5 : 0.22 + depthChance * 0.2 + (rank === 0 ? 0.12 : 0) - Math.min(0.18, natural * 0.03);
    const scale = Math.min(
      spec.lens === 'low' ? 0.82 : 0.74,
      (0.2 + 0.13 * Math.sqrt(drawing.scale)) *
        (rank === 0 ? (subject.person && cast === 1 ? 1.4 : 1.12) : 0.7) *
        lensScale *
        (count > 1 ? 0.72 : 1) *
        (0.85 + sizeChance * 0.3),
    );
    const wide = portraitFrame ? 0.62 + 0.38 * request.aspect : 1;
    const big = isPortrait ? 2.1 : natural < 0.25 && !flying ? 0.8 : 1;
    const y = isPortrait
      ? 1.01
      : flying
        ? clamp(spec.horizon * (0.42 + jitter * 0.3) + scale * 0.5, 0.2, 0.9)
        : spec.horizon +
          (1 - spec.horizon) *
            (spec.place === 'beach' && habitat === 'land'
              ? 0.62 + near * 0.5
              : near * (habitat === 'water' ? 0.62 : spec.lens === 'low' ? 1.6 : 1));
    return {
      ...base,
      x: clamp(x + spread + (count > 1 ? (jitter - 0.5) * 0.05 : 0), 0.06, 0.94),
      y: y + (count > 1 ? (depthChance - 0.5) * 0.05 : 0),
      size: insideFrame(Math.min(0.96, scale * wide * big), drawing, request.aspect, count),
      depth: isPortrait ? 0.16 : flying ? 0.6 : clamp(0.72 - near * 0.9, 0.12, 0.9),
    };
  });
}

/** Not wider than the frame, however wide a shape is for its height: each of a group has its share. */
const insideFrame = (size: number, drawing: Shape, aspect: number, count: number): number =>
  Math.min(size, (0.42 * aspect * (count === 1 ? 1 : 1.6 / count)) / halfSpan(drawing));

/** Rows from the far edge of the ground to the lower edge of the frame, the nearer the larger. */
function inCrowd(
  spec: Scene,
  base: Omit<PlacedSubject, 'x' | 'y' | 'size' | 'depth'>,
  k: number,
  count: number,
  jitter: number,
  depthChance: number,
  isClose: boolean,
  natural: number,
): PlacedSubject {
  const rows = clamp(Math.round(Math.sqrt(count) * 0.72), 2, 5);
  const row = k % rows;
  const inRow = Math.ceil(count / rows);
  const place = Math.floor(k / rows);
  const near = (row + 0.3 + depthChance * 0.4) / rows;
  const from = isClose ? spec.horizon + 0.02 : spec.horizon + 0.06;
  return {
    ...base,
    x: clamp((place + 0.5 + (jitter - 0.5) * 0.7 + (row % 2 ? 0.25 : -0.25)) / inRow, 0.02, 0.98),
    y: lerp(from, 1.02, near),
    size: lerp(0.13, 0.44, near) * clamp(Math.sqrt(natural), 0.45, 1.5),
    depth: clamp(0.62 - near * 0.5, 0.1, 0.62),
  };
}

function drawingOf(
  spec: Scene,
  subject: Cast,
  rank: number,
  random: () => number,
  look: ReferenceLook | undefined,
  letters: string | undefined,
): { readonly drawing: Shape; readonly colour: Rgb } {
  const shape = SHAPES[subject.shape];
  const asked = subject.colour ? hex(subject.colour) : undefined;
  const plain = asked ?? shape.colour ?? shift(spec.accent, rank === 0 ? 1 : 0.9, 1, rank * 40);
  const tint = (colour: Rgb) => (look ? blend(colour, look.accent, look.strength * 0.55) : colour);
  const colour = tint(plain);
  if (subject.shape === 'card') return { drawing: placeholderShape(subject.label), colour };
  if (subject.shape === 'sign') return { drawing: signShape(letters ?? ''), colour };
  if (!subject.person) return { drawing: shape, colour };
  const named = (name: string | undefined) => (name === undefined ? undefined : hex(HAIR_COLOURS[name] ?? name));
  const { hairColour, hatColour } = subject.person;
  const clothes = asked ?? (subject.count === 1 ? spec.accent : undefined);
  const person = personFor(subject.person, clothes && tint(clothes), named(hairColour), named(hatColour), random);
  return { drawing: subject.shape === 'portrait' ? portraitShape(person) : personShape(person), colour };
}
