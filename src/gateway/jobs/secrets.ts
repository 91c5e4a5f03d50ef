/** Keeps keys out of whatever is written, logged or said. */
import type { Sayable, Said } from '../../core/say.ts';
import type { JobTrouble } from '../../routing/job.ts';
import type { Ending, Journal } from './journal.ts';

const MARK = '•••';
/** A shorter one, as servers on one's own computer are given, may be a word of its own in anything they answer. */
const SHORTEST_SECRET = 8;

/** Data without the key, as it stands or as an address or a header would have it. A short key stays: it may be a value. */
export function dataWithoutSecret(text: string, key: string | undefined): string {
  if (!key || key.length < SHORTEST_SECRET) return text;
  const forms = [key, encodeURIComponent(key), Buffer.from(key).toString('base64'), JSON.stringify(key).slice(1, -1)];
  return [...new Set(forms)].reduce((clean, form) => clean.replaceAll(form, MARK), text);
}

/** What is told to people without the key; a short one where it stands as a word by itself. */
export function withoutSecret(text: string, key: string | undefined): string {
  if (!key || key.length >= SHORTEST_SECRET) return dataWithoutSecret(text, key);
  const asWord = new RegExp(
    `(?<![\\p{L}\\p{N}])${key.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'gu',
  );
  return text.replace(asWord, MARK);
}

/** The same of a sentence: our own words in it stay, the values that a service gave do not. */
export function saidWithoutSecret(said: Said, key: string | undefined): Said {
  return typeof said === 'string' ? withoutSecret(said, key) : valueWithoutSecret(said, key);
}
function valueWithoutSecret<T extends Sayable>(value: T, key: string | undefined): T;
function valueWithoutSecret(value: Sayable, key: string | undefined): Sayable {
  if (typeof value === 'string') return withoutSecret(value, key);
  if (typeof value !== 'object' || !('english' in value)) return value;
  return { ...value, values: value.values.map((each) => valueWithoutSecret(each, key)) };
}

export const troubleWithoutSecret = ({ message, hint, ...rest }: JobTrouble, key: string | undefined): JobTrouble => ({
  ...rest,
  message: saidWithoutSecret(message, key),
  ...(hint === undefined ? {} : { hint: saidWithoutSecret(hint, key) }),
});

/** The journal for whoever works with this key: nothing that it writes down or tells holds it. */
export function journalWithoutSecret(journal: Journal, key: string | undefined): Journal {
  const clean = (said: Said) => saidWithoutSecret(said, key);
  const trouble = (told: JobTrouble) => troubleWithoutSecret(told, key);
  const ending = (end: Ending): Ending => {
    if (end.state !== 'made') return { ...end, trouble: trouble(end.trouble) };
    const { notes, ...result } = end.result;
    return { ...end, result: { ...result, ...(notes ? { notes: notes.map(clean) } : {}) } };
  };
  return {
    ...journal,
    unknown: (id, why) => journal.unknown(id, trouble(why)),
    end: (id, end) => journal.end(id, ending(end)),
  };
}
