/** Questions of a step: a learner chooses an answer, and the right one is a check. */
import { Plus, Trash2, X } from 'lucide-react';
import type { Ask, Text } from '../../lessons/lesson.ts';
import {
  freeName,
  withCheckAdded,
  withStepChanged,
  type DraftStep,
  type DraftText,
  type LessonDraft,
} from '../../lessons/lesson-draft.ts';
import { t } from '../../words/t.ts';
import { DraftField } from './draft-fields.tsx';

type Choice = Extract<Ask, { readonly options: unknown }>;
const MOST_OPTIONS = 8;

interface Props {
  readonly draft: LessonDraft;
  readonly step: DraftStep;
  readonly language: string;
  readonly onChange: (draft: LessonDraft, place?: string) => void;
}
export function WritingQuestions({ draft, step, language, onChange }: Props) {
  const add = () => {
    const options = [1, 2].map((number) => ({ id: `answer-${number}`, text: {} }));
    const ask: Choice = { id: freeName('question', step.asks), text: {}, options };
    onChange(withStepChanged(draft, step.id, { asks: [...step.asks, ask] }));
  };
  const put = (ask: Choice, place?: string) =>
    onChange(
      withStepChanged(draft, step.id, { asks: step.asks.map((one) => (one.id === ask.id ? ask : one)) }),
      place && `${step.id} ${ask.id} ${place} ${language}`,
    );
  return (
    <>
      {step.asks.map((ask) =>
        'options' in ask ? (
          <Question key={ask.id} ask={ask} put={put} {...{ draft, step, language, onChange }} />
        ) : null,
      )}
      <div>
        <button className="button button--quiet" type="button" onClick={add}>
          <Plus size={14} aria-hidden /> {t('Ask a question')}
        </button>
      </div>
    </>
  );
}

function Question({
  ask,
  put,
  draft,
  step,
  language,
  onChange,
}: Props & { readonly ask: Choice; readonly put: (ask: Choice, place?: string) => void }) {
  const { options } = ask;
  const right = step.checks.find((check) => rightIn(check.expect, ask.id) !== undefined);
  const chosen = right && rightIn(right.expect, ask.id);
  const choose = (option: string) => {
    const expect = { chosen: [{ ask: ask.id, option }] };
    const next = right
      ? withStepChanged(draft, step.id, {
          checks: step.checks.map((check) => (check === right ? { ...check, expect } : check)),
        })
      : withCheckAdded(draft, step, { see: 'answers', expect }, asDraftText(ask.text));
    onChange(next);
  };
  const remove = () => {
    const isAbout = (expect: unknown) => JSON.stringify(expect).includes(JSON.stringify(ask.id));
    onChange(
      withStepChanged(draft, step.id, {
        asks: step.asks.filter((one) => one !== ask),
        // A check on what nobody is asked could not be read.
        checks: step.checks.filter(({ expect }) => !isAbout(expect)),
      }),
    );
  };
  return (
    <fieldset className="bare writing__question">
      <legend className="unseen">{t('Question')}</legend>
      <div className="writing__line">
        <DraftField
          label={t('Question')}
          text={asDraftText(ask.text)}
          language={language}
          onChange={(text) => put({ ...ask, text }, 'text')}
        />
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Remove the question')}
          onClick={remove}
        >
          <Trash2 size={14} aria-hidden />
        </button>
      </div>
      {chosen === undefined && <p className="muted">{t('Mark the answer that is right.')}</p>}
      {options.map((option, at) => (
        <div key={option.id} className="writing__line writing__answer">
          <input
            type="radio"
            name={`${step.id} ${ask.id}`}
            aria-label={t('Answer {0} is right', at + 1)}
            checked={chosen === option.id}
            onChange={() => choose(option.id)}
          />
          <DraftField
            label={t('Answer {0}', at + 1)}
            text={asDraftText(option.text)}
            language={language}
            longest={160}
            onChange={(text) =>
              put({ ...ask, options: options.map((one) => (one === option ? { ...one, text } : one)) }, option.id)
            }
          />
          {options.length > 2 && chosen !== option.id && (
            <button
              className="button button--quiet button--icon"
              type="button"
              aria-label={t('Remove answer {0}', at + 1)}
              onClick={() => put({ ...ask, options: options.filter((one) => one !== option) })}
            >
              <X size={13} aria-hidden />
            </button>
          )}
        </div>
      ))}
      {options.length < MOST_OPTIONS && (
        <button
          className="button button--quiet"
          type="button"
          onClick={() => put({ ...ask, options: [...options, { id: freeName('answer', options), text: {} }] })}
        >
          <Plus size={14} aria-hidden /> {t('Another answer')}
        </button>
      )}
    </fieldset>
  );
}

const asDraftText = (text: Text): DraftText => (typeof text === 'string' ? { en: text } : text);
/** The option that a check calls right, where it is about this question alone. */
function rightIn(expect: Readonly<Record<string, unknown>>, ask: string): string | undefined {
  const chosen = expect['chosen'] as readonly { readonly ask: string; readonly option: string }[] | undefined;
  return chosen?.length === 1 && chosen[0]!.ask === ask ? chosen[0]!.option : undefined;
}
