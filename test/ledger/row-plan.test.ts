/** What a table shows of the plan of a row. */
import { expect, test } from 'vitest';
import type { ArtifactHash, NodeId, RowId } from '../../src/core/ids.ts';
import { FREE } from '../../src/core/money.ts';
import { say } from '../../src/core/say.ts';
import type { Outputs } from '../../src/core/values.ts';
import type { NodePlan, Plan } from '../../src/engine/plan.ts';
import { rowPlan } from '../../src/ledger/row-plan.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { registry } from '../../src/registry.ts';
import { takePlanFor } from '../rig/node-context.ts';

const ROW = 'r1' as RowId;
const hash = 'h' as ArtifactHash;
const picture: Outputs = { note: undefined, image: { kind: 'image', hash, width: 8, height: 8 } };
const reference: Outputs = {
  reference: { kind: 'reference', image: { kind: 'image', hash, width: 8, height: 8 }, strength: 1 },
};
const text: Outputs = { text: { kind: 'text', text: 'a' }, nothing: undefined };

function planOf(nodes: Readonly<Record<string, NodePlan>>, takePlans: Readonly<Record<string, TakePlan>> = {}) {
  const dispatched = Object.entries(takePlans).map(([id, takePlan]) => [id, { route: '', take: 0, takePlan }]);
  return {
    nodes,
    toRun: 3,
    mayRun: 2,
    cached: 1,
    blocked: 4,
    dispatched: Object.fromEntries(dispatched) as Plan<TakePlan>['dispatched'],
  } as Plan<TakePlan>;
}

test('it shows what is there of pictures, clips and files, and nothing of what is not made or is only said', () => {
  const { made } = rowPlan(
    ROW,
    planOf({
      image: { state: 'cached', outputs: picture },
      reference: { state: 'cached', outputs: reference },
      text: { state: 'cached', outputs: text },
      next: { state: 'will run', why: [] },
    }),
  );
  expect(made).toEqual({ image: picture, reference });
});

test('all that keeps it from running is said, with its counts', () => {
  const problems = ['One.', 'Two.', 'Three.'].map((one) => say(one));
  const planned = rowPlan(
    ROW,
    planOf({
      a: { state: 'blocked', problems: problems.slice(0, 2) },
      b: { state: 'muted' },
      c: { state: 'blocked', problems: problems.slice(2) },
    }),
  );
  expect(planned).toEqual({
    row: ROW,
    toRun: 3,
    mayRun: 2,
    cached: 1,
    blocked: 4,
    problems,
    cost: { low: FREE, high: FREE, certainty: '=' },
    takes: [0, 0],
    made: {},
    slots: {},
  });
});

test('its cost and its takes are those of the nodes that have to be made', () => {
  const given = {
    params: { tier: 'speed', megapixels: '1' },
    inputs: { prompt: { kind: 'prompt', text: 'a vase', negative: '' } },
  } as unknown as Parameters<typeof takePlanFor>[1];
  const takePlan = takePlanFor(registry.get('image')!, given);
  const nodes = (state: NodePlan) => ({ ['i' as NodeId]: state });
  const open = rowPlan(ROW, planOf(nodes({ state: 'will run', why: [] }), { i: takePlan }));
  expect(open.takes).toEqual([1, 1]);
  const there = rowPlan(ROW, planOf(nodes({ state: 'cached', outputs: picture }), { i: takePlan }));
  expect(there.takes).toEqual([0, 0]);
});
