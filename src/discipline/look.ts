/** Looking around in a graph, for rules. */
import type { GraphDraft } from '../graph/edits.ts';
import { addNode, connect } from '../graph/edits.ts';
import type { Graph, GraphNode, Wire } from '../graph/graph.ts';
import { nodeIds } from '../graph/graph.ts';
import { grouped } from '../core/grouped.ts';
import type { NodeId } from '../core/ids.ts';
import { SEPARATOR } from '../graph/instance.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { Reach } from '../graph/reach.ts';
import { say, type Sayable } from '../core/say.ts';
import type { ModelRef, Tier, TakeRequest, WorkKind } from '../core/take.ts';
import { rowOf, type Row } from '../routing/routing-table.ts';
import type { Scene } from './rule.ts';

export interface Placed {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly definition: NodeFace;
  /** Its own title or its kind's, with its place among those of the same name. */
  readonly name: Sayable;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Known nodes that are not muted. */
export function placed(
  { graph, registry }: Pick<Scene, 'graph' | 'registry'>,
  wanted: (definition: NodeFace) => boolean,
): Placed[] {
  const names = namesIn(graph, registry);
  return nodeIds(graph).flatMap((id) => {
    const node = graph.nodes[id]!;
    const definition = registry.get(node.type);
    if (!definition || node.muted || !wanted(definition)) return [];
    return [
      {
        id,
        node,
        definition,
        name: names.get(id) ?? say(definition.title),
        params: parseParams(definition.params, node.params).values,
      },
    ];
  });
}
const named = new WeakMap<
  Graph['nodes'],
  { readonly registry: Registry; readonly names: ReadonlyMap<NodeId, Sayable> }
>();
/** What nodes are called, so that no two are called the same: those of one name are counted from the top. */
export function namesIn({ nodes }: Pick<Graph, 'nodes'>, registry: Registry): ReadonlyMap<NodeId, Sayable> {
  const known = named.get(nodes);
  if (known?.registry === registry) return known.names;
  const titled = (Object.entries(nodes) as [NodeId, GraphNode][]).flatMap(([id, node]) => {
    const { title, type, position } = node;
    const kind = registry.get(type)?.title;
    return title === undefined && kind === undefined ? [] : [{ id, title, kind, position }];
  });
  const names = new Map<NodeId, Sayable>();
  for (const alike of grouped(titled, ({ title, kind }) => title ?? kind!).values()) {
    const fromTheTop = alike.toSorted((a, b) => a.position.y - b.position.y || a.position.x - b.position.x);
    for (const [at, { id, title, kind }] of fromTheTop.entries()) {
      const name = title ?? say(kind!);
      names.set(id, alike.length === 1 ? name : say('{0} ({1} of {2})', name, at + 1, alike.length));
    }
  }
  named.set(nodes, { registry, names });
  return names;
}
export const generations = (scene: Pick<Scene, 'graph' | 'registry'>): Placed[] =>
  placed(scene, (definition) => definition.request !== undefined);
export const deliveries = (scene: Pick<Scene, 'graph' | 'registry'>): Placed[] =>
  placed(scene, (definition) => 'file' in definition.outputs);

type WiresByNode = ReadonlyMap<NodeId, readonly Wire[]>;
const sorted = new WeakMap<Graph['wires'], { readonly into: WiresByNode; readonly outOf: WiresByNode }>();
/** Wires are immutable, so they are sorted by their ends once, however many rules ask. */
function wiresOf({ wires }: Graph): { readonly into: WiresByNode; readonly outOf: WiresByNode } {
  const known = sorted.get(wires);
  if (known) return known;
  const by = (side: 'from' | 'to'): WiresByNode => {
    const found = new Map<NodeId, Wire[]>();
    for (const wire of Object.values(wires)) {
      const list = found.get(wire[side].node);
      if (list) list.push(wire);
      else found.set(wire[side].node, [wire]);
    }
    return found;
  };
  const made = { into: by('to'), outOf: by('from') };
  sorted.set(wires, made);
  return made;
}
export const wiresInto = (graph: Graph, node: NodeId, socket?: string): readonly Wire[] =>
  (wiresOf(graph).into.get(node) ?? []).filter((wire) => socket === undefined || wire.to.socket === socket);

/**
 * The nodes a socket gets its values from. A muted one hands on what comes in of the same kind, as in a run, or is
 * none.
 */
export function feeding(scene: Pick<Scene, 'graph' | 'registry'>, node: NodeId, socket: string): NodeId[] {
  const { graph, registry } = scene;
  const originOf = ({ from }: Wire, passed: ReadonlySet<NodeId>): NodeId | undefined => {
    const source = graph.nodes[from.node];
    if (!source?.muted) return from.node;
    const definition = registry.get(source.type);
    const kind = definition?.outputs[from.socket]?.kind;
    const handedOn = wiresInto(graph, from.node)
      .toSorted((a, b) => a.order - b.order)
      .find(({ to }) => kind !== undefined && definition?.inputs[to.socket]?.kind === kind);
    return handedOn && !passed.has(from.node) ? originOf(handedOn, new Set([...passed, from.node])) : undefined;
  };
  return wiresInto(graph, node, socket).flatMap((wire) => originOf(wire, new Set()) ?? []);
}

/** Not inside an instance: an edit of the graph itself reaches it. */
export const isOnBoard = (id: NodeId): boolean => !id.includes(SEPARATOR);

const reaches = new WeakMap<Graph['wires'], Reach>();
/** Whether a wire between these would close a circle, where an instance is one node of its board. */
export function closesCircle({ wires }: Graph, from: NodeId, to: NodeId): boolean {
  const onBoard = (id: NodeId) => id.split(SEPARATOR, 1)[0] as NodeId;
  let reach = reaches.get(wires);
  if (!reach) {
    reach = new Reach();
    for (const wire of Object.values(wires)) reach.add(onBoard(wire.from.node), onBoard(wire.to.node));
    reaches.set(wires, reach);
  }
  return reach.leads(onBoard(to), onBoard(from));
}

/**
 * Everything these nodes depend on, themselves included. `before`: found for others already, and not followed again.
 */
export function upstream(
  graph: Graph,
  nodes: readonly NodeId[],
  before: ReadonlySet<NodeId> = new Set(),
): ReadonlySet<NodeId> {
  const { into } = wiresOf(graph);
  const found = new Set(nodes.filter((id) => !before.has(id)));
  for (const id of found) for (const { from } of into.get(id) ?? []) if (!before.has(from.node)) found.add(from.node);
  return found;
}
/** Everything that depends on these nodes, themselves included; as above. */
export function downstream(
  graph: Graph,
  nodes: readonly NodeId[],
  before: ReadonlySet<NodeId> = new Set(),
): ReadonlySet<NodeId> {
  const { outOf } = wiresOf(graph);
  const found = new Set(nodes.filter((id) => !before.has(id)));
  for (const id of found) for (const { to } of outOf.get(id) ?? []) if (!before.has(to.node)) found.add(to.node);
  return found;
}
/** Generation nodes whose work ends in a file. */
export function delivered(scene: Pick<Scene, 'graph' | 'registry'>): Placed[] {
  const reached = upstream(
    scene.graph,
    deliveries(scene).map(({ id }) => id),
  );
  return generations(scene).filter(({ id }) => reached.has(id));
}
/** What a generation node would ask for with nothing connected: its kind of work and tier. */
export function asks({ definition, params }: Placed): { readonly work: WorkKind; readonly tier: Tier } {
  const request: TakeRequest = definition.request!({ inputs: {}, params: params as never });
  return { work: request.work, tier: request.tier };
}
export function rowFor(scene: Scene, generation: Placed): Row | undefined {
  const { work, tier } = asks(generation);
  return rowOf(scene.table, work, scene.mode === 'draft' ? 'draft' : tier);
}
/** Whom a generation node may ask: those of its row, or the one model it is pinned to. */
export const askedFor = (scene: Scene, generation: Placed): readonly ModelRef[] =>
  generation.node.pinned ? [generation.node.pinned] : (rowFor(scene, generation)?.candidates ?? []);
/** Adds a node to the left of another and wires it in. */
export function feed(
  draft: GraphDraft,
  { registry }: Scene,
  target: Placed,
  socket: string,
  type: string,
  params: Readonly<Record<string, unknown>> = {},
): void {
  const definition = registry.get(type);
  const output = definition && Object.keys(definition.outputs)[0];
  const node = draft.nodes[target.id];
  if (!definition || !output || !node) return;
  const id = addNode(draft, definition, { x: node.position.x - 320, y: node.position.y + 260 }, params);
  connect(draft, registry, { node: id, socket: output }, { node: target.id, socket });
}
