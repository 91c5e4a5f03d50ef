/** Services for a command line: a job service in this process, on the same journal as the gateway's. */
import type { CacheKey, TakeId } from '../core/ids.ts';
import type { Artifacts } from '../core/node.ts';
import { openJobs } from '../gateway/jobs/open-jobs.ts';
import { ownClient } from '../gateway/jobs/own-client.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { serviceProvider } from '../providers/service-provider.ts';
import type { Provider } from '../routing/provider.ts';
import { ALWAYS_READY, readinessOf, type Readiness } from '../routing/readiness.ts';
import { hasEnded } from '../routing/job.ts';
import { png } from './png.js';

export interface HeadlessServices {
  readonly ready: readonly Readiness[];
  readonly providers: Pick<ReadonlyMap<string, Provider>, 'get'>;
  /** The same take has the same name each time a command runs: what was paid for is found again. */
  takeId?(key: CacheKey): Promise<TakeId>;
  close(): Promise<void>;
}

export const BUILT_IN_ONLY: HeadlessServices = { ready: ALWAYS_READY, providers: PROVIDERS, close: async () => {} };

/** Throws where the journal cannot be opened. */
export async function openServices(
  artifacts: Pick<Artifacts, 'image'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HeadlessServices> {
  const { service, close } = await openJobs(environment);
  const host = {
    client: ownClient(service),
    fileOf: async (image: Parameters<Artifacts['image']>[0]) =>
      new Blob([new Uint8Array(png((await artifacts.image(image)).raster))], { type: 'image/png' }),
  };
  return {
    ready: readinessOf(await service.providers()),
    providers: { get: (id) => PROVIDERS.get(id) ?? serviceProvider(id, host) },
    async takeId(key) {
      // One that failed is over: another attempt has another name.
      for (let attempt = 0; ; attempt++) {
        const id = `${key.slice(0, 40)}-${attempt}`;
        const job = await service.get(id);
        if (!job || !hasEnded(job.state) || job.state === 'made') return id as TakeId;
      }
    },
    close,
  };
}
