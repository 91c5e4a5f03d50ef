/** What the results of the graph say, each to be made a check of the step. */
import { ListPlus, Plus } from 'lucide-react';
import { useMemo } from 'react';
import { inWords, type Sentence } from '../../core/say.ts';
import { grouped } from '../../core/grouped.ts';
import { evidenceOfStep } from '../../lessons/evidence-of-step.ts';
import {
  withCheckAdded,
  withCheckChanged,
  type DraftCheck,
  type DraftStep,
  type DraftText,
  type LessonDraft,
} from '../../lessons/lesson-draft.ts';
import { offeredChecks, type OfferedCheck } from '../../lessons/offered-checks.ts';
import { named } from '../widgets/tip.ts';
import { locale, t, tell } from '../../words/t.ts';
import { SIGHT_WORDS } from './fact-words.ts';
import type { SeenWork } from './use-draft.ts';

interface Props {
  readonly draft: LessonDraft;
  readonly step: DraftStep;
  readonly work: SeenWork | undefined;
  readonly language: string;
  readonly onChange: (draft: LessonDraft) => void;
}
export function WritingOffers({ draft, step, work, onChange }: Props) {
  const at = draft.steps.indexOf(step);
  // What is typed changes nothing of what the results say.
  const moments = JSON.stringify(draft.steps.map(({ recordedAt, start }) => [recordedAt, start !== undefined]));
  const offers = useMemo(
    () => (work ? offeredChecks(evidenceOfStep(work.evidence, draft, at, work.start), step) : undefined),
    // oxlint-disable-next-line react/exhaustive-deps -- `moments` is all of the draft that the results hang on.
    [work, moments, at, step.asks],
  );
  const fresh = offers?.filter(({ isNew }) => isNew) ?? [];
  const others = offers?.filter(({ isNew }) => !isNew) ?? [];
  const shown = (some: readonly OfferedCheck[]) => <Offers {...{ draft, step, onChange }} offers={some} />;
  return (
    <aside className="writing__offers" aria-label={t('What your results say')} aria-busy={!offers}>
      <h2 className="writing__heading">{t('What your results say')}</h2>
      {!offers && <p className="muted">{t('What your results say is being read …')}</p>}
      {offers?.length === 0 && <p className="muted">{t('Nothing yet: run the graph, and it is read here.')}</p>}
      {offers && offers.length > 0 && fresh.length === 0 && (
        <p className="muted">{t('Nothing new since the step before. Do in the graph what a learner shall do.')}</p>
      )}
      {shown(fresh)}
      {others.length > 0 && (
        <details>
          <summary>{t('{0} {0|thing|things} that held before', others.length)}</summary>
          {shown(others)}
        </details>
      )}
    </aside>
  );
}

function Offers({
  draft,
  step,
  offers,
  onChange,
}: Pick<Props, 'draft' | 'step' | 'onChange'> & { readonly offers: readonly OfferedCheck[] }) {
  return [...grouped(offers, ({ see }) => see)].map(([see, some]) => {
    const last = step.checks.findLast((check) => check.see === see);
    return (
      <section key={see}>
        <h3>{t(SIGHT_WORDS[see])}</h3>
        <ul>
          {some.map((offer) => (
            <li key={inWords(offer.says)}>
              <span className="sentence">{tell(offer.says)}</span>
              {last && isAddable(last, offer) && (
                <button
                  className="button button--quiet button--icon"
                  type="button"
                  {...named(t('Expect it too in check {0}: {1}', step.checks.indexOf(last) + 1, offer.says))}
                  onClick={() =>
                    onChange(withCheckChanged(draft, step, last.id, { expect: { ...last.expect, ...offer.expect } }))
                  }
                >
                  <ListPlus size={14} aria-hidden />
                </button>
              )}
              <button
                className="button button--icon"
                type="button"
                {...named(t('Make it a check: {0}', offer.says))}
                onClick={() => onChange(withCheckAdded(draft, step, offer, titleFrom(offer.says, draft)))}
              >
                <Plus size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

/** What both say is said alike, and something is added. */
function isAddable({ expect }: DraftCheck, offer: OfferedCheck): boolean {
  const facts = Object.keys(offer.expect);
  const isAlike = (fact: string) => JSON.stringify(expect[fact]) === JSON.stringify(offer.expect[fact]);
  const isNew = (fact: string) => expect[fact] === undefined;
  return facts.some(isNew) && facts.every((fact) => isNew(fact) || isAlike(fact));
}

/** In the languages of the lesson that are known here. */
function titleFrom(says: Sentence, { languages }: LessonDraft): DraftText {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  const own = locale().slice(0, 2);
  return Object.fromEntries(
    languages.flatMap((language) => {
      if (language === own) return [[language, capital(tell(says))]];
      return language === 'en' ? [[language, capital(inWords(says))]] : [];
    }),
  );
}
