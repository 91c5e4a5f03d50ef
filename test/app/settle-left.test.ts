/** Takes in work that no run goes on with: which are settled, and when. */
import { expect, test } from 'vitest';
import { settleLeft } from '../../src/app/settle-left.ts';
import { ok } from '../../src/core/errors.ts';
import type { GraphId, NodeId, TakeId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Plan } from '../../src/engine/plan.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import { registry } from '../../src/registry.ts';
import type { JobState } from '../../src/routing/job.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { takeRequest } from '../rig/requests.ts';
import { takeOf } from '../rig/takes.ts';

const NODE = 'n' as NodeId;
const OPEN = 'g1' as GraphId;
const { artifact, ...pending } = takeOf('t1', { state: 'pending', charged: null, seed: 7, baseSeed: 7 });
const { state: _, ...made }: TakeRecord = { ...pending, artifact: artifact! };
const request = takeRequest({ seed: { kind: 'seed', seed: 7, locked: false } });
const candidate = { ...pending.answered, name: 'M', modelId: 'm', estimate: {}, reasons: [] };
/** The plan of the open graph, whose node has these takes of what it asks for now. */
const planOf = (taken: readonly TakeRecord[]) => {
  const resolution = { usable: [candidate], row: { switchAfter: 2 } };
  const takePlan = { number: 0, cap: 4, request, taken, resolution } as unknown as TakePlan;
  return { nodes: {}, gates: {}, dispatched: { [NODE]: { takePlan } } } as unknown as Plan<TakePlan>;
};

interface Facts {
  readonly elsewhere?: readonly TakeRecord[];
  readonly isOpenInAnotherTab?: boolean;
}
async function desktop({ elsewhere = [], isOpenInAnotherTab = false }: Facts = {}) {
  const stores = { desk: createDesk(), document: createDocument(), runs: createRuns(), queue: createQueue() };
  let state: JobState | undefined = 'submitted';
  const waiting: (() => void)[] = [];
  const settled: TakeId[] = [];
  const released: GraphId[] = [];
  const services = {
    ...stores,
    registry,
    workspace: createWorkspace(),
    gateway: {
      get: async () => state && { state },
      changed: () => new Promise<void>((resolve) => waiting.push(resolve)),
    },
    lock: {
      take: async (id: GraphId) => ({ mayEdit: !isOpenInAnotherTab, release: () => void released.push(id) }),
    },
    thread: () => ({
      call: {
        leftInWork: async () => ok(elsewhere),
        async settle([take]: readonly TakeRecord[]) {
          settled.push(take!.id);
          return ok([{ ...made, id: take!.id, graphId: take!.graphId }]);
        },
      },
    }),
    tell: (error: unknown) => expect(error).toBeUndefined(),
  };
  stores.desk.setState({ takes: [pending] });
  stores.document.load(OPEN, emptyGraph(), undefined);
  settleLeft(services as unknown as Parameters<typeof settleLeft>[0], 0);
  const turns = async () => {
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve));
  };
  await turns();
  return {
    ...stores,
    settled,
    released,
    async plan(taken: readonly TakeRecord[]) {
      stores.runs.setPlan(planOf(taken));
      await turns();
    },
    /** Its job stands so by now, which is told to whoever waits. */
    async job(now: JobState | undefined) {
      state = now;
      for (const tell of waiting.splice(0)) tell();
      await turns();
    },
    turns,
  };
}

test('a take of what the node asked for before it was changed is settled when its job is over, once, and stands with its takes', async () => {
  const { plan, job, settled, desk } = await desktop();
  await plan([]);
  expect(settled).toEqual([]);
  await job('made');
  await plan([]);
  expect(settled).toEqual(['t1']);
  expect(desk.getState().takes).toEqual([made]);
});

test('what the next run goes on with is left to it, and so is everything while a run goes on', async () => {
  const { plan, job, settled, queue } = await desktop();
  await plan([pending]);
  await job('made');
  expect(settled).toEqual([]);
  const run = { id: 'q', graphId: OPEN, graph: emptyGraph(), revision: 0, mode: 'draft' as const };
  queue.add([run]);
  queue.begin('q', 1);
  await plan([]);
  expect(settled).toEqual([]);
  queue.end(ok({ outcome: 'done' } as never));
  await plan([]);
  expect(settled).toEqual(['t1']);
});

test('takes of graphs that are closed or gone are settled too, but not those of a graph that another tab has open', async () => {
  const other = { ...pending, id: 't2' as TakeId, graphId: 'gone' as GraphId };
  const here = await desktop({ elsewhere: [other] });
  await here.job('failed');
  expect([here.settled, here.released]).toEqual([['t2'], ['gone']]);
  const elsewhere = await desktop({ elsewhere: [other], isOpenInAnotherTab: true });
  await elsewhere.job('failed');
  expect([elsewhere.settled, elsewhere.released]).toEqual([[], ['gone']]);
});

test('one that the local server does not know of is asked after again when that server is back', async () => {
  const { plan, job, settled, desk, turns } = await desktop();
  await job(undefined);
  await plan([]);
  await job('made');
  await plan([]);
  expect(settled).toEqual([]);
  desk.setState({ providers: [] });
  await turns();
  expect(settled).toEqual(['t1']);
});
