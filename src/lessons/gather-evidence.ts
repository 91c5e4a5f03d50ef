/** Reads what was done on one graph out of the stores, with the looks of all that came out. */
import type { ArtifactHash, GraphId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Graph } from '../graph/graph.ts';
import type { RunStore, TakeStore } from '../session/stores.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import { picturesToLookAt, seamKey, seenRun, type Evidence } from './evidence.ts';
import { meetingsOf, seenShots } from './film-shots.ts';
import type { PictureLook } from './picture-look.ts';

export interface EvidenceSources {
  readonly runs: Pick<RunStore, 'list' | 'events'>;
  readonly takes: Pick<TakeStore, 'ofGraph'>;
  /** `undefined` for one that is not stored any more. */
  look(value: ImageValue | VideoValue): Promise<PictureLook | undefined>;
  /** `undefined` where one of them cannot be read any more. */
  seam(pair: MeetingPair): Promise<Seam | undefined>;
  /** What was looked at before; grows. */
  readonly known: KnownLooks;
}
export interface KnownLooks {
  readonly looks: Map<ArtifactHash, PictureLook>;
  readonly seams: Map<string, Seam>;
}
export const noLooks = (): KnownLooks => ({ looks: new Map(), seams: new Map() });

/** Most runs of a graph that are looked at. */
const MOST_RUNS = 60;

/** Takes without a picture show nothing and are left out. */
export async function gatherEvidence(
  graphId: GraphId,
  graph: Graph,
  beside: Pick<Evidence, 'answers' | 'replays' | 'tables'>,
  { runs: store, takes: takeStore, look, seam, known: { looks, seams } }: EvidenceSources,
  registry: Registry,
): Promise<Evidence> {
  const stored = (await store.list(graphId, MOST_RUNS)).toReversed();
  const runs = await Promise.all(stored.map(async (run) => seenRun(run, await store.events(run.id), registry)));
  const takes = (await takeStore.ofGraph(graphId)).filter(({ artifact }) => artifact !== undefined);
  for (const [hash, value] of picturesToLookAt(runs, takes)) {
    const seen = looks.get(hash) ?? (await look(value));
    if (seen) looks.set(hash, seen);
  }
  for (const result of runs.flatMap(({ results }) => results)) {
    for (const pair of meetingsOf(seenShots(result, { takes }))) {
      const key = seamKey(pair);
      const seen = seams.get(key) ?? (await seam(pair));
      if (seen) seams.set(key, seen);
    }
  }
  return { ...beside, graph, runs, takes, looks, seams };
}
