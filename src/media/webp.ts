/** WebP where the browser has no encoder for it (WebKit): libwebp, loaded when it is needed. */
import type { WebPModule } from '@jsquash/webp/codec/enc/webp_enc.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import type { Raster } from '../core/values.ts';

let loading: Promise<WebPModule> | undefined;

async function load(): Promise<WebPModule> {
  // The build with SIMD alone: without SIMD there are no pixel kernels either.
  const { default: start } = await import('@jsquash/webp/codec/enc/webp_enc_simd.js');
  return start({ noInitialRun: true });
}

/** Lossy WebP with its alpha; `quality` 0…1. Throws when there is no memory for it. */
export async function webpOf({ data, width, height }: Raster, quality: number): Promise<Blob> {
  loading ??= load();
  const encoder = await loading.catch((error: unknown) => {
    // Perhaps the network was away: the next picture tries again.
    loading = undefined;
    throw error;
  });
  const bytes = encoder.encode(data as Uint8ClampedArray<ArrayBuffer>, width, height, {
    ...defaultOptions,
    quality: quality * 100,
  });
  if (!bytes) throw new RangeError('There was no memory for the WebP encoder.');
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/webp' });
}
