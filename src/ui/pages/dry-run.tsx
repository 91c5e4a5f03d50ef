/** What a routing table would do for the open graph: which takes it would ask for, and what another version changes. */
import type { NodeId } from '../../core/ids.ts';
import { say, type Sentence } from '../../core/say.ts';
import type { Plan } from '../../engine/plan.ts';
import type { Attempt } from '../../routing/attempts.ts';
import { whyThis, type Considered } from '../../routing/resolve.ts';
import type { RoutingTable } from '../../routing/routing-table.ts';
import { tableKey } from '../../routing/table-for.ts';
import { nextOf, underTable, type TakePlan } from '../../routing/take-plan.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceInWords, serviceName, useMarket } from '../market.ts';
import { nameOf } from '../node-facts.ts';
import { pinTable } from '../pin-table.ts';
import { priceInWords, quotedInWords } from '../units.ts';
import { t, tell, tellAll, w } from '../../words/t.ts';
import './route.css';
import '../theme/grid.css';

function useNames(): (id: NodeId) => string {
  const { document, registry } = useApp();
  const graph = useFact(document, (state) => state.graph);
  return (id) => nameOf(graph, registry, id);
}

/** Which nodes of the open graph would be made by another model, or at another price. */
export function TableDifference({ from, to }: { readonly from: RoutingTable; readonly to: RoutingTable }) {
  const { runs, document } = useApp();
  const dispatched = useFact(runs, (state) => state.ahead?.dispatched);
  const market = useMarket();
  const nameOf = useNames();
  if (tableKey(from) === tableKey(to)) return null;
  const changes = (Object.keys(dispatched ?? {}) as NodeId[]).flatMap((id) => {
    const { takePlan } = dispatched![id]!;
    const [before, after] = [from, to].map((table) => underTable(takePlan, table, market).resolution);
    const [a, b] = [before!.usable[0], after!.usable[0]];
    const [first, then] = [before!.considered[0], after!.considered[0]];
    if (a?.model === b?.model && a?.estimate.amount === b?.estimate.amount && first?.model === then?.model) return [];
    return [{ id, was: a, is: b, wanted: first, wants: then }];
  });
  return (
    <section className="panel panel--below" aria-label={t('Difference')}>
      <p>
        <strong>
          {from.name} {from.version} → {to.name} {to.version || t('draft')}
        </strong>
        {to.note && `: ${t(to.note)}`}
      </p>
      {changes.length === 0 ? (
        <p className="muted">{t('No node of the open graph would change its model or price.')}</p>
      ) : (
        <table className="grid tabular">
          <thead>
            <tr>
              <th>{t('Node')}</th>
              <th>{t('Asked first')}</th>
              <th>{t('Made by')}</th>
              <th>{t('Price')}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ id, was, is, wanted, wants }) => (
              <tr key={id}>
                <td>{nameOf(id)}</td>
                <td>
                  {t(wanted?.name ?? w('nobody'))} → {t(wants?.name ?? w('nobody'))}
                </td>
                <td>
                  {t(was?.name ?? w('nobody'))} → {t(is?.name ?? w('nobody'))}
                </td>
                <td>
                  {was ? priceInWords(was.estimate) : '–'} → {is ? priceInWords(is.estimate) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {to.version > 0 && (
        <button className="button routing__use" type="button" onClick={() => pinTable({ document }, to)}>
          {t('Use version {0} in this graph', to.version)}
        </button>
      )}
    </section>
  );
}

/** What each generation node would get, why, at what price, and why not the others. */
export function DryRun({ table, ahead }: { readonly table: RoutingTable; readonly ahead: Plan<TakePlan> | undefined }) {
  const { desk } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const market = useMarket();
  const nameOf = useNames();
  const nodes = Object.keys(ahead?.dispatched ?? {}) as NodeId[];
  if (!ahead || nodes.length === 0)
    return <p className="empty empty--page">{t('This graph generates nothing yet.')}</p>;
  return (
    <div className="rows">
      {nodes.map((id) => {
        const takePlan = underTable(ahead.dispatched[id]!.takePlan, table, market);
        const { request, resolution } = takePlan;
        const next = nextOf(takePlan);
        const step = next.kind === 'make' ? next.step : undefined;
        const isMade = ahead.nodes[id]?.state === 'cached';
        return (
          <article className="route" key={id} aria-label={t('Dry run of {0}', nameOf(id))}>
            <header>
              <h3 className="route__node">{nameOf(id)}</h3>
              <span className="badge">
                {t(request.work)}, {t(resolution.tier)}
              </span>
            </header>
            <p className="muted">{isMade ? t('Its take is there: a run asks nobody.') : tell(nextInWords(next))}</p>
            <ol>
              {resolution.considered.map((candidate) => (
                <li key={`${candidate.provider} ${candidate.model}`} data-state={stateOf(candidate, step?.candidate)}>
                  <span>
                    <strong>{t(candidate.name)}</strong>{' '}
                    <span className="muted">{serviceInWords(providers, candidate.provider)}</span>
                    <small>
                      {candidate.reasons.length
                        ? tellAll(candidate.reasons, '; ')
                        : candidate === step?.candidate
                          ? t('chosen: {0}', whyThis(resolution, candidate))
                          : next.kind === 'stop'
                            ? t('usable, not asked')
                            : t('would be asked next')}
                    </small>
                  </span>
                  <span className="tabular route__price">
                    {priceInWords(candidate.estimate)}
                    {candidate.estimate.quotedAt !== undefined && (
                      <small>
                        {quotedInWords(serviceName(providers, candidate.provider), candidate.estimate.quotedAt)}
                      </small>
                    )}
                  </span>
                </li>
              ))}
            </ol>
            {resolution.problem && <p className="why why--bad">{tell(resolution.problem)}</p>}
            {resolution.row && <p className="route__why">{t(resolution.row.why)}</p>}
          </article>
        );
      })}
    </div>
  );
}

function stateOf(candidate: Considered, chosen: Considered | undefined): 'chosen' | 'passed' | 'next' {
  if (candidate === chosen) return 'chosen';
  return candidate.reasons.length ? 'passed' : 'next';
}

function nextInWords(next: Attempt): Sentence {
  switch (next.kind) {
    case 'make':
      return say('A run asks for attempt {0}, with the seed {1}.', next.number + 1, next.step.seed);
    case 'use':
      return say('A take that is there would be used again.');
    case 'measure':
      return say('A take that is there would be measured by these criteria, for nothing.');
    case 'stop':
      if (next.because === 'cap') return say('All takes are used, so a run asks nobody.');
      return next.because === 'nobody'
        ? say('A run finds nobody to ask.')
        : say('Nobody knows whether the last take was made, so a run asks nobody before you have decided.');
    default:
      return next satisfies never;
  }
}
