/**
 * The route of a generation node in one place: its tier, the row that stands for it, whom the row names in order with
 * price, seeds and speed, and why each is passed over; and the way to pin the node to one of them.
 */
import { ArrowRight, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import type { NodeId } from '../../core/ids.ts';
import { sameModel } from '../../core/take.ts';
import { BUILT_IN } from '../../routing/catalog.ts';
import type { Considered } from '../../routing/resolve.ts';
import { newestOf, tableFor } from '../../routing/table-for.ts';
import { explainedControl, explainedWord } from '../explained.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { candidateNext } from '../asked-next.ts';
import { linkTo } from '../navigation.ts';
import { pinModel } from '../pin-model.ts';
import { pinTable } from '../pin-table.ts';
import { rowPlace } from '../row-place.ts';
import { PinPicker } from './pin-picker.tsx';
import { RouteCandidate } from './route-candidate.tsx';
import { RouteOffers } from './route-offers.tsx';
import './node-route.css';

/** `node` is its id on the board, `flat` the one that plans know it by. */
export function NodeRoute({ node, flat }: { readonly node: NodeId; readonly flat: NodeId }) {
  const app = useApp();
  const { runs, document, desk } = app;
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[flat]?.takePlan);
  const tables = useFact(desk, (state) => state.tables);
  const isConnected = useFact(desk, (state) => state.providers !== undefined);
  const routing = useFact(document, (state) => state.graph.routing);
  const readOnly = useFact(document, (state) => state.readOnly);
  const pinned = useFact(document, (state) => state.board.nodes[node]?.pinned);
  const isRunning = useFact(runs, (state) => state.nodes[flat]?.status === 'running');
  const slot = takePlan?.slot;
  const pending = useFact(desk, (state) =>
    state.takes.findLast((take) => take.node === flat && take.slot === slot && take.state === 'pending'),
  );
  const [isPicking, setPicking] = useState(false);
  if (!takePlan) return null;
  const { request, resolution } = takePlan;
  const { considered, problem } = resolution;
  const next = candidateNext(takePlan);
  // A plan is older than what its run has come to: by then another candidate may be at it.
  const asked = isRunning && pending ? considered.find((one) => sameModel(one, pending.answered)) : next;
  const table = tableFor(routing ? { routing } : {}, tables);
  const newest = newestOf(tables, table.id);
  // No key would help them; without the local server nobody knows which those are. What the node is pinned to stays in sight.
  const isOutside = (one: Considered) =>
    isConnected && one.obstacle?.lacks === 'adapter' && !(pinned && sameModel(pinned, one));
  const shown = (candidate: Considered) => (
    <RouteCandidate
      key={`${candidate.provider} ${candidate.model}`}
      candidate={candidate}
      turn={candidate === asked ? (isRunning ? 'now' : 'next') : undefined}
      isPinned={pinned !== undefined && sameModel(pinned, candidate)}
      isPastTable={pinned !== undefined && !sameModel(pinned, candidate)}
      onPin={readOnly ? undefined : (isOn) => pinModel(app, node, isOn ? candidate : undefined)}
    />
  );
  return (
    <section className="node-route" aria-label={t('Route')}>
      <h3>{t('Route')}</h3>
      <p className="node-route__way">
        <span className="explained" {...explainedWord('tier')}>
          {t(resolution.tier)}
        </span>
        <ArrowRight size={12} aria-label={t('leads to')} role="img" />
        <a
          className="link"
          {...explainedControl('row')}
          href={linkTo({ screen: 'routing', at: rowPlace({ work: request.work, tier: resolution.tier }) })}
        >
          {t('{0} {1}, {2}', table.name, table.version || t('draft'), t(request.work))}
        </a>
      </p>
      {newest.version > table.version && !pinned && !readOnly && (
        <p className="node-route__pin">
          <span>
            {t('This graph stays with {0} {1}. Version {2} is published.', table.name, table.version, newest.version)}
          </span>
          <button className="button" type="button" onClick={() => pinTable(app, newest)}>
            {t('Use version {0}', newest.version)}
          </button>
        </p>
      )}
      {pinned && (
        <p className="node-route__pin">
          <Pin size={13} aria-hidden />
          <span>{t('Pinned to {0}. The table is passed over.', t(considered[0]?.name ?? pinned.model))}</span>
          {!readOnly && (
            <button className="button" type="button" onClick={() => pinModel(app, node, undefined)}>
              <PinOff size={13} aria-hidden /> {t('Unpin')}
            </button>
          )}
        </p>
      )}
      {problem && <p className="why why--bad">{tell(problem)}</p>}
      <ol aria-label={t('Candidates in order')}>{considered.filter((one) => !isOutside(one)).map(shown)}</ol>
      {considered.some(isOutside) && (
        <details className="aside">
          <summary>{t('Not in this version')}</summary>
          <ol aria-label={t('Not in this version')}>{considered.filter(isOutside).map(shown)}</ol>
        </details>
      )}
      {!pinned && !readOnly && (!next || sameModel(next, BUILT_IN)) && (
        <RouteOffers takePlan={takePlan} table={newest} />
      )}
      {!readOnly && (
        <button className="button button--quiet" type="button" onClick={() => setPicking(true)}>
          <Pin size={13} aria-hidden /> {t('Pin to another model…')}
        </button>
      )}
      {isPicking && (
        <PinPicker
          takePlan={takePlan}
          table={table}
          onPick={(model) => {
            pinModel(app, node, model);
            setPicking(false);
          }}
          onLeave={() => setPicking(false)}
        />
      )}
    </section>
  );
}
