/** A few choices side by side, as a radio group with arrow keys. */
import { t } from '../words/t.ts';

export function Segments<V extends string>({ label, options, value, onChange, fill = false }: { readonly label: string; readonly options: readonly V[]; readonly value: V; readonly onChange: (value: V) => void; readonly fill?: boolean }) {
  const step = (by: number) => onChange(options[(options.indexOf(value) + by + options.length) % options.length]!);
  return (
    <div className={`segments${fill ? ' segments--fill' : ''}`} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={option === value}
          tabIndex={option === value ? 0 : -1}
          onClick={() => onChange(option)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
            event.preventDefault();
            const group = event.currentTarget.parentElement;
            step(event.key === 'ArrowRight' ? 1 : -1);
            requestAnimationFrame(() => group?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus());
          }}
        >
          {t(option)}
        </button>
      ))}
    </div>
  );
}
