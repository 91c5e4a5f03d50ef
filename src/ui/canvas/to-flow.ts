/** The only translator from our graph to the canvas library's nodes and edges; unchanged things keep their object. */
import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/react';
import type { Graph, GraphNode, Point, Wire } from '../../core/graph.ts';
import { wireEntries } from '../../core/graph.ts';
import type { NodeId, WireId } from '../../core/ids.ts';
import type { Registry } from '../../core/node.ts';
import { CARD_WIDTH, cardShape } from './card-size.ts';

const NO_DATA = Object.freeze({});
const SOCKET = 12;

export interface View {
  readonly selection: ReadonlySet<NodeId>;
  readonly selectedWires: ReadonlySet<WireId>;
  /** Where nodes are while they are dragged. */
  readonly dragged: Readonly<Record<NodeId, Point>>;
}

export function flowTranslator(registry: Registry) {
  const nodes = new Map<NodeId, { source: GraphNode; selected: boolean; at: Point; flow: Node }>();
  const edges = new Map<WireId, { source: Wire; selected: boolean; kind: string; flow: Edge }>();

  return {
    nodes(graph: Graph, { selection, dragged }: View): Node[] {
      const list: Node[] = [];
      for (const [key, source] of Object.entries(graph.nodes)) {
        const id = key as NodeId;
        const selected = selection.has(id);
        const at = dragged[id] ?? source.position;
        let known = nodes.get(id);
        if (!known || known.source !== source || known.selected !== selected || known.at !== at) {
          known = { source, selected, at, flow: nodeOf(id, source, selected, at) };
          nodes.set(id, known);
        }
        list.push(known.flow);
      }
      if (nodes.size > list.length) for (const id of nodes.keys()) if (!graph.nodes[id]) nodes.delete(id);
      return list;
    },
    edges(graph: Graph, { selectedWires }: View): Edge[] {
      const list: Edge[] = [];
      for (const [id, source] of wireEntries(graph)) {
        const from = graph.nodes[source.from.node];
        if (!from || !graph.nodes[source.to.node]) continue;
        const kind = registry.get(from.type)?.outputs[source.from.socket]?.kind ?? 'file';
        const selected = selectedWires.has(id);
        let known = edges.get(id);
        if (!known || known.source !== source || known.selected !== selected || known.kind !== kind) {
          known = { source, selected, kind, flow: edgeOf(id, source, selected, kind) };
          edges.set(id, known);
        }
        list.push(known.flow);
      }
      if (edges.size > list.length) for (const id of edges.keys()) if (!graph.wires[id]) edges.delete(id);
      return list;
    },
  };

  function nodeOf(id: NodeId, source: GraphNode, selected: boolean, at: Point): Node {
    const shape = cardShape(source, registry.get(source.type));
    const handle = (side: 'source' | 'target') => ({ id: socket, y }: { id: string; y: number }): NodeHandle => ({
      id: socket, type: side, position: side === 'source' ? Position.Right : Position.Left, x: side === 'source' ? CARD_WIDTH - SOCKET / 2 : -SOCKET / 2, y: y - SOCKET / 2, width: SOCKET, height: SOCKET,
    });
    return {
      id, type: 'card', position: at, data: NO_DATA, selected, width: CARD_WIDTH, height: shape.height, measured: { width: CARD_WIDTH, height: shape.height },
      handles: [...shape.inputs.map(handle('target')), ...shape.outputs.map(handle('source'))],
    };
  }
  function edgeOf(id: WireId, wire: Wire, selected: boolean, kind: string): Edge {
    return { id, source: wire.from.node, sourceHandle: wire.from.socket, target: wire.to.node, targetHandle: wire.to.socket, selected, className: 'wire', style: { ['--kind' as string]: `var(--k-${kind})` }, interactionWidth: 18 };
  }
}
