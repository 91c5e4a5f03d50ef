/** What a picture file says about itself before it is decoded. */
import { say, type Sentence } from '../core/say.ts';
import { pictureHeader, type PictureHeader } from '../file/picture.ts';

/** Where the size of nearly every picture stands; a JPEG may carry megabytes of notes before it. */
const HEADER_BYTES = 256 * 1024;
const LONG_HEADER_BYTES = 32 * 1024 * 1024;

/** What a person should know about a picture that was opened; mostly nothing. */
export async function remarkOn(blob: Blob): Promise<Sentence | undefined> {
  const header = await headerOf(blob);
  return header?.isAnimated ? say('It is animated: its first frame is used.') : undefined;
}

/** The header of a picture; `undefined` for any other file. */
export async function headerOf(blob: Blob): Promise<PictureHeader | undefined> {
  const read = async (length: number) => pictureHeader(new Uint8Array(await blob.slice(0, length).arrayBuffer()));
  const header = await read(HEADER_BYTES);
  const isFurtherOn = header && !header.size && blob.size > HEADER_BYTES;
  // The orientation of a WebP stands behind its pixels.
  const isBehind = header?.format === 'webp' && blob.size > HEADER_BYTES;
  return isFurtherOn || isBehind ? read(LONG_HEADER_BYTES) : header;
}
