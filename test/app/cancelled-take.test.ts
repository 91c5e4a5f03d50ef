/** A take that is cancelled where it is shown: what is written down hangs on what the job service says came of it. */
import { expect, test } from 'vitest';
import { createUnsettled } from '../../src/app/unsettled.ts';
import { ok } from '../../src/core/errors.ts';
import type { GraphId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import { emptyGraph } from '../../src/graph/graph.ts';
import type { JobView } from '../../src/routing/job.ts';
import { createDesk } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createQueue } from '../../src/state/queue.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { takeOf } from '../rig/takes.ts';

const { artifact: _, ...waiting } = takeOf('t1', { state: 'pending', charged: null });

/** What the take is after its job came to this. */
async function cancelledAs(state: JobView['state'], running = false) {
  const [desk, document, runs, workspace] = [createDesk(), createDocument(), createRuns(), createWorkspace()];
  document.load('g1' as GraphId, emptyGraph(), undefined);
  desk.setState({ takes: [waiting] });
  runs.setState({ running });
  const gateway = { cancel: async () => ({ state, charged: dollars('0.04') }), get: async () => undefined };
  const thread = () => ({ call: { judge: async () => ok(undefined) } });
  const services = { desk, document, runs, workspace, thread, gateway, queue: createQueue() };
  const noRun = async () => {};
  const { cancelTake } = createUnsettled(services as unknown as Parameters<typeof createUnsettled>[0], noRun, noRun);
  await cancelTake(waiting);
  return { take: desk.getState().takes[0]!, notices: workspace.getState().notices };
}

test('a take that was taken back is over, at what the service charges for it', async () => {
  const { take } = await cancelledAs('cancelled');
  expect(take).toMatchObject({ charged: dollars('0.04'), failure: { code: 'cancelled' } });
  expect(take.state).toBeUndefined();
});

test('one that nobody knows about waits for a decision; one that was made goes on waiting, and that is said', async () => {
  expect((await cancelledAs('unknown')).take.state).toBe('unknown');
  const { take, notices } = await cancelledAs('made');
  expect(take).toBe(waiting);
  expect(notices.length).toBe(1);
});

test('a run that waits for it writes it down itself', async () => {
  expect((await cancelledAs('cancelled', true)).take).toBe(waiting);
});
