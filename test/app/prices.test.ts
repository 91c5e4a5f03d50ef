/** Prices that services say, on their way from a real gateway to the page's desk. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProviderCommands } from '../../src/app/provider-commands.ts';
import type { Micros } from '../../src/core/money.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { emptyGraph, type GraphNode } from '../../src/graph/graph.ts';
import { jobRoutes, openJobs, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { gatewayClient, type GatewayClient } from '../../src/providers/gateway-client.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import { createDesk } from '../../src/state/desk.ts';
import { graphOf } from '../rig/graphs.ts';
import { queueAdapter } from '../contract/queue.ts';
import { rowFor } from '../rig/requests.ts';

const MODEL: Model = {
  id: 'one',
  vendor: 'V',
  name: 'One',
  status: 'active',
  work: ['text to image'],
  modalities: [],
  offers: [{ provider: 'queue', modelId: 'queue/one', fields: {} }],
  supports: {},
  tiers: [],
  seeds: 'unknown',
  sources: [],
  asOf: '2026-11-01',
};
const TABLE: RoutingTable = {
  id: 'mine',
  name: 'Mine',
  version: 1,
  note: '',
  publishedAt: '',
  rows: [rowFor({ candidates: [{ provider: 'queue', model: 'one' }] })],
};

const NOTHING_PINNED = emptyGraph();

let jobs: OpenJobs;
let server: Awaited<ReturnType<typeof serve>>;
let client: GatewayClient;
let isThere: boolean;
let asked: number;
beforeEach(async () => {
  isThere = true;
  asked = 0;
  const adapter = {
    ...queueAdapter('http://127.0.0.1:9', false),
    async prices() {
      asked++;
      if (!isThere) throw new Error('Away.');
      return new Map([['queue/one', { amount: 25_000 as Micros, unit: 'image' as const }]]);
    },
  };
  const home = mkdtempSync(join(tmpdir(), 'triptych-home-'));
  jobs = await openJobs({ TRIPTYCH_HOME: home, QUEUE_KEY: 'key' }, [adapter]);
  server = await serve(home, 0, { routes: jobRoutes(jobs.service) });
  const cookie = `triptych-${new URL(server.url).port}=${server.token}`;
  client = gatewayClient(server.url, {
    fetch: (address, init) => fetch(address, { ...init, headers: { ...init?.headers, cookie } }),
    changed: async () => {},
  });
});
afterEach(async () => {
  await server.close();
  await jobs.close();
});
async function openDesk() {
  const desk = createDesk();
  desk.setState({ catalog: catalogOf([MODEL], '2026-11-01'), tables: [TABLE] });
  const commands = createProviderCommands(desk, client, () => {});
  // Before the services are known there is nobody to ask.
  await commands.askPrices(NOTHING_PINNED);
  expect(asked).toBe(0);
  await commands.refreshProviders();
  return { desk, ...commands };
}

test('plans and runs that ask at once ask once, and what was told is not asked for again', async () => {
  const { desk, askPrices } = await openDesk();
  await Promise.all([askPrices(NOTHING_PINNED), askPrices(NOTHING_PINNED)]);
  await askPrices(NOTHING_PINNED);
  expect(asked).toBe(1);
  const price = { amount: 25_000, unit: 'image' };
  expect(desk.getState().quotes).toEqual([{ provider: 'queue', model: 'queue/one', price, at: expect.any(Number) }]);
});

test('a model that is only pinned is asked for when the graph is planned, also while another is asked for', async () => {
  const { desk, askPrices } = await openDesk();
  desk.setState({ tables: [] });
  const { nodes } = graphOf({ i: 'image' }, []);
  const image: GraphNode = { ...nodes['i' as NodeId]!, pinned: { provider: 'queue', model: 'one' } };
  await Promise.all([askPrices(NOTHING_PINNED), askPrices(graphOf({ i: image }, []))]);
  expect(desk.getState().quotes).toMatchObject([{ model: 'queue/one', price: { amount: 25_000 } }]);
});

test('where a service does not answer, a price stays unknown, and not every plan asks anew', async () => {
  isThere = false;
  const { desk, askPrices } = await openDesk();
  await askPrices(NOTHING_PINNED);
  await askPrices(NOTHING_PINNED);
  expect(asked).toBe(1);
  expect(desk.getState().quotes).toEqual([]);
});

test('a run that begins when the local server is back knows its services and their prices', async () => {
  const desk = createDesk();
  desk.setState({ catalog: catalogOf([MODEL], '2026-11-01'), tables: [TABLE] });
  let isAway = true;
  const providers = async () => (isAway ? undefined : client.providers());
  const { refreshProviders, askBeforeRun } = createProviderCommands(desk, { ...client, providers }, () => {});
  await refreshProviders();
  expect(desk.getState().providers).toBeUndefined();
  isAway = false;
  await askBeforeRun(NOTHING_PINNED);
  expect(desk.getState().providers?.map(({ id }) => id)).toEqual(['queue']);
  expect(desk.getState().quotes).toHaveLength(1);
  // And what became of it since: it is gone again.
  isAway = true;
  await askBeforeRun(NOTHING_PINNED);
  expect(desk.getState().providers).toBeUndefined();
});
