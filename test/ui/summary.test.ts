/** What a card says of its node's params. */
import { expect, test } from 'vitest';
import { registry } from '../../src/registry.ts';
import { summaryOf } from '../../src/ui/summary.ts';

test('a param that is not shown, since another makes it idle, is not told of', () => {
  const grab = registry.get('grab')!;
  expect(summaryOf(grab, { at: 'last' })).toBe('last');
  expect(summaryOf(grab, { at: 'at a time', seconds: 2 })).toBe('at a time · Time 2 s');
  expect(summaryOf(grab, { at: 'evenly', frame: 3 })).toBe('evenly · Stills 9 · Still 3');
});
