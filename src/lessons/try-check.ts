/** Tries a check of a draft on the teacher's own work: whether it can be passed, and only by doing something. */
import { NodeError } from '../core/errors.ts';
import { listIn } from '../core/loose.ts';
import { said, type Sentence } from '../core/say.ts';
import { checkStep } from './check-step.ts';
import type { StepEvidence } from './evidence-of-step.ts';
import type { Answers, Expectation } from './lesson.ts';
import type { DraftCheck, DraftStep } from './lesson-draft.ts';
import { expectationsIn } from './read-expectations.ts';

export type TriedCheck =
  /** The teacher's work passes it, and what was there before does not. */
  | { readonly state: 'good' }
  /** It passes before anything is done. */
  | { readonly state: 'too early' }
  /** What was done does not pass it. */
  | { readonly state: 'not passed'; readonly seen: Sentence; readonly expected: Sentence }
  /** Nothing could ever pass it. */
  | { readonly state: 'impossible'; readonly why: Sentence };

export function tryCheck(
  { before, after }: StepEvidence,
  { see, expect }: Pick<DraftCheck, 'see' | 'expect'>,
  step: Pick<DraftStep, 'asks' | 'checks'>,
): TriedCheck {
  let expected: readonly Expectation[];
  try {
    expected = expectationsIn(expect, see, 'expect', step.asks);
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    return { state: 'impossible', why: said(error.said) };
  }
  const check = { id: '', title: '', see, expect: expected, otherwise: '', hint: '' };
  const found = checkStep({ ...after, answers: rightAnswers(step) }, check);
  if (!found.passed) return { state: 'not passed', seen: found.seen, expected: found.expected };
  return { state: checkStep(before, check).passed ? 'too early' : 'good' };
}

/** A teacher answers no questions: those whose right answer is checked count as answered so. */
function rightAnswers({ asks, checks }: Pick<DraftStep, 'asks' | 'checks'>): Answers {
  const chosen = checks.flatMap(({ expect }) => listIn(expect['chosen']));
  const first = asks.flatMap((ask) => ('options' in ask ? [[ask.id, ask.options[0]!.id] as const] : []));
  return Object.fromEntries([...first, ...chosen.map(({ ask, option }) => [String(ask), String(option)] as const)]);
}
