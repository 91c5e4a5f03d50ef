/** Which fields of a request a service refused, where it lists them: its name for each, and what is wrong with it. */
import { isRecord, textOrNone } from '../core/loose.ts';
import { say, type Sentence } from '../core/say.ts';

export interface RefusedField {
  /** As the service calls it, e.g. `prompt` or `input.width`; empty where it means the whole request. */
  readonly field: string;
  /** What is wrong with it, in the service's own words. */
  readonly words: string;
}

/**
 * What is in such a list: `{ loc, msg }` of FastAPI, `{ path, message }` of Zod, `{ field, description }` of Replicate and
 * Google. Whatever else is in it is left out.
 */
export function refusedFieldsIn(list: unknown): readonly RefusedField[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap(({ loc, path, field, msg, message, description }) => {
    const words = [msg, message, description].map(textOrNone).find(Boolean) ?? '';
    const name = textOrNone(field) ?? nameOf(loc ?? path);
    return name || words ? [{ field: name, words }] : [];
  });
}

/** Where it names one field beside its words. */
export const refusedField = (name: unknown, words = ''): readonly RefusedField[] => {
  const field = textOrNone(name);
  return field === undefined ? [] : [{ field, words }];
};

/** Where in the request it is, step by step. That it is in the body goes without saying. */
function nameOf(steps: unknown): string {
  if (!Array.isArray(steps)) return '';
  const [first, ...rest] = steps.map(String);
  return (first === undefined || first === 'body' ? rest : [first, ...rest]).join('.');
}

/** `width: not a multiple of 8; prompt: field required` */
export const wordsOfFields = (fields: readonly RefusedField[]): string =>
  fields.map(({ field, words }) => [field, words.trim()].filter(Boolean).join(': ')).join('; ');

/** `undefined` where none of them has a name. */
export function refusalOf(service: Sentence, fields: readonly RefusedField[]): Sentence | undefined {
  const names = [...new Set(fields.map(({ field }) => field).filter(Boolean))];
  return names.length === 0
    ? undefined
    : say(
        '{0} does not take this request because of {1|this field|these fields}: {2}.',
        service,
        names.length,
        names.slice(0, MOST_NAMED).join(', '),
      );
}
/** Who is told of more reads none of them. */
const MOST_NAMED = 5;
