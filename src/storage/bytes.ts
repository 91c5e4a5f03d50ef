/** Bytes in IndexedDB, also where it takes no blobs: in a private window of WebKit. */

/** A blob as a row keeps it. */
export type KeptBlob = Blob | { readonly bytes: ArrayBuffer; readonly mime: string };

/** What a database says that cannot keep a blob. A full disk says something else. */
const REFUSALS = new Set(['DataCloneError', 'UnknownError', 'DataError', 'NotSupportedError', 'TypeError']);
let takesBlobs = true;

/** Writes a blob; as plain bytes when the database does not take it, and from then on at once. */
export async function keepBlob(blob: Blob, write: (kept: KeptBlob) => Promise<unknown>): Promise<void> {
  if (takesBlobs) {
    try {
      await write(blob);
      return;
    } catch (thrown) {
      if (!REFUSALS.has((thrown as { name?: string }).name ?? '')) throw thrown;
    }
  }
  await write({ bytes: await blob.arrayBuffer(), mime: blob.type });
  takesBlobs = false;
}

/** What was kept, as a blob. */
export const blobOf = (kept: KeptBlob): Blob =>
  kept instanceof Blob ? kept : new Blob([kept.bytes], { type: kept.mime });
