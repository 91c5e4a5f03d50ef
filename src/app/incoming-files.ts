/** What each file is, and what is kept of it: a graph, a workflow, a picture, or nothing, with why. */
import { ok, toFailure, type Failure, type Result } from '../core/errors.ts';
import type { FileParam, FileSetting } from '../core/params.ts';
import { said, say, type Sentence } from '../core/say.ts';
import type { ForeignGraph } from '../file/comfyui-workflow.ts';
import { workflowIn } from '../file/comfyui-picture.ts';
import { graphIn } from '../file/inside.ts';
import { HEAD_BYTES, kindOf } from '../file/kind.ts';
import type { GraphCarrier, CarriersAs } from '../state/workspace.ts';
import type { KeepOpened, KeptGraph } from './opened-graphs.ts';
import type { Services } from './services.ts';
import type { Reading } from './reading.ts';

/** What became of one file. */
export type Taken =
  | ({ readonly as: 'graph' } & KeptGraph)
  | { readonly as: 'workflow'; readonly graph: ForeignGraph; readonly text: string }
  | {
      readonly as: 'file';
      readonly accept: FileParam['accept'];
      readonly setting: FileSetting;
      readonly workflow?: string;
      readonly remark?: Sentence;
    }
  /** Was made here: its graph may be meant, or what is seen. */
  | { readonly as: 'carrier'; readonly carrier: GraphCarrier; take(as: CarriersAs): Promise<Taken> }
  | { readonly as: 'backup' }
  | { readonly as: 'nothing'; readonly why: Failure };

export type Meant = 'anything' | 'canvas' | 'node';

/** A clip beyond this is not looked through for a graph: what was made here is smaller. */
const LONGEST_SEARCHED = 2 ** 28;

const nothing = (message: Sentence, hint: Sentence): Taken => ({
  as: 'nothing',
  why: { code: 'bad-input', message, hint },
});

/** Reads files and texts one at a time, and stores what they hold. */
export interface IncomingFiles {
  /** `meant`: what a picture or clip is for; on an open graph it counts more than a workflow in it, for a node alone. */
  take(file: File, meant: Meant): Promise<Taken>;
  takeJson(text: string): Promise<Taken>;
  /** For a param that takes such files: another kind of file is refused. */
  importedAs(file: File, accept: FileParam['accept']): Promise<Taken>;
}

export function incomingFiles(
  { thread }: Pick<Services, 'thread'>,
  reading: Reading,
  keepOpened: KeepOpened,
): IncomingFiles {
  async function take(file: File, meant: Meant): Promise<Taken> {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    const kind = kindOf(head, file.name);
    switch (kind) {
      case 'picture':
      case 'clip':
        return takeMedia(file, kind, meant);
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

  /** Where its graph cannot be read, a picture or clip is what is seen of it. */
  async function takeMedia(file: File, kind: 'picture' | 'clip', meant: Meant): Promise<Taken> {
    const seen = () => imported(file, kind === 'clip' ? 'media' : 'image');
    if (meant === 'node' || file.size > LONGEST_SEARCHED) return seen();
    const bytes = new Uint8Array(await file.arrayBuffer());
    const carried = carriedBy(bytes);
    if (!carried.ok) return withRemark(await seen(), said(carried.error.message));
    if (carried.value !== undefined) {
      const opened = await reading.graph(carried.value);
      if (!opened.ok) return withRemark(await seen(), said(opened.error.message));
      const { title, nodes } = opened.value.graph;
      return {
        as: 'carrier',
        carrier: { file, as: kind, title, nodes: Object.keys(nodes).length },
        take: async (as) => (as === 'media' ? seen() : { as: 'graph', ...(await keepOpened(opened.value)) }),
      };
    }
    const workflow = kind === 'picture' ? workflowIn(bytes) : undefined;
    if (!workflow) return seen();
    if (meant === 'anything') return takeJson(workflow);
    const picture = await seen();
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
    return workflow.ok ? { as: 'workflow', graph: workflow.value, text } : { as: 'nothing', why: parsed.error };
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
