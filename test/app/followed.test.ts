/** Takes that were in work when the page went away: which of them are followed by themselves, and which are not. */
import { expect, test } from 'vitest';
import { followLeft } from '../../src/app/followed.ts';
import type { GraphId, NodeId, TakeId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Plan } from '../../src/engine/plan.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { JobView } from '../../src/routing/job.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { takeRequest } from '../rig/requests.ts';
import { takeOf } from '../rig/takes.ts';

const NODE = 'n' as NodeId;
const { artifact: _, ...pending } = takeOf('t1', {
  state: 'pending',
  mode: 'draft',
  charged: null,
  seed: 7,
  baseSeed: 7,
});
const candidate = { ...pending.answered, name: 'M', modelId: 'm', estimate: {}, reasons: [] };
const request = takeRequest({ seed: { kind: 'seed', seed: 7, locked: false } });
/** What would be done next at the node, which has these takes. */
const planOf = (taken: readonly TakeRecord[]) =>
  ({
    nodes: {},
    gates: {},
    dispatched: {
      [NODE]: {
        takePlan: {
          number: 0,
          cap: 4,
          request,
          taken,
          resolution: { usable: [candidate], row: { switchAfter: 2 } },
        } as unknown as TakePlan,
      },
    },
  }) as unknown as Plan<TakePlan>;

interface Desktop {
  readonly taken?: readonly TakeRecord[];
  readonly isKnown?: boolean;
  readonly readOnly?: boolean;
}
function desktop({ taken = [pending], isKnown = true, readOnly = false }: Desktop = {}) {
  const stores = { desk: createDesk(), document: createDocument(), runs: createRuns(), queue: createQueue() };
  const workspace = createWorkspace();
  const gateway = { get: async () => (isKnown ? ({ state: 'submitted' } as JobView) : undefined) };
  const followed: unknown[] = [];
  const services = { ...stores, workspace, gateway, tell: (error: unknown) => expect(error).toBeUndefined() };
  followLeft(services as unknown as Parameters<typeof followLeft>[0], async (...what) => void followed.push(what));
  const open = () => {
    stores.desk.setState({ takes: [pending] });
    stores.document.load('g1' as GraphId, emptyGraph(), undefined, readOnly);
  };
  const plan = async () => {
    stores.runs.setPlan(planOf(taken));
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ...stores, workspace, followed, open, plan };
}

test('a take that was in work when its graph was opened is followed, once, in its own mode', async () => {
  const { open, plan, followed, workspace } = desktop();
  open();
  expect(workspace.getState().mode).toBe('draft');
  await plan();
  await plan();
  expect(followed).toEqual([[[NODE], 'draft']]);
});

test('what the graph no longer asks for is not followed, nor what the local server does not know', async () => {
  const changed = desktop({ taken: [] });
  changed.open();
  await changed.plan();
  const unknown = desktop({ isKnown: false });
  unknown.open();
  await unknown.plan();
  expect([changed.followed, unknown.followed]).toEqual([[], []]);
});

test('what a run of this page leaves behind, or one in another tab is at, is not followed', async () => {
  const own = desktop();
  own.document.load('g1' as GraphId, emptyGraph(), undefined);
  own.desk.setState({ takes: [pending] });
  await own.plan();
  const later = desktop({ taken: [{ ...pending, id: 't2' as TakeId }] });
  later.open();
  await later.plan();
  const other = desktop({ readOnly: true });
  other.open();
  await other.plan();
  expect([own.followed, later.followed, other.followed]).toEqual([[], [], []]);
});
