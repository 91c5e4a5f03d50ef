/** One execution of a graph: a node begins when its last input has settled, and has a promise while it executes. Never rejects, never recurses. */
import { toFailure, type Failure, type Result } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import type { CacheKey } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { listed, type Said } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import { compile, recall, type Step } from './compile.ts';
import type { Dispatch, Dispatched } from './dispatch.ts';
import type { RunEvent, RunSummary } from './events.ts';
import { gather } from './gather.ts';
import { keyOf, type KeyParts, type Lookup } from './key.ts';
import { partsOf, type RunOptions } from './plan.ts';

/** One node to execute, as plain data. */
export interface Task {
  readonly key: CacheKey;
  readonly parts: KeyParts;
  readonly mode: RunOptions['mode'];
  /** For generation nodes: how to make it. */
  readonly errand?: unknown;
  readonly lane: 'cpu' | 'network';
  /** Expected memory in megabytes. */
  readonly megabytes: number;
  /** Seconds of work on the longest path from here; larger goes first. */
  readonly priority: number;
}
export interface Executed {
  readonly outputs: Outputs;
  readonly ms: number;
}
export interface TaskWatcher {
  started(): void;
  progress(fraction: number, note?: Said): void;
}

/** The engine's needs. Each has a real and an in-memory form. */
export interface Ports {
  readonly registry: Registry;
  readonly lookup: Lookup;
  readonly dispatch: Dispatch;
  /** From here on `lookup` finds it. Writing it down goes on beside the run. */
  keep(key: CacheKey, outputs: Outputs): void;
  /** Runs one node somewhere else. Never rejects; a dead worker is a `Failure` too. */
  execute(task: Task, signal: AbortSignal, watcher: TaskWatcher): Promise<Result<Executed>>;
  emit(event: RunEvent): void;
}

type State = 'made' | 'failed' | 'not taken' | 'cancelled';

export async function run(graph: Graph, options: RunOptions, ports: Ports, signal: AbortSignal): Promise<RunSummary> {
  const { steps, dependents, remaining, remembered } = compile(graph, ports.registry, options.targets, ports.lookup);
  const states = Array<State>(steps.length);
  const made = Array<Outputs | undefined>(steps.length);
  const inFlight = new Map<CacheKey, Promise<Result<Executed>>>();
  const totals = { ran: 0, cached: 0, failed: 0, skipped: 0 };
  let trouble: Failure | undefined;
  const waitsFor = new Int32Array(steps.length);
  const ready: number[] = [];
  let left = steps.length;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));

  for (let at = 0; at < steps.length; at++) if ((waitsFor[at] = steps[at]!.needs.length) === 0) ready.push(at);
  // A list instead of recursion: what is cached settles at once, however long the chain.
  let begun = 0;
  let draining = false;
  drain();
  await finished;

  const cancelled = signal.aborted || states.includes('cancelled');
  const summary: RunSummary = { outcome: cancelled ? 'cancelled' : totals.failed ? 'failed' : 'done', ...totals, ...(trouble ? { failure: trouble } : {}) };
  ports.emit({ type: 'ended', summary });
  return summary;

  function drain(): void {
    if (draining) return;
    draining = true;
    while (begun < ready.length) begin(ready[begun++]!);
    draining = false;
    if (left === 0) finish();
  }

  function begin(at: number): void {
    attempt(at, () => resolve(at));
  }

  /** Settles the step by what `work` says, unless it says nothing yet; whatever it throws fails the step. */
  function attempt(at: number, work: () => State | undefined): void {
    let state: State | undefined;
    try {
      state = work();
    } catch (thrown) {
      state = failed(steps[at]!, toFailure(thrown));
    }
    if (!state) return;
    states[at] = state;
    left--;
    for (const next of dependents[at]!) if (--waitsFor[next]! === 0) ready.push(next);
    drain();
  }

  function failed(step: Step, failure: Failure): State {
    if (failure.code === 'cancelled') return skipped(step, 'cancelled');
    totals.failed++;
    trouble ??= failure;
    ports.emit({ type: 'failed', node: step.id, failure });
    return 'failed';
  }

  function skipped(step: Step, because: 'upstream failed' | 'not taken' | 'cancelled'): State {
    totals.skipped++;
    ports.emit({ type: 'skipped', node: step.id, because });
    return because === 'upstream failed' ? 'failed' : because;
  }

  /** The state where it is known at once; nothing where the node has to execute. */
  function resolve(at: number): State | undefined {
    const step = steps[at]!;
    if (signal.aborted) return skipped(step, 'cancelled');
    if (step.problems.length || !step.definition) {
      return failed(step, { code: 'bad-params', message: listed(step.problems, ' '), hint: 'Change it in the inspector, or mute the node.' });
    }
    for (const need of step.needs) {
      if (states[need] === 'failed') return skipped(step, 'upstream failed');
      if (states[need] === 'cancelled') return skipped(step, 'cancelled');
    }
    const kept = step.frozen && ports.lookup(step.frozen);
    if (kept) return found(at, 'frozen', step.frozen!, partsOf(step, { params: step.params, inputs: {} }, undefined), kept);
    const known = recall(step, remembered[at], made);
    if (known) return foundOrExecuted(at, known.key, known.parts, undefined);
    const gathered = gather(step, made);
    if (!gathered.ready) return skipped(step, 'not taken');
    if (gathered.problem) return failed(step, { code: 'bad-params', message: gathered.problem, hint: 'It comes from the wire into this param.' });
    const maker = step.definition.request && ports.dispatch(step.id, step.definition, gathered);
    const parts = partsOf(step, gathered, maker);
    const key = keyOf(parts, gathered.params === step.params ? step.text : undefined);
    if (!maker) remembered[at] = { given: step.needs.map((need) => made[need]), parts, key };
    return foundOrExecuted(at, key, parts, maker);
  }

  function foundOrExecuted(at: number, key: CacheKey, parts: KeyParts, maker: Dispatched | undefined): State | undefined {
    const outputs = maker?.found ?? ports.lookup(key);
    return outputs ? found(at, 'cache', key, parts, outputs) : execute(at, key, parts, maker);
  }

  function found(at: number, from: 'cache' | 'frozen', key: CacheKey, parts: KeyParts, outputs: Outputs): State {
    totals.cached++;
    made[at] = outputs;
    ports.emit({ type: 'finished', node: steps[at]!.id, from, key, parts, outputs, ms: 0 });
    return 'made';
  }

  function execute(at: number, key: CacheKey, parts: KeyParts, maker: Dispatched | undefined): undefined {
    const { id: node, definition } = steps[at]!;
    ports.emit({ type: 'queued', node });
    const shared = inFlight.get(key);
    const work =
      shared ??
      ports.execute(
        { key, parts, mode: options.mode, errand: maker?.errand, lane: definition!.lane, megabytes: definition!.cost?.({ params: parts.params as Step['params'] })?.megabytes ?? 1, priority: remaining[at]! },
        signal,
        {
          started: () => ports.emit({ type: 'started', node }),
          progress: (fraction, note) => ports.emit({ type: 'progress', node, fraction, ...(note === undefined ? {} : { note }) }),
        },
      );
    if (!shared) inFlight.set(key, work);
    const landed = (result: Result<Executed>) => attempt(at, () => (result.ok ? executed(at, key, parts, result.value, shared !== undefined) : failed(steps[at]!, result.error)));
    void work.then(landed, (thrown) => landed({ ok: false, error: toFailure(thrown) }));
  }

  /** Two nodes with one key did the work once; the second counts as cached. */
  function executed(at: number, key: CacheKey, parts: KeyParts, { outputs, ms }: Executed, shared: boolean): State {
    if (shared) totals.cached++;
    else {
      ports.keep(key, outputs);
      inFlight.delete(key);
      totals.ran++;
    }
    made[at] = outputs;
    ports.emit({ type: 'finished', node: steps[at]!.id, from: shared ? 'cache' : 'run', key, parts, outputs, ms });
    return 'made';
  }
}
