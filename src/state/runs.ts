/** What runs do to nodes, at frame speed and apart from the document. */
import { createStore } from 'zustand/vanilla';
import type { Failure } from '../core/errors.ts';
import type { ArtifactHash, NodeId, RunId } from '../core/ids.ts';
import type { Said } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import type { RunEvent, RunSummary } from '../engine/events.ts';
import type { NodePlan, Plan } from '../engine/plan.ts';
import type { TakePlan } from '../routing/take-plan.ts';

export type Status = 'idle' | 'queued' | 'running' | 'done' | 'cached' | 'failed' | 'skipped' | 'waiting' | 'muted';
export interface NodeRun {
  readonly status: Status;
  /** 0…1 while running. */
  readonly fraction: number;
  readonly note?: Said;
  readonly outputs?: Outputs;
  readonly ms: number;
  readonly startedAt?: number;
  readonly failure?: Failure;
  readonly because?: string;
  /** Of a gate that waits: the nodes whose takes it asks about. */
  readonly waitsFor?: readonly NodeId[];
}
export interface RunsState {
  readonly nodes: Readonly<Record<NodeId, NodeRun>>;
  readonly plan: Plan<TakePlan> | undefined;
  /** What a run begun now would do: the same, unless seeds move before it. */
  readonly ahead: Plan<TakePlan> | undefined;
  /** Why there is no plan, where it could not be made. */
  readonly unplanned: Failure | undefined;
  readonly running: boolean;
  readonly runId: RunId | undefined;
  readonly startedAt: number;
  /** The document's revision that runs or ran; after a change the summary is no longer the news. */
  readonly revision: number;
  /** What the run that runs or ran was asked for; everything, where nothing is said. */
  readonly targets: readonly NodeId[] | undefined;
  /** A run that waits for verdicts, and what it was asked for; one from before a reload is not known any more. */
  readonly waiting: { readonly targets: readonly NodeId[] | undefined } | undefined;
  readonly summary: (RunSummary & { readonly ms: number }) | undefined;
  /** A run that could not even start. */
  readonly failure: Failure | undefined;
}
export type RunsStore = ReturnType<typeof createRuns>;

export const IDLE: NodeRun = { status: 'idle', fraction: 0, ms: 0 };
const START: RunsState = {
  nodes: {},
  plan: undefined,
  ahead: undefined,
  unplanned: undefined,
  running: false,
  runId: undefined,
  startedAt: 0,
  revision: -1,
  targets: undefined,
  waiting: undefined,
  summary: undefined,
  failure: undefined,
};

/** The next state of one node. Pure. */
export function reduceNode(before: NodeRun, event: Exclude<RunEvent, { type: 'ended' }>, at: number): NodeRun {
  const outputs = before.outputs ? { outputs: before.outputs } : {};
  switch (event.type) {
    case 'queued':
      return { ...IDLE, status: 'queued', ...outputs };
    case 'started':
      return { ...IDLE, status: 'running', startedAt: at, ...outputs };
    case 'progress':
      return { ...before, fraction: event.fraction, ...(event.note ? { note: event.note } : {}) };
    case 'finished':
      return { status: event.from === 'run' ? 'done' : 'cached', fraction: 1, outputs: event.outputs, ms: event.ms };
    case 'taken':
      return before;
    case 'waiting':
      return { ...IDLE, status: 'waiting', waitsFor: event.takes.map(({ node }) => node), ...outputs };
    case 'failed':
      return { ...IDLE, status: 'failed', failure: event.failure };
    case 'skipped':
      return {
        ...IDLE,
        status: event.because === 'cancelled' || event.because === 'behind a gate' ? 'idle' : 'skipped',
        because: event.because,
        ...outputs,
      };
    default:
      return event satisfies never;
  }
}

/** As they are once no run goes on; those that had come to an end keep their object. */
function settled(nodes: RunsState['nodes']): RunsState['nodes'] {
  const entries = Object.entries(nodes) as [NodeId, NodeRun][];
  const unsettled = entries.filter(([, { status }]) => status === 'queued' || status === 'running');
  if (unsettled.length === 0) return nodes;
  const idle = unsettled.map(([id, { outputs }]) => [id, { ...IDLE, ...(outputs ? { outputs } : {}) }] as const);
  return { ...nodes, ...Object.fromEntries(idle) };
}

/** The picture made last. */
export const newestPicture = ({ nodes }: RunsState): ArtifactHash | undefined =>
  Object.values(nodes)
    .flatMap(({ outputs }) => Object.values(outputs ?? {}))
    .flatMap((value) => (value?.kind === 'image' ? [value.hash] : []))
    .at(-1);

export function createRuns() {
  const store = createStore<RunsState>(() => START);
  return {
    ...store,
    reset(nodes: Readonly<Record<NodeId, NodeRun>> = {}): void {
      store.setState({ ...START, nodes });
    },
    begin(at: number, revision: number, targets?: readonly NodeId[]): void {
      store.setState({ running: true, startedAt: at, revision, targets, summary: undefined, failure: undefined });
    },
    /** One change of state for a whole batch; untouched nodes keep their object, so only changed ones draw again. */
    push(events: readonly (RunEvent & { readonly at: number })[], runId?: RunId): void {
      const { nodes, startedAt, plan, targets, waiting: before } = store.getState();
      const next: Record<NodeId, NodeRun> = { ...nodes };
      let summary: RunsState['summary'];
      // What was just made is what is there, before the next plan says so.
      const made: Record<NodeId, NodePlan> = {};
      for (const event of events) {
        if (event.type === 'ended') summary = { ...event.summary, ms: event.at - startedAt };
        else next[event.node] = reduceNode(next[event.node] ?? IDLE, event, event.at);
        if (event.type === 'finished') made[event.node] = { state: 'cached', outputs: event.outputs };
        if (event.type === 'waiting') made[event.node] = { state: 'waits', arrived: event.arrived };
      }
      const planned = plan && Object.keys(made).length ? { plan: { ...plan, nodes: { ...plan.nodes, ...made } } } : {};
      const isWaiting = Object.values(next).some(({ status }) => status === 'waiting');
      const waiting = isWaiting ? (summary?.verdicts ? { targets } : before) : undefined;
      const ended = summary ? { summary, waiting } : {};
      store.setState({ nodes: next, ...planned, ...(runId ? { runId } : {}), ...ended });
    },
    /** With a failure: the run broke off and says nothing more. Whatever was at work or waited is so no longer. */
    end(failure?: Failure): void {
      store.setState(({ nodes }) => ({ running: false, failure, nodes: settled(nodes) }));
    },
    /** A node that failed, and of whose failure more is known by now. */
    failAs(node: NodeId, failure: Failure): void {
      const run = store.getState().nodes[node];
      if (run?.status === 'failed')
        store.setState(({ nodes }) => ({ nodes: { ...nodes, [node]: { ...run, failure } } }));
    },
    setPlan(plan: Plan<TakePlan> | undefined, ahead = plan): void {
      store.setState({ plan, ahead, unplanned: undefined });
    },
    cannotPlan(unplanned: Failure): void {
      store.setState({ plan: undefined, ahead: undefined, unplanned });
    },
  };
}
