/** Owns the engine: plans, runs, keeps results and history. The page only hears what happened. */
import { expose } from 'comlink';
import { fail, ok, toFailure } from '../core/errors.ts';
import { newId, type CacheKey, type GraphId, type NodeId, type RunId } from '../core/ids.ts';
import type { Outputs } from '../core/values.ts';
import type { KeyParts } from '../engine/key.ts';
import { plan } from '../engine/plan.ts';
import { run } from '../engine/run.ts';
import { schedule } from '../engine/schedule.ts';
import { bytesHash, imageHash } from '../media/identity.ts';
import { decodeImage } from '../media/image.ts';
import { registry } from '../registry.ts';
import { artifactStore, sweep } from '../storage/artifacts.ts';
import { Database, type NodeStateRow } from '../storage/db.ts';
import { runStore } from '../storage/runs.ts';
import { stayAlive } from './bridge.ts';
import { threadPool } from './pool.ts';
import type { RunThread, TimedEvent } from './protocol.ts';

/** Events leave for page and storage at most this often, in milliseconds. */
const FRAME_MS = 16;
const STORE_MS = 250;
const MEGABYTES = 1500;

stayAlive();
const db = new Database();
const runs = runStore(db);
const artifacts = artifactStore(db);
const threads = Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
const pool = threadPool(threads, (name) => new Worker(new URL('./task.worker.ts', import.meta.url), { type: 'module', name }));
const execute = schedule({ lanes: { cpu: pool.size, network: 8 }, megabytes: MEGABYTES }, pool.execute);

let results: Promise<Map<CacheKey, Outputs>> | undefined;
const loadResults = () => (results ??= runs.results().then((found) => new Map(found)));
const previous = new Map<GraphId, Map<NodeId, KeyParts>>();
async function previousOf(graphId: GraphId): Promise<Map<NodeId, KeyParts>> {
  let known = previous.get(graphId);
  if (!known) {
    const states = await runs.nodeStates(graphId);
    known = new Map([...states].map(([node, state]) => [node, state.parts]));
    previous.set(graphId, known);
  }
  return known;
}
let current: AbortController | undefined;

const thread: RunThread = {
  async plan({ graphId, graph, options }) {
    const [found, before] = await Promise.all([loadResults(), previousOf(graphId)]);
    return plan(graph, registry, options, (key) => found.get(key), before);
  },

  async start({ graphId, graph, options }, port) {
    if (current) return fail('rejected', 'A run is already going on.', 'Wait for it, or cancel it first.');
    const abort = new AbortController();
    current = abort;
    try {
      const [found, before] = await Promise.all([loadResults(), previousOf(graphId)]);
      // History that cannot be written (a full disk) must not keep the graph from running.
      const runId = await runs.begin(graphId, graph, options.mode).catch(() => newId<RunId>('r'));
      const outbox = batches(FRAME_MS, (events) => port.postMessage({ runId, events }));
      let seq = 0;
      let stored = Promise.resolve();
      const archive = batches(STORE_MS, (events) => {
        const batch = seq++;
        stored = stored.then(() => runs.append(runId, batch, events)).catch(() => {});
      });
      const states: NodeStateRow[] = [];
      const summary = await run(
        graph,
        options,
        {
          registry,
          lookup: (key) => found.get(key),
          async keep(key, outputs) {
            found.set(key, outputs);
            // Small values live on in memory; a picture that could not be stored has failed its node already.
            await runs.keep(key, outputs).catch(() => {});
          },
          execute,
          emit(event) {
            const timed: TimedEvent = { ...event, at: Date.now() };
            outbox.add(timed);
            if (event.type !== 'progress') archive.add(timed);
            if (event.type === 'finished') {
              before.set(event.node, event.parts);
              states.push({ graphId, node: event.node, parts: event.parts, outputs: event.outputs });
            }
          },
        },
        abort.signal,
      );
      archive.flush();
      await stored;
      await runs.keepNodeStates(states).catch(() => {});
      await runs.end(runId, summary).catch(() => {});
      outbox.flush();
      return ok(summary);
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    } finally {
      current = undefined;
    }
  },

  cancel: () => current?.abort(),

  async importFile(file) {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (/\.cube$/i.test(file.name)) {
        const hash = await bytesHash(bytes);
        await artifacts.put(hash, 'file', new Blob([bytes], { type: 'text/plain' }));
        return ok({ hash, name: file.name, mime: 'text/plain' });
      }
      const raster = await decodeImage(file);
      const hash = await imageHash(raster);
      await artifacts.put(hash, 'image', file);
      return ok({ hash, name: file.name, mime: file.type || 'image/png', width: raster.width, height: raster.height });
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    }
  },

  async clearResults() {
    await db.results.clear();
    (await loadResults()).clear();
  },

  async sweep(usage, limit) {
    const count = await sweep(db, { usage, limit });
    if (count) results = undefined;
    return count;
  },
};

/** Collects events and hands them on together. */
function batches(everyMs: number, send: (events: readonly TimedEvent[]) => void): { add(event: TimedEvent): void; flush(): void } {
  let waiting: TimedEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length) send(waiting);
    waiting = [];
  };
  return {
    add(event) {
      waiting.push(event);
      timer ??= setTimeout(flush, everyMs);
    },
    flush,
  };
}

expose(thread);
