/** What a node would be given by results that are there already: for whoever asks about a node without running it. */
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { Sentence } from '../core/say.ts';
import type { Outputs, Value } from '../core/values.ts';
import type { Graph } from '../graph/graph.ts';
import { compile } from './compile.ts';
import { gather, type Gathered } from './gather.ts';

/** One wire into an input: the node it comes from, and what that made; nothing where it is not made. */
export interface Arrival {
  readonly from: NodeId;
  readonly value: Value | undefined;
}
export interface GivenNow extends Pick<Gathered, 'params' | 'inputs'> {
  readonly problem?: Sentence;
  /** By input, in the order of its wires. */
  readonly arrivals: Readonly<Record<string, readonly Arrival[]>>;
}

/** `undefined` where the node would not run: muted, switched off, gone. */
export function givenNow(
  flat: Graph,
  registry: Registry,
  node: NodeId,
  outputsOf: (node: NodeId) => Outputs | undefined,
): GivenNow | undefined {
  const { steps } = compile(flat, registry, [node]);
  const step = steps.find(({ id }) => id === node);
  if (!step) return undefined;
  const outputs = steps.map(({ id }) => outputsOf(id));
  const { params, inputs, problem = step.problems[0] } = gather(step, outputs);
  const arrivals = step.inputs.map(({ socket, sources }) => [
    socket,
    sources.map((source) => ({ from: steps[source.step]!.id, value: outputs[source.step]?.[source.output] })),
  ]);
  return { params, inputs, arrivals: Object.fromEntries(arrivals), ...(problem ? { problem } : {}) };
}
