import { expect, test } from 'vitest';
import { cancelledIfQueued } from '../../src/providers/content-tasks.ts';

test.each([
  [['queued', 'cancelled'], 'cancelled', 1],
  // It had begun before the call came, which was answered all the same.
  [['queued', 'running'], 'late', 1],
  [['cancelled'], 'cancelled', 0],
  [['running'], 'late', 0],
] as const)('a task that is %s is taken back as %s', async (statuses, answer, removals) => {
  const left = [...statuses] as string[];
  let removed = 0;
  const ask = async () => ({ status: left.shift() });
  expect(await cancelledIfQueued(ask, async () => void removed++)).toBe(answer);
  expect(removed).toBe(removals);
});
