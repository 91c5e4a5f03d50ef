/**
 * One execution of a graph: a node begins when its last input has settled, and has a promise while it executes. Never
 * rejects, never recurses.
 */
import { toFailure, type Failure, type Result } from '../core/errors.ts';
import type { Graph } from '../graph/graph.ts';
import type { ArtifactHash, CacheKey, NodeId } from '../core/ids.ts';
import type { Registry } from '../core/node.ts';
import { listed, type Said } from '../core/say.ts';
import type { Outputs } from '../core/values.ts';
import { compile, type Step } from './compile.ts';
import { usable, type Dispatch, type Dispatched } from './dispatch.ts';
import type { GateTake, NodeEvent, RunEvent, RunSummary, SkipReason } from './events.ts';
import { arrivedAt, isAccepted, isGate, takesAt, type VerdictOf } from './gate.ts';
import { gather } from './gather.ts';
import { cacheKeyOf, type KeyParts, type Lookup } from './key.ts';
import type { Named } from './plan-memory.ts';
import { partsOf, type RunOptions } from './plan.ts';

/** One node to execute, as plain data. */
export interface Task {
  readonly key: CacheKey;
  readonly parts: KeyParts;
  readonly mode: RunOptions['mode'];
  /** For generation nodes: how to make it. */
  readonly takePlan?: unknown;
  /** Artifacts that are no result of it. */
  readonly refused?: readonly ArtifactHash[] | undefined;
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
  /** Asked when a gate is reached, so that a verdict that was given meanwhile counts. */
  readonly verdictOf: VerdictOf;
  /** From here on `lookup` finds it. Writing it down goes on beside the run. */
  keep(key: CacheKey, outputs: Outputs): void;
  /** Runs one node somewhere else. Never rejects; a dead worker is a `Failure` too. */
  execute(task: Task, signal: AbortSignal, watcher: TaskWatcher): Promise<Result<Executed>>;
  emit(event: RunEvent): void;
  /**
   * Of the results behind `lookup`: while it stays the same, what was found there is still there, and is not asked for
   * again.
   */
  edition?(): number;
}

type State = 'made' | 'failed' | 'not taken' | 'cancelled' | 'waiting';

export async function run(graph: Graph, options: RunOptions, ports: Ports, signal: AbortSignal): Promise<RunSummary> {
  const { steps, dependents, remaining, memory } = compile(graph, ports.registry, options.targets, ports.lookup);
  const states = Array<State | undefined>(steps.length);
  const made = Array<Outputs | undefined>(steps.length);
  const inFlight = new Map<CacheKey, Promise<Result<Executed>>>();
  const totals = { ran: 0, cached: 0, failed: 0, skipped: 0 };
  /** Nodes whose takes gates ask about. */
  const awaited = new Set<NodeId>();
  let trouble: Failure | undefined;
  /** By step: how many of its needs have not settled. */
  const waitsFor = new Int32Array(steps.length);
  let left = steps.length;
  let finish = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));

  memory.begin(signal.aborted ? undefined : ports.edition?.());

  // Steps come in topological order and what is cached settles at once: nothing waits here but for what executes.
  for (let at = 0; at < steps.length; at++) {
    const said = memory.again(at);
    if (said) {
      settle(at, again(at, said));
      continue;
    }
    for (const need of steps[at]!.needs) if (!states[need]) waitsFor[at]!++;
    if (waitsFor[at] === 0) begin(at);
    if (states[at] !== 'made') memory.lose(at);
  }
  if (left > 0) await finished;

  const cancelled = signal.aborted || states.includes('cancelled');
  const summary: RunSummary = {
    outcome: cancelled ? 'cancelled' : totals.failed ? 'failed' : awaited.size ? 'waiting' : 'done',
    ...totals,
    ...(awaited.size ? { verdicts: awaited.size } : {}),
    ...(trouble ? { failure: trouble } : {}),
  };
  ports.emit({ type: 'ended', summary });
  return summary;

  function begin(at: number): void {
    settle(
      at,
      attempt(at, () => resolve(at)),
    );
  }

  /** What `work` says; whatever it throws fails the step. */
  function attempt(at: number, work: () => State | undefined): State | undefined {
    try {
      return work();
    } catch (thrown) {
      return failed(steps[at]!, toFailure(thrown));
    }
  }

  function settle(at: number, state: State | undefined): void {
    if (!state) return;
    states[at] = state;
    left--;
  }

  /**
   * An executed step settles, and with it all that waited for nothing else and is cached. A list instead of recursion,
   * however long the chain.
   */
  function landed(at: number, work: () => State): void {
    settle(at, attempt(at, work));
    const settled = [at];
    for (const done of settled) {
      for (const next of dependents[done]!) {
        if (--waitsFor[next]! > 0) continue;
        begin(next);
        if (states[next]) settled.push(next);
      }
    }
    if (left === 0) finish();
  }

  function failed(step: Step, failure: Failure): State {
    if (failure.code === 'cancelled') return skipped(step, 'cancelled');
    totals.failed++;
    trouble ??= failure;
    ports.emit({ type: 'failed', node: step.id, failure });
    return 'failed';
  }

  function skipped(step: Step, because: SkipReason): State {
    totals.skipped++;
    ports.emit({ type: 'skipped', node: step.id, because });
    return AFTER[because];
  }

  function waiting(step: Step, takes: readonly GateTake[]): State {
    for (const { node } of takes) awaited.add(node);
    ports.emit({ type: 'waiting', node: step.id, takes, arrived: arrivedAt(step, made) });
    return 'waiting';
  }

  /** The state where it is known at once; nothing where the node has to execute. */
  function resolve(at: number): State | undefined {
    const step = steps[at]!;
    if (signal.aborted) return skipped(step, 'cancelled');
    if (step.problems.length || !step.definition) {
      return failed(step, {
        code: 'bad-params',
        message: listed(step.problems, ' '),
        hint: 'Change it in the inspector, or mute the node.',
      });
    }
    let isBehindGate = false;
    for (const need of step.needs) {
      if (states[need] === 'failed') return skipped(step, 'upstream failed');
      if (states[need] === 'cancelled') return skipped(step, 'cancelled');
      if (states[need] === 'waiting') isBehindGate = true;
    }
    if (isBehindGate) return skipped(step, 'behind a gate');
    const kept = step.frozen && ports.lookup(step.frozen);
    if (kept)
      return found(
        at,
        'frozen',
        { key: step.frozen!, parts: partsOf(step, { params: step.params, inputs: {} }, undefined) },
        kept,
        true,
      );
    if (isGate(step)) {
      const takes = takesAt(steps, at, made, ports.verdictOf);
      const unaccepted = takes.filter((take) => take.artifact && !isAccepted(take));
      if (unaccepted.length) return waiting(step, unaccepted);
    }
    const known = memory.recall(at, made);
    if (known) return foundOrExecuted(at, known, undefined);
    const gathered = gather(step, made);
    if (!gathered.ready) return skipped(step, 'not taken');
    if (gathered.problem)
      return failed(step, {
        code: 'bad-params',
        message: gathered.problem,
        hint: 'It comes from the wire into this param.',
      });
    const dispatched = step.definition.request && ports.dispatch(step.id, step.definition, gathered);
    const parts = partsOf(step, gathered, dispatched);
    const named: Named = { key: cacheKeyOf(parts, gathered.params === step.params ? step.text : undefined), parts };
    if (!dispatched) memory.remember(at, made, named);
    return foundOrExecuted(at, named, dispatched);
  }

  function foundOrExecuted(at: number, named: Named, dispatched: Dispatched | undefined): State | undefined {
    const outputs = dispatched?.found ?? usable(ports.lookup(named.key), dispatched?.refused);
    // The next run asks again who makes it, and whether a gate opens.
    const isSure = !dispatched && !isGate(steps[at]!);
    return outputs ? found(at, 'cache', named, outputs, isSure) : execute(at, named, dispatched);
  }

  function found(at: number, from: 'cache' | 'frozen', { key, parts }: Named, outputs: Outputs, sure: boolean): State {
    const said = { type: 'finished', node: steps[at]!.id, from, key, parts, outputs, ms: 0 } as const;
    memory.found(at, said, made, sure);
    return again(at, said);
  }

  function again(at: number, said: Extract<NodeEvent, { type: 'finished' }>): State {
    totals.cached++;
    made[at] = said.outputs;
    ports.emit(said);
    return 'made';
  }

  function execute(at: number, named: Named, dispatched: Dispatched | undefined): undefined {
    const { key, parts } = named;
    const { id: node, definition } = steps[at]!;
    ports.emit({ type: 'queued', node });
    const lane = dispatched?.lane ?? definition!.lane;
    const shared = inFlight.get(key);
    const work =
      shared ??
      ports.execute(
        {
          key,
          parts,
          mode: options.mode,
          takePlan: dispatched?.takePlan,
          refused: dispatched?.refused,
          lane,
          megabytes:
            lane === 'network' ? 1 : (definition!.cost?.({ params: parts.params as Step['params'] })?.megabytes ?? 1),
          priority: remaining[at]!,
        },
        signal,
        new Watcher(node, ports.emit),
      );
    if (!shared) inFlight.set(key, work);
    const land = (result: Result<Executed>) =>
      landed(at, () =>
        result.ok ? executed(at, named, result.value, shared !== undefined) : failed(steps[at]!, result.error),
      );
    void work.then(land, (thrown) => land({ ok: false, error: toFailure(thrown) }));
  }

  /** Two nodes with one key did the work once; the second counts as cached. */
  function executed(at: number, { key, parts }: Named, { outputs, ms }: Executed, shared: boolean): State {
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

/** What a skipped step means to those that need it. */
const AFTER: Readonly<Record<SkipReason, State>> = {
  'upstream failed': 'failed',
  'not taken': 'not taken',
  cancelled: 'cancelled',
  'behind a gate': 'waiting',
};

class Watcher implements TaskWatcher {
  readonly #node: NodeId;
  readonly #emit: Ports['emit'];
  constructor(node: NodeId, emit: Ports['emit']) {
    this.#node = node;
    this.#emit = emit;
  }
  started(): void {
    this.#emit({ type: 'started', node: this.#node });
  }
  progress(fraction: number, note?: Said): void {
    this.#emit({ type: 'progress', node: this.#node, fraction, ...(note === undefined ? {} : { note }) });
  }
}
