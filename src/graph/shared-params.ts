/** Params that several nodes have in common: what is changed in all of them, and copied from one to others. */
import { sameData } from '../core/equal.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { own } from '../core/own.ts';
import { isShown, parseParams, type ParamSpec } from '../core/params.ts';
import type { Board } from './graph.ts';

export interface SharedParam {
  readonly name: string;
  readonly spec: ParamSpec;
  /** Of the first of the nodes. */
  readonly value: unknown;
  readonly isSameInAll: boolean;
}
type Values = Readonly<Record<string, unknown>>;
type Nodes = Pick<Board, 'nodes' | 'wires'>;

const valuesOf = (board: Nodes, registry: Registry, id: NodeId): Values => {
  const node = board.nodes[id];
  return node ? parseParams(registry.get(node.type)?.params ?? {}, node.params).values : {};
};
const specOf = (board: Nodes, registry: Registry, id: NodeId, name: string): ParamSpec | undefined =>
  own(registry.get(board.nodes[id]?.type ?? '')?.params ?? {}, name);
const isFed = ({ wires }: Nodes, id: NodeId, name: string): boolean =>
  Object.values(wires).some(({ to }) => to.node === id && to.socket === name);

/** Those all of the nodes have, of the same kind and called the same, shown in each and fed by a wire in none. */
export function sharedParams(board: Nodes, registry: Registry, nodes: readonly NodeId[]): readonly SharedParam[] {
  const [first, ...others] = nodes;
  if (!first) return [];
  const values = new Map(nodes.map((id) => [id, valuesOf(board, registry, id)]));
  const isAsIn = (id: NodeId, name: string, spec: ParamSpec): boolean => {
    const other = specOf(board, registry, id, name);
    return other?.kind === spec.kind && other.label === spec.label && isShown(other, values.get(id)!);
  };
  return Object.entries(registry.get(board.nodes[first]?.type ?? '')?.params ?? {})
    .filter(([name, spec]) => nodes.every((id) => isAsIn(id, name, spec) && !isFed(board, id, name)))
    .map(([name, spec]) => {
      const value = values.get(first)![name];
      return { name, spec, value, isSameInAll: others.every((id) => sameData(values.get(id)![name], value)) };
    });
}

/** All params of a node as they count, its defaults too. */
export const copiedParams = (board: Nodes, registry: Registry, id: NodeId): Values => valuesOf(board, registry, id);

/** Of copied params those that another node takes and has otherwise now. */
export function pastedParams(board: Nodes, registry: Registry, id: NodeId, copied: Values): Values {
  const node = board.nodes[id];
  const specs = node && registry.get(node.type)?.params;
  if (!specs) return {};
  const now = valuesOf(board, registry, id);
  return Object.fromEntries(
    Object.entries(copied).filter(([name, value]) => {
      const spec = own(specs, name);
      if (!spec || sameData(now[name], value)) return false;
      return parseParams({ [name]: spec }, { [name]: value }).problems.length === 0;
    }),
  );
}
