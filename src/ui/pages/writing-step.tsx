/** One step of a draft: what a learner reads, and what is checked. */
import { Trash2 } from 'lucide-react';
import type { Loose } from '../../core/loose.ts';
import type { DraftLack } from '../../lessons/draft-lacks.ts';
import {
  withCheckChanged,
  withoutPart,
  withoutStep,
  withStepChanged,
  type DraftCheck,
  type DraftStep,
  type LessonDraft,
} from '../../lessons/lesson-draft.ts';
import type { TriedCheck } from '../../lessons/try-check.ts';
import { t } from '../../words/t.ts';
import { DraftField } from './draft-fields.tsx';
import { DraftLacks } from './draft-lacks-list.tsx';
import { WritingCheck } from './writing-check.tsx';
import { WritingPicture } from './writing-picture.tsx';
import { WritingQuestions } from './writing-questions.tsx';

interface Props {
  readonly draft: LessonDraft;
  readonly step: DraftStep;
  readonly language: string;
  readonly trial: (check: DraftCheck) => TriedCheck | undefined;
  readonly lacks: readonly DraftLack[];
  readonly graphNow: () => Promise<Loose> | undefined;
  readonly onChange: (draft: LessonDraft, place?: string) => void;
}
export function WritingStep({ draft, step, language, trial, lacks, graphNow, onChange }: Props) {
  const set = (change: Partial<DraftStep>, field?: string) =>
    onChange(withStepChanged(draft, step.id, change), field && `${step.id} ${field} ${language}`);
  const number = draft.steps.indexOf(step) + 1;
  const beginAnew = async (isOwn: boolean) => {
    if (!isOwn) return onChange(withoutPart(draft, step.id, 'start'));
    const graph = await graphNow();
    if (graph) set({ start: { graph } });
  };
  return (
    <section className="panel writing__main" aria-label={t('Step {0}', number)}>
      <DraftLacks lacks={lacks} />
      <DraftField
        label={t('Title of the step')}
        text={step.title}
        language={language}
        longest={160}
        onChange={(title) => set({ title }, 'title')}
      />
      <DraftField
        label={t('What is to be done')}
        help={t('Two or three sentences, with **what matters** marked.')}
        text={step.text}
        language={language}
        lines={4}
        onChange={(text) => set({ text }, 'text')}
      />
      <WritingPicture
        step={step}
        language={language}
        onChange={set}
        onRemove={() => onChange(withoutPart(draft, step.id, 'picture'))}
      />
      <WritingQuestions draft={draft} step={step} language={language} onChange={onChange} />
      <h2 className="writing__heading">{t('Checks')}</h2>
      {step.checks.length === 0 && (
        <p className="muted">{t('Choose from what your results say, beside this. Nothing is checked yet.')}</p>
      )}
      <ol className="writing__checks">
        {step.checks.map((check, at) => (
          <WritingCheck
            key={check.id}
            check={check}
            number={at + 1}
            language={language}
            isTask={step.isTask}
            tried={trial(check)}
            onChange={(change, field) =>
              onChange(
                withCheckChanged(draft, step, check.id, change),
                field && `${step.id} ${check.id} ${field} ${language}`,
              )
            }
            onRemove={() => set({ checks: step.checks.filter((one) => one !== check) })}
          />
        ))}
      </ol>
      {!step.isTask && (
        <DraftField
          label={t('Show me')}
          help={t('One way to do it.')}
          text={step.show}
          language={language}
          lines={2}
          onChange={(show) => set({ show }, 'show')}
        />
      )}
      <DraftField
        label={t('What to notice afterwards')}
        text={step.notice}
        language={language}
        lines={2}
        onChange={(notice) => set({ notice }, 'notice')}
      />
      <div className="writing__line">
        <label className="writing__switch">
          <input type="checkbox" checked={step.isTask} onChange={({ target }) => set({ isTask: target.checked })} />{' '}
          {t('Last task: without hints and without a way shown')}
        </label>
        <label className="writing__switch">
          <input
            type="checkbox"
            checked={step.start !== undefined}
            onChange={({ target }) => void beginAnew(target.checked)}
          />{' '}
          {t('Begins with the graph as it is now')}
        </label>
        <span className="topbar__space" />
        <button className="button" type="button" onClick={() => onChange(withoutStep(draft, step.id))}>
          <Trash2 size={14} aria-hidden /> {t('Remove the step')}
        </button>
      </div>
    </section>
  );
}
