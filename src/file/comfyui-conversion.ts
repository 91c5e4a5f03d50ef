/** A ComfyUI workflow as a graph of Triptych, with a report; or what of it has no counterpart. */
import { fail, ok, type Result } from '../core/errors.ts';
import { LARGEST_MARK, LONGEST_TITLE } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Registry } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';
import { emptyGraph, type Graph } from '../graph/graph.ts';
import { excessIn } from '../routing/read-own-model.ts';
import type { WorkflowGraph } from '../routing/own-workflow.ts';
import { createConvertedBoard } from './comfyui-board.ts';
import { CONVERTIBLE_KINDS, partOf } from './comfyui-convertible.ts';
import { convertNodes } from './comfyui-converted-nodes.ts';
import { isOfEditor, readWorkflowJson } from './comfyui-json.ts';
import { isLeftOut, toApi, typesIn } from './comfyui-to-api.ts';
import { counterpartOf, drawingOf, type ForeignGraph } from './comfyui-workflow.ts';
import { isText, listOf } from './entries.ts';
import { circleIn } from './own-workflow-file.ts';

/** Nodes of one type. */
export interface Counted {
  readonly type: string;
  readonly count: number;
}
export interface ConvertedWorkflow {
  readonly graph: Graph;
  /** What each type of nodes is here. */
  readonly became: readonly (Counted & { readonly words: Sentence })[];
  /** What is not as it was, and what is missing. */
  readonly changed: readonly Sentence[];
}
export type Conversion =
  | ({ readonly is: 'graph' } & ConvertedWorkflow)
  | { readonly is: 'lacking'; readonly types: readonly Counted[] };

/** Fails where it is no workflow, or one that could not be run. */
export function convertWorkflow(text: string, registry: Registry): Result<Conversion> {
  const read = readWorkflowJson(text, 'as drawn');
  if (!read.ok) return read;
  const raw = read.value;
  const missing = typesIn(raw).filter((type) => !partOf(type));
  const drawn = drawingOf(raw);
  if (missing.length > 0) return ok({ is: 'lacking', types: missing.map((type) => counted(drawn, type)) });
  const run = toApi(raw, CONVERTIBLE_KINDS);
  if (!run.ok) return run;
  const obstacle = excessIn(run.value) ?? circleIn(run.value);
  if (obstacle) return fail('bad-input', obstacle);
  return converted(raw, drawn, run.value, registry);
}

function converted(raw: Loose, drawn: ForeignGraph, run: WorkflowGraph, registry: Registry): Result<Conversion> {
  const board = createConvertedBoard(registry);
  const places = new Map(drawn.nodes.map(({ id, position }) => [id, position]));
  // What lay in a subgraph stands where the node stood that stood for it.
  const placeOf = (id: string) => places.get(id) ?? places.get(id.split(':')[0]!) ?? { x: 0, y: 0 };
  const { isEmpty, changed } = convertNodes(run, board, placeOf);
  if (isEmpty) return fail('bad-input', say('Nothing in this workflow makes or changes a picture.'));
  for (const { text, rect } of isOfEditor(raw) ? notesIn(raw, drawn) : []) board.note(text, rect);
  for (const { title, rect } of drawn.groups) board.frame(title.slice(0, LONGEST_TITLE), rect);
  const off = listOf(raw['nodes']).filter((node) => isRecord(node) && isLeftOut(node)).length;
  return ok({
    is: 'graph',
    graph: { ...emptyGraph(), ...board.board() },
    became: [...new Set(drawn.nodes.map(({ type }) => type))].flatMap((type) => {
      const { counterpart } = counterpartOf(type);
      return counterpart ? [{ ...counted(drawn, type), words: counterpart.words }] : [];
    }),
    changed: [
      ...changed,
      ...(off > 0
        ? [say('{0} {0|node was|nodes were} switched off or bypassed there, and {0|was|were} left out.', off)]
        : []),
    ],
  });
}

const counted = (drawn: ForeignGraph, type: string): Counted => ({
  type,
  count: Math.max(1, drawn.nodes.filter((node) => node.type === type).length),
});

const isNote = ({ type }: { readonly type: unknown }) => type === 'Note' || type === 'MarkdownNote';
function notesIn(raw: Loose, drawn: ForeignGraph) {
  const texts = new Map(
    listOf(raw['nodes'])
      .filter(isRecord)
      .map((node) => [String(node['id']), listOf(node['widgets_values'])[0]]),
  );
  return drawn.nodes.filter(isNote).flatMap(({ id, position, size }) => {
    const text = texts.get(id);
    return isText(text) ? [{ text: text.slice(0, LARGEST_MARK), rect: { ...position, ...size } }] : [];
  });
}
