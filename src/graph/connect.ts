/** Which wires may exist, and the reason when one may not. */
import type { Board, GraphNode, WireEnd } from './graph.ts';
import { wireEntries, wiresInSocket } from './graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
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
export function inputsOf(definition: NodeFace, node: GraphNode): Readonly<Record<string, SocketSpec>> {
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

const GIVES_WAY = 4;
/**
 * The socket of a card that takes a wire best which begins or ends at `end`: the one that is named if it fits, a free
 * one that is needed, any free one, one that takes many, and last one whose wire gives way, unless all have to stay.
 */
export function fittingSocket(
  board: Board,
  registry: Registry,
  end: WireEnd,
  side: 'output' | 'input',
  card: { readonly node: NodeId; readonly socket?: string | undefined; readonly keepsWires?: boolean },
): string | undefined {
  const node = own(board.nodes, card.node);
  const definition = node && registry.get(node.type);
  if (!definition) return undefined;
  const sockets: Readonly<Record<string, Partial<SocketSpec>>> =
    side === 'output' ? inputsOf(definition, node) : definition.outputs;
  const fits = Object.keys(sockets).filter((socket) => {
    const other = { node: card.node, socket };
    const [from, to] = side === 'output' ? [end, other] : [other, end];
    return whyNotConnect(board, registry, from, to) === undefined;
  });
  if (side === 'input') return fits.find((socket) => socket === card.socket) ?? fits[0];
  const rank = (socket: string) => {
    const { many, optional } = sockets[socket]!;
    if (many) return 3;
    if (wiresInSocket(board, { node: card.node, socket }).length > 0) return GIVES_WAY;
    return optional ? 2 : 1;
  };
  const [best] = fits
    .map((socket) => ({ socket, rank: socket === card.socket ? 0 : rank(socket) }))
    .toSorted((a, b) => a.rank - b.rank);
  return best && (best.rank < GIVES_WAY || !card.keepsWires) ? best.socket : undefined;
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
