/** One cell of a batch: as small as its kind allows. Empty means what the graph says, which stands there in grey. */
import { ImagePlus, X } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { cellFrom, cellText, type ColumnFacts } from '../../graph/batch-cells.ts';
import type { CellValue } from '../../graph/graph.ts';
import { numberText } from '../../core/number-text.ts';
import type { FileSetting, SeedSetting } from '../../core/params.ts';
import type { Sentence } from '../../core/say.ts';
import { useApp } from '../app-context.ts';
import { CHOOSABLE, mediaOf } from '../file-choice.ts';
import { Media } from '../media.tsx';
import { tip } from './tip.ts';
import { decimalMark, t, tell } from '../../words/t.ts';
import '../theme/param.css';
import './cell.css';

interface CellProps {
  readonly facts: ColumnFacts;
  readonly name: string;
  readonly cell: CellValue | undefined;
  readonly readOnly: boolean;
  readonly onChange: (cell: CellValue | undefined) => void;
}

export function Cell(props: CellProps) {
  const { spec } = props.facts;
  if (spec.kind === 'file') return <FileCell {...props} />;
  if (spec.kind === 'choice' || spec.kind === 'aspect')
    return <ChoiceCell {...props} options={spec.options.map((option) => [option, option])} />;
  if (spec.kind === 'toggle')
    return (
      <ChoiceCell
        {...props}
        options={[
          ['yes', t('on')],
          ['no', t('off')],
        ]}
      />
    );
  return <TypedCell {...props} />;
}

/** What an empty cell means, in words. */
function otherwiseInWords({ spec, otherwise }: ColumnFacts): string {
  if (spec.kind === 'seed') {
    const { mode, value } = otherwise as SeedSetting;
    return mode === 'fixed' ? String(value) : t('another for each row');
  }
  if (spec.kind === 'toggle') return otherwise ? t('on') : t('off');
  if (spec.kind === 'file') return (otherwise as FileSetting | null)?.name ?? t('none');
  if (typeof otherwise === 'number') return numberText(otherwise, decimalMark());
  return typeof otherwise === 'string' ? otherwise : '';
}

/**
 * What is typed counts when it fits; what does not stays, marked, until it is put right or the cell is changed from
 * elsewhere.
 */
function TypedCell({ facts, name, cell, readOnly, onChange }: CellProps) {
  const [typed, setTyped] = useState<{
    readonly text: string;
    readonly cell: CellValue | undefined;
    readonly problem: Sentence | undefined;
  }>();
  const help = useId();
  const own = typed && typed.cell === cell ? typed : undefined;
  const wrong = own?.problem && tell(own.problem);
  const enter = (text: string) => {
    const next = cellFrom(facts.spec, text, decimalMark());
    const problem = 'problem' in next ? next.problem : undefined;
    setTyped({ text, cell: 'problem' in next ? cell : next.cell, problem });
    if (!('problem' in next)) onChange(next.cell);
  };
  return (
    <>
      <textarea
        className="field batch__typed tabular"
        rows={1}
        aria-label={name}
        aria-invalid={Boolean(wrong)}
        aria-describedby={wrong && help}
        readOnly={readOnly}
        placeholder={otherwiseInWords(facts)}
        value={own?.text ?? cellText(cell, decimalMark())}
        onChange={(event) => enter(event.target.value)}
        onBlur={() => !wrong && setTyped(undefined)}
      />
      {wrong && (
        <span id={help} className="param__help">
          {wrong}
        </span>
      )}
    </>
  );
}

function ChoiceCell({
  facts,
  name,
  cell,
  readOnly,
  onChange,
  options,
}: CellProps & { readonly options: readonly (readonly [string, string])[] }) {
  const value = typeof cell === 'boolean' ? (cell ? 'yes' : 'no') : cellText(cell);
  return (
    <select
      className="field"
      aria-label={name}
      data-empty={value === ''}
      disabled={readOnly}
      value={value}
      onChange={(event) => {
        const next = cellFrom(facts.spec, event.target.value);
        if (!('problem' in next)) onChange(next.cell);
      }}
    >
      <option value="">{otherwiseInWords(facts)}</option>
      {options.map(([option, label]) => (
        <option key={option} value={option}>
          {t(label)}
        </option>
      ))}
    </select>
  );
}

function FileCell({ facts, name, cell, readOnly, onChange }: CellProps) {
  const { commands } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const file = typeof cell === 'object' ? cell : undefined;
  const accept = facts.spec.kind === 'file' ? facts.spec.accept : 'image';
  const shown = file && mediaOf(file);
  return (
    <span className="batch__file">
      <button
        className="button"
        type="button"
        aria-label={name}
        {...tip(file?.name)}
        disabled={readOnly}
        onClick={() => input.current?.click()}
      >
        {shown ? <Media value={shown} of={file.name} /> : <ImagePlus size={14} aria-hidden />}
        <span data-empty={!file}>{file?.name ?? otherwiseInWords(facts)}</span>
      </button>
      {file && !readOnly && (
        <button
          className="button button--quiet button--icon"
          type="button"
          aria-label={t('Empty {0}', name)}
          onClick={() => onChange(undefined)}
        >
          <X size={13} aria-hidden />
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept={CHOOSABLE[accept]}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          event.target.value = '';
          if (chosen) void commands.importFile(chosen, accept).then((setting) => setting && onChange(setting));
        }}
      />
    </span>
  );
}
