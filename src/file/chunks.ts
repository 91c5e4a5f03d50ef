/**
 * The pieces that PNG, WebP and MP4 files are made of: written, and walked through. A piece that is cut short ends a
 * walk.
 */

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
export const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

/** Bytes one behind the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
/** Four bytes, the highest first unless `little`. */
export function uint32(value: number, little = false): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, little);
  return bytes;
}
/** International text, uncompressed: keyword, no compression, no language, no translation, text. */
export function pngText(keyword: string, value: Uint8Array): Uint8Array {
  const body = joined(ascii('iTXt'), ascii(`${keyword}\0\0\0\0\0`), value);
  return joined(uint32(body.length - 4), body, uint32(crc32(body)));
}
/** A chunk of WebP, padded to an even length. */
export const riffChunk = (name: string, value: Uint8Array): Uint8Array =>
  joined(ascii(name), uint32(value.length, true), value, new Uint8Array(value.length & 1));

/** The checksum of PNG. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export interface Chunk {
  readonly name: string;
  readonly body: Uint8Array;
}

/** Chunks of a PNG file after its signature. Checksums are not looked at. */
export function* pngChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = view.getUint32(at);
    if (at + 12 + size > bytes.length) return;
    yield { name: nameAt(bytes, at + 4), body: bytes.subarray(at + 8, at + 8 + size) };
    at += 12 + size;
  }
}

/** Chunks of a RIFF file, such as WebP, after its twelve bytes of header. */
export function* riffChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    if (at + 8 + size > bytes.length) return;
    yield { name: nameAt(bytes, at), body: bytes.subarray(at + 8, at + 8 + size) };
    at += 8 + size + (size & 1);
  }
}

const nameAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
