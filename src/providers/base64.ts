/** Bytes as text, for services that take or give pictures inside JSON. */
import type { Picture } from './adapter.ts';

export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

export const dataUri = ({ bytes, mime }: Picture): string => `data:${mime};base64,${base64Of(bytes)}`;

/** The bytes of a `data:` address; `undefined` where it is none, or cannot be read. */
export function bytesOfDataUri(uri: string): Uint8Array<ArrayBuffer> | undefined {
  const [, text] = /^data:[^,]*;base64,(.*)$/s.exec(uri) ?? [];
  if (text === undefined) return undefined;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
