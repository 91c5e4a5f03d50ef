/** Content hashes: what a picture, a depth map or a clip is, whatever it is encoded as. SHA-256 in hex. */
import { createSHA256, createXXHash128, sha256 as sha256InHex } from 'hash-wasm';
import type { ArtifactHash } from '../core/ids.ts';
import type { DepthMap, Raster, Sound } from '../core/values.ts';

async function sha256(...parts: readonly (string | Uint8Array | Uint8ClampedArray)[]): Promise<ArtifactHash> {
  const chunks = parts.map((part) => (typeof part === 'string' ? new TextEncoder().encode(part) : part));
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  // On an address that is not secure a browser hides its own; the digest is the same.
  if (!globalThis.crypto.subtle) return (await sha256InHex(joined)) as ArtifactHash;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('') as ArtifactHash;
}

/** Width, height and pixels. */
export const imageHash = (image: Raster): Promise<ArtifactHash> =>
  sha256(`image ${image.width}×${image.height}\n`, image.data);
export const depthHash = (depth: DepthMap): Promise<ArtifactHash> =>
  sha256(`depth ${depth.width}×${depth.height}\n`, depth.data);
/** Imported bytes are their own identity. */
export const bytesHash = (bytes: Uint8Array): Promise<ArtifactHash> => sha256('bytes\n', bytes);
/** The same of a file that may be too large to be held in memory. */
export async function blobHash(blob: Blob): Promise<ArtifactHash> {
  const hasher = (await createSHA256()).init().update('bytes\n');
  const reader = blob.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) hasher.update(part.value);
  return hasher.digest('hex') as ArtifactHash;
}
/** A file is what it was made from and how, since encoders do not repeat their bytes. */
export const fileHash = (recipe: string): Promise<ArtifactHash> => sha256('file\n', recipe);

/** A clip made of other clips is what was done to them, pictures and sound. */
export const derivedClipHash = (recipe: string, sound?: Sound): Promise<ArtifactHash> =>
  sha256('clip of\n', sound ? `${recipe}\n${JSON.stringify(sound)}` : recipe);

/** Collects a clip's identity frame by frame: size, rate, and a fast 128-bit digest of each frame's pixels. */
export async function clipIdentity(
  width: number,
  height: number,
  fps: number,
): Promise<{ add(frame: Raster): void; hash(): Promise<ArtifactHash> }> {
  const hasher = await createXXHash128();
  const digests: string[] = [];
  return {
    add: (frame) =>
      void digests.push(
        hasher
          .init()
          .update(new Uint8Array(frame.data.buffer, frame.data.byteOffset, frame.data.byteLength))
          .digest('hex'),
      ),
    hash: () => sha256(`clip ${width}×${height} ${fps}\n${digests.join('\n')}`),
  };
}
