/** Reads what was done on one graph out of the stores, with the looks of all that came out. */
import type { ArtifactHash, GraphId, NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { OPEN, type TakeRecord } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Graph } from '../graph/graph.ts';
import type { RunStore, TakeStore } from '../session/stores.ts';
import type { MeetingPair } from '../measure/join.ts';
import type { Seam } from '../measure/seam.ts';
import { picturesToLookAt, seamKey, seenRun, shownIn, type Evidence, type SeenRun } from './evidence.ts';
import { meetingsOf, seenShots } from './film-shots.ts';
import type { PictureLook } from './picture-look.ts';

export interface EvidenceSources {
  readonly runs: Pick<RunStore, 'list' | 'events'>;
  readonly takes: Pick<TakeStore, 'ofGraph' | 'all'>;
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
  const own = (await takeStore.ofGraph(graphId)).filter(({ artifact }) => artifact !== undefined);
  const takes = [...(await takenOver(runs, own, takeStore)), ...own].toSorted((a, b) => a.at - b.at);
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

/**
 * Takes that runs found in the cache because another graph made them, as when a lesson is begun anew: here each was made
 * in the first run that shows it, and nobody has judged it.
 */
async function takenOver(
  runs: readonly SeenRun[],
  own: readonly TakeRecord[],
  { all }: Pick<TakeStore, 'all'>,
): Promise<readonly TakeRecord[]> {
  const known = new Set(own.map(({ artifact }) => artifact!.hash));
  const found = new Map<ArtifactHash, { readonly at: number; readonly node: NodeId }>();
  for (const { at, results } of runs)
    for (const { node, layer, outputs } of results.flatMap(({ lineage }) => lineage))
      if (layer === 'generation')
        for (const { hash } of Object.values(outputs).flatMap((output) => shownIn(output)))
          if (!known.has(hash) && !found.has(hash)) found.set(hash, { at, node });
  if (found.size === 0) return [];
  const made = new Map((await all()).flatMap((take) => (take.artifact ? [[take.artifact.hash, take] as const] : [])));
  return [...found].flatMap(([hash, here]) => {
    const take = made.get(hash);
    return take ? [{ ...take, ...here, verdict: OPEN }] : [];
  });
}
