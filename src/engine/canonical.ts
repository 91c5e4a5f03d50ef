/** Canonical JSON: equal data, equal text. Keys sorted, `undefined` members left out, −0 written as 0. */

/** Throws on what JSON cannot hold (functions, cycles overflow, NaN): params and values never contain those. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`Cannot write ${value} canonically.`);
    return String(value === 0 ? 0 : value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value === 'object') {
    const record = value as Record<string, unknown>;
    let text = '';
    for (const key of Object.keys(record).sort()) {
      const member = record[key];
      if (member !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${canonical(member)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`Cannot write a ${typeof value} canonically.`);
}

const remembered = new WeakMap<object, string>();

/** The same for immutable objects, remembered by identity: params and values never change in place. */
export function canonicalOnce(value: object): string {
  let text = remembered.get(value);
  if (text === undefined) {
    text = canonical(value);
    remembered.set(value, text);
  }
  return text;
}
