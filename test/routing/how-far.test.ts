/** What is said of a job that has not ended: never that it is being made before its service says so. */
import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { howFarInWords, type JobView } from '../../src/routing/job.ts';

test('a job waits here, is with its service, queued there at a place, or being made', () => {
  const said = (job: Partial<Pick<JobView, 'state' | 'step' | 'place'>>) =>
    inWords(howFarInWords({ state: 'submitted', provider: 'fal', ...job }));
  expect(said({ state: 'waiting' })).toBe('Not sent yet, waits for its turn');
  expect(said({})).toBe('With fal');
  expect(said({ step: 'queued' })).toBe('Queued at fal');
  expect(said({ step: 'queued', place: 0 })).toBe('Queued at fal');
  expect(said({ step: 'queued', place: 1 })).toBe('Queued at fal, one job before it');
  expect(said({ step: 'queued', place: 3 })).toBe('Queued at fal, 3 jobs before it');
  expect(said({ step: 'running', place: 0 })).toBe('fal is making this');
});
