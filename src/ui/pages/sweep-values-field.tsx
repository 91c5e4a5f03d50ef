/** The values of one param of a sweep, entered as its kind wants: ticked, typed, spaced between ends, or counted on. */
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { NumberParam, ParamSpec, SeedSetting } from '../../core/params.ts';
import type { Sentence } from '../../core/say.ts';
import type { ColumnFacts } from '../../graph/batch-cells.ts';
import type { CellValue } from '../../graph/graph.ts';
import { moreSeeds, spacedValues, textOfValues, valuesFrom } from '../../graph/sweep-values.ts';
import { keyOf } from '../keys.ts';
import { optionInWords } from '../units.ts';
import { NumberField } from '../widgets/number-field.tsx';
import { sentence } from '../../words/sentence.tsx';
import { decimalMark, t, tellAll } from '../../words/t.ts';

interface Props {
  readonly facts: ColumnFacts;
  readonly values: readonly CellValue[];
  readonly readOnly: boolean;
  readonly onChange: (values: readonly CellValue[]) => void;
}
export function SweepValues(props: Props) {
  const { spec, otherwise } = props.facts;
  const { values, readOnly, onChange } = props;
  switch (spec.kind) {
    case 'choice':
    case 'aspect':
      return <Ticks {...props} options={spec.options} />;
    case 'toggle':
      return <Ticks {...props} options={[false, true]} />;
    case 'seed':
      return (
        <div className="sweep__values">
          <Typed {...props} spec={spec} />
          {!readOnly && (
            <button
              className="button"
              type="button"
              onClick={() => onChange(moreSeeds(values, otherwise as SeedSetting, SEEDS_MORE))}
            >
              <Plus size={14} aria-hidden /> {t('Six more')}
            </button>
          )}
        </div>
      );
    case 'int':
    case 'float':
      return (
        <div className="sweep__values">
          <Typed {...props} spec={spec} />
          {!readOnly && <Spaced spec={spec} values={values} onChange={onChange} />}
        </div>
      );
    default:
      return (
        <div className="sweep__values">
          <Typed {...props} spec={spec} />
        </div>
      );
  }
}
const SEEDS_MORE = 6;

const wordsOf = (option: string | boolean): string =>
  typeof option === 'boolean' ? (option ? t('yes') : t('no')) : optionInWords(option);

function Ticks({
  facts,
  values,
  readOnly,
  onChange,
  options,
}: Props & { readonly options: readonly (string | boolean)[] }) {
  const tick = (option: string | boolean, on: boolean) =>
    onChange(options.filter((one) => (one === option ? on : values.includes(one))));
  return (
    <div className="sweep__ticks" role="group" aria-label={t('Values of {0}', t(facts.label))}>
      {options.map((option) => (
        <label key={String(option)} className="sweep__tick">
          <input
            type="checkbox"
            checked={values.includes(option)}
            disabled={readOnly}
            onChange={(event) => tick(option, event.target.checked)}
          />
          {wordsOf(option)}
        </label>
      ))}
    </div>
  );
}

/** A list that counts when the field is left, or with Enter; what cannot be read stays there and is said. */
function Typed({ facts, spec, values, readOnly, onChange }: Props & { readonly spec: ParamSpec }) {
  const [typed, setTyped] = useState<string>();
  const [problems, setProblems] = useState<readonly Sentence[]>([]);
  const mark = decimalMark();
  const commit = () => {
    if (typed === undefined) return;
    const read = valuesFrom(spec, typed, mark);
    setProblems(read.problems);
    if (read.problems.length > 0) return;
    setTyped(undefined);
    onChange(read.values);
  };
  const field = {
    className: 'field tabular',
    'aria-label': t('Values of {0}', t(facts.label)),
    'aria-invalid': problems.length > 0,
    readOnly,
    value: typed ?? textOfValues(spec, values, mark),
    onBlur: commit,
  };
  return (
    <span className="sweep__typed">
      {spec.kind === 'text' ? (
        <textarea
          {...field}
          rows={Math.min(6, Math.max(2, values.length + 1))}
          placeholder={t('One value in each line')}
          onChange={(event) => setTyped(event.target.value)}
        />
      ) : (
        <input
          {...field}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => keyOf(event) === 'Enter' && commit()}
        />
      )}
      {problems.length > 0 && <span className="param__help param__help--bad">{tellAll(problems, ' ')}</span>}
    </span>
  );
}

/** From one value to another in so many steps, in place of what is there. */
function Spaced({
  spec,
  values,
  onChange,
}: {
  readonly spec: NumberParam;
  readonly values: readonly CellValue[];
  readonly onChange: (values: readonly CellValue[]) => void;
}) {
  const [from, setFrom] = useState<number | undefined>(Number(values[0] ?? spec.min));
  const [to, setTo] = useState<number | undefined>(Number(values.at(-1) ?? spec.max));
  const [count, setCount] = useState<number | undefined>(Math.max(2, values.length));
  const isWhole = spec.kind === 'int';
  const ends = { min: spec.min, max: spec.max, whole: isWhole };
  const isReady = from !== undefined && to !== undefined && count !== undefined;
  return (
    <span className="sweep__spaced">
      {sentence(
        'From {0} to {1} – how many: {2}',
        <NumberField {...ends} label={t('From')} value={from} onRead={setFrom} />,
        <NumberField {...ends} label={t('To')} value={to} onRead={setTo} />,
        <NumberField min={2} max={50} whole label={t('How many values')} value={count} onRead={setCount} />,
      )}
      <button
        className="button"
        type="button"
        disabled={!isReady}
        onClick={() => isReady && onChange(spacedValues(spec, from, to, count).values)}
      >
        {t('Space evenly')}
      </button>
    </span>
  );
}
