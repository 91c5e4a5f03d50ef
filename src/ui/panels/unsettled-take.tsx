/** A take of which nobody knows whether the service made it: what is known, and what a person can decide. */
import { inDollars } from '../../core/money.ts';
import type { TakeRecord } from '../../core/take.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName } from '../market.ts';
import { linkTo } from '../navigation.ts';
import { useJob } from '../use-job.ts';

export function UnsettledTake({ takes }: { readonly takes: readonly TakeRecord[] }) {
  const take = takes.findLast(({ state }) => state === 'unknown');
  return take ? <Question key={take.id} take={take} /> : null;
}

function Question({ take }: { readonly take: TakeRecord }) {
  const { commands, runs, desk } = useApp();
  const running = useFact(runs, (state) => state.running);
  const providers = useFact(desk, (state) => state.providers);
  const known = useJob(take);
  const service = serviceName(providers, take.answered.provider);
  const cannotBeAsked = known?.job?.cannotBeAsked === true;
  return (
    <div className="unsettled" role="group" aria-label={t('A take waits for your decision')}>
      <p>
        {take.failure && tell(take.failure.message)}{' '}
        {take.estimated === null
          ? t('Nobody knows whether {0} made it, or what it costs.', service)
          : t('Nobody knows whether {0} made it; it may have cost {1}.', service, inDollars(take.estimated))}{' '}
        {cannotBeAsked && t('Triptych cannot ask {0} for it: look in your account there, then decide here.', service)}{' '}
        <a className="link" href={linkTo({ screen: 'settings', at: take.answered.provider })}>
          {t('{0} in Settings', service)}
        </a>
      </p>
      <div className="strip__buttons">
        {known && !cannotBeAsked && (
          <button className="button" type="button" disabled={running} onClick={() => void commands.lookAgain(take)}>
            {t('Look again')}
          </button>
        )}
        <button className="button" type="button" disabled={running} onClick={() => void commands.countLost(take)}>
          {t('Count it as lost')}
        </button>
        <button className="button" type="button" disabled={running} onClick={() => void commands.replaceLost(take)}>
          {t('Take another')}
        </button>
      </div>
    </div>
  );
}
