/**
 * What a run would do, before it does it. Pure: a graph, a look-up and what was known last time go in, data comes out.
 */
import { sameData } from '../core/equal.ts';
import type { Graph } from '../graph/graph.ts';
import type { CacheKey, NodeId } from '../core/ids.ts';
import type { NodeFace, Registry } from '../core/node.ts';
import { say, type Sayable, type Sentence } from '../core/say.ts';
import type { RunMode } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import { canonical } from './canonical.ts';
import { compile, type Step } from './compile.ts';
import { usable, type Dispatch, type Dispatched } from './dispatch.ts';
import type { GateTake } from './events.ts';
import { arrivedAt, isAccepted, isGate, takesAt, type VerdictOf } from './gate.ts';
import { gather } from './gather.ts';
import { asked, cacheKeyOf, keyedParams, type KeyParts, type Lookup } from './key.ts';

export interface RunOptions {
  readonly mode: RunMode;
  /** Only these nodes and what they need. */
  readonly targets?: readonly NodeId[];
}

export type NodePlan =
  | { readonly state: 'cached'; readonly outputs: Outputs }
  /** `why` names each change since the last run, most telling first. */
  | { readonly state: 'will run'; readonly why: readonly Sentence[] }
  /** Depends on results that are not known yet; an upstream change that yields equal content stops before it. */
  | { readonly state: 'may run'; readonly why: readonly Sentence[] }
  /** A gate with a take that is not accepted, or not made yet and judged by nobody but a person. */
  | { readonly state: 'waits'; readonly arrived: Outputs }
  /** Behind such a gate: it is for a run after its verdict. */
  | { readonly state: 'later'; readonly why: readonly Sentence[] }
  | { readonly state: 'blocked'; readonly problems: readonly Sentence[] }
  | { readonly state: 'muted' };

export interface Plan<E = unknown> {
  readonly nodes: Readonly<Record<NodeId, NodePlan>>;
  readonly toRun: number;
  readonly mayRun: number;
  readonly cached: number;
  readonly blocked: number;
  /** Nodes that gates keep for later, and how many takes those gates ask about. */
  readonly later: number;
  readonly verdicts: number;
  /** By gate: the takes that arrive there, as far as they are made. */
  readonly gates: Readonly<Record<NodeId, readonly GateTake[]>>;
  /** How each generation node would be made: exact where its inputs are known, a forecast elsewhere. */
  readonly dispatched: Readonly<Record<NodeId, Dispatched<E>>>;
}

/** What is certain before anything runs. */
export interface Foreseen {
  /** Outputs of control nodes by key, as far as their inputs are known. */
  readonly outputs: ReadonlyMap<CacheKey, Outputs>;
  /** Why some nodes cannot run, e.g. that no picture was chosen: a run would find it out after others were paid. */
  readonly problems: ReadonlyMap<NodeId, readonly Sentence[]>;
}

/**
 * `previous`: what each node's last result was made of, to say why it is stale. `foreseen`: results, and problems,
 * that are certain before anything runs.
 */
export function plan<E>(
  graph: Graph,
  registry: Registry,
  options: RunOptions,
  lookup: Lookup,
  previous: ReadonlyMap<NodeId, KeyParts>,
  dispatch: Dispatch<E>,
  foreseen?: Foreseen,
  verdictOf: VerdictOf = () => 'open',
): Plan<E> {
  const { steps, muted, memory } = compile(graph, registry, options.targets, lookup);
  const nodes: Record<NodeId, NodePlan> = {};
  const dispatched: Record<NodeId, Dispatched<E>> = {};
  const outputs: (Outputs | undefined)[] = [];
  const totals = { toRun: 0, mayRun: 0, cached: 0, blocked: 0, later: 0 };
  const gates: Record<NodeId, readonly GateTake[]> = {};
  const awaited = new Set<NodeId>();
  const nameOf = (step: Step): Sayable => graph.nodes[step.id]?.title ?? say(step.definition?.title ?? 'a node');
  const states: (NodePlan['state'] | undefined)[] = [];

  for (const [at, step] of steps.entries()) {
    const made = planStep(step, at);
    nodes[step.id] = made;
    states[at] = made.state;
    if (made.state === 'cached') totals.cached++;
    else if (made.state === 'will run') totals.toRun++;
    else if (made.state === 'may run') totals.mayRun++;
    else if (made.state === 'later') totals.later++;
    else if (made.state === 'blocked') totals.blocked++;
  }
  for (const id of muted) nodes[id] = { state: 'muted' };
  return { nodes, ...totals, verdicts: awaited.size, gates, dispatched };

  function planStep(step: Step, at: number): NodePlan {
    if (step.problems.length || !step.definition) return { state: 'blocked', problems: step.problems };
    if (step.frozen) return { state: 'cached', outputs: (outputs[at] = lookup(step.frozen)!) };
    const blocked = step.needs.find((need) => states[need] === 'blocked');
    if (blocked !== undefined)
      return { state: 'blocked', problems: [say('Waits for “{0}”, which cannot run.', nameOf(steps[blocked]!))] };
    const shut = awaited.size
      ? step.needs.filter((need) => states[need] === 'waits' || states[need] === 'later')
      : NONE;
    if (isGate(step)) gates[step.id] = takesAt(steps, at, outputs, verdictOf);
    if (shut.length === 0 && isShut(step)) return { state: 'waits', arrived: arrivedAt(step, outputs) };
    const known = memory.recall(at, outputs);
    const kept = known && lookup(known.key);
    if (kept) return { state: 'cached', outputs: (outputs[at] = kept) };
    const problems = foreseen?.problems.get(step.id);
    if (problems) return { state: 'blocked', problems };
    const uncertain = step.needs.filter((need) => !outputs[need]);
    const gathered = gather(step, outputs);
    const given = uncertain.length ? { ...gathered, isGuess: true } : gathered;
    const routed = step.definition.request && dispatch(step.id, step.definition, given);
    if (routed) dispatched[step.id] = routed;
    if (uncertain.length) {
      const why = uncertain.map((need) => say('upstream: {0}', nameOf(steps[need]!)));
      if (shut.length)
        return {
          state: 'later',
          why: shut.map((need) =>
            states[need] === 'waits'
              ? say('waits for a verdict at {0}', nameOf(steps[need]!))
              : say('upstream: {0}', nameOf(steps[need]!)),
          ),
        };
      return { state: 'may run', why: [...ownChanges(step, previous.get(step.id)), ...why] };
    }
    if (!gathered.ready) return { state: 'may run', why: [say('its branch may not be taken')] };
    if (gathered.problem) return { state: 'blocked', problems: [gathered.problem] };
    const parts = partsOf(step, gathered, routed);
    const key = cacheKeyOf(parts, gathered.params === step.params ? step.text : undefined);
    if (routed) dispatched[step.id] = { ...routed, key };
    else memory.remember(at, outputs, { key, parts });
    const found = routed?.found ?? usable(lookup(key), routed?.refused);
    outputs[at] = found ?? foreseen?.outputs.get(key);
    if (found) return { state: 'cached', outputs: found };
    return { state: 'will run', why: whyStale(step.definition, parts, previous.get(step.id)) };
  }

  /** What is made anew is open, unless its own criteria judge it. */
  function isShut(gate: Step): boolean {
    const unaccepted = (gates[gate.id] ?? []).filter(
      (take) => !isAccepted(take) && (take.artifact || !dispatched[take.node]?.isJudged),
    );
    for (const { node } of unaccepted) awaited.add(node);
    return unaccepted.length > 0;
  }
}

const NONE: readonly never[] = [];

/** The ingredients of a step's key. */
export function partsOf(
  step: Step,
  gathered: Pick<KeyParts, 'params' | 'inputs'>,
  routed: Dispatched | undefined,
): KeyParts {
  const { id: type, version, params: specs } = step.definition!;
  const { inputs } = gathered;
  const params = keyedParams(specs, gathered.params);
  return routed
    ? { type, version, params, inputs, route: routed.route, take: routed.take }
    : { type, version, params, inputs };
}

function ownChanges(step: Step, before: KeyParts | undefined): Sentence[] {
  return before ? paramChanges(step.definition!, step.params, before.params) : [];
}

function whyStale(definition: NodeFace, now: KeyParts, before: KeyParts | undefined): Sentence[] {
  if (!before) return [say('has not run yet')];
  const why = paramChanges(definition, now.params, before.params);
  if (now.version !== before.version) why.push(say('node version {0} → {1}', before.version, now.version));
  if (now.route !== before.route) why.push(say('another model, or another mode'));
  // Without a number: attempts begin anew with each seed, and takes are counted on.
  if (now.take !== before.take) why.push(say('another take'));
  for (const socket of new Set([...Object.keys(now.inputs), ...Object.keys(before.inputs)])) {
    const [fresh, old] = [now.inputs[socket], before.inputs[socket]];
    const label = say(definition.inputs[socket]?.label ?? socket);
    if (!old) why.push(say('{0} was connected', label));
    else if (!fresh) why.push(say('{0} was disconnected', label));
    else if (canonical(asked(fresh, now)) !== canonical(asked(old, before))) why.push(say('{0} changed', label));
  }
  return why.length
    ? why
    : [
        now.route === undefined
          ? say('its result is no longer stored')
          : say('its take was rejected or is no longer stored'),
      ];
}

function paramChanges(
  { params }: NodeFace,
  now: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Sentence[] {
  if (now === before) return [];
  const later = Object.keys(params).filter((name) => params[name]?.addedLater);
  const valueIn = (values: typeof now, name: string) =>
    later.includes(name) ? (values[name] ?? params[name]?.default) : values[name];
  return [...new Set([...Object.keys(now), ...later])]
    .filter((name) => !sameData(valueIn(now, name), valueIn(before, name)))
    .map((name) =>
      say('{0} {1} → {2}', say(params[name]?.label ?? name), brief(valueIn(before, name)), brief(valueIn(now, name))),
    );
}

function brief(value: unknown): Sayable {
  if (value === undefined || value === null) return say('none');
  if (typeof value === 'number') return value;
  if (typeof value === 'object') {
    const record = value as { value?: unknown; name?: unknown };
    if (typeof record.value === 'number') return record.value;
    return typeof record.name === 'string' ? record.name : '…';
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 24 ? `“${text.slice(0, 22)}…”` : text || '“”';
}
