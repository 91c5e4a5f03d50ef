/**
 * The flat graph: every component written out, ids of inner nodes `instance/inner`. After an edit that leaves wires,
 * types
 * and sockets alone, only the nodes it touched are written again: the rest, and all wires, are the same objects as
 * before.
 */
import { componentIdOf, componentOf } from './component-type.ts';
import { sameData } from '../core/equal.ts';
import { isTooLarge } from './extent.ts';
import type { Board, Component, Graph, GraphNode, Wire, WireEnd } from './graph.ts';
import { wireEntries } from './graph.ts';
import type { ComponentId, NodeId, WireId } from '../core/ids.ts';
import { hasInstances, inside, insideOf, saidOver } from './instance.ts';
import { changedNodes, graphWith } from './lineage.ts';
import { own } from '../core/own.ts';

type Over = Readonly<Record<NodeId, Partial<GraphNode>>>;
const NOTHING: Over = Object.freeze(Object.create(null));
type Components = Graph['components'];

interface Expansion {
  readonly graph: Graph;
  readonly flat: Graph;
  /** It is too large to be written out: what an edit touches is not followed then. */
  readonly isTooLarge: boolean;
}
/** By the wires of the graph itself: most edits leave them alone. */
const last = new WeakMap<Graph['wires'], Expansion>();

/** The graph as plans and runs work on it; itself where it has no instances. */
export function flatOf(graph: Graph): Graph {
  const before = last.get(graph.wires);
  if (before?.graph === graph) return before.flat;
  const now = (before && writtenAgain(before, graph)) ?? writtenOut(graph);
  last.set(graph.wires, now);
  return now.flat;
}

function writtenOut(graph: Graph): Expansion {
  if (!hasInstances(graph)) return { graph, flat: graph, isTooLarge: false };
  if (isTooLarge(graph)) return { graph, flat: graph, isTooLarge: true };
  const { components } = graph;
  const nodes: Record<NodeId, GraphNode> = {};
  const wires: Wire[] = [];
  /** By wire: its place among those into a `many` input, where that is said by more than its own order. */
  const places = new Map<Wire, Place>();
  place(graph, '', NOTHING);
  return { graph, flat: { ...graph, nodes, wires: inOrder(wires, places) }, isTooLarge: false };

  /** Writes a board's nodes and wires out below `path`. `over`: what the instance says about the nodes in it. */
  function place(board: Board, path: string, over: Over): void {
    for (const [id, node] of Object.entries(board.nodes) as [NodeId, GraphNode][]) {
      const written = saidOver(node, over[id]);
      const component = componentOf(components, node.type);
      if (component) place(component, inside(path, id), insideOf(component, written));
      else nodes[inside(path, id)] = written;
    }
    for (const [, wire] of wireEntries(board)) {
      reach(board, wire.to, path, [wire.order], sourceOf(board, wire.from, path));
    }
  }
  function sourceOf(board: Board, { node, socket }: WireEnd, path: string): WireEnd {
    const component = componentOf(components, own(board.nodes, node)?.type ?? '');
    const output = component && own(component.outputs, socket);
    if (!component || !output) return { node: inside(path, node), socket };
    return sourceOf(component, output.from, inside(path, node));
  }
  /** Joins a source to all that an end leads to. */
  function reach(board: Board, { node, socket }: WireEnd, path: string, at: Place, from: WireEnd): void {
    const component = componentOf(components, own(board.nodes, node)?.type ?? '');
    if (!component) {
      const wire: Wire = { from, to: { node: inside(path, node), socket }, order: at[0]! };
      if (at.length > 1) places.set(wire, at);
      wires.push(wire);
      return;
    }
    for (const end of own(component.inputs, socket)?.to ?? []) {
      reach(component, end, inside(path, node), end.order === undefined ? at : [end.order, ...at], from);
    }
  }
}

/** Orders from the inside out: first where a component puts what comes from outside, then the order outside. */
type Place = readonly number[];
export function comparePlaces(a: Place, b: Place): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const by = (a[at] ?? -Infinity) - (b[at] ?? -Infinity);
    if (by) return by;
  }
  return 0;
}

const keyOf = ({ to }: Wire): string => `${to.node} ${to.socket}`;
/** As a record. Where places decide, wires into one socket are numbered anew. */
function inOrder(wires: readonly Wire[], places: ReadonlyMap<Wire, Place>): Graph['wires'] {
  const numbered = new Map<Wire, number>();
  if (places.size) {
    const shared = new Map<string, Wire[]>([...places.keys()].map((wire) => [keyOf(wire), []]));
    for (const wire of wires) shared.get(keyOf(wire))?.push(wire);
    const placeOf = (wire: Wire): Place => places.get(wire) ?? [wire.order];
    for (const group of shared.values()) {
      for (const [order, wire] of group.sort((a, b) => comparePlaces(placeOf(a), placeOf(b))).entries())
        numbered.set(wire, order);
    }
  }
  const record: Record<WireId, Wire> = {};
  for (const [at, wire] of wires.entries()) {
    const order = numbered.get(wire);
    record[`w${at}` as WireId] = order === undefined ? wire : { ...wire, order };
  }
  return record;
}

/** The same flat graph with the nodes that differ put in, or `undefined` when more than nodes changed. */
function writtenAgain(
  { graph: before, flat, isTooLarge: wasTooLarge }: Expansion,
  after: Graph,
): Expansion | undefined {
  if (wasTooLarge) return undefined;
  const put: Record<NodeId, GraphNode> = {};
  const differs = differingComponents(before.components, after.components);
  if (!boardAgain(before, after, NOTHING, NOTHING, '')) return undefined;
  if (flat === before) return { graph: after, flat: after, isTooLarge: false };
  const { nodes: _, ...rest } = after;
  return { graph: after, flat: graphWith({ ...rest, wires: flat.wires }, flat, put), isTooLarge: false };

  /** Puts what differs between two states of a board; false where it is wired otherwise. */
  function boardAgain(old: Board, now: Board, oldOver: Over, nowOver: Over, path: string): boolean {
    if (old.wires !== now.wires && !sameData(old.wires, now.wires)) return false;
    const changed = old.nodes === now.nodes ? [] : differing(old.nodes, now.nodes);
    if (!changed) return false;
    const saidOtherwise = oldOver === nowOver ? [] : (Object.keys({ ...oldOver, ...nowOver }) as NodeId[]);
    const ofOthers = differs.size ? instancesIn(old.nodes) : [];
    const touched = new Set([
      ...changed,
      ...saidOtherwise.filter((id) => !sameData(oldOver[id], nowOver[id])),
      ...ofOthers.filter((id) => differs.has(componentIdOf(old.nodes[id]!.type)!)),
    ]);
    for (const id of touched) {
      const [a, b] = [old.nodes[id], now.nodes[id]];
      // Something is said of a node that is not there.
      if (!a && !b) continue;
      if (!a || !b || a.type !== b.type) return false;
      if (!nodeAgain(saidOver(a, oldOver[id]), saidOver(b, nowOver[id]), inside(path, id))) return false;
    }
    // All types are what they were.
    const known = instances.get(old.nodes);
    if (known) instances.set(now.nodes, known);
    return true;
  }
  function nodeAgain(old: GraphNode, now: GraphNode, path: NodeId): boolean {
    const [was, is] = [componentOf(before.components, old.type), componentOf(after.components, now.type)];
    if (!was !== !is) return false;
    if (was && is) {
      const sameSockets =
        (was.inputs === is.inputs || sameData(was.inputs, is.inputs)) &&
        (was.outputs === is.outputs || sameData(was.outputs, is.outputs));
      return sameSockets && boardAgain(was, is, insideOf(was, old), insideOf(is, now), path);
    }
    if (flat !== before && !sameData(old, now)) put[path] = now;
    return true;
  }
}

/** Nodes that are not the same object in both; `undefined` where some came or went. */
function differing(before: Board['nodes'], after: Board['nodes']): readonly NodeId[] | undefined {
  const put = changedNodes(before, after);
  if (put) return put;
  const found: NodeId[] = [];
  let count = 0;
  for (const id in after) {
    count++;
    if (before[id as NodeId] !== after[id as NodeId]) found.push(id as NodeId);
  }
  return count === Object.keys(before).length ? found : undefined;
}

/**
 * Components that are not what they were, themselves or in something they hold. Those that hold others now are told
 * apart by their nodes' types.
 */
function differingComponents(before: Components, after: Components): ReadonlySet<ComponentId> {
  const found = new Set<ComponentId>();
  if (before === after) return found;
  for (const id of [...Object.keys(before), ...Object.keys(after)] as ComponentId[])
    if (before[id] !== after[id]) found.add(id);
  if (found.size === 0) return found;
  const heldBy = new Map<ComponentId, ComponentId[]>();
  for (const [holder, component] of Object.entries(before) as [ComponentId, Component][]) {
    for (const id of instancesIn(component.nodes)) {
      const held = componentIdOf(component.nodes[id]!.type)!;
      heldBy.set(held, [...(heldBy.get(held) ?? []), holder]);
    }
  }
  // A set grows while it is walked: what holds something found is found too.
  for (const id of found) for (const holder of heldBy.get(id) ?? []) found.add(holder);
  return found;
}

const instances = new WeakMap<Board['nodes'], readonly NodeId[]>();
function instancesIn(nodes: Board['nodes']): readonly NodeId[] {
  let found = instances.get(nodes);
  if (!found)
    instances.set(
      nodes,
      (found = (Object.keys(nodes) as NodeId[]).filter((id) => componentIdOf(nodes[id]!.type) !== undefined)),
    );
  return found;
}
