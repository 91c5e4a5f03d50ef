/** Whether two pieces of plain data say the same. */

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/**
 * Equal as data: the order of keys does not count, and a member that is `undefined` is one that is not there. For data
 * without circles.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return a === b;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, at) => sameData(item, b[at]))
    );
  }
  const written = Object.keys(a).filter((key) => a[key] !== undefined);
  if (written.length !== Object.keys(b).filter((key) => b[key] !== undefined).length) return false;
  return written.every((key) => Object.hasOwn(b, key) && sameData(a[key], b[key]));
}
