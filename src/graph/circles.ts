/** Circles in what leads to what, found all at once. */

/**
 * The places in a list of steps (from, to) whose step closes a circle, so that the others flow one way. Each step is
 * walked once,
 * however many there are; what begins earlier in the list is kept rather than what comes later.
 */
export function closing(steps: readonly (readonly [from: string, to: string])[]): ReadonlySet<number> {
  const after = new Map<string, number[]>();
  for (const [at, [from]] of steps.entries()) {
    const list = after.get(from);
    if (list) list.push(at);
    else after.set(from, [at]);
  }
  const closed = new Set<number>();
  const done = new Set<string>();
  /** What the walk is in the middle of: a step that leads back there closes a circle. */
  const open = new Set<string>();
  for (const [start] of steps) {
    if (done.has(start)) continue;
    const path = [{ item: start, next: 0 }];
    open.add(start);
    for (let here = path.at(-1); here; here = path.at(-1)) {
      const step = after.get(here.item)?.[here.next++];
      if (step === undefined) {
        open.delete(here.item);
        done.add(here.item);
        path.pop();
        continue;
      }
      const to = steps[step]![1];
      if (open.has(to)) closed.add(step);
      else if (!done.has(to)) {
        open.add(to);
        path.push({ item: to, next: 0 });
      }
    }
  }
  return closed;
}
