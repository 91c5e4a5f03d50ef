/** How services are reached from here: which there are, where each of them is, with which key and through which lane. */
import type { Adapter } from '../../providers/adapter.ts';
import { accessFor, type WideAccess } from './access.ts';
import type { LocalAddresses } from './local-addresses.ts';
import { baseOf, isNamed, type Keys } from './service-keys.ts';
import { createLane, type ServiceLane } from './service-lane.ts';
import type { ServiceTrouble } from '../../providers/service-trouble.ts';

export interface ReachHost {
  readonly adapters: readonly Adapter[];
  readonly keys: Keys;
  readonly addresses: LocalAddresses;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** Settles after so many milliseconds; rejects when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Keeps what went wrong last at a service; nothing where nothing does any more. */
  note(adapter: Adapter, trouble: ServiceTrouble | undefined): void;
}

export interface ServiceReach {
  readonly adapters: readonly Adapter[];
  /** Whether or not it is set up. */
  find(provider: string): Adapter | undefined;
  /** One that has an address to be asked at. */
  findReachable(provider: string): Adapter | undefined;
  /** Empty where it has none of its own and none was given. */
  baseOf(adapter: Adapter): string;
  /** Whether this machine's settings say where it is. */
  isNamed(adapter: Adapter): boolean;
  keyOf(adapter: Adapter): string | undefined;
  lacksKey(adapter: Adapter): boolean;
  laneOf(adapter: Adapter): ServiceLane;
  /** @param beforePaying called before the call that pays goes out */
  accessTo(adapter: Adapter, signal: AbortSignal, beforePaying?: () => Promise<void>): WideAccess;
  /** Without a key, at a place where nobody knows yet who listens. */
  accessAt(base: string, adapter: Adapter, signal: AbortSignal): WideAccess;
}

export function createReach({ adapters, keys, addresses, environment, now, pause, note }: ReachHost): ServiceReach {
  const byId = new Map(adapters.map((adapter) => [adapter.id, adapter]));
  const lanes = new Map<string, ServiceLane>();
  const reach: ServiceReach = {
    adapters,
    find: (provider) => byId.get(provider),
    findReachable(provider) {
      const adapter = byId.get(provider);
      return adapter && reach.baseOf(adapter) !== '' ? adapter : undefined;
    },
    baseOf: (adapter) => baseOf(adapter, environment, addresses.of(adapter)),
    isNamed: (adapter) => isNamed(adapter, environment),
    keyOf: (adapter) => keys.of(adapter)?.key,
    lacksKey: (adapter) => adapter.keyNames.length > 0 && !adapter.isKeyOptional && reach.keyOf(adapter) === undefined,
    laneOf(adapter) {
      const { id } = adapter;
      const after = (ms: number, call: () => void) => void setTimeout(call, ms).unref();
      const lane = lanes.get(id) ?? createLane(adapter, { now, after, note: (trouble) => note(adapter, trouble) });
      lanes.set(id, lane);
      return lane;
    },
    accessTo: (adapter, signal, beforePaying) =>
      accessFor({
        adapter,
        key: reach.keyOf(adapter),
        base: reach.baseOf(adapter),
        signal,
        now,
        pause,
        ...(beforePaying ? { beforePaying } : {}),
      }),
    accessAt: (base, adapter, signal) => accessFor({ adapter, key: undefined, base, signal, now, pause }),
  };
  return reach;
}
