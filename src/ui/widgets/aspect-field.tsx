/** The widget of a param that chooses the shape of a frame, by drawn shapes. Loaded with the first of them. */
import type { AspectParam } from '../../core/params.ts';
import { t } from '../../words/t.ts';
import { rove, stopAt } from './roving.ts';
import { tip } from './tip.ts';
import type { WidgetProps } from './widget-props.ts';
import './aspect-field.css';

export default function AspectField({ spec, value, onChange }: WidgetProps<AspectParam>) {
  return (
    <div className="shapes" role="radiogroup" aria-label={spec.label} onKeyDown={rove}>
      {spec.options.map((option, at) => {
        const { width, height, use } = spec.shapes[option]!;
        const scale = 30 / Math.max(width, height);
        return (
          <button
            key={option}
            type="button"
            role="radio"
            aria-checked={option === value}
            tabIndex={stopAt(option === value, at, spec.options.includes(value))}
            {...tip(t(use))}
            onClick={() => onChange(option)}
          >
            <i style={{ width: width * scale, height: height * scale }} />
            <span>{option}</span>
          </button>
        );
      })}
      <p className="param__help" style={{ gridColumn: '1 / -1' }}>
        {t(spec.shapes[value]?.use ?? '')}
      </p>
    </div>
  );
}
