/** The second line of the run bar: why nobody can be asked, as the way to where that is mended, and one offer. */
import { newestOf } from '../../routing/table-for.ts';
import type { TakePlan } from '../../routing/take-plan.ts';
import { t } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName } from '../market.ts';
import { pinTable } from '../pin-table.ts';
import { tableOffer, type TableOffer } from '../table-offer.ts';
import { tip } from '../widgets/tip.ts';
import { NobodyAsked } from './nobody-asked.tsx';
import { RouteOffers } from './route-offers.tsx';
import './run-bar-line.css';

/** `halted`: of a node that has to be made, and that nobody can be asked for. */
export default function RunBarLine({ halted }: { readonly halted: TakePlan | undefined }) {
  const app = useApp();
  const { tables, providers } = useFact(app.desk, (state) => state);
  const routing = useFact(app.document, (state) => state.graph.routing);
  const readOnly = useFact(app.document, (state) => state.readOnly);
  const offer = readOnly ? undefined : tableOffer(routing, tables, providers ?? []);
  if (!halted && !offer) return null;
  return (
    <div className="runbar__line">
      {halted && <NobodyAsked takePlan={halted} />}
      {offer && (
        <button className="button" type="button" {...tip(whyOf(offer))} onClick={() => pinTable(app, offer.table)}>
          {offer.kind === 'newer'
            ? t(
                'Ask {0}, as {1} {2} does',
                serviceName(providers, offer.service),
                offer.table.name,
                offer.table.version,
              )
            : t('Stay with {0} {1} of this browser', offer.table.name, offer.table.version)}
        </button>
      )}
      {halted && !offer && !halted.resolution.isPinned && (
        <RouteOffers takePlan={halted} table={newestOf(tables, halted.resolution.table.id)} isBrief />
      )}
    </div>
  );
}

const whyOf = (offer: TableOffer): string =>
  offer.kind === 'newer'
    ? t('This graph stays with the version it was made with. One step back undoes it.')
    : t('It was made with a table of another browser that has the same number and says something else.');
