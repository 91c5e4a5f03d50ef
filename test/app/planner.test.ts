import { beforeEach, expect, test } from 'vitest';
import { createPlanner } from '../../src/app/planner.ts';
import { NodeError } from '../../src/core/errors.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { GraphId } from '../../src/core/ids.ts';
import type { Plan } from '../../src/engine/plan.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';

const planOf = (toRun: number): Plan<TakePlan> => ({
  nodes: {},
  toRun,
  mayRun: 0,
  cached: 0,
  blocked: 0,
  later: 0,
  verdicts: 0,
  gates: {},
  dispatched: {},
});
const G = 'g' as GraphId;

/** Plans that come back when and in which order the test wants. */
function setup() {
  const [document, desk, workspace, runs] = [createDocument(), createDesk(), createWorkspace(), createRuns()];
  const asked: { answer(plan: Plan<TakePlan>): void; fail(thrown: unknown): void }[] = [];
  const plan = () => new Promise<Plan<TakePlan>>((answer, fail) => asked.push({ answer, fail }));
  const planner = createPlanner({ document, desk, workspace, runs, plan, withNextSeeds: (graph) => graph });
  const ask = async () => {
    const before = asked.length;
    planner.replan();
    await expect.poll(() => asked.length).toBe(before + 1);
    return asked.at(-1)!;
  };
  document.load(G, emptyGraph('One'), undefined);
  return { document, desk, workspace, runs, ask };
}
let part: ReturnType<typeof setup>;
beforeEach(() => (part = setup()));
const shown = async () => {
  await new Promise(setImmediate);
  return part.runs.getState().plan?.toRun;
};

test('what was asked for last is shown, in whatever order the answers come', async () => {
  const first = await part.ask();
  const second = await part.ask();
  second.answer(planOf(2));
  expect(await shown()).toBe(2);
  first.answer(planOf(1));
  expect(await shown()).toBe(2);
});

test.each<readonly [string, () => void]>([
  ['the mode', () => part.workspace.setState({ mode: 'draft' })],
  ['the graph', () => part.document.load('h' as GraphId, emptyGraph('Two'), undefined)],
  ['what is in the graph', () => part.document.edit('Title', (_, graph) => (graph.title = 'Three'))],
  ['prices and tables', () => part.desk.setState({ takes: [] })],
  ['whether a run goes on', () => part.runs.begin(0, 0)],
])('a plan that comes after %s changed is not shown', async (_, change) => {
  const late = await part.ask();
  change();
  late.answer(planOf(1));
  expect(await shown()).toBeUndefined();
});

test('a plan that cannot be made is said, until one can', async () => {
  (await part.ask()).answer(planOf(1));
  (await part.ask()).fail(new NodeError('worker-died', 'Gone.'));
  expect(await shown()).toBeUndefined();
  expect(part.runs.getState().unplanned).toMatchObject({ code: 'worker-died', message: 'Gone.' });
  (await part.ask()).answer(planOf(2));
  expect(await shown()).toBe(2);
  expect(part.runs.getState().unplanned).toBeUndefined();
});
