/**
 * What is kept and why: the one rule behind every sweep.
 *
 * - For ever: files somebody imported, wherever a graph, an earlier version, a template, a component, a run, an undo
 *   step or a reference look still names them; accepted and starred takes; frozen results; thumbnails; pictures that
 *   came inside a file. None can be made again.
 * - While a graph is open anywhere: what it shows.
 * - Everything else can be made again. It is a cache, and goes when the budget is spent, longest unused first.
 * - Of runs, the newest `KEPT_RUNS` of each graph and those with an accepted take; of results, the newest
 * `KEPT_RESULTS`.
 *   Takes and the time spent refining them are what the ledger counts: they always stay.
 */
import { isRecord } from '../core/loose.ts';
import type { ArtifactHash, CacheKey, GraphId } from '../core/ids.ts';
import type { Reason } from '../session/space.ts';
import { artifactsOf, artifactsOfOutputs } from '../core/values.ts';
import type { Database } from './db.ts';

/** Results kept in all. Each is small; the pictures they name are what the budget counts. */
export const KEPT_RESULTS = 50_000;

/** Tables in which no graph and no undo step is stored. Whatever is not in this list is searched for files. */
const WITHOUT_GRAPHS: ReadonlySet<string> = new Set([
  'artifacts',
  'blobs',
  'results',
  'nodeStates',
  'runEvents',
  'takes',
  'takeLabels',
  'refinements',
  'routing',
  'lessons',
  'handedIn',
]);

interface Named {
  readonly files: Set<ArtifactHash>;
  readonly frozen: Set<CacheKey>;
}

/** Artifacts that must stay, each with its reason. `open`: graphs somebody looks at now. */
export async function keptArtifacts(
  db: Database,
  open: ReadonlySet<GraphId>,
): Promise<ReadonlyMap<ArtifactHash, Reason>> {
  const kept = new Map<ArtifactHash, Reason>();
  const keep = (reason: Reason, hashes: Iterable<ArtifactHash>) => {
    for (const hash of hashes) if (!kept.has(hash)) kept.set(hash, reason);
  };
  const { files, frozen } = await namedAnywhere(db);
  keep('imported', files);
  await db.takes.each(({ verdict, artifact }) => {
    if (verdict.state === 'accepted' && artifact) keep('accepted', artifactsOf(artifact));
  });
  const starred = await db.takeLabels.filter(({ starredAt }) => starredAt !== undefined).primaryKeys();
  for (const take of await db.takes.bulkGet(starred)) keep('starred', take?.artifact ? artifactsOf(take.artifact) : []);
  for (const row of await db.results.bulkGet([...frozen])) keep('frozen', row ? artifactsOfOutputs(row.outputs) : []);
  for (const table of [db.graphs, db.templates])
    for (const { thumbnail } of await table.toArray()) keep('thumbnail', thumbnail ? [thumbnail] : []);
  await db.nodeStates.each(({ graphId, parts, outputs }) => {
    if (!parts) keep('came with a file', artifactsOfOutputs(outputs));
    else if (open.has(graphId)) keep('shown', artifactsOfOutputs(outputs));
  });
  return kept;
}

/** Keys of the results that some graph, in any version or undo step, is frozen on. */
export const frozenKeys = async (db: Database): Promise<ReadonlySet<CacheKey>> => (await namedAnywhere(db)).frozen;

/** Imported files and frozen results that anything stored names. */
async function namedAnywhere(db: Database): Promise<Named> {
  const named: Named = { files: new Set(), frozen: new Set() };
  for (const table of db.tables)
    if (!WITHOUT_GRAPHS.has(table.name)) await table.each((row) => lookThrough(row, named));
  return named;
}

/** Looks at everything in a row, however it is shaped: whole graphs, and single values inside undo steps. */
function lookThrough(row: unknown, { files, frozen }: Named): void {
  const open: unknown[] = [row];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null || value instanceof Blob || ArrayBuffer.isView(value)) continue;
    const { hash, mime, frozen: key } = isRecord(value) ? value : {};
    if (typeof hash === 'string' && typeof mime === 'string') files.add(hash as ArtifactHash);
    if (typeof key === 'string') frozen.add(key as CacheKey);
    // An undo step that freezes or thaws a node holds the key itself.
    const { path, value: put } = isRecord(value) ? value : {};
    if (Array.isArray(path) && path.at(-1) === 'frozen' && typeof put === 'string') frozen.add(put as CacheKey);
    for (const part of Object.values(value) as unknown[])
      if (typeof part === 'object' && part !== null) open.push(part);
  }
}
