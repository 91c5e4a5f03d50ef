/** What the strip shows of each shot: its still and its clip, how they fare, how long it is, what it says. */
import { useMemo } from 'react';
import { inside } from '../graph/instance.ts';
import type { Board, GraphNode } from '../graph/graph.ts';
import { filmFor, filmsIn, shotsOf, type Shot } from '../graph/shots.ts';
import type { Failure } from '../core/errors.ts';
import type { NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { parseParams, type ChoiceParam, type NumberParam } from '../core/params.ts';
import type { TakeRecord, Verdict } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { RunsState, Status } from '../state/runs.ts';
import { useApp, useFact, type App } from './app-context.ts';
import { pictureIn } from './media.tsx';
import { nameOf, outputsOf } from './node-facts.ts';
import { isStale, nodePlanOf, nodeRunOf, shownOutputs, statusOf } from './status.ts';
import { meantTake, takesNow } from './shown-takes.ts';

/** The film that the strip shows; nothing where the board has none. */
export interface ShownFilm {
  readonly film: NodeId;
  readonly films: readonly NodeId[];
  readonly shots: readonly Shot[];
}
export function useFilm(): ShownFilm | undefined {
  const { document, workspace, registry } = useApp();
  const board = useFact(document, (state) => state.board);
  const chosen = useFact(workspace, (state) => state.selection[0]);
  return useMemo(() => {
    const film = filmFor(board, registry, chosen);
    return film && { film, films: filmsIn(board, registry), shots: shotsOf(board, registry, film) };
  }, [board, registry, chosen]);
}

/** The node that is chosen on the canvas with a shot: where its still is judged, or else where its clip comes from. */
export const homeOf = ({ still, node }: Shot): NodeId => still?.gate ?? still?.maker ?? node;

interface Made<V> {
  readonly value?: V;
  readonly status: Status;
  /** 0…1 while it is made. */
  readonly fraction: number;
  readonly isStale: boolean;
}
/** What can be set of a motion; `undefined` where a wire or a component decides. */
interface Settable<S> {
  readonly spec: S;
  readonly value: string | number;
}
export interface ShotFacts {
  readonly shot: Shot;
  readonly still: Made<ImageValue | VideoValue>;
  readonly clip: Made<VideoValue>;
  /** The take that its still is, once there is one. */
  readonly take?: TakeRecord;
  readonly verdict?: Verdict['state'];
  /** Its clip can be made: its still is accepted, or is nobody's take. */
  readonly isApproved: boolean;
  /** As its motion says, or as its clip is where nothing says it. */
  readonly seconds?: number;
  readonly duration?: Settable<NumberParam>;
  readonly move?: Settable<ChoiceParam>;
  /** Why its still or its clip could not be made, or what it is made from. */
  readonly failure?: Failure;
  /** What the node is called that its still comes from. */
  readonly source?: string;
  /** What its still is to show; missing where no Prompt node alone says it. */
  readonly prompt?: string;
}

export function useShotFacts(shots: readonly Shot[]): readonly ShotFacts[] {
  const { document, runs, desk, registry } = useApp();
  const state = useFact(runs, (now) => now);
  const takes = useFact(desk, (now) => now.takes);
  const graph = useFact(document, (now) => now.graph);
  const board = useFact(document, (now) => now.board);
  const path = useFact(document, (now) => now.path.join('/'));
  const look = { graph, board, path, registry, state, takes };
  return shots.map((shot) => factsOf(shot, look));
}

interface Look {
  readonly graph: ReturnType<App['document']['getState']>['graph'];
  readonly board: Pick<Board, 'nodes'>;
  readonly path: string;
  readonly registry: Registry;
  readonly state: RunsState;
  readonly takes: readonly TakeRecord[];
}

function factsOf(shot: Shot, look: Look): ShotFacts {
  const { still } = shot;
  const made = still && madeAt(still.from.node, look);
  // Before its gate has anything, the still is where it was made.
  const stillMade = still && (made?.value ? made : madeAt(still.maker, look));
  const clip = madeAt(shot.node, look);
  const video = clip.value?.kind === 'video' ? clip.value : undefined;
  const { value: _, ...how } = clip;
  const take = still?.isTake ? takeAt(still.maker, look) : undefined;
  const verdict = take?.verdict.state;
  const { duration, move } = motionFacts(shot, look);
  const seconds = duration ? Number(duration.value) : video && video.frames / video.fps;
  const prompt = still?.prompt && promptAt(look.board.nodes[still.prompt], look.registry);
  return {
    shot,
    still: {
      ...(stillMade?.value ? { value: stillMade.value } : {}),
      ...howMade(still ? madeAt(still.maker, look) : undefined),
    },
    clip: { ...how, ...(video ? { value: video } : {}) },
    ...(take ? { take } : {}),
    ...(verdict ? { verdict } : {}),
    ...failureOf(shot, look),
    isApproved: shot.kind === 'still' ? still !== undefined && (!still.isTake || verdict === 'accepted') : true,
    ...(seconds === undefined ? {} : { seconds }),
    ...(duration ? { duration } : {}),
    ...(move ? { move } : {}),
    ...(prompt === undefined ? {} : { prompt }),
    ...(still ? { source: nameOf(look.graph, look.registry, inside(look.path, still.maker)) } : {}),
  };
}

/** The first that failed, from its words to its clip. */
function failureOf({ still, motion, node }: Shot, { board, path, state }: Look): Pick<ShotFacts, 'failure'> {
  const steps = [still?.prompt, still?.maker, motion?.node, node].filter((id) => id !== undefined);
  for (const id of steps) {
    const flat = inside(path, id);
    const [run, plan] = [nodeRunOf(flat)(state), nodePlanOf(flat)(state)];
    const isFailed = statusOf(board.nodes[id], run, plan, state.running) === 'failed';
    if (isFailed && run.failure) return { failure: run.failure };
  }
  return {};
}

const howMade = (made: Made<unknown> | undefined): Omit<Made<unknown>, 'value'> => ({
  status: made?.status ?? 'idle',
  fraction: made?.fraction ?? 0,
  isStale: made?.isStale ?? false,
});

function madeAt(id: NodeId, { graph, board, path, state }: Look): Made<ImageValue | VideoValue> {
  const flat = inside(path, id);
  const [run, plan] = [nodeRunOf(flat)(state), nodePlanOf(flat)(state)];
  const value = pictureIn(outputsOf(graph, state, flat));
  return {
    ...(value ? { value } : {}),
    status: statusOf(board.nodes[id], run, plan, state.running),
    fraction: run.fraction,
    isStale: isStale(run, plan, state.running),
  };
}

function takeAt(id: NodeId, { path, state, takes }: Look): TakeRecord | undefined {
  const flat = inside(path, id);
  const shown = shownOutputs(nodeRunOf(flat)(state), nodePlanOf(flat)(state));
  const slot = takesNow(takes, flat, state.plan?.dispatched[flat]?.takePlan.slot, shown);
  return meantTake(slot, flat, shown);
}

function motionFacts({ motion, kind }: Shot, { board, registry }: Look): Pick<ShotFacts, 'duration' | 'move'> {
  if (!['still', 'text', 'continued'].includes(kind)) return {};
  const node = motion && board.nodes[motion.node];
  const definition = registry.get(node?.type ?? 'motion');
  if (!definition) return {};
  const { values } = parseParams(definition.params, node?.params ?? {});
  const isFree = (name: string) => !node?.promoted?.includes(name);
  const { seconds, move } = definition.params;
  return {
    ...(seconds?.kind === 'float' && isFree('seconds')
      ? { duration: { spec: seconds, value: values['seconds'] as number } }
      : {}),
    ...(move?.kind === 'choice' && isFree('move') ? { move: { spec: move, value: values['move'] as string } } : {}),
  };
}

function promptAt(node: GraphNode | undefined, registry: Registry): string | undefined {
  const definition = registry.get(node?.type ?? '');
  if (!node || definition?.params['text']?.kind !== 'text' || node.promoted?.includes('text')) return undefined;
  return parseParams(definition.params, node.params).values['text'] as string;
}
