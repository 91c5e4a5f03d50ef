/** The imported files a graph needs. */
import { batchOf } from './batch.ts';
import type { Board, Graph } from './graph.ts';
import { isRecord } from './loose.ts';
import type { FileSetting } from './params.ts';

const isFile = (value: unknown): value is FileSetting => isRecord(value) && typeof value['hash'] === 'string' && typeof value['mime'] === 'string';

/** In the params of its nodes, those in components, and the cells of its batch. */
export function filesIn(graph: Graph): FileSetting[] {
  const boards: readonly Pick<Board, 'nodes'>[] = [graph, ...Object.values(graph.components)];
  const params = boards.flatMap(({ nodes }) => Object.values(nodes).flatMap((node) => Object.values(node.params)));
  const cells = batchOf(graph).rows.flatMap((row) => Object.values(row.cells));
  return [...params, ...cells].filter(isFile);
}
