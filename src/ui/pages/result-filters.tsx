/** Of all results those of one model, graph, verdict or month: only what there is can be chosen. */
import type { ReactNode } from 'react';
import { grouped } from '../../core/grouped.ts';
import { onDate } from '../../core/figures.ts';
import { useApp, useFact } from '../app-context.ts';
import { modelInWords, serviceInWords } from '../market.ts';
import { COSTS, RECENT, VERDICTS, type ResultChoices, type ResultFilter } from '../result-filter.ts';
import { explainedControl } from '../explained.ts';
import { inFigures, t } from '../../words/t.ts';

interface Filtering {
  readonly filter: ResultFilter;
  readonly choices: ResultChoices;
  readonly onFilter: (change: Partial<ResultFilter>) => void;
}
export function ResultFilters({ filter, choices, onFilter }: Filtering) {
  const { desk } = useApp();
  const { catalog, providers } = useFact(desk, (state) => state);
  const services = grouped(choices.makers, ([, { provider }]) => provider);
  const graphs = [...choices.graphs].map(([id, title]) => [id, title ?? t('a graph that is gone')] as const);
  return (
    <div className="results__filters" role="group" aria-label={t('Filters')}>
      <Choice label={t('Kind')} value={filter.kind} all={t('stills and clips')} onChange={(kind) => onFilter({ kind })}>
        <option value="image">{t('stills')}</option>
        <option value="video">{t('clips')}</option>
      </Choice>
      <Choice
        label={t('Verdict')}
        value={filter.verdict}
        all={t('any verdict')}
        onChange={(verdict) => onFilter({ verdict })}
      >
        {VERDICTS.map((verdict) => (
          <option key={verdict} value={verdict}>
            {t(verdict)}
          </option>
        ))}
      </Choice>
      <Choice label={t('Model')} value={filter.maker} all={t('any model')} onChange={(maker) => onFilter({ maker })}>
        {[...services].map(([provider, made]) => (
          <optgroup key={provider} label={serviceInWords(providers, provider)}>
            {made.length > 1 && (
              <option value={`${provider}/`}>{t('all of {0}', serviceInWords(providers, provider))}</option>
            )}
            {made.map(([key, ref]) => (
              <option key={key} value={key}>
                {modelInWords(catalog, providers, ref)}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <Choice
        label={t('Tier')}
        value={filter.tier}
        all={t('any tier')}
        about={explainedControl('tier')}
        onChange={(tier) => onFilter({ tier })}
      >
        {choices.tiers.map((tier) => (
          <option key={tier} value={tier}>
            {t(tier)}
          </option>
        ))}
      </Choice>
      <Choice label={t('Graph')} value={filter.graph} all={t('any graph')} onChange={(graph) => onFilter({ graph })}>
        {graphs
          .toSorted(([, a], [, b]) => a.localeCompare(b))
          .map(([id, title]) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
      </Choice>
      <Choice label={t('Date')} value={filter.date} all={t('any date')} onChange={(date) => onFilter({ date })}>
        {RECENT.map((span) => (
          <option key={span} value={span}>
            {t(span)}
          </option>
        ))}
        {choices.months.map((month) => (
          <option key={month} value={month}>
            {inFigures(onDate(month))}
          </option>
        ))}
      </Choice>
      <Choice label={t('Cost')} value={filter.cost} all={t('any cost')} onChange={(cost) => onFilter({ cost })}>
        {COSTS.map((cost) => (
          <option key={cost} value={cost}>
            {t(cost)}
          </option>
        ))}
      </Choice>
      {choices.tags.length > 0 && (
        <Choice label={t('Tag')} value={filter.tag} all={t('any tag')} onChange={(tag) => onFilter({ tag })}>
          {choices.tags.map((tag) => (
            <option key={tag} value={tag}>
              {tag}
            </option>
          ))}
        </Choice>
      )}
    </div>
  );
}

function Choice<V extends string>({
  label,
  value,
  all,
  about,
  onChange,
  children,
}: {
  readonly label: string;
  readonly value: V;
  /** What it is called where nothing is left out. */
  readonly all: string;
  readonly about?: object;
  readonly onChange: (value: V) => void;
  readonly children: ReactNode;
}) {
  return (
    <select
      className="field"
      aria-label={label}
      data-chosen={value !== ''}
      value={value}
      {...about}
      onChange={({ target }) => onChange(target.value as V)}
    >
      <option value="">{all}</option>
      {children}
    </select>
  );
}
