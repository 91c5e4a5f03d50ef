/** Offers many files as the download of one archive. */
import { loadPart } from '../load-part.ts';
import { saveBlob } from './save-blob.ts';

export async function saveZip(
  files: readonly (readonly [path: string, bytes: Uint8Array<ArrayBuffer>])[],
  name: string,
): Promise<void> {
  const { zipSync } = await loadPart(() => import('fflate'));
  // Pictures and clips are compressed already.
  saveBlob(new Blob([zipSync(Object.fromEntries(files), { level: 0 })], { type: 'application/zip' }), name);
}
