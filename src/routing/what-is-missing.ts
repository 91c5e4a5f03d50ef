/** Why a node that has to be made cannot be: what one thing would have to be there, and so where it is mended. */
import type { Obstacle } from './readiness.ts';
import type { Considered, Resolution } from './resolve.ts';

/**
 * `key`, `answer`, `readiness` and `adapter`: of the service that is nearest to being asked. `money`: a limit is reached, or
 * is to be kept and nobody knows the price. `match`: no model of the row does what is asked. `candidates`: the row has
 * none. `seed`: everybody was asked with the seed that is locked.
 */
export type Missing =
  | { readonly kind: Obstacle['lacks']; readonly candidate: Considered }
  | { readonly kind: 'money' | 'match'; readonly candidate: Considered }
  | { readonly kind: 'candidates' | 'seed' };

export function whatIsMissing({
  considered,
  usable,
  isPinned,
}: Pick<Resolution, 'considered' | 'usable' | 'isPinned'>): Missing {
  const [first] = considered;
  if (usable.length > 0) return { kind: 'seed' };
  if (!first) return { kind: 'candidates' };
  // Past a pin nobody else is asked, whatever they lack.
  const nearest = isPinned ? first : considered.reduce((best, one) => (lacksOf(one) < lacksOf(best) ? one : best));
  if (lacksOf(nearest) > 1) return { kind: 'match', candidate: nearest };
  if (nearest.onlyMoney || nearest.onlyUnpriced) return { kind: 'money', candidate: nearest };
  return { kind: nearest.obstacle?.lacks ?? 'match', candidate: nearest };
}

/** How many things would have to be there. A service that is in trouble says its price again once it is not. */
const lacksOf = ({ reasons, onlyTrouble }: Considered): number => (onlyTrouble ? 1 : reasons.length);
