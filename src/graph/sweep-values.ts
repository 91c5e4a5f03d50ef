/** Values of a sweep: from what is typed, spaced between two ends, or further seeds. */
import type { DecimalMark } from '../core/number-text.ts';
import { LARGEST_SEED, type NumberParam, type ParamSpec, type SeedSetting } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import { cellFrom, cellText } from './batch-cells.ts';
import type { CellValue } from './graph.ts';

export interface ReadValues {
  readonly values: readonly CellValue[];
  readonly problems: readonly Sentence[];
}

/** The kinds of params that can be varied: those whose values can be written as text. */
export const isSwept = ({ kind }: ParamSpec): boolean =>
  !(['file', 'curve', 'list', 'variables'] as readonly ParamSpec['kind'][]).includes(kind);

/**
 * What was typed, each value once. Texts have a line each; numbers are parted by semicolons, spaces, or a comma that is
 * no decimal mark.
 */
export function valuesFrom(spec: ParamSpec, typed: string, mark: DecimalMark): ReadValues {
  const parts = spec.kind === 'text' ? /\n/ : mark === ',' ? /[;\s]+|,\s+/ : /[;,\s]+/;
  const read = typed
    .split(parts)
    .filter((part) => part.trim() !== '')
    .map((part) => cellFrom(spec, part, mark));
  return {
    values: eachOnce(read.flatMap((one) => ('cell' in one && one.cell !== undefined ? [one.cell] : []))),
    problems: read.flatMap((one) => ('problem' in one ? [one.problem] : [])),
  };
}
export const textOfValues = (spec: ParamSpec, values: readonly CellValue[], mark: DecimalMark): string =>
  values.map((value) => cellText(value, mark)).join(spec.kind === 'text' ? '\n' : mark === ',' ? '; ' : ', ');

/** `count` values from one end to the other, both included; whole numbers where the param wants those. */
export function spacedValues({ kind, min, max }: NumberParam, from: number, to: number, count: number): ReadValues {
  const outside = [from, to].find((end) => end < min || end > max);
  if (outside !== undefined)
    return { values: [], problems: [say('{0} is not between {1} and {2}.', outside, min, max)] };
  const last = Math.max(1, count - 1);
  const values = Array.from({ length: count }, (_, at) => {
    const exact = from + ((to - from) * at) / last;
    // What a float adds behind six digits nobody chose.
    return kind === 'int' ? Math.round(exact) : Number(exact.toPrecision(6));
  });
  return { values: eachOnce(values), problems: [] };
}

/** `count` more seeds, counting on from the last one, or from that of the graph. */
export function moreSeeds(values: readonly CellValue[], own: SeedSetting, count: number): readonly CellValue[] {
  const first = values.length ? Number(values.at(-1)) + 1 : own.value;
  return eachOnce([...values, ...Array.from({ length: count }, (_, at) => (first + at) % (LARGEST_SEED + 1))]);
}

/** What a param is varied over before anybody has said it: what it is now, and what lies beside it. */
export function firstValues(spec: ParamSpec, now: unknown): readonly CellValue[] {
  switch (spec.kind) {
    case 'toggle':
      return [false, true];
    case 'choice':
    case 'aspect':
      return spec.options.slice(0, 4);
    case 'seed':
      return moreSeeds([], now as SeedSetting, 3);
    case 'int':
    case 'float': {
      const reach = (spec.max - spec.min) / 4;
      const [from, to] = [Math.max(spec.min, (now as number) - reach), Math.min(spec.max, (now as number) + reach)];
      return eachOnce([rounded(spec, from), now as number, rounded(spec, to)]);
    }
    case 'text':
      return [String(now)].filter((text) => text.trim() !== '');
    default:
      return [];
  }
}
/** To the param's own step, where it has one. */
const rounded = ({ step = 0, kind, min }: NumberParam, value: number): number => {
  const by = step || (kind === 'int' ? 1 : 0);
  return by === 0 ? Number(value.toPrecision(3)) : Number((min + Math.floor((value - min) / by) * by).toPrecision(6));
};

const eachOnce = (values: readonly CellValue[]): readonly CellValue[] => [
  ...new Map(values.map((value) => [cellText(value), value])).values(),
];
