/** What a learner did, as checks see it: runs with what came out of them and what each result came from. */
import type { ArtifactHash, NodeId, RunId } from '../core/ids.ts';
import type { Layer, Registry } from '../core/node.ts';
import { FREE, sumOf, type Micros } from '../core/money.ts';
import type { TakeRecord } from '../core/take.ts';
import type { ImageValue, Outputs, Value, VideoValue } from '../core/values.ts';
import type { NodeEvent } from '../engine/events.ts';
import type { KeyParts } from '../engine/key.ts';
import { endsOf } from '../graph/ends.ts';
import { expanded } from '../graph/flat-graph.ts';
import type { Graph } from '../graph/graph.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import type { StoredRun, TimedEvent } from '../session/stores.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import type { Answers } from './lesson.ts';
import type { PictureLook } from './picture-look.ts';

/** All of it of one graph: that of the step. */
export interface Evidence {
  readonly graph: Graph;
  /** Oldest first. */
  readonly runs: readonly SeenRun[];
  /** With the verdicts they have now, oldest first. */
  readonly takes: readonly TakeRecord[];
  readonly replays: readonly ReplayReport[];
  readonly answers: Answers;
  /** Of every picture and clip that `picturesToLookAt` names. Checks pass over those that are missing. */
  readonly looks: ReadonlyMap<ArtifactHash, PictureLook>;
  /** Of each two clips that a film shows one after the other, by `seamKey`. Those that could not be measured are missing. */
  readonly seams: ReadonlyMap<string, Seam>;
  /** Every version there is. */
  readonly tables: readonly RoutingTable[];
}

/** One node at work in a run. */
export interface MadeStep {
  readonly node: NodeId;
  readonly type: string;
  readonly layer: Layer;
  readonly params: KeyParts['params'];
  readonly inputs: KeyParts['inputs'];
  readonly outputs: Outputs;
  /** In this run; not taken from the cache. */
  readonly isFresh: boolean;
  /** Milliseconds of work; 0 from the cache. */
  readonly ms: number;
}
/** A picture or a clip that came out at an end. */
export interface SeenResult {
  readonly value: ImageValue | VideoValue;
  readonly isDelivered: boolean;
  /** All that it came from, in no order; a frozen node is where that ends. */
  readonly lineage: readonly MadeStep[];
}
/** What one run took. */
export interface Spent {
  /** Takes that were made in it. */
  readonly takes: number;
  readonly charged: Micros;
  readonly ms: number;
}

export interface SeenRun {
  readonly id: RunId;
  readonly at: number;
  /** As it ran. */
  readonly graph: Graph;
  readonly spent: Spent;
  readonly results: readonly SeenResult[];
}

type Finished = Extract<NodeEvent, { type: 'finished' }>;

/** A run as checks see it. Nodes that did not finish made nothing. */
export function seenRun(run: StoredRun, events: readonly TimedEvent[], registry: Registry): SeenRun {
  const flat = expanded(run.graph);
  const finished = new Map(
    events.filter((event): event is TimedEvent & Finished => event.type === 'finished').map((one) => [one.node, one]),
  );
  const steps = new Map<NodeId, MadeStep>();
  for (const [node, { parts, outputs, from, ms }] of finished) {
    const layer = registry.get(parts.type)?.layer;
    if (!layer) continue;
    const { type, params, inputs } = parts;
    steps.set(node, { node, type, layer, params, inputs, outputs, isFresh: from === 'run', ms });
  }
  const into = new Map<NodeId, NodeId[]>();
  for (const { from, to } of Object.values(flat.wires)) into.set(to.node, [...(into.get(to.node) ?? []), from.node]);

  function lineageOf(end: NodeId): readonly MadeStep[] {
    const found = new Set([end]);
    // A set grows while it is walked.
    for (const node of found)
      if (finished.get(node)?.from !== 'frozen') for (const from of into.get(node) ?? []) found.add(from);
    return [...found].flatMap((node) => steps.get(node) ?? []);
  }
  const results = endsOf(flat, registry).flatMap((end): SeenResult[] => {
    const step = steps.get(end);
    if (!step) return [];
    const isDelivered = Object.values(step.outputs).some((output) => output?.kind === 'file');
    const values = Object.values<Value | readonly Value[] | undefined>(isDelivered ? step.inputs : step.outputs);
    const lineage = lineageOf(end);
    return values.flatMap(shownIn).map((value) => ({ value, isDelivered, lineage }));
  });
  const made = events.flatMap((event) => (event.type === 'taken' ? [event.take] : []));
  const spent = {
    takes: made.length,
    charged: sumOf(made.map(({ charged }) => charged ?? FREE)),
    ms: (events.at(-1)?.at ?? run.startedAt) - run.startedAt,
  };
  return { id: run.id, at: run.startedAt, graph: run.graph, spent, results };
}

/** The pictures and clips among values of a socket. */
export const shownIn = (value: Value | readonly Value[] | undefined): readonly (ImageValue | VideoValue)[] =>
  [value].flat().filter((one): one is ImageValue | VideoValue => one?.kind === 'image' || one?.kind === 'video');

/** Every picture and clip whose look a check may ask for. */
export function picturesToLookAt(
  runs: readonly SeenRun[],
  takes: readonly TakeRecord[],
): ReadonlyMap<ArtifactHash, ImageValue | VideoValue> {
  const results = runs.flatMap((run) => run.results);
  const clips = results.filter(({ value }) => value.kind === 'video').flatMap(({ lineage }) => lineage);
  const values = [
    ...results.map(({ value }) => value),
    ...takes.flatMap(({ artifact, request }) => [artifact ?? [], request.references.map(({ image }) => image)].flat(2)),
    // What a film was put together from.
    ...clips.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => shownIn(output))),
  ];
  return new Map(values.map((value) => [value.hash, value]));
}

export const seamKey = ({ before, after, join }: MeetingPair): string => `${before.hash} ${after.hash} ${join}`;
