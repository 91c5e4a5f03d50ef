/** The JSON of a ComfyUI workflow, in the editor's format and the API's, before anything of it is read. */
import { fail, ok, type Result } from '../core/errors.ts';
import { parted } from '../core/figures.ts';
import { readJson, withoutBareNumbers } from '../core/json.ts';
import { LARGEST_JSON_FILE, MOST_MARKS, MOST_NODES, MOST_WIRES } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { say, type Sentence } from '../core/say.ts';
import { listOf } from './entries.ts';

/** Nodes with places, and links between them. */
export const isOfEditor = (data: unknown): data is Loose =>
  isRecord(data) && Array.isArray(data['nodes']) && Array.isArray(data['links']);
/** Nodes by id. One that lost its `class_type` does not make the others unreadable. */
const isOfApi = (data: unknown): data is Loose => {
  const nodes = isRecord(data) ? Object.values(data) : [];
  return (
    nodes.every(isRecord) && nodes.some((node) => typeof node['class_type'] === 'string' && isRecord(node['inputs']))
  );
};

/**
 * The workflow in what was saved or sent: by itself, as it is sent to be run (`prompt`), as the editor hands it over
 * (`output`, `workflow`). Where it is there twice, in the format that serves better.
 */
function workflowIn(data: unknown, wish: 'as drawn' | 'as run'): Loose | undefined {
  if (isOfEditor(data) || isOfApi(data)) return data;
  if (!isRecord(data)) return undefined;
  const extra = isRecord(data['extra_data']) ? data['extra_data']['extra_pnginfo'] : undefined;
  const candidates = [
    data['workflow'],
    isRecord(extra) ? extra['workflow'] : undefined,
    data['prompt'],
    data['output'],
  ];
  const [drawn, run] = [candidates.find(isOfEditor), candidates.find(isOfApi)];
  return wish === 'as drawn' ? (drawn ?? run) : (run ?? drawn);
}

/** What of it is there is not checked; there is not too much of it. */
export function readWorkflowJson(text: string, wish: 'as drawn' | 'as run'): Result<Loose> {
  const strict = readJson(text, LARGEST_JSON_FILE);
  const read = strict.ok || strict.why !== 'not JSON' ? strict : readJson(withoutBareNumbers(text), LARGEST_JSON_FILE);
  if (!read.ok && read.why === 'not JSON')
    return fail('bad-input', 'This file is not JSON, so it is not a ComfyUI workflow.');
  if (!read.ok)
    return fail(
      'bad-input',
      'This file is larger or nested deeper than any workflow, so it was not opened.',
      'It is damaged, or made to do harm.',
    );
  const raw = workflowIn(read.value, wish);
  if (!raw)
    return fail(
      'bad-input',
      'This JSON file is not a ComfyUI workflow.',
      'Export it from ComfyUI with Save, or with Save (API Format).',
    );
  const excess = whatIsTooMuch(raw);
  if (excess) return fail('bad-input', excess);
  return ok(raw);
}

/** Counted before anything is read one by one. */
function whatIsTooMuch(raw: Loose): Sentence | undefined {
  const boards = Array.isArray(raw['nodes']) ? [raw, ...subgraphsOf(raw)] : [];
  const count = (part: string) => boards.reduce((total, board) => total + listOf(board[part]).length, 0);
  const nodes = boards.length ? count('nodes') : Object.keys(raw).length;
  const wires = boards.length
    ? count('links')
    : Object.values(raw).reduce<number>((total, one) => total + Object.keys(apiInputsOf(one as Loose)).length, 0);
  if (nodes > MOST_NODES)
    return say('This workflow has {0} {0|node|nodes}; up to {1} can be shown.', parted(nodes), parted(MOST_NODES));
  if (wires > MOST_WIRES)
    return say('This workflow has {0} {0|link|links}; up to {1} can be shown.', parted(wires), parted(MOST_WIRES));
  if (count('groups') + boards.length > MOST_MARKS)
    return say(
      'This workflow has {0} {0|group|groups}; up to {1} can be shown.',
      parted(count('groups') + boards.length),
      parted(MOST_MARKS),
    );
  return undefined;
}

/** Of a node in the API's format. */
export const apiInputsOf = (node: Loose): Loose => (isRecord(node['inputs']) ? node['inputs'] : {});
export const subgraphsOf = (raw: Loose): readonly Loose[] =>
  isRecord(raw['definitions']) ? listOf(raw['definitions']['subgraphs']).filter(isRecord) : [];
