/**
 * The graph file (`*.triptych.json`): plain data, keys sorted where their order says nothing, a version for the format
 * and one for each node type.
 */
import type { Board, Graph, GraphNode } from '../graph/graph.ts';
import type { ArtifactHash, NodeId } from '../core/ids.ts';
import { writtenType } from './newer.ts';

export const FORMAT_VERSION = 5;

/** A picture or LUT a graph needs, inside its file. */
export interface EmbeddedMedia {
  readonly mime: string;
  readonly name: string;
  /** Base64. */
  readonly data: string;
}
/**
 * Pictures its nodes showed when it was exported, by flat id: to be seen on opening, never taken for what a run would
 * make.
 */
export type SeenResults = Readonly<
  Record<NodeId, { readonly hash: ArtifactHash; readonly width: number; readonly height: number }>
>;
interface GraphFile extends Graph {
  readonly format: 'triptych';
  readonly formatVersion: number;
  readonly media?: Readonly<Record<string, EmbeddedMedia>>;
  readonly results?: SeenResults;
}

/** Text of a graph file. Keys are sorted, so files diff well; a component's sockets and params keep their order. */
export function writeGraphFile(
  graph: Graph,
  media: Readonly<Record<string, EmbeddedMedia>> = {},
  results: SeenResults = {},
): string {
  const file: GraphFile = {
    ...graphFileOf(graph),
    ...(Object.keys(media).length ? { media } : {}),
    ...(Object.keys(results).length ? { results } : {}),
  };
  return `${JSON.stringify(sorted(file, []), undefined, 2)}\n`;
}

/** A graph as its file holds it, without pictures and in the order it has. */
export const graphFileOf = (graph: Graph): GraphFile => ({
  format: 'triptych',
  formatVersion: FORMAT_VERSION,
  ...asWritten(graph),
  components: Object.fromEntries(Object.entries(graph.components).map(([id, component]) => [id, asWritten(component)])),
});

/** Placeholders of newer nodes have their own type in a file. */
function asWritten<B extends Board>(board: B): B {
  const newer = (Object.entries(board.nodes) as [NodeId, GraphNode][]).filter(
    ([, node]) => writtenType(node) !== node.type,
  );
  return newer.length
    ? {
        ...board,
        nodes: {
          ...board.nodes,
          ...Object.fromEntries(newer.map(([id, node]) => [id, { ...node, type: writtenType(node) }])),
        },
      }
    : board;
}

/** The records whose order is what a person sees on an instance. */
const isOrdered = ([within, , faces, ...deeper]: readonly string[]): boolean =>
  within === 'components' && ['inputs', 'outputs', 'params'].includes(faces ?? '') && deeper.length === 0;

function sorted(value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => sorted(item, [...path, '']));
  if (typeof value !== 'object' || value === null) return value;
  const record = value as Record<string, unknown>;
  // The two that say what this is come first.
  const order = (key: string) => (key === 'format' ? '0' : key === 'formatVersion' ? '1' : `2${key}`);
  const keys = Object.keys(record);
  if (!isOrdered(path)) keys.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  return Object.fromEntries(keys.map((key) => [key, sorted(record[key], [...path, key])]));
}
