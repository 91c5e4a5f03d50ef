/** Reads what was done on one graph out of the stores, with the looks of all that came out. */
import type { ArtifactHash, GraphId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Graph } from '../graph/graph.ts';
import type { RunStore, TakeStore } from '../session/stores.ts';
import { picturesToLookAt, seenRun, type Evidence } from './evidence.ts';
import type { PictureLook } from './picture-look.ts';

export interface EvidenceSources {
  readonly runs: Pick<RunStore, 'list' | 'events'>;
  readonly takes: Pick<TakeStore, 'ofGraph'>;
  /** `undefined` for one that is not stored any more. */
  look(value: ImageValue | VideoValue): Promise<PictureLook | undefined>;
  /** What was looked at before; grows. */
  readonly known: Map<ArtifactHash, PictureLook>;
}

/** Most runs of a graph that are looked at. */
const MOST_RUNS = 60;

/** Takes of more than one row or page come in as they are; those without a picture show nothing and are left out. */
export async function gatherEvidence(
  graphId: GraphId,
  graph: Graph,
  beside: Pick<Evidence, 'answers' | 'replays' | 'tables'>,
  { runs: store, takes: takeStore, look: lookAt, known }: EvidenceSources,
  registry: Registry,
): Promise<Evidence> {
  const stored = (await store.list(graphId, MOST_RUNS)).toReversed();
  const runs = await Promise.all(stored.map(async (run) => seenRun(run, await store.events(run.id), registry)));
  const takes = (await takeStore.ofGraph(graphId)).filter(({ artifact }) => artifact !== undefined);
  for (const [hash, value] of picturesToLookAt(runs, takes)) {
    if (known.has(hash)) continue;
    const look = await lookAt(value);
    if (look) known.set(hash, look);
  }
  return { ...beside, graph, runs, takes, looks: known };
}
