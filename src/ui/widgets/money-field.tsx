/** An amount of money with its name and what it is for. */
import { useId } from 'react';
import type { Micros } from '../../core/money.ts';
import { useAmountEntry } from './amount-entry.ts';
import { t } from '../../words/t.ts';

/** `empty` is what no amount means, where it may be left out. */
export function MoneyField({
  label,
  help,
  value,
  optional,
  empty = t('no limit'),
  onChange,
}: {
  readonly label: string;
  readonly help: string;
  readonly value: Micros | undefined;
  readonly optional: boolean;
  readonly empty?: string;
  readonly onChange: (amount: Micros | undefined) => void;
}) {
  const id = useId();
  const { field, problem } = useAmountEntry(value, optional, onChange);
  return (
    <div className="setting">
      <label htmlFor={id}>{label}</label>
      <input {...field} id={id} className="field tabular" placeholder={optional ? empty : ''} />
      <p role={problem ? 'alert' : undefined}>{problem || help}</p>
    </div>
  );
}
