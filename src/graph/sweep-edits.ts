/** Edits of a sweep: what it shows, which params it varies, and over what. */
import { MOST_AXES } from '../core/limits.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { columnsOffered, factsOf, isSame, type ColumnPlace } from './batch-cells.ts';
import type { GraphDraft } from './edits.ts';
import { downstreamOf, upstreamOf } from './ends.ts';
import { nodeIds, type CellValue, type Graph, type SweepAxis } from './graph.ts';
import { firstValues, isSwept } from './sweep-values.ts';

type Placed = Pick<Graph, 'nodes' | 'wires'>;

/** Whether a node gives a picture or a clip. */
function givesPicture({ nodes }: Placed, registry: Registry, id: NodeId): boolean {
  const definition = registry.get(nodes[id]?.type ?? '');
  const isMaker = definition !== undefined && definition.layer !== 'control' && !nodes[id]!.muted;
  return isMaker && Object.values(definition.outputs).some(({ kind }) => kind === 'image' || kind === 'video');
}
/** Nodes whose result a sweep can show. */
export const picturesOffered = (graph: Placed, registry: Registry): NodeId[] =>
  nodeIds(graph).filter((id) => givesPicture(graph, registry, id));

/** What shows a param of this node: itself, or the nearest after it that gives a picture. */
export const shownFor = (graph: Placed, registry: Registry, node: NodeId): NodeId | undefined =>
  downstreamOf(graph, [node]).find((id) => givesPicture(graph, registry, id));

/** Params that can be varied for what is shown, those of the node itself first; those of an axis already are left out. */
export function axesOffered(graph: Graph, registry: Registry, shows: NodeId): ColumnPlace[] {
  const before = [...upstreamOf(graph, shows)];
  const taken = graph.sweep?.axes ?? [];
  return columnsOffered({ ...graph, batch: { columns: [], rows: [] } }, registry)
    .filter((place) => before.includes(place.node) && !taken.some((axis) => isSame(axis, place)))
    .filter((place) => isSwept(factsOf(graph, registry, place)!.spec))
    .sort((a, b) => before.indexOf(a.node) - before.indexOf(b.node));
}

/** Params of what is shown and of nodes before it that a wire gives: they are varied where they come from. */
export function fedParams(graph: Placed, shows: NodeId): ColumnPlace[] {
  const before = upstreamOf(graph, shows);
  return Object.values(graph.wires).flatMap(({ to }) => {
    const isParam = graph.nodes[to.node]?.promoted?.includes(to.socket);
    return isParam && before.has(to.node) ? [{ node: to.node, param: to.socket }] : [];
  });
}

/** A sweep of what this node shows, in place of the one there was. */
export const beginSweep = (draft: GraphDraft, shows: NodeId): void => void (draft.sweep = { shows, axes: [] });

export const endSweep = (draft: GraphDraft): void => void delete draft.sweep;

/** Varies one more param, over values a person will change. Which graph it is, the draft alone does not say. */
export function addAxis(draft: GraphDraft, graph: Graph, registry: Registry, place: ColumnPlace): void {
  const facts = factsOf(graph, registry, place);
  if (!draft.sweep || !facts || draft.sweep.axes.length >= MOST_AXES) return;
  const axis: SweepAxis = { ...place, values: firstValues(facts.spec, facts.otherwise) };
  draft.sweep = { ...draft.sweep, axes: [...draft.sweep.axes, axis] };
}
export function removeAxis(draft: GraphDraft, at: number): void {
  if (draft.sweep) draft.sweep = { ...draft.sweep, axes: draft.sweep.axes.toSpliced(at, 1) };
}
export function setValues(draft: GraphDraft, at: number, values: readonly CellValue[]): void {
  const axis = draft.sweep?.axes[at];
  if (draft.sweep && axis) draft.sweep = { ...draft.sweep, axes: draft.sweep.axes.with(at, { ...axis, values }) };
}
/** Across becomes down. */
export function turnSweep(draft: GraphDraft): void {
  if (draft.sweep) draft.sweep = { ...draft.sweep, axes: draft.sweep.axes.toReversed() };
}
