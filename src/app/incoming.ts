/**
 * What people bring: files of any kind and number, texts, links. Each is taken for what it is; one notice
 * says what was not.
 */
import { toFailure, type Failure } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import { said, say, type Sentence } from '../core/say.ts';
import type { Incoming, IncomingCommands, Spot } from '../ui/commands.ts';
import { goTo } from '../ui/navigation.ts';
import { t, tell } from '../words/t.ts';
import type { Intake } from './intake.ts';
import type { CarriersAs } from '../state/workspace.ts';
import { askWhatIsMeant } from './carriers.ts';
import { incomingFiles, type Taken } from './incoming-files.ts';
import { mediaNodes, type StoredFile } from './media-nodes.ts';
import { waysOut } from './notify-failure.ts';
import { tellChanges } from './opened-graphs.ts';
import { addPictureRows } from './picture-rows.ts';
import type { Services } from './services.ts';
import { textIn } from './share-link.ts';
import { whileSlow } from './while-slow.ts';

type Read = readonly [File, Taken];
type ForeignWorkflow = Pick<Extract<Taken, { as: 'workflow' }>, 'graph' | 'text'>;
/** What cannot be read is not taken, with why; the other files are. */
const readOrNot = async (file: File, read: () => Promise<Taken>): Promise<Read> => [
  file,
  await read().catch((thrown: unknown): Taken => ({ as: 'nothing', why: toFailure(thrown) })),
];

/** Files taken at once; a folder may hold more. */
const MOST_FILES = 500;
/** Characters at the end of a text in which a link is looked for; links are shorter. */
const LINK_WITHIN = 100_000;

export function createIncoming(
  services: Services,
  { reading, keepOpened, createGraph }: Intake,
): Omit<IncomingCommands, 'openTemplate'> {
  const { document, workspace } = services;
  const { notify } = workspace;
  const { take, takeJson, importedAs } = incomingFiles(services, reading, keepOpened);
  const nodes = mediaNodes(services);

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
    const come = whileSlow(workspace, t('What you gave is being read.'));
    const isForNode = files.length === 1 && spot?.onto !== undefined && nodes.takesMedia(spot.onto);
    const meant = isForNode ? 'node' : spot ? 'canvas' : 'anything';
    const read: Read[] = [];
    for (const file of files.slice(0, MOST_FILES)) read.push(await readOrNot(file, () => take(file, meant)));
    come();
    const taken = await askedFor(read, spot ? 'media' : 'graphs');
    const failed = taken.flatMap(([file, one]) => (one.as === 'nothing' ? [[file, one.why] as const] : []));
    const media = taken.flatMap(([file, one]) => (one.as === 'file' ? [{ file, ...one }] : []));
    const graphs = taken.flatMap(([, one]) => (one.as === 'graph' ? [one] : []));
    if (media.length > 0 && !spot)
      graphs.push({ as: 'graph', id: await createGraph(nodes.graphOf(media)), changes: [] });
    else if (spot && media.length > 0 && isStillHere() && nodes.place(media, spot))
      for (const one of media) void offerWorkflow(one);
    tellWhat(
      files.length,
      failed,
      graphs.flatMap(({ changes }) => changes),
      media.flatMap(({ file, remark }) => (remark ? [say('{0}: {1}', file.name, remark)] : [])),
    );
    const backup = taken.find(([, one]) => one.as === 'backup')?.[0];
    if (backup) showBackup(backup);
    const workflows = taken.flatMap(([file, one]) => (one.as === 'workflow' ? [{ name: file.name, ...one }] : []));
    const [first] = workflows;
    if (first && taken.length === 1) showWorkflow(first.name, first);
    else
      for (const { name, ...workflow } of workflows)
        notify('info', t('{0} is a ComfyUI workflow.', name), undefined, {
          label: t('Show it'),
          act: () => showWorkflow(name, workflow),
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

  /** Of those that carry a graph it is asked once what they are taken for; without an answer they are left alone. */
  async function askedFor(read: readonly Read[], usual: CarriersAs): Promise<readonly Read[]> {
    const carriers = read.flatMap(([, one]) => (one.as === 'carrier' ? [one.carrier] : []));
    if (carriers.length === 0) return read;
    const choice = await askWhatIsMeant(workspace, carriers, usual);
    const taken: Read[] = [];
    for (const [file, one] of read)
      if (one.as !== 'carrier') taken.push([file, one]);
      else if (choice) taken.push(await readOrNot(file, () => one.take(choice)));
    return taken;
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

  async function offerWorkflow({ file, workflow }: StoredFile): Promise<void> {
    if (workflow === undefined) return;
    const read = await reading.workflow(workflow);
    if (!read.ok) return;
    notify('info', t('{0} carries the ComfyUI workflow it was made with.', file.name), undefined, {
      label: t('Show it'),
      act: () => showWorkflow(file.name, { graph: read.value, text: workflow }),
    });
  }
  /** What it holds is said before anything is done. */
  function showBackup(backup: File): void {
    workspace.setState({ backup });
    goTo({ screen: 'settings', at: 'backup' });
  }
  function showWorkflow(name: string, { graph, text }: ForeignWorkflow): void {
    workspace.setState({ foreign: { name: name.replace(/\.(json|png|webp)$/i, ''), graph, text } });
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
    tellChanges(workspace, changes);
    if (remarks.length > 0) notify('info', t('Something to know of these files:'), remarks);
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
    readLink,

    async takeText(text, otherwise) {
      const goThere = samePlace();
      const link = /#\/s\/([\w-]+)\s*$/.exec(text.slice(-LINK_WITHIN));
      if (link) return goTo({ screen: 'shared', id: link[1]! });
      const json = /^\s*\{/.test(text) ? await takeJson(text) : undefined;
      if (json?.as === 'workflow') return showWorkflow(t('ComfyUI workflow'), json);
      if (json?.as === 'graph') {
        tellChanges(workspace, json.changes);
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

    addPictureRows: (files, place) => addPictureRows(services, importedAs, files, place),

    async importFile(file, accept) {
      const isStillHere = sameGraph();
      const taken = await importedAs(file, accept);
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
