/** Reads what was done on one graph out of the stores, with the looks of all that came out. */
import type { ArtifactHash, GraphId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Graph } from '../graph/graph.ts';
import type { RunStore, TakeStore } from '../session/stores.ts';
import type { Seam } from '../measure/seam.ts';
import { picturesToLookAt, seenRun, type Evidence } from './evidence.ts';
import { nameOfPair, type ShotPair } from './shot-pair.ts';
import { pairsIn, seenShots } from './film-shots.ts';
import type { PictureLook } from './picture-look.ts';

export interface EvidenceSources {
  readonly runs: Pick<RunStore, 'list' | 'events'>;
  readonly takes: Pick<TakeStore, 'ofGraph'>;
  /** `undefined` for one that is not stored any more. */
  look(value: ImageValue | VideoValue): Promise<PictureLook | undefined>;
  /** `undefined` where one of them is not stored any more. */
  seam(pair: ShotPair): Promise<Seam | undefined>;
  readonly known: SeenBefore;
}
/** What was looked at before; grows. */
export interface SeenBefore {
  readonly looks: Map<ArtifactHash, PictureLook>;
  readonly seams: Map<string, Seam>;
}
export const nothingSeen = (): SeenBefore => ({ looks: new Map(), seams: new Map() });

/** Most runs of a graph that are looked at. */
const MOST_RUNS = 60;

/** Takes of more than one row or page come in as they are; those without a picture show nothing and are left out. */
export async function gatherEvidence(
  graphId: GraphId,
  graph: Graph,
  beside: Pick<Evidence, 'answers' | 'replays' | 'tables'>,
  { runs: store, takes: takeStore, look: lookAt, seam: seamAt, known }: EvidenceSources,
  registry: Registry,
): Promise<Evidence> {
  const stored = (await store.list(graphId, MOST_RUNS)).toReversed();
  const runs = await Promise.all(stored.map(async (run) => seenRun(run, await store.events(run.id), registry)));
  const takes = (await takeStore.ofGraph(graphId)).filter(({ artifact }) => artifact !== undefined);
  for (const [hash, value] of picturesToLookAt(runs, takes)) {
    if (known.looks.has(hash)) continue;
    const look = await lookAt(value);
    if (look) known.looks.set(hash, look);
  }
  for (const pair of runs.flatMap(({ results }) =>
    results.flatMap((result) => pairsIn(seenShots(result, { takes }))),
  )) {
    const name = nameOfPair(pair);
    if (known.seams.has(name)) continue;
    const seam = await seamAt(pair);
    if (seam) known.seams.set(name, seam);
  }
  return { ...beside, graph, runs, takes, ...known };
}
