/** What is heard while two clips are compared: of one of them, and only while they play. A real file, a real click. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { ArtifactHash } from '../../src/core/ids.ts';
import { soundOfFile } from '../../src/core/sound.ts';
import type { VideoValue } from '../../src/core/values.ts';
import { AppContext, type App } from '../../src/ui/app-context.ts';
import { PairSound } from '../../src/ui/panels/pair-sound.tsx';
import { recording } from '../rig/recordings.ts';

const FRAMES = { frames: 24, fps: 12 };
const clip = (name: string): VideoValue => ({
  kind: 'video',
  hash: name as ArtifactHash,
  width: 64,
  height: 48,
  ...FRAMES,
});

test('one of two clips is heard while they play, from where they are, and the other by a click', async () => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  const times = Array.from({ length: FRAMES.frames }, (_, at) => at / FRAMES.fps);
  const url = URL.createObjectURL(await recording({ width: 64, height: 48, times, seconds: 2, hertz: 440 }));
  const app = { urls: { hold: () => ({ url: Promise.resolve(url), release() {} }) } } as unknown as App;
  const [silent, sounding] = [clip('silent'), { ...clip('a'), sound: soundOfFile('a' as ArtifactHash, FRAMES) }];
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  const show = (step: number, isPlaying: boolean) =>
    act(async () =>
      root.render(
        <AppContext value={app}>
          <PairSound pair={{ a: silent, b: sounding, steps: { rate: 12, count: 24 }, step, isPlaying }} />
        </AppContext>,
      ),
    );
  const audio = () => place.querySelector('audio');

  await show(0, false);
  // The silent one offers nothing, and the other is heard unless somebody wants silence.
  expect([...place.querySelectorAll('button')].map((one) => one.getAttribute('aria-label'))).toEqual(['Do not hear B']);
  await act(async () => userEvent.click(place.querySelector('button')!));
  expect(audio()).toBe(null);
  await act(async () => userEvent.click(place.querySelector('button')!));
  await expect.poll(() => audio()?.readyState).toBeGreaterThan(1);
  expect(audio()!.paused).toBe(true);
  await show(12, true);
  await expect.poll(() => audio()!.currentTime).toBeGreaterThanOrEqual(1);
  expect(audio()!.paused).toBe(false);
  await show(13, false);
  expect(audio()!.paused).toBe(true);

  await act(async () => root.unmount());
  place.remove();
  URL.revokeObjectURL(url);
});
