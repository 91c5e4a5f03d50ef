/** What can be expected of how pictures look: each by itself, each two, against their reference, before and after. */
import { decimal } from '../core/figures.ts';
import type { ArtifactHash } from '../core/ids.ts';
import { say } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import { factOf, type Fact, type FactVerdict } from './fact.ts';
import { distanceBetween, LOOK_DISTANCES, LOOK_MEASURES, measureOf, type PictureLook } from './picture-look.ts';
import {
  boundsInWords,
  heldBounds,
  isWithin,
  listReader,
  numberFrom,
  oneOf,
  recordOf,
  wrongAt,
  type Bounds,
  type Reads,
} from './reads.ts';
import { TAKE_TRAITS, subjectOfTake, traitOf, type SeenSubject } from './seen-subjects.ts';

const MEASURE_RANGE: Readonly<Record<(typeof LOOK_MEASURES)[number], readonly [number, number]>> = {
  luma: [0, 255],
  contrast: [0, 128],
  saturation: [0, 130],
  warmth: [-110, 95],
  sharpness: [0, 100],
  clipped: [0, 100],
  emptiness: [0, 100],
  drift: [0, 100],
};
const DISTANCE_RANGE: Readonly<Record<(typeof LOOK_DISTANCES)[number], readonly [number, number]>> = {
  likeness: [-1, 1],
  palette: [0, 100],
};
const traits = listReader(oneOf(TAKE_TRAITS), 0);
const aBound = numberFrom(-200, 300);

/** Bounds that lie in the range of what they bound. */
function inRange<T extends Bounds & { readonly of: string }>(
  reads: Reads<T>,
  ranges: Readonly<Record<string, readonly [number, number]>>,
): Reads<T> {
  return {
    schema: reads.schema,
    read(value, place) {
      const asked = reads.read(value, place);
      heldBounds(asked, place);
      const [lowest, highest] = ranges[asked.of]!;
      if ((asked.least ?? lowest) > highest || (asked.most ?? highest) < lowest)
        throw wrongAt(place, say('No picture ever measures that.'));
      return asked;
    },
  };
}

/** A measure and its bounds. */
export const MEASURED = inRange(recordOf({ of: oneOf(LOOK_MEASURES) }, { least: aBound, most: aBound }), MEASURE_RANGE);
const DISTANCE = inRange(recordOf({ of: oneOf(LOOK_DISTANCES) }, { least: aBound, most: aBound }), DISTANCE_RANGE);

/** Of several things that each have to hold, the first that does not; of what holds, the first. */
function first(verdicts: readonly FactVerdict[]): FactVerdict {
  return verdicts.find(({ holds }) => !holds) ?? verdicts[0]!;
}

export const LOOK_FACTS = {
  /** Each of them measures so; of a change, the later one. */
  measure: factOf(
    ['takes', 'results', 'change', 'film'],
    listReader(MEASURED, 1, 6),
    (subjects, asked, { looks }, see) =>
      first(
        asked.map(({ of, ...bounds }) => {
          const judged = see === 'change' ? subjects.slice(-1) : subjects;
          const values = judged.flatMap(({ value }) => numberOf(looks.get(value.hash), (look) => measureOf(look, of)));
          return {
            holds: values.length > 0 && values.length === judged.length && values.every((one) => isWithin(one, bounds)),
            seen: say('{0} {1}', say(of), figures(values)),
            expected: boundsInWords(bounds),
          };
        }),
      ),
  ),
  /** Each two of them are so far apart, or alike. */
  between: factOf(['takes', 'results', 'change'], listReader(DISTANCE, 1, 2), (subjects, asked, { looks }) =>
    first(
      asked.map(({ of, ...bounds }) => {
        const found = pairsOf(subjects.map(({ value }) => looks.get(value.hash)));
        const values = found.map(([a, b]) => distanceBetween(a, b, of));
        return {
          holds: values.length > 0 && values.every((value) => isWithin(value, bounds)),
          seen: say('{0} {1}', say(of), figures(values)),
          expected: boundsInWords(bounds),
        };
      }),
    ),
  ),
  /** More alike than each two takes that differ in these traits and agree in the others named. */
  closerThan: factOf(
    ['takes'],
    recordOf({ of: oneOf(LOOK_DISTANCES), differ: listReader(oneOf(TAKE_TRAITS)), same: traits }, {}),
    (subjects, { of, differ, same }, { looks, takes }) => {
      const isCloser = (a: number, b: number) => (of === 'likeness' ? a > b : a < b);
      const own = pairsOf(subjects.map(({ value }) => looks.get(value.hash))).map(([a, b]) =>
        distanceBetween(a, b, of),
      );
      const others = pairsOf(takes.flatMap((take) => subjectOfTake(take) ?? []))
        .filter(([a, b]) => differ.every((trait) => traitOf(a, trait) !== traitOf(b, trait)))
        .filter(([a, b]) => same.every((trait) => traitOf(a, trait) === traitOf(b, trait)))
        .flatMap(([a, b]) => pairsOf([looks.get(a.value.hash), looks.get(b.value.hash)]))
        .map(([a, b]) => distanceBetween(a, b, of));
      return {
        holds: own.length > 0 && others.length > 0 && own.every((one) => others.every((other) => isCloser(one, other))),
        seen: say('{0} {1} against {2}', say(of), figures(own), figures(others)),
        expected: say('closer than any of the others'),
      };
    },
  ),
  /** Each against the references it was asked for with. */
  reference: factOf(['takes', 'results'], listReader(DISTANCE, 1, 2), (subjects, asked, { looks }) =>
    first(
      asked.map(({ of, ...bounds }) => {
        const pairs = subjects.map(({ value, takes }) => {
          const own = looks.get(value.hash);
          const images = takes.flatMap(({ request }) => request.references.map(({ image }) => looks.get(image.hash)));
          return own ? images.flatMap((look): [PictureLook, PictureLook][] => (look ? [[own, look]] : [])) : [];
        });
        const values = pairs.flat().map(([a, b]) => distanceBetween(a, b, of));
        const isAll = subjects.length > 0 && pairs.every((one) => one.length > 0);
        return {
          holds: isAll && values.every((value) => isWithin(value, bounds)),
          seen: values.length > 0 ? say('{0} {1} to the reference', say(of), figures(values)) : say('no reference'),
          expected: boundsInWords(bounds),
        };
      }),
    ),
  ),
  /** From the earlier to the later result, as a share: 0.1 is a tenth more. */
  rises: factOf(
    ['change'],
    recordOf({ of: oneOf(LOOK_MEASURES), by: numberFrom(0.01, 10) }, {}),
    ([before, after], { of, by }, evidence) => grown(evidence, before, after, of, (share) => share >= by, by),
  ),
  falls: factOf(
    ['change'],
    recordOf({ of: oneOf(LOOK_MEASURES), by: numberFrom(0.01, 1) }, {}),
    ([before, after], { of, by }, evidence) => grown(evidence, before, after, of, (share) => share <= -by, -by),
  ),
} satisfies Record<string, Fact>;

function grown(
  { looks }: Evidence,
  before: SeenSubject | undefined,
  after: SeenSubject | undefined,
  of: (typeof LOOK_MEASURES)[number],
  isEnough: (share: number) => boolean,
  by: number,
) {
  const valueOf = (hash: ArtifactHash | undefined) =>
    numberOf(hash && looks.get(hash), (look) => measureOf(look, of))[0] ?? NaN;
  const [was, is] = [valueOf(before?.value.hash), valueOf(after?.value.hash)];
  return {
    holds: isEnough((is - was) / Math.max(Math.abs(was), 1e-6)),
    seen: say('{0} {1} → {2}', say(of), decimal(was, 1), decimal(is, 1)),
    expected:
      by > 0 ? say('at least {0} % more', Math.round(by * 100)) : say('at least {0} % less', Math.round(-by * 100)),
  };
}

const numberOf = (
  look: PictureLook | undefined | '',
  valueOf: (look: PictureLook) => number | undefined,
): readonly number[] => {
  const value = look ? valueOf(look) : undefined;
  return value === undefined ? [] : [value];
};

export function pairsOf<T>(things: readonly (T | undefined)[]): readonly (readonly [T, T])[] {
  return things.flatMap((a, at) =>
    things.slice(at + 1).flatMap((b): [T, T][] => (a !== undefined && b !== undefined ? [[a, b]] : [])),
  );
}

const MOST_FIGURES = 6;
export const figures = (values: readonly number[]): string =>
  values.length === 0
    ? '—'
    : values
        .slice(0, MOST_FIGURES)
        .map((value) => String(Number(value.toFixed(Math.abs(value) < 2 ? 2 : 1))))
        .join(', ');
