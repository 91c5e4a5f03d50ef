/** A person from head to foot, in one of a few poses. */
import { blend, lch, shift } from '../../raster/colour.ts';
import { toUnitHeight, flat, asOne, limb, round, smooth, type Part, type Shape } from '../drawing.ts';
import { ellipse, ring, type Polygon } from '../../raster/path.ts';
import type { Person, Pose } from '../person.ts';

type Point = readonly [x: number, y: number];
type Limb = readonly [x0: number, y0: number, x1: number, y1: number, x2: number, y2: number];
/** Where the joints of a grown person are, one unit high. Legs and arms: the farther one first. */
interface Joints {
  readonly head: Point;
  readonly neck: Point;
  readonly hip: Point;
  readonly legs: readonly [Limb, Limb];
  readonly arms: readonly [Limb, Limb];
}
const POSES: Readonly<Record<Pose, Joints>> = {
  standing: { head: [0, -0.92], neck: [0, -0.83], hip: [0, -0.48], legs: [[-0.055, -0.48, -0.06, -0.25, -0.065, -0.03], [0.055, -0.48, 0.06, -0.25, 0.065, -0.03]], arms: [[-0.125, -0.79, -0.16, -0.63, -0.15, -0.47], [0.125, -0.79, 0.16, -0.63, 0.15, -0.47]] },
  walking: { head: [0.03, -0.92], neck: [0.02, -0.83], hip: [0, -0.48], legs: [[0, -0.48, -0.06, -0.26, -0.19, -0.05], [0.01, -0.48, 0.11, -0.27, 0.14, -0.03]], arms: [[0.02, -0.79, 0.14, -0.64, 0.21, -0.53], [-0.01, -0.79, -0.11, -0.63, -0.14, -0.48]] },
  running: { head: [0.14, -0.91], neck: [0.09, -0.82], hip: [-0.02, -0.48], legs: [[-0.02, -0.48, -0.05, -0.25, -0.3, -0.2], [0, -0.48, 0.19, -0.34, 0.16, -0.05]], arms: [[0.07, -0.78, 0.2, -0.62, 0.31, -0.72], [0.04, -0.78, -0.13, -0.66, -0.1, -0.5]] },
  sitting: { head: [0.0, -0.91], neck: [-0.02, -0.82], hip: [-0.06, -0.46], legs: [[-0.04, -0.45, 0.19, -0.45, 0.18, -0.04], [-0.05, -0.44, 0.22, -0.43, 0.23, -0.03]], arms: [[0.06, -0.77, 0.12, -0.61, 0.2, -0.49], [-0.1, -0.77, -0.09, -0.6, 0.1, -0.5]] },
  dancing: { head: [0.02, -0.92], neck: [0, -0.83], hip: [0, -0.48], legs: [[-0.05, -0.48, -0.16, -0.28, -0.12, -0.03], [0.05, -0.48, 0.2, -0.32, 0.34, -0.2]], arms: [[-0.12, -0.79, -0.25, -0.86, -0.26, -1.02], [0.12, -0.79, 0.26, -0.82, 0.32, -0.98]] },
  waving: { head: [0, -0.92], neck: [0, -0.83], hip: [0, -0.48], legs: [[-0.055, -0.48, -0.06, -0.25, -0.065, -0.03], [0.055, -0.48, 0.06, -0.25, 0.065, -0.03]], arms: [[-0.125, -0.79, -0.16, -0.63, -0.15, -0.47], [0.125, -0.79, 0.25, -0.86, 0.24, -1.02]] },
  holding: { head: [0, -0.92], neck: [0, -0.83], hip: [0, -0.48], legs: [[-0.055, -0.48, -0.06, -0.25, -0.065, -0.03], [0.055, -0.48, 0.06, -0.25, 0.065, -0.03]], arms: [[-0.125, -0.79, -0.16, -0.63, -0.15, -0.47], [0.125, -0.79, 0.17, -0.64, 0.26, -0.62]] },
};
/** Height beside a grown person. */
const HEIGHT = { child: 0.64, young: 0.94, old: 0.96 } as const;

export function personShape(person: Person): Shape {
  const tall = person.age ? HEIGHT[person.age] : 1;
  return { habitat: 'land', scale: tall * tall, parts: toUnitHeight(bodyOf(person)) };
}

function bodyOf(person: Person): Part[] {
  const { age, gender, skin, top, bottom, dress } = person;
  const joints = POSES[person.pose ?? 'standing'];
  const isChild = age === 'child';
  const lean = age === 'old' ? 0.03 : 0;
  const head: Point = [joints.head[0] + lean, joints.head[1] + (isChild ? -0.06 : lean)];
  const { neck, hip } = joints;
  const half = gender === 'woman' || isChild ? 0.115 : 0.135;
  const thick = gender === 'woman' ? 0.9 : 1;
  const sleeve = dress === 'armour' ? lch(0.66, 0.01, 250) : top;
  const legTone = dress === 'suit' ? shift(top, 0.94) : dress === 'dress' || (gender === 'woman' && dress === 'robe') ? skin : bottom;
  const trunk = smooth(
    neck[0] - half * 0.4, neck[1], neck[0] + half * 0.4, neck[1], neck[0] + half, neck[1] + 0.045,
    (neck[0] + hip[0]) / 2 + half * 0.8, (neck[1] + hip[1]) / 2 + 0.03, hip[0] + half * 0.82, hip[1], hip[0], hip[1] + 0.035,
    hip[0] - half * 0.82, hip[1], (neck[0] + hip[0]) / 2 - half * 0.8, (neck[1] + hip[1]) / 2 + 0.03, neck[0] - half, neck[1] + 0.045,
  );
  const leg = (line: Limb): Part[] => [
    round(shift(legTone, 0.96), ...limb(line, 0.1 * thick, 0.06 * thick)),
    round('dark', ellipse(line[4] + 0.025, Math.min(-0.022, line[5] + 0.008), 0.055, 0.026, 24)),
  ];
  const arm = (line: Limb, tone: number): Part[] => [
    round(skin, ellipse(line[4], line[5], 0.03, 0.034, 24)),
    round(shift(sleeve, tone), ...limb([line[0], line[1], line[2], line[3], line[2] + (line[4] - line[2]) * 0.86, line[3] + (line[5] - line[3]) * 0.86], 0.072 * thick, 0.054 * thick)),
  ];
  const hem = dress === 'dress' ? -0.26 : dress === 'coat' ? -0.22 : dress === 'robe' ? -0.02 : undefined;
  const skirt: Polygon[] = hem === undefined ? [] : [smooth(hip[0] - half * 0.66, hip[1] - 0.14, hip[0] + half * 0.66, hip[1] - 0.14, hip[0] + half * 1.15, (hip[1] + hem) / 2, hip[0] + half * 1.35, hem, hip[0], hem + 0.015, hip[0] - half * 1.35, hem, hip[0] - half * 1.15, (hip[1] + hem) / 2)];
  return [
    ...arm(joints.arms[0], 0.84),
    ...leg(joints.legs[0]),
    ...leg(joints.legs[1]),
    ...headOf(person, head, isChild ? 0.135 : 0.082, 'behind'),
    round(skin, ...limb([neck[0], neck[1] + 0.03, head[0], head[1]], 0.055, 0.055)),
    round(sleeve, ...asOne(trunk, ...skirt)),
    ...(person.scarf ? [round(person.hatTone, ...limb([neck[0] - 0.07, neck[1] + 0.01, neck[0] + 0.07, neck[1] + 0.01], 0.05, 0.05), ...limb([neck[0] + 0.05, neck[1] + 0.02, neck[0] + 0.06, neck[1] + 0.16], 0.05, 0.055))] : []),
    ...(dress === 'suit' ? [flat('light', [neck[0] - 0.035, neck[1] + 0.005, neck[0] + 0.035, neck[1] + 0.005, neck[0], neck[1] + 0.15])] : []),
    ...headOf(person, head, isChild ? 0.135 : 0.082, 'front'),
    ...arm(joints.arms[1], 1.08),
  ];
}

/** The head of a figure, `r` half as high. */
function headOf(person: Person, [x, y]: Point, r: number, side: 'behind' | 'front'): Part[] {
  const { hair, hairTone, skin, beard, glasses, mouth } = person;
  if (side === 'behind') {
    if (hair === 'long') return [round(shift(hairTone, 0.85), smooth(x - r, y - r * 0.3, x, y - r * 1.1, x + r, y - r * 0.3, x + r * 1.15, y + r * 1.4, x, y + r * 1.7, x - r * 1.15, y + r * 1.4))];
    if (hair === 'ponytail') return [round(shift(hairTone, 0.85), ...limb([x - r * 0.5, y - r * 0.6, x - r * 1.4, y - r * 0.2, x - r * 1.4, y + r], r * 0.5, r * 0.3))];
    if (hair === 'curly') return [round(hairTone, ...[0, 1, 2, 3, 4, 5, 6].map((k) => ellipse(x + r * [-1, -0.8, -0.35, 0.2, 0.7, 1, 0.95][k]!, y + r * [0.25, -0.4, -0.9, -1, -0.65, -0.05, 0.4][k]!, r * 0.45, r * 0.45, 20)))];
    return [];
  }
  const face = ellipse(x, y, r * 0.84, r, 40);
  const parts: Part[] = [round(skin, face)];
  const dark = lch(0.22, 0.02, 50);
  parts.push(flat(dark, ellipse(x - r * 0.3, y - r * 0.05, r * 0.085, r * 0.1, 16), ellipse(x + r * 0.34, y - r * 0.05, r * 0.085, r * 0.1, 16)));
  if (beard) parts.push(round(hairTone, beard === 'beard' ? smooth(x - r * 0.86, y + r * 0.05, x - r * 0.5, y + r * 0.3, x, y + r * 0.28, x + r * 0.5, y + r * 0.3, x + r * 0.86, y + r * 0.05, x + r * 0.72, y + r * 0.95, x, y + r * 1.45, x - r * 0.72, y + r * 0.95) : smooth(x - r * 0.5, y + r * 0.5, x, y + r * 0.3, x + r * 0.5, y + r * 0.5, x, y + r * 0.5)));
  const lip = shift(blend(skin, lch(0.45, 0.15, 25), 0.5), 0.8);
  if (mouth === 'laughing') parts.push(flat(lch(0.35, 0.12, 25), smooth(x - r * 0.36, y + r * 0.36, x, y + r * 0.42, x + r * 0.38, y + r * 0.36, x + r * 0.02, y + r * 0.78)), flat('light', smooth(x - r * 0.28, y + r * 0.4, x, y + r * 0.44, x + r * 0.3, y + r * 0.4, x, y + r * 0.52)));
  else parts.push(flat(lip, smooth(x - r * 0.24, y + r * 0.48, x, y + r * (mouth === 'sad' ? 0.42 : 0.52), x + r * 0.26, y + r * 0.48, x, y + r * (mouth === 'sad' ? 0.5 : 0.6))));
  if (hair !== 'bald' && hair !== undefined) {
    const fringe = hair === 'long' || hair === 'bun' ? -0.28 : -0.42;
    parts.push(round(hairTone, smooth(x - r * 0.9, y - r * 0.02, x - r * 0.92, y - r * 0.7, x, y - r * 1.16, x + r * 0.92, y - r * 0.7, x + r * 0.9, y - r * 0.02, x + r * 0.66, y + r * fringe, x, y + r * (fringe - 0.2), x - r * 0.66, y + r * fringe)));
    if (hair === 'bun') parts.push(round(hairTone, ellipse(x, y - r * 1.2, r * 0.42, r * 0.36, 24)));
  } else if (person.age === 'old' || hair === 'bald') parts.push(round(hairTone, ellipse(x - r * 0.86, y - r * 0.05, r * 0.16, r * 0.3, 16), ellipse(x + r * 0.86, y - r * 0.05, r * 0.16, r * 0.3, 16)));
  if (glasses) {
    const lenses = [x - r * 0.32, x + r * 0.36];
    if (glasses === 'dark') parts.push(flat('dark', ...lenses.map((at) => ellipse(at, y - r * 0.05, r * 0.27, r * 0.22, 20))));
    else parts.push(flat('dark', ...lenses.flatMap((at) => ring(at, y - r * 0.05, r * 0.28, r * 0.2))));
    parts.push(flat('dark', [x - r * 0.08, y - r * 0.1, x + r * 0.1, y - r * 0.1, x + r * 0.1, y - r * 0.03, x - r * 0.08, y - r * 0.03]));
  }
  return [...parts, ...hatOn(person, x, y, r)];
}

/** What is worn on a head with its middle here, `r` half as high: of figures and of portraits. */
export function hatOn({ hat, hatTone }: Person, x: number, y: number, r: number): Part[] {
  const at = (...points: readonly number[]) => points.map((value, i) => (i % 2 ? y + value * r : x + value * r));
  const band = shift(hatTone, 0.6);
  switch (hat) {
    case undefined:
      return [];
    case 'crown':
      return [round(lch(0.78, 0.13, 85), at(-0.8, -0.6, -0.9, -1.4, -0.45, -1, 0, -1.55, 0.45, -1, 0.9, -1.4, 0.8, -0.6)), flat('accent', ellipse(x, y - r * 0.82, r * 0.12, r * 0.12, 16))];
    case 'helmet':
      return [round('metal', smooth(...at(-0.98, 0.1, -0.95, -0.8, 0, -1.3, 0.95, -0.8, 0.98, 0.1, 0.7, -0.3, 0, -0.42, -0.7, -0.3))), flat('dark', at(-0.95, -0.32, 0.95, -0.32, 0.95, -0.44, -0.95, -0.44))];
    case 'pointed hat':
      return [round(hatTone, at(-0.75, -0.6, -0.1, -2.1, 0.14, -2.3, 0.75, -0.6)), round(hatTone, smooth(...at(-1.6, -0.5, 0, -0.85, 1.6, -0.5, 0, -0.3))), flat(band, at(-0.66, -0.74, 0.66, -0.74, 0.6, -0.92, -0.6, -0.92))];
    case 'sailor cap':
      return [round('light', smooth(...at(-1.12, -0.72, -0.9, -1.2, 0, -1.4, 0.9, -1.2, 1.12, -0.72, 0, -0.8))), round(lch(0.32, 0.07, 262), at(-0.92, -0.42, -0.95, -0.74, 0.95, -0.74, 0.92, -0.42)), flat(lch(0.78, 0.13, 85), ellipse(x, y - r * 0.6, r * 0.12, r * 0.12, 16))];
    case 'chef hat':
      return [round('light', ...asOne(ellipse(x - r * 0.55, y - r * 1.35, r * 0.5, r * 0.45, 24), ellipse(x + r * 0.55, y - r * 1.35, r * 0.5, r * 0.45, 24), ellipse(x, y - r * 1.6, r * 0.6, r * 0.5, 24), at(-0.8, -0.5, 0.8, -0.5, 0.75, -1.4, -0.75, -1.4)))];
    case 'cowboy hat':
      return [round(hatTone, smooth(...at(-0.68, -0.6, -0.66, -1.3, -0.2, -1.5, 0, -1.36, 0.2, -1.5, 0.66, -1.3, 0.68, -0.6))), round(hatTone, smooth(...at(-1.7, -0.95, -1, -0.62, 0, -0.72, 1, -0.62, 1.7, -0.95, 1.1, -0.42, 0, -0.34, -1.1, -0.42))), flat(band, at(-0.68, -0.66, 0.68, -0.66, 0.66, -0.86, -0.66, -0.86))];
    case 'hood':
      return [round(hatTone, ...asOne(smooth(...at(-1.1, 0.9, -1.15, -0.5, 0, -1.35, 1.15, -0.5, 1.1, 0.9, 0.84, 0.5, 0.78, -0.45, 0, -0.8, -0.78, -0.45, -0.84, 0.5))))];
    case 'beanie':
      return [round(hatTone, smooth(...at(-0.92, -0.3, -0.9, -0.9, 0, -1.35, 0.9, -0.9, 0.92, -0.3, 0, -0.42))), round(shift(hatTone, 0.8), at(-0.94, -0.28, 0.94, -0.28, 0.92, -0.56, -0.92, -0.56)), round('light', ellipse(x, y - r * 1.32, r * 0.22, r * 0.22, 20))];
    case 'cap':
      return [round(hatTone, smooth(...at(-0.9, -0.4, -0.88, -0.95, 0, -1.25, 0.88, -0.95, 0.9, -0.4, 0, -0.5))), round(band, smooth(...at(-0.1, -0.5, 0.9, -0.56, 1.6, -0.3, 0.9, -0.3, 0, -0.36)))];
    case 'hat':
      return [round(hatTone, smooth(...at(-0.74, -0.5, -0.7, -1.3, 0, -1.42, 0.7, -1.3, 0.74, -0.5))), round(hatTone, smooth(...at(-1.4, -0.5, 0, -0.7, 1.4, -0.5, 0, -0.34))), flat(band, at(-0.73, -0.6, 0.73, -0.6, 0.72, -0.84, -0.72, -0.84))];
    default:
      return hat satisfies never;
  }
}
