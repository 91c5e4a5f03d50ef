/**
 * What people bring: files of any kind and number, texts, links, templates. Each is taken for what it is; one notice
 * says what was not.
 */
import { produce } from 'immer';
import { addNode, type BoardDraft } from '../graph/edits.ts';
import { ok, toFailure, type Failure, type Result } from '../core/errors.ts';
import { filesIn, withFiles } from '../graph/imported-files.ts';
import { emptyGraph, type Graph } from '../graph/graph.ts';
import type { ArtifactHash, GraphId, NodeId } from '../core/ids.ts';
import type { FileParam, FileSetting } from '../core/params.ts';
import { withTexts } from '../graph/readable.ts';
import { said, say, type Sentence } from '../core/say.ts';
import type { ForeignGraph } from '../file/comfyui-workflow.ts';
import { workflowIn } from '../file/comfyui-picture.ts';
import type { EmbeddedMedia } from '../file/format.ts';
import { graphIn } from '../file/inside.ts';
import { HEAD_BYTES, kindOf } from '../file/kind.ts';
import type { Opened } from '../file/parse.ts';
import type { Incoming, IncomingCommands, Spot } from '../ui/commands.ts';
import { goTo } from '../ui/navigation.ts';
import { t, tell, tNumbered } from '../words/t.ts';
import type { Services } from './services.ts';
import { notifyFailure, waysOut } from './notify-failure.ts';
import type { Reading } from './reading.ts';
import { textIn } from './share-link.ts';
import { whileSlow } from './while-slow.ts';

/** Files taken at once; a folder may hold more. */
const MOST_FILES = 500;
/** A template that has not come by then will not come. */
const LONGEST_LOAD_MS = 20_000;
/** How far apart nodes for several files are put, and how many in a row. */
const STEP = { x: 280, y: 300, perRow: 5 };

/** What became of one file. */
type Taken =
  | { readonly as: 'graph'; readonly id: GraphId; readonly changes: readonly Sentence[] }
  | { readonly as: 'workflow'; readonly graph: ForeignGraph }
  | {
      readonly as: 'file';
      readonly accept: FileParam['accept'];
      readonly setting: FileSetting;
      readonly workflow?: string;
      readonly remark?: Sentence;
    }
  | { readonly as: 'nothing'; readonly why: Failure };

const nothing = (message: Sentence, hint: Sentence): Taken => ({
  as: 'nothing',
  why: { code: 'bad-input', message, hint },
});

export function createIncoming(
  services: Services,
  reading: Reading,
  createGraph: (graph: Graph) => Promise<GraphId>,
): IncomingCommands {
  const { registry, document, workspace, history } = services;
  const { notify } = workspace;

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
    const bytes = new Uint8Array(await file.arrayBuffer());
    const graph = carriedBy(bytes);
    if (graph.ok && graph.value !== undefined) return takeJson(graph.value);
    if (!graph.ok && kind === 'picture') return withRemark(await imported(file, 'image'), said(graph.error.message));
    if (!graph.ok) return { as: 'nothing', why: graph.error };
    if (kind === 'clip')
      return nothing(
        say('This clip carries no graph, and clips cannot be references.'),
        say('Take a still from it and use that.'),
      );
    const workflow = workflowIn(bytes);
    if (!workflow) return imported(file, 'image');
    if (!isCanvas) return takeJson(workflow);
    const picture = await imported(file, 'image');
    return picture.as === 'file' ? { ...picture, workflow } : picture;
  }

  async function imported(file: File, accept: FileParam['accept']): Promise<Taken> {
    const result = await services.thread().call.importFile(file);
    if (!result.ok) return { as: 'nothing', why: result.error };
    const { remarkOn } = await import('../media/header.ts');
    const remark = accept === 'image' ? await remarkOn(file) : undefined;
    return { as: 'file', accept, setting: result.value, ...(remark ? { remark } : {}) };
  }

  async function takeJson(text: string): Promise<Taken> {
    const parsed = await reading.graph(text);
    if (parsed.ok) return { as: 'graph', ...(await keepOpened(parsed.value)) };
    if (parsed.error.code === 'cancelled') return { as: 'nothing', why: parsed.error };
    const workflow = await reading.workflow(text);
    return workflow.ok ? { as: 'workflow', graph: workflow.value } : { as: 'nothing', why: parsed.error };
  }

  /** Stores what was read from a file or a link. What cannot be kept of it is among the changes; the rest is kept. */
  async function keepOpened({
    graph,
    report,
    media,
    results,
  }: Opened): Promise<{ readonly id: GraphId; readonly changes: readonly Sentence[] }> {
    const changes = [...report.missing, ...report.dropped, ...report.migrated];
    const known = new Map<string, FileSetting>();
    for (const [hash, item] of Object.entries(media)) {
      const kept = await keepMedia(item);
      if (kept.ok) known.set(hash, kept.value);
      else changes.push(say('{0} is damaged and was left out: {1}', item.name, said(kept.error.message)));
    }
    const moved = new Map([...known].filter(([hash, setting]) => setting.hash !== hash));
    for (const { hash, name } of new Map(filesIn(graph).map((one) => [one.hash, one])).values()) {
      if (moved.has(hash))
        changes.push(
          say(
            '{0} is not quite the same picture in this browser as where the file was written; results can differ a little.',
            name,
          ),
        );
    }
    const id = await createGraph(moved.size > 0 ? withFiles(graph, moved) : graph);
    const isWhole = ([, picture]: readonly [unknown, { readonly hash: ArtifactHash }]) =>
      known.get(picture.hash)?.hash === picture.hash;
    const whole = Object.entries(results).filter(isWhole);
    const lost = Object.keys(results).length - whole.length;
    if (lost > 0)
      changes.push(
        say('{0} {0|result|results} in this file could not be read; running makes {0|it|them} again.', lost),
      );
    await history.keepNodeStates(
      whole.map(([node, picture]) => ({
        graphId: id,
        node: node as NodeId,
        outputs: { image: { kind: 'image', ...picture } },
      })),
    );
    return { id, changes };
  }

  /**
   * Stored under what it is, never under what the file says it is: a file cannot replace a picture that is here
   * already.
   */
  async function keepMedia({ data, name, mime }: EmbeddedMedia) {
    try {
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      return await services.thread().call.importFile(new File([bytes], name, { type: mime }));
    } catch (thrown) {
      return { ok: false as const, error: toFailure(thrown) };
    }
  }

  /** Reading files takes time: whoever adds what was read asks whether the graph is still the one it was meant for. */
  function sameGraph(): () => boolean {
    const { id } = document.getState();
    return () => {
      const isSame = document.getState().id === id;
      if (!isSame)
        notify(
          'bad',
          t('You went to another graph meanwhile, so nothing was added to it.'),
          t('Add the files again where they belong.'),
        );
      return isSame;
    };
  }

  async function takeFiles(files: readonly File[], spot?: Spot): Promise<void> {
    const isStillHere = sameGraph();
    const goThere = samePlace();
    const failed: (readonly [File, Failure])[] = [];
    const taken: (readonly [File, Taken])[] = [];
    const come = whileSlow(workspace, t('What you gave is being read.'));
    for (const file of files.slice(0, MOST_FILES)) {
      const one = await take(file, spot !== undefined).catch((thrown: unknown): Taken => ({
        as: 'nothing',
        why: toFailure(thrown),
      }));
      if (one.as === 'nothing') failed.push([file, one.why]);
      taken.push([file, one]);
    }
    come();
    const media = taken.flatMap(([file, one]) => (one.as === 'file' ? [{ file, ...one }] : []));
    const graphs = taken.flatMap(([, one]) => (one.as === 'graph' ? [one] : []));
    if (media.length > 0 && !spot) graphs.push({ as: 'graph', id: await graphOfMedia(media), changes: [] });
    else if (spot && media.length > 0 && isStillHere()) placeMedia(media, spot);
    tellWhat(
      files.length,
      failed,
      graphs.flatMap(({ changes }) => changes),
      media.flatMap(({ file, remark }) => (remark ? [say('{0}: {1}', file.name, remark)] : [])),
    );
    const workflows = taken.flatMap(([file, one]) =>
      one.as === 'workflow' ? [{ name: file.name, graph: one.graph }] : [],
    );
    const [first] = workflows;
    if (first && taken.length === 1) showWorkflow(first.name, first.graph);
    else
      for (const { name, graph } of workflows)
        notify('info', t('{0} is a ComfyUI workflow.', name), undefined, {
          label: t('Show it'),
          act: () => showWorkflow(name, graph),
        });
    if (graphs.length > 1)
      notify(
        'info',
        t('{0} {0|graph was|graphs were} added to yours.', graphs.length),
        t('They are on the page of templates.'),
      );
    const [opened] = graphs.length === 1 || spot ? graphs : [];
    if (opened) goThere(opened.id);
  }

  /** Goes to a graph that was made of files, or offers to where a person has gone somewhere else meanwhile. */
  function samePlace(): (id: GraphId) => void {
    const { hash } = location;
    return (id) => {
      const go = () => goTo({ screen: 'graph', id });
      if (location.hash === hash) return go();
      return notify('info', t('What you gave is a graph of its own now.'), undefined, { label: t('Open it'), act: go });
    };
  }

  interface Media {
    readonly file: File;
    readonly accept: FileParam['accept'];
    readonly setting: FileSetting;
    readonly workflow?: string;
  }

  /**
   * Pictures become Reference nodes, LUTs Grades; one that was dropped on a node that takes such a file is that node's.
   */
  function placeMedia(media: readonly Media[], { at, onto }: Spot): void {
    const [only] = media;
    if (!only) return;
    if (document.getState().readOnly)
      return notify('info', t('This graph is being edited in another tab.'), t('Drop files there.'));
    if (media.length === 1 && onto && setFile(onto, only)) return void offerWorkflow(only);
    const added = document.edit('Add files', (draft) => addMedia(draft, media, at));
    if (added?.length) workspace.select(added);
    for (const one of media) void offerWorkflow(one);
  }
  function setFile(id: NodeId, { accept, setting }: Media): boolean {
    const node = document.getState().board.nodes[id];
    const params = Object.entries((node && registry.get(node.type)?.params) ?? {});
    const [param] = params.find(([, spec]) => spec.kind === 'file' && spec.accept === accept) ?? [];
    if (param === undefined) return false;
    document.edit(
      'Choose file',
      (draft) => void (draft.nodes[id]!.params = { ...draft.nodes[id]!.params, [param]: setting }),
    );
    return true;
  }
  function addMedia(draft: BoardDraft, media: readonly Media[], from: Spot['at']): NodeId[] {
    return media.flatMap(({ accept, setting }, nth) => {
      const definition = registry.get(accept === 'lut' ? 'grade' : 'reference');
      const position = { x: from.x + (nth % STEP.perRow) * STEP.x, y: from.y + Math.floor(nth / STEP.perRow) * STEP.y };
      return definition ? [addNode(draft, definition, position, { [accept === 'lut' ? 'lut' : 'file']: setting })] : [];
    });
  }
  const graphOfMedia = (media: readonly Media[]): Promise<GraphId> => {
    const title = media[0]!.file.name.replace(/\.\w{1,5}$/, '').slice(0, 200) || emptyGraph().title;
    return createGraph(
      produce(emptyGraph(title), (draft) => void addMedia(draft as unknown as BoardDraft, media, { x: 0, y: 0 })),
    );
  };

  async function offerWorkflow({ file, workflow }: Media): Promise<void> {
    const read = workflow === undefined ? undefined : await reading.workflow(workflow);
    if (!read?.ok) return;
    notify('info', t('{0} carries the ComfyUI workflow it was made with.', file.name), undefined, {
      label: t('Show it'),
      act: () => showWorkflow(file.name, read.value),
    });
  }
  function showWorkflow(name: string, graph: ForeignGraph): void {
    workspace.setState({ foreign: { name: name.replace(/\.(json|png|webp)$/i, ''), graph } });
    goTo({ screen: 'comfyui' });
  }

  /** What is said of files that were not taken goes when others are. */
  let forgetNotTaken = (): void => {};
  /** One notice for what was not taken, one for what was changed, however many files there were. */
  function tellWhat(
    count: number,
    failed: readonly (readonly [File, Failure])[],
    changes: readonly Sentence[],
    remarks: readonly Sentence[],
  ): void {
    const tooMany = count - MOST_FILES;
    const [only] = failed;
    forgetNotTaken();
    if (only && count === 1) {
      const [{ name }, why] = only;
      forgetNotTaken = workspace.notifyUntil('bad', `${name}: ${tell(why.message)}`, why.hint, ...waysOut(why));
    } else if (only || tooMany > 0) {
      const lines = failed.map(([{ name }, { message, hint }]) =>
        say('{0}: {1} {2}', name, said(message), hint === undefined ? '' : said(hint)),
      );
      if (tooMany > 0)
        lines.push(
          say('{0} further {0|file was|files were} not looked at: {1} are taken at once.', tooMany, MOST_FILES),
        );
      forgetNotTaken = workspace.notifyUntil(
        'bad',
        t('{0} of {1} {1|file|files} {0|was|were} not taken.', failed.length + Math.max(0, tooMany), count),
        lines,
      );
    }
    tellChanges(changes);
    if (remarks.length > 0) notify('info', t('Something to know of these files:'), remarks);
  }
  function tellChanges(changes: readonly Sentence[]): void {
    if (changes.length > 0) notify('info', t('Opened with {0} {0|change|changes}.', changes.length), changes);
  }

  async function openTemplate(id: string): Promise<GraphId | undefined> {
    const own = (await services.shelf.templates()).find((template) => template.id === id);
    if (own) return createGraph(own.graph);
    const come = whileSlow(workspace, t('The template is on its way.'));
    const response = await fetch(`templates/${encodeURIComponent(id)}.triptych.json`, {
      signal: AbortSignal.timeout(LONGEST_LOAD_MS),
    }).catch(() => undefined);
    come();
    if (response?.status === 404) {
      notify('bad', t('There is no template “{0}”.', id), t('Choose one from the gallery.'));
      return undefined;
    }
    if (response && !response.ok) {
      const what = t('The template “{0}” cannot be loaded: the server answered {1}.', id, response.status);
      notify('bad', what, t('Try again later. Your graphs are kept here and open without it.'));
      return undefined;
    }
    if (!response) {
      notify(
        'bad',
        t('The template “{0}” cannot be loaded. Are you offline?', id),
        t('Try again when there is a connection. Graphs that are kept here open without one.'),
      );
      return undefined;
    }
    const parsed = await reading.graph(await response.text());
    if (!parsed.ok) {
      notifyFailure(workspace, t('The template “{0}” cannot be read.', id), parsed.error);
      return undefined;
    }
    const opened = await keepOpened({ ...parsed.value, graph: withTexts(parsed.value.graph, tNumbered) });
    tellChanges(opened.changes);
    return opened.id;
  }

  async function readLink(code: string): Promise<Incoming | undefined> {
    const text = await textIn(code);
    const parsed = text.ok ? await reading.graph(text.value) : text;
    if (!parsed.ok) {
      notify('bad', parsed.error.message, parsed.error.hint);
      return undefined;
    }
    const { graph, report } = parsed.value;
    const open = () =>
      keepOpened(parsed.value).then(
        ({ id }) => id,
        (thrown: unknown) => void services.tell(thrown),
      );
    return { graph, report: [...report.missing, ...report.dropped, ...report.migrated], open };
  }

  return {
    takeFiles,
    openTemplate,
    readLink,

    async takeText(text, otherwise) {
      const goThere = samePlace();
      const link = /#\/s\/([\w-]+)\s*$/.exec(text.slice(-100_000));
      if (link) return goTo({ screen: 'shared', id: link[1]! });
      const json = /^\s*\{/.test(text) ? await takeJson(text) : undefined;
      if (json?.as === 'workflow') return showWorkflow(t('ComfyUI workflow'), json.graph);
      if (json?.as === 'graph') {
        tellChanges(json.changes);
        return goThere(json.id);
      }
      if (/^\s*https?:\/\/\S+\s*$/.test(text))
        return notify(
          'info',
          t('A web address cannot be opened: nothing is fetched from other places.'),
          t('Save the picture or file there, then drop it here.'),
        );
      if (otherwise) notify('info', otherwise.message, otherwise.hint);
      else
        notify(
          'info',
          t('This text is nothing that can be opened here.'),
          t('Graphs, ComfyUI workflows, pictures and .cube LUTs can be.'),
        );
    },

    async importFile(file) {
      const kind = kindOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()), file.name);
      const isStillHere = sameGraph();
      const taken = await imported(file, kind === 'lut' ? 'lut' : 'image');
      if (!isStillHere()) return undefined;
      if (taken.as === 'file') {
        if (taken.remark) notify('info', `${file.name}: ${tell(taken.remark)}`);
        return taken.setting;
      }
      if (taken.as === 'nothing')
        notify('bad', `${file.name}: ${tell(taken.why.message)}`, taken.why.hint, ...waysOut(taken.why));
      return undefined;
    },
  };
}

function carriedBy(bytes: Uint8Array): Result<string | undefined> {
  try {
    return ok(graphIn(bytes));
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) };
  }
}
const withRemark = (taken: Taken, remark: Sentence): Taken => (taken.as === 'file' ? { ...taken, remark } : taken);
