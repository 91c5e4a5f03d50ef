/**
 * What a key press means, whatever the keyboard's layout. Own code: the small libraries for shortcuts know neither
 * AltGr, nor layouts
 * without Latin letters, nor the letters that ⌥ writes on a Mac.
 */

import { t } from '../words/t.ts';

/** What is looked at of a browser's `KeyboardEvent`. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  getModifierState(name: string): boolean;
}
/** React hands on the browser's event inside its own. */
type Heard = KeyPress | { readonly nativeEvent: KeyPress };
const pressIn = (event: Heard): KeyPress => ('nativeEvent' in event ? event.nativeEvent : event);

/** What browsers say for a key that an input method has taken, Safari also after the word is finished. */
const TAKEN = 229;
const LATIN = /^[a-z0-9]$/;
/** Signs of the keys that bear none of the letters, by their place on a keyboard. */
const SIGNS: Readonly<Record<string, string>> = {
  Period: '.',
  Comma: ',',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  Backslash: '\\',
  Backquote: '`',
};

/**
 * The key is none of ours: a word is being put together by an input method (Japanese, Chinese, Korean, dead keys), or
 * the browser
 * filled in a form, which it reports as a press of no key.
 */
function isComposing(event: Heard): boolean {
  const press = pressIn(event);
  return press.isComposing || press.keyCode === TAKEN || typeof press.key !== 'string';
}

/** The key by its name ("Enter", "Escape", "ArrowDown"); empty while a word is being put together. */
export const keyOf = (event: Heard): string => (isComposing(event) ? '' : pressIn(event).key);

/**
 * A key press in words: "ctrl+shift+z", "delete", "?"; ⌘ counts as Ctrl. Shift counts for letters and named keys; it
 * is how other
 * signs are typed. Empty while a word is being put together.
 */
export function comboOf(event: Heard): string {
  const press = pressIn(event);
  if (isComposing(press)) return '';
  if (typedWithAltGr(press))
    return LATIN.test(press.key.toLowerCase()) || press.key.length > 1 ? `altgr+${press.key.toLowerCase()}` : press.key;
  const key = latin(press);
  const shift = press.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return `${press.ctrlKey || press.metaKey ? 'ctrl+' : ''}${press.altKey ? 'alt+' : ''}${shift ? 'shift+' : ''}${key}`;
}

/** "Ctrl+Shift+Z" */
export const comboInWords = (combo: string): string =>
  (combo.match(/[^+]+|\+$/g) ?? []).map((key) => KEY_NAMES[key]?.() ?? key[0]!.toUpperCase() + key.slice(1)).join('+');

/** Keys that are called otherwise than they report themselves, or otherwise in another language. */
const KEY_NAMES: Readonly<Record<string, (() => string) | undefined>> = {
  arrowleft: () => '←',
  arrowright: () => '→',
  arrowup: () => '↑',
  arrowdown: () => '↓',
  ctrl: () => t('Ctrl'),
  shift: () => t('Shift'),
  space: () => t('Space'),
  enter: () => t('Enter'),
  delete: () => t('Del'),
  backspace: () => t('Backspace'),
  insert: () => t('Insert'),
};

/**
 * The third sign of a key, such as @ on a German Q. Windows reports AltGr as Ctrl and Alt together; Firefox on a Mac
 * says
 * "AltGraph" for ⌥, which comes without Ctrl and is no AltGr.
 */
function typedWithAltGr(press: KeyPress): boolean {
  if (press.getModifierState('AltGraph')) return press.ctrlKey || !press.altKey;
  const both = press.ctrlKey && press.altKey && !press.metaKey;
  // Other alphabets write their letters with Ctrl and Alt held as well: those are no third signs.
  return (
    both &&
    press.key.length === 1 &&
    press.key !== ' ' &&
    !LATIN.test(press.key.toLowerCase()) &&
    !isOtherLetter(press.key)
  );
}
const isOtherLetter = (key: string): boolean => /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key);

/**
 * The key as an English keyboard writes it: by what it types where that is a Latin letter or a sign, else by its
 * place.
 */
function latin({ key, code, altKey }: KeyPress): string {
  const typed = key === ' ' ? 'space' : key.toLowerCase();
  const named = typed.length > 1 && !['dead', 'unidentified', 'process'].includes(typed);
  if (named || LATIN.test(typed)) return typed;
  const letter = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase();
  const foreign = isOtherLetter(key);
  // ⌥ writes other signs on a Mac, or waits for the letter an accent goes on.
  if (letter && (altKey || /^\p{L}$/u.test(key) || typed.length > 1)) return letter;
  return (foreign || altKey || typed.length > 1 ? SIGNS[code] : undefined) ?? typed;
}
