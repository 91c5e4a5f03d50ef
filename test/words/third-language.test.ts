/** A language more is one file: the folder of words with a made-up table put into it, and nothing else changed. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { LANGUAGES as PRESENT } from '../../src/words/languages.ts';
import type * as languages from '../../src/words/languages.ts';
import type * as spoken from '../../src/words/t.ts';
import { everyText, faultsIn } from '../rig/words.ts';

/** Vowels doubled, in the words only: places for values stay as they are. */
const drawled = (english: string) =>
  english.replace(/(\{\d\}|\{\d\||\{\{\w+\}\})|([aeiou])/gi, (_, place?: string, vowel = '') => place ?? vowel + vowel);
/** The tag of English with an accent, which the table of languages keeps for made-up ones. */
const TAG = 'en-XA';
const texts = everyText();
const table = Object.fromEntries([...texts].map((english) => [english, drawled(english)]));

const copy = 'test/out/third-language';
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test('a table in the folder of words is a language: offered by name, loaded when asked for, spoken', async () => {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  for (const folder of ['core', 'words']) cpSync(`src/${folder}`, `${copy}/${folder}`, { recursive: true });
  writeFileSync(`${copy}/words/${TAG}.ts`, `export default ${JSON.stringify(table)};\n`);

  const { LANGUAGES, languageFor, nameOfLanguage, wordsIn } = (await import(
    /* @vite-ignore */ `../../${copy}/words/languages.ts`
  )) as typeof languages;
  const { speak, t } = (await import(/* @vite-ignore */ `../../${copy}/words/t.ts`)) as typeof spoken;

  expect(new Set(LANGUAGES)).toEqual(new Set([...PRESENT, TAG]));
  expect(nameOfLanguage(TAG)).toMatch(/^English/);
  expect([TAG, 'de-AT', 'xx-XX'].map(languageFor)).toEqual([TAG, 'de', 'en']);
  const words = await wordsIn(TAG);
  expect(faultsIn(TAG, words, texts)).toEqual([]);
  speak(TAG, words);
  expect(t('{0} {0|node|nodes}', 2)).toBe('2 noodees');
  expect(t('Settings')).toBe('Seettiings');
  speak('de', await wordsIn('de'));
  expect(t('Settings')).toBe('Einstellungen');
});
