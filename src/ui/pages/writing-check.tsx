/** One check of a step: what it expects, with its numbers, and what is said to whoever does not pass it. */
import { CircleAlert, CircleCheck, Trash2, TriangleAlert, X } from 'lucide-react';
import type { DraftCheck } from '../../lessons/lesson-draft.ts';
import { numbersInFact, withNumber, wordsInFact, type FactPath } from '../../lessons/numbers-in-fact.ts';
import type { TriedCheck } from '../../lessons/try-check.ts';
import { NumberField } from '../widgets/number-field.tsx';
import { t, tell } from '../../words/t.ts';
import { DraftField } from './draft-fields.tsx';
import { BOUND_WORDS, FACT_WORDS, SIGHT_WORDS } from './fact-words.ts';

interface Props {
  readonly check: DraftCheck;
  readonly number: number;
  readonly language: string;
  readonly isTask: boolean;
  readonly tried: TriedCheck | undefined;
  readonly onChange: (change: Partial<DraftCheck>, field?: string) => void;
  readonly onRemove: () => void;
}
export function WritingCheck({ check, number, language, isTask, tried, onChange, onRemove }: Props) {
  const facts = Object.entries(check.expect);
  const without = (fact: string) => onChange({ expect: Object.fromEntries(facts.filter(([name]) => name !== fact)) });
  return (
    <li className="writing__check" aria-label={t('Check {0}', number)}>
      <header className="writing__line">
        <strong>{t('Check {0}', number)}</strong>
        <span className="muted">{t(SIGHT_WORDS[check.see])}</span>
        <span className="topbar__space" />
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Remove check {0}', number)}
          onClick={onRemove}
        >
          <Trash2 size={14} aria-hidden />
        </button>
      </header>
      <ul className="writing__facts">
        {facts.map(([fact, asked]) => (
          <li key={fact}>
            <span>{t(FACT_WORDS[fact] ?? fact)}</span>
            {wordsInFact(asked).map((word, at) => (
              <span key={at} className="badge">
                {tell(word)}
              </span>
            ))}
            {numbersInFact(asked).map(({ path, value }) => (
              <FactNumberField
                key={path.join(' ')}
                of={t(FACT_WORDS[fact] ?? fact)}
                path={path}
                value={value}
                onChange={(next) =>
                  onChange(
                    { expect: { ...check.expect, [fact]: withNumber(asked, path, next) } },
                    `${fact} ${path.join(' ')}`,
                  )
                }
              />
            ))}
            {facts.length > 1 && (
              <button
                className="button button--quiet button--icon"
                type="button"
                aria-label={t('Expect no more: {0}', t(FACT_WORDS[fact] ?? fact))}
                onClick={() => without(fact)}
              >
                <X size={13} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {tried && <Tried tried={tried} />}
      <DraftField
        label={t('What is checked')}
        text={check.title}
        language={language}
        longest={160}
        onChange={(title) => onChange({ title }, 'title')}
      />
      <DraftField
        label={t('What is said while it is not passed')}
        help={t('One sentence: what is expected of the result, not which button to press.')}
        text={check.otherwise}
        language={language}
        onChange={(otherwise) => onChange({ otherwise }, 'otherwise')}
      />
      {!isTask && (
        <DraftField
          label={t('Hint')}
          help={t('One sentence that helps without giving it away.')}
          text={check.hint}
          language={language}
          onChange={(hint) => onChange({ hint }, 'hint')}
        />
      )}
    </li>
  );
}

/** What a fact asks for at most; what it may ask for says the trial. */
const LARGEST = 1_000_000;
function FactNumberField({
  of,
  path,
  value,
  onChange,
}: {
  readonly of: string;
  readonly path: FactPath;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const name = path.findLast((part) => typeof part === 'string');
  const words = name === undefined ? '' : t(BOUND_WORDS[name] ?? String(name));
  return (
    <label className="writing__bound">
      {words}{' '}
      <NumberField
        label={words ? t('{0}: {1}', of, words) : of}
        min={-LARGEST}
        max={LARGEST}
        whole={false}
        value={value}
        onRead={(next) => next !== undefined && onChange(next)}
      />
    </label>
  );
}

function Tried({ tried }: { readonly tried: TriedCheck }) {
  switch (tried.state) {
    case 'good':
      return (
        <p className="writing__verdict" data-state="good">
          <CircleCheck size={14} aria-hidden /> {t('Your work passes it, and nothing passes it before.')}
        </p>
      );
    case 'too early':
      return (
        <p className="writing__verdict" data-state="warn">
          <TriangleAlert size={14} aria-hidden />{' '}
          {t('It is passed before anything is done in this step, so it says nothing. Expect more.')}
        </p>
      );
    case 'not passed':
      return (
        <p className="writing__verdict" data-state="warn">
          <TriangleAlert size={14} aria-hidden />{' '}
          {t('Your own work does not pass it. Seen: {0}. Expected: {1}.', tried.seen, tried.expected)}
        </p>
      );
    case 'impossible':
      return (
        <p className="writing__verdict" data-state="bad">
          <CircleAlert size={14} aria-hidden /> {t('Nobody can ever pass it: {0}', tell(tried.why))}
        </p>
      );
    default:
      return tried satisfies never;
  }
}
