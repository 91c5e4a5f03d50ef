/** A browser full of work, and its backup restored into another one. */
import { faces } from '../../src/app/node-faces.ts';
import { openArchive } from '../../src/app/backup-archive.ts';
import { restoreAll } from '../../src/app/restore.ts';
import { restoreSettings } from '../../src/app/restored-settings.ts';
import { writeBackup } from '../../src/app/write-backup.ts';
import { readManifest } from '../../src/file/backup-format.ts';
import { FORMAT_VERSION } from '../../src/file/format.ts';
import { upgradeWith } from '../../src/file/upgrade.ts';
import { USUAL_VIEW, type ViewSettings } from '../../src/state/workspace.ts';
import type { Database } from '../../src/storage/db.ts';
import { restoreStore } from '../../src/storage/restore-store.ts';
import { routingStore } from '../../src/storage/routing-store.ts';
import type { RestoredBackup } from '../../src/ui/backup-listing.ts';

const NEVER = new AbortController().signal;

export const backUp = async (db: Database, isWhole = true, cancelled = NEVER): Promise<Blob> =>
  (
    await writeBackup(db, upgradeWith(faces), {
      isWhole,
      view: { ...USUAL_VIEW, theme: 'dark' },
      app: 'test',
      now: new Date('2026-11-28T12:00:00Z'),
      onProgress: () => {},
      cancelled,
    })
  ).file;

interface Wish {
  readonly withSettings?: boolean;
  readonly cancelled?: AbortSignal;
  onProgress?(done: number, of: number): void;
  setView?(view: ViewSettings): void;
}
export async function restoreInto(
  db: Database,
  file: Blob,
  { withSettings = false, cancelled = NEVER, onProgress = () => {}, setView = () => {} }: Wish = {},
): Promise<RestoredBackup> {
  const opened = await openArchive(file);
  if (!opened.ok) throw new Error(String(opened.error.code));
  const manifest = readManifest(opened.value.manifest, FORMAT_VERSION);
  if (!manifest.ok) throw new Error(String(manifest.error.code));
  return restoreAll(opened.value, manifest.value, {
    store: restoreStore(db),
    registry: faces,
    secondTitle: (title) => `${title}, from the backup`,
    takeSettings: (rows) => restoreSettings(rows, withSettings, routingStore(db), setView),
    onProgress,
    cancelled,
  });
}
