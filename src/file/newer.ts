/**
 * Nodes of types that are known here, from a version that is not: kept as placeholders, so that nothing of them is
 * lost.
 */

/**
 * The type of a node that a newer Triptych saved, while it is in a graph: unknown to every registry, so the node is a
 * placeholder.
 * In a file it has its own type again.
 */
export const newerType = (type: string, version: number): string => `${type}@${version}`;
/** The type behind it, or the type as it is. */
export function writtenType({ type, version }: { readonly type: string; readonly version?: unknown }): string {
  const ending = `@${String(typeof version === 'number' ? version : '')}`;
  return ending.length > 1 && type.length > ending.length && type.endsWith(ending)
    ? type.slice(0, -ending.length)
    : type;
}
