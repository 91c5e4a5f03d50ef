/** Pictures and texts that came inside a graph's file. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ArtifactHash } from '../core/ids.ts';
import { inWords, say } from '../core/say.ts';
import type { Raster } from '../core/values.ts';
import type { EmbeddedMedia } from '../file/format.ts';
import { bytesHash, imageHash } from '../media/identity.ts';
import type { MemoryArtifacts } from './memory-artifacts.ts';

/** Puts them among the artifacts. Returns what could not be read, a sentence each. */
export async function storeMedia(
  media: Readonly<Record<string, EmbeddedMedia>>,
  artifacts: MemoryArtifacts,
): Promise<string[]> {
  const trouble: string[] = [];
  for (const [hash, { mime, name, data }] of Object.entries(media)) {
    const bytes = new Uint8Array(Buffer.from(data, 'base64'));
    if (mime === 'text/plain' && (await bytesHash(bytes)) === hash)
      artifacts.texts.set(hash as ArtifactHash, new TextDecoder().decode(bytes));
    else if (mime !== 'image/png')
      trouble.push(inWords(say('{0}: only PNG pictures can be read without a browser.', name)));
    else {
      const raster = await decodePng(bytes);
      if ((await imageHash(raster)) === hash) await artifacts.writeImage({ raster });
      else trouble.push(inWords(say('{0} is not what the file says it is, so it was left out.', name)));
    }
  }
  return trouble;
}

async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Raster> {
  const { default: decode, init } = await import('@jsquash/png/decode.js');
  // What the decoder hands back, where no browser defines it.
  (globalThis as { ImageData?: unknown }).ImageData ??= class {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      [this.data, this.width, this.height] = [data, width, height];
    }
  };
  await init(readFileSync(createRequire(import.meta.url).resolve('@jsquash/png/codec/pkg/squoosh_png_bg.wasm')));
  const { width, height, data } = await decode(bytes.buffer);
  return { width, height, data };
}
