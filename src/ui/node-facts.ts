/**
 * Nodes as the canvas sees them. On the canvas a node has the id of its board; runs, plans and takes know it by its
 * flat id, `instance/inner`.
 */
import { useMemo } from 'react';
import { componentIdOf } from '../graph/component-type.ts';
import { nodeAt } from '../graph/component.ts';
import { inside } from '../graph/instance.ts';
import type { Board, Component, Graph } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { inWords, said, say, type Sentence } from '../core/say.ts';
import type { FileValue, ImageValue, Outputs, Value, VideoValue } from '../core/values.ts';
import type { NodePlan } from '../engine/plan.ts';
import { IDLE, type NodeRun, type RunsState, type Status } from '../state/runs.ts';
import { useApp, useFact, type App } from './app-context.ts';
import { pictureIn } from './media.tsx';
import { nodePlanOf, nodeRunOf, shownOutputs } from './status.ts';
import { t } from '../words/t.ts';

export const flatId = ({ document }: Pick<App, 'document'>, id: NodeId): NodeId =>
  inside(document.getState().path.join('/'), id);
export function useFlatId(id: NodeId): NodeId {
  const { document } = useApp();
  const path = useFact(document, (state) => state.path.join('/'));
  return inside(path, id);
}
/** The name of a node in the flat graph: "Hero shot, Image" inside an instance called "Hero shot". */
export const nameOf = (graph: Graph, registry: Registry, flat: NodeId): string =>
  pathNames(graph, registry, flat).join(', ');
function pathNames(graph: Graph, registry: Registry, flat: NodeId): string[] {
  const path = flat.split('/');
  return path
    .map((_, depth) => path.slice(0, depth + 1).join('/') as NodeId)
    .map((id) => nodeAt(graph, id))
    .map((node) => node?.title ?? registry.get(node?.type ?? '')?.title ?? t('a node that is gone'));
}

const componentOf = (graph: Graph, flat: NodeId): Component | undefined => {
  const id = componentIdOf(nodeAt(graph, flat)?.type ?? '');
  return id && graph.components[id];
};
type Made = (flat: NodeId) => Outputs | undefined;
/** What a node gives out; an instance gives what the nodes inside made. */
function outputsAt(graph: Graph, flat: NodeId, made: Made): Outputs | undefined {
  const component = componentOf(graph, flat);
  if (!component) return made(flat);
  const outputs: Record<string, Value | undefined> = {};
  for (const [name, { from }] of Object.entries(component.outputs))
    outputs[name] = outputsAt(graph, inside(flat, from.node), made)?.[from.socket];
  return Object.values(outputs).some(Boolean) ? outputs : undefined;
}
/** What a node shows: its own last outputs, or those the plan found. */
const madeIn =
  (state: RunsState): Made =>
  (id) =>
    shownOutputs(nodeRunOf(id)(state), nodePlanOf(id)(state));
export const outputsOf = (graph: Graph, state: RunsState, flat: NodeId): Outputs | undefined =>
  outputsAt(graph, flat, madeIn(state));

/** What a node on the board shows of itself: its picture, or for a file the picture it was made of. */
export function pictureOf(app: Pick<App, 'document' | 'runs'>, id: NodeId): ImageValue | VideoValue | undefined {
  const { graph, board } = app.document.getState();
  const made = madeIn(app.runs.getState());
  return shownBy(id, board, (node) => outputsAt(graph, flatId(app, node), made)).picture;
}
function shownBy(
  id: NodeId,
  { wires }: Pick<Board, 'wires'>,
  outputs: Made,
): { readonly picture: ImageValue | VideoValue | undefined; readonly file: FileValue | undefined } {
  const own = outputs(id);
  const file = Object.values(own ?? {}).find((value): value is FileValue => value?.kind === 'file');
  const picture =
    pictureIn(own) ??
    (file &&
      Object.values(wires).flatMap(({ from, to }) => (to.node === id ? (pictureIn(outputs(from.node)) ?? []) : []))[0]);
  return { picture, file };
}

/** What an end shows of results that are not on the canvas. */
export const shownAtEnd = (graph: Graph, id: NodeId, made: Readonly<Record<NodeId, Outputs>>) =>
  shownBy(id, graph, (node) => outputsAt(graph, node, (flat) => made[flat]));

/** The nodes of the flat graph an instance stands for. */
function innerOf(graph: Graph, flat: NodeId): NodeId[] {
  const component = componentOf(graph, flat);
  return component
    ? (Object.keys(component.nodes) as NodeId[]).flatMap((id) => innerOf(graph, inside(flat, id)))
    : [flat];
}

/** How a node of the flat graph fares; an instance as all nodes inside together, the worst first. */
export function statusAt(graph: Graph, state: RunsState, flat: NodeId): Status {
  if (!componentOf(graph, flat)) return nodeRunOf(flat)(state).status;
  return runTogether(
    innerOf(graph, flat).map((id) => nodeRunOf(id)(state)),
    undefined,
  ).status;
}

interface NodeFacts {
  readonly run: NodeRun;
  readonly plan: NodePlan | undefined;
}
/**
 * How a node on the board fares; draws again only when that changes. A card is mounted whenever it comes into view, so
 * it listens to as little as it can.
 */
export function useNodeFacts(id: NodeId): NodeFacts & { readonly flat: NodeId } {
  const { document, runs, registry } = useApp();
  const flat = useFlatId(id);
  const graph = useFact(document, (state) => (componentOf(state.graph, flat) ? state.graph : undefined));
  const facts = useMemo(() => (graph ? summed(graph, registry, flat) : single(flat)), [graph, registry, flat]);
  return { ...useFact(runs, facts), flat };
}

/** The facts of one node; the same object while they stay the same. */
function single(flat: NodeId): (state: RunsState) => NodeFacts {
  const [runOf, planOf] = [nodeRunOf(flat), nodePlanOf(flat)];
  let facts: NodeFacts = { run: IDLE, plan: undefined };
  return (state) => {
    const [run, plan] = [runOf(state), planOf(state)];
    return run === facts.run && plan === facts.plan ? facts : (facts = { run, plan });
  };
}

/** One answer for all nodes of an instance; the same object while they stay the same. */
function summed(graph: Graph, registry: Registry, flat: NodeId): (state: RunsState) => NodeFacts {
  const inner = innerOf(graph, flat);
  const depth = flat.split('/').length;
  const nameInside = (id: NodeId) => pathNames(graph, registry, id).slice(depth).join(', ');
  let before: readonly unknown[] = [];
  let facts: NodeFacts = { run: IDLE, plan: undefined };
  return (state) => {
    const now = inner.flatMap((id) => [state.nodes[id], state.plan?.nodes[id]]);
    if (before.length === now.length && now.every((fact, at) => fact === before[at])) return facts;
    before = now;
    const runs = inner.map((id) => {
      const run = nodeRunOf(id)(state);
      if (!run.failure) return run;
      return {
        ...run,
        failure: { ...run.failure, message: say('{0}: {1}', nameInside(id), said(run.failure.message)) },
      };
    });
    const plans = inner.flatMap((id): NodePlan[] => {
      const plan = nodePlanOf(id)(state);
      if (plan?.state !== 'blocked') return plan ? [plan] : [];
      return [{ ...plan, problems: plan.problems.map((problem) => say('{0}: {1}', nameInside(id), problem)) }];
    });
    facts = {
      run: runTogether(runs, outputsOf(graph, state, flat)),
      plan: planTogether(plans, outputsOf(graph, state, flat)),
    };
    return facts;
  };
}

function runTogether(runs: readonly NodeRun[], outputs: Outputs | undefined): NodeRun {
  const first = (status: NodeRun['status']) => runs.find((run) => run.status === status);
  const quietest = () => (first('skipped') ? 'skipped' : 'idle');
  const settled = runs.filter(({ status }) => status === 'done' || status === 'cached');
  const loudest = (['failed', 'running', 'queued', 'waiting'] as const).find(first);
  const status = loudest ?? (settled.length === runs.length ? (first('done') ? 'done' : 'cached') : quietest());
  const failure = first('failed')?.failure;
  const fraction =
    runs.reduce((sum, run) => sum + (run.status === 'done' || run.status === 'cached' ? 1 : run.fraction), 0) /
    Math.max(1, runs.length);
  return {
    status,
    fraction,
    ms: runs.reduce((sum, run) => sum + run.ms, 0),
    ...(outputs ? { outputs } : {}),
    ...(failure ? { failure } : {}),
  };
}
function planTogether(plans: readonly NodePlan[], outputs: Outputs | undefined): NodePlan | undefined {
  const awake = plans.filter(({ state }) => state !== 'muted');
  const blocked = awake.find((plan) => plan.state === 'blocked');
  const stale = awake.flatMap((plan) => (plan.state === 'will run' || plan.state === 'may run' ? [plan] : []));
  const later = awake.flatMap((plan) => (plan.state === 'later' ? [plan] : []));
  if (blocked) return blocked;
  if (stale[0])
    return {
      state: stale.some(({ state }) => state === 'will run') ? 'will run' : 'may run',
      why: reasonsIn(stale),
    };
  if (awake.some(({ state }) => state === 'waits')) return { state: 'waits', arrived: outputs ?? {} };
  if (later.length) return { state: 'later', why: reasonsIn(later) };
  if (awake.length === 0) return plans[0];
  return { state: 'cached', outputs: outputs ?? {} };
}

/** The first four, each once. */
const reasonsIn = (plans: readonly { readonly why: readonly Sentence[] }[]): readonly Sentence[] =>
  [...new Map(plans.flatMap(({ why }) => why).map((reason) => [inWords(reason), reason])).values()].slice(0, 4);

/** Opens the board a node of the flat graph lies on, and selects it. */
export function showNode({ document, workspace }: Pick<App, 'document' | 'workspace'>, flat: NodeId): void {
  const path = flat.split('/') as NodeId[];
  document.look(path.slice(0, -1));
  workspace.select([path.at(-1)!]);
}
