/** Pictures as `data:` addresses, for services that take or give them inside JSON. */
import { fromBase64, toBase64 } from '../core/base64.ts';
import type { PictureFile } from './adapter.ts';

export const dataUri = ({ bytes, mime }: PictureFile): string => `data:${mime};base64,${toBase64(bytes)}`;

/** The bytes of a `data:` address; `undefined` where it is none, or cannot be read. */
export const bytesOfDataUri = (uri: string): Uint8Array<ArrayBuffer> | undefined =>
  /^data:[^,]*;base64,/.test(uri) ? fromBase64(uri) : undefined;
