/** Points in time as they are read in the chosen language. */
import { locale } from '../words/t.ts';

const SHORT = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
const WHOLE = { dateStyle: 'medium', timeStyle: 'short' } as const;

/** "Nov 27, 09:15 AM": of what is not long ago. */
export const shortTime = (at: number): string => new Date(at).toLocaleString(locale(), SHORT);
export const timeToTheSecond = (at: number): string =>
  new Date(at).toLocaleString(locale(), { ...SHORT, second: '2-digit' });
/** "Nov 27, 2026, 9:15 AM". */
export const dateAndTime = (at: number): string => new Date(at).toLocaleString(locale(), WHOLE);
export const dateOf = (at: number): string => new Date(at).toLocaleDateString(locale(), { dateStyle: 'medium' });
/** In UTC, in which the ledger counts its months. */
export const dateAndTimeOfBooks = (at: number): string =>
  new Date(at).toLocaleString(locale(), { ...WHOLE, timeZone: 'UTC' });
export const dateOfBooks = (at: number): string =>
  new Date(at).toLocaleDateString(locale(), { dateStyle: 'medium', timeZone: 'UTC' });
