/** Times, sizes, shares and prices as they are read in the chosen language. */
import { decimal } from '../core/figures.ts';
import { inDollars } from '../core/money.ts';
import type { Estimate } from '../routing/prices.ts';
import { shortTime } from './dates.ts';
import { decimalMark, inFigures, locale, t } from '../words/t.ts';

/** 850 ms, 3.2 s, 1 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return t('{0} ms', Math.round(ms));
  if (ms < 60_000) return inSeconds(ms / 1000, 1);
  return t('{0} min {1} s', Math.floor(ms / 60_000), Math.round((ms % 60_000) / 1000));
}
export const inSeconds = (seconds: number, digits: number): string => t('{0} s', decimal(seconds, digits));
/** 12 kB, 3.4 MB, 1.5 GB. */
export function fileSize(bytes: number): string {
  if (bytes >= 1e9) return t('{0} GB', Number((bytes / 1e9).toFixed(1)));
  return bytes < 1e6 ? t('{0} kB', Math.max(1, Math.round(bytes / 1e3))) : t('{0} MB', decimal(bytes / 1e6, 1));
}
/** 35%, of a share between 0 and 1. */
export const percent = (share: number): string => share.toLocaleString(locale(), { style: 'percent' });
/** One of a param's options, whose numbers have the reader's decimal mark. */
export const optionInWords = (option: string): string =>
  /^\d+\.\d+$/.test(option) ? option.replace('.', decimalMark()) : t(option);
/** "$0.04", "≈ $0.04", "unknown". */
export function priceInWords({ amount, about }: Estimate): string {
  if (amount === undefined) return t('unknown');
  return about ? t('≈ {0}', inDollars(amount)) : inFigures(inDollars(amount));
}
/** The same where it stands alone. */
export const priceAlone = (estimate: Estimate): string =>
  estimate.amount === undefined ? t('price unknown') : priceInWords(estimate);
/** Where a price comes from that the list does not have. */
export const quotedInWords = (provider: string, at: number): string =>
  t('quoted by {0} at {1}', provider, shortTime(at));
