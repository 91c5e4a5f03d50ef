/** What is said of a lesson as a whole, before anybody begins it. */
import { Trash2 } from 'lucide-react';
import type { DraftLack } from '../../lessons/draft-lacks.ts';
import type { LessonDraft } from '../../lessons/lesson-draft.ts';
import { NumberField } from '../widgets/number-field.tsx';
import { t } from '../../words/t.ts';
import { DraftField } from './draft-fields.tsx';
import { DraftLacks } from './draft-lacks-list.tsx';

interface Props {
  readonly draft: LessonDraft;
  readonly language: string;
  readonly lacks: readonly DraftLack[];
  readonly onChange: (draft: LessonDraft, place?: string) => void;
  readonly onDiscard: () => void;
}
export function WritingFace({ draft, language, lacks, onChange, onDiscard }: Props) {
  const place = (field: string) => `${field} ${language}`;
  return (
    <section className="panel writing__main" aria-label={t('About the lesson')}>
      <DraftLacks lacks={lacks} />
      <DraftField
        label={t('Title of the lesson')}
        text={draft.title}
        language={language}
        longest={160}
        onChange={(title) => onChange({ ...draft, title }, place('title'))}
      />
      <DraftField
        label={t('What it is about')}
        help={t('One or two sentences for the list of lessons.')}
        text={draft.summary}
        language={language}
        lines={2}
        onChange={(summary) => onChange({ ...draft, summary }, place('summary'))}
      />
      <DraftField
        label={t('What a learner can explain afterwards')}
        help={t('In plain words: what is understood, not what was clicked.')}
        text={draft.explains}
        language={language}
        lines={2}
        onChange={(explains) => onChange({ ...draft, explains }, place('explains'))}
      />
      <div className="writing__line">
        <label>
          {t('Minutes')}{' '}
          <NumberField
            label={t('Minutes')}
            min={1}
            max={240}
            whole
            value={draft.minutes}
            onRead={(minutes) => minutes !== undefined && onChange({ ...draft, minutes }, 'minutes')}
          />
        </label>
        <label>
          {t('Author')}{' '}
          <input
            className="field"
            maxLength={160}
            value={draft.author}
            onChange={({ target }) => onChange({ ...draft, author: target.value }, 'author')}
          />
        </label>
        <label>
          {t('Licence')}{' '}
          <input
            className="field"
            maxLength={160}
            value={draft.licence}
            onChange={({ target }) => onChange({ ...draft, licence: target.value }, 'licence')}
          />
        </label>
      </div>
      <p className="muted">
        {t('Version {0}. A lesson that was shared is saved as its next version when it was changed.', draft.version)}
      </p>
      <div className="tools">
        <button className="button" type="button" onClick={onDiscard}>
          <Trash2 size={14} aria-hidden /> {t('Discard this draft')}
        </button>
      </div>
    </section>
  );
}
