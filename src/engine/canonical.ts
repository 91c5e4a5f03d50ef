/** Canonical JSON: equal data, equal text. Keys sorted, `undefined` members left out, −0 written as 0. */

/** Throws on what JSON cannot hold (functions, cycles overflow, NaN): params and values never contain those. */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`Cannot write ${value} canonically.`);
      return value === 0 ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? canonicalList(value) : canonicalRecord(value as Record<string, unknown>);
    default:
      throw new TypeError(`Cannot write a ${typeof value} canonically.`);
  }
}

function canonicalList(list: readonly unknown[]): string {
  let text = '[';
  for (let at = 0; at < list.length; at++) text += (at ? ',' : '') + canonical(list[at] ?? null);
  return text + ']';
}

function canonicalRecord(record: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortedKeys(record)) {
    const member = record[key];
    if (member !== undefined) text += (text.length > 1 ? ',' : '') + quoted(key) + ':' + canonical(member);
  }
  return text + '}';
}

/** Most records come with their keys in order, and sorting a list costs more than looking. */
export function sortedKeys(record: object): string[] {
  const keys = Object.keys(record);
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return keys.sort();
  return keys;
}

/** Printable ASCII without quote and backslash: as JSON it is what it is. */
const PLAIN = /^[ !#-[\]-~]*$/;
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));
