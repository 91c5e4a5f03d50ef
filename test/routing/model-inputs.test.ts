/** What is said of a node's inputs at a model whatever they say: lengths as values, and what there is no place for. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import type { WorkKind } from '../../src/core/take.ts';
import type { Model } from '../../src/routing/catalog.ts';
import { inputLimits } from '../../src/routing/model-inputs.ts';
import { parseCatalog } from '../../src/routing/read-catalog.ts';

const parsed = parseCatalog(readFileSync('public/catalog.json', 'utf8'));
if (!parsed.ok) throw new Error(inWords(parsed.error.message));
const modelOf = (id: string): Model => parsed.value.catalog.models.find((model) => model.id === id)!;
const said = (model: Model, work: WorkKind) =>
  Object.fromEntries(inputLimits(model, work).map(({ input, says }) => [input, inWords(says)]));

test('Kling makes clips of 5 or 10 s, and has no place for guidance', () => {
  expect(said(modelOf('kling/v2.6'), 'image to video')).toMatchObject({
    motion: 'Clips by Kling 2.6: 5 or 10 s.',
    guidance: 'Not taken by Kling 2.6.',
    seed: 'Not taken by Kling 2.6.',
  });
  expect(said(modelOf('kling/v2.6'), 'image to video')).not.toHaveProperty('lastFrame');
});

test('lengths are told as a range where every second between is one of them, and else one by one', () => {
  const lengths = (...durations: number[]) => {
    const model = modelOf('kling/v2.6');
    return said({ ...model, supports: { ...model.supports, durations } }, 'text to video')['motion'];
  };
  expect(lengths(5)).toBe('Clips by Kling 2.6: 5 s.');
  expect(lengths(2, 3, 4, 5)).toBe('Clips by Kling 2.6: 2 to 5 s.');
  expect(lengths(4, 6, 8)).toBe('Clips by Kling 2.6: 4, 6 or 8 s.');
  expect(lengths()).toBeUndefined();
});

test('of a picture nothing is said of lengths, last frames and sound; of references how many', () => {
  const model = modelOf('kling/v2.6');
  const takes = (mostReferences: number) =>
    said({ ...model, supports: { references: true, mostReferences, guidance: true } }, 'text to image');
  expect(takes(3)).toEqual({ seed: 'Not taken by Kling 2.6.', references: 'Kling 2.6 takes up to 3 pictures.' });
  expect(takes(1)['references']).toBe('Kling 2.6 takes one picture.');
});
