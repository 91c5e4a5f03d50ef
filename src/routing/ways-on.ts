/** How it can go on after a take is rejected: by itself, and what a person may choose instead, each with who makes it. */
import { sameModel, type TakeRecord, type Tier } from '../core/take.ts';
import { madeTakes, seedAfter, stepOf, untriedNumber, type AttemptStep } from './attempts.ts';
import { BUILT_IN } from './catalog.ts';
import type { Considered, Market } from './resolve.ts';
import type { RoutingTable } from './routing-table.ts';
import { underTable, type TakePlan } from './take-plan.ts';

/** `candidate`: who would be asked. `seed`: a seed that nothing was made with, in the place of the one that is locked. */
export type WayOn =
  | { readonly kind: 'seed'; readonly candidate: Considered; readonly seed: number }
  | { readonly kind: 'model'; readonly candidate: Considered }
  | { readonly kind: 'tier'; readonly candidate: Considered; readonly tier: Tier };

/** The take that a rejection leads to by itself; nothing where the cap or the seed leaves none. */
export function nextByItself(takePlan: TakePlan, taken: readonly TakeRecord[]): AttemptStep | undefined {
  if (madeTakes(taken) >= takePlan.cap) return undefined;
  const number = untriedNumber({ ...takePlan, taken });
  return number === undefined ? undefined : stepOf(number, takePlan.request.seed, takePlan.resolution);
}

/** The other ways: another seed where it is locked, the next model that made none of the takes, the tier above. */
export function waysOn(
  takePlan: TakePlan,
  taken: readonly TakeRecord[],
  table: RoutingTable,
  market: Market,
): readonly WayOn[] {
  const { request, resolution, cap } = takePlan;
  const ways: WayOn[] = [];
  const [first] = resolution.usable;
  if (request.seed.locked && first && madeTakes(taken) < cap)
    ways.push({ kind: 'seed', candidate: first, seed: unusedSeed(request.seed.seed, taken) });
  if (request.pinned) return ways;
  const byItself = nextByItself(takePlan, taken)?.candidate;
  const answered = new Set(taken.map((take) => `${take.answered.provider} ${take.answered.model}`));
  const next = resolution.usable.find((one) => one !== byItself && !answered.has(`${one.provider} ${one.model}`));
  if (next) ways.push({ kind: 'model', candidate: next });
  const tier = resolution.row?.escalateTo;
  const above = tier && underTable({ ...takePlan, request: { ...request, tier } }, table, market).resolution.usable[0];
  // After a service a sketch is no step up, whatever its tier is called.
  const isStepDown =
    above && sameModel(above, BUILT_IN) && taken.some(({ answered }) => !sameModel(answered, BUILT_IN));
  if (above && !isStepDown) ways.push({ kind: 'tier', candidate: above, tier });
  return ways;
}

function unusedSeed(seed: number, taken: readonly TakeRecord[]): number {
  const used = new Set(taken.flatMap((take) => [take.seed, take.baseSeed]));
  for (let number = 1; ; number++) {
    const other = seedAfter(seed, number);
    if (!used.has(other)) return other;
  }
}
