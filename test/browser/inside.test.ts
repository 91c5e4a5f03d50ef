/** Graphs inside real pictures and clips, made by the real encoders. */
import { expect, test } from 'vitest';
import { linkFor, textIn } from '../../src/app/share-link.ts';
import { carrierOf, graphIn, withGraph, xmpFor } from '../../src/file/inside.ts';
import { decodeImage, lossyOf, pngOf } from '../../src/media/image.ts';
import { encodeClip } from '../../src/media/video.ts';
import { testPicture } from '../rig/samples.ts';
import { NodeError } from '../../src/core/errors.ts';
import { inWords } from '../../src/core/say.ts';

const graph = JSON.stringify({ format: 'triptych', title: 'Ümlaut & 猫 '.repeat(40) });
const carried = {
  graph,
  xmp: xmpFor({ trained: false, models: ['a<b'], seeds: [7], title: 'T & "q"', table: 'house 1' }),
};
const clip = {
  width: 64,
  height: 48,
  fps: 12,
  frames: 3,
  read: async function* () {
    for (let k = 0; k < 3; k++) yield testPicture(64, 48);
  },
};
const files: Readonly<Record<string, () => Promise<Blob>>> = {
  png: () => pngOf(testPicture()),
  webp: () => lossyOf(testPicture(), 'webp', 0.8),
  mp4: async () => (await encodeClip(clip, 'mp4', 0.8, async () => {})).blob,
};
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

test.each(Object.keys(files))('%s carries its graph, still opens, and a bare one has none', async (kind) => {
  const bare = await bytesOf(await files[kind]!());
  expect(carrierOf(bare)).toBe(kind);
  expect(graphIn(bare)).toBe(undefined);
  const full = withGraph(bare, carried);
  expect(graphIn(full)).toBe(graph);
  const blob = new Blob([full as Uint8Array<ArrayBuffer>]);
  if (kind !== 'mp4') expect((await decodeImage(blob)).width).toBe(120);
  else {
    const video = document.createElement('video');
    video.src = URL.createObjectURL(blob);
    await new Promise((resolve, reject) => {
      video.onloadedmetadata = resolve;
      video.onerror = reject;
    });
    expect(video.videoWidth).toBe(64);
  }
  // Cut anywhere, it either has no graph or says so; it never gives half of one.
  for (const keep of [0.2, 0.5, 0.9, 0.99]) {
    let found: string | undefined;
    try {
      found = graphIn(full.subarray(0, Math.floor(full.length * keep)));
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(NodeError);
    }
    expect([undefined, graph]).toContain(found);
  }
});

test('a PNG whose graph was changed on the way says that it is damaged; the provenance names its source type', async () => {
  const full = withGraph(await bytesOf(await files['png']!()), carried);
  const text = new TextDecoder('latin1').decode(full);
  expect(text).toContain('digitalsourcetype/algorithmicMedia');
  expect(text).toContain('T &#38; &#34;q&#34;');
  full[text.indexOf('"format"') + 3]! ^= 1;
  expect(() => graphIn(full)).toThrow('damaged');
});

test('anything else carries nothing', () => {
  for (const bytes of [new Uint8Array(0), new Uint8Array(5), new TextEncoder().encode('hello there, I am text')])
    expect(graphIn(bytes)).toBe(undefined);
});

test('a link carries a graph there and back; one that is cut, too long, or unfolds to 200 MB is refused', async () => {
  const link = await linkFor(graph);
  if (!link.ok) throw new Error(inWords(link.error.message));
  const code = link.value.split('#/s/')[1]!;
  expect(await textIn(code)).toEqual({ ok: true, value: graph });
  for (const bad of [code.slice(0, 20), 'x'.repeat(70_000), '<script>', ''])
    expect(await textIn(bad)).toMatchObject({ ok: false });
  const bomb = await new Response(
    new Blob([new Uint8Array(200_000_000)]).stream().pipeThrough(new CompressionStream('deflate-raw')),
  ).arrayBuffer();
  let letters = '';
  for (const byte of new Uint8Array(bomb)) letters += String.fromCharCode(byte);
  const packed = btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  // Too long for a link by far, so the part that fits is tried as well.
  expect(await textIn(packed)).toMatchObject({ ok: false });
  expect(await textIn(packed.slice(0, 59_000))).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('unfolds to more') },
  });
  const noise = Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (byte) => byte.toString(16)).join('');
  expect(await linkFor(noise)).toMatchObject({ ok: false });
});
