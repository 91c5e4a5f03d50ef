/** Services for a command line: made by jobs, whoever's job service is asked. */
import type { CacheKey, TakeId } from '../core/ids.ts';
import type { Micros } from '../core/money.ts';
import type { Artifacts } from '../core/node.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Graph } from '../graph/graph.ts';
import { monthSoFar, monthStart } from '../ledger/month.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { serviceProvider } from '../providers/service-provider.ts';
import type { Catalog } from '../routing/catalog.ts';
import type { Provider } from '../routing/provider.ts';
import { modelsToPrice, pricesToAsk, type Quote } from '../routing/quotes.ts';
import type { RoutingTable } from '../routing/routing-table.ts';
import { ALWAYS_READY, readinessOf, type Readiness } from '../routing/readiness.ts';
import { hasEnded, type JobView } from '../routing/job.ts';
import type { MemoryArtifacts } from './memory-artifacts.ts';
import { png } from './png.js';
import { openServicesClient, type ServicesHost } from './services-client.ts';
import { notSent } from './takes-a-browser.ts';

export interface HeadlessServices {
  readonly ready: readonly Readiness[];
  /** What services say of prices that the catalog does not know. */
  readonly quotes: readonly Quote[];
  /** What is left of the month's budget, whoever spent of it; missing where there is none. */
  readonly leftOfMonth?: Micros;
  readonly providers: Pick<ReadonlyMap<string, Provider>, 'get'>;
  /** What the job service knows of a take. */
  jobOf?(take: TakeId): Promise<JobView | undefined>;
  /** The same take has the same name each time a command runs: what was paid for is found again. */
  takeId?(key: CacheKey): Promise<TakeId>;
  close(): Promise<void>;
}

export const BUILT_IN_ONLY: HeadlessServices = {
  ready: ALWAYS_READY,
  quotes: [],
  providers: PROVIDERS,
  close: async () => {},
};

/** Throws where no job service can be asked. Prices are asked for what the table names and the graph is pinned to. */
export async function openServices(
  artifacts: Pick<MemoryArtifacts & Artifacts, 'image' | 'kept'>,
  host: ServicesHost,
  table: RoutingTable,
  graph: Graph,
  catalog: Catalog,
): Promise<HeadlessServices> {
  const { client, close } = await openServicesClient(host);
  const serviceHost = {
    client,
    async fileOf(value: ImageValue | VideoValue) {
      // What another service made goes on as it came.
      const came = artifacts.kept.get(value.hash);
      if (came) return new Blob([new Uint8Array(came.bytes)], { type: came.mime });
      if (value.kind === 'video') throw notSent();
      return new Blob([new Uint8Array(png((await artifacts.image(value)).raster))], { type: 'image/png' });
    },
  };
  const providers = (await client.providers()) ?? [];
  const now = Date.now();
  const { left } = monthSoFar([], await client.booked(monthStart(now)), now, await client.budget());
  return {
    ...(left === undefined ? {} : { leftOfMonth: left }),
    ready: readinessOf(providers),
    quotes: await client.quotes(pricesToAsk(modelsToPrice([table], graph), catalog, providers, [], Date.now())),
    providers: { get: (id) => PROVIDERS.get(id) ?? serviceProvider(id, serviceHost) },
    jobOf: client.get,
    async takeId(key) {
      // One that failed is over: another attempt has another name.
      for (let attempt = 0; ; attempt++) {
        const id = `${key.slice(0, 40)}-${attempt}`;
        const job = await client.get(id);
        if (!job || !hasEnded(job.state) || job.state === 'made') return id as TakeId;
      }
    },
    close,
  };
}
