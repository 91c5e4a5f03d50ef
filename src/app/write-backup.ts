/** Everything that is kept here, as one file. */
import type { Graph } from '../graph/graph.ts';
import {
  BACKUP_FORMAT,
  BACKUP_MANIFEST,
  entryOfFile,
  entryOfTable,
  writeManifest,
  type BackupManifest,
} from '../file/backup-format.ts';
import { FORMAT_VERSION, graphFileOf } from '../file/format.ts';
import type { Upgrade } from '../file/upgrade.ts';
import { blobHash } from '../media/identity.ts';
import type { ViewSettings } from '../state/workspace.ts';
import { snapshot, type DatabaseSnapshot } from '../storage/backup-snapshot.ts';
import type { Database } from '../storage/db.ts';
import type { TellProgress } from '../ui/backup-listing.ts';
import { writeArchive, type EntryToWrite } from './backup-archive.ts';

export interface BackupWish {
  /** Also what can be made again. */
  readonly isWhole: boolean;
  readonly view: ViewSettings;
  readonly now: Date;
  /** Which build of the app writes it. */
  readonly app: string;
  readonly onProgress: TellProgress;
  readonly cancelled: AbortSignal;
}
export interface WrittenBackup {
  readonly file: Blob;
  readonly counts: BackupManifest['counts'];
}

/** Throws when it is cancelled. */
export async function writeBackup(db: Database, upgrade: Upgrade, wish: BackupWish): Promise<WrittenBackup> {
  const { isWhole, view, now, app, onProgress, cancelled } = wish;
  const asWritten = (graph: Graph) => graphFileOf(graph);
  const taken = await snapshot(db, { isWhole, asWritten, upgrade, view, cancelled });
  const manifest = writeManifest({
    formatVersion: BACKUP_FORMAT,
    graphFormat: FORMAT_VERSION,
    app,
    savedAt: now.toISOString(),
    isWhole,
    counts: taken.counts,
  });
  const of = [...taken.texts.values(), ...taken.files.map(({ blob }) => blob)].reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  const written = (bytes: number) => onProgress(Math.min((done += bytes), of), of);
  return { file: await writeArchive(entriesOf(manifest, taken), written, cancelled), counts: taken.counts };
}

async function* entriesOf(manifest: string, { texts, files }: DatabaseSnapshot): AsyncGenerator<EntryToWrite> {
  // First, so that the file is known by its beginning.
  yield { name: BACKUP_MANIFEST, content: manifest };
  for (const [name, content] of texts) yield { name, content };
  const lines: string[] = [];
  for (const { blob, ...row } of files) {
    lines.push(`${JSON.stringify({ ...row, bytes: blob.size, digest: await blobHash(blob) })}\n`);
    yield { name: entryOfFile(row.hash, row.mime), content: blob };
  }
  yield { name: entryOfTable('artifacts'), content: new Blob(lines) };
}
