/** Which of several looks stand out by how far they are from one they are all compared with. */
import { decimal } from '../core/figures.ts';
import { say, type Sentence } from '../core/say.ts';
import { LOOK_STEP, type LookGap } from './artifact-look.ts';
import { median, medianDeviation } from './robust.ts';

export const LOOK_DIMENSIONS = ['palette', 'light', 'structure', 'time'] as const;
export type LookDimension = (typeof LOOK_DIMENSIONS)[number];

/** Of fewer nobody can say which is the odd one. */
export const FEWEST_COMPARED = 3;
/** Beyond so many usual deviations: the limit that Iglewicz and Hoaglin (1993) found for the modified z-score. */
const FARTHEST = 3.5;
/** Deviations smaller than this nobody minds, however alike the others are: a quarter of what is calibrated, and less. */
const LEAST_DEVIATION: Readonly<Record<LookDimension, number>> = { palette: 2, light: 1.5, structure: 4, time: 0.15 };

export interface StandOut {
  readonly dimension: LookDimension;
  readonly distance: number;
  /** Half of all are as near as this. */
  readonly half: number;
  readonly among: number;
}

/**
 * For each distance, the dimension in which it is farthest beyond the others; nothing where it is among them. By the
 * median and the median deviation, which the odd ones themselves do not move while they are fewer than half. Only too
 * far stands out: as near as can be is no fault. Fewer than `FEWEST_COMPARED` are not judged.
 */
export function standOuts(distances: readonly LookGap[]): readonly (StandOut | undefined)[] {
  const limits = LOOK_DIMENSIONS.flatMap((dimension) => {
    const values = distances.flatMap((distance) => distance[dimension] ?? []);
    if (values.length < FEWEST_COMPARED) return [];
    const deviation = Math.max(medianDeviation(values), LEAST_DEVIATION[dimension]);
    return [{ dimension, half: median(values), deviation, among: values.length }];
  });
  return distances.map((distance) => {
    const beyond = limits.flatMap(({ deviation, ...limit }) => {
      const value = distance[limit.dimension] ?? 0;
      const deviations = (value - limit.half) / deviation;
      return deviations > FARTHEST ? [{ deviations, standOut: { ...limit, distance: value } }] : [];
    });
    return beyond.sort((a, b) => b.deviations - a.deviations)[0]?.standOut;
  });
}

/** Why it stands out, as one sentence. */
export function standOutInWords({ dimension, distance, half, among }: StandOut): Sentence {
  const values = [inUnit(dimension, distance), among, inUnit(dimension, half)];
  switch (dimension) {
    case 'palette':
      return say('Its colours are {0} from the reference; half of these {1} are within {2}.', ...values);
    case 'light':
      return say('Its light is {0} from the reference; half of these {1} are within {2}.', ...values);
    case 'structure':
      return say('Its edges differ by {0} from the reference; half of these {1} are within {2}.', ...values);
    case 'time':
      return say(
        'Its look changes by {0} more or less than that of the reference; half of these {1} are within {2}.',
        ...values,
      );
    default:
      return dimension satisfies never;
  }
}

/** Why it is off a reference that was chosen, as one sentence. */
export function offInWords(dimension: LookDimension, distance: LookGap): Sentence {
  const values = [inUnit(dimension, distance[dimension] ?? 0), inUnit(dimension, stepOf(dimension))];
  switch (dimension) {
    case 'palette':
      return say(
        'Its colours are {0} from the chosen reference; within a campaign {1} is usually the most.',
        ...values,
      );
    case 'light':
      return say('Its light is {0} from the chosen reference; within a campaign {1} is usually the most.', ...values);
    case 'structure':
      return say(
        'Its edges differ by {0} from the chosen reference; within a campaign {1} is usually the most.',
        ...values,
      );
    case 'time':
      return say(
        'Its look changes by {0} more or less than that of the chosen reference; {1} is usually the most.',
        ...values,
      );
    default:
      return dimension satisfies never;
  }
}

/** A distance with its unit. */
export function inUnit(dimension: LookDimension, distance: number): Sentence {
  switch (dimension) {
    case 'palette':
      return say('{0} ΔE', decimal(distance, 1));
    case 'light':
      return say('{0} L*', decimal(distance, 1));
    case 'structure':
      return say('{0} %', decimal(distance, 0));
    case 'time':
      return say('{0} {0|step|steps}', decimal(distance, 2));
    default:
      return dimension satisfies never;
  }
}

/** The dimension that is the most steps off. */
export const farthestOff = (distance: LookGap): LookDimension =>
  LOOK_DIMENSIONS.reduce((farthest, one) => (stepsIn(distance, one) > stepsIn(distance, farthest) ? one : farthest));
/** How many steps it is off in one dimension. */
export const stepsIn = (distance: LookGap, dimension: LookDimension): number =>
  (distance[dimension] ?? 0) / stepOf(dimension);
const stepOf = (dimension: LookDimension): number => (dimension === 'time' ? 1 : LOOK_STEP[dimension]);
