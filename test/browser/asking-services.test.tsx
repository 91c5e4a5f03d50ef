/** What is said of services where a person reads it: a card of Settings, takes that wait, receipts, a node's route. */
import { ReactFlowProvider } from '@xyflow/react';
import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { GraphId, NodeId, TakeId } from '../../src/core/ids.ts';
import { dollars, type Micros } from '../../src/core/money.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { Plan } from '../../src/engine/plan.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import type { JobView, ProviderView } from '../../src/routing/job.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { readinessOf } from '../../src/routing/readiness.ts';
import { resolve } from '../../src/routing/resolve.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { createDesk, type DeskState } from '../../src/state/desk.ts';
import { createDocument } from '../../src/state/document.ts';
import { createRuns } from '../../src/state/runs.ts';
import { createWorkspace } from '../../src/state/workspace.ts';
import { AppContext, type App } from '../../src/ui/app-context.ts';
import { ProviderSettings } from '../../src/ui/pages/provider-settings.tsx';
import { Filmstrip } from '../../src/ui/panels/filmstrip.tsx';
import { NodeRoute } from '../../src/ui/panels/node-route.tsx';
import { TakeReceipt } from '../../src/ui/panels/take-receipt.tsx';
import { rowFor, takeRequest } from '../rig/requests.ts';
import { takeOf } from '../rig/takes.ts';

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
});

const providerOf = (id: string, more: Partial<ProviderView> = {}): ProviderView => ({
  id,
  name: id.toUpperCase(),
  version: 1,
  isLocal: false,
  keyNames: ['P_KEY'],
  key: 'missing',
  addressName: `TRIPTYCH_${id.toUpperCase()}_URL`,
  isReady: false,
  atOnce: 1,
  spentThisMonth: 0 as Micros,
  reserved: 0 as Micros,
  ...more,
});
const jobOf = (more: Partial<JobView>): JobView => ({
  id: 't1',
  provider: 'p',
  model: 'm',
  state: 'unknown',
  estimate: dollars('0.04'),
  charged: null,
  createdAt: 1,
  ...more,
});

/** Draws it over real stores, with these facts of them; the gateway knows this one job. */
async function draw(what: ReactNode, facts: Partial<DeskState>, job?: JobView, plan?: Plan<TakePlan>) {
  const cancelled: TakeId[] = [];
  const [desk, document, runs, workspace] = [createDesk(), createDocument(), createRuns(), createWorkspace()];
  desk.setState(facts);
  document.setState({ id: 'g1' as GraphId });
  runs.setState({ plan });
  workspace.setState({ selection: ['n' as NodeId] });
  const commands = {
    refreshProviders: async () => {},
    priceModels: async () => {},
    jobOf: async () => job,
    previewOf: async () => undefined,
    cancelTake: async ({ id }: TakeRecord) => void cancelled.push(id),
  };
  const reviewClock = { show: () => () => {} };
  const app = { desk, document, runs, workspace, commands, reviewClock } as unknown as App;
  const place = window.document.createElement('div');
  window.document.body.append(place);
  const root = createRoot(place);
  onTestFinished(async () => {
    await act(async () => root.unmount());
    place.remove();
  });
  await act(async () =>
    root.render(
      <AppContext value={app}>
        <ReactFlowProvider>{what}</ReactFlowProvider>
      </AppContext>,
    ),
  );
  const buttons = () => [...place.querySelectorAll('button')];
  return {
    place,
    cancelled,
    buttons,
    named: (name: string) => buttons().find((one) => one.textContent.trim() === name),
  };
}

const waiting = (state: 'pending' | 'unknown') => {
  const { artifact: _, ...rest } = takeOf('t1', { state, estimated: dollars('0.04'), charged: null });
  return rest;
};

test('a server without an address says which variable gives it one, and takes no key before', async () => {
  const own = await draw(<ProviderSettings />, { providers: [providerOf('own', { lacksAddress: true })] });
  expect(own.place.textContent).toContain('Set TRIPTYCH_OWN_URL to where your server is');
  expect(own.place.querySelector('input[type=password]')).toBe(null);
  const addressed = await draw(<ProviderSettings />, { providers: [providerOf('own', { address: 'http://own' })] });
  expect(addressed.place.textContent).not.toContain('TRIPTYCH_OWN_URL');
  expect(addressed.place.querySelector('input[type=password]')).not.toBe(null);
});

test('to look again is offered where the service can be asked; else it is said that it cannot', async () => {
  const facts = { providers: [providerOf('p')], takes: [waiting('unknown')] };
  const asked = await draw(<Filmstrip />, facts, jobOf({}));
  expect(asked.named('Look again')).toBeDefined();
  const mute = await draw(<Filmstrip />, facts, jobOf({ cannotBeAsked: true }));
  expect(mute.named('Look again')).toBeUndefined();
  expect(mute.named('Count it as lost')).toBeDefined();
  expect(mute.named('Take another')).toBeDefined();
  expect(mute.place.textContent).toContain('Triptych cannot ask P for it');
});

test('a take in flight is cancelled where it is shown, beside what that may still cost; its state is said once', async () => {
  const facts = { providers: [providerOf('p')], takes: [waiting('pending')] };
  const { place, named, cancelled } = await draw(<Filmstrip />, facts, jobOf({ state: 'submitted' }));
  expect(place.querySelector('.take')?.textContent).toBe('pending up to $0.04');
  const cancel = named('Cancel this take')!;
  const cost = window.document.getElementById(cancel.getAttribute('aria-describedby') ?? '');
  expect(cost?.textContent).toBe('To cancel it now may still cost $0.04.');
  await act(async () => cancel.click());
  expect(cancelled).toEqual(['t1']);
});

test('a receipt names the table as people do, with its version; of a pinned node it names none', async () => {
  const table = (version: number, name: string): RoutingTable => ({
    id: 'house',
    name,
    version,
    note: '',
    publishedAt: '',
    rows: [],
  });
  const tables = [table(1, 'House table'), table(2, 'Studio table')];
  const take = (more: Partial<TakeRecord>) => takeOf('t1', { request: takeRequest(), ...more });
  const textOf = async (one: TakeRecord) => (await draw(<TakeReceipt take={one} />, { tables })).place.textContent;
  expect(await textOf(take({}))).toContain('table “House table”, version 1');
  expect(await textOf(take({ table: { id: 'house', version: 2 } }))).toContain('table “Studio table”, version 2');
  expect(await textOf(take({ table: { id: 'theirs', version: 3 } }))).toContain('table “theirs”, version 3');
  const pinned = take({ request: takeRequest({ pinned: { provider: 'p', model: 'm' } }) });
  expect(await textOf(pinned)).not.toContain('House table');
});

test('a service that this version cannot ask is named with what to do about it, unlike a local server that is away', async () => {
  const model: Model = {
    id: 'one',
    vendor: 'v',
    name: 'One',
    status: 'active',
    work: ['text to image'],
    modalities: [],
    supports: {},
    tiers: [],
    seeds: 'yes',
    sources: [],
    asOf: '2026-11-01',
    offers: [{ provider: 'together', modelId: 'together/one' }],
  };
  const catalog = catalogOf([model], '2026-11-01');
  const rows = [rowFor({ candidates: [{ provider: 'together', model: 'one' }] })];
  const table = { id: 'house', name: 'House', version: 1, note: '', publishedAt: '', rows };
  const request = takeRequest();
  const routeWith = async (providers: DeskState['providers']) => {
    const market = { catalog, book: NO_OVERRIDES, ready: readinessOf(providers ?? []) };
    const resolution = resolve(request, 'delivery', table, market);
    const takePlan = { resolution, request, cap: 1, taken: [], number: 0 };
    const plan = { nodes: {}, dispatched: { n: { takePlan } } } as unknown as Plan<TakePlan>;
    const route = <NodeRoute node={'n' as NodeId} flat={'n' as NodeId} />;
    return (await draw(route, { catalog, providers, tables: [table] }, undefined, plan)).place.textContent;
  };
  const unable = 'This version of Triptych has no way to ask the service “Together AI”. Pin another model';
  expect(await routeWith([providerOf('p')])).toContain(unable);
  const away = await routeWith(undefined);
  expect(away).toContain('the local server that asks services does not answer');
  expect(away).not.toContain(unable);
});
