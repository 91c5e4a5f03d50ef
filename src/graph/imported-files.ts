/** The imported files a graph needs. */
import { batchOf } from './batch.ts';
import type { Board, Component, Graph, GraphNode } from './graph.ts';
import { isRecord } from '../core/loose.ts';
import type { FileSetting } from '../core/params.ts';

/** Whether the value of a param is an imported file. */
export const isFile = (value: unknown): value is FileSetting =>
  isRecord(value) && typeof value['hash'] === 'string' && typeof value['mime'] === 'string';

/** In the params of its nodes, those in components, and the cells of its batch. */
export function filesIn(graph: Graph): FileSetting[] {
  const boards: readonly Pick<Board, 'nodes'>[] = [graph, ...Object.values(graph.components)];
  const params = boards.flatMap(({ nodes }) => Object.values(nodes).flatMap((node) => Object.values(node.params)));
  const cells = batchOf(graph).rows.flatMap((row) => Object.values(row.cells));
  return [...params, ...cells].filter(isFile);
}

/** The graph with other files in place of some, by the hashes of those it has. Names stay. */
export function withFiles(graph: Graph, others: ReadonlyMap<string, FileSetting>): Graph {
  const exchanged = (value: unknown): unknown => {
    const other = isFile(value) ? others.get(value.hash) : undefined;
    return other ? { ...(value as FileSetting), ...other, name: (value as FileSetting).name } : value;
  };
  const inRecord = <R extends object>(record: R): R =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, exchanged(value)])) as R;
  const inNodes = (nodes: Board['nodes']): Board['nodes'] =>
    mapped(nodes, (node: GraphNode) => ({ ...node, params: inRecord(node.params) }));
  const rows = graph.batch?.rows.map((row) => ({ ...row, cells: inRecord(row.cells) }));
  return {
    ...graph,
    nodes: inNodes(graph.nodes),
    components: mapped(graph.components, (component: Component) => ({ ...component, nodes: inNodes(component.nodes) })),
    ...(graph.batch && rows ? { batch: { ...graph.batch, rows } } : {}),
  };
}
const mapped = <R extends Readonly<Record<string, T>>, T>(record: R, change: (value: T) => T): R =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)])) as R;
