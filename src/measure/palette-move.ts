/** How far the colours of one picture lie from those of another when every share of them has to go somewhere. */
import { ciede2000 } from './ciede2000.ts';
import type { Swatch } from './stills.ts';

/** Shares below this are the rounding of sums. */
const NOTHING = 1e-9;

/**
 * The earth mover's distance of two palettes (Rubner, Tomasi and Guibas 2000) with CIEDE2000 as the ground: how far, in
 * ΔE, the picture's area has to move in colour on average, when each share goes to the share it is best matched with.
 * Unlike `distanceOf`, which looks for the nearest colour however little there is of it, it sees that a picture with
 * the same colours is mostly blue where the other is mostly orange.
 */
export function paletteMove(a: readonly Swatch[], b: readonly Swatch[]): number {
  const cost = a.map(({ lab }) => b.map((other) => ciede2000(lab, other.lab)));
  return leastCost(
    a.map(({ share }) => share),
    b.map(({ share }) => share),
    cost,
  );
}

/**
 * The transportation problem, exact: along the cheapest way that is left, as much as it carries, until nothing is left
 * to send. A way may take back what an earlier one has sent. Supply and demand add up to the same.
 */
export function leastCost(
  supply: readonly number[],
  demand: readonly number[],
  cost: readonly (readonly number[])[],
): number {
  const [left, wanted] = [[...supply], [...demand]];
  const sent = supply.map(() => demand.map(() => 0));
  for (let way = cheapestWay(left, wanted, sent, cost); way; way = cheapestWay(left, wanted, sent, cost)) {
    const forward = way.filter((_, step) => step % 2 === 0);
    const back = way.filter((_, step) => step % 2 === 1);
    const [first, last] = [forward[0]![0], forward.at(-1)![1]];
    const amount = Math.min(left[first]!, wanted[last]!, ...back.map(([from, to]) => sent[from]![to]!));
    for (const [from, to] of forward) sent[from]![to]! += amount;
    for (const [from, to] of back) sent[from]![to]! -= amount;
    left[first]! -= amount;
    wanted[last]! -= amount;
  }
  return sent.reduce((sum, row, from) => sum + row.reduce((all, share, to) => all + share * cost[from]![to]!, 0), 0);
}

/** Pairs of a supply and a demand; every second one is gone backwards. */
type Way = readonly (readonly [from: number, to: number])[];

/** The cheapest way from something left to something wanted (Bellman and Ford); `undefined` when all is sent. */
function cheapestWay(
  left: readonly number[],
  wanted: readonly number[],
  sent: readonly (readonly number[])[],
  cost: readonly (readonly number[])[],
): Way | undefined {
  const fromSupply = left.map((share) => (share > NOTHING ? { cost: 0, way: [] as Way } : undefined));
  const toDemand: ({ readonly cost: number; readonly way: Way } | undefined)[] = wanted.map(() => undefined);
  for (let isCheaper = true; isCheaper;) {
    isCheaper = false;
    for (const [from, row] of cost.entries())
      for (const [to, price] of row.entries()) {
        const [there, back] = [fromSupply[from], toDemand[to]];
        if (there && there.cost + price < (toDemand[to]?.cost ?? Infinity) - NOTHING) {
          toDemand[to] = { cost: there.cost + price, way: [...there.way, [from, to]] };
          isCheaper = true;
        }
        if (back && sent[from]![to]! > NOTHING && back.cost - price < (fromSupply[from]?.cost ?? Infinity) - NOTHING) {
          fromSupply[from] = { cost: back.cost - price, way: [...back.way, [from, to]] };
          isCheaper = true;
        }
      }
  }
  const ends = toDemand.filter((end, to) => end && wanted[to]! > NOTHING);
  return ends.reduce((best, end) => (best && best.cost <= end!.cost ? best : end), undefined)?.way;
}
