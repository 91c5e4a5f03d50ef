/** Rows of a few small fields each: one more, one less, and what stands in them. */
import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { isShown, parseParams, type ListParam, type RowParams } from '../../core/params.ts';
import { t } from '../../words/t.ts';
import { optionInWords } from '../units.ts';
import { NumberField } from './number-field.tsx';
import { named } from './tip.ts';
import type { WidgetProps } from './widget-props.ts';
import './list.css';

type Row = ListParam['default'][number];

export default function ListEditor({ spec, value, onChange }: WidgetProps<ListParam>) {
  const add = () => onChange([...value, nextRow(spec, value.at(-1))]);
  return (
    <>
      {value.map((row, at) => (
        <div key={at} className="list-row" role="group" aria-label={t('{0}: row {1}', spec.label, at + 1)}>
          {Object.entries(spec.fields).map(
            ([name, field]) =>
              isShown(field, row) && (
                <Field
                  key={name}
                  spec={field}
                  value={row[name]!}
                  onChange={(next) =>
                    onChange(value.map((other, index): Row => (index === at ? { ...row, [name]: next } : other)))
                  }
                />
              ),
          )}
          <button
            className="button button--icon"
            type="button"
            {...named(t('Remove row {0}', at + 1))}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            <Trash2 size={14} aria-hidden />
          </button>
        </div>
      ))}
      <button className="button button--quiet" type="button" onClick={add}>
        <Plus size={13} aria-hidden /> {spec.add}
      </button>
    </>
  );
}

/** As a row begins; whole numbers count on from the row before. */
function nextRow({ fields }: ListParam, last: Row | undefined): Row {
  const { values } = parseParams(fields, {});
  const counted = Object.entries(fields).flatMap(([name, field]) =>
    last && field.kind === 'int' ? [[name, Math.min(field.max, Number(last[name]) + 1)]] : [],
  );
  return { ...values, ...Object.fromEntries(counted) };
}

function Field({
  spec,
  value,
  onChange,
}: {
  readonly spec: RowParams[string];
  readonly value: Row[string];
  readonly onChange: (value: Row[string]) => void;
}) {
  const id = useId();
  return (
    <div className="list-row__field">
      <label htmlFor={id}>
        {spec.label}
        {'unit' in spec && spec.unit ? ` (${spec.unit})` : ''}
      </label>
      {spec.kind === 'choice' ? (
        <select id={id} className="field" value={String(value)} onChange={(event) => onChange(event.target.value)}>
          {spec.options.map((option) => (
            <option key={option} value={option}>
              {optionInWords(option)}
            </option>
          ))}
        </select>
      ) : spec.kind === 'toggle' ? (
        <input id={id} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
      ) : (
        <NumberField
          id={id}
          value={Number(value)}
          min={spec.min}
          max={spec.max}
          whole={spec.kind === 'int'}
          onRead={(read) => read !== undefined && onChange(read)}
        />
      )}
    </div>
  );
}
