/** What a graph's results say, each offered as a check: whatever holds now, and first what did not hold before. */
import { say } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import type { StepEvidence } from './evidence-of-step.ts';
import type { DraftStep } from './lesson-draft.ts';
import { offersOfChange } from './offers-of-change.ts';
import { offersOfFilms } from './offers-of-films.ts';
import { offersOfResults } from './offers-of-results.ts';
import { offersOfTakes } from './offers-of-takes.ts';
import type { PossibleCheck } from './possible-check.ts';
import { tryCheck } from './try-check.ts';

export interface OfferedCheck extends PossibleCheck {
  /** It holds by what was done in this step. */
  readonly isNew: boolean;
}

export function offeredChecks(seen: StepEvidence, step: Pick<DraftStep, 'asks' | 'checks'>): readonly OfferedCheck[] {
  const offers = [...possibleChecks(seen.after, step)].flatMap((one): OfferedCheck[] => {
    const { state } = tryCheck(seen, one, step);
    return state === 'good' || state === 'too early' ? [{ ...one, isNew: state === 'good' }] : [];
  });
  return offers.toSorted((a, b) => Number(b.isNew) - Number(a.isNew));
}

function* possibleChecks(evidence: Evidence, { asks }: Pick<DraftStep, 'asks'>): Generator<PossibleCheck> {
  yield* offersOfChange(evidence);
  yield* offersOfResults(evidence);
  yield* offersOfTakes(evidence);
  yield* offersOfFilms(evidence);
  for (const ask of asks)
    if ('options' in ask) yield { see: 'answers', expect: { answered: { ask: ask.id } }, says: say('An answer') };
}
