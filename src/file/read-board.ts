/** One board of a file: a graph's, or the inside of a component. */
import { A_KIND, inputsOf } from '../graph/connect.ts';
import { closing } from '../graph/circles.ts';
import type { Board, GraphNode, Wire, WireEnd } from '../graph/graph.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import { MOST_POINTS } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { own } from '../core/own.ts';
import { say, type Sentence } from '../core/say.ts';
import { entriesOf, finite, isName, listOf } from './entries.ts';
import { readMarks, readPoint } from './read-marks.ts';
import { readNode } from './read-node.ts';
import { shortName, type Report } from './report.ts';

export function readBoard(file: Loose, registry: Registry, report: Report): Board {
  const nodes: Record<NodeId, GraphNode> = {};
  for (const [id, raw] of entriesOf(file['nodes'], report)) {
    // A slash is what flat ids of nodes in components are made with.
    const node = id.includes('/') ? undefined : readNode(id, raw, registry, report);
    if (node) nodes[id as NodeId] = node;
    else if (id.includes('/'))
      report.add('dropped', say('“{0}” cannot be the name of anything in a graph and was left out.', shortName(id)));
  }
  const { frames, notes } = readMarks(file, new Set(Object.keys(nodes)), report);
  for (const [id, node] of Object.entries(nodes) as [NodeId, GraphNode][]) {
    const { frame, ...free } = node;
    if (frame && !Object.hasOwn(frames, frame)) nodes[id] = free;
  }
  const board: Board = { nodes, wires: {}, frames, notes };
  return { ...board, wires: readWires(board, file['wires'], registry, report) };
}

function readWires(board: Board, raw: unknown, registry: Registry, report: Report): Board['wires'] {
  const inputs = new Map<NodeId, NodeFace['inputs']>();
  const inputsAt = (id: NodeId, definition: NodeFace) => {
    const known = inputs.get(id) ?? inputsOf(definition, board.nodes[id]!);
    inputs.set(id, known);
    return known;
  };
  const sound: [WireId, Wire][] = [];
  for (const [id, item] of entriesOf(raw, report)) {
    const [from, to] = isRecord(item) ? [readEnd(item['from']), readEnd(item['to'])] : [];
    if (!isRecord(item) || !from || !to) {
      report.add('dropped', say('Wire {0} has no ends and was left out.', shortName(id)));
      continue;
    }
    const via = listOf(item['via']).slice(0, MOST_POINTS).map(readPoint);
    const wire: Wire = { from, to, order: finite(item['order'], 0), ...(via.length ? { via } : {}) };
    const complaint = whatIsWrong(wire);
    if (complaint) report.add('dropped', complaint);
    else sound.push([id as WireId, wire]);
  }
  const titleOf = (id: NodeId) => say(registry.get(board.nodes[id]!.type)?.title ?? shortName(board.nodes[id]!.type));
  // Placeholders count too: what is before and after them must not meet.
  const closed = closing(sound.map(([, { from, to }]) => [from.node, to.node]));
  for (const at of closed) {
    const { from, to } = sound[at]![1];
    report.add(
      'dropped',
      say('A wire from {0} to {1} closed a circle and was left out.', titleOf(from.node), titleOf(to.node)),
    );
  }
  return Object.fromEntries(closed.size ? sound.filter((_, at) => !closed.has(at)) : sound) as Board['wires'];

  function whatIsWrong({ from, to }: Wire): Sentence | undefined {
    const [source, target] = [own(board.nodes, from.node), own(board.nodes, to.node)];
    if (!source || !target) return say('A wire ended at a node that is not in the file and was left out.');
    const [a, b] = [registry.get(source.type), registry.get(target.type)];
    // Wires at placeholders are kept as they are: the node may come back.
    if (!a || !b) return undefined;
    const output = own(a.outputs, from.socket);
    const input = own(inputsAt(to.node, b), to.socket);
    if (!output || !input)
      return say(
        'A wire from {0} to {1} used a socket that no longer exists and was left out.',
        say(a.title),
        say(b.title),
      );
    if (output.kind !== input.kind)
      return say(
        'A wire from {0} to {1} joined {2} to {3} and was left out.',
        say(a.title),
        say(b.title),
        A_KIND[output.kind],
        A_KIND[input.kind],
      );
    return undefined;
  }
}

/** One end of a wire; `undefined` where it names nothing that can be. */
export const readEnd = (raw: unknown): WireEnd | undefined =>
  isRecord(raw) && isName(raw['node']) && isName(raw['socket'])
    ? { node: raw['node'] as NodeId, socket: raw['socket'] }
    : undefined;
