/** Which nodes lead to which, while wires are added one by one. */
import type { NodeId } from '../core/ids.ts';

export class Reach {
  readonly #after = new Map<NodeId, NodeId[]>();
  readonly #before = new Map<NodeId, NodeId[]>();

  add(from: NodeId, to: NodeId): void {
    put(this.#after, from, to);
    put(this.#before, to, from);
  }

  /**
   * Whether wires lead from `start` to `end`. Looks from both sides by turns and is done when one is exhausted: in
   * files the next wire mostly joins something small.
   */
  leads(start: NodeId, end: NodeId): boolean {
    if (start === end) return true;
    let mine = { next: this.#after, seen: new Set([start]), open: [start] };
    let other = { next: this.#before, seen: new Set([end]), open: [end] };
    for (; ; [mine, other] = [other, mine]) {
      const node = mine.open.pop();
      if (node === undefined) return false;
      for (const neighbour of mine.next.get(node) ?? []) {
        if (other.seen.has(neighbour)) return true;
        if (mine.seen.has(neighbour)) continue;
        mine.seen.add(neighbour);
        mine.open.push(neighbour);
      }
    }
  }
}

function put(lists: Map<NodeId, NodeId[]>, key: NodeId, item: NodeId): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
