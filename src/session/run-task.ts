/** One node at work: its inputs, its context and, where it generates, everything that takes are made with. */
import { ok, toFailure, type Failure, type Result } from '../core/errors.ts';
import { newId, type ArtifactHash, type CacheKey, type TakeId } from '../core/ids.ts';
import type { Artifacts, RunContext, WholeRegistry } from '../core/node.ts';
import { parseParams } from '../core/params.ts';
import { randomFrom } from '../core/random.ts';
import type { Outputs } from '../core/values.ts';
import { cacheKeyOf } from '../engine/key.ts';
import type { Executed, Task } from '../engine/run.ts';
import { measureArtifact } from '../measure/artifact.ts';
import { produce, type RunAccount } from '../routing/produce.ts';
import type { Provider } from '../routing/provider.ts';
import { routeOf, type TakePlan } from '../routing/take-plan.ts';
import type { Clock } from './clock.ts';

export interface TaskHost {
  readonly registry: WholeRegistry;
  readonly artifacts: Artifacts;
  readonly providers: Pick<ReadonlyMap<string, Provider>, 'get'>;
  readonly account: RunAccount;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds the task waited for its turn. */
  readonly queuedMs: number;
  readonly progress: RunContext['progress'];
  isStored(artifact: ArtifactHash): Promise<boolean>;
  /** How a take is called whose result is kept under a key; a fresh name each time where it is left out. */
  takeId?(key: CacheKey): Promise<TakeId>;
}

const CANCELLED: Failure = { code: 'cancelled', message: 'Cancelled.' };

/** Never rejects: whatever the node throws becomes the failure of its task. */
export async function runTask(task: Task, host: TaskHost): Promise<Result<Executed>> {
  const started = host.clock.now();
  try {
    const outputs = await outputsOf(task, host);
    return ok({ outputs, ms: Math.max(0, host.clock.now() - started) });
  } catch (thrown) {
    return { ok: false, error: host.signal.aborted ? CANCELLED : toFailure(thrown) };
  }
}

async function outputsOf(task: Task, host: TaskHost): Promise<Outputs> {
  const { registry, artifacts, providers, account, clock, signal, queuedMs, progress } = host;
  const { key, parts } = task;
  const definition = registry.get(parts.type)!;
  const takePlan = task.takePlan as TakePlan;
  const keyOf = (number: number) => cacheKeyOf({ ...parts, route: routeOf(takePlan, number), take: number });
  const ctx: RunContext = {
    signal,
    artifacts,
    rng: randomFrom(Number.parseInt(key.slice(0, 8), 16)),
    progress,
    produce: () =>
      produce(takePlan, {
        ctx,
        provider: (id) => providers.get(id),
        now: clock.now,
        newId: async (number) => host.takeId?.(keyOf(number)) ?? newId<TakeId>('t'),
        queuedMs,
        wait: (ms) => new Promise((resolve) => void clock.after(ms, resolve)),
        reserve: (amount, take) => account.reserve(amount, take),
        settle: (reservation, charged) => account.settle(reservation, charged),
        record: (take) => account.record(take),
        isStored: ({ hash }) => host.isStored(hash),
        measure: (artifact) => measureArtifact(artifact, takePlan.request.acceptance!, artifacts),
        keyOf,
      }),
  };
  const inputs = { ...parts.inputs };
  for (const [name, spec] of Object.entries(definition.inputs)) if (spec.many) inputs[name] ??= [];
  return definition.run({ inputs, params: parseParams(definition.params, parts.params).values }, ctx);
}
