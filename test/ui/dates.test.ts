/** Dates and times, as an English and a German reader see them. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { onDate } from '../../src/core/figures.ts';
import { inWords, say } from '../../src/core/say.ts';
import { dateAndTime, dateAndTimeOfBooks, dateOfBooks, shortTime, timeToTheSecond } from '../../src/ui/dates.ts';
import { timeOn } from '../../src/ui/sent-words.ts';
import de from '../../src/words/de.ts';
import { inFigures, speak, tell } from '../../src/words/t.ts';

// Where it is still yesterday when a day begins in UTC.
beforeAll(() => void vi.stubEnv('TZ', 'America/New_York'));
afterAll(() => void vi.unstubAllEnvs());
afterEach(() => speak('en'));
/** Which space stands before AM and PM differs between versions of the language data. */
const plain = (text: string) => text.replace(/\s/g, ' ');
const inBoth = (read: () => string): readonly [english: string, german: string] => {
  speak('en');
  const english = plain(read());
  speak('de', de);
  return [english, plain(read())];
};

test('of what was today the time is enough', () => {
  const at = new Date(2026, 10, 5, 14, 2).getTime();
  expect(inBoth(() => timeOn(at, at + 60_000))).toEqual(['02:02 PM', '14:02']);
  expect(inBoth(() => timeOn(at, at + 86_400_000))).toEqual(['Nov 5, 02:02 PM', '5. Nov., 14:02']);
});

test('days and months are written as each language writes them, inside sentences too', () => {
  expect(inBoth(() => inFigures(onDate('2026-11-05')))).toEqual(['Nov 5, 2026', '05.11.2026']);
  expect(inBoth(() => inFigures(onDate('2026-11')))).toEqual(['Nov 2026', 'Nov. 2026']);
  expect(inBoth(() => inFigures(onDate('soon')))).toEqual(['soon', 'soon']);
  const sentence = say(
    '{0} {0|take|takes} of this graph from {1} cost nothing, and nobody has looked through that month.',
    2,
    onDate('2026-10'),
  );
  expect(inBoth(() => tell(sentence))).toEqual([
    '2 takes of this graph from Oct 2026 cost nothing, and nobody has looked through that month.',
    '2 Takes dieses Graphen aus Okt. 2026, ohne Kosten: niemand hat diesen Monat durchgesehen.',
  ]);
  expect(inWords(sentence)).toContain('Oct 2026');
});

test('the books are read in UTC, in which their months are counted', () => {
  const firstMinute = Date.parse('2026-11-01T00:01:00Z');
  expect(inBoth(() => dateOfBooks(firstMinute))).toEqual(['Nov 1, 2026', '01.11.2026']);
  expect(inBoth(() => dateAndTimeOfBooks(firstMinute))).toEqual(['Nov 1, 2026, 12:01 AM', '01.11.2026, 00:01']);
});

test('times are those of the place where they are read', () => {
  const here = new Date(2026, 10, 5, 9, 5, 7).getTime();
  expect(inBoth(() => shortTime(here))).toEqual(['Nov 5, 09:05 AM', '5. Nov., 09:05']);
  expect(inBoth(() => timeToTheSecond(here))).toEqual(['Nov 5, 09:05:07 AM', '5. Nov., 09:05:07']);
  expect(inBoth(() => dateAndTime(here))).toEqual(['Nov 5, 2026, 9:05 AM', '05.11.2026, 09:05']);
});
