/** What a check expects, read with all that can be known before anybody did anything: whether it can be passed at all. */
import { NodeError } from '../core/errors.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say } from '../core/say.ts';
import { FACTS } from './facts.ts';
import type { Ask, ChoiceChange, Expectation, Sight } from './lesson.ts';
import { wrongAt } from './reads.ts';
import { TAKE_TRAITS, type Trait } from './seen-subjects.ts';

/** As a lesson may write it, for all traits that are not said to differ. */
export const EVERYTHING_ELSE = 'everything else';
/** What there are only so many of. */
const MOST_VALUES: Partial<Record<Trait, number>> = { tier: 4, mode: 2, 'kind of work': 5 };

/** Throws a `NodeError` with a sentence. `asks`: those of the step. */
export function expectationsIn(
  value: unknown,
  see: Sight,
  place: string,
  asks: readonly Ask[],
): readonly Expectation[] {
  if (!isRecord(value) || Object.keys(value).length === 0)
    throw wrongAt(place, say('A check expects something: at least one fact.'));
  const expect = Object.entries(value).map(([fact, given]) => {
    const known = own(FACTS, fact);
    if (!known) throw new NodeError('bad-input', say('{0}: there is no check “{1}”.', place, fact.slice(0, 80)));
    if (!known.sees.includes(see))
      throw new NodeError('bad-input', say('{0}: “{1}” cannot be seen in {2}.', place, fact, see));
    return { fact, asked: known.read(writtenOut(fact, given, value, place, asks), `${place}.${fact}`) };
  });
  refuseContradictions(expect, place);
  refuseStrangeAnswers(expect, place, asks);
  return expect;
}

/** What a lesson says in short, at length. */
function writtenOut(fact: string, given: unknown, value: Loose, place: string, asks: readonly Ask[]): unknown {
  if (fact === 'same') return withoutEverythingElse(given, [value['differ'], value['oneChange']].flat());
  if (fact === 'tried' && Array.isArray(given)) return given.flatMap((name) => changesOf(String(name), place, asks));
  return given;
}

function changesOf(name: string, place: string, asks: readonly Ask[]): readonly ChoiceChange[] {
  const ask = asks.find(({ id }) => id === name);
  const changes = ask && 'options' in ask ? ask.options.flatMap(({ change }) => (change ? [change] : [])) : [];
  if (changes.length === 0)
    throw new NodeError('bad-input', say('{0}: no answer to “{1}” can be run.', place, name.slice(0, 80)));
  return changes;
}

function withoutEverythingElse(same: unknown, named: readonly unknown[]): unknown {
  if (!Array.isArray(same) || !same.includes(EVERYTHING_ELSE)) return same;
  const others = TAKE_TRAITS.filter((trait) => !named.includes(trait));
  return [...new Set([...same.filter((trait) => trait !== EVERYTHING_ELSE), ...others])];
}

/** Together they could never hold. */
function refuseContradictions(expect: readonly Expectation[], place: string): void {
  const asked = <T>(fact: string) => expect.find((one) => one.fact === fact)?.asked as T | undefined;
  const [same, differ] = [asked<readonly Trait[]>('same') ?? [], asked<readonly Trait[]>('differ') ?? []];
  const both = differ.find((trait) => same.includes(trait));
  if (both !== undefined)
    throw new NodeError('bad-input', say('{0}: nothing can be the same and differ at once: {1}.', place, both));
  const count = asked<number>('count') ?? 1;
  const most = asked<number>('made');
  if (most !== undefined && most < count)
    throw new NodeError('bad-input', say('{0}: {1} of them out of at most {2} can never be.', place, count, most));
  if ((asked<number>('accepted') ?? 0) > Math.max(count, 2))
    throw new NodeError('bad-input', say('{0}: more are to be accepted than are looked at.', place));
  const few = differ.find((trait) => count > (MOST_VALUES[trait] ?? Infinity));
  if (few !== undefined)
    throw new NodeError('bad-input', say('{0}: there are not {1} different ones of this: {2}.', place, count, few));
  const isPair = expect.some(({ fact }) => fact === 'between' || fact === 'closerThan' || fact === 'differ');
  if (isPair && count < 2 && expect.some(({ fact }) => fact === 'count'))
    throw new NodeError('bad-input', say('{0}: one alone differs from nothing. Say how many with “count”.', place));
}

/** Facts whose `ask` is a number that is typed in. */
const ASK_NUMBERS: readonly string[] = ['about', 'perAccepted', 'components'];
/** Answers are to questions of the same step, and options are theirs. */
function refuseStrangeAnswers(expect: readonly Expectation[], place: string, asks: readonly Ask[]): void {
  for (const { fact, asked } of expect.flatMap(each)) {
    for (const member of ['ask', 'low', 'high'] as const) {
      const name = asked[member];
      if (typeof name !== 'string') continue;
      const ask = asks.find(({ id }) => id === name);
      if (!ask) throw new NodeError('bad-input', say('{0}: nothing called “{1}” is asked in this step.', place, name));
      const isNumber = 'number' in ask;
      if (isNumber !== (ASK_NUMBERS.includes(fact) || member !== 'ask'))
        throw new NodeError('bad-input', say('{0}: “{1}” is answered in another way.', place, name));
      if (fact === 'chosen' && !isNumber && !ask.options.some(({ id }) => id === asked['option']))
        throw new NodeError(
          'bad-input',
          say('{0}: “{1}” is none of the answers to “{2}”.', place, String(asked['option']), name),
        );
      if (
        fact === 'about' &&
        isNumber &&
        !(Number(asked['number']) >= ask.number.least && Number(asked['number']) <= ask.number.most)
      )
        throw new NodeError('bad-input', say('{0}: the right number cannot be given as an answer.', place));
    }
  }
}

/** What a fact asks for, one by one where it is a list. */
function each({ fact, asked }: Expectation): readonly { readonly fact: string; readonly asked: Loose }[] {
  const lists = isRecord(asked) ? [asked['tiers'], asked['parts']] : [];
  const inside = lists.flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []));
  return [asked, ...inside].flat().flatMap((one) => (isRecord(one) ? [{ fact, asked: one }] : []));
}
