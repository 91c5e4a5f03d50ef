/** Whether what was done passes a check, and else what comes nearest. Pure: evidence in, verdict out. */
import { grouped } from '../core/grouped.ts';
import { listed, say, type Sentence } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import type { FactVerdict } from './fact.ts';
import { FACTS } from './facts.ts';
import { seenFilms } from './facts-of-films.ts';
import type { Check, Expectation } from './lesson.ts';
import { subjectOfResult, subjectOfTake, traitOf, type SeenSubject, type Trait } from './seen-subjects.ts';

export type Checked =
  | { readonly passed: true }
  /** What comes nearest to passing: what was seen of it, and what was expected. */
  | { readonly passed: false; readonly seen: Sentence; readonly expected: Sentence };

/** Among more than these, the newest are looked at. */
const MOST_IN_CHOICE = 12;
const MOST_RUNS = 30;

/** It passes where anything that was seen fits all of what is expected: in which way it was made does not matter. */
export function checkStep(evidence: Evidence, check: Check): Checked {
  let nearest: { readonly held: number; readonly failing: readonly FactVerdict[] } | undefined;
  for (const subjects of candidatesOf(evidence, check)) {
    const judged = check.expect.map(({ fact, asked }) => FACTS[fact]!.judge(subjects, asked, evidence, check.see));
    const failing = judged.filter(({ holds }) => !holds);
    if (failing.length === 0) return { passed: true };
    const held = judged.length - failing.length;
    if (!nearest || held > nearest.held) nearest = { held, failing };
  }
  const failing = nearest?.failing ?? [
    {
      seen: check.see === 'change' && evidence.runs.length === 1 ? say('one run alone') : say('nothing yet'),
      expected: check.see === 'change' ? say('two runs') : say('a run'),
    },
  ];
  return {
    passed: false,
    seen: listed(
      failing.map(({ seen }) => seen),
      '; ',
    ),
    expected: listed(
      failing.map(({ expected }) => expected),
      '; ',
    ),
  };
}

/** What is looked at, one after the other; never more than a few hundred. */
function* candidatesOf(evidence: Evidence, { see, expect }: Check): Generator<readonly SeenSubject[]> {
  switch (see) {
    case 'takes':
      return yield* groupsOfTakes(evidence, expect);
    case 'results':
      return yield* groupsOfResults(evidence, expect);
    case 'change':
      return yield* changesIn(evidence);
    case 'film':
      for (const film of seenFilms(evidence)) yield [film];
      return;
    // These look at what there is once, not at pictures.
    case 'replay':
    case 'answers':
    case 'graph':
      return yield [];
    default:
      return see satisfies never;
  }
}

const askedOf = <T>(expect: readonly Expectation[], fact: string): T | undefined =>
  expect.find((one) => one.fact === fact)?.asked as T | undefined;
const countIn = (expect: readonly Expectation[]): number => askedOf<number>(expect, 'count') ?? 1;

/** Takes that are alike where they have to be and differ where they have to, and what comes nearest when there are none. */
function* groupsOfTakes({ takes }: Evidence, expect: readonly Expectation[]): Generator<readonly SeenSubject[]> {
  const [same, differ] = [
    askedOf<readonly Trait[]>(expect, 'same') ?? [],
    askedOf<readonly Trait[]>(expect, 'differ') ?? [],
  ];
  const kind = askedOf<'picture' | 'clip'>(expect, 'kind');
  const tier = askedOf<string>(expect, 'tier');
  const count = countIn(expect);
  const ofKind = takes
    .flatMap((take) => subjectOfTake(take) ?? [])
    .filter(({ value }) => !kind || (value.kind === 'image') === (kind === 'picture'))
    .filter((subject) => !tier || traitOf(subject, 'tier') === tier);
  // The accepted first, then the newest.
  const inOrder = ofKind.toReversed().toSorted((a, b) => Number(isAccepted(b)) - Number(isAccepted(a)));
  const alike = grouped(inOrder, (subject) => JSON.stringify(same.map((trait) => traitOf(subject, trait))));
  for (const group of alike.values()) yield* choicesOf(differing(group, differ), count);
  yield ofKind.slice(-count);
}
const isAccepted = ({ takes }: SeenSubject): boolean => takes[0]?.verdict.state === 'accepted';

/** The first of each that are equal in any of these. */
function differing(group: readonly SeenSubject[], differ: readonly Trait[]): readonly SeenSubject[] {
  const chosen: SeenSubject[] = [];
  const isApart = (a: SeenSubject, b: SeenSubject) => differ.every((trait) => traitOf(a, trait) !== traitOf(b, trait));
  for (const subject of group) if (chosen.every((one) => isApart(one, subject))) chosen.push(subject);
  return chosen;
}

function* groupsOfResults(evidence: Evidence, expect: readonly Expectation[]): Generator<readonly SeenSubject[]> {
  const kind = askedOf<'picture' | 'clip'>(expect, 'kind');
  for (const run of evidence.runs.slice(-MOST_RUNS).toReversed()) {
    const subjects = run.results
      .map((result) => subjectOfResult(result, evidence))
      .filter(({ value }) => !kind || (value.kind === 'image') === (kind === 'picture'));
    yield* choicesOf(subjects, countIn(expect));
    if (subjects.length > 0) yield subjects;
  }
}

/** Each result with each one of a later run. */
function* changesIn(evidence: Evidence): Generator<readonly SeenSubject[]> {
  const runs = evidence.runs
    .slice(-MOST_RUNS)
    .map(({ results }) => results.map((result) => subjectOfResult(result, evidence)));
  for (const [at, later] of [...runs.entries()].toReversed())
    for (const earlier of runs.slice(0, at).toReversed())
      for (const after of later) for (const before of earlier) yield [before, after];
}

/** Every choice of so many; of many, or so many that there would be too many choices, all together. */
function* choicesOf<T>(things: readonly T[], count: number): Generator<readonly T[]> {
  if (things.length < count) return;
  if (count > 5) return yield things;
  const among = things.slice(0, MOST_IN_CHOICE);
  function* choose(from: number, left: number): Generator<readonly T[]> {
    if (left === 0) return yield [];
    for (let at = from; at <= among.length - left; at++)
      for (const rest of choose(at + 1, left - 1)) yield [among[at]!, ...rest];
  }
  yield* choose(0, count);
}
