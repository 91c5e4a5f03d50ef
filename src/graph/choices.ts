/**
 * What is chosen for nodes: which take one shows, which result it keeps. Inside a component each instance chooses for
 * itself.
 */
import { draftNodeAt, nodeAt } from './component.ts';
import type { GraphDraft } from './edits.ts';
import type { Board, Graph, GraphNode, InnerChoice } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import { SEPARATOR } from './instance.ts';

/**
 * The outermost instance a flat id leads through, and the way on inside it; without the latter the node lies on the
 * graph itself.
 */
function stepInto(id: NodeId): readonly [outermost: NodeId, path: string] {
  const at = id.indexOf(SEPARATOR);
  return at < 0 ? [id, ''] : [id.slice(0, at) as NodeId, id.slice(at + 1)];
}

/** What holds for a node of the flat graph: its instance's word, else what is written down for all. */
export function choiceAt(graph: Graph, id: NodeId): InnerChoice {
  const [outermost, path] = stepInto(id);
  const written: InnerChoice = nodeAt(graph, id) ?? {};
  const own = path ? graph.nodes[outermost]?.inner?.[path] : undefined;
  return {
    ...(written.take ? { take: written.take } : {}),
    ...(written.frozen ? { frozen: written.frozen } : {}),
    ...own,
  };
}

/**
 * The nodes of a component as those who place it get them: each instance chooses for itself, so nothing is chosen in
 * it. The same object where that is so already.
 */
export function withoutChoices(nodes: Board['nodes']): Board['nodes'] {
  const chooses = ({ take, frozen, inner }: GraphNode) => take ?? frozen ?? inner;
  if (!Object.values(nodes).some(chooses)) return nodes;
  return Object.fromEntries(
    Object.entries(nodes).map(([id, { take: _take, frozen: _frozen, inner: _inner, ...node }]) => [id, node]),
  );
}

/** Chooses for one node of the flat graph; other instances of the components around it do not change. */
export function chooseAt(draft: GraphDraft, id: NodeId, choice: InnerChoice): void {
  const [outermost, path] = stepInto(id);
  const node = draft.nodes[outermost];
  if (!node) return;
  if (path) node.inner = { ...node.inner, [path]: { ...node.inner?.[path], ...choice } };
  else Object.assign(node, choice);
}

/**
 * Lets a node run again. What was kept for all instances, in files from before each had its own, is kept for none then.
 */
export function thawAt(draft: GraphDraft, id: NodeId): void {
  const [outermost, path] = stepInto(id);
  const written = draftNodeAt(draft, id);
  if (written) delete written.frozen;
  const node = draft.nodes[outermost];
  const own = node?.inner?.[path];
  if (!node || !own) return;
  const { frozen: _frozen, ...kept } = own;
  const { [path]: _own, ...others } = node.inner ?? {};
  const inner = Object.keys(kept).length ? { ...others, [path]: kept } : others;
  if (Object.keys(inner).length) node.inner = inner;
  else delete node.inner;
}
