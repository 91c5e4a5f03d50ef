/** A few choices side by side, as a radio group with arrow keys. */
import { optionInWords } from '../units.ts';
import { rove, stopAt } from './roving.ts';
import './segments.css';

export function Segments<V extends string>({
  label,
  options,
  value,
  onChange,
  fill = false,
}: {
  readonly label: string;
  readonly options: readonly V[];
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly fill?: boolean;
}) {
  return (
    <div className={`segments${fill ? ' segments--fill' : ''}`} role="radiogroup" aria-label={label} onKeyDown={rove}>
      {options.map((option, at) => (
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={option === value}
          tabIndex={stopAt(option === value, at, options.includes(value))}
          onClick={() => onChange(option)}
        >
          {optionInWords(option)}
        </button>
      ))}
    </div>
  );
}
