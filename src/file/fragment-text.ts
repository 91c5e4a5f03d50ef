/** Nodes on the clipboard: readable JSON that other graphs, tabs and text editors can hold. */
import { fail, ok, type Result } from '../core/errors.ts';
import type { Fragment } from '../graph/fragment.ts';
import { emptyGraph, type Graph } from '../graph/graph.ts';
import type { WireId } from '../core/ids.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_GRAPH_FILE } from '../core/limits.ts';
import { isRecord } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import type { Sentence } from '../core/say.ts';
import { writeGraphFile } from './format.ts';
import { parseGraphFile } from './parse.ts';

/**
 * A fragment is written as a graph of its own, so whatever opens a file opens it too. Wires keep their order: files
 * sort by id.
 */
export function writeFragment({ wires, ...fragment }: Fragment): string {
  const graph: Graph = {
    ...emptyGraph('Copied nodes'),
    ...fragment,
    wires: Object.fromEntries(wires.map((wire, at) => [`w${String(at).padStart(6, '0')}` as WireId, wire])),
  };
  return writeGraphFile(graph);
}

export interface ReadFragment {
  readonly fragment: Fragment;
  readonly dropped: readonly Sentence[];
}

/** Reads nodes from any text; checks them as a file is checked. */
export function parseFragment(text: string, registry: Registry): Result<ReadFragment> {
  const other = fail('bad-input', 'The clipboard holds no Triptych nodes.', 'Copy nodes first, or paste a picture.');
  if (!/^\s*\{/.test(text)) return other;
  const parsed = parseGraphFile(text, registry);
  if (!parsed.ok) return looksLikeOurs(text) ? parsed : other;
  const { nodes, wires, frames, notes, components } = parsed.value.graph;
  return ok({
    fragment: { nodes, wires: Object.values(wires), frames, notes, components },
    dropped: [...parsed.value.report.dropped, ...parsed.value.report.missing],
  });
}

function looksLikeOurs(text: string): boolean {
  const read = readJson(text, LARGEST_GRAPH_FILE);
  return read.ok ? isRecord(read.value) && read.value['format'] === 'triptych' : read.why !== 'not JSON';
}
