/**
 * Use this service: what it is to make, by which of its models, at what price, and before or after whom; and the routing
 * table published with that as its next version.
 */
import { ArrowRight } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { sameModel, WORK_KINDS, type ModelRef } from '../../core/take.ts';
import { HOUSE } from '../../routing/house.ts';
import { canBeAsked } from '../../routing/readiness.ts';
import type { Market } from '../../routing/resolve.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import {
  lacksPriceOnly,
  rowKey,
  rowWith,
  servedRows,
  tableWith,
  type ServedRow,
  type ServicePlace,
} from '../../routing/service-rows.ts';
import { newestOf } from '../../routing/table-for.ts';
import { usualPrice } from '../../routing/usual-price.ts';
import { nameInWords } from '../graph-title.ts';
import { t, w } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { backToTable } from '../back-to-table.ts';
import { serviceInWords, serviceName, useMarket } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { pinTable } from '../pin-table.ts';
import { Segments } from '../widgets/segments.tsx';
import { Sheet } from '../widgets/sheet.tsx';
import { madeBy, priceOfOne } from './use-service-words.ts';
import './use-service.css';
import '../theme/grid.css';

const PLACES: Readonly<Record<string, ServicePlace>> = {
  [w('before all others')]: 'first',
  [w('only when other services cannot')]: 'last',
};
const PLACE_WORDS = Object.keys(PLACES);

/** `table`: the id of the one to begin with. */
export default function UseService({
  provider,
  table: first,
  onDone,
}: {
  readonly provider: string;
  readonly table: string;
  readonly onDone: () => void;
}) {
  const { desk } = useApp();
  const tables = useFact(desk, (state) => state.tables);
  const service = useFact(desk, (state) => serviceName(state.providers, provider));
  const [id, setId] = useState(first);
  const [place, setPlace] = useState<ServicePlace>('first');
  const base = newestOf(tables, id);
  const names = new Map(tables.filter(({ version }) => version > 0).map((table) => [table.id, table.name]));
  const hasDraft = tables.some((table) => table.id === base.id && table.version === 0);
  const isPriced = usePricesOf(provider);
  return (
    <Sheet heading={t('Use {0}', service)} className="sheet sheet--wide use-service" begin="top" onClose={onDone}>
      <p>
        {t(
          'Tick what {0} is to make. It becomes the next version of “{1}”, which graphs go by; the one of today is kept.',
          service,
          base.name,
        )}{' '}
        {hasDraft && t('Your draft of it is kept, and does not have this.')}
      </p>
      <div className="use-service__choices">
        {names.size > 1 && (
          <label>
            {t('Table')}{' '}
            <select className="field" value={base.id} onChange={(event) => setId(event.target.value)}>
              {[...names].map(([one, name]) => (
                <option key={one} value={one}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <span>{t('It is asked')}</span>
        <Segments
          label={t('It is asked')}
          options={PLACE_WORDS}
          value={PLACE_WORDS.find((words) => PLACES[words] === place)!}
          onChange={(words) => setPlace(PLACES[words]!)}
        />
      </div>
      {isPriced ? (
        <Rows key={base.id} provider={provider} base={base} place={place} onDone={onDone} />
      ) : (
        <p role="status">{t('Asking {0} what its models cost…', service)}</p>
      )}
    </Sheet>
  );
}

/** True once a service was asked for the prices of its models, whatever it answered. */
function usePricesOf(provider: string): boolean {
  const { desk, commands } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const [isPriced, setPriced] = useState(false);
  useEffect(() => {
    const offers = catalog.models.filter((model) => model.offers.some((offer) => offer.provider === provider));
    void commands.priceModels(offers.map(({ id }) => ({ provider, model: id }))).then(() => setPriced(true));
  }, [commands, catalog, provider]);
  return isPriced;
}

function Rows({
  provider,
  base,
  place,
  onDone,
}: {
  readonly provider: string;
  readonly base: RoutingTable;
  readonly place: ServicePlace;
  readonly onDone: () => void;
}) {
  const app = useApp();
  const market = useMarket();
  const service = useFact(app.desk, (state) => serviceName(state.providers, provider));
  const served = useMemo(() => servedRows(base, provider, market), [base, provider, market]);
  const isUnpriced = useMemo(
    () => base.rows.some((row) => lacksPriceOnly(row, provider, market)),
    [base, provider, market],
  );
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({});
  const [left, setLeft] = useState<readonly string[]>([]);
  const choiceIn = ({ row, able }: ServedRow): ModelRef =>
    able.find(({ model }) => model === picked[rowKey(row)]) ?? able[0]!;
  const chosen = new Map(
    served.filter(({ row }) => !left.includes(rowKey(row))).map((one) => [rowKey(one.row), choiceIn(one)]),
  );
  const [state, setState] = useState<'open' | 'publishing' | 'refused'>('open');
  const publish = async (isPinned: boolean) => {
    // Pressed twice it is published once.
    setState('publishing');
    const made = WORK_KINDS.filter((work) => served.some(({ row }) => row.work === work && chosen.has(rowKey(row))));
    const named = made.map(madeBy).join(', ');
    const note =
      place === 'first'
        ? t('{0} is asked first for {1}.', service, named)
        : t('{0} is asked after the other services for {1}.', service, named);
    let before = base;
    const next = await app.commands.publishChange(
      base.id,
      (newest) => {
        before = newest;
        return tableWith(newest, chosen, place);
      },
      note,
    );
    setState(next ? 'open' : 'refused');
    if (!next) return;
    if (isPinned) pinTable(app, next);
    app.workspace.notify(
      'info',
      t('{0} {1} is published: {2}', next.name, next.version, note),
      t('{0} {1} is kept. Going back publishes its rows again, as the next version.', before.name, before.version),
      {
        label: t('Back to {0} {1}', before.name, before.version),
        act: () => void backToTable(app, before, next),
      },
    );
    onDone();
  };
  const rest = base.rows.filter((row) => !served.some((one) => one.row === row));
  return (
    <>
      {WORK_KINDS.map((work) => {
        const rows = served.filter(({ row }) => row.work === work);
        if (rows.length === 0) return null;
        return (
          <section key={work} aria-label={madeBy(work)}>
            <h3>{madeBy(work)}</h3>
            <table className="grid">
              <colgroup>
                <col className="use-service__tier" />
                <col className="use-service__model" />
                <col className="use-service__price" />
                <col />
              </colgroup>
              <thead className="unseen">
                <tr>
                  <th>{t('Tier')}</th>
                  <th>{t('Model')}</th>
                  <th>{t('Price')}</th>
                  <th>{t('Asked in this order')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <ChosenRow
                    key={rowKey(one.row)}
                    served={one}
                    chosen={choiceIn(one)}
                    isOn={chosen.has(rowKey(one.row))}
                    place={place}
                    market={market}
                    onPick={(model) => setPicked({ ...picked, [rowKey(one.row)]: model })}
                    onTurn={(isOn) =>
                      setLeft([...left.filter((key) => key !== rowKey(one.row)), ...(isOn ? [] : [rowKey(one.row)])])
                    }
                  />
                ))}
              </tbody>
            </table>
          </section>
        );
      })}
      {rest.length > 0 && (
        <details className="aside use-service__rest">
          <summary>{t('{0|One thing stays|{0} things stay} as {0|it is|they are}', rest.length)}</summary>
          <p className="muted">{t('Made by no model of {0} within what they need and may cost.', service)}</p>
          <ul>
            {WORK_KINDS.filter((work) => rest.some((row) => row.work === work)).map((work) => (
              <li key={work}>
                {madeBy(work)}: {rest.flatMap((row) => (row.work === work ? [t(row.tier)] : [])).join(', ')}
              </li>
            ))}
          </ul>
        </details>
      )}
      {isUnpriced && (
        <p className="muted">
          {t(
            'Nobody has written down what some of its models cost, and what has a ceiling passes those over: what you pay is entered in',
          )}{' '}
          <a href={linkTo({ screen: 'catalog' })}>{t('Catalog')}</a>.
        </p>
      )}
      <Foot
        base={base}
        canPublish={chosen.size > 0 && state !== 'publishing'}
        wasRefused={state === 'refused'}
        onPublish={(isPinned) => void publish(isPinned)}
        onDone={onDone}
      />
    </>
  );
}

function ChosenRow({
  served: { row, able },
  chosen,
  isOn,
  place,
  market,
  onPick,
  onTurn,
}: {
  readonly served: ServedRow;
  readonly chosen: ModelRef;
  readonly isOn: boolean;
  readonly place: ServicePlace;
  readonly market: Market;
  readonly onPick: (model: string) => void;
  readonly onTurn: (isOn: boolean) => void;
}) {
  const { desk } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const name = t('{0}, {1}', madeBy(row.work), t(row.tier));
  const nameOf = (ref: ModelRef) => t(market.catalog.find(ref)?.model.name ?? ref.model);
  const { candidates } = isOn ? rowWith(row, chosen, place) : row;
  const isInThisVersion = (ref: ModelRef) => market.ready.some(({ id }) => id === ref.provider);
  return (
    <tr data-on={isOn}>
      <td>
        <label>
          <input type="checkbox" checked={isOn} onChange={(event) => onTurn(event.target.checked)} />{' '}
          <span className="unseen">{madeBy(row.work)}, </span>
          {t(row.tier)}
        </label>
      </td>
      <td>
        {able.length > 1 ? (
          <select
            className="field"
            aria-label={t('Model: {0}', name)}
            value={chosen.model}
            disabled={!isOn}
            onChange={(event) => onPick(event.target.value)}
          >
            {able.map((ref) => (
              <option key={ref.model} value={ref.model}>
                {nameOf(ref)}
              </option>
            ))}
          </select>
        ) : (
          nameOf(chosen)
        )}
      </td>
      <td className="tabular">{priceOfOne(usualPrice(chosen, row.work, market, providers ?? []))}</td>
      <td>
        <ol className="use-service__order" aria-label={t('Asked in this order')}>
          {candidates.filter(isInThisVersion).map((ref) => {
            const isNew = isOn && sameModel(ref, chosen);
            return (
              <li
                key={`${ref.provider} ${ref.model}`}
                data-state={isNew ? 'new' : canBeAsked(market, ref.provider) ? 'usable' : 'off'}
              >
                <ArrowRight size={11} aria-hidden />
                <div>
                  {nameOf(ref)} <span>{serviceInWords(providers, ref.provider)}</span>
                </div>
              </li>
            );
          })}
        </ol>
      </td>
    </tr>
  );
}

/** Who would use the new version, and the ways to publish it. */
function Foot({
  base,
  canPublish,
  wasRefused,
  onPublish,
  onDone,
}: {
  readonly base: RoutingTable;
  readonly canPublish: boolean;
  readonly wasRefused: boolean;
  readonly onPublish: (isPinned: boolean) => void;
  readonly onDone: () => void;
}) {
  const { document, desk } = useApp();
  const graph = useFact(document, (state) => state.graph);
  const isOpen = useFact(document, (state) => state.id !== undefined && !state.readOnly);
  const newest = useFact(desk, (state) =>
    Math.max(...state.tables.filter(({ id }) => id === base.id).map((one) => one.version)),
  );
  const tables = useFact(desk, (state) => state.tables);
  const tableName = tables.find(({ id }) => id === graph.routing?.table)?.name ?? graph.routing?.table ?? base.name;
  const next = newest + 1;
  const isHouse = base.id === HOUSE.id;
  // A graph that is pinned to no table follows the newest version of House.
  const follows = isHouse && !graph.routing;
  const publish = t('Publish {0} {1}', base.name, next);
  return (
    <>
      <p className="muted">
        {isHouse
          ? t('New graphs, templates and graphs that follow {0} use it at once.', base.name)
          : t('New graphs and templates follow {0}, not this table.', HOUSE.name)}{' '}
        {isOpen &&
          graph.routing &&
          t('“{0}” stays with {1} {2}.', nameInWords(graph), tableName, graph.routing.version)}
      </p>
      <div className="sheet__foot">
        {/* Notices lie behind the sheet. */}
        {wasRefused && (
          <p className="use-service__refused" role="alert">
            {t('It was not published. Close this to read why.')}
          </p>
        )}
        <button className="button" type="button" onClick={onDone}>
          {t('Cancel')}
        </button>
        {isOpen && !follows && (
          <button className="button" type="button" disabled={!canPublish} onClick={() => onPublish(false)}>
            {publish}
          </button>
        )}
        <button
          className="button button--primary"
          type="button"
          disabled={!canPublish}
          onClick={() => onPublish(isOpen && !follows)}
        >
          {isOpen && !follows ? t('{0} and use it in “{1}”', publish, nameInWords(graph)) : publish}
        </button>
      </div>
    </>
  );
}
