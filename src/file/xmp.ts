/**
 * Provenance where tools look for it: an XMP packet in PNG, WebP, MP4 and JPEG, at the place each format has for one.
 */
import { ascii, joined, pngText, riffChunk, uint32, utf8 } from './chunks.ts';

/** As the XMP specification names it, part 3. */
const MP4_UUID = Uint8Array.of(
  0xbe,
  0x7a,
  0xcf,
  0xcb,
  0x97,
  0xa9,
  0x42,
  0xe8,
  0x9c,
  0x71,
  0x99,
  0x94,
  0x91,
  0xe3,
  0xaf,
  0xac,
);
const JPEG_NAME = 'http://ns.adobe.com/xap/1.0/\0';
/** What one segment of a JPEG holds. */
const MOST_IN_JPEG = 65_533;

/** The same file with the packet in it. Other formats, and files that are cut short, come back as they are. */
export function withXmp(bytes: Uint8Array, xmp: string): Uint8Array {
  const packet = utf8(xmp);
  const at = (offset: number, text: string) => ascii(text).every((byte, i) => bytes[offset + i] === byte);
  if (bytes[0] === 0x89 && at(1, 'PNG')) return inPng(bytes, packet);
  if (at(0, 'RIFF') && at(8, 'WEBP')) return inWebp(bytes, packet);
  if (at(4, 'ftyp')) return joined(bytes, uint32(24 + packet.length), ascii('uuid'), MP4_UUID, packet);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? inJpeg(bytes, packet) : bytes;
}

/** Behind the header, before the pixels: some readers stop where those begin. */
function inPng(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const behindHeader = 8 + 25;
  if (bytes.length < behindHeader) return bytes;
  return joined(bytes.subarray(0, behindHeader), pngText('XML:com.adobe.xmp', packet), bytes.subarray(behindHeader));
}

/** Behind the header and a JFIF segment, which has to be the first. */
function inJpeg(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const hasJfif = bytes[2] === 0xff && bytes[3] === 0xe0;
  const start = hasJfif ? 4 + ((bytes[4]! << 8) | bytes[5]!) : 2;
  const body = joined(ascii(JPEG_NAME), packet);
  const length = body.length + 2;
  if (body.length > MOST_IN_JPEG || start > bytes.length) return bytes;
  return joined(
    bytes.subarray(0, start),
    Uint8Array.of(0xff, 0xe1, length >> 8, length & 255),
    body,
    bytes.subarray(start),
  );
}

const HAS_XMP = 0x04;
const HAS_ALPHA = 0x10;

/** At the end, announced by the extended header; a plain file gets one. */
function inWebp(bytes: Uint8Array, packet: Uint8Array): Uint8Array {
  const header = extendedHeader(bytes);
  if (!header) return bytes;
  const isExtended = bytes[15] === 0x58;
  const body = bytes.subarray(isExtended ? 30 : 12);
  const grown = joined(
    bytes.subarray(0, 12),
    riffChunk('VP8X', header),
    body,
    new Uint8Array(body.length & 1),
    riffChunk('XMP ', packet),
  );
  new DataView(grown.buffer).setUint32(4, grown.length - 8, true);
  return grown;
}

/** Ten bytes: flags, then width and height less one. */
function extendedHeader(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes.length < 30) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  if (kind === 'VP8X') {
    const header = bytes.slice(20, 30);
    header[0]! |= HAS_XMP;
    return header;
  }
  if (kind === 'VP8 ')
    return headerFor((view.getUint16(26, true) & 0x3fff) - 1, (view.getUint16(28, true) & 0x3fff) - 1, HAS_XMP);
  if (kind !== 'VP8L') return undefined;
  const packed = view.getUint32(21, true);
  const hasAlpha = (packed >>> 28) & 1;
  return headerFor(packed & 0x3fff, (packed >>> 14) & 0x3fff, HAS_XMP | (hasAlpha ? HAS_ALPHA : 0));
}

function headerFor(widthLessOne: number, heightLessOne: number, flags: number): Uint8Array {
  const threeBytes = (value: number) => [value & 255, (value >> 8) & 255, value >> 16];
  return Uint8Array.from([flags, 0, 0, 0, ...threeBytes(widthLessOne), ...threeBytes(heightLessOne)]);
}
