/** Brings a backup in: what is missing here is added, in steps that each leave a whole, and nothing here is changed. */
import type { ArtifactHash, GraphId } from '../core/ids.ts';
import { readJson } from '../core/json.ts';
import { LARGEST_GRAPH_FILE } from '../core/limits.ts';
import type { Registry } from '../core/node.ts';
import { say, type Sentence } from '../core/say.ts';
import type { BackupManifest, BackupTable } from '../file/backup-format.ts';
import { isArtifact } from '../file/row-shapes.ts';
import { blobHash, imageHash } from '../media/identity.ts';
import { decodeImage } from '../media/image.ts';
import type { ArtifactRow, GraphRow, SettingRow } from '../storage/db.ts';
import type { Added, RestoreStore } from '../storage/restore-store.ts';
import type { RestoredBackup, TellProgress } from '../ui/backup-listing.ts';
import { linesOf, type Archive, type BackupPiece } from './backup-archive.ts';
import { asSecond, graphRowIn, isSameGraph, readGraphLines, secondId, secondRunId } from './restored-graph.ts';
import { rowReaders } from './restored-rows.ts';

/** Rows that are written at a time. */
const SLICE = 200;
/** What each kind of artifact may be: a page that shows it runs none of it. */
const MIMES: Readonly<Record<ArtifactRow['kind'], RegExp>> = {
  image: /^image\/[\w.+-]+$/,
  video: /^video\/[\w.+-]+$/,
  depth: /^$/,
  file: /^(?:text\/plain|image\/(?:png|jpeg|webp)|video\/(?:mp4|webm))$/,
};

export interface RestoreDeps {
  readonly store: RestoreStore;
  readonly registry: Registry;
  /** Whatever is to be done with the settings: all of them, at the end. */
  takeSettings(rows: readonly SettingRow[]): Promise<void>;
  /** What a graph is called that comes beside one that is here. */
  secondTitle(title: string): string;
  readonly onProgress: TellProgress;
  readonly cancelled: AbortSignal;
}

/** What becomes of a graph of a backup here. */
export type GraphFate =
  | { readonly is: 'fresh'; readonly row: GraphRow }
  | { readonly is: 'same'; readonly row: GraphRow; readonly isInTrash: boolean }
  | { readonly is: 'second'; readonly row: GraphRow; readonly id: GraphId }
  | { readonly is: 'damaged' };

/** Decided by the first line of a graph alone. */
export async function fateOfGraph(entry: BackupPiece, id: GraphId, store: RestoreStore): Promise<GraphFate> {
  const line = await entry.firstLine().catch(() => '');
  const row = graphRowIn(line);
  if (row?.id !== id) return { is: 'damaged' };
  const here = await store.graph(id);
  if (!here) return { is: 'fresh', row };
  const isInTrash = here.deletedAt !== undefined && row.deletedAt === undefined;
  if (isSameGraph(here, row)) return { is: 'same', row, isInTrash };
  const second = secondId(row);
  // It came from this backup before.
  const hasCome = (await store.graph(second)) !== undefined;
  return hasCome ? { is: 'same', row, isInTrash: false } : { is: 'second', row, id: second };
}

/** Throws when it is cancelled, or where there is no room; what was added until then stays, and is not added again. */
export async function restoreAll(
  { entries, strangers }: Archive,
  { graphFormat }: BackupManifest,
  deps: RestoreDeps,
): Promise<RestoredBackup> {
  const { store, registry, onProgress, cancelled } = deps;
  const lacks: Sentence[] = [];
  const of = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  const stepDone = ({ bytes }: BackupPiece) => onProgress((done += bytes), of);
  const readers = rowReaders(graphFormat, registry);
  const tables = new Map<BackupTable | 'artifacts', BackupPiece>();
  for (const entry of entries) if (entry.is.of === 'table') tables.set(entry.is.table, entry);

  if (strangers > 0)
    lacks.push(say('{0} {0|entry|entries} of the file belong to no backup and were left alone.', strangers));
  const files = await addFiles();
  await inSlices('results', readers.results, async (rows) => (await store.addResults(rows)).added.length);
  const fates = await fatesOf();
  const takes = await addTakes();
  const labels = await plain('takeLabels', readers.takeLabels, store.addTakeLabels);
  await addRefinements();
  const graphs = await addGraphs();
  let others = labels;
  others += await inSlices('routing', readers.routing, async (rows) => {
    const { added, here } = await store.addTables(rows);
    for (const [came, ours] of here)
      if (JSON.stringify(came.rows) !== JSON.stringify(ours.rows))
        lacks.push(
          say('The routing table “{0}”, version {1}, is another one here. Yours stays.', came.name, came.version),
        );
    return added.length;
  });
  others += await plain('ownModels', readers.ownModels, store.addOwnModels);
  others += await plain('components', readers.components, store.addComponents);
  others += await plain('templates', readers.templates, store.addTemplates);
  others += await plain('lessons', readers.lessons, store.addLessons);
  others += await plain('handedIn', readers.handedIn, store.addHandedIn);
  await inSlices('settings', readers.settings, async (rows) => (await deps.takeSettings(rows), 0));
  onProgress(of, of);
  return { ...graphs, takes, files, others, lacks };

  /** All of an entry, or nothing where it is damaged, which is said. */
  async function contentOf(entry: BackupPiece, type = ''): Promise<Blob | undefined> {
    cancelled.throwIfAborted();
    try {
      return await entry.blob(type, cancelled);
    } catch {
      cancelled.throwIfAborted();
      lacks.push(say('{0} is damaged and was left out.', entry.name));
      return undefined;
    }
  }
  async function inSlices<Row>(
    table: BackupTable | 'artifacts',
    read: (raw: unknown) => Row | undefined,
    take: (rows: readonly Row[]) => Promise<number>,
  ): Promise<number> {
    const entry = tables.get(table);
    const content = entry && (await contentOf(entry));
    if (!content) return 0;
    let [rows, count, damaged]: [Row[], number, number] = [[], 0, 0];
    for await (const line of linesOf(content, LARGEST_GRAPH_FILE)) {
      const json = readJson(line, LARGEST_GRAPH_FILE);
      const row = json.ok ? read(json.value) : undefined;
      if (row === undefined) damaged++;
      else rows.push(row);
      if (rows.length < SLICE) continue;
      cancelled.throwIfAborted();
      count += await take(rows);
      rows = [];
    }
    if (rows.length > 0) count += await take(rows);
    if (damaged > 0) lacks.push(say('{0}: {1} {1|row|rows} could not be read.', entry.name, damaged));
    stepDone(entry);
    return count;
  }
  function plain<Row>(
    table: BackupTable,
    read: (raw: unknown) => Row | undefined,
    add: (rows: readonly Row[]) => Promise<Added<Row>>,
  ): Promise<number> {
    return inSlices(table, read, async (rows) => (await add(rows)).added.length);
  }

  async function addFiles(): Promise<number> {
    const rows = new Map<ArtifactHash, ClaimedArtifact>();
    await inSlices('artifacts', readArtifact, (some) => {
      for (const row of some) rows.set(row.hash, row);
      return Promise.resolve(0);
    });
    let count = 0;
    for (const entry of entries) {
      if (entry.is.of !== 'file') continue;
      const { hash } = entry.is;
      const row = rows.get(hash);
      const isHere = row !== undefined && (await store.hasArtifact(hash));
      const blob = row && !isHere ? await contentOf(entry, row.mime) : undefined;
      if (row && blob && (await isWhatItClaims(row, blob))) {
        const { digest: _, isRemade: __, ...kept } = row;
        await store.addArtifact(kept, blob);
        count++;
      } else if (!row || blob) lacks.push(say('{0} is not what it claims to be and was left out.', entry.name));
      stepDone(entry);
    }
    return count;
  }

  async function fatesOf(): Promise<ReadonlyMap<GraphId, GraphFate>> {
    const found = new Map<GraphId, GraphFate>();
    for (const entry of entries)
      if (entry.is.of === 'graph') found.set(entry.is.id, await fateOfGraph(entry, entry.is.id, store));
    return found;
  }

  /** Those of a graph that comes a second time are its own where they are not here already. */
  function addTakes(): Promise<number> {
    return inSlices('takes', readers.takes, async (rows) => {
      const home = rows.map((take) => {
        const fate = fates.get(take.graphId);
        return fate?.is === 'second' ? { ...take, graphId: fate.id, runId: secondRunId(fate.id, take.runId) } : take;
      });
      return (await store.addTakes(home)).added.length;
    });
  }
  function addRefinements(): Promise<number> {
    return inSlices('refinements', readers.refinements, store.addRefinements);
  }

  async function addGraphs(): Promise<Pick<RestoredBackup, 'graphs' | 'seconds' | 'broughtBack'>> {
    let [count, broughtBack] = [0, 0];
    const seconds: string[] = [];
    for (const entry of entries) {
      if (entry.is.of !== 'graph') continue;
      const { id } = entry.is;
      const fate = fates.get(id)!;
      if (fate.is === 'same' && fate.isInTrash) {
        await store.bringBack(id);
        broughtBack++;
      } else if (fate.is === 'damaged') lacks.push(say('{0} is damaged and was left out.', entry.name));
      else if (fate.is !== 'same') {
        const added = await addGraph(entry, id, fate);
        if (added === 'second') seconds.push(deps.secondTitle(fate.row.title));
        else if (added === 'fresh') count++;
      }
      stepDone(entry);
    }
    return { graphs: count, seconds, broughtBack };
  }

  async function addGraph(
    entry: BackupPiece,
    id: GraphId,
    fate: Extract<GraphFate, { is: 'fresh' | 'second' }>,
  ): Promise<'fresh' | 'second' | 'nothing'> {
    const content = await contentOf(entry);
    if (!content) return 'nothing';
    const { graph, lacks: ofGraph } = await readGraphLines(
      linesOf(content, LARGEST_GRAPH_FILE),
      id,
      graphFormat,
      registry,
    );
    lacks.push(...ofGraph);
    if (!graph) {
      lacks.push(say('{0} is damaged and was left out.', entry.name));
      return 'nothing';
    }
    cancelled.throwIfAborted();
    if (fate.is === 'second') {
      const title = deps.secondTitle(fate.row.title);
      return (await store.addGraph(asSecond(graph, fate.id, title))) === 'added' ? 'second' : 'nothing';
    }
    const added = await store.addGraph(graph);
    if (added !== 'taken') return added === 'added' ? 'fresh' : 'nothing';
    const renamed = asSecond(graph, secondId(graph.row), graph.row.title);
    return (await store.addGraph(renamed)) === 'added' ? 'fresh' : 'nothing';
  }
}

/** A row of an artifact, and what a backup says of its bytes. */
interface ClaimedArtifact extends ArtifactRow {
  readonly digest: string;
  readonly isRemade?: true;
}
function readArtifact(raw: unknown): ClaimedArtifact | undefined {
  if (!isArtifact(raw)) return undefined;
  const row = raw as ClaimedArtifact;
  return MIMES[row.kind].test(row.mime) ? row : undefined;
}

/**
 * Its bytes are those that were saved. A picture that can be made again is its pixels too; what was imported came out of
 * a decoder that may have been another one.
 */
async function isWhatItClaims({ hash, kind, mime, bytes, digest, isRemade }: ClaimedArtifact, blob: Blob) {
  if (blob.size !== bytes || (await blobHash(blob)) !== digest) return false;
  if (kind === 'file' && mime === 'text/plain') return digest === hash;
  if (kind !== 'image' || !isRemade) return true;
  return decodeImage(blob).then(
    async (raster) => (await imageHash(raster)) === hash,
    () => false,
  );
}
