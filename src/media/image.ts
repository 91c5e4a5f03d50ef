/** Pictures in and out of their encodings. */
import encodePng from '@jsquash/png/encode.js';
import { NodeError } from '../core/errors.ts';
import type { Raster } from '../core/values.ts';
import { say } from '../core/say.ts';

/** What the browser's canvas takes on each side, and in all. */
const LONGEST = 16384;
const MOST_PIXELS = 100e6;

/** Decodes any picture the browser knows, upright, as sRGB. Throws `NodeError` with what is wrong. */
export async function decodeImage(blob: Blob): Promise<Raster> {
  const size = await sizeInHeader(blob);
  if (size && (size.width > LONGEST || size.height > LONGEST || size.width * size.height > MOST_PIXELS)) {
    throw new NodeError('bad-input', say('This picture is {0} × {1} pixels, more than can be opened.', size.width, size.height), { hint: say('Scale it to at most {0} pixels on a side and 100 megapixels in all.', LONGEST) });
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none', colorSpaceConversion: 'default' });
  } catch (cause) {
    const hint = say(size ? 'The file seems damaged or cut short: download or export it again.' : 'Choose a PNG, JPEG, WebP, AVIF or GIF picture.');
    throw new NodeError('bad-input', size ? 'This picture cannot be read to its end.' : 'This file is not a picture the browser can open.', { hint, cause });
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new NodeError('out-of-memory', say('There is no memory for a picture of {0} × {1} pixels.', width, height), { hint: 'Close other tabs, or scale the picture down.' });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data };
}

/** Lossless PNG, fast, the same bytes for the same pixels. */
export async function pngOf(image: Raster): Promise<Blob> {
  const data = new ImageData(image.data as Uint8ClampedArray<ArrayBuffer>, image.width, image.height);
  return new Blob([await encodePng(data)], { type: 'image/png' });
}

/** JPEG or WebP by the browser's encoder; `quality` 0…1. */
export async function lossyOf(image: Raster, format: 'jpeg' | 'webp', quality: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d')!;
  context.putImageData(new ImageData(image.data as Uint8ClampedArray<ArrayBuffer>, image.width, image.height), 0, 0);
  const blob = await canvas.convertToBlob({ type: `image/${format}`, quality });
  if (blob.type !== `image/${format}`) throw new NodeError('unsupported', say('This browser cannot write {0}.', format.toUpperCase()), { hint: 'Choose PNG.' });
  return blob;
}

/** Width and height from the first bytes of a PNG, JPEG, WebP or GIF, so that a monster is refused before it is decoded. */
async function sizeInHeader(blob: Blob): Promise<{ readonly width: number; readonly height: number } | undefined> {
  const bytes = new DataView(await blob.slice(0, 256 * 1024).arrayBuffer());
  const text = (at: number, length: number) => (at + length <= bytes.byteLength ? String.fromCharCode(...new Uint8Array(bytes.buffer, at, length)) : '');
  if (bytes.byteLength < 26) return undefined;
  if (text(1, 3) === 'PNG') return { width: bytes.getUint32(16), height: bytes.getUint32(20) };
  if (text(0, 3) === 'GIF') return { width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) };
  if (text(0, 4) === 'RIFF' && text(8, 4) === 'WEBP' && bytes.byteLength >= 30) {
    if (text(12, 4) === 'VP8X') return { width: 1 + (bytes.getUint32(24, true) & 0xffffff), height: 1 + (bytes.getUint32(26, true) >>> 8) };
    if (text(12, 4) === 'VP8 ') return { width: bytes.getUint16(26, true) & 0x3fff, height: bytes.getUint16(28, true) & 0x3fff };
    const packed = bytes.getUint32(21, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  if (bytes.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; at + 9 < bytes.byteLength; ) {
    const marker = bytes.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { height: bytes.getUint16(at + 5), width: bytes.getUint16(at + 7) };
    if ((marker & 0xff00) !== 0xff00) return undefined;
    at += 2 + bytes.getUint16(at + 2);
  }
  return undefined;
}
