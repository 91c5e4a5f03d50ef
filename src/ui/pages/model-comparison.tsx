/** Models side by side, a line for each thing to choose them by. */
import { inDollars, type Micros } from '../../core/money.ts';
import type { Model } from '../../routing/catalog.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceInWords } from '../market.ts';
import { abilities, deeds, SEEDS } from './model-words.ts';
import { inFigures, t } from '../../words/t.ts';
import './model-comparison.css';
import '../theme/grid.css';

export function Compared({
  models,
  prices,
  onClear,
}: {
  readonly models: readonly Model[];
  readonly prices: ReadonlyMap<string, Micros | undefined>;
  readonly onClear: () => void;
}) {
  const { desk } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const lines: readonly (readonly [string, (model: Model) => string])[] = [
    [
      t('Common unit, from'),
      (model) => {
        const price = prices.get(model.id);
        return price === undefined ? t('unknown') : inFigures(inDollars(price));
      },
    ],
    [t('Does'), (model) => deeds(model)],
    [t('Abilities'), (model) => abilities(model.supports)],
    [
      t('Clip lengths'),
      (model) => model.supports.durations?.map((seconds) => t('{0} s', seconds)).join(', ') ?? t('unknown'),
    ],
    [t('Seed repeats'), (model) => t(SEEDS[model.seeds])],
    [t('Tiers'), (model) => model.tiers.map((name) => t(name)).join(', ')],
    [
      t('Providers'),
      (model) => [...new Set(model.offers.map(({ provider }) => serviceInWords(providers, provider)))].join(', '),
    ],
    [t('Status'), (model) => t(model.status)],
  ];
  return (
    <section className="panel comparison" aria-label={t('Comparison')}>
      <div className="scrolls">
        <table className="grid tabular">
          <thead>
            <tr>
              <th>
                <button type="button" onClick={onClear}>
                  {t('Clear')}
                </button>
              </th>
              {models.map((model) => (
                <th key={model.id}>{t(model.name)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(([name, say]) => (
              <tr key={name}>
                <td className="muted">{name}</td>
                {models.map((model) => (
                  <td key={model.id}>{say(model)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
