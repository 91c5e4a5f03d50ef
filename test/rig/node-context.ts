/** What a node is handed when it runs, for tests that run one by itself. */
import { ok } from '../../src/core/errors.ts';
import { newId, type CacheKey, type NodeId, type TakeId } from '../../src/core/ids.ts';
import type { Artifacts, NodeDefinition, RunContext } from '../../src/core/node.ts';
import { randomFrom } from '../../src/core/random.ts';
import { measureArtifact } from '../../src/measure/artifact.ts';
import { PROVIDERS } from '../../src/providers/providers.ts';
import { produce, type TakePorts } from '../../src/routing/produce.ts';
import { dispatcher, type RouteContext, type TakePlan } from '../../src/routing/take-plan.ts';
import { ROUTE_CONTEXT } from './memory-ports.ts';

/** What `ctx.produce` would do for a node with these arguments, by the House table and the built-in engine alone. */
export function takePlanFor(
  definition: NodeDefinition,
  given: Parameters<NodeDefinition['run']>[0],
  routeContext: Partial<RouteContext> = {},
): TakePlan {
  const dispatch = dispatcher({ ...ROUTE_CONTEXT, ...routeContext });
  return dispatch('n1' as NodeId, definition, given as never)!.takePlan;
}

/** A context whose clock is the event loop. Generation nodes need a take plan. */
export function contextOver(
  artifacts: Artifacts,
  signal: AbortSignal,
  { takePlan, ports = {} }: { takePlan?: TakePlan | undefined; ports?: Partial<TakePorts> } = {},
): RunContext {
  const ctx: RunContext = {
    signal,
    artifacts,
    rng: randomFrom(1),
    async progress() {
      await new Promise((resolve) => setTimeout(resolve, 0));
      signal.throwIfAborted();
    },
    async produce() {
      return produce(takePlan!, {
        ctx,
        provider: (id) => PROVIDERS.get(id),
        now: () => 0,
        newId: async () => newId<TakeId>('t'),
        queuedMs: 0,
        wait: async () => {},
        reserve: async (amount) => ok({ id: '', amount }),
        settle: async () => {},
        isStored: async () => true,
        measure: (artifact) => measureArtifact(artifact, takePlan!.request.acceptance!, artifacts),
        keyOf: (number) => `take ${number}` as CacheKey,
        record: async () => {},
        ...ports,
      });
    },
  };
  return ctx;
}
