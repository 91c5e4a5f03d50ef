/** JSON from outside: limits are checked before it is read, and no key in it can set a prototype. */
import { DEEPEST_JSON } from './limits.ts';
import type { Loose } from './loose.ts';

export type JsonRead =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: 'too long' | 'too deep' | 'not JSON' };

/** `most`: characters. Keys named `__proto__` are left out, wherever they stand. */
export function readJson(text: string, most: number): JsonRead {
  if (text.length > most) return { ok: false, why: 'too long' };
  if (depthOf(text) > DEEPEST_JSON) return { ok: false, why: 'too deep' };
  try {
    const value: unknown = JSON.parse(text);
    // A key can be spelled with escapes too.
    if (text.includes('__proto__') || text.includes('\\u')) dropPrototypes(value);
    return { ok: true, value };
  } catch {
    return { ok: false, why: 'not JSON' };
  }
}

/** How deep brackets nest in a JSON text; one more than allowed is enough to know. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length && deepest <= DEEPEST_JSON; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 34) at = endOfQuote(text, at + 1);
    else if (sign === 91 || sign === 123) deepest = Math.max(deepest, ++depth);
    else if (sign === 93 || sign === 125) depth--;
  }
  return deepest;
}

/** Where the text ends that begins at `from`: at the next quote without an odd number of backslashes before it. */
function endOfQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (before >= from && text.charCodeAt(before) === 92) before--;
    if ((at - 1 - before) % 2 === 0) return at;
  }
  return text.length;
}

/**
 * `null` for `NaN` and `Infinity`, which Python writes into JSON and no JSON reader takes. Texts in quotes stay as they
 * are.
 */
export function withoutBareNumbers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 34) at = endOfQuote(text, at + 1);
    const [word] = sign === 78 || sign === 73 ? (/^(?:NaN|Infinity)/.exec(text.slice(at, at + 8)) ?? []) : [];
    if (!word) continue;
    const isNegative = text.charCodeAt(at - 1) === 45;
    parts.push(text.slice(from, isNegative ? at - 1 : at), 'null');
    from = at + word.length;
    at = from - 1;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

function dropPrototypes(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) delete (value as Record<string, unknown>)['__proto__'];
  for (const inner of Object.values(value as Loose)) dropPrototypes(inner);
}
