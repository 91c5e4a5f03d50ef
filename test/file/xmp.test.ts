/** Provenance and graph in real files: each format's own structure stays whole. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { graphIn, withGraph, xmpFor } from '../../src/file/inside.ts';
import { pictureHeader } from '../../src/file/picture.ts';
import { withXmp } from '../../src/file/xmp.ts';

const fixture = (path: string) => new Uint8Array(readFileSync(new URL(`../../${path}`, import.meta.url)));
const xmp = xmpFor({ trained: true, models: ['flux <1>'], seeds: [7], title: 'Tür & Tor', table: 'house 1' });
const graph = '{"format":"triptych","title":"ö"}';
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Names of the parts of a file, from the first to the last; throws when they do not fill it. */
function partsOf(bytes: Uint8Array): string[] {
  const names: string[] = [];
  const [isWebp, isPng] = [latin(bytes.subarray(0, 4)) === 'RIFF', bytes[0] === 0x89];
  let at = isWebp ? 12 : isPng ? 8 : 0;
  if (isWebp) expect(view(bytes).getUint32(4, true)).toBe(bytes.length - 8);
  while (at < bytes.length) {
    names.push(latin(bytes.subarray(isWebp ? at : at + 4, isWebp ? at + 4 : at + 8)));
    const size = isWebp ? view(bytes).getUint32(at + 4, true) : view(bytes).getUint32(at);
    at += isWebp ? 8 + size + (size & 1) : isPng ? 12 + size : size;
  }
  expect(at).toBe(bytes.length);
  return names;
}

const extended = fixture('public/samples/studio-bottle.webp');
/** Its pixels in a file of the simple kind: behind the header and its colour profile. */
const lossy = (() => {
  const pixels = extended.subarray(latin(extended).indexOf('VP8 '));
  const bytes = Buffer.concat([extended.subarray(0, 12), pixels]);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  return Uint8Array.from(bytes);
})();
const lossless = Uint8Array.from(Buffer.from('UklGRhwAAABXRUJQVlA4TA8AAAAvA0AAEAcQ7Y/+ByKi/wEA', 'base64'));
const clip = Uint8Array.from([
  ...Buffer.from([0, 0, 0, 16]),
  ...Buffer.from('ftypisom'),
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  12,
  ...Buffer.from('mdat'),
  1,
  2,
  3,
  4,
]);

test.each([
  ['a lossy WebP', lossy, ['VP8X', 'VP8 ', 'XMP ', 'TRIP'], 0x04],
  ['a lossless WebP with alpha', lossless, ['VP8X', 'VP8L', 'XMP ', 'TRIP'], 0x14],
  ['a WebP that has an extended header', extended, ['VP8X', 'ICCP', 'VP8 ', 'XMP ', 'TRIP'], 0x24],
] as const)('%s', (_, bare, parts, flags) => {
  const full = withGraph(bare, { graph, xmp });
  expect(partsOf(full)).toEqual(parts);
  expect(full[20]).toBe(flags);
  expect(pictureHeader(full)?.size).toEqual(pictureHeader(bare)?.size);
  expect(Buffer.from(full).includes(xmp)).toBe(true);
  expect(graphIn(full)).toBe(graph);
});

test('an MP4 has both in boxes behind its own', () => {
  const full = withGraph(clip, { graph, xmp });
  expect(partsOf(full)).toEqual(['ftyp', 'mdat', 'uuid', 'uuid']);
  expect(full.subarray(0, clip.length)).toEqual(clip);
  expect(Buffer.from(full.subarray(clip.length + 8, clip.length + 24)).toString('hex')).toBe(
    'be7acfcb97a942e89c71999491e3afac',
  );
  expect(graphIn(full)).toBe(graph);
});

test('a PNG has its provenance before its pixels', () => {
  const full = withGraph(fixture('test/fixtures/sixteen-bit.png'), { graph, xmp });
  expect(partsOf(full)).toEqual(['IHDR', 'iTXt', 'IDAT', 'iTXt', 'IEND']);
  expect(graphIn(full)).toBe(graph);
});

test('a JPEG has its provenance in a segment, and no graph', () => {
  const bare = fixture('test/fixtures/cmyk.jpg');
  const full = withGraph(bare, { graph, xmp });
  expect(full.length).toBe(bare.length + 2 + 2 + 29 + Buffer.byteLength(xmp));
  expect(pictureHeader(full)).toEqual(pictureHeader(bare));
  expect(latin(full)).toContain('http://ns.adobe.com/xap/1.0/\0<?xpacket');
  expect(graphIn(full)).toBeUndefined();
});

test('what is too short, too long for its format, or unknown comes back as it was', () => {
  for (const bytes of [
    new Uint8Array(0),
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
    Uint8Array.from(Buffer.from('RIFF....WEBPVP8 ')),
    Uint8Array.from(Buffer.from('a text')),
  ])
    expect(withXmp(bytes, xmp)).toBe(bytes);
  const jpeg = fixture('test/fixtures/cmyk.jpg');
  expect(withXmp(jpeg, 'x'.repeat(70_000))).toBe(jpeg);
});
