/**
 * The route of a generation node in one place: its tier, the row that stands for it, whom the row names in order with
 * price, seeds and speed, and why each is passed over; and the way to pin the node to one of them.
 */
import { ArrowRight, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { sameData } from '../../core/equal.ts';
import type { NodeId } from '../../core/ids.ts';
import { sameModel } from '../../core/take.ts';
import type { Considered } from '../../routing/resolve.ts';
import { newestOf, tableFor } from '../../routing/table-for.ts';
import { nextOf } from '../../routing/take-plan.ts';
import { t, tell, tellAll } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { shortTime } from '../dates.ts';
import { serviceInWords, serviceName } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { pinModel } from '../pin-model.ts';
import { pinTable } from '../pin-table.ts';
import { duration, priceInWords } from '../units.ts';
import { named } from '../widgets/tip.ts';
import { PinPicker } from './pin-picker.tsx';
import './node-route.css';

/** `node` is its id on the board, `flat` the one that plans know it by. */
export function NodeRoute({ node, flat }: { readonly node: NodeId; readonly flat: NodeId }) {
  const app = useApp();
  const { runs, document, desk } = app;
  const takePlan = useFact(runs, (state) => state.plan?.dispatched[flat]?.takePlan);
  const tables = useFact(desk, (state) => state.tables);
  const routing = useFact(document, (state) => state.graph.routing);
  const readOnly = useFact(document, (state) => state.readOnly);
  const pinned = useFact(document, (state) => state.board.nodes[node]?.pinned);
  const [isPicking, setPicking] = useState(false);
  if (!takePlan) return null;
  const { request, resolution } = takePlan;
  const { considered, usable, problem } = resolution;
  const attempt = nextOf(takePlan);
  const next = attempt.kind === 'make' ? attempt.step.candidate : usable[0];
  const table = tableFor(routing ? { routing } : {}, tables);
  const newest = newestOf(tables, table.id);
  return (
    <section className="node-route" aria-label={t('Route')}>
      <h3>{t('Route')}</h3>
      <p className="node-route__way">
        <span>{t(resolution.tier)}</span>
        <ArrowRight size={12} aria-label={t('leads to')} role="img" />
        <a className="link" href={linkTo({ screen: 'routing' })}>
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
      <ol aria-label={t('Candidates in order')}>
        {considered.map((candidate) => (
          <Candidate
            key={`${candidate.provider} ${candidate.model}`}
            candidate={candidate}
            isNext={candidate === next}
            isPinned={pinned !== undefined && sameModel(pinned, candidate)}
            isPastTable={pinned !== undefined && !sameModel(pinned, candidate)}
            onPin={readOnly ? undefined : (isOn) => pinModel(app, node, isOn ? candidate : undefined)}
          />
        ))}
      </ol>
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

function Candidate({
  candidate,
  isNext,
  isPinned,
  isPastTable,
  onPin,
}: {
  readonly candidate: Considered;
  readonly isNext: boolean;
  readonly isPinned: boolean;
  /** The node is pinned to another: what else speaks against this one does not matter now. */
  readonly isPastTable: boolean;
  readonly onPin: ((isOn: boolean) => void) | undefined;
}) {
  const { provider, estimate, seconds, obstacle, reasons } = candidate;
  const { desk } = useApp();
  const service = useFact(desk, (state) => serviceInWords(state.providers, provider));
  const name = t(candidate.name);
  const isOff = obstacle !== undefined;
  return (
    <li data-state={isNext ? 'next' : isOff ? 'off' : reasons.length ? 'passed' : 'usable'}>
      <strong className="node-route__name">{name}</strong>
      <span className="node-route__price tabular">
        {estimate.amount === undefined ? t('price unknown') : priceInWords(estimate)}
      </span>
      {onPin ? (
        <button
          className="node-route__tool"
          type="button"
          aria-pressed={isPinned}
          {...named(isPinned ? t('Unpin this node from {0}', name) : t('Pin this node to {0}', name))}
          onClick={() => onPin(!isPinned)}
        >
          <Pin size={13} aria-hidden />
        </button>
      ) : (
        <span />
      )}
      <p>
        {isNext && <em>{t('asked next')}</em>}
        <span>{service}</span>
        <SeedWords candidate={candidate} />
        {estimate.quotedAt !== undefined && <span>{t('quoted at {0}', shortTime(estimate.quotedAt))}</span>}
        {seconds !== undefined && <span>{t('usually {0}', duration(seconds * 1000))}</span>}
      </p>
      {!isPastTable && <PassedOver candidate={candidate} />}
    </li>
  );
}

/** Whether it takes a seed, and whether the same one repeats. */
function SeedWords({ candidate }: { readonly candidate: Considered }) {
  const { desk } = useApp();
  const model = useFact(desk, (state) => state.catalog.find(candidate)?.model);
  if (!model) return null;
  const { seed } = model.supports;
  return (
    <span>
      {seed === undefined
        ? t('seeds unknown')
        : !seed
          ? t('no seed')
          : model.seeds === 'yes'
            ? t('its seed repeats')
            : t('takes a seed')}
    </span>
  );
}

/** Why it is not asked: it does not fit, has no key, or does not answer. Each is mended somewhere else. */
function PassedOver({ candidate: { provider, reasons, obstacle, onlyMoney } }: { readonly candidate: Considered }) {
  const { desk } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const service = serviceName(providers, provider);
  if (reasons.length === 0) return null;
  const others = reasons.filter((reason) => !obstacle || !sameData(reason, obstacle.reason));
  const settings = (words: string) => (
    <a className="link" href={linkTo({ screen: 'settings', provider })}>
      {words}
    </a>
  );
  return (
    <>
      {others.length > 0 && <p>{onlyMoney ? tellAll(others, '; ') : t('No match ({0}).', tellAll(others, '; '))}</p>}
      {obstacle?.lacks === 'key' && (
        <p>
          {t('No key for {0}.', service)} {settings(t('Enter it'))}
        </p>
      )}
      {obstacle?.lacks === 'answer' && (
        <p>
          {t('Offline: {0}.', tell(obstacle.reason))} {settings(t('Look at it'))}
        </p>
      )}
      {obstacle?.lacks === 'adapter' && (
        <p>
          {providers ? (
            <>
              {t(
                'This version of Triptych has no way to ask the service “{0}”. Pin another model, or take this one out of the row.',
                service,
              )}{' '}
              <a className="link" href={linkTo({ screen: 'routing' })}>
                {t('Routing tables')}
              </a>
            </>
          ) : (
            t('Offline: the local server that asks services does not answer.')
          )}
        </p>
      )}
    </>
  );
}
