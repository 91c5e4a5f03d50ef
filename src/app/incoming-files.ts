/** What each file is, and what is kept of it: a graph, a workflow, a picture, or nothing, with why. */
import { ok, toFailure, type Failure, type Result } from '../core/errors.ts';
import type { FileParam, FileSetting } from '../core/params.ts';
import { said, say, type Sentence } from '../core/say.ts';
import type { ForeignGraph } from '../file/comfyui-workflow.ts';
import { workflowIn } from '../file/comfyui-picture.ts';
import { graphIn } from '../file/inside.ts';
import { HEAD_BYTES, kindOf } from '../file/kind.ts';
import type { KeepOpened, KeptGraph } from './opened-graphs.ts';
import type { Services } from './services.ts';
import type { Reading } from './reading.ts';

/** What became of one file. */
export type Taken =
  | ({ readonly as: 'graph' } & KeptGraph)
  | { readonly as: 'workflow'; readonly graph: ForeignGraph }
  | {
      readonly as: 'file';
      readonly accept: FileParam['accept'];
      readonly setting: FileSetting;
      readonly workflow?: string;
      readonly remark?: Sentence;
    }
  | { readonly as: 'backup' }
  | { readonly as: 'nothing'; readonly why: Failure };

/** A clip beyond this is not looked through for a graph: what was made here is smaller. */
const LONGEST_SEARCHED = 2 ** 28;

const nothing = (message: Sentence, hint: Sentence): Taken => ({
  as: 'nothing',
  why: { code: 'bad-input', message, hint },
});

/** Reads files and texts one at a time, and stores what they hold. */
export interface IncomingFiles {
  /** `isCanvas`: pictures are for the open graph, where the picture counts more than a workflow in it. */
  take(file: File, isCanvas: boolean): Promise<Taken>;
  takeJson(text: string): Promise<Taken>;
  /** For a param that takes such files: another kind of file is refused. */
  importedAs(file: File, accept: FileParam['accept']): Promise<Taken>;
}

export function incomingFiles(
  { thread }: Pick<Services, 'thread'>,
  reading: Reading,
  keepOpened: KeepOpened,
): IncomingFiles {
  async function take(file: File, isCanvas: boolean): Promise<Taken> {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const kind = kindOf(head, file.name);
    switch (kind) {
      case 'picture':
      case 'clip':
        return takeMedia(file, kind, isCanvas);
      case 'lut':
        return imported(file, 'lut');
      case 'json':
        return takeJson(await file.text());
      case 'table':
        return nothing(
          say('This is a table or a list: the Batch page of a graph reads it.'),
          say('Open the graph, then its Batch page, and choose Import CSV there.'),
        );
      case 'backup':
        return { as: 'backup' };
      case 'empty':
        return nothing(say('This file is empty.'), say('Save or download it again.'));
      case 'text':
      case 'unknown':
        return nothing(
          say('This is no kind of file that can be opened here.'),
          say('Graphs, ComfyUI workflows, pictures and .cube LUTs can be.'),
        );
      default:
        return kind satisfies never;
    }
  }

  /** What a picture or clip carries inside comes first; a picture without anything in it is a picture. */
  async function takeMedia(file: File, kind: 'picture' | 'clip', isCanvas: boolean): Promise<Taken> {
    if (file.size > LONGEST_SEARCHED) return imported(file, kind === 'clip' ? 'media' : 'image');
    const bytes = new Uint8Array(await file.arrayBuffer());
    const graph = carriedBy(bytes);
    if (graph.ok && graph.value !== undefined) return takeJson(graph.value);
    if (!graph.ok && kind === 'picture') return withRemark(await imported(file, 'image'), said(graph.error.message));
    if (!graph.ok) return { as: 'nothing', why: graph.error };
    if (kind === 'clip') return imported(file, 'media');
    const workflow = workflowIn(bytes);
    if (!workflow) return imported(file, 'image');
    if (!isCanvas) return takeJson(workflow);
    const picture = await imported(file, 'image');
    return picture.as === 'file' ? { ...picture, workflow } : picture;
  }

  async function imported(file: File, accept: FileParam['accept']): Promise<Taken> {
    const result = await thread().call.importFile(file);
    if (!result.ok) return { as: 'nothing', why: result.error };
    return { as: 'file', accept, ...result.value };
  }

  async function importedAs(file: File, accept: FileParam['accept']): Promise<Taken> {
    const kind = kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.name);
    if (kind === 'clip' && accept === 'image')
      return nothing(
        say('This is a clip, and a picture is needed here.'),
        say('Drop it on the canvas: there it becomes an Import node. Grab still takes a picture out of it.'),
      );
    if ((kind === 'lut') !== (accept === 'lut'))
      return accept === 'lut'
        ? nothing(say('This is not a LUT.'), say('Choose a .cube file.'))
        : nothing(say('This is a LUT, and a picture is needed here.'), say('Choose it in a Grade node.'));
    return imported(file, accept);
  }

  async function takeJson(text: string): Promise<Taken> {
    const parsed = await reading.graph(text);
    if (parsed.ok) return { as: 'graph', ...(await keepOpened(parsed.value)) };
    if (parsed.error.code === 'cancelled') return { as: 'nothing', why: parsed.error };
    const workflow = await reading.workflow(text);
    return workflow.ok ? { as: 'workflow', graph: workflow.value } : { as: 'nothing', why: parsed.error };
  }

  return { take, takeJson, importedAs };
}

function carriedBy(bytes: Uint8Array): Result<string | undefined> {
  try {
    return ok(graphIn(bytes));
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) };
  }
}
const withRemark = (taken: Taken, remark: Sentence): Taken => (taken.as === 'file' ? { ...taken, remark } : taken);
