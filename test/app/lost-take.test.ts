/** A take of which nobody knows whether it was made: what its node says, and what is run, after a person has decided. */
import { expect, test } from 'vitest';
import { createUnsettled } from '../../src/app/unsettled.ts';
import { ok } from '../../src/core/errors.ts';
import type { GraphId, NodeId, TakeId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Plan } from '../../src/engine/plan.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { JobState, JobView } from '../../src/routing/job.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { takeRequest } from '../rig/requests.ts';
import { takeOf } from '../rig/takes.ts';

const NODE = 'n' as NodeId;
const unsure = { code: 'unknown', message: 'It did not say.', hint: 'Look it up at fal.' } as const;
const { artifact: _, ...unknown } = takeOf('t1', {
  state: 'unknown',
  charged: null,
  seed: 7,
  baseSeed: 7,
  failure: unsure,
});
const candidate = { ...unknown.answered, name: 'M', modelId: 'm', estimate: {}, reasons: [] };
const request = takeRequest({ seed: { kind: 'seed', seed: 7, locked: false } });

/** A node that failed with the last of its takes, and is asked for what `taken` are takes of. */
function desktop(takes: readonly TakeRecord[] = [unknown], taken = takes) {
  const [desk, document, runs, workspace] = [createDesk(), createDocument(), createRuns(), createWorkspace()];
  document.load('g1' as GraphId, emptyGraph(), undefined);
  desk.setState({ takes });
  const resolution = { usable: [candidate], row: { switchAfter: 2 } };
  const takePlan = { number: 0, cap: 4, request, taken, resolution } as unknown as TakePlan;
  runs.setPlan({ nodes: {}, gates: {}, dispatched: { [NODE]: { takePlan } } } as unknown as Plan<TakePlan>);
  runs.push([{ type: 'failed', node: NODE, failure: unsure, at: 1 }]);
  let stands: JobState = 'unknown';
  let tellChanged = () => {};
  const job = { state: 'failed', charged: dollars('0.04'), trouble: { kind: 'lost', message: 'Counted as lost.' } };
  const gateway = {
    countLost: async () => job as JobView,
    lookAgain: async () => ({ ...job, state: 'submitted' }) as JobView,
    get: async () => ({ ...job, state: stands }) as JobView,
    changed: () => new Promise<void>((resolve) => void (tellChanged = resolve)),
  };
  const thread = () => ({ call: { judge: async () => ok(undefined) } });
  const started: unknown[] = [];
  const followed: unknown[] = [];
  const tell = (error: unknown) => expect(error).toBeUndefined();
  const services = { desk, document, runs, workspace, thread, gateway, tell, queue: createQueue() };
  const commands = createUnsettled(
    services as unknown as Parameters<typeof createUnsettled>[0],
    async (...what) => void started.push(what),
    async (...what) => void followed.push(what),
  );
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  return {
    commands,
    started,
    followed,
    failure: () => runs.getState().nodes[NODE]?.failure,
    stateNow: () => desk.getState().takes[0]!.state,
    /** A run that followed it ended so. */
    isUnknownAgain: () => desk.setState({ takes: [unknown] }),
    /** The job service says so by now. */
    async job(state: JobState) {
      await turn();
      stands = state;
      tellChanged();
      await turn();
      await turn();
    },
  };
}

test('what its node failed with is what became of the take, once that is counted as lost', async () => {
  const { commands, failure } = desktop();
  await commands.countLost(unknown);
  expect(failure()).toEqual({ code: 'service', message: 'Counted as lost.' });
});

test('a node that failed with a later take goes on saying so', async () => {
  const { artifact: __, ...later } = takeOf('t2', { failure: { code: 'refused', message: 'Refused.' } });
  const { commands, failure } = desktop([unknown, later]);
  await commands.countLost(unknown);
  expect(failure()).toBe(unsure);
});

test('one that is found is waited for by a run of its node, but not where the node asks for something else by now', async () => {
  const now = desktop();
  await now.commands.lookAgain(unknown);
  expect(now.started).toEqual([[[NODE], 'as they are']]);
  const changed = desktop([unknown], []);
  await changed.commands.lookAgain(unknown);
  const other = desktop([unknown], [{ ...unknown, id: 't3' as TakeId }]);
  await other.commands.lookAgain(unknown);
  expect([changed.started, other.started]).toEqual([[], []]);
});

test('one that the job service knows of by itself is followed, without asking for anything, and once only', async () => {
  const now = desktop();
  await now.job('unknown');
  expect([now.followed, now.stateNow()]).toEqual([[], 'unknown']);
  await now.job('submitted');
  await now.job('made');
  expect([now.followed, now.started, now.stateNow()]).toEqual([[[[NODE], unknown.mode]], [], 'pending']);
  const changed = desktop([unknown], []);
  await changed.job('made');
  expect([changed.followed, changed.stateNow()]).toEqual([[], 'pending']);
});

test('what is made, and cannot be had, is not followed again and again', async () => {
  const { job, followed, isUnknownAgain } = desktop();
  for (const state of ['submitted', 'made', 'made', 'made'] as const) {
    isUnknownAgain();
    await job(state);
  }
  expect(followed).toHaveLength(2);
});
