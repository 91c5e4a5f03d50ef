/** Pictures in and out of their encodings. */
import encodePng from '@jsquash/png/encode.js';
import { NodeError } from '../core/errors.ts';
import { LONGEST_PICTURE, MOST_PIXELS } from '../core/limits.ts';
import { say } from '../core/say.ts';
import type { Raster } from '../core/values.ts';
import type { PictureHeader } from '../file/picture.ts';
import { overWhite } from '../raster/opaque.ts';
import { headerOf } from './header.ts';
import { opened } from './upright.ts';

/**
 * Decodes any picture the browser knows, upright, as sRGB with 8 bits a channel. Throws `NodeError` with what is wrong.
 */
export async function decodeImage(blob: Blob): Promise<Raster> {
  const header = await headerOf(blob);
  const size = header?.size;
  if (
    size &&
    (size.width > LONGEST_PICTURE || size.height > LONGEST_PICTURE || size.width * size.height > MOST_PIXELS)
  ) {
    throw new NodeError(
      'bad-input',
      say('This picture is {0} × {1} pixels, more than can be opened.', size.width, size.height),
      { hint: say('Scale it to at most {0} {0|pixel|pixels} on a side and 100 megapixels in all.', LONGEST_PICTURE) },
    );
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await opened(blob, header);
  } catch (cause) {
    throw unreadable(header, cause);
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new NodeError('out-of-memory', say('There is no memory for a picture of {0} × {1} pixels.', width, height), {
      hint: 'Close other tabs, or scale the picture down.',
    });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}

function unreadable(header: PictureHeader | undefined, cause: unknown): NodeError {
  if (header?.format === 'heic')
    return new NodeError('unsupported', 'This is a HEIC picture, which this browser cannot read.', {
      hint: 'Export it as JPEG or PNG where it comes from, or open it in Safari.',
      cause,
    });
  if (header?.size)
    return new NodeError('bad-input', 'This picture cannot be read to its end.', {
      hint: 'The file seems damaged or cut short: download or export it again.',
      cause,
    });
  return new NodeError('bad-input', 'This file is not a picture the browser can open.', {
    hint: 'Choose a PNG, JPEG, WebP, AVIF or GIF picture.',
    cause,
  });
}

/** Lossless PNG, fast, the same bytes for the same pixels. */
export async function pngOf(image: Raster): Promise<Blob> {
  const data = new ImageData(image.data as Uint8ClampedArray<ArrayBuffer>, image.width, image.height);
  return new Blob([await encodePng(data)], { type: 'image/png' });
}

/** JPEG or WebP; `quality` 0…1. JPEG knows no alpha: what is transparent shows white there. */
export async function lossyOf(image: Raster, format: 'jpeg' | 'webp', quality: number): Promise<Blob> {
  const { width, height, data } = format === 'jpeg' ? overWhite(image) : image;
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')!.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
  const blob = await canvas.convertToBlob({ type: `image/${format}`, quality });
  if (blob.type === `image/${format}`) return blob;
  // A browser that does not know a format writes PNG without a word.
  if (format === 'webp') return (await import('./webp.ts')).webpOf(image, quality);
  throw new NodeError('unsupported', say('This browser cannot write {0}.', format.toUpperCase()), {
    hint: 'Choose PNG.',
  });
}
