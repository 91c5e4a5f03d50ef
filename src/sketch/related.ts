/** What a prompt says of where its subjects are, by each other. */
import { clamp, pow } from '../raster/math.ts';
import type { Cast } from './cast.ts';
import { halfWidth } from './subjects.ts';
import type { PlacedSubject } from './spec.ts';

/** How far sizes in a picture follow those in life: a mouse on an elephant would not be seen. */
const TRUTH = 0.62;

/** All groups in one, moved to where their relations have them. */
export function related(
  cast: readonly Cast[],
  groups: readonly (readonly PlacedSubject[])[],
  aspect: number,
): PlacedSubject[] {
  const placed = groups.map((group) => [...group]);
  for (const [k, { relation }] of cast.entries()) {
    const to = relation && cast.indexOf(relation.to);
    if (!relation || to === undefined || to < 0 || to === k) continue;
    const [mine, theirs] = [placed[k]!, placed[to]!];
    const whole = { ...theirs[0]! };
    switch (relation.is) {
      case 'on':
      case 'above':
        placed[to] = theirs.map((one) => ({ ...one, ...stageFor(whole, mine[0]!) }));
        placed[k] = ontoOf(mine, placed[to]![0]!, aspect, relation.is === 'above' ? 0.12 : sunkenFor(cast[k]!));
        break;
      case 'in':
        placed[k] = inOf(mine, theirs[0]!, aspect);
        break;
      case 'under':
        placed[to] = theirs.map((one) => ({ ...one, ...stageFor(whole, mine[0]!) }));
        placed[k] = underOf(mine, placed[to]![0]!, aspect);
        if (ratio(mine[0]!, whole) > 1) placed[to] = placed[to].map((one) => hungAbove(one, placed[k]![0]!));
        break;
      case 'beside':
      case 'against':
        placed[to] = theirs.map((one) => sized(one, mine[0]!));
        placed[k] = besideOf(mine, placed[to]![0]!, aspect);
        break;
      case 'in front of':
        placed[to] = theirs.map((one) => farther(one, mine));
        break;
      case 'behind':
        placed[k] = mine.map((one) => farther(one, theirs));
        break;
      case 'holding':
        placed[to] = theirs.map((one) => inHand(one, mine[0]!, aspect));
        break;
      default:
        relation.is satisfies never;
    }
  }
  return placed.flat();
}

const reach = ({ drawing, size }: PlacedSubject): number => halfWidth(drawing.parts) * size;
const ratio = (one: PlacedSubject, other: PlacedSubject): number =>
  clamp(pow(one.drawing.scale / other.drawing.scale, TRUTH), 0.16, 4);

/** What carries another is as large as a main subject, and stands where that one would. */
function stageFor(carrier: PlacedSubject, on: PlacedSubject): Pick<PlacedSubject, 'x' | 'y' | 'size' | 'depth'> {
  const size = clamp(Math.max(carrier.size, on.size / Math.max(0.4, ratio(on, carrier))), 0.2, 0.62);
  return {
    x: clamp(on.x, 0.3, 0.7),
    y: clamp(Math.max(carrier.y, on.y), 0.4, 0.94),
    size,
    depth: Math.min(carrier.depth, on.depth),
  };
}
function ontoOf(mine: readonly PlacedSubject[], base: PlacedSubject, aspect: number, gap: number): PlacedSubject[] {
  const seat = base.drawing.seat ?? 1;
  const size = clamp(base.size * ratio(mine[0]!, base), 0.1, 0.5);
  const width = (halfWidth(base.drawing.parts) * base.size * 1.5) / aspect;
  return mine.map((one, k) => ({
    ...one,
    size,
    x:
      base.x +
      (mine.length === 1 ? 0 : ((k + 0.5) / mine.length - 0.5) * Math.max(width, (size * mine.length * 0.9) / aspect)),
    // Not above the frame.
    y: Math.max(size + 0.02, base.y - base.size * (seat + gap)),
    depth: Math.max(0.02, base.depth - 0.01),
    above: base.y,
  }));
}
/** Who sits has the hips on the seat and the feet below; in heights of the seat, roughly. */
const sunkenFor = ({ person }: Cast): number => (person?.pose === 'sitting' ? -0.36 : 0);
/** What is smaller hangs above who is under it. */
const hungAbove = (one: PlacedSubject, below: PlacedSubject): PlacedSubject => ({
  ...one,
  y: Math.max(one.size + 0.03, below.y - below.size * 1.06),
  x: below.x,
  above: below.y,
});
/** Its foot inside of what it is in, which hides it. */
function inOf(mine: readonly PlacedSubject[], holder: PlacedSubject, aspect: number): PlacedSubject[] {
  const size = clamp(holder.size * ratio(mine[0]!, holder) * 1.3, holder.size * 0.5, 0.6);
  return mine.map((one, k) => ({
    ...one,
    size,
    x: holder.x + (((k + 0.5) / mine.length - 0.5) * holder.size * 0.4) / aspect,
    y: holder.y - holder.size * 0.62,
    depth: holder.depth + 0.01,
    above: holder.y,
  }));
}
function underOf(mine: readonly PlacedSubject[], base: PlacedSubject, aspect: number): PlacedSubject[] {
  const size = clamp(base.size * ratio(mine[0]!, base), 0.08, base.size * 0.7);
  return mine.map((one, k) => ({
    ...one,
    size,
    x: base.x + (((k + 0.5) / mine.length - 0.5) * base.size) / aspect,
    y: base.y - 0.006,
    depth: base.depth + 0.01,
  }));
}
function sized(one: PlacedSubject, other: PlacedSubject): PlacedSubject {
  return {
    ...one,
    size: clamp(other.size * ratio(one, other), 0.12, 0.8),
    y: other.y - 0.004,
    depth: other.depth + 0.01,
  };
}
function besideOf(mine: readonly PlacedSubject[], base: PlacedSubject, aspect: number): PlacedSubject[] {
  const gap = (reach(mine[0]!) + reach(base)) / aspect + 0.02;
  const side = base.x > 0.5 ? -1 : 1;
  return mine.map((one, k) => ({
    ...one,
    x: clamp(base.x + side * (gap + (k * reach(one) * 2) / aspect), 0.08, 0.92),
  }));
}
/** Behind all of these: on a row farther away, and as large as it is beside them. */
function farther(one: PlacedSubject, than: readonly PlacedSubject[]): PlacedSubject {
  const first = than.reduce((far, other) => (other.y < far.y ? other : far));
  const grown = Math.max(...than.map((other) => other.size));
  const size = clamp(grown * ratio(one, than[0]!) * 0.75, one.size, 0.86);
  const isHidden = Math.abs(one.x - first.x) < 0.16 && than.length === 1;
  const y = Math.min(one.y, first.y - 0.012);
  return {
    ...one,
    // Its top is seen.
    size: Math.min(size, y - 0.03),
    x: isHidden ? clamp(first.x + (first.x > 0.5 ? -0.2 : 0.2), 0.1, 0.9) : one.x,
    y,
    depth: Math.min(0.9, Math.max(one.depth, ...than.map((other) => other.depth)) + 0.04),
  };
}
/** Where the hand of a person is who holds something (`people.ts`). */
const HAND = { x: 0.26, y: 0.62 };
function inHand(one: PlacedSubject, person: PlacedSubject, aspect: number): PlacedSubject {
  const size = clamp(person.size * ratio(one, person), person.size * 0.16, person.size * 0.6);
  return {
    ...one,
    size,
    x: person.x + ((person.flip ? -1 : 1) * HAND.x * person.size) / aspect,
    y: person.y - person.size * HAND.y + size * 0.5,
    depth: person.depth - 0.01,
    above: person.y,
  };
}
