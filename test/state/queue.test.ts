import { expect, test } from 'vitest';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { GraphId, RowId } from '../../src/core/ids.ts';
import { say } from '../../src/core/say.ts';
import { createQueue, type QueuedRun } from '../../src/state/queue.ts';

const run = (id: string, row?: string, graph = 'g'): QueuedRun => ({
  id,
  graphId: graph as GraphId,
  graph: emptyGraph(),
  revision: 0,
  mode: 'draft',
  ...(row ? { row: { id: row as RowId, name: say(row), batch: 'b' } } : {}),
});
const summary = (outcome: 'done' | 'failed' | 'cancelled') => ({ outcome, ran: 1, cached: 0, failed: 0, skipped: 0 });
const order = (queue: ReturnType<typeof createQueue>) =>
  queue
    .getState()
    .waiting.map(({ id }) => id)
    .join(' ');

test('runs wait in order, can change places, and leave', () => {
  const queue = createQueue();
  queue.add([run('a'), run('b'), run('c')]);
  queue.move('c', 0);
  expect(order(queue)).toBe('c a b');
  queue.move('c', 7);
  queue.move('nobody', 0);
  expect(order(queue)).toBe('c a b');
  expect(queue.remove(({ id }) => id === 'a').map(({ id }) => id)).toEqual(['a']);
  expect(queue.begin('b', 5)?.id).toBe('b');
  expect(queue.begin('b', 5)).toBeUndefined();
  expect(order(queue)).toBe('c');
  expect(queue.getState().running?.startedAt).toBe(5);
});

test('a row that waits keeps its place, and how it ended badly is known until it is asked for again', () => {
  const queue = createQueue();
  queue.add([run('a', 'r1'), run('b', 'r2')]);
  queue.add([run('c', 'r1')]);
  expect(order(queue)).toBe('a b');
  queue.begin('a', 0);
  queue.end({ ok: true, value: { ...summary('failed'), failure: { code: 'bug', message: 'It broke.' } } });
  expect(queue.getState().fates).toEqual({
    'g r1': { state: 'failed', failure: { code: 'bug', message: 'It broke.' } },
  });
  queue.begin('b', 0);
  queue.end({ ok: true, value: summary('done') });
  expect(Object.keys(queue.getState().fates)).toEqual(['g r1']);
  queue.add([run('other', 'r1', 'copy')]);
  expect(Object.keys(queue.getState().fates)).toEqual(['g r1']);
  queue.add([run('d', 'r1')]);
  expect(order(queue)).toBe('other d');
  expect(queue.getState().fates).toEqual({});
});
