/** From a graph to the arrays a plan and a run walk over: wires resolved, mutes bridged, problems collected, order fixed. */
import { inputsOf } from '../core/connect.ts';
import type { Graph, GraphNode, Wire } from '../core/graph.ts';
import { nodeIds, wireEntries } from '../core/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { NodeDefinition, Registry } from '../core/node.ts';
import { parseParams, type Params, type ParamValues } from '../core/params.ts';
import type { SocketSpec } from '../core/sockets.ts';
import type { Value } from '../core/values.ts';

/** Which node and output feeds an input. */
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
}
export interface Compiled {
  /** In topological order; steps on a cycle come last. */
  readonly steps: readonly Step[];
  readonly index: ReadonlyMap<NodeId, number>;
  readonly muted: readonly NodeId[];
}

/** `targets`: only these nodes and what they need; everything when left out. */
export function compile(graph: Graph, registry: Registry, targets?: readonly NodeId[]): Compiled {
  const wiresInto = groupByTarget(graph);
  const muted = nodeIds(graph).filter((id) => graph.nodes[id]?.muted);
  const feeding = (wire: Wire) => unmutedSource(graph, registry, wiresInto, wire);
  const { order, cyclic } = sortWanted(graph, wiresInto, feeding, targets);
  const index = new Map(order.map((id, step) => [id, step]));
  const draft = order.map((id): Step => {
    const node = graph.nodes[id]!;
    const definition = registry.get(node.type);
    if (!definition) {
      return { id, definition, params: {}, inputs: [], needs: [], remaining: 1, problems: [`This node needs “${node.type}”, which this version of Triptych does not have.`] };
    }
    const problems: string[] = [];
    if (cyclic.has(id)) problems.push('This node is part of a circle of wires; remove one of them.');
    const parsed = parsedOnce(definition, node);
    for (const problem of parsed.problems) problems.push(problem.message);
    const inputs: StepInput[] = [];
    const needs: number[] = [];
    const wires = wiresInto.get(id) ?? NO_WIRES;
    for (const [socket, spec] of socketsOf(definition, node)) {
      const sources: Source[] = [];
      for (const wire of wires) {
        if (wire.to.socket !== socket) continue;
        const source = feeding(wire);
        const step = source && index.get(source.node);
        if (source === undefined || step === undefined) continue;
        sources.push({ step, output: source.socket });
        if (!needs.includes(step)) needs.push(step);
      }
      if (sources.length) inputs.push({ socket, many: spec.many, param: !(socket in definition.inputs), sources });
      else if (!spec.optional) problems.push(`${spec.label} is not connected.`);
    }
    return { id, definition, params: parsed.values, inputs, needs: cyclic.has(id) ? [] : needs, problems, remaining: 1 };
  });
  return { steps: withRemaining(draft), index, muted };
}

const NO_WIRES: readonly Wire[] = [];
const declared = new WeakMap<NodeDefinition, readonly (readonly [string, SocketSpec])[]>();
function socketsOf(definition: NodeDefinition, node: GraphNode): readonly (readonly [string, SocketSpec])[] {
  if (node.promoted?.length) return Object.entries(inputsOf(definition, node));
  let sockets = declared.get(definition);
  if (!sockets) declared.set(definition, (sockets = Object.entries(definition.inputs)));
  return sockets;
}

type Parsed = ReturnType<typeof parseParams<Params>>;
const remembered = new WeakMap<object, { readonly definition: NodeDefinition; readonly parsed: Parsed }>();
/** Params are immutable, so they are parsed once; the same object out also means its canonical text is known. */
function parsedOnce(definition: NodeDefinition, node: GraphNode): Parsed {
  const known = remembered.get(node.params);
  if (known?.definition === definition) return known.parsed;
  const parsed = parseParams(definition.params, node.params);
  remembered.set(node.params, { definition, parsed });
  return parsed;
}

function groupByTarget(graph: Graph): Map<NodeId, Wire[]> {
  const into = new Map<NodeId, Wire[]>();
  for (const [, wire] of wireEntries(graph)) {
    if (!graph.nodes[wire.from.node] || !graph.nodes[wire.to.node]) continue;
    const list = into.get(wire.to.node);
    if (list) list.push(wire);
    else into.set(wire.to.node, [wire]);
  }
  for (const list of into.values()) if (list.length > 1) list.sort((a, b) => a.order - b.order);
  return into;
}

/** Follows muted nodes upstream: a muted node hands on its first input of the same kind. */
function unmutedSource(graph: Graph, registry: Registry, wiresInto: Map<NodeId, Wire[]>, wire: Wire): Wire['from'] | undefined {
  let from = wire.from;
  for (let hops = 0; hops <= wiresInto.size; hops++) {
    const node = graph.nodes[from.node];
    if (!node?.muted) return node && from;
    const definition = registry.get(node.type);
    const kind = definition?.outputs[from.socket]?.kind;
    const through = (wiresInto.get(from.node) ?? []).find((candidate) => definition?.inputs[candidate.to.socket]?.kind === kind);
    if (!through) return undefined;
    from = through.from;
  }
  return undefined;
}

function sortWanted(graph: Graph, wiresInto: Map<NodeId, Wire[]>, feeding: (wire: Wire) => Wire['from'] | undefined, targets?: readonly NodeId[]) {
  const wanted = new Set<NodeId>();
  const before = new Map<NodeId, NodeId[]>();
  const open = (targets ?? nodeIds(graph)).filter((id) => graph.nodes[id] && !graph.nodes[id].muted);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (wanted.has(id)) continue;
    wanted.add(id);
    const sources: NodeId[] = [];
    for (const wire of wiresInto.get(id) ?? NO_WIRES) {
      const source = feeding(wire)?.node;
      if (source !== undefined && !sources.includes(source)) sources.push(source);
    }
    before.set(id, sources);
    for (const source of sources) open.push(source);
  }
  // Kahn's algorithm, in document order, so that equal graphs always run in the same order.
  const missing = new Map<NodeId, number>();
  const after = new Map<NodeId, NodeId[]>();
  const ready: NodeId[] = [];
  for (const id of nodeIds(graph)) {
    if (!wanted.has(id)) continue;
    const sources = before.get(id)!;
    missing.set(id, sources.length);
    if (!sources.length) ready.push(id);
    for (const source of sources) {
      const list = after.get(source);
      if (list) list.push(id);
      else after.set(source, [id]);
    }
  }
  for (let at = 0; at < ready.length; at++) {
    for (const next of after.get(ready[at]!) ?? []) {
      const left = missing.get(next)! - 1;
      missing.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  const sorted = new Set(ready);
  const cyclic = new Set([...wanted].filter((id) => !sorted.has(id)));
  return { order: [...ready, ...cyclic], cyclic };
}

function withRemaining(steps: readonly Step[]): readonly Step[] {
  const remaining = new Float64Array(steps.length);
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!;
    const own = step.definition?.cost?.({ params: step.params })?.seconds ?? 0.01;
    remaining[at] = remaining[at]! + own;
    for (const need of step.needs) remaining[need] = Math.max(remaining[need]!, remaining[at]!);
  }
  for (const [at, step] of steps.entries()) (step as { remaining: number }).remaining = remaining[at]!;
  return steps;
}

/** What a step needs to run, or which of its required inputs was not made. */
export type Gathered =
  | { readonly ready: true; readonly params: Step['params']; readonly inputs: Readonly<Record<string, Value | readonly Value[]>>; readonly problem?: string }
  | { readonly ready: false };

/** Collects a step's inputs from finished outputs; a promoted param takes its wire's value. */
export function gather(step: Step, outputsOf: (step: number) => Readonly<Record<string, Value | undefined>> | undefined): Gathered {
  const definition = step.definition;
  if (!definition || step.inputs.length === 0) return { ready: true, params: step.params, inputs: NOTHING };
  const inputs: Record<string, Value | readonly Value[]> = {};
  let fed: Record<string, unknown> | undefined;
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
    else if (!definition.inputs[input.socket]?.optional) return { ready: false };
  }
  if (!fed) return { ready: true, params: step.params, inputs };
  const parsed = parseParams(definition.params, fed);
  const problem = parsed.problems[0]?.message;
  return { ready: true, params: parsed.values, inputs, ...(problem ? { problem } : {}) };
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
