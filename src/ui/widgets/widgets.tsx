/** One widget for each kind of param. A missing one does not compile. */
import { Dices, Lock, LockOpen } from 'lucide-react';
import { Suspense, useId, useState, type ComponentType } from 'react';
import { parted } from '../../core/figures.ts';
import { own } from '../../core/own.ts';
import { variablesIn } from '../../core/variables.ts';
import type {
  AspectParam,
  ChoiceParam,
  CurveParam,
  FileParam,
  ListParam,
  NumberParam,
  ParamKind,
  SeedParam,
  TextParam,
  ToggleParam,
  VariablesParam,
} from '../../core/params.ts';
import { part } from '../part.tsx';
import { useNumberEntry } from './number-field.tsx';
import { Segments } from './segments.tsx';
import { named, tip } from './tip.ts';
import type { WidgetProps } from './widget-props.ts';
import { optionInWords } from '../units.ts';
import { t } from '../../words/t.ts';
import '../theme/param.css';
import './curve.css';
import './widgets.css';

type SpecOf<K extends ParamKind> = K extends 'int' | 'float'
  ? NumberParam
  : K extends 'text'
    ? TextParam
    : K extends 'toggle'
      ? ToggleParam
      : K extends 'choice'
        ? ChoiceParam
        : K extends 'aspect'
          ? AspectParam
          : K extends 'seed'
            ? SeedParam
            : K extends 'file'
              ? FileParam
              : K extends 'curve'
                ? CurveParam
                : K extends 'list'
                  ? ListParam
                  : VariablesParam;

export const widgets: { readonly [K in ParamKind]: ComponentType<WidgetProps<SpecOf<K>>> } = {
  int: NumberWidget,
  float: NumberWidget,
  text: TextWidget,
  toggle: ToggleWidget,
  choice: ChoiceWidget,
  aspect: AspectWidget,
  seed: SeedWidget,
  file: FileWidget,
  curve: CurveWidget,
  variables: VariablesWidget,
  list: ListWidget,
};

/** A slider with typed entry. What is typed counts when it is a number in range; otherwise the field says so. */
function NumberWidget({ id, spec, value, onChange }: WidgetProps<NumberParam>) {
  const step = spec.step ?? (spec.kind === 'int' ? 1 : (spec.max - spec.min) / 100);
  const { field, problem } = useNumberEntry({
    value,
    min: spec.min,
    max: spec.max,
    whole: spec.kind === 'int',
    step,
    unit: spec.unit,
    onRead: (read) => read !== undefined && onChange(read),
  });
  const wide = spec.max - spec.min > 500;
  return (
    <>
      <div className="slider" style={wide ? { gridTemplateColumns: '1fr' } : undefined}>
        {!wide && (
          <input
            type="range"
            aria-label={t('{0} slider', spec.label)}
            min={spec.min}
            max={spec.max}
            step={step}
            value={value}
            onChange={(event) => onChange(Number(event.target.value))}
          />
        )}
        <input {...field} id={id} className="field tabular" aria-describedby={problem && `${id}-problem`} />
      </div>
      {problem && (
        <p id={`${id}-problem`} className="param__help">
          {problem}
        </p>
      )}
    </>
  );
}

function TextWidget({ id, spec, value, onChange }: WidgetProps<TextParam>) {
  /** Characters that were typed or pasted when they were more than fit. */
  const [given, setGiven] = useState(0);
  const take = (text: string) => {
    setGiven(text.length > spec.maxLength ? text.length : 0);
    onChange(beginningOf(text, spec.maxLength));
  };
  const common = { id, className: 'field', value, placeholder: spec.placeholder, spellCheck: true };
  return (
    <>
      {spec.rows > 1 ? (
        <textarea {...common} rows={spec.rows} onChange={(event) => take(event.target.value)} />
      ) : (
        <input {...common} onChange={(event) => take(event.target.value)} />
      )}
      {given > 0 && value.length >= spec.maxLength - 1 && (
        <p className="why why--bad" role="status">
          {t(
            'Of {0} {0|character|characters} the first {1} were taken: that is the most that fits here.',
            parted(given),
            parted(spec.maxLength),
          )}
        </p>
      )}
    </>
  );
}
/** At most so many characters, none of them half. */
function beginningOf(text: string, most: number): string {
  const cut = text.slice(0, most);
  return cut.length < text.length && /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function ToggleWidget({ id, spec, value, onChange }: WidgetProps<ToggleParam>) {
  return (
    <label>
      <input id={id} type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />{' '}
      {spec.label}
    </label>
  );
}

function ChoiceWidget({ id, spec, value, isCompact, onChange }: WidgetProps<ChoiceParam>) {
  if (spec.look === 'segments' && !isCompact)
    return <Segments label={spec.label} options={spec.options} value={value} onChange={onChange} fill />;
  return <Options {...{ id, value, onChange }} options={spec.options} />;
}
function Options({
  id,
  options,
  value,
  onChange,
}: Pick<WidgetProps<ChoiceParam>, 'id' | 'value' | 'onChange'> & { readonly options: readonly string[] }) {
  return (
    <select id={id} className="field" value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((option) => (
        <option key={option} value={option}>
          {optionInWords(option)}
        </option>
      ))}
    </select>
  );
}

const AspectField = part(() => import('./aspect-field.tsx'));
function AspectWidget(props: WidgetProps<AspectParam>) {
  const { id, spec, value, isCompact, onChange } = props;
  if (isCompact) return <Options {...{ id, value, onChange }} options={spec.options} />;
  return (
    <Suspense fallback={<div className="aspect-field" />}>
      <AspectField {...props} />
    </Suspense>
  );
}

function SeedWidget({ id, spec, value, isCompact, onChange }: WidgetProps<SeedParam>) {
  const locked = value.mode === 'fixed';
  const { field, problem } = useNumberEntry({
    value: value.value,
    min: 0,
    max: 0xffffffff,
    whole: true,
    onRead: (read) => read !== undefined && onChange({ ...value, value: read }),
  });
  return (
    <>
      <div className="seed">
        <input {...field} id={id} className="field tabular" aria-describedby={problem && `${id}-problem`} />
        <button
          className="button button--icon"
          type="button"
          {...named(t('Draw another seed'))}
          onClick={() => onChange({ ...value, value: crypto.getRandomValues(new Uint32Array(1))[0]! })}
        >
          <Dices size={15} aria-hidden />
        </button>
        <button
          className="button button--icon"
          type="button"
          aria-label={t('Lock the seed')}
          aria-pressed={locked}
          {...tip(locked ? t('Locked: every run uses this seed') : t('Unlocked: each run takes another seed'))}
          onClick={() => onChange({ ...value, mode: locked ? 'random' : 'fixed' })}
        >
          {locked ? <Lock size={14} aria-hidden /> : <LockOpen size={14} aria-hidden />}
        </button>
      </div>
      {problem && (
        <p id={`${id}-problem`} className="param__help">
          {problem}
        </p>
      )}
      {!isCompact && (
        <Segments
          label={t('{0} before each run', spec.label)}
          options={['fixed', 'random', 'increment'] as const}
          value={value.mode}
          onChange={(mode) => onChange({ ...value, mode })}
          fill
        />
      )}
    </>
  );
}

const FileField = part(() => import('./file-field.tsx'));
/** Few nodes have one; its place is there before it. */
function FileWidget(props: WidgetProps<FileParam>) {
  return (
    <Suspense fallback={<div className="file-field" />}>
      <FileField {...props} />
    </Suspense>
  );
}

const CurveEditor = part(() => import('./curve.tsx'));
/** Few nodes have one; its frame is there before it. */
function CurveWidget(props: WidgetProps<CurveParam>) {
  return (
    <Suspense fallback={<div className="curve" />}>
      <CurveEditor {...props} />
    </Suspense>
  );
}

const ListEditor = part(() => import('./list.tsx'));
function ListWidget(props: WidgetProps<ListParam>) {
  return (
    <Suspense fallback={null}>
      <ListEditor {...props} />
    </Suspense>
  );
}

/** A field for each `{{name}}` in the text it belongs to. */
function VariablesWidget({ spec, value, all, onChange }: WidgetProps<VariablesParam>) {
  const id = useId();
  const names = variablesIn(all[spec.of]);
  if (!names.length) return <p className="param__help">{t('Write {{name}} in the prompt to add a variable.')}</p>;
  return names.map((name) => (
    <p key={name} className="variable">
      <label htmlFor={`${id}-${name}`}>{name}</label>
      <input
        id={`${id}-${name}`}
        className="field"
        value={own(value, name) ?? ''}
        onChange={(event) => onChange({ ...value, [name]: event.target.value })}
      />
    </p>
  ));
}
