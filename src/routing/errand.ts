/** Everything a thread needs to make takes for one node: the request, the route, and what was tried before. */
import type { GraphNode } from '../core/graph.ts';
import type { GraphId, NodeId, RunId } from '../core/ids.ts';
import type { RunMode, TakeRecord, TakeRequest } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { Dispatch } from '../engine/dispatch.ts';
import { hashOf, type KeyParts } from '../engine/key.ts';
import { stepOf } from './attempts.ts';
import { resolve, type Market, type Resolution } from './resolve.ts';
import type { RoutingTable } from './table.ts';

export interface Errand {
  readonly origin: { readonly graphId: GraphId; readonly node: NodeId; readonly runId: RunId };
  /** The socket its artifact leaves by. */
  readonly output: string;
  readonly slot: string;
  /** The attempt to begin with. */
  readonly number: number;
  /** Most takes for this slot, over time. */
  readonly cap: number;
  readonly request: TakeRequest;
  readonly mode: RunMode;
  readonly resolution: Resolution;
  /** Earlier takes of this slot, oldest first. */
  readonly taken: readonly TakeRecord[];
}

/** Where takes of this graph go: fixed for one plan or run. */
export interface Office {
  readonly table: RoutingTable;
  readonly market: Market;
  readonly mode: RunMode;
  readonly graphId: GraphId;
  readonly runId: RunId;
  readonly nodes: Readonly<Record<NodeId, GraphNode>>;
  /** Earlier takes of this node for this slot, oldest first. Two nodes that ask the same are two deliverables. */
  takesOf(node: NodeId, slot: string): readonly TakeRecord[];
}

/** What the takes of one deliverable have in common: everything asked except the seed and the criteria. */
export function slotOf(type: string, mode: RunMode, params: KeyParts['params'], inputs: KeyParts['inputs']): string {
  const asked = Object.fromEntries(
    Object.entries(inputs).filter(
      ([, value]) => Array.isArray(value) || !['seed', 'acceptance'].includes((value as { kind: string }).kind),
    ),
  );
  return hashOf([type, mode, params, asked]);
}

/** The engine's question answered: by which route a generation node would be made, and whether it is made already. */
export function dispatcher(office: Office): Dispatch<Errand> {
  return (node, definition, { params, inputs }) => {
    if (!definition.request) return undefined;
    const request = definition.request({ inputs, params });
    const slot = slotOf(definition.id, office.mode, params, inputs);
    const pointer = office.nodes[node]?.take;
    const number = pointer?.slot === slot ? pointer.number : 0;
    const taken = office.takesOf(node, slot);
    const resolution = resolve(request, office.mode, office.table, office.market);
    const cap = request.acceptance?.cap || resolution.row?.cap || 1;
    const { graphId, runId } = office;
    const output = Object.keys(definition.outputs)[0] ?? '';
    const errand: Errand = {
      output,
      origin: { graphId, node, runId },
      slot,
      number,
      cap,
      request,
      mode: office.mode,
      resolution,
      taken,
    };
    const found = accepted(errand);
    return { route: routeOf(errand, number), take: number, errand, ...(found ? { found } : {}) };
  };
}

/** In words and in the key: another maker gives another picture. */
export function routeOf({ request, resolution, mode }: Errand, number: number): string {
  const step = stepOf(number, request.seed, resolution);
  if (!step) return `${mode}: nobody`;
  return `${mode}: ${step.candidate.provider} ${step.candidate.modelId}`;
}

/** An accepted take is used again whoever would be asked today, unless the graph fixes another seed. */
function accepted({ taken, number, request, output }: Errand): Outputs | undefined {
  const take = taken.findLast(
    (one) =>
      one.number === number &&
      one.verdict.state === 'accepted' &&
      one.artifact &&
      (!request.seed.locked || one.baseSeed === request.seed.seed),
  );
  return take?.artifact ? { [output]: take.artifact } : undefined;
}
