import { expect, test } from 'vitest';
import { de } from '../../src/ui/words/de.ts';
import { speak, t } from '../../src/ui/words/t.ts';
import { everyText, speakingFiles, syntaxOf } from '../rig/words.ts';

const holes = (text: string) => [...text.matchAll(/\{(\d)\}/g)].map(([hole]) => hole).sort();

test('every text that can be shown has its German, and no German is left over', () => {
  const texts = everyText();
  expect(texts.size).toBeGreaterThan(800);
  expect([...texts].filter((text) => !(text in de))).toEqual([]);
  expect(Object.keys(de).filter((text) => !texts.has(text))).toEqual([]);
});

test('German takes the same values as English', () => {
  for (const [english, german] of Object.entries(de)) expect(holes(german), english).toEqual(holes(english));
});

test('no text on a page is written past the table', () => {
  const past: string[] = [];
  const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt']);
  for (const path of speakingFiles) {
    for (const node of syntaxOf(path)) {
      if (node.type === 'JSXElement') {
        const name = ((node['openingElement'] as { name: { name?: string } }).name.name ?? '') as string;
        if (name === 'kbd') continue;
        for (const child of node['children'] as { type: string; value?: string }[]) if (child.type === 'JSXText' && /\p{L}{2}/u.test(child.value ?? '')) past.push(`${path}: ${child.value!.trim()}`);
      }
      if (node.type === 'JSXAttribute' && spoken.has(String((node['name'] as { name: unknown }).name))) {
        const value = node['value'] as { type: string; value?: unknown } | null;
        if (value?.type === 'Literal' && /\p{L}{2}/u.test(String(value.value))) past.push(`${path}: ${String(value.value)}`);
      }
    }
  }
  expect(past).toEqual([]);
});

test('values go where they are named; nothing is written for what is not there', () => {
  expect(t('{0} of {1}', 2, 3)).toBe('2 of 3');
  expect(t('Version {0}{1}', 1, false)).toBe('Version 1');
  speak(de);
  expect(t('{0} of {1}', 2, 3)).toBe('2 von 3');
  expect(t('Something no table knows')).toBe('Something no table knows');
  speak({});
});
