/** A graph as a file that the browser saves. */
import { fileName } from '../core/file-name.ts';
import { writeGraphFile, type EmbeddedMedia, type SeenResults } from '../file/format.ts';
import { graphName } from '../graph/graph-name.ts';
import type { Graph } from '../graph/graph.ts';
import { saveBlob } from './save-blob.ts';

export function saveGraphFile(
  graph: Graph,
  media: Readonly<Record<string, EmbeddedMedia>> = {},
  seen: SeenResults = {},
): void {
  const text = writeGraphFile(graph, media, seen);
  saveBlob(new Blob([text], { type: 'application/json' }), fileName(graphName(graph), '.triptych.json', 'graph'));
}
