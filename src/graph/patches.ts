/** Patches as Immer makes them, and how many of them become few. Plain data, for IndexedDB and JSON alike. */

export interface Patch {
  readonly op: 'replace' | 'remove' | 'add';
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
}

/**
 * Patches that do the same, with only the last value for each path: a minute on one slider sets one path thousands of
 * times. Patches are only brought together over others that can neither see nor move what they change; wherever that is
 * not certain, everything stays as it is.
 */
export function compressed(patches: readonly Patch[]): readonly Patch[] {
  const kept: (Patch | undefined)[] = [];
  /** Where in `kept` the patch for a path stands; only since the last patch that others must not be moved over. */
  let places = new Map<string, number>();
  /** Every path above one of those. */
  let above = new Set<string>();
  for (const patch of patches) {
    const [path, ...parents] = pathsUpwards(patch.path);
    const before = places.get(path!);
    if (before !== undefined && patch.op !== 'add') {
      if (patch.op === 'replace') {
        kept[before] = { ...kept[before]!, value: patch.value };
        continue;
      }
      // What is taken away need not be set first.
      if (kept[before]!.op === 'replace') kept[before] = undefined;
    }
    const takesAway = patch.op === 'remove' || isLength(patch);
    const overlaps = above.has(path!) || parents.some((parent) => places.has(parent));
    const mayMoveOthers = patch.op === 'add' && places.size > 0;
    if (takesAway || overlaps || mayMoveOthers) [places, above] = [new Map(), new Set()];
    kept.push(patch);
    if (takesAway) continue;
    places.set(path!, kept.length - 1);
    for (const parent of parents) above.add(parent);
  }
  return kept.filter((patch) => patch !== undefined);
}

/** Setting the length of an array takes members away. */
const isLength = ({ path }: Patch): boolean => path.at(-1) === 'length';

/** A path and those above it up to the root, each as one exact text. */
function pathsUpwards(path: Patch['path']): readonly string[] {
  return Array.from({ length: path.length + 1 }, (_, up) => JSON.stringify(path.slice(0, path.length - up)));
}
