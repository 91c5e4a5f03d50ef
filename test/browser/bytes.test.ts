import { expect, test } from 'vitest';
import type { ArtifactHash } from '../../src/core/ids.ts';
import { artifactStore } from '../../src/storage/artifact-store.ts';
import { Database } from '../../src/storage/db.ts';

const hash = (letter: string) => letter.repeat(64) as ArtifactHash;

test('where the database takes no blobs, as in a private window of WebKit, their bytes are kept; a full disk is still said', async () => {
  const db = new Database(`bytes-${Math.random()}`);
  const store = artifactStore(db);
  const put = IDBObjectStore.prototype.put;
  const refuseBlobs = (name: string) => {
    IDBObjectStore.prototype.put = function (value: { readonly blob?: unknown }, ...more) {
      if (value.blob instanceof Blob) throw new DOMException('refused', name);
      return put.call(this, value, ...more);
    };
  };
  await store.put(hash('a'), 'image', new Blob(['kept as it is'], { type: 'image/png' }));
  try {
    refuseBlobs('QuotaExceededError');
    await expect(store.put(hash('b'), 'image', new Blob(['x']))).rejects.toThrow();
    refuseBlobs('DataCloneError');
    await store.put(hash('c'), 'image', new Blob(['kept as bytes'], { type: 'image/webp' }));
    await store.put(hash('d'), 'video', new Blob(['and the next'], { type: 'video/mp4' }));
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  const read = async (letter: string) => {
    const blob = await store.get(hash(letter));
    return blob && [blob.type, await blob.text()];
  };
  expect(await read('a')).toEqual(['image/png', 'kept as it is']);
  expect(await read('b')).toBeUndefined();
  expect(await read('c')).toEqual(['image/webp', 'kept as bytes']);
  expect(await read('d')).toEqual(['video/mp4', 'and the next']);
  expect((await db.artifacts.get(hash('c')))?.bytes).toBe(13);
});
