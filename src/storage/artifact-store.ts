/** Bytes by content hash, each with a row that says what they are; both are written together. */
import type { ArtifactHash } from '../core/ids.ts';
import { blobOf, keepBlob } from './bytes.ts';
import type { ArtifactRow, Database } from './db.ts';
import { noteUses } from './uses.ts';

export interface ArtifactStore {
  has(hash: ArtifactHash): Promise<boolean>;
  put(hash: ArtifactHash, kind: ArtifactRow['kind'], blob: Blob): Promise<void>;
  /** Reading counts as a use: what is used is swept last. */
  get(hash: ArtifactHash): Promise<Blob | undefined>;
  /** These were used without being read. */
  used(hashes: Iterable<ArtifactHash>): void;
}

export function artifactStore(db: Database, now: () => number = Date.now): ArtifactStore {
  const used = noteUses<ArtifactHash>(db.artifacts, 'hash', now);
  return {
    has: async (hash) => (await db.artifacts.where('hash').equals(hash).count()) > 0,
    async put(hash, kind, blob) {
      const row: ArtifactRow = { hash, kind, mime: blob.type, bytes: blob.size, lastUsedAt: now() };
      await keepBlob(blob, (kept) =>
        db.transaction('rw', db.blobs, db.artifacts, async () => {
          await db.blobs.put({ hash, blob: kept });
          await db.artifacts.put(row);
        }),
      );
    },
    async get(hash) {
      const row = await db.blobs.get(hash);
      if (row) used([hash]);
      return row && blobOf(row.blob);
    },
    used,
  };
}
