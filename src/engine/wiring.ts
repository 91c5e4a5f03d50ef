/** A graph as numbers and arrays: nodes in document order, wires into each of them, and the order they run in. */
import type { Graph, GraphNode, Wire } from '../graph/graph.ts';
import type { NodeId, WireId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { own } from '../core/own.ts';
import type { ValueKind } from '../core/values.ts';

/** A wire into a node, muted nodes between already bridged. `from` counts in document order. */
export interface Link {
  readonly from: number;
  readonly output: string;
  readonly socket: string;
  readonly order: number;
}
export interface Wiring {
  readonly ids: readonly NodeId[];
  readonly nodes: readonly GraphNode[];
  readonly definitions: readonly (NodeFace | undefined)[];
  readonly numberOf: ReadonlyMap<NodeId, number>;
  /** By target, ordered as their wires are. */
  readonly links: readonly (readonly Link[])[];
  /** Nodes that keep a stored result. */
  readonly frozen: readonly boolean[];
  /** Nodes switched off, and those that cannot do without one. */
  readonly rests: readonly boolean[];
}

const NONE: readonly never[] = [];

/** `keeps`: whether a frozen node's result is stored. */
export function wiringOf(graph: Graph, registry: Registry, keeps: (node: GraphNode) => boolean): Wiring {
  const ids: NodeId[] = [];
  const nodes: GraphNode[] = [];
  const definitions: (NodeFace | undefined)[] = [];
  const numberOf = new Map<NodeId, number>();
  let someMuted = false;
  for (const key in graph.nodes) {
    const id = key as NodeId;
    const node = graph.nodes[id]!;
    numberOf.set(id, ids.length);
    ids.push(id);
    nodes.push(node);
    definitions.push(registry.get(node.type));
    if (node.muted) someMuted = true;
  }
  const frozen = nodes.map(keeps);
  const direct = linksInto(graph, numberOf);
  const links = someMuted ? bridged(direct, nodes, definitions) : direct;
  return resting({
    ids,
    nodes,
    definitions,
    numberOf,
    links: links.map((into, at) => (frozen[at] ? NONE : into)),
    frozen,
    rests: nodes.map((node, at) => node.off === true && !frozen[at]),
  });
}

function linksInto(graph: Graph, numberOf: ReadonlyMap<NodeId, number>): (readonly Link[])[] {
  const links: (Link[] | undefined)[] = Array.from({ length: numberOf.size });
  for (const id in graph.wires) {
    const { from, to, order }: Wire = graph.wires[id as WireId]!;
    const [source, target] = [numberOf.get(from.node), numberOf.get(to.node)];
    if (source === undefined || target === undefined) continue;
    const link: Link = { from: source, output: from.socket, socket: to.socket, order };
    const into = links[target];
    if (into) into.push(link);
    else links[target] = [link];
  }
  return links.map((into) => (into && into.length > 1 ? into.sort((a, b) => a.order - b.order) : (into ?? NONE)));
}

/**
 * Follows muted nodes upstream: a muted node hands on its first input of the same kind. Each is followed once, however
 * long the chain.
 */
function bridged(
  direct: readonly (readonly Link[])[],
  nodes: readonly GraphNode[],
  definitions: readonly (NodeFace | undefined)[],
): (readonly Link[])[] {
  type Origin = Pick<Link, 'from' | 'output'> | undefined;
  const known = new Map<string, Origin>();
  const originOf = (link: Link): Origin => {
    const passed: string[] = [];
    let origin: Origin = link;
    while (origin && nodes[origin.from]!.muted) {
      const name = `${origin.from} ${origin.output}`;
      if (known.has(name)) {
        origin = known.get(name);
        break;
      }
      passed.push(name);
      // A circle leads nowhere.
      known.set(name, undefined);
      const definition: NodeFace | undefined = definitions[origin.from];
      const kind: ValueKind | undefined = definition && own(definition.outputs, origin.output)?.kind;
      origin = direct[origin.from]!.find(({ socket }) => (definition && own(definition.inputs, socket)?.kind) === kind);
    }
    for (const name of passed) known.set(name, origin);
    return origin;
  };
  return direct.map((into) =>
    into.flatMap((link) => {
      if (!nodes[link.from]!.muted) return [link];
      const origin = originOf(link);
      return origin ? [{ ...link, from: origin.from, output: origin.output }] : [];
    }),
  );
}

/**
 * Lets everything rest that lost what it cannot do without, or all it had, to nodes switched off; forgets wires from
 * what rests.
 */
function resting(wiring: Wiring): Wiring {
  if (!wiring.rests.includes(true)) return wiring;
  const rests = [...wiring.rests];
  /** By node: wires that still bring something, in all and into each socket that must have one. */
  const left = wiring.links.map((into) => into.length);
  const required = wiring.links.map((into, at) => {
    const counts = new Map<string, number>();
    const inputs = wiring.definitions[at]?.inputs ?? {};
    for (const { socket } of into)
      if (own(inputs, socket)?.optional === false) counts.set(socket, (counts.get(socket) ?? 0) + 1);
    return counts;
  });
  const after: (readonly [to: number, socket: string])[][] = wiring.ids.map(() => []);
  for (const [at, into] of wiring.links.entries()) for (const { from, socket } of into) after[from]!.push([at, socket]);
  const open = [...rests.keys()].filter((at) => rests[at]);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const [next, socket] of after[at]!) {
      left[next]!--;
      const needed = required[next]!.get(socket);
      if (needed !== undefined) required[next]!.set(socket, needed - 1);
      if (rests[next] || wiring.nodes[next]!.muted || (left[next]! > 0 && needed !== 1)) continue;
      rests[next] = true;
      open.push(next);
    }
  }
  return { ...wiring, rests, links: wiring.links.map((into) => into.filter(({ from }) => !rests[from])) };
}

/**
 * Kahn's algorithm in document order, so that equal graphs always run in the same order: `targets` and what they need,
 * or
 * everything. From `sorted` on: nodes on or after a circle.
 */
export function topological(
  { ids, nodes, numberOf, links, rests }: Wiring,
  targets: readonly NodeId[] | undefined,
): { readonly order: readonly number[]; readonly sorted: number } {
  const wanted = new Uint8Array(ids.length);
  const open = targets ? targets.flatMap((id) => numberOf.get(id) ?? NONE) : ids.map((_, at) => at);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (wanted[at] || nodes[at]!.muted || rests[at]) continue;
    wanted[at] = 1;
    if (targets) for (const link of links[at]!) open.push(link.from);
  }
  // Wires out of each node, one node's after another's in a single array.
  const begins = new Int32Array(ids.length + 1);
  for (let at = 0; at < ids.length; at++) if (wanted[at]) for (const { from } of links[at]!) begins[from + 1]!++;
  for (let at = 0; at < ids.length; at++) begins[at + 1]! += begins[at]!;
  const after = new Int32Array(begins[ids.length]!);
  const filled = begins.slice();
  const missing = new Int32Array(ids.length);
  const order: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (!wanted[at]) continue;
    missing[at] = links[at]!.length;
    if (!missing[at]) order.push(at);
    for (const { from } of links[at]!) after[filled[from]!++] = at;
  }
  for (let done = 0; done < order.length; done++) {
    const at = order[done]!;
    for (let k = begins[at]!; k < begins[at + 1]!; k++) if (--missing[after[k]!]! === 0) order.push(after[k]!);
  }
  const sorted = order.length;
  for (let at = 0; at < ids.length; at++) if (wanted[at] && missing[at]! > 0) order.push(at);
  return { order, sorted };
}
