/**
 * From a graph to the steps a plan and a run walk over: wires resolved, params parsed, problems collected, order fixed.
 */
import { componentIdOf } from '../graph/component-type.ts';
import { inputsOf } from '../graph/connect.ts';
import type { Graph, GraphNode } from '../graph/graph.ts';
import type { CacheKey, NodeId } from '../core/ids.ts';
import { replacedSince } from '../graph/lineage.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { parseParams, type Params, type ParamValues } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import type { SocketSpec } from '../core/sockets.ts';
import { canonical } from './canonical.ts';
import { keyedParams, type Lookup } from './key.ts';
import { Memory } from './plan-memory.ts';
import { wiringOf, topological, type Wiring } from './wiring.ts';

/** Which step and output feeds an input. */
export interface Source {
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
  readonly definition: NodeFace | undefined;
  readonly params: ParamValues<Params>;
  /** The params as canonical text, for the key. */
  readonly text: string;
  readonly inputs: readonly StepInput[];
  /** Steps this one waits for. */
  readonly needs: readonly number[];
  /** Sentences that keep this node from running; others go on. */
  readonly problems: readonly Sentence[];
  /** It keeps this stored result and needs nothing. */
  readonly frozen?: CacheKey;
}
export interface Compiled {
  /** In topological order; steps on a cycle come last. */
  readonly steps: readonly Step[];
  /** By step: the steps that wait for it. */
  readonly dependents: readonly (readonly number[])[];
  /** By step: expected seconds on the longest path of work from it to an end, itself included. */
  readonly remaining: Float64Array;
  /** Left out: muted, switched off, or waiting for what is switched off. */
  readonly muted: readonly NodeId[];
  readonly memory: Memory;
}

/** The last graph with these wires: an edit that leaves the wires alone compiles only the nodes it touched. */
const last = new WeakMap<Graph['wires'], Compilation>();
interface Compilation {
  readonly registry: Registry;
  readonly targets: readonly NodeId[] | undefined;
  readonly graph: Graph;
  readonly wiring: Wiring;
  /** Nodes with a result to keep, by number. */
  readonly frozen: readonly number[];
  readonly order: readonly number[];
  readonly sorted: number;
  readonly stepOf: Int32Array;
  readonly compiled: Compiled;
}

/**
 * `targets`: only these nodes and what they need; everything when left out. `lookup`: says which frozen results are
 * stored.
 */
export function compile(graph: Graph, registry: Registry, targets?: readonly NodeId[], lookup?: Lookup): Compiled {
  const keeps = (node: GraphNode) => isFrozen(node) && !node.muted && lookup?.(node.frozen) !== undefined;
  const before = last.get(graph.wires);
  const after =
    (before && before.registry === registry && sameList(before.targets, targets) && recompiled(before, graph, keeps)) ||
    compiledAnew(graph, registry, targets, keeps);
  last.set(graph.wires, after);
  return after.compiled;
}

function compiledAnew(
  graph: Graph,
  registry: Registry,
  targets: readonly NodeId[] | undefined,
  keeps: (node: GraphNode) => boolean,
): Compilation {
  const wiring = wiringOf(graph, registry, keeps);
  const { order, sorted } = topological(wiring, targets);
  const stepOf = new Int32Array(wiring.ids.length).fill(-1);
  for (const [step, at] of order.entries()) stepOf[at] = step;
  const steps = order.map((at, step) => compileStep(wiring, at, stepOf, step >= sorted));
  const growing: (number[] | undefined)[] = Array.from({ length: steps.length });
  for (const [at, step] of steps.entries()) for (const need of step.needs) (growing[need] ??= []).push(at);
  const dependents = growing.map((list) => (list ? trimmed(list) : NONE));
  const muted = wiring.ids.filter((_, at) => wiring.nodes[at]!.muted || wiring.rests[at]);
  const compiled: Compiled = {
    steps,
    dependents,
    remaining: remainingOf(steps),
    muted,
    memory: new Memory(steps, dependents),
  };
  const frozen = [...wiring.nodes.keys()].filter((at) => isFrozen(wiring.nodes[at]!));
  return { registry, targets, graph, wiring, frozen, order, sorted, stepOf, compiled };
}

/** The same compilation with the nodes that differ put in, or `undefined` when more than params changed. */
function recompiled(before: Compilation, graph: Graph, keeps: (node: GraphNode) => boolean): Compilation | undefined {
  const { wiring, stepOf } = before;
  const replaced = replacedSince(before.graph, graph);
  const nodeAt = (at: number) =>
    replaced ? (replaced[wiring.ids[at]!] ?? wiring.nodes[at]) : graph.nodes[wiring.ids[at]!];
  const touched = replaced
    ? (Object.keys(replaced) as NodeId[]).map((id) => wiring.numberOf.get(id) ?? -1)
    : allOf(wiring, graph);
  if (!touched || touched.includes(-1)) return undefined;
  const changed: number[] = [];
  for (const at of touched) {
    const [node, old] = [nodeAt(at), wiring.nodes[at]!];
    if (node === old) continue;
    if (!node || !sameShape(old, node)) return undefined;
    if (node.params !== old.params) changed.push(at);
  }
  if (before.frozen.some((at) => keeps(nodeAt(at)!) !== wiring.frozen[at])) return undefined;
  if (changed.length === 0) return { ...before, graph };
  const nodes = wiring.nodes.slice();
  const steps = before.compiled.steps.slice();
  const next: Wiring = { ...wiring, nodes };
  for (const number of changed) {
    nodes[number] = nodeAt(number)!;
    const step = stepOf[number]!;
    if (step < 0) continue;
    steps[step] = compileStep(next, number, stepOf, step >= before.sorted);
  }
  const restated = changed.map((number) => stepOf[number]!).filter((step) => step >= 0);
  const sameCost = restated.every((step) => secondsOf(steps[step]!) === secondsOf(before.compiled.steps[step]!));
  return {
    ...before,
    graph,
    wiring: next,
    compiled: {
      ...before.compiled,
      steps,
      memory: before.compiled.memory.without(restated, steps),
      remaining: sameCost ? before.compiled.remaining : remainingOf(steps),
    },
  };
}

/** All nodes, by number: where it is not known which differ. `undefined` when some came or went. */
const allOf = (wiring: Wiring, { nodes }: Graph): readonly number[] | undefined =>
  Object.keys(nodes).length === wiring.ids.length ? [...wiring.ids.keys()] : undefined;

const isFrozen = (node: GraphNode): node is GraphNode & { readonly frozen: CacheKey } => node.frozen !== undefined;
const sameShape = (a: GraphNode, b: GraphNode): boolean =>
  a.type === b.type &&
  a.muted === b.muted &&
  a.off === b.off &&
  a.frozen === b.frozen &&
  sameList(a.promoted, b.promoted);
const sameList = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((item, at) => item === b[at]));

const NONE: readonly never[] = [];

function compileStep(
  { ids, nodes, definitions, links, frozen }: Wiring,
  at: number,
  stepOf: Int32Array,
  cyclic: boolean,
): Step {
  const id = ids[at]!;
  const node = nodes[at]!;
  const definition = definitions[at];
  if (!definition || componentIdOf(node.type) !== undefined) {
    return {
      id,
      definition: undefined,
      params: {},
      text: '{}',
      inputs: NONE,
      needs: NONE,
      problems: [whyUnknown(node)],
    };
  }
  const parsed = parseParams(definition.params, node.params);
  const text = canonical(keyedParams(definition.params, parsed.values));
  if (frozen[at])
    return {
      id,
      definition,
      params: parsed.values,
      text,
      inputs: NONE,
      needs: NONE,
      problems: NONE,
      frozen: node.frozen!,
    };
  const problems = parsed.problems.map((problem) => problem.message);
  if (cyclic) problems.unshift(say('This node is part of a circle of wires; remove one of them.'));
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
    if (sources.length)
      inputs.push({
        socket,
        many: spec.many,
        param: !Object.hasOwn(definition.inputs, socket),
        sources: trimmed(sources),
      });
    else if (!spec.optional) problems.push(say('{0} is not connected.', say(spec.label)));
  }
  if (inputs.length === 0 && problems.length === 0 && livesOnInputs(definition))
    problems.push(say('Nothing is connected to this node.'));
  return {
    id,
    definition,
    params: parsed.values,
    text,
    inputs: trimmed(inputs),
    needs: cyclic ? NONE : trimmed(needs),
    problems: trimmed(problems),
  };
}

/** It takes one thing or another, and has nothing of its own to show. */
const livesOnInputs = ({ layer, inputs }: NodeFace): boolean =>
  layer === 'refinement' && Object.keys(inputs).length > 0;

/** Components are written out before a graph is compiled; one that is still here could not be. */
function whyUnknown({ type }: GraphNode): Sentence {
  if (componentIdOf(type) === undefined)
    return say('This node needs “{0}”, which this version of Triptych does not have.', type);
  return say(
    'The component of this node is not in this graph, or components in components become too many nodes and wires to be run.',
  );
}

/** A list that grew keeps room for seventeen more; a graph has many lists. */
const trimmed = <T>(list: readonly T[]): readonly T[] => (list.length ? list.slice() : NONE);

const declared = new WeakMap<NodeFace, readonly (readonly [string, SocketSpec])[]>();
function socketsOf(definition: NodeFace, node: GraphNode): readonly (readonly [string, SocketSpec])[] {
  if (node.promoted?.length) return Object.entries(inputsOf(definition, node));
  let sockets = declared.get(definition);
  if (!sockets) declared.set(definition, (sockets = Object.entries(definition.inputs)));
  return sockets;
}

/** A node that says nothing of its cost is taken for quick. */
const secondsOf = ({ definition, params }: Step): number => definition?.cost?.({ params })?.seconds ?? 0.01;

function remainingOf(steps: readonly Step[]): Float64Array {
  const remaining = new Float64Array(steps.length);
  for (let at = steps.length - 1; at >= 0; at--) {
    const step = steps[at]!;
    remaining[at]! += secondsOf(step);
    for (const need of step.needs) remaining[need] = Math.max(remaining[need]!, remaining[at]!);
  }
  return remaining;
}
