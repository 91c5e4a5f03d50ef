/** Opening graphs: one at a time, the last wish wins, and what is open is saved before it is left. */
import { toFailure } from '../core/errors.ts';
import { emptyGraph, type Graph } from '../graph/graph.ts';
import { followOn } from '../graph/history.ts';
import type { GraphId, NodeId } from '../core/ids.ts';
import { loadPart } from '../load-part.ts';
import { replayed } from '../state/replayed-edits.ts';
import { IDLE, type NodeRun } from '../state/runs.ts';
import type { OpenedGraph } from '../storage/graph-store.ts';
import type { Commands, Opening } from '../ui/commands.ts';
import { goTo } from '../ui/navigation.ts';
import { t, tell } from '../words/t.ts';
import { dropAside, readAside } from './aside.ts';
import { nextDrawn, openingGuard } from './opening-guard.ts';
import type { EditingServices } from './services.ts';
import type { Hold } from './lock.ts';
import { tellViewOnly } from './view-only.ts';

/** A tab that looks on reads the graph again at most this often. */
const FOLLOW_MS = 150;

interface Offers {
  exportGraph(): Promise<void>;
  /** Goes on with a run that was interrupted. */
  resume(): Promise<void>;
}
export interface Following {
  /** Another tab has changed this graph; where it is open to look at, it is shown anew. */
  follow(id: GraphId): Promise<void>;
}

type OpeningCommands = Pick<Commands, 'openGraph' | 'createGraph' | 'discardGraph'> & Following;

export function createOpening(services: EditingServices, offers: Offers): OpeningCommands {
  const { document, runs, queue, workspace, graphs, history, takes, desk, lock, save, upgrade } = services;
  const { notify } = workspace;
  const guard = openingGuard();
  /** Counts wishes; an opening that is not for the newest one ends. */
  let wishes = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let hold: Hold | undefined;
  /** The graph that may be opened although what is open could not be saved: a person said so. */
  let leaveFor: GraphId | undefined;

  function openGraph(id: GraphId): Promise<Opening> {
    const wish = ++wishes;
    const isWanted = () => wish === wishes;
    const opening = turn.then(async (): Promise<Opening> => {
      if (!isWanted()) return 'superseded';
      if (document.getState().id === id) return 'opened';
      try {
        return await open(id, isWanted);
      } catch (thrown) {
        const failure = toFailure(thrown);
        notify('bad', t('This graph could not be opened: {0}', tell(failure.message)), failure.hint);
        return 'failed';
      }
    });
    turn = opening;
    return opening;
  }

  async function open(id: GraphId, isWanted: () => boolean): Promise<Opening> {
    const mayDrop = leaveFor === id;
    leaveFor = undefined;
    if (!(await save({ version: true })) && !mayDrop) return stay(id, isWanted);
    if (!guard.begins(id)) return keepClosed(id);
    // Whatever ends this opening but the end of the page ends the guard's watch too.
    let drawn = Promise.resolve(true);
    const taken = await lock.take(id, isWanted);
    try {
      if (!isWanted()) return 'superseded';
      const opened = await graphs.open(id);
      // Where nothing is kept, what an earlier visit made is out of reach, not gone.
      if (!opened) return services.lasts ? 'missing' : 'failed';
      const graph = await broughtUp(id, opened, taken.mayEdit);
      const [results, made, [last]] = [await keptResults(id), await takes.ofGraph(id), await history.list(id, 1)];
      // What was done to the graph that is left while this one was read.
      while (document.getState().unsaved.length > 0 && !mayDrop) if (!(await save())) return stay(id, isWanted);
      if (!isWanted()) return 'superseded';
      // Together, with nothing awaited between: loading starts a plan, and a later reset would forget it.
      runs.reset(results);
      const going = queue.getState().running;
      if (going?.graphId === id && !going.row) runs.begin(going.startedAt, -1, going.targets);
      desk.setState({ takes: made, lastJudged: undefined });
      document.load(id, graph.graph, graph.history, !taken.mayEdit, graph.log);
      drawn = nextDrawn();
      workspace.select([]);
      workspace.setState({ viewing: undefined, adding: undefined });
      hold?.release();
      hold = taken;
      if (taken.mayEdit && last && !last.summary && !going) offerToResume(id, last.row !== undefined);
      if (!taken.mayEdit) tellViewOnly(workspace);
      return 'opened';
    } finally {
      if (hold !== taken) taken.release();
      void drawn.then((isDrawn) => isDrawn && guard.ended(id));
    }
  }

  /** A graph whose opening ended the page twice is offered as a file instead. */
  function keepClosed(id: GraphId): Opening {
    const save = async () => {
      const stored = await graphs.open(id);
      if (!stored) return;
      const { graph } = replayed(stored, upgrade);
      const { saveGraphFile } = await loadPart(() => import('./graph-file.ts'));
      saveGraphFile(graph);
    };
    const hint = t('Save it as a file to be safe. Opening it once more from the gallery tries again.');
    notify('bad', t('This graph ended the page twice while it was opened, so it was not opened again.'), hint, {
      label: t('Save as a file'),
      act: () => void save(),
    });
    goTo({ screen: 'gallery' }, true);
    return 'stayed';
  }

  /** What is open stays, because storage does not take it: a person decides, and until then nothing is dropped. */
  function stay(id: GraphId, isWanted: () => boolean): Opening {
    if (!isWanted()) return 'superseded';
    const leave = () => {
      leaveFor = id;
      goTo({ screen: 'graph', id });
    };
    const what = t('“{0}” has changes that could not be saved, so it stays open.', document.getState().graph.title);
    const ways = [
      { label: t('Export'), act: () => void offers.exportGraph() },
      { label: t('Leave without saving'), act: leave },
    ];
    notify('bad', what, t('Free some disk space, or export it before you leave.'), ...ways);
    return 'stayed';
  }

  /** A stored graph with its edits applied, and with those that a page had to leave behind when it went away. */
  async function broughtUp(id: GraphId, { edits, position, isOlder, ...version }: OpenedGraph, mayEdit: boolean) {
    const unsaved = mayEdit && !isOlder ? followOn(readAside(id), position) : [];
    if (mayEdit && unsaved.length === 0) dropAside(id);
    const stored = edits?.filter((edit) => edit.id !== unsaved[0]?.id) ?? [];
    const {
      graph,
      history: steps,
      unread,
      isUpgraded,
    } = replayed({ ...version, edits: [...stored, ...unsaved] }, upgrade);
    if (unread.length > 0) {
      const what = t(
        '{0} of the last changes to “{1}” could not be read and {0|is|are} left out.',
        unread.length,
        graph.title,
      );
      notify('bad', what, t('Everything before them is there.'));
    }
    if (isOlder) {
      const what = t('The newest version of “{0}” could not be read, so this is the one before it.', graph.title);
      notify('bad', what, t('The page of versions has the others.'));
    }
    // What comes next must not be made on top of something that cannot be read.
    const isMended = unread.length > 0 || isOlder || isUpgraded;
    if (isMended && mayEdit) await graphs.keepVersion(id, { graph, history: steps, position, anew: true });
    return { graph, history: steps, log: { position, unsaved: isMended ? [] : unsaved } };
  }

  function offerToResume(id: GraphId, isBatch: boolean): void {
    const kept = t('What it had finished is kept.');
    const { sweep, batch } = document.getState().graph;
    const isSweep = sweep !== undefined && !batch?.rows.length;
    const goOn = { label: t('Go on'), act: () => goTo({ screen: isSweep ? 'compare' : 'batch', id }) };
    const resume = { label: t('Resume'), act: () => void offers.resume() };
    const [what, offer] = isBatch
      ? [t('The last batch of this graph was interrupted.'), goOn]
      : [t('The last run of this graph was interrupted.'), resume];
    const withdraw = workspace.notifyUntil('info', what, kept, offer);
    // A run that is started goes on from what is kept; one that only waits for what was sent leaves the rest to do.
    const stops = [
      queue.subscribe(({ running }) => running && !running.followsOnly && end()),
      document.subscribe((state) => state.id !== id && end()),
    ];
    function end(): void {
      withdraw();
      for (const stop of stops) stop();
    }
  }

  async function keptResults(id: GraphId): Promise<Record<NodeId, NodeRun>> {
    const nodes: Record<NodeId, NodeRun> = {};
    for (const [node, state] of await history.nodeStates(id)) nodes[node] = { ...IDLE, outputs: state.outputs };
    return nodes;
  }

  let following: Promise<void> | undefined;
  async function follow(id: GraphId): Promise<void> {
    const isShown = () => document.getState().id === id && document.getState().readOnly;
    // News that comes while the graph is read is covered by the reading that follows.
    if (!isShown() || following) return following;
    following = new Promise((resolve) => setTimeout(resolve, FOLLOW_MS)).then(() => (following = undefined));
    await following;
    const opened = await graphs.open(id);
    if (!opened || !isShown()) return undefined;
    document.load(id, replayed(opened, upgrade).graph, undefined, true);
    return undefined;
  }

  /** A graph that is in no list must not be written to from here. */
  function leaveForGood(): void {
    wishes++;
    document.load(undefined, emptyGraph(), undefined);
    hold?.release();
    hold = undefined;
  }

  return {
    openGraph,
    follow,
    async createGraph(graph: Graph = emptyGraph()) {
      // A wish; where it cannot even be asked for, the graph is made all the same.
      void navigator.storage?.persist?.().catch(() => false);
      return graphs.create(graph);
    },
    async discardGraph(id) {
      const isOpen = document.getState().id === id;
      if (isOpen) await save();
      await graphs.discard(id);
      if (isOpen && document.getState().id === id) leaveForGood();
      return true;
    },
  };
}
