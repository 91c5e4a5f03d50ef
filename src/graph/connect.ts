/** Which wires may exist, and the reason when one may not. */
import type { Board, GraphNode, WireEnd } from './graph.ts';
import { wireEntries } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { NodeDefinition, Registry } from '../core/node.ts';
import type { ParamSpec } from '../core/params.ts';
import { own } from '../core/own.ts';
import { Reach } from './reach.ts';
import { say, type Sentence } from '../core/say.ts';
import type { SocketSpec } from '../core/sockets.ts';
import type { ValueKind } from '../core/values.ts';

/** The kind of value that can feed a promoted param, or `undefined` when the param cannot be fed by a wire. */
export function kindFeeding(spec: ParamSpec): ValueKind | undefined {
  switch (spec.kind) {
    case 'int':
    case 'float':
      return 'number';
    case 'text':
    case 'choice':
    case 'aspect':
      return 'text';
    case 'seed':
      return 'seed';
    case 'toggle':
    case 'file':
    case 'curve':
    case 'variables':
    case 'list':
      return undefined;
    default:
      return spec satisfies never;
  }
}

/** A node's inputs: the declared sockets, then one for each promoted param. */
export function inputsOf(definition: NodeDefinition, node: GraphNode): Readonly<Record<string, SocketSpec>> {
  if (!node.promoted?.length) return definition.inputs;
  const inputs: Record<string, SocketSpec> = { ...definition.inputs };
  for (const name of node.promoted) {
    const spec = own(definition.params, name);
    const kind = spec && kindFeeding(spec);
    if (spec && kind) inputs[name] = { kind, label: spec.label, optional: true, many: false, help: spec.help ?? '' };
  }
  return inputs;
}

/** True when a wire `from → to` would close a cycle: `to` already reaches `from`. */
function wouldCycle(graph: Pick<Board, 'wires'>, from: NodeId, to: NodeId): boolean {
  const reach = new Reach();
  for (const [, wire] of wireEntries(graph)) reach.add(wire.from.node, wire.to.node);
  return reach.leads(to, from);
}

/** Why a wire may not be made, in a sentence, or `undefined` when it may. */
export function whyNotConnect(graph: Board, registry: Registry, from: WireEnd, to: WireEnd): Sentence | undefined {
  const source = own(graph.nodes, from.node);
  const target = own(graph.nodes, to.node);
  const sourceDefinition = source && registry.get(source.type);
  const targetDefinition = target && registry.get(target.type);
  if (!source || !target) return say('One end of the wire is not on the canvas.');
  if (!sourceDefinition || !targetDefinition) return say('A placeholder for an unknown node cannot take new wires.');
  const output = own(sourceDefinition.outputs, from.socket);
  const input = own(inputsOf(targetDefinition, target), to.socket);
  if (!output || !input) return say('That socket does not exist.');
  if (from.node === to.node) return say('A node cannot feed itself.');
  if (output.kind !== input.kind)
    return say(
      '{0} does not fit into {1}: it takes {2}, not {3}.',
      say(output.label),
      say(input.label),
      A_KIND[input.kind],
      A_KIND[output.kind],
    );
  if (wouldCycle(graph, from.node, to.node)) return say('That would close a circle. Graphs flow one way.');
  return undefined;
}

/** Each kind of value as a thing. */
export const A_KIND: Readonly<Record<ValueKind, Sentence>> = {
  image: say('an image'),
  video: say('a video'),
  file: say('a file'),
  prompt: say('a prompt'),
  seed: say('a seed'),
  guidance: say('a guidance scale'),
  aspect: say('an aspect'),
  reference: say('a reference'),
  motion: say('a motion'),
  acceptance: say('acceptance criteria'),
  text: say('a text'),
  number: say('a number'),
};
