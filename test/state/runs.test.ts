import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import { createRuns } from '../../src/state/runs.ts';

test('a batch of events is one change, and untouched nodes keep their object', () => {
  const runs = createRuns();
  const [a, b] = ['a', 'b'] as NodeId[];
  runs.push([{ type: 'queued', node: a!, at: 1 }, { type: 'queued', node: b!, at: 1 }]);
  const before = runs.getState().nodes;
  let changes = 0;
  runs.subscribe(() => changes++);
  runs.push(Array.from({ length: 60 }, (_, k) => ({ type: 'progress' as const, node: a!, fraction: k / 60, at: k })));
  expect(changes).toBe(1);
  expect(runs.getState().nodes[b!]).toBe(before[b!]);
  expect(runs.getState().nodes[a!]!.fraction).toBeCloseTo(59 / 60);
});
