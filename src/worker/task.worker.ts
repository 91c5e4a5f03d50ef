/** Runs one node at a time. The only place where anything thrown becomes a `Failure`. */
import { releaseProxy, wrap } from 'comlink';
import { toFailure } from '../core/errors.ts';
import type { RunContext } from '../core/node.ts';
import { newId, type TakeId } from '../core/ids.ts';
import { randomFrom } from '../core/random.ts';
import { sketchProvider } from '../providers/sketch-provider.ts';
import { registry } from '../registry.ts';
import { keyOf } from '../engine/key.ts';
import { measureArtifact } from '../measure/artifact.ts';
import { routeOf, type TakePlan } from '../routing/take-plan.ts';
import { produce } from '../routing/produce.ts';
import type { Provider } from '../routing/provider.ts';
import { openStorage } from '../storage/open.ts';
import { answer } from './bridge.ts';
import { artifactsOver } from './thread-artifacts.ts';
import type { Books, TaskProgress, TaskThread } from './protocol.ts';

/** How long work may go on before the thread looks for messages, in milliseconds. */
const BREATH = 24;

const { artifacts: store } = await openStorage();
const artifacts = artifactsOver(store);
const PROVIDERS: ReadonlyMap<string, Provider> = new Map([sketchProvider].map((provider) => [provider.id, provider]));
const running = new Map<string, AbortController>();

const thread: TaskThread = {
  async run(task, queuedMs, port, booksPort) {
    const abort = new AbortController();
    running.set(task.key, abort);
    port.postMessage('begun' satisfies TaskProgress);
    const started = performance.now();
    const books = wrap<Books>(booksPort);
    let breathed = started;
    const ctx: RunContext = {
      signal: abort.signal,
      artifacts,
      rng: randomFrom(Number.parseInt(task.key.slice(0, 8), 16)),
      async progress(fraction, note) {
        abort.signal.throwIfAborted();
        if (performance.now() - breathed < BREATH) return;
        port.postMessage({ fraction, ...(note ? { note } : {}) } satisfies TaskProgress);
        await nextTurn();
        breathed = performance.now();
        abort.signal.throwIfAborted();
      },
      produce: () =>
        produce(task.takePlan as TakePlan, {
          ctx,
          provider: (id) => PROVIDERS.get(id),
          now: Date.now,
          newId: () => newId<TakeId>('t'),
          queuedMs,
          wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
          reserve: (amount) => books.reserve(amount),
          settle: (reserved, charged) => books.settle(reserved, charged),
          record: (take) => books.record(take),
          isStored: (artifact) => store.has(artifact.hash),
          measure: (artifact) => measureArtifact(artifact, (task.takePlan as TakePlan).request.acceptance!, artifacts),
          keyOf: (number) => keyOf({ ...task.parts, route: routeOf(task.takePlan as TakePlan, number), take: number }),
        }),
    };
    try {
      const definition = registry.get(task.parts.type)!;
      const inputs = { ...task.parts.inputs };
      for (const [name, spec] of Object.entries(definition.inputs)) if (spec.many) inputs[name] ??= [];
      const outputs = await definition.run({ inputs, params: task.parts.params as never }, ctx);
      return { ok: true, value: { outputs, ms: Math.round(performance.now() - started) } };
    } catch (thrown) {
      return {
        ok: false,
        error: abort.signal.aborted ? { code: 'cancelled', message: 'Cancelled.' } : toFailure(thrown),
      };
    } finally {
      running.delete(task.key);
      port.close();
      books[releaseProxy]();
    }
  },
  cancel(key) {
    running.get(key)?.abort();
  },
};

const turn = new MessageChannel();
const waiting: (() => void)[] = [];
turn.port1.onmessage = () => waiting.shift()?.();
/** One turn of the event loop, without the 4 ms a timer would cost. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    turn.port2.postMessage(0);
  });

answer(thread);
