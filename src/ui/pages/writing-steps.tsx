/** The steps of a draft in their order: chosen, moved, recorded. */
import { keyOf } from '../keys.ts';
import { ArrowDown, ArrowUp, CircleDot, Info, TriangleAlert } from 'lucide-react';
import type { DraftLack } from '../../lessons/draft-lacks.ts';
import { withStepMoved, withStepRecorded, type LessonDraft } from '../../lessons/lesson-draft.ts';
import { toldIn } from '../../lessons/lesson.ts';
import { tip } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';

/** What is said of the whole lesson, in place of a step. */
export const FACE = 'face';

interface Props {
  readonly draft: LessonDraft;
  readonly chosen: string;
  readonly language: string;
  readonly lacks: readonly DraftLack[];
  readonly onChoose: (id: string) => void;
  readonly onChange: (draft: LessonDraft) => void;
}
export function WritingSteps({ draft, chosen, language, lacks, onChoose, onChange }: Props) {
  const record = () => {
    const next = withStepRecorded(draft, Date.now());
    onChange(next);
    onChoose(next.steps.at(-1)!.id);
  };
  const lacksIn = (step: string | undefined) => lacks.filter((lack) => lack.step === step).length;
  return (
    <nav className="writing__steps" aria-label={t('Steps of the lesson')}>
      <button
        className="writing__choice"
        type="button"
        aria-current={chosen === FACE ? 'true' : undefined}
        onClick={() => onChoose(FACE)}
      >
        <Info size={14} aria-hidden /> <span>{t('About the lesson')}</span>
        <Lacking count={lacksIn(undefined)} />
      </button>
      <ol>
        {draft.steps.map((step, at) => (
          <li
            key={step.id}
            onKeyDown={(event) => {
              const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[keyOf(event)] : undefined;
              if (!by) return;
              event.preventDefault();
              onChange(withStepMoved(draft, step.id, by));
            }}
          >
            <button
              className="writing__choice"
              type="button"
              aria-current={chosen === step.id ? 'step' : undefined}
              onClick={() => onChoose(step.id)}
            >
              <span className="writing__number tabular">{at + 1}</span>
              <span>{toldIn(step.title, language) || t('Step without a title')}</span>
              {step.isTask && <span className="badge">{t('task')}</span>}
              <Lacking count={lacksIn(step.id)} />
            </button>
            <Mover draft={draft} id={step.id} at={at} onChange={onChange} />
          </li>
        ))}
      </ol>
      <button className="button button--primary" type="button" onClick={record}>
        <CircleDot size={14} aria-hidden /> {t('Record a step')}
      </button>
      <p className="muted writing__aside">
        {draft.steps.length === 0
          ? t('What you have done in the graph so far belongs to the first step.')
          : t('What you do in the graph from now on belongs to the last step, until you record the next.')}
      </p>
    </nav>
  );
}

function Lacking({ count }: { readonly count: number }) {
  if (count === 0) return null;
  const words = t('{0} {0|thing is|things are} missing', count);
  return (
    <span className="writing__lacking" {...tip(words)}>
      <TriangleAlert size={13} aria-label={words} />
    </span>
  );
}

function Mover({
  draft,
  id,
  at,
  onChange,
}: Pick<Props, 'draft' | 'onChange'> & { readonly id: string; readonly at: number }) {
  return (
    <span className="writing__mover">
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('Move step {0} up', at + 1)}
        disabled={at === 0}
        onClick={() => onChange(withStepMoved(draft, id, -1))}
      >
        <ArrowUp size={13} aria-hidden />
      </button>
      <button
        className="button button--quiet button--icon"
        type="button"
        aria-label={t('Move step {0} down', at + 1)}
        disabled={at === draft.steps.length - 1}
        onClick={() => onChange(withStepMoved(draft, id, 1))}
      >
        <ArrowDown size={13} aria-hidden />
      </button>
    </span>
  );
}
