/** The pixels of a PNG, without a browser. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Raster } from '../core/values.ts';

export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<Raster> {
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
