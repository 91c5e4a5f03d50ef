/** Canonical JSON: equal data, equal text. Keys sorted, `undefined` members left out, −0 written as 0. */

/** Throws on what JSON cannot hold (functions, cycles overflow, NaN): params and values never contain those. */
export function canonical(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`Cannot write ${value} canonically.`);
      return value === 0 ? '0' : String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map((item) => canonical(item ?? null)).join(',')}]` : canonicalRecord(value as Record<string, unknown>);
    default:
      throw new TypeError(`Cannot write a ${typeof value} canonically.`);
  }
}

function canonicalRecord(record: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(record);
  if (keys.length > 1) keys.sort();
  let text = '{';
  for (const key of keys) {
    const member = record[key];
    if (member !== undefined) text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonical(member)}`;
  }
  return `${text}}`;
}
