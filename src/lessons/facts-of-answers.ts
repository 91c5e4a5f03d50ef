/** What can be expected of answers, of replays, and of the graph and its table as they stand. */
import { say } from '../core/say.ts';
import { expanded } from '../graph/flat-graph.ts';
import { factOf, type Fact } from './fact.ts';
import { LOOK_MEASURES, measureOf } from './picture-look.ts';
import { always, listReader, nameReader, numberFrom, oneOf, recordOf } from './reads.ts';
import { TAKE_TRAITS, traitOf, type SeenSubject } from './seen-subjects.ts';
import { figures } from './facts-of-looks.ts';

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
  /** The option that is right, whatever was made. */
  chosen: factOf(
    ['answers', 'takes', 'change'],
    recordOf({ ask: nameReader, option: nameReader }, {}),
    (_, { ask, option }, { answers }) => ({
      holds: answers[ask] === option,
      seen: answers[ask] === undefined ? say('no answer yet') : say('another answer'),
      expected: say('the one the figures support'),
    }),
  ),
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
   * Two numbers that were typed in are a band of guidance: takes inside it stay below these bounds, at least two are
   * inside, and it ends where the next take would not stay below them.
   */
  band: factOf(
    ['takes'],
    recordOf({ low: nameReader, high: nameReader, of: oneOf(LOOK_MEASURES), most: amount }, {}),
    (subjects, { low, high, of, most }, { answers, looks }) => {
      const [from, to] = [Number(answers[low]), Number(answers[high])];
      const strip = subjects.flatMap((subject): { readonly at: number; readonly value: number }[] => {
        const look = looks.get(subject.value.hash);
        const value = look && measureOf(look, of);
        return value === undefined ? [] : [{ at: guidanceOf(subject), value }];
      });
      const inside = strip.filter(({ at }) => at >= from && at <= to);
      const harsh = inside.filter(({ value }) => value > most);
      return {
        holds: inside.length >= 2 && harsh.length === 0,
        seen: Number.isFinite(from + to)
          ? say(
              '{0} {0|value|values} from {1} to {2}, {3} {4}',
              inside.length,
              from,
              to,
              say(of),
              figures(inside.map(({ value }) => value)),
            )
          : say('no answer yet'),
        expected: say('at least two values, each at most {0}', most),
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
  /** The form of the graph asks for a param of this name, which stands between two numbers that were typed in. */
  offers: factOf(
    ['graph'],
    recordOf({ param: nameReader, low: nameReader, high: nameReader }, {}),
    (_, { param, low, high }, { answers, graph }) => {
      const field = graph.form.find((one) => one.param === param);
      const value = field && Number(expanded(graph).nodes[field.node]?.params[param]);
      return {
        holds: value !== undefined && value >= Number(answers[low]) && value <= Number(answers[high]),
        seen: value === undefined ? say('nothing in the form') : say('{0} in the form', value),
        expected: say('from {0} to {1}', Number(answers[low]), Number(answers[high])),
      };
    },
  ),
  /** The graph is pinned to a later version of its table, whose note says why. */
  pinned: factOf(
    ['graph'],
    recordOf({}, { reason: always, cap: listReader(numberFrom(1, 24, true), 2, 2) }),
    (_, { cap }, { graph, tables }) => {
      const { routing } = graph;
      const table = routing && tables.find(({ id, version }) => id === routing.table && version === routing.version);
      const caps = table?.rows.map((row) => row.cap) ?? [];
      const isNew = table !== undefined && table.version > 1 && table.note.trim() !== '';
      return {
        holds: isNew && (!cap || caps.some((one) => one >= cap[0]! && one <= cap[1]!)),
        seen: isNew ? say('caps {0}', [...new Set(caps)].join(', ')) : say('no version of its own'),
        expected: cap ? say('a cap from {0} to {1}', cap[0]!, cap[1]!) : say('a version with its reason'),
      };
    },
  ),
} satisfies Record<string, Fact>;

const guidanceOf = (subject: SeenSubject): number => Number(traitOf(subject, 'guidance'));
