/** Everything a person can do that takes time or crosses a border: plain async functions over stores and storage. */
import { addNode } from '../core/edits.ts';
import { withoutNotes } from '../core/marks.ts';
import { filesIn } from '../core/files.ts';
import { emptyGraph, type Graph, type Point } from '../core/graph.ts';
import type { ArtifactHash, GraphId, NodeId } from '../core/ids.ts';
import type { RunMode } from '../core/take.ts';
import type { Registry } from '../core/node.ts';
import type { FileSetting } from '../core/params.ts';
import type { FileValue } from '../core/values.ts';
import { writeGraphFile, type EmbeddedMedia, type SeenResults } from '../file/format.ts';
import { graphIn, withGraph, xmpFor } from '../file/inside.ts';
import type { Opened } from '../file/parse.ts';
import { BUILT_IN } from '../routing/catalog.ts';
import { tableFor, type DeskStore } from '../state/desk.ts';
import type { DocumentStore } from '../state/document.ts';
import type { QueueStore } from '../state/queue.ts';
import { IDLE, type NodeRun, type RunsStore } from '../state/runs.ts';
import type { WorkspaceStore } from '../state/workspace.ts';
import type { ArtifactStore } from '../storage/artifacts.ts';
import type { GraphStore } from '../storage/graphs.ts';
import type { RunStore } from '../storage/runs.ts';
import { goTo } from '../ui/navigation.ts';
import type { ArchiveEntry, Commands, DeskCommands, ExportOptions, Incoming, ShelfCommands } from '../ui/commands.ts';
import type { Thread } from '../worker/bridge.ts';
import type { RunRequest, RunThread } from '../worker/protocol.ts';
import type { ShelfStore } from '../storage/shelf.ts';
import type { TakeStore } from '../storage/takes.ts';
import type { GraphLock } from './lock.ts';
import { createClipboard } from './clipboard.ts';
import { nextDrawn, openingGuard } from './opening-guard.ts';
import { createReading } from './reading.ts';
import { saveBlob } from './save-blob.ts';
import { linkFor, textIn } from './share-link.ts';
import { createRunner } from './runner.ts';
import { createTakeCommands } from './takes.ts';
import { t, tNumbered, tell } from '../ui/words/t.ts';
import { toFailure } from '../core/errors.ts';
import { withTexts } from '../core/readable.ts';

export interface Services {
  readonly registry: Registry;
  readonly document: DocumentStore;
  readonly runs: RunsStore;
  readonly queue: QueueStore;
  readonly workspace: WorkspaceStore;
  readonly graphs: GraphStore;
  readonly history: RunStore;
  readonly artifacts: ArtifactStore;
  readonly takes: TakeStore;
  readonly desk: DeskStore;
  readonly shelf: ShelfStore;
  readonly lock: GraphLock;
  thread(): Thread<RunThread>;
  /** What the thread is asked to plan or run. Each one made must be sent: it holds what changed since the last. */
  request(graphId: GraphId, graph: Graph, targets?: readonly NodeId[], mode?: RunMode): RunRequest;
  /** Writes what is not saved yet. */
  save(): Promise<void>;
}

export function createCommands(services: Services): Omit<Commands, keyof DeskCommands | keyof ShelfCommands> {
  const { registry, document, runs, queue, workspace, graphs, history, artifacts, takes, desk, lock } = services;
  const { notify } = workspace;

  const runner = createRunner(services);
  const reading = createReading(workspace);
  const guard = openingGuard();

  async function keptResults(id: GraphId): Promise<Record<NodeId, NodeRun>> {
    const nodes: Record<NodeId, NodeRun> = {};
    for (const [node, state] of await history.nodeStates(id)) nodes[node] = { ...IDLE, outputs: state.outputs };
    return nodes;
  }

  async function openGraph(id: GraphId): Promise<boolean> {
    await services.save();
    if (!guard.begins(id)) {
      keepClosed(id);
      return true;
    }
    const opened = await graphs.open(id);
    if (!opened) {
      guard.ended(id);
      return false;
    }
    const [held, results, made] = [await lock.take(id), await keptResults(id), await takes.ofGraph(id)];
    // Together, with nothing awaited between: loading starts a plan, and a later reset would forget it.
    runs.reset(results);
    const going = queue.getState().running;
    if (going?.graphId === id && !going.row) runs.begin(going.startedAt, -1);
    desk.setState({ takes: made, lastJudged: undefined });
    document.load(id, opened.graph, opened.history, !held);
    void nextDrawn().then((drawn) => drawn && guard.ended(id));
    workspace.select([]);
    workspace.setState({ viewing: undefined, adding: undefined, capped: undefined });
    const [last] = await history.list(id, 1);
    if (held && last && !last.summary && !going) {
      if (last.row) notify('info', t('The last batch of this graph was interrupted.'), t('What it had finished is kept.'), { label: t('Go on'), act: () => goTo({ screen: 'batch', id }) });
      else notify('info', t('The last run of this graph was interrupted.'), t('What it had finished is kept.'), { label: t('Resume'), act: () => void runner.startRun() });
    }
    if (!held) notify('info', t('This graph is open in another tab, so here it can only be viewed.'), t('Close the other tab, then reload this one to edit.'));
    return true;
  }

  /** A graph whose opening broke the page is offered as a file instead. */
  function keepClosed(id: GraphId): void {
    const save = async () => {
      const stored = await graphs.open(id);
      if (stored) saveBlob(new Blob([writeGraphFile(stored.graph)], { type: 'application/json' }), 'graph.triptych.json');
    };
    notify('bad', t('This graph ended the page twice while it was opened, so it was not opened again.'), t('Save it as a file to be safe. Opening it once more from the gallery tries again.'), { label: t('Save as a file'), act: () => void save() });
    goTo({ screen: 'gallery' }, true);
  }

  async function createGraph(graph: Graph = emptyGraph()): Promise<GraphId> {
    void navigator.storage?.persist?.();
    return graphs.create(graph);
  }

  async function keepMedia(media: Readonly<Record<string, EmbeddedMedia>>): Promise<void> {
    for (const [hash, item] of Object.entries(media)) {
      const bytes = Uint8Array.from(atob(item.data), (character) => character.charCodeAt(0));
      // Stored under what it is, never under what the file says it is: a file cannot replace a picture that is here already.
      const imported = await services.thread().call.importFile(new File([bytes], item.name, { type: item.mime }));
      if (!imported.ok || imported.value.hash !== hash) throw new Error(`${item.name} is not what the file says it is.`);
    }
  }

  /** Shows a ComfyUI workflow, if the text is one. */
  async function showForeign(text: string, name: string): Promise<boolean> {
    const read = await reading.workflow(text);
    if (!read.ok) return false;
    workspace.setState({ foreign: { name: name.replace(/\.json$/i, ''), graph: read.value } });
    goTo({ screen: 'comfyui' });
    return true;
  }

  /** Stores a graph from a file's text; tells what was changed or left out. */
  async function importText(text: string, name = 'ComfyUI workflow', translate = (graph: Graph) => graph): Promise<GraphId | undefined> {
    const parsed = await reading.graph(text);
    if (!parsed.ok) {
      if (parsed.error.code !== 'cancelled' && !(await showForeign(text, name))) notify('bad', parsed.error.message, parsed.error.hint);
      return undefined;
    }
    const lines = linesOf(parsed.value.report);
    if (lines.length) notify('info', t('Opened with {0} {1}.', lines.length, lines.length === 1 ? t('change') : t('changes')), lines);
    return keepOpened({ ...parsed.value, graph: translate(parsed.value.graph) });
  }
  const linesOf = (report: Opened['report']) => [...report.missing, ...report.dropped, ...report.migrated];

  /** Stores what was read from a file or a link. */
  async function keepOpened({ graph, media, results }: Opened): Promise<GraphId> {
    const kept = await keepMedia(media).then(() => true, () => false);
    if (!kept) notify('bad', t('Pictures inside this file are damaged and were left out.'), t('Import them again from their originals.'));
    const id = await createGraph(graph);
    if (kept) await history.keepNodeStates((Object.entries(results) as [NodeId, SeenResults[NodeId]][]).map(([node, picture]) => ({ graphId: id, node, outputs: { image: { kind: 'image', ...picture } } })));
    return id;
  }

  async function openTemplate(id: string): Promise<GraphId | undefined> {
    const own = (await services.shelf.templates()).find((template) => template.id === id);
    if (own) return createGraph(own.graph);
    const response = await fetch(`templates/${encodeURIComponent(id)}.triptych.json`).catch(() => undefined);
    if (!response?.ok) {
      notify('bad', t('There is no template “{0}”.', id), t('Choose one from the gallery.'));
      return undefined;
    }
    return importText(await response.text(), undefined, (graph) => withTexts(graph, tNumbered));
  }

  /** Models and seeds behind what the graph shows now. */
  function provenance(): string {
    const { graph } = document.getState();
    const shown = new Set(Object.values(runs.getState().nodes).flatMap((node) => Object.values(node.outputs ?? {})).flatMap((value) => (value && 'hash' in value ? [value.hash] : [])));
    const made = desk.getState().takes.filter((take) => take.artifact && shown.has(take.artifact.hash));
    const table = tableFor(graph, desk.getState().tables);
    return xmpFor({ title: graph.title, table: `${table.id} ${table.version}`, models: [...new Set(made.map((take) => take.answered.model))], seeds: [...new Set(made.map((take) => take.seed))], trained: made.some((take) => take.answered.provider !== BUILT_IN.provider) });
  }

  /** With the graph and its provenance inside, unless it is for a client. */
  async function download(file: FileValue, bare = false): Promise<void> {
    const blob = await artifacts.get(file.hash);
    if (!blob) return notify('bad', t('This file is no longer stored.'), t('Run the graph again.'));
    if (bare) return saveBlob(blob, file.name);
    const bytes = withGraph(new Uint8Array(await blob.arrayBuffer()), { graph: writeGraphFile(document.getState().graph), xmp: provenance() });
    saveBlob(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: blob.type }), file.name);
  }

  async function downloadTogether(files: readonly ArchiveEntry[], name: string): Promise<void> {
    const entries = await Promise.all(files.map(async (file) => {
      const blob = 'text' in file ? new Blob([file.text]) : await artifacts.get(file.hash);
      return [file.name, blob && new Uint8Array(await blob.arrayBuffer())] as const;
    }));
    const found = entries.filter((entry): entry is [string, Uint8Array<ArrayBuffer>] => entry[1] !== undefined);
    if (found.length < entries.length) notify('bad', t('{0} files are no longer stored and were left out.', entries.length - found.length), t('Run the graph again.'));
    const { zipSync } = await import('fflate');
    // Pictures and clips are compressed already.
    saveBlob(new Blob([zipSync(Object.fromEntries(found), { level: 0 })], { type: 'application/zip' }), name);
  }

  async function exportGraph({ notes, results }: ExportOptions = { notes: true, results: false }): Promise<void> {
    const { graph: whole } = document.getState();
    const graph = notes ? whole : withoutNotes(whole);
    const media: Record<string, EmbeddedMedia> = {};
    const embed = async (hash: ArtifactHash, name: string): Promise<boolean> => {
      const blob = await artifacts.get(hash);
      if (blob) media[hash] = { mime: blob.type, name, data: await base64(blob) };
      return blob !== undefined;
    };
    for (const { hash, name } of filesIn(graph)) await embed(hash, name);
    const seen: Record<NodeId, SeenResults[NodeId]> = {};
    if (results) {
      for (const [id, { outputs }] of Object.entries(runs.getState().nodes) as [NodeId, NodeRun][]) {
        const picture = Object.values(outputs ?? {}).find((value) => value?.kind === 'image');
        if (picture?.kind === 'image' && (await embed(picture.hash, 'result.png'))) seen[id] = { hash: picture.hash, width: picture.width, height: picture.height };
      }
    }
    saveBlob(new Blob([writeGraphFile(graph, media, seen)], { type: 'application/json' }), `${graph.title.replace(/[^\p{L}\p{N} -]+/gu, '').trim() || 'graph'}.triptych.json`);
  }

  async function importFile(file: File): Promise<FileSetting | undefined> {
    const result = await services.thread().call.importFile(file);
    if (result.ok) return result.value;
    notify('bad', `${file.name}: ${tell(result.error.message)}`, result.error.hint);
    return undefined;
  }

  /** The graph in a picture or clip that Triptych delivered; a damaged one is said, and the picture is used as a picture. */
  async function graphCarriedBy(file: File): Promise<string | undefined> {
    if (!/\.(png|webp|mp4)$/i.test(file.name)) return undefined;
    try {
      return graphIn(new Uint8Array(await file.arrayBuffer()));
    } catch (thrown) {
      notify('bad', `${file.name}: ${tell(toFailure(thrown).message)}`, t('The picture itself can still be used.'));
      return undefined;
    }
  }

  async function shareLink(): Promise<void> {
    const link = await linkFor(writeGraphFile(document.getState().graph));
    if (!link.ok) return notify('bad', link.error.message, link.error.hint);
    await navigator.clipboard.writeText(link.value);
    notify('info', t('A link with this graph in it is on the clipboard.'), t('Imported pictures do not fit into a link; they travel in an exported file.'));
  }

  async function readLink(code: string): Promise<Incoming | undefined> {
    const text = await textIn(code);
    const parsed = text.ok ? await reading.graph(text.value) : text;
    if (parsed.ok) return { graph: parsed.value.graph, report: linesOf(parsed.value.report), open: () => keepOpened(parsed.value) };
    notify('bad', parsed.error.message, parsed.error.hint);
    return undefined;
  }

  return {
    shareLink, readLink,
    ...createTakeCommands(services, runner.startRun),
    ...runner,
    ...createClipboard(services, reading),
    openGraph, createGraph, openTemplate, importText, download, downloadTogether, exportGraph, importFile,

    freeze: (outputs) => services.thread().call.freeze(outputs),
    replay: (id) => services.thread().call.replay(id),

    /** Files dropped or pasted on the canvas: graphs open, pictures become Reference nodes. */
    async takeFiles(files: readonly File[], at: Point): Promise<GraphId | undefined> {
      for (const [index, file] of files.entries()) {
        if (/\.json$/i.test(file.name)) return importText(await file.text(), file.name);
        const carried = await graphCarriedBy(file);
        if (carried) return importText(carried);
        const setting = await importFile(file);
        const reference = registry.get('reference');
        if (!setting || !reference) continue;
        const id = document.edit('Add reference', (draft) => addNode(draft, reference, { x: at.x + index * 40, y: at.y + index * 40 }, { file: setting }));
        if (id) workspace.select([id]);
      }
      return undefined;
    },

    listGraphs: () => graphs.list(),
    discardGraph: graphs.discard,
    restoreGraph: graphs.restore,
    discardedGraphs: graphs.discarded,
    nameVersion: graphs.nameVersion,
    listRuns: (id: GraphId) => history.list(id),
    runEvents: history.events,
    versions: graphs.versions,
    /** Puts another graph in place of the open one, as one undo step. */
    replaceGraph(graph: Graph, label: string): void {
      document.edit(label, (_, whole) => {
        delete whole.routing;
        Object.assign(whole, graph);
      });
    },
    async saveNamed(name: string): Promise<void> {
      const { id, graph, history: steps } = document.getState();
      if (id) await graphs.save(id, graph, steps, name);
      notify('info', t('Saved as “{0}”.', name));
    },
    async clearResults(): Promise<void> {
      await services.thread().call.clearResults();
      runs.reset();
      notify('info', t('Cached results were forgotten.'), t('The next run makes everything again.'));
    },
  };
}

async function base64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
