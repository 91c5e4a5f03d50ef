/**
 * What comes next at a deliverable, by the switching criteria and by what was taken before. The plan, the forecast, the
 * dry run and the run itself ask here, so that they agree.
 */
import { sameData } from '../core/equal.ts';
import type { ShownTake } from '../graph/graph.ts';
import { sameModel, type TakeRecord, type TakeRequest } from '../core/take.ts';
import type { SeedValue } from '../core/values.ts';
import type { Considered, Resolution } from './resolve.ts';

export interface AttemptStep {
  readonly candidate: Considered;
  readonly seed: number;
}

/**
 * `number` counts from 0. A locked seed is never changed, so each further attempt needs another candidate. Otherwise
 * the
 * seed changes, and after `switchAfter` attempts the next candidate is asked. `undefined`: there is nothing else to
 * try.
 */
export function stepOf(
  number: number,
  seed: SeedValue,
  { usable, row }: Pick<Resolution, 'usable' | 'row'>,
): AttemptStep | undefined {
  if (!row || usable.length === 0) return undefined;
  if (seed.locked) {
    const candidate = usable[number];
    return candidate && { candidate, seed: seed.seed };
  }
  const candidate = usable[Math.min(usable.length - 1, Math.floor(number / row.switchAfter))]!;
  return { candidate, seed: seedAfter(seed.seed, number) };
}

/** The nth seed after a given one: the same everywhere, and far apart, so that the pictures are too. */
export function seedAfter(seed: number, number: number): number {
  let mixed = seed >>> 0;
  for (let k = 0; k < number; k++) {
    mixed = (mixed + 0x9e3779b9) >>> 0;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad) >>> 0;
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97) >>> 0;
    mixed = (mixed ^ (mixed >>> 15)) >>> 0;
  }
  return mixed;
}

/** Different takes made: the same model with the same seed is one, however often it was made. */
export function madeTakes(taken: readonly TakeRecord[]): number {
  return new Set(
    taken.filter((take) => take.artifact).map(({ answered, seed }) => `${answered.provider} ${answered.model} ${seed}`),
  ).size;
}

/** Where a deliverable stands. */
export interface Standing {
  readonly request: TakeRequest;
  /** Candidates that can still be asked. */
  readonly resolution: Pick<Resolution, 'usable' | 'row'>;
  /** Most takes, over time. */
  readonly cap: number;
  /** Earlier takes, oldest first. */
  readonly taken: readonly TakeRecord[];
  /** The take that was chosen, and the seed the graph gave then. */
  readonly pointer?: ShownTake | undefined;
}

export type Attempt =
  /** This take is there and may be used as it is. */
  | { readonly kind: 'use'; readonly number: number; readonly take: TakeRecord }
  /** This take is there, judged by other criteria than today's: it is measured anew, and paid for only once. */
  | { readonly kind: 'measure'; readonly number: number; readonly take: TakeRecord }
  /** `pending`: a service was asked for it before, and is asked what became of it. */
  | { readonly kind: 'make'; readonly number: number; readonly step: AttemptStep; readonly pending?: TakeRecord }
  | { readonly kind: 'stop'; readonly because: WhyStopped };
/**
 * All takes are used, or nobody is left whom a locked seed has not been tried with, or nobody knows whether the last one
 * was made.
 */
export type WhyStopped = 'cap' | 'nobody' | 'unknown';

/**
 * What was accepted or chosen, else the first attempt from a number on that is not rejected already. `isStored`:
 * whether
 * the picture of an earlier take is still there; one that is gone is made again.
 */
export function nextAttempt(standing: Standing, from: number, isStored: (take: TakeRecord) => boolean): Attempt {
  const { request, resolution, cap, taken } = standing;
  const meant = acceptedTake(standing) ?? chosenTake(standing, isStored);
  if (meant && isStored(meant))
    return { kind: isJudgedBy(meant, request) ? 'use' : 'measure', number: from, take: meant };
  for (let number = from; ; number++) {
    const step = stepOf(number, request.seed, resolution);
    if (!step) return { kind: 'stop', because: 'nobody' };
    const take = taken.findLast((one) => one.artifact && isOf(one, step, number, request.seed));
    const open = taken.findLast((one) => one.state && isOf(one, step, number, request.seed));
    if (open?.state === 'unknown') return { kind: 'stop', because: 'unknown' };
    if (open) return { kind: 'make', number, step, pending: open };
    if (!take) return madeTakes(taken) < cap ? { kind: 'make', number, step } : { kind: 'stop', because: 'cap' };
    const isJudged = isJudgedBy(take, request);
    if (take.verdict.state === 'rejected' && isJudged) continue;
    if (!isStored(take)) return { kind: 'make', number, step };
    return { kind: isJudged ? 'use' : 'measure', number, take };
  }
}

/**
 * Where attempts begin. Under a locked seed they go along the candidates, so a chosen take stands where its maker does,
 * and a number counted while the seed still moved may lie beyond the last.
 */
export function firstNumber({ request, resolution, taken, pointer }: Standing): number {
  const number = pointer?.number ?? 0;
  if (!request.seed.locked) return number;
  const chosen = pointer?.id && taken.find(({ id }) => id === pointer.id);
  const at = chosen ? resolution.usable.findIndex((one) => sameModel(one, chosen.answered)) : number;
  return at >= 0 && at < resolution.usable.length ? at : 0;
}

/**
 * Numbers may be given twice where seeds moved, so a take is meant by its name; a graph of somebody else has none of
 * ours.
 */
function isMeant({ id, number }: ShownTake, one: TakeRecord, taken: readonly TakeRecord[]): boolean {
  const isKnown = id !== undefined && taken.some((known) => known.id === id);
  return isKnown ? one.id === id : one.number === number;
}

/** While the graph gives the seed it gave when a take was chosen, that take is meant. */
const isChosen = (pointer: ShownTake | undefined, { request }: Standing): boolean =>
  pointer !== undefined && pointer.seed === request.seed.seed;

/**
 * An accepted take is used again whoever would be asked today, unless the graph fixes another seed since. A node that
 * was
 * asked for something else meanwhile has no pointer to it any more: it is the one that is accepted.
 */
function acceptedTake(standing: Standing): TakeRecord | undefined {
  const { request, taken, pointer } = standing;
  return taken.findLast(
    (one) =>
      one.artifact &&
      one.verdict.state === 'accepted' &&
      (!pointer || isMeant(pointer, one, taken)) &&
      (!request.seed.locked ||
        isChosen(pointer, standing) ||
        one.seed === request.seed.seed ||
        one.baseSeed === request.seed.seed),
  );
}

/** What was shown when the seed was locked stays shown: a lock asks for nothing new. */
function chosenTake(standing: Standing, isStored: (take: TakeRecord) => boolean): TakeRecord | undefined {
  const { request, taken, pointer } = standing;
  if (!pointer || !request.seed.locked) return undefined;
  return taken.findLast(
    (one) =>
      one.artifact &&
      isMeant(pointer, one, taken) &&
      one.verdict.state !== 'rejected' &&
      (isChosen(pointer, standing) || one.baseSeed === request.seed.seed) &&
      isStored(one),
  );
}

/**
 * The number of a take that was not made yet; nothing where a locked seed was tried with everybody. A seed that moved
 * may count a number anew, so the next is beyond all of them.
 */
export function untriedNumber({ request, resolution, taken }: Standing): number | undefined {
  const { seed } = request;
  if (!seed.locked) return Math.max(-1, ...taken.map(({ number }) => number)) + 1;
  const untried = resolution.usable.findIndex((_, number) => {
    const step = stepOf(number, seed, resolution)!;
    // What another model answered in its place has its number: who points at that is shown that take.
    const isAnswered = (one: TakeRecord) => one.number === number && one.baseSeed === seed.seed;
    return !taken.some((one) => one.artifact && (isOf(one, step, number, seed) || isAnswered(one)));
  });
  return untried < 0 ? undefined : untried;
}

/** A service that takes no seed answers with one of its own: its takes are known by what they were asked with. */
function isOf(take: TakeRecord, { candidate, seed }: AttemptStep, number: number, given: SeedValue): boolean {
  const isAskedSo = take.number === number && take.baseSeed === given.seed;
  return sameModel(take.answered, candidate) && (take.seed === seed || isAskedSo);
}

/** A person's verdict stands whatever the criteria are; without criteria there is nothing to measure. */
function isJudgedBy(take: TakeRecord, request: TakeRequest): boolean {
  const now = standardOf(request);
  if (take.verdict.by === 'person') return true;
  if (now.criteria.length === 0) return take.verdict.by === 'nobody';
  return take.verdict.by === 'criteria' && sameData(standardOf(take.request), now);
}
/** What a take is held to: the criteria, and the picture that some of them compare it with. */
const standardOf = ({ acceptance }: TakeRequest) => ({
  criteria: acceptance?.criteria ?? [],
  reference: acceptance?.reference?.hash,
});
