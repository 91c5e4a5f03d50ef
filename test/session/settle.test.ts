/** Takes in work that no run goes on with: they are booked as they ended, whatever became of their graph. */
import { expect, test } from 'vitest';
import type { GraphId, TakeId } from '../../src/core/ids.ts';
import { dollars } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { monthSoFar } from '../../src/ledger/month.ts';
import { registry } from '../../src/registry.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { catalogOf } from '../../src/routing/catalog.ts';
import { createSession, type Session } from '../../src/session/session.ts';
import type { SessionPorts } from '../../src/session/ports.ts';
import { DEFAULT_SETTINGS } from '../../src/ledger/money-settings.ts';
import { graphOf } from '../rig/graphs.ts';
import { takeRequest } from '../rig/requests.ts';
import { hashOf, takeOf } from '../rig/takes.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const DAY = 24 * 3_600_000;
const { artifact, ...sent } = takeOf('sent', {
  at: NOW - DAY,
  graphId: 'gone' as GraphId,
  state: 'pending',
  request: takeRequest({}),
  estimated: dollars('0.05'),
  charged: null,
});
const { state: _, ...made }: TakeRecord = { ...sent, artifact: artifact!, charged: dollars('0.04') };

function desk(collect: NonNullable<SessionPorts['collect']>) {
  const artifacts = testArtifacts();
  const stores = memoryStores(
    () => NOW,
    () => true,
  );
  const session: Session = createSession({
    ...stores,
    registry,
    artifacts,
    clock: { now: () => NOW, after: () => () => {} },
    collect,
    booked: () => [],
    isStored: async () => true,
    used() {},
    whileInUse: (work) => work(),
    execute: async () => {
      throw new TypeError('Nothing runs here.');
    },
  });
  session.equip(catalogOf([], '2026-11-01'), [{ id: 'p', version: 1 }]);
  return { session, stores };
}

test('what a take of a graph that is gone cost is booked under its own name, and its picture is kept under its own key', async () => {
  const asked: (string | undefined)[] = [];
  const { session, stores } = desk(async (_take, candidate) => {
    asked.push(candidate?.model);
    return made;
  });
  await stores.takes.put([sent]);
  const spent = async () => monthSoFar(await stores.takes.all(), [], NOW, undefined);
  expect(await spent()).toMatchObject({ charged: 0, inWork: sent.estimated });
  expect(await session.settle(await session.leftInWork())).toEqual([made]);
  expect(asked).toEqual(['m']);
  expect(await stores.takes.all()).toEqual([made]);
  expect(await spent()).toMatchObject({ charged: made.charged, inWork: 0 });
  const results = await stores.runs.resultsOf([made.key]);
  expect(results.get(made.key)).toEqual({ image: { kind: 'image', hash: hashOf('sent'), width: 1, height: 1 } });
  expect(await session.leftInWork()).toEqual([]);
});

test('one that is not over stays in work, and counts at what it may cost', async () => {
  const { session, stores } = desk(async () => undefined);
  await stores.takes.put([sent]);
  expect(await session.settle([sent])).toEqual([]);
  expect(await stores.takes.all()).toEqual([sent]);
});

test('takes are left in work when they were sent lately and nothing more is written of them', async () => {
  const { session, stores } = desk(async () => undefined);
  const old = { ...sent, id: 'old' as TakeId, at: NOW - 200 * DAY };
  const unknown = { ...sent, id: 'unknown' as TakeId, state: 'unknown' as const };
  await stores.takes.put([sent, old, unknown, takeOf('done', { at: NOW })]);
  expect((await session.leftInWork()).map(({ id }) => id)).toEqual(['sent']);
});

test('what is booked so is a take of its node for the next plan, and not what the node asks for now', async () => {
  const { session, stores } = desk(async () => made);
  const graph = graphOf({ p: ['prompt', { text: 'a lake' }], n: 'image' }, ['p.prompt > n.prompt']);
  const plan = () =>
    session.plan({
      graphId: 'gone' as GraphId,
      graph,
      options: { mode: 'delivery' },
      table: HOUSE,
      settings: DEFAULT_SETTINGS,
    });
  await stores.takes.put([sent]);
  const before = await plan();
  await session.settle([sent]);
  expect((await plan()).nodes).toEqual(before.nodes);
});
