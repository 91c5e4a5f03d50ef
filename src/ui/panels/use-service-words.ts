/** What a service makes and what one of it costs, in the words of who makes it. */
import type { WorkKind } from '../../core/take.ts';
import type { UsualPrice } from '../../routing/usual-price.ts';
import { t, w } from '../../words/t.ts';
import { priceInWords } from '../units.ts';

/** What a person has when the work is done. */
const MADE_BY: Readonly<Record<WorkKind, string>> = {
  'text to image': w('Stills'),
  'image edit': w('Changed pictures'),
  'text to video': w('Clips'),
  'image to video': w('Clips from a still'),
  upscale: w('Enlarged pictures'),
};
export const madeBy = (work: WorkKind): string => t(MADE_BY[work]);

/** "≈ $0.04 a picture". */
export function priceOfOne({ estimate, per }: UsualPrice): string {
  const price = priceInWords(estimate);
  if (estimate.amount === undefined) return t('price unknown');
  if (per === 'clip') return t('{0} a clip', price);
  return per === 'second' ? t('{0} a second', price) : t('{0} a picture', price);
}
