/** One execution of a graph: a node begins when its last input has settled, and has a promise while it executes. Never rejects, never recurses. */
import { toFailure, type Failure, type Result } from '../core/errors.ts';
import type { Graph } from '../core/graph.ts';
import type { CacheKey } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import type { Outputs } from '../core/values.ts';
import { compile, gather, type Step } from './compile.ts';
import type { Dispatch, Dispatched } from './dispatch.ts';
import type { RunEvent, RunSummary } from './events.ts';
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
  progress(fraction: number, note?: string): void;
}

/** The engine's needs. Each has a real and an in-memory form. */
export interface Ports {
  readonly registry: Registry;
  readonly lookup: Lookup;
  readonly dispatch: Dispatch;
  keep(key: CacheKey, outputs: Outputs): Promise<void>;
  /** Runs one node somewhere else. Never rejects; a dead worker is a `Failure` too. */
  execute(task: Task, signal: AbortSignal, watcher: TaskWatcher): Promise<Result<Executed>>;
  emit(event: RunEvent): void;
}

type Outcome = { readonly state: 'made'; readonly outputs: Outputs } | { readonly state: 'failed' | 'not taken' | 'cancelled' };

export async function run(graph: Graph, options: RunOptions, ports: Ports, signal: AbortSignal): Promise<RunSummary> {
  const { steps } = compile(graph, ports.registry, options.targets, ports.lookup);
  const outcomes: (Outcome | undefined)[] = [];
  const inFlight = new Map<CacheKey, Promise<Result<Executed>>>();
  const totals = { ran: 0, cached: 0, failed: 0, skipped: 0 };
  const dependents = dependentsOf(steps);
  const waitsFor = Int32Array.from(steps, (step) => step.needs.length);
  const ready: number[] = [];
  let left = steps.length;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));

  for (const [at, count] of waitsFor.entries()) if (count === 0) ready.push(at);
  // A list instead of recursion: what is cached settles at once, however long the chain.
  let begun = 0;
  let draining = false;
  drain();
  await finished;

  const cancelled = signal.aborted || outcomes.some((outcome) => outcome?.state === 'cancelled');
  const summary: RunSummary = { outcome: cancelled ? 'cancelled' : totals.failed ? 'failed' : 'done', ...totals };
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
    const step = steps[at]!;
    try {
      const outcome = resolve(step);
      if (outcome instanceof Promise) void outcome.catch((thrown: unknown) => failed(step, toFailure(thrown))).then((late) => settle(at, late));
      else settle(at, outcome);
    } catch (thrown) {
      settle(at, failed(step, toFailure(thrown)));
    }
  }

  function settle(at: number, outcome: Outcome): void {
    outcomes[at] = outcome;
    left--;
    for (const next of dependents[at] ?? []) if (--waitsFor[next]! === 0) ready.push(next);
    drain();
  }

  function failed(step: Step, failure: Failure): Outcome {
    if (failure.code === 'cancelled') return skipped(step, 'cancelled');
    totals.failed++;
    ports.emit({ type: 'failed', node: step.id, failure });
    return { state: 'failed' };
  }

  function skipped(step: Step, because: 'upstream failed' | 'not taken' | 'cancelled'): Outcome {
    totals.skipped++;
    ports.emit({ type: 'skipped', node: step.id, because });
    return { state: because === 'upstream failed' ? 'failed' : because };
  }

  /** The outcome where it is known at once, a promise of it where the node has to execute. */
  function resolve(step: Step): Outcome | Promise<Outcome> {
    if (signal.aborted) return skipped(step, 'cancelled');
    if (step.problems.length || !step.definition) {
      return failed(step, { code: 'bad-params', message: step.problems.join(' '), hint: 'Change it in the inspector, or mute the node.' });
    }
    for (const need of step.needs) {
      const before = outcomes[need]!.state;
      if (before === 'failed') return skipped(step, 'upstream failed');
      if (before === 'cancelled') return skipped(step, 'cancelled');
    }
    const kept = step.frozen && ports.lookup(step.frozen);
    if (kept) {
      totals.cached++;
      ports.emit({ type: 'finished', node: step.id, from: 'frozen', key: step.frozen!, parts: partsOf(step, { params: step.params, inputs: {} }, undefined), outputs: kept, ms: 0 });
      return { state: 'made', outputs: kept };
    }
    const gathered = gather(step, (need) => {
      const before = outcomes[need]!;
      return before.state === 'made' ? before.outputs : undefined;
    });
    if (!gathered.ready) return skipped(step, 'not taken');
    if (gathered.problem) return failed(step, { code: 'bad-params', message: gathered.problem, hint: 'It comes from the wire into this param.' });
    const maker = step.definition.request && ports.dispatch(step.id, step.definition, gathered);
    const parts = partsOf(step, gathered, maker);
    const key = keyOf(parts);
    const found = maker?.found ?? ports.lookup(key);
    if (found) {
      totals.cached++;
      ports.emit({ type: 'finished', node: step.id, from: 'cache', key, parts, outputs: found, ms: 0 });
      return { state: 'made', outputs: found };
    }
    return execute(step, key, parts, maker);
  }

  async function execute(step: Step, key: CacheKey, parts: KeyParts, maker: Dispatched | undefined): Promise<Outcome> {
    ports.emit({ type: 'queued', node: step.id });
    const shared = inFlight.get(key);
    const cost = step.definition!.cost?.({ params: parts.params as Step['params'] });
    const work =
      shared ??
      ports.execute(
        { key, parts, mode: options.mode, ...(maker ? { errand: maker.errand } : {}), lane: step.definition!.lane, megabytes: cost?.megabytes ?? 1, priority: step.remaining },
        signal,
        {
          started: () => ports.emit({ type: 'started', node: step.id }),
          progress: (fraction, note) => ports.emit({ type: 'progress', node: step.id, fraction, ...(note === undefined ? {} : { note }) }),
        },
      );
    if (!shared) inFlight.set(key, work);
    const result = await work;
    if (!result.ok) return failed(step, result.error);
    if (!shared) await ports.keep(key, result.value.outputs);
    // Two nodes with one key did the work once; the second counts as cached.
    if (shared) totals.cached++;
    else totals.ran++;
    ports.emit({ type: 'finished', node: step.id, from: shared ? 'cache' : 'run', key, parts, ...result.value });
    return { state: 'made', outputs: result.value.outputs };
  }
}

function dependentsOf(steps: readonly Step[]): readonly (readonly number[] | undefined)[] {
  const dependents: (number[] | undefined)[] = [];
  for (const [at, step] of steps.entries()) {
    for (const need of step.needs) {
      const list = dependents[need];
      if (list) list.push(at);
      else dependents[need] = [at];
    }
  }
  return dependents;
}
