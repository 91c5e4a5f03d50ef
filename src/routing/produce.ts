/**
 * Takes under a cap: reserve, submit, measure, judge, record; then another seed, another candidate, or a stop with a
 * reason.
 */
import { NodeError, toFailure, type Failure, type Result } from '../core/errors.ts';
import type { CacheKey, TakeId } from '../core/ids.ts';
import { FREE, type Micros, type Reservation } from '../core/money.ts';
import type { RunContext } from '../core/node.ts';
import { listed, said, say, type Said, type Sentence } from '../core/say.ts';
import type { Measured, Take, TakeRecord, Verdict } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { nextAttempt, type WhyStopped } from './attempts.ts';
import { unsent, whenMade, whenUnmade } from './outcome.ts';
import { sourceOf } from './prices.ts';
import type { TakePlan } from './take-plan.ts';
import { ServiceError, type Made, type Order, type Provider } from './provider.ts';
import { whyThis, type Considered } from './resolve.ts';

/** Where the takes of a run are paid for and written down. */
export interface RunAccount {
  /** Sets money aside before the call for a take; a refusal says why, and then nothing is sent. */
  reserve(amount: Micros, take?: TakeId): Promise<Result<Reservation>>;
  /** Gives a reservation back and books what was really charged. Settled twice is settled once. */
  settle(reservation: Reservation, charged: Micros): Promise<void>;
  record(take: TakeRecord): Promise<void>;
}
/** What making takes needs from the outside. */
export interface TakePorts extends RunAccount {
  readonly ctx: Pick<RunContext, 'artifacts' | 'progress' | 'signal'>;
  provider(id: string): Provider | undefined;
  now(): number;
  /** A name for the nth take. A host that asks again under the same name finds what was made. */
  newId(number: number): Promise<TakeId>;
  /** Milliseconds this node waited for its turn. */
  readonly queuedMs: number;
  wait(ms: number): Promise<void>;
  isStored(artifact: ImageValue | VideoValue): Promise<boolean>;
  measure(artifact: ImageValue | VideoValue): Promise<readonly Measured[]>;
  /** Where the result of the nth take is kept. */
  keyOf(number: number): CacheKey;
}

/** Calls that fail for a passing reason are tried again this often, after 1 s and 4 s. */
const RETRIES = 2;
const worthRetrying = (code: Failure['code']) => code === 'rate-limit' || code === 'network';

/** A call to a service. While it is sent and not answered, nobody knows whether it is charged. */
interface Call {
  unanswered: boolean;
}

/** Why nobody can be asked for a take; nothing where somebody can. */
export function whyNobody({ resolution }: Pick<TakePlan, 'resolution'>): NodeError | undefined {
  if (resolution.row && resolution.usable.length > 0) return undefined;
  const problem = resolution.problem ?? say('Nobody can be asked.');
  if (resolution.considered.some(({ onlyMoney }) => onlyMoney))
    return new NodeError('over-budget', problem, {
      hint: 'Raise the run cap or the monthly budget in Settings, or choose a cheaper tier.',
    });
  return new NodeError('unsupported', problem, {
    hint: resolution.isPinned
      ? 'Unpin the node, and its routing table decides again.'
      : resolution.considered.some(lacksOnlyItsService)
        ? 'Set up a provider, or change the row on the Routing page.'
        : 'Change what the node asks for, or the row on the Routing page.',
  });
}

/**
 * One acceptable take. Throws `NodeError` with the reason when there is none to be had; every attempt is recorded
 * before that.
 */
export async function produce(takePlan: TakePlan, ports: TakePorts): Promise<Take> {
  const { resolution, request, cap, followsOnly } = takePlan;
  const nobody = whyNobody(takePlan);
  if (nobody) throw nobody;
  const taken = [...takePlan.taken];
  let fallbacks = resolution.row!.fallbacks;
  let usable = resolution.usable;
  const failed = new Map<Considered, Said>();
  /** Pictures found gone on this way: their takes are made again. */
  const gone = new Set<TakeRecord>();
  /** A node waits for its turn once. */
  let attempts = 0;

  for (let from = takePlan.number; ;) {
    ports.ctx.signal.throwIfAborted();
    const standing = { request, resolution: { ...resolution, usable }, cap, taken, pointer: takePlan.pointer };
    const next = nextAttempt(standing, from, (take) => !gone.has(take));
    if (next.kind === 'stop') throw stopped(takePlan, taken, next.because);
    const { number } = next;
    if (next.kind !== 'make') {
      const { take, kind } = next;
      const artifact = take.artifact!;
      if (!(await ports.isStored(artifact))) {
        gone.add(take);
        continue;
      }
      // Paid for once already: at most measured anew, never made anew.
      const again = {
        ...take,
        key: ports.keyOf(number),
        ...(kind === 'measure' ? { request, ...(await judged(artifact, take.verdict)) } : {}),
      };
      await ports.record(again);
      taken[taken.indexOf(take)] = again;
      if (again.verdict.state !== 'rejected') return { artifact };
      continue;
    }

    if (followsOnly && !next.pending)
      throw new NodeError('cap-reached', 'What was sent is over, and nothing new was asked for.', { hint: GO_ON });
    const { candidate, seed } = next.step;
    const made = await attempt(candidate, seed, number, next.pending);
    if (next.pending) taken.splice(taken.indexOf(next.pending), 1);
    taken.push(made);
    if (made.failure) {
      // The same attempt goes to the next candidate, if the row allows going on.
      const rest = usable.filter((other) => other !== candidate);
      if (fallbacks === 0 || rest.length === 0 || followsOnly)
        throw new NodeError(made.failure.code, made.failure.message, { hint: whyNobodyElse(made.failure, rest) });
      failed.set(candidate, made.failure.message);
      fallbacks--;
      usable = rest;
      from = number;
    } else if (made.artifact && made.verdict.state !== 'rejected') return { artifact: made.artifact };
    else from = number + 1;
  }

  /** Why a failure ends it, or what can be done. `rest`: who is left. */
  function whyNobodyElse({ hint }: Failure, rest: readonly Considered[]): Said {
    // What the service says goes first: a person can do more about it.
    const afterHint = (why: Sentence): Said => (hint === undefined ? why : say('{0} {1}', said(hint), why));
    if (resolution.isPinned)
      return afterHint(say('The node is pinned, so nobody else is asked. Unpin it, and its routing table goes on.'));
    if (fallbacks === 0) return afterHint(say('The routing table allows no fallback here.'));
    return rest.length > 0 ? GO_ON : (hint ?? say('No other candidate is left.'));
  }

  /** `pending`: the service was asked for this take before, and is asked what became of it. */
  async function attempt(
    candidate: Considered,
    seed: number,
    number: number,
    pending: TakeRecord | undefined,
  ): Promise<TakeRecord> {
    const provider = ports.provider(candidate.provider);
    const expected = candidate.estimate.amount ?? FREE;
    const id = pending?.id ?? (await ports.newId(number));
    // What was sent before counts already, at what it may cost.
    const granted = await ports.reserve(pending ? FREE : expected, id);
    if (!granted.ok)
      throw new NodeError(
        granted.error.code,
        granted.error.message,
        granted.error.hint === undefined ? {} : { hint: granted.error.hint },
      );
    const reservation = granted.value;
    const started = ports.now();
    const sinceStarted = () => Math.max(0, ports.now() - started);
    const notes = (candidate.fit?.notes ?? []).map(({ says }) => says);
    const { mode, monthlyBudget } = takePlan;
    const order: Order = {
      take: id,
      candidate,
      mode,
      request: { ...request, seed: { ...request.seed, seed } },
      ...(monthlyBudget === undefined ? {} : { monthlyBudget }),
    };
    const sent = provider?.sent?.(order);
    const record: TakeRecord = {
      id,
      at: pending?.at ?? started,
      ...takePlan.origin,
      slot: takePlan.slot,
      number,
      cap,
      output: takePlan.output,
      key: ports.keyOf(number),
      work: request.work,
      tier: resolution.tier,
      mode,
      table: resolution.table,
      asked: refOf(resolution.considered[0]!),
      answered: refOf(candidate),
      why: whyThis(resolution, candidate, failed),
      seed,
      baseSeed: request.seed.seed,
      request,
      queuedMs: attempts++ === 0 ? ports.queuedMs : 0,
      workedMs: 0,
      estimated: candidate.estimate.amount ?? null,
      ...(candidate.estimate.amount === undefined ? {} : { priceFrom: sourceOf(candidate.estimate) }),
      charged: null,
      measures: [],
      verdict: { state: 'open', by: 'nobody', at: started, reviewMs: 0 },
      ...(notes.length ? { notes } : {}),
      ...(sent ? { sent } : {}),
    };
    let booked: Micros = FREE;
    let take: TakeRecord;
    const call: Call = { unanswered: false };
    try {
      // Written down before anything is sent: whoever reads it later finds the job by its name.
      if (isService(candidate)) await ports.record({ ...record, state: 'pending' });
      take = whenMade(record, await submit(provider, order, call), sinceStarted());
      booked = take.charged ?? FREE;
    } catch (thrown) {
      const workedMs = sinceStarted();
      if (thrown instanceof ServiceError) {
        booked = thrown.charged ?? expected;
        take = whenUnmade(record, thrown, workedMs);
        await written(take, reservation, booked);
        // Only a plain failure goes on to somebody else: not what a person decides, what was refused, or what goes on.
        if (thrown.outcome !== 'failed') throw thrown;
        return take;
      }
      const failure = toFailure(thrown);
      const isCancelled = failure.code === 'cancelled' || ports.ctx.signal.aborted;
      // What is asked for and taken back may be charged all the same, and nobody says: it is unknown, and booked.
      const mayCost = isCancelled && call.unanswered && candidate.estimate.amount !== FREE;
      booked = mayCost ? expected : FREE;
      // A job that goes on somewhere else is pending until somebody asks what became of it.
      const open = mayCost && isService(candidate) ? { state: 'pending' as const } : { failure };
      // The job service would have said so itself of a job that it has: it refused this one, or never heard of it.
      take = { ...(mayCost ? record : unsent(record)), workedMs, charged: mayCost ? null : FREE, ...open };
      if (isCancelled) {
        if (mayCost) await written(take, reservation, booked);
        else await ports.settle(reservation, booked);
        throw thrown;
      }
    }
    // Written down before it is judged: what was paid for is never lost, whatever happens next.
    await written(take, reservation, booked);
    if (!take.artifact || !request.acceptance?.criteria.length) return take;
    const verdict = { ...take, ...(await judged(take.artifact, take.verdict)) };
    await ports.record(verdict);
    return verdict;
  }

  /** Writes a take down, whether or not the money that was set aside can be given back. */
  async function written(take: TakeRecord, reservation: Reservation, booked: Micros): Promise<void> {
    try {
      await ports.record(take);
    } finally {
      await ports.settle(reservation, booked);
    }
  }

  async function submit(provider: Provider | undefined, order: Order, call: Call): Promise<Made> {
    if (!provider) throw new NodeError('unsupported', 'This provider is not set up.');
    for (let tries = 0; ; tries++) {
      ports.ctx.signal.throwIfAborted();
      try {
        call.unanswered = true;
        return await provider.make(order, ports.ctx);
      } catch (thrown) {
        const { code } = toFailure(thrown);
        const isCutOff = code === 'cancelled' || (code === 'network' && ports.ctx.signal.aborted);
        call.unanswered = isCutOff;
        if (isCutOff || tries >= RETRIES || !worthRetrying(code)) throw thrown;
        await ports.wait(tries === 0 ? 1000 : 4000);
      }
    }
  }

  /** A person's verdict stands; otherwise the criteria decide, and without criteria it stays open. */
  async function judged(
    artifact: ImageValue | VideoValue,
    verdict: Verdict,
  ): Promise<{ measures: readonly Measured[]; verdict: Verdict }> {
    const measures = request.acceptance?.criteria.length ? await ports.measure(artifact) : [];
    if (verdict.by === 'person') return { measures, verdict };
    const missed = measures.filter((measure) => !measure.passed);
    const at = ports.now();
    if (measures.length === 0) return { measures, verdict: { state: 'open', by: 'nobody', at, reviewMs: 0 } };
    return {
      measures,
      verdict: missed.length
        ? {
            state: 'rejected',
            by: 'criteria',
            reason: missed.map(({ measure }) => measure).join(', '),
            at,
            reviewMs: 0,
          }
        : { state: 'accepted', by: 'criteria', at, reviewMs: 0 },
    };
  }
}

/** After a run that only waited for what was sent. */
const GO_ON = say('Run the graph to go on. What is paid for is not paid again.');

/** Once its service can be asked, it can: nothing else speaks against it. */
const lacksOnlyItsService = ({ obstacle, reasons }: Considered) => obstacle !== undefined && reasons.length === 1;
/** Whoever is asked by jobs, and not on this machine's own threads. */
const isService = ({ version }: Considered) => version !== undefined;
const refOf = ({ provider, model }: Considered) => ({ provider, model });

const WHY_STOPPED = {
  cap: {
    reason: (cap: number) => say('{0|the only take is|all {0} takes are} used', cap),
    hint: 'Compare them on the Review page: accept one, change a control, or escalate the tier.',
    atTheTop: { hint: 'Compare them on the Review page: accept one, or change a control.' },
  },
  nobody: {
    reason: () => say('the seed is locked and no other candidate is left'),
    hint: 'Unlock the seed, change a control, or escalate the tier.',
    atTheTop: { hint: 'Unlock the seed, or change a control.' },
  },
  unknown: {
    reason: () => say('nobody knows whether the service made the last one'),
    hint: 'Look at that take: look again, count it as lost, or take another.',
    atTheTop: { hint: 'Look at that take: look again, count it as lost, or take another.' },
  },
} as const satisfies Record<WhyStopped, object>;

function stopped({ resolution, cap }: TakePlan, taken: readonly TakeRecord[], because: WhyStopped): NodeError {
  const rejected = taken.filter((take) => take.verdict.state === 'rejected').length;
  const why = say('No take was accepted: {0} ({1} rejected).', WHY_STOPPED[because].reason(cap), rejected);
  const next = resolution.row?.escalateTo;
  return new NodeError('cap-reached', next ? listed([why, say('The table escalates to {0}.', say(next))], ' ') : why, {
    hint: hintAt(because, { resolution }),
  });
}

/** What can be done where no other take can be made; to escalate only where the table has a tier to escalate to. */
export function hintAt(because: WhyStopped, { resolution }: Pick<TakePlan, 'resolution'>): string {
  const { hint, atTheTop } = WHY_STOPPED[because];
  return resolution.row?.escalateTo ? hint : atTheTop.hint;
}
