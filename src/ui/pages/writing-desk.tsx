/** A teacher writes a lesson from the open graph: steps, what is checked in each, and whether it can be passed. */
import { BookOpenCheck, Download, FlaskConical } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import type { Failure } from '../../core/errors.ts';
import { lacksOf } from '../../lessons/draft-lacks.ts';
import { evidenceOfStep } from '../../lessons/evidence-of-step.ts';
import type { LessonDraft } from '../../lessons/lesson-draft.ts';
import { nameInWords } from '../graph-title.ts';
import { tryCheck, type TriedCheck } from '../../lessons/try-check.ts';
import { useApp, useFact } from '../app-context.ts';
import { keyOf } from '../keys.ts';
import { goTo, linkTo } from '../navigation.ts';
import { RunFromPage, RunStatus } from '../panels/run-bar.tsx';
import { UndoButtons } from '../widgets/undo-buttons.tsx';
import { LANGUAGES, nameOfLanguage } from '../../words/languages.ts';
import { locale, t, tell } from '../../words/t.ts';
import { DraftLanguages } from './draft-fields.tsx';
import { useDraft, type DraftOnPage, type SeenWork } from './use-draft.ts';
import { WritingFace } from './writing-face.tsx';
import { WritingOffers } from './writing-offers.tsx';
import { WritingStep } from './writing-step.tsx';
import { FACE, WritingSteps } from './writing-steps.tsx';
import './writing-desk.css';

const LANGUAGE_NAMES = LANGUAGES.map((tag) => [tag, nameOfLanguage(tag)] as const);

export default function WritingDesk() {
  const { document } = useApp();
  const id = useFact(document, (state) => state.id)!;
  const draft = useDraft(id);
  const { history, isRead } = draft;
  return (
    <main className="page writing" aria-busy={!isRead} onKeyDown={(event) => undoByKeys(event, draft)}>
      {isRead && !history && <NothingYet draft={draft} />}
      {history && <Writer key={history.draft.id} page={draft} draft={history.draft} />}
    </main>
  );
}

/** In a field too: what the browser would take back there is not all that was done. */
function undoByKeys(event: KeyboardEvent, { undo, redo }: DraftOnPage): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = keyOf(event).toLowerCase();
  if (key !== 'z' && key !== 'y') return;
  event.preventDefault();
  event.stopPropagation();
  if (key === 'y' || event.shiftKey) redo();
  else undo();
}

function NothingYet({ draft }: { readonly draft: DraftOnPage }) {
  const { document } = useApp();
  const title = useFact(document, (state) => nameInWords(state.graph));
  return (
    <div className="empty empty--page writing__begin">
      <h1>{t('Write a lesson from “{0}”', title)}</h1>
      <p>
        {t(
          'The graph as it is now is what a learner begins with. Then do in it what a learner shall do, and record a step whenever something is reached: what your results say becomes its checks.',
        )}
      </p>
      <button className="button button--primary" type="button" onClick={() => void draft.begin()}>
        <BookOpenCheck size={14} aria-hidden /> {t('Begin the lesson')}
      </button>
      <p>
        <a className="link" href={linkTo({ screen: 'lessons' })}>
          {t('To the lessons')}
        </a>
      </p>
    </div>
  );
}

/** How each check did when it was tried, by step and check. It counts while what it expects is the same. */
type Trial = ReadonlyMap<string, { readonly expect: unknown; readonly found: TriedCheck }>;
export const trialKey = (step: string, check: string): string => `${step} ${check}`;

function Writer({ page, draft }: { readonly page: DraftOnPage; readonly draft: LessonDraft }) {
  const { commands } = useApp();
  const { writer, work, change } = page;
  const [chosen, choose] = useState<string>(draft.steps.at(-1)?.id ?? FACE);
  const [language, setLanguage] = useState(() => ownLanguage(draft));
  const [trial, setTrial] = useState<Trial>(new Map());
  const [refused, setRefused] = useState<{ readonly draft: LessonDraft; readonly failure: Failure }>();
  const step = draft.steps.find(({ id }) => id === chosen);
  const written = draft.languages.includes(language) ? language : ownLanguage(draft);
  const lacks = useMemo(() => lacksOf(draft), [draft]);

  const publish = async (): Promise<LessonDraft | undefined> => {
    const published = await writer?.publish(draft);
    if (!published) return undefined;
    setRefused(published.ok ? undefined : { draft, failure: published.error });
    if (!published.ok) return undefined;
    page.replace(published.value);
    return published.value;
  };
  const save = async () => {
    const published = await publish();
    if (published) writer?.save(published);
  };
  const learn = async () => {
    const published = await publish();
    const graph = published && (await commands.openLesson(published.id, true));
    if (graph) goTo({ screen: 'graph', id: graph });
  };
  return (
    <>
      <header className="page__head">
        <div>
          <h1>{t('Write a lesson')}</h1>
          <p className="page__lead">
            {t('Work in the graph, come back, record the step. Everything is kept as you type.')}{' '}
            <a className="link" href={linkTo({ screen: 'lessons' })}>
              {t('To the lessons')}
            </a>
          </p>
        </div>
        <div className="page__tools">
          <UndoDraft page={page} />
          <DraftLanguages
            languages={draft.languages}
            offered={LANGUAGE_NAMES}
            language={written}
            onChoose={setLanguage}
            onAdd={(added) => {
              change({ ...draft, languages: [...draft.languages, added] });
              setLanguage(added);
            }}
          />
          <button
            className="button"
            type="button"
            disabled={!work}
            onClick={() => work && setTrial(tried(draft, work))}
          >
            <FlaskConical size={14} aria-hidden /> {t('Try the checks')}
          </button>
          <button className="button" type="button" onClick={() => void learn()}>
            <BookOpenCheck size={14} aria-hidden /> {t('Do it as a learner')}
          </button>
          <button className="button button--primary" type="button" onClick={() => void save()}>
            <Download size={14} aria-hidden /> {t('Save as a file')}
          </button>
        </div>
      </header>
      <div className="writing__work">
        <RunStatus />
        <RunFromPage isMain={false} />
        <a className="button" href={linkTo({ screen: 'graph', id: draft.graph })}>
          {t('Open the graph')}
        </a>
        <TrialInWords draft={draft} trial={trial} />
      </div>
      {refused?.draft === draft && (
        <div className="writing__refused" role="alert">
          <p>{t('The lesson is not whole yet: {0}', tell(refused.failure.message))}</p>
        </div>
      )}
      <div className="writing__columns">
        <WritingSteps
          draft={draft}
          chosen={chosen}
          language={written}
          lacks={lacks}
          onChoose={choose}
          onChange={change}
        />
        {step ? (
          <WritingStep
            key={step.id}
            draft={draft}
            step={step}
            language={written}
            trial={(check) => {
              const one = trial.get(trialKey(step.id, check.id));
              return one?.expect === check.expect ? one.found : undefined;
            }}
            lacks={lacks.filter((lack) => lack.step === step.id)}
            graphNow={() => writer?.graphNow()}
            onChange={change}
          />
        ) : (
          <WritingFace
            draft={draft}
            language={written}
            lacks={lacks.filter((lack) => lack.step === undefined)}
            onChange={change}
            onDiscard={() => void page.discard()}
          />
        )}
        {step && <WritingOffers draft={draft} step={step} work={work} language={written} onChange={change} />}
      </div>
    </>
  );
}
const ownLanguage = ({ languages }: LessonDraft): string => {
  const own = locale().slice(0, 2);
  return languages.includes(own) ? own : (languages[0] ?? own);
};

function tried(draft: LessonDraft, { evidence, start }: SeenWork): Trial {
  const found = new Map<string, { expect: unknown; found: TriedCheck }>();
  for (const [at, step] of draft.steps.entries()) {
    const seen = evidenceOfStep(evidence, draft, at, start);
    for (const check of step.checks)
      found.set(trialKey(step.id, check.id), { expect: check.expect, found: tryCheck(seen, check, step) });
  }
  return found;
}

function TrialInWords({ draft, trial }: { readonly draft: LessonDraft; readonly trial: Trial }) {
  const states = draft.steps.flatMap((step) =>
    step.checks.flatMap((check) => trial.get(trialKey(step.id, check.id))?.found.state ?? []),
  );
  const count = (state: TriedCheck['state']) => states.filter((one) => one === state).length;
  const [good, early, open, never] = [count('good'), count('too early'), count('not passed'), count('impossible')];
  return (
    <p className="writing__tried" role="status" aria-label={t('Trial')}>
      {states.length > 0 && (
        <>
          <span>{t('{0} of {1} {1|check|checks} can be passed as you did it.', good, states.length)}</span>
          {early > 0 && <span className="badge badge--warn">{t('{0} passed before anything is done', early)}</span>}
          {open > 0 && <span className="badge badge--warn">{t('{0} not passed by your work', open)}</span>}
          {never > 0 && <span className="badge badge--bad">{t('{0} can never be passed', never)}</span>}
        </>
      )}
    </p>
  );
}

function UndoDraft({ page: { history, undo, redo } }: { readonly page: DraftOnPage }) {
  return (
    <UndoButtons
      undo={{ says: t('Undo in this lesson'), isThere: Boolean(history?.past.length), go: undo }}
      redo={{ says: t('Redo in this lesson'), isThere: Boolean(history?.future.length), go: redo }}
    />
  );
}
