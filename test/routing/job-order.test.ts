import { expect, test } from 'vitest';
import type { TakeRequest } from '../../src/core/take.ts';
import { jobRequestOf } from '../../src/routing/job-order.ts';
import type { Fit } from '../../src/routing/model-fit.ts';

const request: TakeRequest = {
  work: 'text to image',
  tier: 'speed',
  prompt: { kind: 'prompt', text: 'a fox in a meadow [fox = dog]', negative: '' },
  seed: { kind: 'seed', seed: 1, locked: false },
  guidance: { kind: 'guidance', scale: 7 },
  aspect: { kind: 'aspect', ratio: [3, 2], width: 1620, height: 1080 },
  megapixels: 1,
  references: [],
};
const fit: Fit = {
  sends: { seed: true, guidance: true, negative: true, references: 0, sound: false },
  width: 1620,
  height: 1080,
  seconds: 0,
  notes: [],
};

test('a service is sent the prompt without what was corrected for the built-in engine', () => {
  const { request: sent } = jobRequestOf(request, 'delivery', { provider: 'fal', model: 'a/b' }, 'b', fit);
  expect(sent.prompt).toBe('a fox in a meadow');
});
