/**
 * Services as a person sees and sets them up: whether each can be asked, its key, its address, what its models cost,
 * and a test whether all of that is right. No job passes through here.
 */
import type { Loose } from '../../core/loose.ts';
import type { Micros } from '../../core/money.ts';
import { say, type Said } from '../../core/say.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { asJobTrouble } from './job-course.ts';
import { gaveNoAnswer, ServiceTrouble } from '../../providers/service-trouble.ts';
import type { JobRequest } from '../../routing/job-request.ts';
import type { LocalServer, ProviderView } from '../../routing/job.ts';
import type { PriceQuestion, Quote } from '../../routing/quotes.ts';
import { isLocalAt } from './hosts.ts';
import type { Journal, Spending, ToldTrouble } from './journal.ts';
import type { LastTest, LastTests } from './last-tests.ts';
import type { LastTroubles } from './last-troubles.ts';
import type { LocalAddresses } from './local-addresses.ts';
import { lookForServers } from './local-servers.ts';
import { createPriceDesk } from './price-desk.ts';
import { saidWithoutSecret, troubleWithoutSecret } from './secrets.ts';
import { addressName, type Keys } from './service-keys.ts';
import type { ServiceReach } from './service-reach.ts';

export interface ServiceSetup {
  providers(): Promise<readonly ProviderView[]>;
  /** What services say that units of these models cost, as far as they answer. */
  quotes(asked: readonly PriceQuestion[]): Promise<readonly Quote[]>;
  /** Asks a service whether it can be used as it is set up. */
  test(id: string): Promise<ProviderView | undefined>;
  enterKey(id: string, key: string): Promise<ProviderView | undefined>;
  /** Looks for servers on this computer where they usually are. One that is found where it is asked can be asked then. */
  findServers(): Promise<readonly LocalServer[]>;
  /** Asks a server of this computer there from now on. Throws `RangeError` where it is not looked for. */
  useServer(id: string, address: string): Promise<ProviderView | undefined>;
  /** What a service says of its kinds of nodes. Throws `ServiceTrouble`; `undefined`: it runs no workflows. */
  nodes(id: string, names: readonly string[]): Promise<Loose | undefined>;
}

export interface SetupHost {
  readonly reach: ServiceReach;
  readonly journal: Pick<Journal, 'spending'>;
  readonly keys: Keys;
  readonly tests: LastTests;
  readonly troubles: Pick<LastTroubles, 'all'>;
  readonly addresses: LocalAddresses;
  readonly now: () => number;
  /** A service takes what it is asked with, which a person has just tried. */
  onWorking(adapter: Adapter): Promise<void>;
}

export function createServiceSetup(host: SetupHost): ServiceSetup {
  const { reach, journal, keys, tests, troubles, addresses, now, onWorking } = host;
  async function viewsOf(some: readonly Adapter[]): Promise<readonly ProviderView[]> {
    const spending = new Map((await journal.spending()).map((spent) => [spent.provider, spent]));
    const told = await troubles.all();
    return some.map((adapter) => viewOf(adapter, spending.get(adapter.id), told.get(adapter.id)));
  }
  async function oneView(adapter: Adapter): Promise<ProviderView> {
    return (await viewsOf([adapter]))[0]!;
  }

  function viewOf(adapter: Adapter, spent: Spending | undefined, told: ToldTrouble | undefined): ProviderView {
    const { id, name, version, keyNames, keyPage, atOnce, aMinute } = adapter;
    const base = reach.baseOf(adapter);
    const isLocal = isLocalAt(adapter, base);
    const key = keys.of(adapter);
    const lastTest = tests.of(id);
    const { setAside, modelsSetAside } = reach.laneOf(adapter);
    // A server on this computer is asked once it was named or found.
    const isFound = !isLocal || reach.isNamed(adapter) || lastTest?.works === true;
    return {
      id,
      name,
      version,
      isLocal,
      keyNames,
      ...(keyPage ? { keyPage } : {}),
      key: keyNames.length === 0 ? 'none needed' : (key?.from ?? (adapter.isKeyOptional ? 'optional' : 'missing')),
      addressName: addressName(adapter),
      ...(reach.isNamed(adapter) ? { address: base } : {}),
      ...(base === '' ? { lacksAddress: true as const } : {}),
      ...(adapter.prices ? { quotes: true as const } : {}),
      isReady: base !== '' && !reach.lacksKey(adapter) && isFound && !setAside && lastTest?.works !== false,
      ...(lastTest ? { lastTest } : {}),
      ...(setAside ? { setAside: { ...setAside, why: saidWithoutSecret(setAside.why, key?.key) } } : {}),
      ...(modelsSetAside.length > 0
        ? {
            modelsSetAside: modelsSetAside.map(({ model, until, trouble }) => ({
              model,
              until,
              ...troubleWithoutSecret(asJobTrouble(trouble), key?.key),
            })),
          }
        : {}),
      ...(told ? { lastTrouble: { at: told.at, ...troubleWithoutSecret(told.trouble, key?.key) } } : {}),
      atOnce,
      ...(aMinute === undefined ? {} : { aMinute }),
      spentThisMonth: spent?.charged ?? (0 as Micros),
      reserved: spent?.reserved ?? (0 as Micros),
    };
  }

  async function tested(adapter: Adapter): Promise<ProviderView> {
    if (reach.baseOf(adapter) === '') return oneView(adapter);
    const found = await adapter.test(reach.accessTo(adapter, AbortSignal.timeout(TEST_MS))).then(
      () => ({ works: true }),
      (thrown: unknown): Omit<LastTest, 'at'> => {
        const trouble = thrown instanceof ServiceTrouble ? thrown : undefined;
        const said = saidOfTest(trouble, adapter.name, reach.baseOf(adapter));
        return {
          works: false,
          message: saidWithoutSecret(said, reach.keyOf(adapter)),
          ...(!trouble || gaveNoAnswer(trouble) ? { isUnreachable: true } : {}),
        };
      },
    );
    await tests.note(adapter.id, { at: now(), ...found });
    // Who tests it says that it may be asked again: the account has money by now, or the service is back.
    if (found.works) {
      reach.laneOf(adapter).forgive();
      await onWorking(adapter);
    }
    return oneView(adapter);
  }

  return {
    providers: () => viewsOf(reach.adapters),
    quotes: createPriceDesk(now, async (provider, models) => {
      const adapter = reach.find(provider);
      if (!adapter?.prices || reach.lacksKey(adapter)) return undefined;
      return adapter.prices(models, reach.accessTo(adapter, AbortSignal.timeout(QUOTE_MS)));
    }),
    async test(id) {
      const adapter = reach.find(id);
      return adapter && tested(adapter);
    },
    async enterKey(id, key) {
      const adapter = reach.find(id);
      if (!adapter) return undefined;
      await keys.enter(adapter, key);
      // With another key it is another account, or may be.
      reach.laneOf(adapter).forgive();
      await tests.note(id, undefined);
      return oneView(adapter);
    },
    async findServers() {
      const found = await lookForServers(reach.adapters, {
        baseOf: reach.baseOf,
        isNamed: reach.isNamed,
        accessTo: (adapter, base) => reach.accessAt(base, adapter, AbortSignal.timeout(FIND_MS)),
      });
      // What is known of one that is asked there is as old as this then.
      for (const { provider, answers, isUsed } of found)
        if (isUsed && (answers || tests.of(provider))) await tested(reach.find(provider)!);
      return found;
    },
    async useServer(id, address) {
      const adapter = reach.find(id);
      if (!adapter) return undefined;
      await addresses.choose(adapter, address);
      return tested(adapter);
    },
    async nodes(id, names) {
      const adapter = reach.find(id);
      return adapter?.nodes?.(names, reach.accessTo(adapter, AbortSignal.timeout(TEST_MS)));
    },
  };
}

/** The price that the service itself says of a request, where the list has none; `null` where it does not say. */
export async function quotedBy(adapter: Adapter, request: JobRequest, reach: ServiceReach): Promise<Micros | null> {
  try {
    return (await adapter.quote?.(request, reach.accessTo(adapter, AbortSignal.timeout(QUOTE_MS)))) ?? null;
  } catch {
    return null;
  }
}

/** A test asks for no model: whoever does not find what it asks for is somebody else, or has another path. */
function saidOfTest(trouble: ServiceTrouble | undefined, name: string, base: string): Said {
  if (!trouble) return say('{0} did not answer in time.', say(name));
  return trouble.kind === 'retired' ? say('{0} was not found at {1}.', say(name), base) : trouble.said;
}

const TEST_MS = 20_000;
const QUOTE_MS = 5000;
const FIND_MS = 4000;
