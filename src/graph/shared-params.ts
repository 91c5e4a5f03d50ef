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
const paramsOf = (board: Nodes, registry: Registry, id: NodeId) =>
  registry.get(board.nodes[id]?.type ?? '')?.params ?? {};

/** Those all of the nodes have, of the same kind and called the same, shown in each and fed by a wire in none. */
export function sharedParams(board: Nodes, registry: Registry, nodes: readonly NodeId[]): readonly SharedParam[] {
  const [first] = nodes;
  if (!first) return [];
  const types = new Map(nodes.map((id) => [board.nodes[id]?.type, paramsOf(board, registry, id)]));
  const isInEach = ([name, { kind, label }]: readonly [string, ParamSpec]): boolean =>
    [...types.values()].every((specs) => {
      const other = own(specs, name);
      return other?.kind === kind && other.label === label;
    });
  const common = Object.entries(paramsOf(board, registry, first)).filter(isInEach);
  // Of thousands that were selected at once most have nothing in common: then nothing more is read.
  if (common.length === 0) return [];
  const values = nodes.map((id) => ({ id, specs: paramsOf(board, registry, id), own: valuesOf(board, registry, id) }));
  const fed = new Set(Object.values(board.wires).map(({ to }) => `${to.node} ${to.socket}`));
  return common
    .filter(([name]) =>
      values.every(({ id, specs, own: all }) => isShown(specs[name]!, all) && !fed.has(`${id} ${name}`)),
    )
    .map(([name, spec]) => {
      const value = values[0]!.own[name];
      return { name, spec, value, isSameInAll: values.every(({ own: all }) => sameData(all[name], value)) };
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
