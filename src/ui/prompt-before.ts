/** Where the words are written that a node is asked with. */
import type { Board } from '../graph/graph.ts';
import { inputsOf } from '../graph/connect.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { isWritten } from './placing.ts';

/** The nearest node before its prompt that one writes in; nothing where the prompt comes from another board. */
export function promptBefore(board: Board, registry: Registry, node: NodeId): NodeId | undefined {
  const asked = [node];
  const seen = new Set(asked);
  for (const id of asked) {
    const before = nodesBefore(board, registry, id).filter((one) => !seen.has(one));
    const written = before.find((one) => isWritten(registry.get(board.nodes[one]!.type)));
    if (written) return written;
    for (const one of before) seen.add(one);
    asked.push(...before);
  }
  return undefined;
}

/** Those that give it words. */
function nodesBefore(board: Board, registry: Registry, id: NodeId): NodeId[] {
  const node = board.nodes[id]!;
  const definition = registry.get(node.type);
  const inputs = definition ? inputsOf(definition, node) : {};
  const givesWords = (socket: string) => ['prompt', 'text'].includes(inputs[socket]?.kind ?? '');
  return Object.values(board.wires)
    .filter(({ from, to }) => to.node === id && givesWords(to.socket) && board.nodes[from.node] !== undefined)
    .map(({ from }) => from.node);
}
