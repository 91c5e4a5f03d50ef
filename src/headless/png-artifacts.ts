/** Artifacts in memory whose pictures are delivered as PNG; other encodings are a browser's. */
import { endingOf } from '../core/file-name.ts';
import type { ArtifactHash } from '../core/ids.ts';
import type { Artifacts } from '../core/node.ts';
import type { FileValue, ImageValue, VideoValue } from '../core/values.ts';
import { bytesHash, fileHash } from '../media/identity.ts';
import { memoryArtifacts, type KeptFile, type MemoryArtifacts } from './memory-artifacts.ts';
import { png } from './png.js';
import { notDelivered } from './takes-a-browser.ts';

export interface PngArtifacts extends MemoryArtifacts, Pick<Artifacts, 'encode'> {
  /** What was encoded, to be written to a disk. */
  readonly files: ReadonlyMap<ArtifactHash, Uint8Array>;
}

export function pngArtifacts(): PngArtifacts {
  const memory = memoryArtifacts();
  const files = new Map<ArtifactHash, Uint8Array>();
  async function fileOf(
    { width, height }: ImageValue | VideoValue,
    name: string,
    { bytes, mime }: KeptFile,
  ): Promise<FileValue> {
    const hash = await bytesHash(new Uint8Array(bytes));
    files.set(hash, bytes);
    const ending = endingOf(mime);
    return {
      kind: 'file',
      hash,
      name: `${name.replace(/\.(png|jpe?g|webp|mp4|webm)$/i, '')}.${ending}`,
      mime,
      bytes: bytes.length,
      encoding: `${ending.toUpperCase()} as it came, ${width} × ${height}`,
    };
  }

  return {
    ...memory,
    files,
    has: (hash) => memory.has(hash) || files.has(hash),
    forgetAllBut(kept) {
      memory.forgetAllBut(kept);
      for (const hash of files.keys()) if (!kept.has(hash)) files.delete(hash);
    },
    async encode(value, options) {
      const came = memory.kept.get(value.hash);
      if (came) return fileOf(value, options.name, came);
      if (value.kind === 'video') throw notDelivered();
      const { raster } = await memory.image(value);
      const bytes = png(raster);
      const hash = await fileHash(JSON.stringify([value.hash, { ...options, format: 'png' }]));
      files.set(hash, bytes);
      return {
        kind: 'file',
        hash,
        name: `${options.name.replace(/\.(png|jpe?g|webp)$/i, '')}.png`,
        mime: 'image/png',
        bytes: bytes.length,
        encoding: `PNG, ${value.width} × ${value.height}`,
      };
    },
  };
}
