/** Saving everything as one file, and bringing it back. */
import { fail, ok, toFailure, type Result } from '../core/errors.ts';
import { onDate } from '../core/figures.ts';
import { say } from '../core/say.ts';
import { readManifest, type BackupManifest } from '../file/backup-format.ts';
import { FORMAT_VERSION } from '../file/format.ts';
import { STORAGE_LOCK, SWEPT_CHANNEL } from '../session/space.ts';
import type { Database } from '../storage/db.ts';
import { restoreStore } from '../storage/restore-store.ts';
import { routingStore } from '../storage/routing-store.ts';
import type { BackupCommands, BackupLook } from '../ui/backup-listing.ts';
import { t } from '../words/t.ts';

import { openArchive, type Archive } from './backup-archive.ts';
import { fateOfGraph, restoreAll } from './restore.ts';
import { restoreSettings } from './restored-settings.ts';
import { saveBlob } from './save-blob.ts';
import type { EditingServices } from './services.ts';
import { writeBackup } from './write-backup.ts';

/** One tab restores at a time. */
const RESTORE_LOCK = 'triptych-restores';

export function createBackupCommands(
  { save, upgrade, registry, workspace }: Pick<EditingServices, 'save' | 'upgrade' | 'registry' | 'workspace'>,
  db: Database,
  now: () => Date = () => new Date(),
): BackupCommands {
  const store = restoreStore(db);

  return {
    saveBackup: (isWhole, onProgress, cancelled) =>
      asResult(async () => {
        await save();
        const wish = { isWhole, view: workspace.getState().view, now: now(), app: build(), onProgress, cancelled };
        const { file, counts } = await writeBackup(db, upgrade, wish);
        const name = `triptych-backup-${localDay(wish.now)}.zip`;
        saveBlob(file, name);
        return ok({ name, bytes: file.size, ...counts });
      }),

    lookIntoBackup: (file) =>
      asResult(async () => {
        const opened = await open(file);
        if (!opened.ok) return opened;
        const { archive, manifest } = opened.value;
        return ok(await lookOf(archive, manifest));
      }),

    restoreBackup: (file, withSettings, onProgress, cancelled) =>
      asResult(async () => {
        const opened = await open(file);
        if (!opened.ok) return opened;
        const { archive, manifest } = opened.value;
        await save();
        const done = await alone(() =>
          restoreAll(archive, manifest, {
            store,
            registry,
            secondTitle: titleOf(manifest),
            takeSettings: (rows) =>
              restoreSettings(rows, withSettings, routingStore(db), (view) => workspace.setView(view)),
            onProgress,
            cancelled,
          }),
        );
        if (!done) return fail('rejected', 'A backup is being restored already.', 'Wait until it is done.');
        // Whoever remembers which results there are looks again.
        const channel = new BroadcastChannel(SWEPT_CHANNEL);
        channel.postMessage('restored');
        channel.close();
        return ok(done);
      }),
  };

  async function lookOf({ entries, strangers }: Archive, manifest: BackupManifest): Promise<BackupLook> {
    let [fresh, same, damaged, files, bytes] = [0, 0, 0, 0, 0];
    const seconds: string[] = [];
    for (const entry of entries) {
      if (entry.is.of === 'file') files++;
      bytes += entry.bytes;
      if (entry.is.of !== 'graph') continue;
      const fate = await fateOfGraph(entry, entry.is.id, store);
      if (fate.is === 'second') seconds.push(titleOf(manifest)(fate.row.title));
      else if (fate.is === 'same') same++;
      else if (fate.is === 'fresh') fresh++;
      else damaged++;
    }
    const { savedAt, isWhole, counts } = manifest;
    const lacks = [
      ...(damaged > 0 ? [say('{0} {0|graph is|graphs are} damaged and will be left out.', damaged)] : []),
      ...(strangers > 0
        ? [say('{0} {0|entry|entries} of the file belong to no backup and were left alone.', strangers)]
        : []),
    ];
    return { savedAt, isWhole, graphs: { fresh, same, seconds }, takes: counts.takes, files, bytes, lacks };
  }
}

const titleOf =
  ({ savedAt }: BackupManifest) =>
  (title: string): string =>
    savedAt ? t('{0}, from the backup of {1}', title, onDate(savedAt.slice(0, 10))) : t('{0}, from a backup', title);

const build = (): string => document.querySelector<HTMLMetaElement>('meta[name=triptych-build]')?.content ?? '';

/** As the person's clock has it. */
function localDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

interface OpenBackup {
  readonly archive: Archive;
  readonly manifest: BackupManifest;
}
async function open(file: File): Promise<Result<OpenBackup>> {
  const archive = await openArchive(file);
  if (!archive.ok) return archive;
  const manifest = readManifest(archive.value.manifest, FORMAT_VERSION);
  return manifest.ok ? ok({ archive: archive.value, manifest: manifest.value }) : manifest;
}

/** Nothing is swept meanwhile, in any tab; `undefined` while another tab restores. */
async function alone<T>(work: () => Promise<T>): Promise<T | undefined> {
  // Missing where the address is not secure: then this tab is taken for the only one.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return work();
  return locks.request(RESTORE_LOCK, { ifAvailable: true }, async (lock) =>
    lock ? locks.request(STORAGE_LOCK, { mode: 'shared' }, work) : undefined,
  );
}

async function asResult<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) };
  }
}
