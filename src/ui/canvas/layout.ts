/** Arranges nodes from left to right along their wires. */
import type { Board, Point } from '../../graph/graph.ts';
import { nodeIds } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { loadPart } from '../../load-part.ts';
import { shapeOf } from './places.ts';
import type { Cards } from './shown-shapes.ts';

export async function arrange(
  graph: Board,
  cards: Cards,
  only: readonly NodeId[],
): Promise<Readonly<Record<NodeId, Point>>> {
  const { default: dagre } = await loadPart(() => import('@dagrejs/dagre'));
  const ids = only.length > 1 ? only : nodeIds(graph);
  const chosen = new Set(ids);
  const layout = new dagre.graphlib.Graph({ multigraph: true });
  layout.setGraph({ rankdir: 'LR', nodesep: 28, ranksep: 72 });
  layout.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) {
    const { width, height } = shapeOf(graph, cards, id);
    layout.setNode(id, { width, height });
  }
  for (const [key, wire] of Object.entries(graph.wires))
    if (chosen.has(wire.from.node) && chosen.has(wire.to.node)) layout.setEdge(wire.from.node, wire.to.node, {}, key);
  dagre.layout(layout);
  const corner = (axis: 'x' | 'y') => Math.min(...ids.map((id) => graph.nodes[id]!.position[axis]));
  const [left, top] = only.length > 1 ? [corner('x'), corner('y')] : [0, 0];
  return Object.fromEntries(
    ids.map((id) => {
      const { x, y, width, height } = layout.node(id) as { x: number; y: number; width: number; height: number };
      return [id, { x: Math.round((left + x - width / 2) / 16) * 16, y: Math.round((top + y - height / 2) / 16) * 16 }];
    }),
  );
}
