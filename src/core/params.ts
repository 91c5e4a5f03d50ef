/** Params: one closed union. Widgets, parsing, JSON Schema and hashing are total functions over it. */
import { isRecord } from './loose.ts';
import type { ArtifactHash } from './ids.ts';
import type { PictureLayer } from './picture-layer.ts';
import { listed, say, type Sentence } from './say.ts';

interface Common {
  readonly label: string;
  readonly help?: string;
  /** Show only while another param has one of these values. */
  readonly when?: { readonly param: string; readonly is: readonly (string | boolean)[] };
  /** It came to a node that has results already: at its default it enters no key, so that they are still found. */
  readonly addedLater?: true;
}
export interface NumberParam extends Common {
  readonly kind: 'int' | 'float';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly unit?: string;
}
export interface TextParam extends Common {
  readonly kind: 'text';
  readonly default: string;
  readonly rows: number;
  readonly maxLength: number;
  readonly placeholder?: string;
}
export interface ToggleParam extends Common {
  readonly kind: 'toggle';
  readonly default: boolean;
}
export interface ChoiceParam<V extends string = string> extends Common {
  readonly kind: 'choice';
  readonly options: readonly V[];
  readonly default: V;
  readonly look: 'select' | 'segments';
}
/** A choice of frame shapes, drawn as shapes; each option knows its finished size in pixels. */
export interface AspectParam<V extends string = string> extends Common {
  readonly kind: 'aspect';
  readonly options: readonly V[];
  readonly default: V;
  readonly shapes: Readonly<Record<V, { readonly width: number; readonly height: number; readonly use: string }>>;
}
export const SEED_MODES = ['fixed', 'random', 'increment'] as const;
/** Seeds are whole numbers of 32 bits without a sign. */
export const LARGEST_SEED = 0xffff_ffff;
export interface SeedSetting {
  /** What happens before each run: keep the value, draw a new one, or add one. */
  readonly mode: (typeof SEED_MODES)[number];
  readonly value: number;
}
export interface SeedParam extends Common {
  readonly kind: 'seed';
  readonly default: SeedSetting;
}
/** An imported file, held by the hash of its content. */
export interface FileSetting {
  readonly hash: ArtifactHash;
  readonly name: string;
  readonly mime: string;
  readonly width?: number;
  readonly height?: number;
  /** Of a clip; a picture has none. */
  readonly clip?: { readonly fps: number; readonly frames: number; readonly hasSound: boolean };
  /** What was drawn over a picture. Whoever draws it reads it with `readLayer`. */
  readonly layer?: PictureLayer;
}
export interface FileParam extends Common {
  readonly kind: 'file';
  readonly default: null;
  /** `media`: a picture or a clip. */
  readonly accept: 'image' | 'media' | 'lut';
}
/** A tone curve through points (x, y) in 0…1, sorted by x. */
export type CurvePoints = readonly (readonly [number, number])[];
/** More than anyone sets by hand. */
const MOST_CURVE_POINTS = 64;
export interface CurveParam extends Common {
  readonly kind: 'curve';
  readonly default: CurvePoints;
}
/** Named texts, e.g. the values of a prompt's `{{variables}}`. */
export interface VariablesParam extends Common {
  readonly kind: 'variables';
  readonly default: Readonly<Record<string, string>>;
  /** The text param whose `{{names}}` are offered. */
  readonly of: string;
}

/** The kinds that fit into a row. */
export type RowParams = Readonly<Record<string, NumberParam | ToggleParam | ChoiceParam>>;
/** Rows of a few params each, as many as somebody adds: exceptions by position, for instance. */
export interface ListParam<F extends RowParams = RowParams> extends Common {
  readonly kind: 'list';
  readonly default: readonly ParamValues<F>[];
  /** What the button says that adds a row. */
  readonly add: string;
  readonly fields: F;
}
/** More than anyone adds by hand. */
const MOST_ROWS = 200;

export type ParamSpec =
  | NumberParam
  | TextParam
  | ToggleParam
  | ChoiceParam
  | AspectParam
  | SeedParam
  | FileParam
  | CurveParam
  | VariablesParam
  | ListParam;
export type ParamKind = ParamSpec['kind'];
export type Params = Readonly<Record<string, ParamSpec>>;
export type ParamValue<S extends ParamSpec> = S extends NumberParam
  ? number
  : S extends TextParam
    ? string
    : S extends ToggleParam
      ? boolean
      : S extends ChoiceParam<infer V>
        ? V
        : S extends AspectParam<infer V>
          ? V
          : S extends SeedParam
            ? SeedSetting
            : S extends FileParam
              ? FileSetting | null
              : S extends CurveParam
                ? CurvePoints
                : S extends ListParam<infer F>
                  ? readonly ParamValues<F>[]
                  : Readonly<Record<string, string>>;
export type ParamValues<P extends Params> = { readonly [N in keyof P]: ParamValue<P[N]> };

type Given<S extends ParamSpec, D extends keyof S = never> = Omit<S, 'kind' | D> & Partial<Pick<S, D>>;

/** Param makers: `p.float({ label: 'Amount', default: 0.5, min: 0, max: 1 })`. */
export const p = {
  int: (spec: Given<NumberParam>): NumberParam => ({ kind: 'int', ...spec }),
  float: (spec: Given<NumberParam>): NumberParam => ({ kind: 'float', ...spec }),
  text: (spec: Given<TextParam, 'rows' | 'maxLength'>): TextParam => ({
    kind: 'text',
    rows: 1,
    maxLength: 4000,
    ...spec,
  }),
  toggle: (spec: Given<ToggleParam>): ToggleParam => ({ kind: 'toggle', ...spec }),
  choice: <const V extends string>(spec: Given<ChoiceParam<V>, 'look'>): ChoiceParam<V> => ({
    kind: 'choice',
    look: 'select',
    ...spec,
  }),
  aspect: <const V extends string>(spec: Given<AspectParam<V>>): AspectParam<V> => ({ kind: 'aspect', ...spec }),
  seed: (spec: Given<SeedParam, 'default'>): SeedParam => ({
    kind: 'seed',
    default: { mode: 'fixed', value: 1 },
    ...spec,
  }),
  file: (spec: Given<FileParam, 'default'>): FileParam => ({ kind: 'file', default: null, ...spec }),
  curve: (spec: Given<CurveParam, 'default'>): CurveParam => ({
    kind: 'curve',
    default: [
      [0, 0],
      [1, 1],
    ],
    ...spec,
  }),
  variables: (spec: Given<VariablesParam, 'default'>): VariablesParam => ({ kind: 'variables', default: {}, ...spec }),
  list: <const F extends RowParams>(spec: Given<ListParam<F>, 'default'>): ListParam<F> => ({
    kind: 'list',
    default: [],
    ...spec,
  }),
} as const;

/** Whether a param is shown beside these values of the others. */
export const isShown = ({ when }: ParamSpec, values: Readonly<Record<string, unknown>>): boolean =>
  !when || when.is.includes(values[when.param] as string | boolean);

export interface ParamProblem {
  readonly param: string;
  readonly message: Sentence;
}

/**
 * Fills defaults, drops unknown names and says what is wrong, falling back to the default there.
 * The form, the file loader and the engine all use this one function.
 */
export function parseParams<P extends Params>(
  specs: P,
  raw: Readonly<Record<string, unknown>>,
): { readonly values: ParamValues<P>; readonly problems: readonly ParamProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: ParamProblem[] = [];
  for (const [name, spec] of Object.entries(specs)) {
    const given = raw[name];
    if (given === undefined) {
      values[name] = spec.default;
      continue;
    }
    const complaint = whatIsWrong(spec, given);
    if (complaint === undefined)
      values[name] = spec.kind === 'list' ? rowsOf(spec, given).map(({ values }) => values) : given;
    else {
      values[name] = spec.default;
      problems.push({ param: name, message: say('{0} {1}', say(spec.label), complaint) });
    }
  }
  return { values: values as ParamValues<P>, problems };
}

/** Each row by itself, its defaults filled. */
const rowsOf = (spec: ListParam, given: unknown) =>
  (given as readonly Readonly<Record<string, unknown>>[]).map((row) => parseParams<RowParams>(spec.fields, row));

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** The width or height of a file: in pixels, or not said. */
const isSide = (value: unknown): boolean => value === undefined || (Number.isFinite(value) && (value as number) >= 0);

const isClip = (value: unknown): boolean =>
  value === undefined ||
  (isRecord(value) &&
    Number.isFinite(value['fps']) &&
    (value['fps'] as number) > 0 &&
    Number.isInteger(value['frames']) &&
    (value['frames'] as number) > 0 &&
    typeof value['hasSound'] === 'boolean');

/** The rest of a sentence that begins with the param's label, or `undefined` when the value is fine. */
function whatIsWrong(spec: ParamSpec, value: unknown): Sentence | undefined {
  switch (spec.kind) {
    case 'int':
    case 'float':
      if (typeof value !== 'number' || !Number.isFinite(value)) return say('must be a number, not {0}.', shown(value));
      if (spec.kind === 'int' && !Number.isInteger(value)) return say('must be a whole number, not {0}.', value);
      return value < spec.min || value > spec.max
        ? say('must be between {0} and {1}, not {2}.', spec.min, spec.max, value)
        : undefined;
    case 'text':
      if (typeof value !== 'string') return say('must be text, not {0}.', shown(value));
      return value.length > spec.maxLength
        ? say('is too long: {0} of at most {1} {1|character|characters}.', value.length, spec.maxLength)
        : undefined;
    case 'toggle':
      return typeof value === 'boolean' ? undefined : say('must be on or off, not {0}.', shown(value));
    case 'choice':
    case 'aspect':
      return spec.options.includes(value as string)
        ? undefined
        : say('must be one of {0}, not {1}.', listed(spec.options.map((option) => say(option))), shown(value));
    case 'seed': {
      const fits =
        isRecord(value) &&
        SEED_MODES.includes(value['mode'] as SeedSetting['mode']) &&
        Number.isInteger(value['value']) &&
        (value['value'] as number) >= 0 &&
        (value['value'] as number) <= LARGEST_SEED;
      return fits ? undefined : say('must hold a mode and a whole number from 0 to 4294967295, not {0}.', shown(value));
    }
    case 'file':
      if (value === null) return undefined;
      return isRecord(value) &&
        typeof value['hash'] === 'string' &&
        typeof value['name'] === 'string' &&
        typeof value['mime'] === 'string' &&
        [value['width'], value['height']].every(isSide) &&
        isClip(value['clip'])
        ? undefined
        : say('must be an imported file.');
    case 'curve': {
      const points = Array.isArray(value) ? (value as unknown[]) : [];
      const inRange = (n: unknown) => typeof n === 'number' && n >= 0 && n <= 1;
      const sorted = points.every((point, i) => {
        const before = points[i - 1] as [number, number] | undefined;
        return (
          Array.isArray(point) &&
          point.length === 2 &&
          inRange(point[0]) &&
          inRange(point[1]) &&
          (!before || before[0] < point[0])
        );
      });
      return points.length >= 2 && points.length <= MOST_CURVE_POINTS && sorted
        ? undefined
        : say('must be two to {0} {0|point|points} from left to right, each between 0 and 1.', MOST_CURVE_POINTS);
    }
    case 'variables':
      return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
        ? undefined
        : say('must be names with texts.');
    case 'list': {
      if (!Array.isArray(value) || value.length > MOST_ROWS || !value.every(isRecord))
        return say('must be at most {0} {0|row|rows}.', MOST_ROWS);
      const problems = rowsOf(spec, value).map((row) => row.problems[0]);
      const at = problems.findIndex((problem) => problem !== undefined);
      const wrong = problems[at];
      return wrong && say('is wrong in row {0}: {1}', at + 1, wrong.message);
    }
    default:
      return spec satisfies never;
  }
}

/** JSON Schema (2020-12) of a node's params, for editors and validators outside Triptych. */
export function toJsonSchema(specs: Params): object {
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(specs).map(([name, spec]) => [
        name,
        { title: spec.label, default: spec.default, ...schemaOf(spec) },
      ]),
    ),
  };
}

function schemaOf(spec: ParamSpec): object {
  switch (spec.kind) {
    case 'int':
    case 'float':
      return { type: spec.kind === 'int' ? 'integer' : 'number', minimum: spec.min, maximum: spec.max };
    case 'text':
      return { type: 'string', maxLength: spec.maxLength };
    case 'toggle':
      return { type: 'boolean' };
    case 'choice':
    case 'aspect':
      return { enum: spec.options };
    case 'seed':
      return {
        type: 'object',
        required: ['mode', 'value'],
        properties: { mode: { enum: SEED_MODES }, value: { type: 'integer', minimum: 0, maximum: LARGEST_SEED } },
      };
    case 'file':
      return {
        type: ['object', 'null'],
        required: ['hash', 'name', 'mime'],
        properties: { layer: { type: 'object', required: ['marks', 'mask'] } },
      };
    case 'curve':
      return {
        type: 'array',
        minItems: 2,
        maxItems: MOST_CURVE_POINTS,
        items: { type: 'array', minItems: 2, maxItems: 2, items: { type: 'number', minimum: 0, maximum: 1 } },
      };
    case 'variables':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'list':
      return { type: 'array', maxItems: MOST_ROWS, items: toJsonSchema(spec.fields) };
    default:
      return spec satisfies never;
  }
}
