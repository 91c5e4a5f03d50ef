/** Files that are there whole or not at all, and on disk before anybody is told. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { chmod, open, rename, rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Only its owner can read it. What could not be written leaves nothing behind. */
export async function writeWhole(
  file: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  // Another process may be writing the same.
  const part = `${file}.${randomUUID()}.part`;
  try {
    if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(part, content, { mode: 0o600 });
    else await pipeline(Readable.from(content), createWriteStream(part, { mode: 0o600 }));
    const handle = await open(part, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Takes a file from everybody but its owner, as one that was copied here by hand may not be; nothing where there is none. */
export const keepToOwner = (file: string): Promise<void> => chmod(file, 0o600).catch(() => {});
