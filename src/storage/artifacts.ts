/** Bytes by content hash. Bytes first, row second: a crash leaves an orphan, never a dangling row. */
import { keptResults } from '../core/choices.ts';
import { filesIn } from '../core/files.ts';
import { emptyGraph, type Graph } from '../core/graph.ts';
import type { ArtifactHash, CacheKey } from '../core/ids.ts';
import { artifactsOf } from '../core/values.ts';
import type { ArtifactRow, Database } from './db.ts';

export interface ArtifactStore {
  has(hash: ArtifactHash): Promise<boolean>;
  put(hash: ArtifactHash, kind: ArtifactRow['kind'], blob: Blob): Promise<void>;
  get(hash: ArtifactHash): Promise<Blob | undefined>;
}

export function artifactStore(db: Database, now: () => number = Date.now): ArtifactStore {
  return {
    has: async (hash) => (await db.artifacts.where('hash').equals(hash).count()) > 0,
    async put(hash, kind, blob) {
      await db.blobs.put({ hash, blob });
      await db.artifacts.put({ hash, kind, mime: blob.type, bytes: blob.size, lastUsedAt: now() });
    },
    get: async (hash) => (await db.blobs.get(hash))?.blob,
  };
}

/**
 * Frees space when more than `fullness` of the quota is used: deletes artifacts, longest unused first, until below it.
 * Results that pointed to them become misses. Imported files of any graph, in any version or past run, cannot be made
 * again, accepted takes are what was chosen, and frozen results are to be kept: none is ever touched.
 */
export async function sweep(db: Database, quota: { readonly usage: number; readonly limit: number }, fullness = 0.8): Promise<number> {
  let over = quota.usage - quota.limit * fullness;
  const doomed: ArtifactHash[] = [];
  if (over <= 0) return 0;
  const pinned = new Set([...(await importedFiles(db)), ...(await acceptedTakes(db)), ...(await frozenResults(db))]);
  for (const row of await db.artifacts.orderBy('lastUsedAt').toArray()) {
    if (over <= 0) break;
    if (pinned.has(row.hash)) continue;
    doomed.push(row.hash);
    over -= row.bytes;
  }
  await db.artifacts.bulkDelete(doomed);
  await db.blobs.bulkDelete(doomed);
  return doomed.length;
}

async function acceptedTakes(db: Database): Promise<readonly ArtifactHash[]> {
  const takes = await db.takes.filter((take) => take.verdict.state === 'accepted').toArray();
  return takes.flatMap((take) => (take.artifact ? artifactsOf(take.artifact) : []));
}

/** Keys of the results some graph keeps, in any of its versions. */
export async function frozenKeys(db: Database): Promise<ReadonlySet<CacheKey>> {
  const keys = new Set<CacheKey>();
  await db.versions.each(({ graph }) => {
    for (const key of keptResults(graph)) keys.add(key);
  });
  return keys;
}
async function frozenResults(db: Database): Promise<readonly ArtifactHash[]> {
  const rows = await db.results.bulkGet([...(await frozenKeys(db))]);
  return rows.flatMap((row) => Object.values(row?.outputs ?? {}).flatMap((value) => (value ? artifactsOf(value) : [])));
}

async function importedFiles(db: Database): Promise<ReadonlySet<ArtifactHash>> {
  const imported = new Set<ArtifactHash>();
  const note = ({ graph }: { readonly graph: Graph }) => {
    for (const { hash } of filesIn(graph)) imported.add(hash);
  };
  await db.versions.each(note);
  await db.runs.each(note);
  await db.templates.each(note);
  await db.components.each(({ component, needs }) => note({ graph: { ...emptyGraph(), nodes: component.nodes, components: needs } }));
  for (const { thumbnail } of await db.templates.toArray()) if (thumbnail) imported.add(thumbnail);
  return imported;
}
