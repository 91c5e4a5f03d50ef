/** Fields for what a lesson says, in the language that is written just now. */
import { useId } from 'react';
import type { DraftText } from '../../lessons/lesson-draft.ts';
import { toldIn } from '../../lessons/lesson.ts';
import { t } from '../../words/t.ts';

interface Props {
  readonly label: string;
  /** What belongs there, for whoever has not written it yet. */
  readonly help?: string;
  readonly text: DraftText;
  readonly language: string;
  readonly lines?: number;
  readonly longest?: number;
  readonly onChange: (text: DraftText) => void;
}
export function DraftField({ label, help, text, language, lines = 1, longest = 6000, onChange }: Props) {
  const id = useId();
  const own = text[language] ?? '';
  const elsewhere = toldIn(text, language);
  const shared = {
    id,
    className: 'field writing__field',
    value: own,
    maxLength: longest,
    // Written in another language already: that is what is to be said here.
    placeholder: own === '' && elsewhere !== '' ? elsewhere : (help ?? ''),
    lang: language,
    spellCheck: true,
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange({ ...text, [language]: target.value }),
  };
  return (
    <div className="writing__labelled">
      <label htmlFor={id}>{label}</label>
      {lines > 1 ? <textarea {...shared} rows={lines} /> : <input {...shared} />}
    </div>
  );
}

/** Which languages there are, and the one that is written. */
export function DraftLanguages({
  languages,
  offered,
  language,
  onChoose,
  onAdd,
}: {
  readonly languages: readonly string[];
  /** Tags and what they are called. */
  readonly offered: readonly (readonly [string, string])[];
  readonly language: string;
  readonly onChoose: (language: string) => void;
  readonly onAdd: (language: string) => void;
}) {
  const nameOf = (tag: string) => offered.find(([one]) => one === tag)?.[1] ?? tag;
  return (
    <select
      className="field"
      aria-label={t('Language that is written')}
      value={language}
      onChange={({ target }) => (languages.includes(target.value) ? onChoose(target.value) : onAdd(target.value))}
    >
      {languages.map((tag) => (
        <option key={tag} value={tag}>
          {nameOf(tag)}
        </option>
      ))}
      {offered
        .filter(([tag]) => !languages.includes(tag))
        .map(([tag, name]) => (
          <option key={tag} value={tag}>
            {t('Also in {0}…', name)}
          </option>
        ))}
    </select>
  );
}
