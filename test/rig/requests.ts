/** What is asked for, in few words: of a table, of a provider, of a service. */
import type { TakeRequest } from '../../src/core/take.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import type { Row } from '../../src/routing/routing-table.ts';

/** A take as a node asks for it: a square picture. */
export const takeRequest = (over: Partial<TakeRequest> = {}): TakeRequest => ({
  work: 'text to image',
  tier: 'speed',
  megapixels: 1,
  references: [],
  prompt: { kind: 'prompt', text: 'a lake', negative: '' },
  seed: { kind: 'seed', seed: 7, locked: false },
  guidance: { kind: 'guidance', scale: 7 },
  aspect: { kind: 'aspect', ratio: [1, 1], width: 1024, height: 1024 },
  ...over,
});

/** The row of a table that decides on it; without candidates. */
export const rowFor = (over: Partial<Row> = {}): Row => ({
  work: 'text to image',
  tier: 'speed',
  candidates: [],
  needs: [],
  fallbacks: 1,
  switchAfter: 3,
  cap: 4,
  why: '',
  ...over,
});

/** A job as a service is sent it. */
export const requestTo = (provider: string, model: string, over: Partial<JobRequest> = {}): JobRequest => ({
  provider,
  model,
  work: 'text to image',
  prompt: 'A lighthouse at dusk',
  width: 1024,
  height: 1024,
  ratio: [1, 1],
  references: [],
  ...over,
});
