import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { encodeClip } from '../../src/media/video.ts';
import { ClipPair } from '../rig/clip-pair.tsx';
import { testPicture } from '../rig/samples.ts';

const FPS = 24;
async function clipOf(frames: number): Promise<string> {
  const picture = testPicture(160, 96);
  const { blob } = await encodeClip(
    {
      width: 160,
      height: 96,
      fps: FPS,
      frames,
      read: async function* () {
        for (let at = 0; at < frames; at++) yield picture;
      },
    },
    'webm',
    0.5,
    async () => {},
  );
  return URL.createObjectURL(blob);
}
test('clips over each other pause, play and seek as one, also when one is shorter', async () => {
  const urls = [await clipOf(48), await clipOf(24)];
  const host = document.body.appendChild(document.createElement('div'));
  const root = createRoot(host);
  root.render(createElement(ClipPair, { urls }));
  await expect
    .poll(() => [...host.querySelectorAll('video')].map(({ readyState }) => readyState >= 2))
    .toEqual([true, true]);
  const [lead, other] = [...host.querySelectorAll('video')] as [HTMLVideoElement, HTMLVideoElement];
  const apart = () => {
    const length = other.duration;
    return Math.abs((((lead.currentTime % length) - other.currentTime + length * 1.5) % length) - length / 2);
  };
  // Longer leads, and half a second into it the shorter one is in its second round.
  lead.currentTime = 1.5;
  await expect.poll(() => other.seeking || Math.round(other.currentTime * 100)).toBe(50);
  expect(other.paused).toBe(true);
  await lead.play();
  await expect.poll(() => other.paused).toBe(false);
  // Put out of step, it finds back to the same frame.
  other.currentTime = 0.9;
  await expect.poll(() => !other.seeking && apart() < 1 / FPS, { timeout: 10_000 }).toBe(true);
  lead.pause();
  await expect.poll(() => other.paused && !other.seeking && apart() < 0.02).toBe(true);
  root.unmount();
});
