/** Takes runs from the queue, one after another, and tells stores what happens. */
import { batchOf } from '../graph/batch.ts';
import { nameOfRow } from '../graph/batch-rows.ts';
import { setParamAt } from '../graph/component.ts';
import { expanded, flatTargets } from '../graph/flat-graph.ts';
import { endsOf } from '../graph/ends.ts';
import { fail, toFailure, type Result } from '../core/errors.ts';
import type { Graph } from '../graph/graph.ts';
import { newId, type GraphId, type NodeId, type RowId } from '../core/ids.ts';
import { compile } from '../engine/compile.ts';
import type { RunMode } from '../core/take.ts';
import { newestPicture } from '../state/runs.ts';
import type { QueuedRun } from '../state/queue.ts';
import type { QueueCommands, RowsOf } from '../ui/commands.ts';
import { handOver } from '../worker/bridge.ts';
import type { Ran, RunEvents } from '../session/session.ts';
import type { FollowSent } from './followed.ts';
import type { Services } from './services.ts';
import { notifyFailure } from './notify-failure.ts';
import type { Seeds } from './seeds.ts';
import { whileSlow } from './while-slow.ts';
import { t } from '../words/t.ts';

/** How long the last events of a run that has ended may be on their way, in milliseconds. */
const LAST_BATCH_MS = 1000;

/** Seeds that move do so before a run, but for one that only makes another take of what is there. */
export type StartRun = (targets?: readonly NodeId[], seeds?: 'moving' | 'as they are') => Promise<void>;

/** `tidy`: frees space after a run. */
export function createRunner(
  services: Services,
  seeds: Seeds,
  tidy: (isFull: boolean) => Promise<void>,
): QueueCommands & { readonly startRun: StartRun; readonly followSent: FollowSent } {
  const { registry, document, runs, workspace, graphs, desk, queue } = services;
  const { notify } = workspace;
  /** Who waits for the end of which run. */
  const waitingFor = new Map<string, () => void>();
  /** A run that was cancelled: it may not have begun yet. */
  let calledOff: string | undefined;

  /** Nodes of the flat graph a run of these targets would touch. */
  const cone = (flat: Graph, targets?: readonly NodeId[]) =>
    compile(flat, registry, targets && flatTargets(flat, targets)).steps.map((step) => step.id);

  function mayRun(): GraphId | undefined {
    const { id, readOnly } = document.getState();
    if (!id || !readOnly) return id;
    notify('info', t('This graph is being edited in another tab.'), t('Run it there.'));
    return undefined;
  }

  async function startRun(targets?: readonly NodeId[], moving: 'moving' | 'as they are' = 'moving'): Promise<void> {
    const graphId = mayRun();
    if (!graphId) return undefined;
    const flat = expanded(document.getState().graph);
    const fresh = moving === 'moving' ? seeds.next(flat, cone(flat, targets), runs.getState().plan) : [];
    if (fresh.length)
      document.edit(
        'New seed',
        (_, whole) => fresh.forEach(({ node, param, value }) => setParamAt(whole, node, param, value)),
        { mergeKey: 'fresh-seeds' },
      );
    const { graph, revision } = document.getState();
    const asked: QueuedRun = {
      id: newId('q'),
      graphId,
      graph,
      revision,
      mode: workspace.getState().mode,
      ...(targets ? { targets } : {}),
    };
    const over = new Promise<void>((resolve) => waitingFor.set(asked.id, resolve));
    queue.add([asked]);
    // What a person asks for while nothing goes on begins at once, even while the queue is held.
    if (queue.getState().running)
      notify('info', t('Added to the queue: {0} before it.', queue.getState().waiting.length));
    else void execute(asked.id);
    return over;
  }

  async function followSent(nodes: readonly NodeId[], mode: RunMode): Promise<void> {
    const { id: graphId, graph, revision } = document.getState();
    if (!graphId) return;
    const run: QueuedRun = { id: newId('q'), graphId, graph, revision, mode, targets: nodes, followsOnly: true };
    queue.add([run]);
    await execute(run.id);
  }

  function ownRows(): RowsOf {
    const { graph } = document.getState();
    return { graph, targets: endsOf(graph, registry) };
  }

  function runRows(rows: readonly RowId[], of?: RowsOf): void {
    const graphId = mayRun();
    if (!graphId) return;
    const { revision } = document.getState();
    const { graph, targets } = of ?? ownRows();
    const batch = newId<string>('b');
    queue.add(
      rows.map((id) => ({
        id: newId<string>('q'),
        graphId,
        graph,
        revision,
        mode: workspace.getState().mode,
        targets,
        row: { id, name: nameOfRow(batchOf(graph), id), batch },
      })),
    );
    next();
  }

  function next(): void {
    const { running, waiting, paused } = queue.getState();
    if (!running && !paused && waiting[0]) void execute(waiting[0].id);
  }

  async function execute(id: string): Promise<void> {
    const run = queue.begin(id, Date.now());
    if (!run) return;
    const { graphId, graph, revision, mode, targets, row, followsOnly } = run;
    /** What the canvas shows is a run of the graph itself, while it is the open one. */
    const isShown = () => !row && document.getState().id === graphId;
    if (isShown()) runs.begin(Date.now(), revision, targets);
    const total = cone(expanded(graph), targets).length;
    let settled = 0;
    const channel = new MessageChannel();
    let hearEnd = () => {};
    const heardEnd = new Promise<void>((resolve) => (hearEnd = resolve));
    channel.port1.onmessage = ({ data: { events, runId } }: MessageEvent<RunEvents>) => {
      if (isShown()) runs.push(events, runId);
      if (document.getState().id === graphId)
        desk.noteTakes(events.flatMap((event) => (event.type === 'taken' ? [event.take] : [])));
      settled += events.filter(({ type }) => type === 'finished' || type === 'failed' || type === 'skipped').length;
      if (queue.getState().running?.id === id) queue.progress(Math.min(1, settled / Math.max(1, total)));
      if (events.some(({ type }) => type === 'ended')) hearEnd();
    };
    // The local server may be back since it was last asked, what has no price yet would be passed over where there is a
    // ceiling or a budget, and others may have spent of that.
    const isAnswered = whileSlow(workspace, t('The local server of Triptych is asked which services there are.'));
    await services.askBeforeRun(graph).finally(isAnswered);
    const ask = () => ({
      ...services.request(graphId, graph, targets, mode),
      ...(row ? { row: row.id, batch: row.batch } : {}),
      ...(followsOnly ? { followsOnly } : {}),
    });
    const result: Result<Ran> =
      calledOff === id
        ? fail('cancelled', 'Cancelled.')
        : await services
            .thread()
            .call.start(ask(), handOver(channel.port2))
            .catch((thrown: unknown) => ({ ok: false as const, error: toFailure(thrown) }));
    // Its last batch may still be on the way. What broke off has said all it had to say.
    if (result.ok) await Promise.race([heardEnd, new Promise((resolve) => setTimeout(resolve, LAST_BATCH_MS))]);
    channel.port1.close();
    queue.end(result);
    if (isShown()) runs.end(result.ok ? undefined : result.error);
    // A batch that was cancelled is over; so is one whose money is spent, or that cannot begin now: every further row
    // would say so again.
    const cannotBegin = !result.ok && (result.error.code !== 'worker-died' || services.thread().isDead);
    const isOver = result.ok
      ? result.value.outcome === 'cancelled' || result.value.failure?.code === 'over-budget'
      : cannotBegin;
    if (row && isOver) dropBatch(row.batch);
    waitingFor.get(id)?.();
    waitingFor.delete(id);
    next();
    if (!row) await keepThumbnail(graphId);
    const isFull = tellFullDisk(result);
    if (!queue.getState().running) await tidy(isFull);
  }

  function dropBatch(batch: string): void {
    const left = queue.remove((waiting) => waiting.row?.batch === batch);
    if (left[0]?.graph.batch?.holdsSeeds)
      notify('info', t('{0} {0|picture|pictures} of the sweep {0|was|were} not made.', left.length));
    else if (left.length)
      notify(
        'info',
        t('{0} {0|row|rows} of the batch {0|was|were} not run.', left.length),
        t('Their results so far are kept; run the rows again to go on.'),
      );
  }

  async function keepThumbnail(id: GraphId): Promise<void> {
    const newest = document.getState().id === id ? newestPicture(runs.getState()) : undefined;
    if (newest) await graphs.setThumbnail(id, newest).catch(() => {});
  }

  /** What a full disk cost this run is said, with a way to free space. */
  function tellFullDisk(result: Result<Ran>): boolean {
    const failure = result.ok ? result.value.failure : result.error;
    const unkept = result.ok ? result.value.unkept : undefined;
    if (failure?.code === 'storage-full' || failure?.code === 'storage-refused')
      notifyFailure(workspace, t('The run could not store what it made.'), failure);
    else if (unkept)
      notifyFailure(
        workspace,
        t('Not all that this run made could be stored: what is missing has to be made again after a reload.'),
        unkept,
      );
    return failure?.code === 'storage-full' || unkept?.code === 'storage-full';
  }

  return {
    startRun,
    followSent,
    runRows,
    cancelRun(): void {
      calledOff = queue.getState().running?.id;
      // With the thread the run is gone too, and has said so.
      services
        .thread()
        .call.cancel()
        .catch(() => {});
    },
    planRows: (of = ownRows()) => {
      const { id } = document.getState();
      return id ? services.thread().call.planRows(services.request(id, of.graph, of.targets)) : Promise.resolve([]);
    },
    moveInQueue: queue.move,
    dropFromQueue(ids): void {
      for (const { id } of queue.remove((run) => ids.includes(run.id))) {
        waitingFor.get(id)?.();
        waitingFor.delete(id);
      }
    },
    holdQueue(held): void {
      queue.pause(held);
      next();
    },
  };
}
