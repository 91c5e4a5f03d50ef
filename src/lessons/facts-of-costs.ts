/** What can be expected of verdicts and of what accepted takes cost, by prices that the lesson names itself. */
import { decimal } from '../core/figures.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import { TIERS, type TakeRecord } from '../core/take.ts';
import type { Components } from '../ledger/costs.ts';
import type { Evidence } from './evidence.ts';
import { factOf, type Fact } from './fact.ts';
import { takesIn } from './facts-of-groups.ts';
import { listReader, nameReader, numberFrom, oneOf, recordOf } from './reads.ts';

const dollars = numberFrom(0, 1000);
const priced = { tier: oneOf(TIERS), price: dollars };
/** Half a cent, and what adding up in parts of two leaves over: sums are compared to the cent. */
const HALF_A_CENT = 0.005 + 1e-9;
const isSameCent = (a: number, b: number): boolean => Math.abs(a - b) <= HALF_A_CENT;
/** As `Components` of the ledger has them. */
const COMPONENTS = {
  generation: say('generation'),
  refinement: say('refinement'),
  waiting: say('waiting'),
  reviewing: say('reviewing'),
} as const satisfies Record<keyof Components, Sentence>;
const COMPONENT_NAMES = Object.keys(COMPONENTS) as (keyof Components)[];
const chosenTier = recordOf({ ask: nameReader, tiers: listReader(recordOf(priced, {}), 2, 4), review: dollars }, {});

export const COST_FACTS = {
  /** Each was looked at for so many seconds before a person decided; criteria need not look. */
  reviewed: factOf(['takes', 'results'], numberFrom(0.1, 600), (subjects, least) => {
    const unseen = takesIn(subjects).filter(
      ({ verdict }) => verdict.by !== 'criteria' && verdict.reviewMs < least * 1000,
    );
    return {
      holds: unseen.length === 0,
      seen: say('{0} looked at for less than {1} s', unseen.length, decimal(least, 1)),
      expected: say('each looked at for {0} s or longer', decimal(least, 1)),
    };
  }),
  /**
   * For each tier a number that was typed in: (takes made × (price + review)) ÷ accepted, and what it costs to finish an
   * accepted one, to the cent.
   */
  perAccepted: factOf(
    ['takes'],
    recordOf(
      { tiers: listReader(recordOf({ ...priced, ask: nameReader }, {}), 1, 4), review: dollars },
      { finishing: dollars },
    ),
    (_, { tiers, review, finishing = 0 }, evidence) => ({
      holds: tiers.every(({ tier, price, ask }) => {
        const cost = costOfAccepted(evidence, tier, price + review);
        return cost !== undefined && isSameCent(cost + finishing, Number(evidence.answers[ask]));
      }),
      seen: countsInWords(evidence, tiers),
      expected: say('the sum of these, to the cent'),
    }),
  ),
  /**
   * Numbers that were typed in are the components of what an accepted take of a tier costs, to the cent: `each` take of it
   * costs so much, or, where `once` says so, only the accepted one does.
   */
  components: factOf(
    ['takes'],
    recordOf(
      {
        tier: oneOf(TIERS),
        parts: listReader(
          recordOf({ ask: nameReader, of: oneOf(COMPONENT_NAMES) }, { each: dollars, once: dollars }),
          1,
          4,
        ),
      },
      {},
    ),
    (_, { tier, parts }, evidence) => {
      const wrong = parts.filter(({ ask, each = 0, once = 0 }) => {
        const cost = costOfAccepted(evidence, tier, each);
        return cost === undefined || !isSameCent(cost + once, Number(evidence.answers[ask]));
      });
      const counts = countsInWords(evidence, [{ tier }]);
      return {
        holds: wrong.length === 0,
        seen:
          wrong.length === 0
            ? counts
            : say('{0}: not so for {1}', counts, listed(wrong.map(({ of }) => COMPONENTS[of]))),
        expected: say('each part of these, to the cent'),
      };
    },
  ),
  /** The option named like the tier whose accepted takes cost least each, or most; where they cost the same, any of them. */
  cheaper: factOf(['takes'], chosenTier, (_, asked, evidence) => ({
    holds: isChosen(evidence, asked, (costs) => Math.min(...costs)),
    seen: countsInWords(evidence, asked.tiers),
    expected: say('the one that costs less for each accepted'),
  })),
  dearer: factOf(['takes'], chosenTier, (_, asked, evidence) => ({
    holds: isChosen(evidence, asked, (costs) => Math.max(...costs)),
    seen: countsInWords(evidence, asked.tiers),
    expected: say('the one that costs more for each accepted'),
  })),
} satisfies Record<string, Fact>;

/** Takes are made at the first tier up to a cap; where none is accepted by then, at the second until one is. */
export const escalationReader = recordOf({ from: recordOf(priced, {}), to: recordOf(priced, {}), review: dollars }, {});
export type Escalation = ReturnType<(typeof escalationReader)['read']>;

/** What an accepted picture is expected to cost under a cap, by the rates of these takes; `undefined` without a rate. */
export function expectedCost(evidence: Evidence, { from, to, review }: Escalation, cap: number): number | undefined {
  const takes = ofTier(evidence, from.tier);
  const rate = acceptedIn(takes) / takes.length;
  const onward = costOfAccepted(evidence, to.tier, to.price + review);
  if (!(rate > 0) || onward === undefined) return undefined;
  const allFail = (1 - rate) ** cap;
  return ((1 - allFail) / rate) * (from.price + review) + allFail * onward;
}

const ofTier = ({ takes }: Evidence, tier: string): readonly TakeRecord[] =>
  takes.filter(({ request }) => request.tier === tier);
const acceptedIn = (takes: readonly TakeRecord[]): number =>
  takes.filter(({ verdict }) => verdict.state === 'accepted').length;

/** In dollars; `undefined` where nothing was accepted. */
function costOfAccepted(evidence: Evidence, tier: string, each: number): number | undefined {
  const takes = ofTier(evidence, tier);
  const accepted = acceptedIn(takes);
  return accepted > 0 ? (takes.length * each) / accepted : undefined;
}

/** Of tiers whose accepted takes cost what is wanted, or the same to the cent. Nothing is known of one without any. */
function isChosen(
  evidence: Evidence,
  { ask, tiers, review }: ReturnType<(typeof chosenTier)['read']>,
  wanted: (costs: readonly number[]) => number,
): boolean {
  const costs = tiers.flatMap(({ tier, price }) => {
    const cost = costOfAccepted(evidence, tier, price + review);
    return cost === undefined ? [] : [{ tier, cost }];
  });
  const best = wanted(costs.map(({ cost }) => cost));
  return (
    costs.length === tiers.length &&
    costs.some(({ tier, cost }) => isSameCent(cost, best) && tier === evidence.answers[ask])
  );
}

const countsInWords = (evidence: Evidence, tiers: readonly { readonly tier: string }[]): Sentence =>
  listed(
    tiers.map(({ tier }) => {
      const takes = ofTier(evidence, tier);
      return say('{0} ({1} made, {2} accepted)', tier, takes.length, acceptedIn(takes));
    }),
  );
