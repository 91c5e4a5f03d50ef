/**
 * The job service that a command asks: that of the running gateway, else one in its own process on the same journal.
 * When the gateway ends meanwhile, the command goes on by itself: its jobs are in the journal, under the same names.
 */
import { NodeError } from '../core/errors.ts';
import { homeIn } from '../gateway/jobs/home.ts';
import { openJobs } from '../gateway/jobs/open-jobs.ts';
import { ownClient } from '../gateway/jobs/own-client.ts';
import { pause as pauseByClock, type Pause } from '../gateway/jobs/pause.ts';
import { baseOf } from '../gateway/jobs/service-keys.ts';
import { gatewayOn } from '../gateway/neighbour.js';
import { gatewayClient } from '../providers/gateway-client.ts';
import type { ServicesClient } from '../providers/job-client.ts';
import type { ProviderView } from '../routing/job.ts';
import { hashOfSources } from '../setup/build.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface ServicesHost {
  readonly environment: Environment;
  /** The folder of the project. */
  readonly project: string;
  print(line: string): void;
  /** Between two questions; by the clock where nothing is said. */
  readonly pause?: Pause | undefined;
}
/** A job service, and how to let go of it. */
interface OpenServices {
  readonly client: ServicesClient;
  close(): Promise<void>;
}
interface Asked extends OpenServices {
  readonly isOwn: boolean;
}

/** How often a gateway is asked after a job. */
const ASK_AGAIN_MS = 1000;
/** A gateway that says nothing for so long has ended, as far as a command is concerned. */
const PATIENCE_MS = 60_000;

/** Throws where there is no gateway, and the journal cannot be opened. */
export async function openServicesClient(host: ServicesHost): Promise<OpenServices> {
  const open = async (): Promise<Asked> => (await askedOfGateway(host)) ?? (await askedOfOwn(host));
  let current = open();
  await current;

  async function ask<T>(question: (client: ServicesClient) => Promise<T>): Promise<T> {
    const asked = current;
    const { client, isOwn } = await asked;
    try {
      return await question(client);
    } catch (thrown) {
      const hasEnded = !isOwn && thrown instanceof NodeError && thrown.code === 'network';
      if (!hasEnded) throw thrown;
      // Everybody who waits finds out: the first of them looks for another.
      if (current === asked) {
        host.print('The running Triptych has ended. What was sent goes on from here.');
        current = open();
      }
      return question((await current).client);
    }
  }
  return {
    client: {
      put: (id, order, pictures) => ask((client) => client.put(id, order, pictures)),
      get: (id) => ask((client) => client.get(id)),
      changed: (id, signal) => ask((client) => client.changed(id, signal)),
      cancel: (id) => ask((client) => client.cancel(id)),
      output: (id) => ask((client) => client.output(id)),
      providers: () => ask((client) => client.providers()),
      quotes: (asked) => ask((client) => client.quotes(asked)),
      budget: () => ask((client) => client.budget()),
      booked: (since) => ask((client) => client.booked(since)),
      lookAgain: (id) => ask((client) => client.lookAgain(id)),
      countLost: (id) => ask((client) => client.countLost(id)),
    },
    close: async () => (await current).close(),
  };
}

/** Nothing where none runs that asks services as this command would. */
async function askedOfGateway({
  environment,
  project,
  print,
  pause = pauseByClock,
}: ServicesHost): Promise<Asked | undefined> {
  const gateway = await gatewayOn(homeIn(environment));
  // One of another version may send another request for the same take.
  if (!gateway?.hello.jobs || gateway.hello.build !== hashOfSources(project)) return undefined;
  const { url, cookie } = gateway;
  const client = gatewayClient(url, {
    async fetch(address, init) {
      const headers = { ...init?.headers, cookie };
      const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS), ...init, headers });
      // Another one has its port by now.
      if (response.status === 401) throw new Error('It was started anew.');
      return response;
    },
    changed: (_, signal) => pause(ASK_AGAIN_MS, signal),
  });
  const providers = await client.providers();
  if (!providers || providers.some((provider) => isSetUpOtherwise(provider, environment))) return undefined;
  print(`Services are asked through the Triptych that runs at ${url}`);
  return { client, isOwn: false, close: async () => {} };
}

/** Whether the command's own environment has a key that the gateway lacks, or names another address. */
function isSetUpOtherwise({ id, key, keyNames, address = '' }: ProviderView, environment: Environment): boolean {
  const hasKey = keyNames.some((name) => environment[name]?.trim());
  const named = baseOf({ id, home: '' }, environment);
  return (hasKey && (key === 'missing' || key === 'optional')) || (named !== '' && named !== address);
}

async function askedOfOwn({ environment, pause }: ServicesHost): Promise<Asked> {
  const { service, close } = await openJobs(environment, undefined, pause);
  return { client: ownClient(service), isOwn: true, close };
}
