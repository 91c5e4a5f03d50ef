/** Which take a verdict by key is about. */
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { meantTake, takesNow } from '../../src/ui/shown-takes.ts';
import { takeOf } from '../rig/takes.ts';

const node = 'n' as NodeId;
const showing = ({ artifact }: TakeRecord) => ({ image: artifact! });
const failed = (id: string, over: Partial<TakeRecord> = {}): TakeRecord => {
  const { artifact: _, ...take } = takeOf(id, over);
  return take;
};
const [first, second] = [takeOf('first', { at: 1 }), takeOf('second', { at: 2, number: 1 })];
const later = takeOf('later', { at: 3, slot: 'another' });

test('a verdict means the take that is shown, not the newest', () => {
  expect(meantTake([first, second], node, showing(first))).toBe(first);
  expect(meantTake([first, second], node, showing(second))).toBe(second);
});
test('where nothing that can be judged is shown it means the newest that made something', () => {
  expect(meantTake([first, second, failed('third', { number: 2 })], node, undefined)).toBe(second);
  expect(meantTake([first, second], node, showing(later))).toBe(second);
  expect(meantTake([failed('third')], node, undefined)).toBeUndefined();
});
test('the takes are those of the deliverable that is planned, and until it has any those made last', () => {
  const takes = [first, second, later, takeOf('other', { node: 'm' as NodeId })];
  expect(takesNow(takes, node, 's')).toEqual([first, second]);
  expect(takesNow(takes, node, 'not begun')).toEqual([later]);
  expect(takesNow(takes, node, undefined)).toEqual([later]);
  expect(takesNow(takes, 'nobody' as NodeId, 's')).toEqual([]);
  // Whichever answered first.
  expect(takesNow([second, first], node, 's')).toEqual([first, second]);
});
