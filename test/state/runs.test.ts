import { expect, test } from 'vitest';
import type { ArtifactHash, CacheKey, NodeId } from '../../src/core/ids.ts';
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

test('what a node just made is shown at once, before the next plan knows of it', () => {
  const runs = createRuns();
  const a = 'a' as NodeId;
  const image = (letter: string) => ({ image: { kind: 'image' as const, hash: letter.repeat(64) as ArtifactHash, width: 1, height: 1 } });
  runs.setPlan({ nodes: { [a]: { state: 'cached', outputs: image('1') } }, toRun: 0, mayRun: 0, cached: 1, blocked: 0, dispatched: {} });
  runs.push([{ type: 'finished', node: a, from: 'run', key: 'k' as CacheKey, parts: { type: 'image', version: 1, params: {}, inputs: {} }, outputs: image('2'), ms: 1, at: 1 }]);
  expect(runs.getState().plan!.nodes[a]).toEqual({ state: 'cached', outputs: image('2') });
});
