/**
 * Frees space by the rule in `kept.ts`: artifacts nobody keeps, longest unused first, with every row that names them.
 */
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId } from '../core/ids.ts';
import { KEPT_RUNS, NOTHING_SWEPT, type Space, type Swept } from '../session/space.ts';
import { artifactsOfOutputs } from '../core/values.ts';
import type { ArtifactRow, Database } from './db.ts';
import { frozenKeys, KEPT_RESULTS, keptArtifacts } from './kept.ts';

/** Rows deleted at a time, so that whoever reads meanwhile need not wait long. */
const SLICE = 100;
/** A sweep makes this much more room than it must, so that the next one is some time away. */
const SLACK = 0.1;
/** What is kept may fill the whole budget; this share of it is left for the cache all the same. */
const LEAST_CACHE = 0.1;
/** More than this share of what a browser gives is never filled. */
const FULLEST = 0.8;

/** What is known of the room there is, in bytes. */
export interface Room {
  /** What the person allows. */
  readonly budget: number;
  /** By the browser's estimate. Chromium says 10 GB more than is used, whatever the disk holds. */
  readonly usage?: number | undefined;
  readonly quota?: number | undefined;
  /** Something could not be written just now: whatever was promised, there is no more. */
  readonly isFull?: boolean;
}

/** Bytes all artifacts together may take, when they take `stored` now. */
export function bytesAllowed(stored: number, { budget, usage, quota, isFull }: Room): number {
  const byQuota = usage !== undefined && quota ? stored - (usage - quota * FULLEST) : Infinity;
  const byWrite = isFull ? stored * (1 - 2 * SLACK) : Infinity;
  return Math.max(0, Math.min(budget, byQuota, byWrite));
}

/**
 * Sweeps when artifacts take more than there is room for. `open`: graphs somebody looks at now.
 * `alone`: does the deleting while nobody runs anything, or not at all.
 */
export async function sweep(
  db: Database,
  room: Room,
  open: ReadonlySet<GraphId>,
  alone: (work: () => Promise<Swept>) => Promise<Swept | undefined> = (work) => work(),
): Promise<Swept> {
  const rows = await db.artifacts.orderBy('lastUsedAt').toArray();
  const stored = bytesOf(rows);
  const allowed = bytesAllowed(stored, room);
  if (stored <= allowed) return NOTHING_SWEPT;
  const kept = await keptArtifacts(db, open);
  const cached = rows.filter(({ hash }) => !kept.has(hash));
  const forCache = Math.max(allowed * (1 - SLACK) - (stored - bytesOf(cached)), allowed * LEAST_CACHE);
  let over = bytesOf(cached) - forCache;
  const doomed = cached.filter(({ bytes }) => {
    const goes = over > 0;
    if (goes) over -= bytes;
    return goes;
  });
  return (await alone(() => drop(db, doomed))) ?? NOTHING_SWEPT;
}

/** Everything that can be made again, gone; what `kept.ts` keeps for ever stays. */
export async function clearCache(db: Database): Promise<Swept> {
  const kept = await keptArtifacts(db, new Set());
  const swept = await drop(
    db,
    (await db.artifacts.toArray()).filter(({ hash }) => !kept.has(hash)),
  );
  const frozen = await frozenKeys(db);
  const keys = (await db.results.toCollection().primaryKeys()).filter((key) => !frozen.has(key));
  await inSlices(keys, (slice) => db.results.bulkDelete(slice));
  return swept;
}

/** Bytes of the artifacts that are stored, by why they stay; `cached` is what may go. */
export async function spaceTaken(db: Database, open: ReadonlySet<GraphId>): Promise<Space['taken']> {
  const taken = {
    cached: 0,
    imported: 0,
    accepted: 0,
    starred: 0,
    frozen: 0,
    thumbnail: 0,
    'came with a file': 0,
    shown: 0,
  };
  const kept = await keptArtifacts(db, open);
  for (const { hash, bytes } of await db.artifacts.toArray()) taken[kept.get(hash) ?? 'cached'] += bytes;
  return taken;
}

/**
 * Deletes artifacts with their bytes, and in the same write the results and node states that would point to nothing.
 */
async function drop(db: Database, doomed: readonly ArtifactRow[]): Promise<Swept> {
  if (doomed.length === 0) return NOTHING_SWEPT;
  const going = new Set(doomed.map(({ hash }) => hash));
  const results = new Map<ArtifactHash, CacheKey[]>();
  const states = new Map<ArtifactHash, [GraphId, NodeId][]>();
  const note = <T>(users: Map<ArtifactHash, T[]>, hashes: readonly ArtifactHash[], user: T) => {
    for (const hash of hashes) if (going.has(hash)) users.set(hash, [...(users.get(hash) ?? []), user]);
  };
  await db.results.each(({ key, outputs }) => note(results, artifactsOfOutputs(outputs), key));
  await db.nodeStates.each(({ graphId, node, outputs }) => note(states, artifactsOfOutputs(outputs), [graphId, node]));
  const gone: ArtifactRow[] = [];
  await inSlices(doomed, async (slice) => {
    gone.push(
      ...(await db.transaction('rw', db.artifacts, db.blobs, db.results, db.nodeStates, async () => {
        const rows = await db.artifacts.bulkGet(slice.map(({ hash }) => hash));
        // One that was stored anew or used since it was looked at stays.
        const unused = slice.filter(({ lastUsedAt }, at) => rows[at]?.lastUsedAt === lastUsedAt);
        const hashes = unused.map(({ hash }) => hash);
        await db.results.bulkDelete(hashes.flatMap((hash) => results.get(hash) ?? []));
        await db.nodeStates.bulkDelete(hashes.flatMap((hash) => states.get(hash) ?? []));
        await db.artifacts.bulkDelete(hashes);
        await db.blobs.bulkDelete(hashes);
        return unused;
      })),
    );
  });
  return { artifacts: gone.length, bytes: bytesOf(gone) };
}

/**
 * Removes what nothing points to any more, whatever left it behind: bytes without a row, rows without bytes, runs and
 * results beyond what is kept.
 */
export async function tidyRows(db: Database): Promise<void> {
  await dropOrphans(db);
  await dropDanglingResults(db);
  await dropOldResults(db);
  await dropOldRuns(db);
  await dropEventsWithoutRun(db);
}

async function dropOrphans(db: Database): Promise<void> {
  // Read in one transaction: a picture that is being stored is either wholly in it or not at all.
  const [rows, bytes] = await db.transaction('r', db.artifacts, db.blobs, () =>
    Promise.all([db.artifacts.toCollection().primaryKeys(), db.blobs.toCollection().primaryKeys()]),
  );
  const [withRow, withBytes] = [new Set(rows), new Set(bytes)];
  await inSlices(
    bytes.filter((hash) => !withRow.has(hash)),
    (slice) => db.blobs.bulkDelete(slice),
  );
  await inSlices(
    rows.filter((hash) => !withBytes.has(hash)),
    (slice) => db.artifacts.bulkDelete(slice),
  );
}

async function dropDanglingResults(db: Database): Promise<void> {
  const results: [CacheKey, readonly ArtifactHash[]][] = [];
  const states: [[GraphId, NodeId], readonly ArtifactHash[]][] = [];
  await db.results.each(({ key, outputs }) => void results.push([key, artifactsOfOutputs(outputs)]));
  await db.nodeStates.each(
    ({ graphId, node, outputs }) => void states.push([[graphId, node], artifactsOfOutputs(outputs)]),
  );
  // Afterwards: whatever a row names was stored before the row was.
  const stored = new Set(await db.artifacts.toCollection().primaryKeys());
  const dangles = ([, hashes]: readonly [unknown, readonly ArtifactHash[]]) => hashes.some((hash) => !stored.has(hash));
  await inSlices(results.filter(dangles), (slice) => db.results.bulkDelete(slice.map(([key]) => key)));
  await inSlices(states.filter(dangles), (slice) => db.nodeStates.bulkDelete(slice.map(([key]) => key)));
}

async function dropOldResults(db: Database): Promise<void> {
  const tooMany = (await db.results.count()) - KEPT_RESULTS;
  if (tooMany <= 0) return;
  const frozen = await frozenKeys(db);
  const oldest = await db.results.orderBy('lastUsedAt').limit(tooMany).primaryKeys();
  await inSlices(
    oldest.filter((key) => !frozen.has(key)),
    (slice) => db.results.bulkDelete(slice),
  );
}

/**
 * Deletes runs of each graph beyond the newest `most`, but for those with an accepted take, and all runs of graphs that
 * are gone; events go with their run.
 */
export async function dropOldRuns(db: Database, most = KEPT_RUNS): Promise<number> {
  const runsOf = new Map<GraphId, RunId[]>();
  // Keys only: a run holds its whole graph.
  await db.runs.orderBy('[graphId+startedAt]').eachPrimaryKey((id, { key }) => {
    const [graphId] = key as unknown as [GraphId];
    runsOf.set(graphId, [...(runsOf.get(graphId) ?? []), id]);
  });
  const gone = await goneGraphs(db, [...runsOf.keys()]);
  const tooOld = [...runsOf].flatMap(([graphId, runs]) =>
    gone.has(graphId) ? runs : runs.slice(0, Math.max(0, runs.length - most)),
  );
  if (tooOld.length === 0) return 0;
  const withAccepted = new Set<RunId>();
  await db.takes.each(({ verdict, runId }) => void (verdict.state === 'accepted' && withAccepted.add(runId)));
  const doomed = tooOld.filter((id) => !withAccepted.has(id));
  await inSlices(doomed, (slice) =>
    db.transaction('rw', db.runs, db.runEvents, async () => {
      await db.runs.bulkDelete(slice);
      for (const id of slice) await db.runEvents.where('[runId+seq]').between([id, 0], [id, Infinity]).delete();
    }),
  );
  return doomed.length;
}

/** Those that are neither listed nor have a version left to be found by. */
async function goneGraphs(db: Database, ids: readonly GraphId[]): Promise<ReadonlySet<GraphId>> {
  const listed = new Set(await db.graphs.toCollection().primaryKeys());
  const missing = new Set(ids.filter((id) => !listed.has(id)));
  if (missing.size) await db.versions.each(({ graphId }) => void missing.delete(graphId));
  return missing;
}

async function dropEventsWithoutRun(db: Database): Promise<void> {
  const runs = new Set(await db.runs.toCollection().primaryKeys());
  const keys = await db.runEvents.toCollection().primaryKeys();
  await inSlices(
    keys.filter(([runId]) => !runs.has(runId)),
    (slice) => db.runEvents.bulkDelete(slice),
  );
}

async function inSlices<T>(items: readonly T[], work: (slice: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += SLICE) await work(items.slice(at, at + SLICE));
}

const bytesOf = (rows: readonly ArtifactRow[]): number => rows.reduce((total, { bytes }) => total + bytes, 0);
