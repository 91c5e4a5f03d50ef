/** What can be expected of answers, of replays, and of the graph and its table as they stand. */
import { decimal } from '../core/figures.ts';
import { FREE, inDollars, sumOf } from '../core/money.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import type { FieldLimits } from '../graph/graph.ts';
import { expanded } from '../graph/flat-graph.ts';
import { changeReader, runOfChoice } from './choice-runs.ts';
import type { Evidence } from './evidence.ts';
import { factOf, type Fact } from './fact.ts';
import { escalationReader, expectedCost, type Escalation } from './facts-of-costs.ts';
import { LOOK_MEASURES, measureOf } from './picture-look.ts';
import { always, boundsInWords, isWithin, listReader, nameReader, numberFrom, oneOf, recordOf } from './reads.ts';
import { TAKE_TRAITS, traitOf, type SeenSubject } from './seen-subjects.ts';
import { figures, MEASURED } from './facts-of-looks.ts';
import { isShipped } from '../routing/house.ts';
import { pinnedTable } from '../routing/table-pin.ts';

const amount = numberFrom(0, 1_000_000);

export const ANSWER_FACTS = {
  /** Anything, where there is no wrong answer. */
  answered: factOf(
    ['answers', 'takes', 'results', 'change', 'film'],
    recordOf({ ask: nameReader }, {}),
    (_, { ask }, { answers }) => ({
      holds: answers[ask] !== undefined,
      seen: say('no answer yet'),
      expected: say('an answer'),
    }),
  ),
  /** The options that are right, whatever was made. */
  chosen: factOf(
    ['answers', 'takes', 'results', 'change', 'film'],
    listReader(recordOf({ ask: nameReader, option: nameReader }, {}), 1, 8),
    (_, wanted, { answers }) => {
      const missing = wanted.filter(({ ask }) => answers[ask] === undefined).length;
      const wrong = wanted.filter(({ ask, option }) => answers[ask] !== undefined && answers[ask] !== option).length;
      return {
        holds: missing + wrong === 0,
        seen: missing > 0 ? say('no answer yet') : say('{0} {0|answer|answers} of {1} not so', wrong, wanted.length),
        expected: say('what the figures support'),
      };
    },
  ),
  /** Every answer to these questions was run, whichever is right. */
  tried: factOf(['answers'], listReader(changeReader, 1, 64), (_, changes, { runs }) => {
    const open = changes.filter((change) => !runOfChoice(runs, change)).length;
    return {
      holds: open === 0,
      seen: say('{0} {0|answer|answers} of {1} not run', open, changes.length),
      expected: say('every answer run'),
    };
  }),
  /** The option named like the trait of that take, of those seen, which measures least or most. */
  chosenBy: factOf(
    ['takes'],
    recordOf(
      { ask: nameReader, of: oneOf(LOOK_MEASURES), which: oneOf(['least', 'most']), by: oneOf(TAKE_TRAITS) },
      {},
    ),
    (subjects, { ask, of, which, by }, { answers, looks }) => {
      const measured = subjects.flatMap((subject): { readonly option: string; readonly value: number }[] => {
        const look = looks.get(subject.value.hash);
        const value = look && measureOf(look, of);
        return value === undefined ? [] : [{ option: traitOf(subject, by).replaceAll(' ', '-'), value }];
      });
      const sorted = measured.toSorted((a, b) => (which === 'least' ? a.value - b.value : b.value - a.value));
      return {
        holds: sorted.length > 1 && answers[ask] === sorted[0]!.option,
        seen: say('{0} {1}', say(of), figures(measured.map(({ value }) => value))),
        expected: say('the answer that these figures support'),
      };
    },
  ),
  /** A number that was typed in. */
  about: factOf(
    ['answers'],
    recordOf({ ask: nameReader, number: amount, within: amount }, {}),
    (_, { ask, number, within: off }, { answers }) => ({
      holds: typeof answers[ask] === 'number' && Math.abs(answers[ask] - number) <= off,
      seen: answers[ask] === undefined ? say('no answer yet') : say('{0}', Number(answers[ask])),
      expected: say('another number'),
    }),
  ),
  /**
   * Two numbers that were typed in are a band of guidance: at least two takes lie in it, and all of them measure so. One
   * beyond it does not: a strip that never leaves the band has not found its ends.
   */
  band: factOf(
    ['takes'],
    recordOf({ low: nameReader, high: nameReader, by: listReader(MEASURED, 1, 4) }, {}),
    (subjects, { low, high, by }, { answers, looks }) => {
      const [from, to] = [Number(answers[low]), Number(answers[high])];
      const inside = subjects.filter((subject) => guidanceOf(subject) >= from && guidanceOf(subject) <= to);
      const judge = (some: readonly SeenSubject[]) =>
        by.map(({ of, ...bounds }) => {
          const values = some.flatMap(({ value }) => {
            const look = looks.get(value.hash);
            return (look && measureOf(look, of)) ?? [];
          });
          return { of, bounds, values, holds: values.every((value) => isWithin(value, bounds)) };
        });
      const judged = judge(inside);
      const isGood = inside.length >= 2 && judged.every(({ holds }) => holds);
      const hasEnd = judge(subjects.filter((subject) => !inside.includes(subject))).some(({ holds }) => !holds);
      const wrong = judged.find(({ holds }) => !holds) ?? judged[0]!;
      if (isGood && !hasEnd)
        return {
          holds: false,
          seen: say('{0} {0|picture|pictures} from {1} to {2}, and none beyond is worse', inside.length, from, to),
          expected: say('a picture beyond the band that is too harsh or too pale'),
        };
      return {
        holds: isGood,
        seen: Number.isFinite(from + to)
          ? say(
              '{0} {0|picture|pictures} from {1} to {2}, {3} {4}',
              inside.length,
              from,
              to,
              say(wrong.of),
              figures(wrong.values),
            )
          : say('no answer yet'),
        expected: say('two or more, each {0}', boundsInWords(wrong.bounds)),
      };
    },
  ),
  /**
   * The option named like the megapixels of the cheapest of these results that is nearly as sharp as the sharpest: by
   * what was charged, or by what was asked for where nothing was.
   */
  plan: factOf(
    ['results'],
    recordOf({ ask: nameReader, sharpness: numberFrom(0.1, 1), price: numberFrom(1, 4) }, {}),
    (subjects, { ask, sharpness, price }, { answers, looks }) => {
      const plans = subjects.map((subject) => {
        const look = looks.get(subject.value.hash);
        const asked = subject.takes.reduce((sum, { request }) => sum + request.megapixels, 0);
        const charged = sumOf(subject.takes.map((take) => take.charged ?? FREE));
        const megapixels = traitOf(subject, 'megapixels');
        const option = `mp-${megapixels.replace('.', '-')}`;
        const finishing = subject.lineage.filter(({ layer }) => layer === 'refinement').map(({ ms }) => ms);
        const ms = [...subject.takes.map(({ workedMs }) => workedMs), ...finishing].reduce((sum, one) => sum + one, 0);
        return { megapixels, option, asked, charged, ms, sharpness: (look && measureOf(look, 'sharpness')) ?? 0 };
      });
      const isFree = plans.every(({ charged }) => charged === 0);
      const costOf = (plan: (typeof plans)[number]) => (isFree ? plan.asked : plan.charged);
      const best = Math.max(...plans.map((plan) => plan.sharpness));
      const good = plans.filter((plan) => plan.sharpness >= sharpness * best);
      const least = Math.min(...good.map(costOf));
      return {
        holds: good.some((plan) => plan.option === answers[ask] && costOf(plan) <= price * least),
        seen: listed(
          plans.map((plan) =>
            say(
              '{0} MP: {1} {2}, {3}, {4} s',
              plan.megapixels,
              say('sharpness'),
              figures([plan.sharpness]),
              inDollars(plan.charged),
              decimal(plan.ms / 1000, 1),
            ),
          ),
          '; ',
        ),
        expected: say('the cheapest of those that are sharp enough'),
      };
    },
  ),
  /** Every step of a replay gave what it gave before. */
  replayed: factOf(['replay'], oneOf(['identical']), (_, wanted, { replays }) => {
    const good = replays.some((report) => report.length > 0 && report.every(({ outcome }) => outcome.state === wanted));
    return {
      holds: good,
      seen: replays.length === 0 ? say('no replay yet') : say('a replay that differs'),
      expected: say('every step identical'),
    };
  }),
  /**
   * The form of the graph asks for a param of this name, which stands between two numbers that were typed in, and lets
   * nobody go beyond them.
   */
  offers: factOf(
    ['graph'],
    recordOf({ param: nameReader, low: nameReader, high: nameReader }, {}),
    (_, { param, low, high }, { answers, graph }) => {
      const field = graph.form.find((one) => one.param === param);
      const value = field && Number(expanded(graph).nodes[field.node]?.params[param]);
      const band = { least: Number(answers[low]), most: Number(answers[high]) };
      const { limits } = field ?? {};
      const isLimited = limits !== undefined && isWithin(limits.least, band) && isWithin(limits.most, band);
      return {
        holds: value !== undefined && isWithin(value, band) && isLimited,
        seen: seenInForm(value, limits),
        expected: say('from {0} to {1}, and limited to it', band.least, band.most),
      };
    },
  ),
  /**
   * The graph is pinned to a later version of its table, whose note says why; `cap`: in a row that differs from the
   * version before, it lies between these two. `leastOf`: and of these caps, of a row of the tier it begins with, it is
   * expected to cost hardly more than the cheapest.
   */
  pinned: factOf(
    ['graph'],
    recordOf({}, { reason: always, cap: listReader(numberFrom(1, 24, true), 2, 2), leastOf: escalationReader }),
    (_, { cap, leastOf }, evidence) => {
      const { graph, tables } = evidence;
      const { routing } = graph;
      const versions = tables.filter(({ id }) => id === routing?.table);
      const table = routing && pinnedTable(routing, versions);
      const before = versions.find(({ version }) => version === (table?.version ?? 0) - 1);
      const isOld = ({ work, tier, cap: most }: (typeof versions)[number]['rows'][number]) =>
        before?.rows.some((row) => row.work === work && row.tier === tier && row.cap === most) ?? false;
      const isMeant = ({ tier }: { readonly tier: string }) => !leastOf || tier === leastOf.from.tier;
      const caps = (table?.rows ?? []).filter((row) => !isOld(row) && isMeant(row)).map((row) => row.cap);
      const isNew = table !== undefined && !isShipped(table) && table.note.trim() !== '';
      return {
        holds: isNew && (!cap || caps.some((one) => isWithinCaps(one, cap) && isCheap(evidence, one, cap, leastOf))),
        seen: isNew ? say('caps {0}', caps.join(', ') || '—') : say('no version of its own'),
        expected: !cap
          ? say('a version with its reason')
          : leastOf
            ? say('the cap from {0} to {1} that costs least by your rates', cap[0]!, cap[1]!)
            : say('a changed cap from {0} to {1}', cap[0]!, cap[1]!),
      };
    },
  ),
} satisfies Record<string, Fact>;

/** So much dearer than the cheapest is as good: a rate of six takes is no finer. */
const HARDLY_MORE = 1.05;
const isWithinCaps = (cap: number, [least, most]: readonly number[]): boolean => cap >= least! && cap <= most!;
function isCheap(
  evidence: Evidence,
  cap: number,
  [least, most]: readonly number[],
  leastOf: Escalation | undefined,
): boolean {
  if (!leastOf) return true;
  const all = Array.from({ length: most! - least! + 1 }, (_, at) => expectedCost(evidence, leastOf, least! + at));
  const own = expectedCost(evidence, leastOf, cap);
  return own !== undefined && own <= HARDLY_MORE * Math.min(...all.map((cost = Infinity) => cost));
}

function seenInForm(value: number | undefined, limits: FieldLimits | undefined): Sentence {
  if (value === undefined) return say('nothing in the form');
  return limits
    ? say('{0} in the form, limited from {1} to {2}', value, limits.least, limits.most)
    : say('{0} in the form, without limits', value);
}
const guidanceOf = (subject: SeenSubject): number => Number(traitOf(subject, 'guidance'));
