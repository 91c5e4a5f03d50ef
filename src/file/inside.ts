/**
 * A graph inside the picture or clip it made: PNG and WebP chunks, an MP4 box. Readers that do not know them skip them.
 */
import { NodeError } from '../core/errors.ts';
import { ascii, crc32, joined, pngText, riffChunk, uint32, utf8 } from './chunks.ts';
import { escapedXml } from './xml.ts';
import { withXmp } from './xmp.ts';

/** What a delivered file says about itself. */
export interface Carried {
  /** Text of a graph file. */
  readonly graph: string;
  /** XMP packet, for tools that read provenance. */
  readonly xmp: string;
}
/** Larger ones are not looked into: no graph is that large. */
const MOST_BYTES = 32 * 1024 * 1024;
const KEYWORD = 'triptych';
const UUID = Uint8Array.of(
  0x74,
  0x72,
  0x69,
  0x70,
  0x74,
  0x79,
  0x63,
  0x68,
  0x2d,
  0x67,
  0x72,
  0x61,
  0x70,
  0x68,
  0x2d,
  0x31,
);

export type Carrier = 'png' | 'webp' | 'mp4';
export function carrierOf(bytes: Uint8Array): Carrier | undefined {
  const at = (offset: number, text: string) => ascii(text).every((byte, i) => bytes[offset + i] === byte);
  if (at(1, 'PNG') && bytes[0] === 0x89) return 'png';
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'webp';
  return at(4, 'ftyp') ? 'mp4' : undefined;
}

/**
 * The same file with the graph and the provenance in it; a JPEG carries its provenance alone, other kinds of file come
 * back as they are.
 */
export function withGraph(file: Uint8Array, { graph, xmp }: Carried): Uint8Array {
  const text = utf8(graph);
  const bytes = withXmp(file, xmp);
  switch (carrierOf(bytes)) {
    case 'png': {
      // Before the last chunk: 12 bytes of IEND.
      const end = bytes.length - 12;
      return joined(bytes.subarray(0, end), pngText(KEYWORD, text), bytes.subarray(end));
    }
    case 'webp': {
      const grown = joined(bytes, riffChunk('TRIP', text));
      new DataView(grown.buffer).setUint32(4, grown.length - 8, true);
      return grown;
    }
    case 'mp4':
      return joined(bytes, uint32(24 + text.length), ascii('uuid'), UUID, text);
    default:
      return bytes;
  }
}

/**
 * The graph file's text in a picture or clip; `undefined` when there is none. Throws a RangeError when it is there but
 * damaged.
 */
export function graphIn(bytes: Uint8Array): string | undefined {
  switch (carrierOf(bytes)) {
    case 'png':
      return inPng(bytes);
    case 'webp':
      return inWebp(bytes);
    case 'mp4':
      return inMp4(bytes);
    default:
      return undefined;
  }
}

function inPng(bytes: Uint8Array): string | undefined {
  const view = viewOf(bytes);
  const head = ascii(`${KEYWORD}\0\0\0\0\0`);
  for (let at = 8; at + 12 <= bytes.length;) {
    const size = view.getUint32(at);
    const body = bytes.subarray(at + 8, at + 8 + size);
    if (letters(bytes, at + 4) === 'iTXt' && head.every((byte, i) => body[i] === byte)) {
      if (
        at + 12 + size > bytes.length ||
        view.getUint32(at + 8 + size) !== crc32(bytes.subarray(at + 4, at + 8 + size))
      )
        throw new NodeError('bad-input', 'The graph inside this picture is damaged.');
      return text(body.subarray(head.length));
    }
    at += 12 + size;
  }
  return undefined;
}
function inWebp(bytes: Uint8Array): string | undefined {
  const view = viewOf(bytes);
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    if (letters(bytes, at) === 'TRIP') return text(whole(bytes, at + 8, size));
    at += 8 + size + (size & 1);
  }
  return undefined;
}
function inMp4(bytes: Uint8Array): string | undefined {
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = view.getUint32(at);
    // 1: a 64-bit length follows; 0: to the end of the file.
    const size =
      short === 1 && at + 16 <= bytes.length
        ? Number(view.getBigUint64(at + 8))
        : short === 0
          ? bytes.length - at
          : short;
    if (size < 8) return undefined;
    if (letters(bytes, at + 4) === 'uuid' && UUID.every((byte, i) => bytes[at + 8 + i] === byte))
      return text(whole(bytes, at + 24, size - 24));
    at += size;
  }
  return undefined;
}

function whole(bytes: Uint8Array, from: number, size: number): Uint8Array {
  if (from + size > bytes.length) throw new NodeError('bad-input', 'The graph inside this file is cut short.');
  return bytes.subarray(from, from + size);
}
function text(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) throw new NodeError('bad-input', 'The graph inside this file is too large.');
  return new TextDecoder().decode(bytes);
}
const letters = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where the pixels come from, in the words of IPTC: drawn by a procedure, or by a trained model. */
export function xmpFor({
  trained,
  models,
  seeds,
  title,
  table,
}: {
  readonly trained: boolean;
  readonly models: readonly string[];
  readonly seeds: readonly number[];
  readonly title: string;
  readonly table: string;
}): string {
  const source = `http://cv.iptc.org/newscodes/digitalsourcetype/${trained ? 'trainedAlgorithmicMedia' : 'algorithmicMedia'}`;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Triptych" Iptc4xmpExt:DigitalSourceType="${source}"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapedXml(title)}</rdf:li></rdf:Alt></dc:title><dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapedXml(`models: ${models.join(', ') || 'none'}; seeds: ${seeds.join(', ') || 'none'}; routing table: ${table}`)}</rdf:li></rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}
