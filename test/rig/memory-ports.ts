/** Ports that run nodes right here and remember what happened, for the engine without a session. */
import { ALWAYS_READY } from '../../src/routing/readiness.ts';
import { ok } from '../../src/core/errors.ts';
import type { GraphId, RunId } from '../../src/core/ids.ts';
import type { Artifacts, WholeRegistry } from '../../src/core/node.ts';
import type { NodeEvent, RunEvent } from '../../src/engine/events.ts';
import { Results } from '../../src/engine/results.ts';
import type { Ports } from '../../src/engine/run.ts';
import { PROVIDERS } from '../../src/providers/providers.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import type { RunAccount } from '../../src/routing/produce.ts';
import { dispatcher, type RouteContext } from '../../src/routing/take-plan.ts';
import type { Clock } from '../../src/session/clock.ts';
import { runTask } from '../../src/session/run-task.ts';
import { testArtifacts } from './test-artifacts.ts';

/** The House table and the built-in engine alone; no takes were made before. */
export const ROUTE_CONTEXT: RouteContext = {
  table: HOUSE,
  market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: ALWAYS_READY },
  mode: 'delivery',
  graphId: 'g1' as GraphId,
  runId: 'r1' as RunId,
  nodes: {},
  takesOf: () => [],
};

const FREE_ACCOUNT: RunAccount = {
  reserve: async (amount) => ok({ id: '', amount }),
  settle: async () => {},
  record: async () => {},
};

/** Work takes no time, and nothing is waited for. */
const STANDING: Clock = {
  now: () => 0,
  after(_, work) {
    work();
    return () => {};
  },
};

export function memoryPorts(
  registry: WholeRegistry,
  artifacts: Artifacts = testArtifacts(),
  routeContext: Partial<RouteContext> = {},
): Ports & { readonly events: RunEvent[]; readonly results: Results; ran(): string[] } {
  const results = new Results();
  const events: RunEvent[] = [];
  const host = { registry, artifacts, providers: PROVIDERS, account: FREE_ACCOUNT, clock: STANDING, queuedMs: 0 };
  return {
    registry,
    results,
    events,
    ran: () =>
      events
        .filter(
          (event): event is Extract<NodeEvent, { type: 'finished' }> =>
            event.type === 'finished' && event.from === 'run',
        )
        .map((event) => event.node),
    lookup: (key) => results.get(key),
    edition: () => results.edition,
    verdictOf: () => 'open',
    dispatch: dispatcher({ ...ROUTE_CONTEXT, ...routeContext }),
    keep: (key, outputs) => void results.set(key, outputs),
    emit: (event) => void events.push(event),
    execute(task, signal, watcher) {
      watcher.started();
      return runTask(task, {
        ...host,
        signal,
        isStored: async () => true,
        async progress() {
          await new Promise((resolve) => setTimeout(resolve, 0));
          signal.throwIfAborted();
        },
      });
    },
  };
}
