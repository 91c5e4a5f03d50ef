/** The receipt of one take: who was asked, who answered and why, what was sent, what was left out, what it cost. */
import type { ModelRef, Sent, TakeRecord } from '../../core/take.ts';
import { costKnown, wasFirstAsked } from '../../ledger/receipt.ts';
import { BUILT_IN } from '../../routing/catalog.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import { explainedWord } from '../explained.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { timeToTheSecond } from '../dates.ts';
import { modelInWords, serviceName } from '../market.ts';
import { duration } from '../units.ts';
import './take-receipt.css';

export function TakeReceipt({ take }: { readonly take: TakeRecord }) {
  const { desk } = useApp();
  const { catalog, providers, tables, takes } = useFact(desk, (state) => state);
  const { asked, answered, why, seed, baseSeed, at, workedMs, state, failure, notes, sent, table } = take;
  const isAsked = wasFirstAsked(take, takes);
  const service = serviceName(providers, answered.provider);
  const named = (ref: ModelRef) => modelInWords(catalog, providers, ref);
  return (
    <div className="take-receipt" role="group" aria-label={t('Receipt of this take')}>
      <dl className="take-receipt__facts">
        <dt>{isAsked ? t('Asked') : t('Would have asked')}</dt>
        <dd>{isAsked ? named(asked) : t('{0}; nothing was sent to it', named(asked))}</dd>
        <dt>{whatTheyDid(take)}</dt>
        <dd>{named(answered)}</dd>
        <dt>{t('Why this model')}</dt>
        <dd>{tell(why)}</dd>
        {!take.request.pinned && (
          <>
            <dt>
              <span className="explained" {...explainedWord('row')}>
                {t('Row')}
              </span>
            </dt>
            <dd>
              {t(
                '{0}, {1}, table “{2}”, {3}',
                t(take.work),
                t(take.tier),
                titleOf(table, tables),
                table.version ? t('version {0}', table.version) : t('draft'),
              )}
            </dd>
          </>
        )}
        <dt>{t('Cost')}</dt>
        <dd>{tell(costKnown(take))}</dd>
        <dt>{t('When')}</dt>
        <dd className="tabular">
          {state
            ? t('asked {0}', timeToTheSecond(at))
            : t('asked {0}, answered after {1}', timeToTheSecond(at), duration(workedMs))}
        </dd>
        <dt>{t('Seed used')}</dt>
        <dd className="tabular">{seed === baseSeed ? String(seed) : t('{0}; the graph gave {1}', seed, baseSeed)}</dd>
      </dl>
      {failure && (
        <p className="why why--bad">
          {tell(failure.message)} {failure.hint && tell(failure.hint)}
        </p>
      )}
      {notes && notes.length > 0 && (
        <>
          <p className="take-receipt__part">{t('Ignored or rounded')}</p>
          <ul>
            {notes.map((note, index) => (
              <li key={index}>{tell(note)}</li>
            ))}
          </ul>
        </>
      )}
      {sent && <SentList sent={sent} service={service} />}
    </div>
  );
}

/** Before the name of who was asked last. */
function whatTheyDid({ state, failure, sent, answered }: TakeRecord): string {
  if (state === 'pending') return t('Being made by');
  if (state === 'unknown') return t('Sent to');
  if (failure && !sent && answered.provider !== BUILT_IN.provider) return t('Not sent to');
  if (failure?.code === 'cancelled') return t('Cancelled at');
  return failure ? t('Failed at') : t('Answered');
}

/** What it was called in that version; its id where this browser does not have the table. */
const titleOf = ({ id, version }: TakeRecord['table'], tables: readonly RoutingTable[]): string => {
  const versions = tables.filter((one) => one.id === id);
  return (versions.find((one) => one.version === version) ?? versions.at(-1))?.name ?? id;
};

/** As it went out, in the service's own names: those are the same in every language. */
function SentList({ sent, service }: { readonly sent: Sent; readonly service: string }) {
  return (
    <>
      <p className="take-receipt__part">{t('Sent to {0}', service)}</p>
      <dl className="take-receipt__facts take-receipt__sent">
        {Object.entries({ model: sent.model, ...sent.input }).map(([name, value]) => (
          <SentValue key={name} name={name} value={valueInWords(value, sent.pictures)} />
        ))}
      </dl>
    </>
  );
}

const SentValue = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
);

const PICTURE = 'picture:';
function valueInWords(value: unknown, pictures: Sent['pictures']): string {
  if (Array.isArray(value)) return value.map((one) => valueInWords(one, pictures)).join(', ');
  if (typeof value !== 'string') return JSON.stringify(value) ?? '';
  const picture = value.startsWith(PICTURE) ? pictures[value.slice(PICTURE.length)] : undefined;
  return picture ? t('picture {0} × {1}', picture.width, picture.height) : value;
}
