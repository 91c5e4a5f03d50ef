/** Reading records nobody has checked yet, entry by entry. */
import { FARTHEST, LONGEST_ID } from '../core/limits.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { isReserved } from '../core/own.ts';
import { say } from '../core/say.ts';
import { shortName, type Report } from './report.ts';

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const finite = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
/** A place on a canvas, in pixels: sums of such places stay numbers. */
export const within = (place: number): number => Math.min(FARTHEST, Math.max(-FARTHEST, place)) + 0;
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const loose = (value: unknown): Loose => (isRecord(value) ? value : {});

/** Whether something may have this id or name: short, and not one every object answers to. */
export const isName = (name: unknown): name is string => isText(name) && name.length <= LONGEST_ID && !isReserved(name);

/** The entries of a record whose ids may be ids; the others are reported. */
export function entriesOf(raw: unknown, report: Report): [string, unknown][] {
  return Object.entries(loose(raw)).filter(([id]) => {
    if (isName(id)) return true;
    report.add('dropped', say('“{0}” cannot be the name of anything in a graph and was left out.', shortName(id)));
    return false;
  });
}

/** Values nobody has checked: as they are, but numbers that JSON cannot write (1e999) are nothing. */
export function asWritten(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(asWritten);
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asWritten(inner)]))
    : value;
}
