/** What a candidate of a row usually costs, as far as that is known before anybody asks for a picture. */
import type { UsualPrice } from '../../routing/usual-price.ts';
import { t } from '../../words/t.ts';
import { shortTime } from '../dates.ts';
import { priceInWords } from '../units.ts';

export function usualPriceInWords({ estimate, per, isAsked }: UsualPrice): string {
  if (estimate.amount === undefined) return isAsked ? t('asked for at each run') : t('unknown');
  const price = per === 'clip' ? t('{0} a clip', priceInWords(estimate)) : priceInWords(estimate);
  return estimate.quotedAt === undefined ? price : t('{0}, quoted at {1}', price, shortTime(estimate.quotedAt));
}
