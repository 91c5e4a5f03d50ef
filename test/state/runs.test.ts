import { expect, test } from 'vitest';
import type { ArtifactHash, CacheKey, NodeId } from '../../src/core/ids.ts';
import { createRuns } from '../../src/state/runs.ts';

test('a batch of events is one change, and untouched nodes keep their object', () => {
  const runs = createRuns();
  const [a, b] = ['a', 'b'] as NodeId[];
  runs.push([
    { type: 'queued', node: a!, at: 1 },
    { type: 'queued', node: b!, at: 1 },
  ]);
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
  const image = (letter: string) => ({
    image: { kind: 'image' as const, hash: letter.repeat(64) as ArtifactHash, width: 1, height: 1 },
  });
  runs.setPlan({
    nodes: { [a]: { state: 'cached', outputs: image('1') } },
    toRun: 0,
    mayRun: 0,
    cached: 1,
    blocked: 0,
    later: 0,
    verdicts: 0,
    gates: {},
    dispatched: {},
  });
  runs.push([
    {
      type: 'finished',
      node: a,
      from: 'run',
      key: 'k' as CacheKey,
      parts: { type: 'image', version: 1, params: {}, inputs: {} },
      outputs: image('2'),
      ms: 1,
      at: 1,
    },
  ]);
  expect(runs.getState().plan!.nodes[a]).toEqual({ state: 'cached', outputs: image('2') });
});

test('nothing is at work or waits once the run is over, however it ended; what had come to an end stays as it is', () => {
  const runs = createRuns();
  const [working, waiting, done] = ['working', 'waiting', 'done'] as NodeId[];
  const outputs = { image: { kind: 'image' as const, hash: '1'.repeat(64) as ArtifactHash, width: 1, height: 1 } };
  const finished = {
    type: 'finished' as const,
    from: 'run' as const,
    key: 'k' as CacheKey,
    parts: { type: 'image', version: 1, params: {}, inputs: {} },
    outputs,
    ms: 1,
    at: 1,
  };
  runs.begin(0, 1);
  runs.push([
    { ...finished, node: working! },
    { ...finished, node: done! },
  ]);
  runs.push([
    { type: 'started', node: working!, at: 2 },
    { type: 'queued', node: waiting!, at: 2 },
  ]);
  const before = runs.getState().nodes[done!];
  runs.end({ code: 'worker-died', message: 'Gone.' });
  expect(runs.getState()).toMatchObject({ running: false, failure: { message: 'Gone.' } });
  expect(runs.getState().nodes[working!]).toEqual({ status: 'idle', fraction: 0, ms: 0, outputs });
  expect(runs.getState().nodes[waiting!]).toMatchObject({ status: 'idle' });
  expect(runs.getState().nodes[done!]).toBe(before);
});
