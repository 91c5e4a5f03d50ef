import { resolveObjectURL } from 'node:buffer';
import { afterEach, expect, test } from 'vitest';
import { mediaUrls } from '../../src/app/media-urls.ts';
import type { ArtifactHash } from '../../src/core/ids.ts';
import type { HeldUrl } from '../../src/ui/commands.ts';
import { hashOf } from '../rig/takes.ts';

const held: HeldUrl[] = [];
afterEach(() => {
  for (const one of held.splice(0)) one.release();
});
const keep = (one: HeldUrl) => {
  held.push(one);
  return one;
};
const isAlive = (url: string | undefined) => url !== undefined && resolveObjectURL(url) !== undefined;
const always = { get: async (hash: ArtifactHash) => new Blob([hash]) };

test('what is on screen keeps its URL, however many are made after it', async () => {
  const urls = mediaUrls(always);
  const first = await keep(urls.hold(hashOf('first'))).url;
  for (let at = 0; at < 1000; at++) await keep(urls.hold(hashOf(`shown ${at}`))).url;
  expect(isAlive(first)).toBe(true);
});

test('of what nobody shows any more the oldest are let go', async () => {
  const urls = mediaUrls(always);
  const first = urls.hold(hashOf('first'));
  const url = await first.url;
  first.release();
  first.release();
  for (let at = 0; at < 1000; at++) {
    const other = urls.hold(hashOf(`seen ${at}`));
    await other.url;
    other.release();
  }
  await expect.poll(() => isAlive(url)).toBe(false);
  expect(isAlive(await keep(urls.hold(hashOf('seen 999'))).url)).toBe(true);
  expect(isAlive(await keep(urls.hold(hashOf('first'))).url)).toBe(true);
});

test('a read that failed is tried again, and one that found nothing is not remembered', async () => {
  let [failures, isStored] = [2, true];
  const urls = mediaUrls({
    async get(hash) {
      if (failures-- > 0) throw new Error('The database is busy.');
      return isStored ? new Blob([hash]) : undefined;
    },
  });
  expect(isAlive(await keep(urls.hold(hashOf('a'))).url)).toBe(true);
  isStored = false;
  expect(await keep(urls.hold(hashOf('b'))).url).toBeUndefined();
  isStored = true;
  expect(isAlive(await keep(urls.hold(hashOf('b'))).url)).toBe(true);
});
