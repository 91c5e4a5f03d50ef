/** What the doubles make: small, a whole file, and the same for the same request. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { isRecord } from '../../src/core/loose.ts';

/** A clip of two seconds, 128 × 72, 24 frames a second: the same for all. */
export const MADE_CLIP = Uint8Array.from(readFileSync(new URL('../fixtures/clip-128x72.mp4', import.meta.url)));

/** A PNG of one colour, which the request decides, in whatever order its fields stand. */
export function madePicture(request: unknown, { width = 8, height = 8 } = {}): Uint8Array<ArrayBuffer> {
  const colour = createHash('sha256').update(JSON.stringify(request, inOrder)).digest().subarray(0, 3);
  const line = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => colour)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a sample, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

const inOrder = (_: string, value: unknown): unknown =>
  isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value;

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
