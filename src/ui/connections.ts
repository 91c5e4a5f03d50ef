/** Wires without a pointer: which sockets of other nodes fit one, and joining them. */
import { inputsOf } from '../graph/connect.ts';
import { connect } from '../graph/edits.ts';
import { nodeIds, type Board, type WireEnd } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { App } from './app-context.ts';

export type Side = 'input' | 'output';
export interface Candidate extends WireEnd {
  readonly title: string;
  readonly label: string;
}

export const titleOf = (board: Board, registry: Registry, id: NodeId): string =>
  board.nodes[id]?.title ?? registry.get(board.nodes[id]?.type ?? '')?.title ?? board.nodes[id]?.type ?? '';

/** Everything that can be wired to a socket without closing a circle, in the order of the canvas, left to right. */
export function candidatesFor(board: Board, registry: Registry, end: WireEnd, side: Side): Candidate[] {
  const node = board.nodes[end.node];
  const definition = node && registry.get(node.type);
  const kind = definition && (side === 'input' ? inputsOf(definition, node) : definition.outputs)[end.socket]?.kind;
  if (!kind) return [];
  const closed = reached(board, end.node, side === 'input' ? 'from' : 'to');
  return nodeIds(board)
    .filter((id) => !closed.has(id))
    .sort(
      (a, b) =>
        board.nodes[a]!.position.x - board.nodes[b]!.position.x ||
        board.nodes[a]!.position.y - board.nodes[b]!.position.y,
    )
    .flatMap((id) => {
      const other = registry.get(board.nodes[id]!.type);
      const sockets = other ? (side === 'input' ? other.outputs : inputsOf(other, board.nodes[id]!)) : {};
      return Object.entries(sockets).flatMap(([socket, spec]) =>
        spec.kind === kind ? [{ node: id, socket, title: titleOf(board, registry, id), label: spec.label }] : [],
      );
    });
}

/** Nodes a circle would close through: everything after a node (or before it), itself included. */
function reached(board: Board, start: NodeId, along: 'from' | 'to'): ReadonlySet<NodeId> {
  const next = new Map<NodeId, NodeId[]>();
  for (const wire of Object.values(board.wires)) {
    const [at, to] = along === 'from' ? [wire.from.node, wire.to.node] : [wire.to.node, wire.from.node];
    const list = next.get(at);
    if (list) list.push(to);
    else next.set(at, [to]);
  }
  const found = new Set<NodeId>([start]);
  for (const id of found) for (const after of next.get(id) ?? []) found.add(after);
  return found;
}

export function join(
  { document, registry }: Pick<App, 'document' | 'registry'>,
  end: WireEnd,
  side: Side,
  other: WireEnd,
): void {
  document.edit('Connect', (draft) =>
    side === 'input' ? connect(draft, registry, other, end) : connect(draft, registry, end, other),
  );
}
