/** The switching criteria as a function: which model and which seed the nth attempt at a deliverable uses. */
import type { TakeRecord } from '../core/take.ts';
import type { SeedValue } from '../core/values.ts';
import type { Considered, Resolution } from './resolve.ts';

export interface Step {
  readonly candidate: Considered;
  readonly seed: number;
}

/**
 * `number` counts from 0. A locked seed is never changed, so each further attempt needs another candidate. Otherwise the
 * seed changes, and after `switchAfter` attempts the next candidate is asked. `undefined`: there is nothing else to try.
 */
export function stepOf(number: number, seed: SeedValue, { usable, row }: Resolution): Step | undefined {
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
