/** The pieces that PNG and RIFF files are made of, whatever is in them. A piece that is cut short ends the walk. */

export interface Chunk {
  readonly name: string;
  readonly body: Uint8Array;
}

/** Chunks of a PNG file after its signature. Checksums are not looked at. */
export function* pngChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const size = view.getUint32(at);
    if (at + 12 + size > bytes.length) return;
    yield { name: nameAt(bytes, at + 4), body: bytes.subarray(at + 8, at + 8 + size) };
    at += 12 + size;
  }
}

/** Chunks of a RIFF file, such as WebP, after its twelve bytes of header. */
export function* riffChunks(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (at + 8 + size > bytes.length) return;
    yield { name: nameAt(bytes, at), body: bytes.subarray(at + 8, at + 8 + size) };
    at += 8 + size + (size & 1);
  }
}

const nameAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
