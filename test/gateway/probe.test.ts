/** What came from a service, told from its bytes. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { probe } from '../../src/gateway/jobs/probe.ts';
import { madePicture } from '../contract/made-picture.ts';
import { troubleOf } from '../rig/service-faults.ts';

const CLIP = await readFile(new URL('../fixtures/clip-128x72.mp4', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'triptych-probe-'));
async function probed(bytes: Uint8Array) {
  const file = join(folder, 'output');
  await writeFile(file, bytes);
  return probe(file, (text) => text.replaceAll('the key', '•••'));
}
/** A PNG whose header claims this size, whatever is in it. */
function claiming(width: number, height: number): Uint8Array {
  const png = Buffer.from(madePicture('any'));
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

test('pictures and clips are known by their bytes', async () => {
  expect(await probed(madePicture('any', { width: 9, height: 7 }))).toMatchObject({
    kind: 'image',
    width: 9,
    height: 7,
  });
  expect(await probed(CLIP)).toMatchObject({ kind: 'video', width: 128, height: 72 });
});

test('of a clip it is known whether it can be heard', async () => {
  expect(await probed(await readFile(new URL('../fixtures/phone.mp4', import.meta.url)))).toMatchObject({
    kind: 'video',
    hasSound: true,
  });
  expect(await probed(CLIP)).not.toHaveProperty('hasSound');
});

test('the largest picture that can be opened is taken', async () => {
  expect(await probed(claiming(16_384, 6103))).toMatchObject({ width: 16_384 });
});

test.each([
  [100_000, 100_000],
  [16_385, 1],
  [1, 16_385],
  [10_001, 10_000],
  [2 ** 31, 2 ** 31],
])('a picture that claims to be %d × %d cannot be opened, and was paid for', async (width, height) => {
  const trouble = await troubleOf(probed(claiming(width, height)));
  expect(trouble).toMatchObject({ kind: 'unreadable', facts: { mayCost: true } });
  expect(inWords(trouble.said)).toMatch(/more than can be opened|not a picture/);
});

/** The clip with another number in one box of its header. */
function clipWith(box: string, offset: number, value: number): Uint8Array {
  const clip = Buffer.from(CLIP);
  const at = clip.indexOf(box);
  expect(at).toBeGreaterThan(0);
  clip.writeUInt32BE(value, at + 4 + offset);
  return clip;
}
test('a clip that claims to last for years cannot be opened', async () => {
  // A second has so many parts: with one, every part is a second.
  const trouble = await troubleOf(probed(clipWith('mdhd', 12, 1)));
  expect(inWords(trouble.said)).toMatch(/seconds, more than can be opened/);
});

test.each([
  ['nothing', ''],
  ['a page', '<html>the key</html>'],
  ['half a picture', madePicture('any').subarray(0, 20)],
  ['half a clip', CLIP.subarray(0, 200)],
  ['the head of a clip alone', Buffer.from('\0\0\0\x18ftypisom')],
])('%s is neither', async (_, bytes) => {
  const trouble = await troubleOf(probed(Buffer.from(bytes)));
  expect(trouble.kind).toBe('unreadable');
  expect(inWords(trouble.said)).not.toContain('the key');
});
