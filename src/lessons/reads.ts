/** How values in a lesson are read: each reader is strict, says in a sentence what is wrong, and gives its JSON Schema. */
import { NodeError } from '../core/errors.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { say, type Sentence } from '../core/say.ts';

/** `read` throws a `NodeError` whose sentence names the place. */
export interface Reads<T> {
  readonly schema: object;
  read(value: unknown, place: string): T;
}

export const wrongAt = (place: string, what: Sentence): NodeError =>
  new NodeError('bad-input', say('{0}: {1}', place, what));

/** A whole number, or one in parts. */
export function numberFrom(least: number, most: number, isWhole = false): Reads<number> {
  return {
    schema: { type: isWhole ? 'integer' : 'number', minimum: least, maximum: most },
    read(value, place) {
      if (typeof value !== 'number' || !Number.isFinite(value) || (isWhole && !Number.isInteger(value)))
        throw wrongAt(place, isWhole ? say('This has to be a whole number.') : say('This has to be a number.'));
      if (value < least || value > most)
        throw new NodeError(
          'bad-input',
          say('{0}: {1} can never be; it lies from {2} to {3}.', place, value, least, most),
        );
      return value;
    },
  };
}

export const always: Reads<true> = {
  schema: { const: true },
  read(value, place) {
    if (value !== true) throw wrongAt(place, say('This can only be true.'));
    return true;
  },
};

export function oneOf<const T extends string>(words: readonly T[]): Reads<T> {
  return {
    schema: { enum: words },
    read(value, place) {
      const found = words.find((word) => word === value);
      if (found === undefined)
        throw new NodeError(
          'bad-input',
          say('{0}: “{1}” is not known here. There are {2}.', place, String(value).slice(0, 80), words.join(', ')),
        );
      return found;
    },
  };
}

/** The name of an answer of the step. */
export const nameReader: Reads<string> = {
  schema: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,39}$' },
  read(value, place) {
    if (typeof value !== 'string' || !/^[a-z][a-z0-9-]{0,39}$/.test(value))
      throw wrongAt(place, say('A name has lower case letters, digits and hyphens, and at most 40 of them.'));
    return value;
  },
};

export function listReader<T>(item: Reads<T>, least = 1, most = 40): Reads<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, minItems: least, maxItems: most },
    read(value, place) {
      if (!Array.isArray(value)) throw wrongAt(place, say('This has to be a list.'));
      if (value.length < least || value.length > most)
        throw new NodeError(
          'bad-input',
          say('{0}: a list of {1} to {2} is expected, and it has {3}.', place, least, most, value.length),
        );
      return value.map((one, at) => item.read(one, `${place}[${at}]`));
    },
  };
}

/** A record with these members and no others; those after the first argument may be missing. */
export function recordOf<M extends Record<string, Reads<unknown>>, O extends Record<string, Reads<unknown>>>(
  needed: M,
  optional: O,
): Reads<
  { readonly [K in keyof M]: ReturnType<M[K]['read']> } & { readonly [K in keyof O]?: ReturnType<O[K]['read']> }
> {
  const members: Record<string, Reads<unknown>> = { ...needed, ...optional };
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, member.schema])),
      required: Object.keys(needed),
      additionalProperties: false,
    },
    read(value, place) {
      const record = recordAt(value, place, Object.keys(members));
      const missing = Object.keys(needed).find((name) => record[name] === undefined);
      if (missing !== undefined) throw new NodeError('bad-input', say('{0}: “{1}” is missing.', place, missing));
      const read = Object.entries(record)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => [name, members[name]!.read(member, `${place}.${name}`)]);
      return Object.fromEntries(read) as ReturnType<ReturnType<typeof recordOf<M, O>>['read']>;
    },
  };
}

/** A record all of whose members are known. */
export function recordAt(value: unknown, place: string, known: readonly string[]): Loose {
  if (!isRecord(value)) throw wrongAt(place, say('This has to be a record in braces.'));
  const stranger = Object.keys(value).find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new NodeError(
      'bad-input',
      say('{0}: “{1}” is not known here. There are {2}.', place, stranger.slice(0, 80), known.join(', ')),
    );
  return value;
}

export interface Bounds {
  readonly least?: number;
  readonly most?: number;
}
/** One of the two, or both with something between them. */
export function boundsFrom(lowest: number, highest: number): Reads<Bounds> {
  const both = recordOf({}, { least: numberFrom(lowest, highest), most: numberFrom(lowest, highest) });
  return {
    schema: { ...both.schema, minProperties: 1 },
    read(value, place) {
      const bounds = both.read(value, place);
      heldBounds(bounds, place);
      return bounds;
    },
  };
}
/** Bounds that nothing can hold make a check that nobody passes. */
export function heldBounds({ least, most }: Bounds, place: string): void {
  if (least === undefined && most === undefined) throw wrongAt(place, say('This needs “least” or “most”.'));
  if (least !== undefined && most !== undefined && least > most)
    throw new NodeError('bad-input', say('{0}: at least {1} and at most {2} can never be.', place, least, most));
}
export const isWithin = (value: number, { least = -Infinity, most = Infinity }: Bounds): boolean =>
  value >= least && value <= most;

/** As they are told. */
export function boundsInWords({ least, most }: Bounds): Sentence {
  if (least === undefined) return say('at most {0}', most ?? 0);
  return most === undefined ? say('at least {0}', least) : say('from {0} to {1}', least, most);
}
