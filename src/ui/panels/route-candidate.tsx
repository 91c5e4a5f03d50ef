/** One candidate of a node's route: its price, seeds and speed, whether it is asked, and why not. */
import { Pin } from 'lucide-react';
import { sameData } from '../../core/equal.ts';
import type { Considered } from '../../routing/resolve.ts';
import { t, tellAll } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { shortTime } from '../dates.ts';
import { serviceInWords, serviceName } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { duration, priceAlone } from '../units.ts';
import { named } from '../widgets/tip.ts';
import './node-route.css';

export function RouteCandidate({
  candidate,
  turn,
  isPinned,
  isPastTable,
  onPin,
}: {
  readonly candidate: Considered;
  /** It is asked next, or at this moment. */
  readonly turn: 'next' | 'now' | undefined;
  readonly isPinned: boolean;
  /** The node is pinned to another, which is said once for all of them: the first of its reasons. */
  readonly isPastTable: boolean;
  readonly onPin: ((isOn: boolean) => void) | undefined;
}) {
  const { provider, estimate, seconds, obstacle, reasons } = candidate;
  const { desk } = useApp();
  const service = useFact(desk, (state) => serviceInWords(state.providers, provider));
  const name = t(candidate.name);
  const isOff = obstacle !== undefined;
  return (
    <li data-state={turn ? 'next' : isOff ? 'off' : reasons.length ? 'passed' : 'usable'}>
      <strong className="node-route__name">{name}</strong>
      <span className="node-route__price tabular">{priceAlone(estimate)}</span>
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
        {turn && <em>{turn === 'now' ? t('is being asked') : t('asked next')}</em>}
        <span>{service}</span>
        <SeedWords candidate={candidate} />
        {estimate.quotedAt !== undefined && <span>{t('quoted at {0}', shortTime(estimate.quotedAt))}</span>}
        {seconds !== undefined && <span>{t('usually {0}', duration(seconds * 1000))}</span>}
      </p>
      <PassedOver candidate={isPastTable ? { ...candidate, reasons: reasons.slice(1) } : candidate} />
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
    <a className="link" href={linkTo({ screen: 'settings', at: provider })}>
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
      {(obstacle?.lacks === 'answer' || obstacle?.lacks === 'readiness') && (
        <p>
          {obstacle.lacks === 'answer' ? t('Offline: {0}.', obstacle.reason) : t('Not now: {0}.', obstacle.reason)}{' '}
          {settings(t('Look at it'))}
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
