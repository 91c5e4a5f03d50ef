/** When a run goes on by itself after a verdict, and when that is only offered. */
import { expect, test } from 'vitest';
import { goOnAfterVerdicts } from '../../src/app/after-verdict.ts';
import type { GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import type { TakeRecord, Verdict } from '../../src/core/take.ts';
import type { GateTake } from '../../src/engine/events.ts';
import type { Plan } from '../../src/engine/plan.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { graphOf } from '../rig/graphs.ts';
import { takeOf } from '../rig/takes.ts';

const [A, B, GATE, BOTH, CLIP] = ['a', 'b', 'gate', 'both', 'clip'] as NodeId[] as [
  NodeId,
  NodeId,
  NodeId,
  NodeId,
  NodeId,
];
const graph = graphOf({ a: 'image', b: 'image', gate: 'gate', both: 'gate', clip: 'animate' }, [
  'a.image > gate.image',
  'gate.image > clip.image',
]);
const asks = (...nodes: readonly NodeId[]): GateTake[] => nodes.map((node) => ({ node, verdict: 'open' }));
const waits = { state: 'waits', arrived: {} } as const;
const plan = {
  nodes: { [GATE]: waits, [BOTH]: waits },
  gates: { [GATE]: asks(A), [BOTH]: asks(A, B) },
  dispatched: {},
} as unknown as Plan<TakePlan>;

function desk(takes: readonly TakeRecord[]) {
  const [document, runs, store, workspace] = [createDocument(), createRuns(), createDesk(), createWorkspace()];
  document.load('g1' as GraphId, graph, undefined);
  store.setState({ takes });
  runs.setPlan(plan);
  const started: (readonly [readonly NodeId[] | undefined, string | undefined])[] = [];
  const accepted = goOnAfterVerdicts({ document, runs, desk: store, workspace }, async (targets, seeds) => {
    started.push([targets, seeds]);
  });
  const [node, arrived] = [GATE, {}];
  const wait = (targets?: readonly NodeId[]) => {
    runs.begin(0, 0, targets);
    runs.push(
      [
        { type: 'waiting', node, takes: asks(A), arrived, at: 1 },
        {
          type: 'ended',
          summary: { outcome: 'waiting', verdicts: 1, ran: 1, cached: 0, failed: 0, skipped: 1 },
          at: 2,
        },
      ],
      'r' as RunId,
    );
  };
  return { accepted, runs, workspace, started, wait };
}
const judged = (node: NodeId, state: Verdict['state']): TakeRecord =>
  takeOf(node, { node, verdict: { state, by: 'person', at: 1, reviewMs: 0 } });

test('a run that waits goes on to what it was asked for, and no seed moves', async () => {
  const { accepted, runs, started, wait, workspace } = desk([judged(A, 'accepted'), judged(B, 'open')]);
  wait([CLIP]);
  runs.end();
  accepted(A);
  expect(started).toEqual([[[CLIP], 'as they are']]);
  expect(workspace.getState().notices).toEqual([]);
});

test('a verdict given while the run goes on counts when it has ended', async () => {
  const { accepted, runs, started, wait } = desk([judged(A, 'accepted')]);
  wait();
  accepted(A);
  expect(started).toEqual([]);
  runs.end();
  await Promise.resolve();
  expect(started).toEqual([[undefined, 'as they are']]);
});

test('a gate with two takes opens with the second; what is not asked about opens none', async () => {
  const { accepted, runs, started, wait } = desk([judged(B, 'accepted'), judged(A, 'open')]);
  wait();
  runs.end();
  accepted(B);
  accepted(CLIP);
  expect(started).toEqual([]);
});

test('where no run waits, as after a reload, going on is offered; it takes only what is behind the gate', async () => {
  const { accepted, started, runs, workspace } = desk([judged(A, 'accepted'), judged(B, 'open')]);
  accepted(A);
  expect(started).toEqual([]);
  const [offer] = workspace.getState().notices;
  offer!.actions[0]!.act();
  expect(started).toEqual([[[GATE, CLIP], 'as they are']]);
  // It is out of date as soon as anything runs.
  runs.begin(0, 0);
  expect(workspace.getState().notices).toEqual([]);
});
