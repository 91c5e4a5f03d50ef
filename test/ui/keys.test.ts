import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { comboInWords, comboOf, keyOf, type KeyPress } from '../../src/ui/keys.ts';
import de from '../../src/words/de.ts';
import { speak } from '../../src/words/t.ts';

type Held = 'ctrl' | 'meta' | 'shift' | 'alt' | 'AltGraph';
const press = (key: string, code: string, held: readonly Held[] = [], more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  keyCode: 65,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
  isComposing: false,
  getModifierState: (name) => held.includes(name as Held),
  ...more,
});

test.each([
  ['English', press('z', 'KeyZ', ['ctrl']), 'ctrl+z'],
  ['English, with Shift', press('Z', 'KeyZ', ['ctrl', 'shift']), 'ctrl+shift+z'],
  ['a Mac', press('z', 'KeyZ', ['meta']), 'ctrl+z'],
  ['Caps Lock', press('A', 'KeyA'), 'a'],
  ['a sign that is typed with Shift', press('?', 'Slash', ['shift']), '?'],
  ['a named key', press('Delete', 'Delete', ['shift']), 'shift+delete'],
  ['the space bar', press(' ', 'Space'), 'space'],
  ['Russian, undo', press('я', 'KeyZ', ['ctrl']), 'ctrl+z'],
  ['Russian, redo', press('Я', 'KeyZ', ['ctrl', 'shift']), 'ctrl+shift+z'],
  ['Russian, accept', press('ф', 'KeyA'), 'a'],
  ['Russian, the dot', press('ю', 'Period', ['ctrl']), 'ctrl+.'],
  ['Russian, component', press('п', 'KeyG', ['ctrl', 'alt']), 'ctrl+alt+g'],
  ['Greek', press('ρ', 'KeyR'), 'r'],
  ['Turkish, the dotless letter', press('ı', 'KeyI'), 'i'],
  ['French, a digit without Shift', press('à', 'Digit0'), '0'],
  ['French, by what is typed', press('a', 'KeyQ', ['ctrl']), 'ctrl+a'],
  ['French, a sign on a letter’s place', press(',', 'KeyM', ['ctrl']), 'ctrl+,'],
  ['Dvorak, by what is typed', press('z', 'Slash', ['ctrl']), 'ctrl+z'],
  ['German, a letter beside the letters', press('ö', 'Semicolon'), 'ö'],
  ['a Mac with ⌥, which writes another letter', press('å', 'KeyA', ['alt']), 'alt+a'],
  ['a Mac with ⌘⌥', press('©', 'KeyG', ['meta', 'alt']), 'ctrl+alt+g'],
  ['a Mac with ⌥, which waits for a letter', press('Dead', 'KeyE', ['alt']), 'alt+e'],
  ['Firefox on a Mac, which says AltGraph for ⌥', press('ª', 'KeyA', ['alt', 'AltGraph']), 'alt+a'],
  ['Windows and Linux with Alt', press('j', 'KeyJ', ['alt']), 'alt+j'],
  ['AltGr on Windows, as Ctrl and Alt', press('@', 'KeyQ', ['ctrl', 'alt', 'AltGraph']), '@'],
  ['AltGr on Windows, not called so', press('@', 'KeyQ', ['ctrl', 'alt']), '@'],
  ['AltGr that writes a letter', press('ż', 'KeyZ', ['ctrl', 'alt']), 'ż'],
  ['AltGr on Linux', press('€', 'KeyE', ['AltGraph']), '€'],
  ['AltGr on a key without a third sign', press('g', 'KeyG', ['ctrl', 'alt', 'AltGraph']), 'altgr+g'],
  ['Ctrl and Alt on an English keyboard', press('g', 'KeyG', ['ctrl', 'alt']), 'ctrl+alt+g'],
  ['a word that is being put together', press('Enter', 'Enter', [], { isComposing: true }), ''],
  ['Safari after the word', press('Enter', 'Enter', [], { keyCode: 229 }), ''],
  ['a form that the browser fills in', { ...press('', ''), key: undefined as unknown as string }, ''],
])('%s', (_, pressed, combo) => {
  expect(comboOf(pressed)).toBe(combo);
  expect(comboOf({ nativeEvent: pressed })).toBe(combo);
});

test('the name of a key, and of none while a word is being put together', () => {
  expect(keyOf(press('Escape', 'Escape'))).toBe('Escape');
  expect(keyOf({ nativeEvent: press('Escape', 'Escape', [], { isComposing: true }) })).toBe('');
  expect(comboInWords('ctrl+shift+z')).toBe('Ctrl+Shift+Z');
});

test('keys are called what is printed on them, in the language of the page', () => {
  const combos = ['arrowleft', 'shift+arrowup', 'ctrl+enter', 'delete', 'space', 'ctrl++', 'ctrl+alt+g', 'f2', '?'];
  const english = ['←', 'Shift+↑', 'Ctrl+Enter', 'Del', 'Space', 'Ctrl++', 'Ctrl+Alt+G', 'F2', '?'];
  expect(combos.map(comboInWords)).toEqual(english);
  speak('de', de);
  onTestFinished(() => speak('en'));
  expect(comboInWords('ctrl+shift+delete')).toBe('Strg+Umschalt+Entf');
  expect(comboInWords('space')).toBe('Leertaste');
});

test('nobody asks a key press for its key past this: there words are put together, and other alphabets typed', () => {
  const files = ['src/ui', 'src/app'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  const past = files.filter(
    (path) =>
      path !== join('src/ui', 'keys.ts') &&
      /\b(event|pressed|press|e)\.(key|code|keyCode|isComposing)\b/.test(readFileSync(path, 'utf8')),
  );
  expect(past).toEqual([]);
});
