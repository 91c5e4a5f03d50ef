/** Names that come from outside: only what a record itself holds is found, never what every object inherits. */

/**
 * What a record holds under a name; `undefined` for `toString`, `__proto__` and their like, unless it was put there.
 */
export const own = <V>(record: Readonly<Record<string, V>>, name: string): V | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/**
 * Names every object answers to (`constructor`, `__proto__`, …). As ids they would be found where nothing was put, so
 * files may not use them.
 */
export const isReserved = (name: string): boolean => name in Object.prototype;
