/** From a graph to the arrays a plan and a run walk over: wires resolved, mutes bridged, problems collected, order fixed. */
import { inputsOf } from '../core/connect.ts';
import type { Graph, GraphNode, Wire, WireEnd } from '../core/graph.ts';
import { nodeIds } from '../core/graph.ts';
import type { CacheKey, NodeId, WireId } from '../core/ids.ts';
import type { NodeDefinition, Registry } from '../core/node.ts';
import { parseParams, type Params, type ParamValues } from '../core/params.ts';
import type { SocketSpec } from '../core/sockets.ts';
import type { Value } from '../core/values.ts';
import type { Lookup } from './key.ts';

/** Which step and output feeds an input. */
interface Source {
  readonly step: number;
  readonly output: string;
}
interface StepInput {
  readonly socket: string;
  readonly many: boolean;
  /** The param this wire feeds instead of a socket. */
  readonly param: boolean;
  readonly sources: readonly Source[];
}
export interface Step {
  readonly id: NodeId;
  readonly definition: NodeDefinition | undefined;
  readonly params: ParamValues<Params>;
  readonly inputs: readonly StepInput[];
  /** Steps this one waits for. */
  readonly needs: readonly number[];
  /** Sentences that keep this node from running; others go on. */
  readonly problems: readonly string[];
  /** Length of the longest path of work from here to an end, itself included. */
  readonly remaining: number;
  /** It keeps this stored result and needs nothing. */
  readonly frozen?: CacheKey;
}
export interface Compiled {
  /** In topological order; steps on a cycle come last. */
  readonly steps: readonly Step[];
  /** Left out: muted, switched off, or waiting for what is switched off. */
  readonly muted: readonly NodeId[];
}

/** `targets`: only these nodes and what they need; everything when left out. `lookup`: says which frozen results are stored. */
export function compile(graph: Graph, registry: Registry, targets?: readonly NodeId[], lookup?: Lookup): Compiled {
  const net = resting(numbered(graph, registry, lookup));
  const { order, sorted } = topological(net, targets);
  const stepOf = new Int32Array(net.ids.length).fill(-1);
  order.forEach((at, step) => (stepOf[at] = step));
  const steps = order.map((at, step) => compileStep(net, at, stepOf, step >= sorted));
  setRemaining(steps);
  return { steps, muted: net.ids.filter((_, at) => net.nodes[at]!.muted || net.rests[at]) };
}

/** A wire into a node, muted nodes between already bridged. `from` counts in document order. */
interface Link {
  readonly from: number;
  readonly output: string;
  readonly socket: string;
}
/** The graph in document order, with numbers in place of ids: everything after this is arrays. */
interface Net {
  readonly ids: readonly NodeId[];
  readonly nodes: readonly GraphNode[];
  readonly definitions: readonly (NodeDefinition | undefined)[];
  readonly numberOf: ReadonlyMap<NodeId, number>;
  /** By target, ordered as their wires are. */
  readonly links: readonly (readonly Link[])[];
  /** Nodes that keep a stored result. */
  readonly frozen: readonly boolean[];
  /** Nodes switched off, and those that cannot do without one. */
  readonly rests: readonly boolean[];
}

const NONE: readonly never[] = [];

function numbered(graph: Graph, registry: Registry, lookup: Lookup | undefined): Net {
  const ids = nodeIds(graph);
  const numberOf = new Map<NodeId, number>();
  const nodes: GraphNode[] = [];
  const definitions: (NodeDefinition | undefined)[] = [];
  for (const [at, id] of ids.entries()) {
    const node = graph.nodes[id]!;
    numberOf.set(id, at);
    nodes.push(node);
    definitions.push(registry.get(node.type));
  }
  const wires: (Wire[] | undefined)[] = [];
  for (const id of Object.keys(graph.wires) as WireId[]) {
    const wire = graph.wires[id]!;
    const to = numberOf.get(wire.to.node);
    if (to === undefined) continue;
    const list = wires[to];
    if (list) list.push(wire);
    else wires[to] = [wire];
  }
  const frozen = nodes.map((node) => node.frozen !== undefined && !node.muted && lookup?.(node.frozen) !== undefined);
  const links = ids.map((_, at) => {
    const into = wires[at];
    if (!into || frozen[at]) return NONE;
    if (into.length > 1) into.sort((a, b) => a.order - b.order);
    const found: Link[] = [];
    for (const wire of into) {
      const source = bridged(wire.from);
      if (source) found.push({ ...source, socket: wire.to.socket });
    }
    return found;
  });
  return { ids, nodes, definitions, numberOf, links, frozen, rests: nodes.map((node, at) => node.off === true && !frozen[at]) };

  /** Follows muted nodes upstream: a muted node hands on its first input of the same kind. */
  function bridged(end: WireEnd): { from: number; output: string } | undefined {
    for (let hops = 0; hops <= ids.length; hops++) {
      const from = numberOf.get(end.node);
      if (from === undefined) return undefined;
      if (!nodes[from]!.muted) return { from, output: end.socket };
      const definition = definitions[from];
      const kind = definition?.outputs[end.socket]?.kind;
      const through = wires[from]?.find((candidate) => definition?.inputs[candidate.to.socket]?.kind === kind);
      if (!through) return undefined;
      end = through.from;
    }
    return undefined;
  }
}

/** Lets everything rest that lost what it cannot do without, or all it had, to nodes switched off; forgets wires from what rests. */
function resting(net: Net): Net {
  if (!net.rests.includes(true)) return net;
  const rests = [...net.rests];
  const missing = (at: number) => {
    const definition = net.definitions[at];
    const awake = net.links[at]!.filter(({ from }) => !rests[from]);
    if (awake.length === 0) return true;
    return net.links[at]!.some(({ socket }) => definition?.inputs[socket]?.optional === false && !awake.some((link) => link.socket === socket));
  };
  const after = new Map<number, number[]>();
  for (const [at, into] of net.links.entries()) for (const { from } of into) after.set(from, [...(after.get(from) ?? []), at]);
  const open = [...rests.keys()].filter((at) => rests[at]);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const next of after.get(at) ?? NONE) {
      if (rests[next] || net.nodes[next]!.muted || !missing(next)) continue;
      rests[next] = true;
      open.push(next);
    }
  }
  return { ...net, rests, links: net.links.map((into) => into.filter(({ from }) => !rests[from])) };
}

/** Kahn's algorithm in document order, so that equal graphs always run in the same order. From `sorted` on: nodes on or after a circle. */
function topological({ ids, nodes, numberOf, links, rests }: Net, targets: readonly NodeId[] | undefined): { order: number[]; sorted: number } {
  const wanted = new Uint8Array(ids.length);
  const open = targets ? targets.flatMap((id) => numberOf.get(id) ?? NONE) : ids.map((_, at) => at);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (wanted[at] || nodes[at]!.muted || rests[at]) continue;
    wanted[at] = 1;
    for (const link of links[at]!) open.push(link.from);
  }
  const missing = new Int32Array(ids.length);
  const after: (number[] | undefined)[] = [];
  const order: number[] = [];
  for (let at = 0; at < ids.length; at++) {
    if (!wanted[at]) continue;
    missing[at] = links[at]!.length;
    if (!missing[at]) order.push(at);
    for (const { from } of links[at]!) {
      const list = after[from];
      if (list) list.push(at);
      else after[from] = [at];
    }
  }
  for (let done = 0; done < order.length; done++) {
    for (const next of after[order[done]!] ?? NONE) if (--missing[next]! === 0) order.push(next);
  }
  const sorted = order.length;
  for (let at = 0; at < ids.length; at++) if (wanted[at] && missing[at]! > 0) order.push(at);
  return { order, sorted };
}

function compileStep({ ids, nodes, definitions, links, frozen }: Net, at: number, stepOf: Int32Array, cyclic: boolean): Step {
  const id = ids[at]!;
  const node = nodes[at]!;
  const definition = definitions[at];
  if (!definition) {
    return { id, definition, params: {}, inputs: NONE, needs: NONE, remaining: 1, problems: [`This node needs “${node.type}”, which this version of Triptych does not have.`] };
  }
  const parsed = parsedOnce(definition, node);
  if (frozen[at]) return { id, definition, params: parsed.values, inputs: NONE, needs: NONE, problems: NONE, remaining: 1, frozen: node.frozen! };
  const problems = parsed.problems.map((problem) => problem.message);
  if (cyclic) problems.unshift('This node is part of a circle of wires; remove one of them.');
  const inputs: StepInput[] = [];
  const needs: number[] = [];
  for (const [socket, spec] of socketsOf(definition, node)) {
    const sources: Source[] = [];
    for (const link of links[at]!) {
      if (link.socket !== socket) continue;
      const step = stepOf[link.from]!;
      sources.push({ step, output: link.output });
      if (!needs.includes(step)) needs.push(step);
    }
    if (sources.length) inputs.push({ socket, many: spec.many, param: !(socket in definition.inputs), sources });
    else if (!spec.optional) problems.push(`${spec.label} is not connected.`);
  }
  return { id, definition, params: parsed.values, inputs, needs: cyclic ? NONE : needs, problems, remaining: 1 };
}

const declared = new WeakMap<NodeDefinition, readonly (readonly [string, SocketSpec])[]>();
function socketsOf(definition: NodeDefinition, node: GraphNode): readonly (readonly [string, SocketSpec])[] {
  if (node.promoted?.length) return Object.entries(inputsOf(definition, node));
  let sockets = declared.get(definition);
  if (!sockets) declared.set(definition, (sockets = Object.entries(definition.inputs)));
  return sockets;
}

type Parsed = ReturnType<typeof parseParams<Params>>;
const remembered = new WeakMap<object, { readonly definition: NodeDefinition; readonly parsed: Parsed }>();
/** Params are immutable, so they are parsed once. */
function parsedOnce(definition: NodeDefinition, node: GraphNode): Parsed {
  const known = remembered.get(node.params);
  if (known?.definition === definition) return known.parsed;
  const parsed = parseParams(definition.params, node.params);
  remembered.set(node.params, { definition, parsed });
  return parsed;
}

function setRemaining(steps: readonly Step[]): void {
  const remaining = new Float64Array(steps.length);
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!;
    remaining[at]! += step.definition?.cost?.({ params: step.params })?.seconds ?? 0.01;
    for (const need of step.needs) remaining[need] = Math.max(remaining[need]!, remaining[at]!);
    (step as { remaining: number }).remaining = remaining[at]!;
  }
}

/** What a step needs to run, or which of its required inputs was not made. */
export type Gathered =
  | { readonly ready: true; readonly params: Step['params']; readonly inputs: Readonly<Record<string, Value | readonly Value[]>>; readonly problem?: string }
  /** `inputs`: those that are there. */
  | { readonly ready: false; readonly params: Step['params']; readonly inputs: Readonly<Record<string, Value | readonly Value[]>>; readonly problem?: undefined };

/** Collects a step's inputs from finished outputs; a promoted param takes its wire's value. */
export function gather(step: Step, outputsOf: (step: number) => Readonly<Record<string, Value | undefined>> | undefined): Gathered {
  const definition = step.definition;
  if (!definition || step.inputs.length === 0) return { ready: true, params: step.params, inputs: NOTHING };
  const inputs: Record<string, Value | readonly Value[]> = {};
  let fed: Record<string, unknown> | undefined;
  let ready = true;
  for (const input of step.inputs) {
    const values: Value[] = [];
    for (const source of input.sources) {
      const value = outputsOf(source.step)?.[source.output];
      if (value) values.push(value);
    }
    if (input.param) {
      if (values[0]) (fed ??= { ...step.params })[input.socket] = asParam(values[0]);
    } else if (input.many) inputs[input.socket] = values;
    else if (values[0]) inputs[input.socket] = values[0];
    else if (!definition.inputs[input.socket]?.optional) ready = false;
  }
  if (!ready) return { ready, params: step.params, inputs };
  if (!fed) return { ready, params: step.params, inputs };
  const parsed = parseParams(definition.params, fed);
  const problem = parsed.problems[0]?.message;
  return { ready, params: parsed.values, inputs, ...(problem ? { problem } : {}) };
}

const NOTHING = Object.freeze({});

function asParam(value: Value): unknown {
  switch (value.kind) {
    case 'number':
      return value.number;
    case 'text':
      return value.text;
    case 'seed':
      return { mode: 'fixed', value: value.seed };
    default:
      return undefined;
  }
}
