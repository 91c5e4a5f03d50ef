/** Wires a session to this process: everything is in memory, and nodes run one after the other on its only thread. */
import { setImmediate } from 'node:timers/promises';
import type { Artifacts } from '../core/node.ts';
import { schedule } from '../engine/schedule.ts';
import { registry } from '../registry.ts';
import type { Catalog } from '../routing/catalog.ts';
import type { RunAccount } from '../routing/produce.ts';
import { runTask } from '../session/run-task.ts';
import { createSession, type Session } from '../session/session.ts';
import type { StoredResult } from '../session/stores.ts';
import { hostClock } from '../host-clock.ts';
import type { MemoryArtifacts } from './memory-artifacts.ts';
import { memoryStores, type Stores } from './memory-stores.ts';
import type { HeadlessServices } from './open-services.ts';

/** One node at a time needs no guard of its memory. */
const LIMITS = { lanes: { cpu: 1, network: 8 }, megabytes: Infinity };

/**
 * `found`: results that are found without being made again, while their artifacts are there. `stores`: for whoever
 * wants to read them afterwards.
 */
export async function memorySession(
  artifacts: MemoryArtifacts & Artifacts,
  catalog: Catalog,
  found: readonly StoredResult[],
  services: HeadlessServices,
  stores: Stores = memoryStores(hostClock.now, artifacts.has),
): Promise<Session> {
  const clock = hostClock;
  await stores.runs.keep(found);
  const isStored = async (hash: Parameters<typeof artifacts.has>[0]) => artifacts.has(hash);
  const scheduled = schedule(LIMITS, (task, signal, watcher, account: RunAccount, arrivedAt: number) => {
    watcher.started();
    return runTask(task, {
      registry,
      artifacts,
      providers: services.providers,
      ...(services.takeId ? { takeId: services.takeId } : {}),
      account,
      clock,
      signal,
      queuedMs: Math.max(0, clock.now() - arrivedAt),
      isStored,
      async progress() {
        await setImmediate();
        signal.throwIfAborted();
      },
    });
  });
  const session = createSession({
    ...stores,
    registry,
    artifacts,
    clock,
    execute: (task, signal, watcher, account) => scheduled(task, signal, watcher, account, clock.now()),
    isStored,
    // The job service keeps to the month by itself, and knows what was paid for already.
    booked: () => [],
    // Nothing is swept here.
    used() {},
    whileInUse: (work) => work(),
  });
  session.equip(catalog, services.ready, services.quotes);
  return session;
}
