/** What can be expected of the way a result came: layers passed, sizes, how far it was enlarged. */
import { decimal } from '../core/figures.ts';
import { LAYERS } from '../core/node.ts';
import { say } from '../core/say.ts';
import type { ImageValue } from '../core/values.ts';
import { factOf, type Fact } from './fact.ts';
import { figures } from './facts-of-looks.ts';
import { always, boundsFrom, boundsInWords, isWithin, listReader, numberFrom, oneOf, type Reads } from './reads.ts';
import { takesIn } from './facts-of-groups.ts';
import type { SeenSubject } from './seen-subjects.ts';

const pixels = numberFrom(16, 8192, true);
const size: Reads<readonly number[]> = listReader(pixels, 2, 2);
const text = ([width, height]: readonly number[]): string => `${width} × ${height}`;

export const LINEAGE_FACTS = {
  /** Each was written as a file. */
  delivered: factOf(['results', 'change', 'film'], always, (subjects) => {
    const left = subjects.filter(({ isDelivered }) => !isDelivered).length;
    return { holds: left === 0, seen: say('{0} not delivered', left), expected: say('delivered') };
  }),
  /** Each came through these layers. */
  passes: factOf(['results', 'change', 'film'], listReader(oneOf(LAYERS)), (subjects, layers) => {
    // Writing a file finishes nothing.
    const isOf = ({ lineage }: SeenSubject, layer: string) =>
      lineage.some((step) => step.layer === layer && !Object.values(step.outputs).some((one) => one?.kind === 'file'));
    const missing = layers.filter((layer) => subjects.some((subject) => !isOf(subject, layer)));
    return {
      holds: missing.length === 0,
      seen: missing.length ? say('no {0}', missing.join(', ')) : say('all of them'),
      expected: say('through {0}', layers.join(', ')),
    };
  }),
  /** Each has this size, in pixels. */
  size: factOf(['results', 'change', 'film'], size, (subjects, wanted) => ({
    holds: subjects.every(({ value }) => text([value.width, value.height]) === text(wanted)),
    seen: say('{0}', subjects.map(({ value }) => text([value.width, value.height])).join(', ')),
    expected: say('{0}', text(wanted)),
  })),
  /** There is one of each of these sizes. */
  sizes: factOf(['results'], listReader(size, 1, 12), (subjects, wanted) => {
    const there = new Set(subjects.map(({ value }) => text([value.width, value.height])));
    return {
      holds: wanted.every((one) => there.has(text(one))),
      seen: say('{0}', [...there].join(', ')),
      expected: say('{0}', wanted.map(text).join(', ')),
    };
  }),
  /** Pixels of the result for one of its take, along each side. */
  enlarged: factOf(['results', 'change'], boundsFrom(0.01, 64), (subjects, bounds) => {
    const factors = subjects.flatMap(scalesOf).flat();
    return {
      holds: factors.length > 0 && factors.every((factor) => isWithin(factor, bounds)),
      seen: say('enlarged by {0}', figures(factors)),
      expected: boundsInWords(bounds),
    };
  }),
  /** By a whole factor, give or take three percent. */
  wholeStep: factOf(['results', 'change'], always, (subjects) => {
    const factors = subjects.flatMap(scalesOf).flat();
    return {
      holds: factors.length > 0 && factors.every((factor) => Math.abs(factor - Math.round(factor)) <= 0.03 * factor),
      seen: say('enlarged by {0}', figures(factors)),
      expected: say('a whole factor'),
    };
  }),
  /** How much farther one side was enlarged than the other, as a share. */
  stretched: factOf(['results', 'change'], boundsFrom(0, 10), (subjects, bounds) => {
    const shares = subjects.flatMap(scalesOf).map(([x, y]) => Math.max(x / y, y / x) - 1);
    const worst = Math.max(0, ...shares);
    return {
      holds: shares.length > 0 && isWithin(worst, bounds),
      seen: say('stretched by {0} %', decimal(worst * 100, 1)),
      expected: boundsInWords(bounds),
    };
  }),
  /** What was asked for in each take. */
  megapixels: factOf(['takes', 'results', 'change'], boundsFrom(0.05, 64), (subjects, bounds) => {
    const asked = takesIn(subjects).map(({ request }) => request.megapixels);
    return {
      holds: asked.length > 0 && asked.every((one) => isWithin(one, bounds)),
      seen: say('asked for with {0} MP', figures(asked)),
      expected: boundsInWords(bounds),
    };
  }),
} satisfies Record<string, Fact>;

/** Of a picture that came from takes: its pixels for each pixel of the part of the take that it shows. */
function scalesOf({ value, takes }: SeenSubject): readonly (readonly [number, number])[] {
  if (value.kind !== 'image') return [];
  const part = (value as ImageValue).part ?? { width: 1, height: 1 };
  return takes.flatMap(({ artifact }): [number, number][] =>
    artifact ? [[value.width / (artifact.width * part.width), value.height / (artifact.height * part.height)]] : [],
  );
}
