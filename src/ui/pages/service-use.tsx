/** What became of a service that can be asked: whether the table that counts asks it, and the way to make it do so. */
import { isVideoWork, type WorkKind } from '../../core/take.ts';
import type { Catalog } from '../../routing/catalog.ts';
import { HOUSE } from '../../routing/house.ts';
import type { ProviderView } from '../../routing/job.ts';
import { rowsNaming } from '../../routing/service-rows.ts';
import type { Row } from '../../routing/routing-table.ts';
import { newestOf } from '../../routing/table-for.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { linkTo } from '../navigation.ts';
import { UseServiceButton } from '../panels/use-service-button.tsx';
import { madeBy } from '../panels/use-service-words.ts';

export function ServiceUse({ provider: { id, name } }: { readonly provider: ProviderView }) {
  const { desk, document } = useApp();
  const catalog = useFact(desk, (state) => state.catalog);
  const tables = useFact(desk, (state) => state.tables);
  const graphTable = useFact(document, (state) => state.graph.routing?.table);
  const table = newestOf(tables, graphTable ?? HOUSE.id);
  const makes = whatItMakes(catalog, id);
  if (!makes) return null;
  const rows = rowsNaming(table, id);
  const isUnused = rows.length === 0;
  return (
    <div className="provider__use">
      <p>
        {isUnused ? (
          t('{0} can make {1}, but no graph asks it yet.', name, makes)
        ) : (
          <>
            {t('Asked for: {0}.', tiersByWork(rows))}{' '}
            <a className="link" href={linkTo({ screen: 'routing' })}>
              {t('Open {0} {1}', table.name, table.version)}
            </a>
          </>
        )}
      </p>
      <UseServiceButton provider={id} table={table.id} isMain={isUnused} />
    </div>
  );
}

/** "Stills (draft, speed), Clips (cinematic)". */
function tiersByWork(rows: readonly Row[]): string {
  const works = [...new Set(rows.map(({ work }) => work))];
  const tiersOf = (kind: WorkKind) => rows.filter(({ work }) => work === kind).map(({ tier }) => t(tier));
  return works.map((work) => t('{0} ({1})', madeBy(work), tiersOf(work).join(', '))).join(', ');
}

/** Pictures, clips, or both; nothing where it has no models that can be routed to. */
function whatItMakes({ models }: Catalog, provider: string): string | undefined {
  const works = models
    .filter(({ status, offers }) => status !== 'retired' && offers.some((offer) => offer.provider === provider))
    .flatMap(({ work }) => work);
  const [clips, pictures] = [works.some(isVideoWork), works.some((work) => !isVideoWork(work))];
  if (pictures && clips) return t('pictures and clips');
  if (pictures) return t('pictures');
  return clips ? t('clips') : undefined;
}
