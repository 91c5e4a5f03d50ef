/** Why nobody can be asked for a node's take, as the way to where that is mended. */
import { BUILT_IN } from '../../routing/catalog.ts';
import type { TakePlan } from '../../routing/take-plan.ts';
import { whatIsMissing, type Missing } from '../../routing/what-is-missing.ts';
import { t, tell } from '../../words/t.ts';
import { useApp, useFact } from '../app-context.ts';
import { serviceName } from '../market.ts';
import { linkTo, type Place } from '../navigation.ts';
import { rowPlace } from '../row-place.ts';
import { tip } from '../widgets/tip.ts';

export function NobodyAsked({ takePlan }: { readonly takePlan: TakePlan }) {
  const { resolution } = takePlan;
  const missing = whatIsMissing(resolution);
  const reason = useReason(missing, takePlan);
  const place = placeOf(missing, takePlan);
  return (
    <a className="link" href={linkTo(place)} {...tip(resolution.problem && tell(resolution.problem))}>
      {reason}
    </a>
  );
}

function placeOf(missing: Missing, { request, resolution: { tier } }: TakePlan): Place {
  switch (missing.kind) {
    case 'key':
    case 'answer':
    case 'readiness':
      return { screen: 'settings', at: missing.candidate.provider };
    case 'money':
      return { screen: 'settings', at: 'limits' };
    case 'adapter':
    case 'match':
    case 'candidates':
    case 'seed':
      return { screen: 'routing', at: rowPlace({ work: request.work, tier }) };
    default:
      return missing satisfies never;
  }
}

function useReason(missing: Missing, { budgetLeft, resolution }: TakePlan): string {
  const { desk } = useApp();
  const providers = useFact(desk, (state) => state.providers);
  const { runCap, monthlyBudget } = useFact(desk, (state) => state.settings);
  if (!('candidate' in missing))
    return missing.kind === 'seed' ? t('the locked seed was tried with everybody') : t('the row has no candidates');
  const { candidate, kind } = missing;
  const service = serviceName(providers, candidate.provider);
  switch (kind) {
    case 'key':
      return t('no key for {0}', service);
    case 'answer':
      return t('{0} is offline', service);
    case 'readiness':
      return t('{0} cannot be asked now', service);
    case 'adapter':
      return providers
        ? t('this version cannot ask {0}', service)
        : t('the local server that asks services does not answer');
    case 'money': {
      if (candidate.onlyUnpriced) return t('its price is unknown, and there is a limit');
      const isOfRun = runCap !== undefined && budgetLeft === runCap;
      if (isOfRun) return t('one take costs more than a run may');
      return monthlyBudget === 0 || budgetLeft === 0
        ? t('the budget of the month is used up')
        : t('the budget of the month is too small for it');
    }
    case 'match':
      return resolution.isPinned && candidate.provider !== BUILT_IN.provider
        ? t('{0} does not match', t(candidate.name))
        : t('no model of the row matches');
    default:
      return kind satisfies never;
  }
}
