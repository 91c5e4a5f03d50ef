import { readFileSync } from 'node:fs';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import Markdown from '../../src/ui/markdown.tsx';

const shown = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

test('notes are Markdown', () => {
  expect(shown('> **bold** and\n> - one\n>   - two')).toMatch(/<blockquote>.*<strong>bold<\/strong>.*<ul>/s);
  const long = Array.from({ length: 300 }, (_, at) => `- point *${at}* of the_list`).join('\n');
  expect(shown(long)).toContain('<em>299</em>');
});

test.each([
  [
    '2,500 quotes',
    Object.values(
      (
        JSON.parse(readFileSync('test/fixtures/hostile/note-2500-quotes.triptych.json', 'utf8')) as {
          notes: Record<string, { text: string }>;
        }
      ).notes,
    )[0]!.text,
  ],
  ['lists in lists', '- '.repeat(2000)],
  ['numbered lists in lists', '1. '.repeat(6600)],
  ['lists by their indent', Array.from({ length: 190 }, (_, at) => `${' '.repeat(at)}- a`).join('\n')],
  ['emphasis in emphasis', '*'.repeat(5000) + 'a' + '*'.repeat(5000)],
  ['emphasis that ends far away', '*a _b '.repeat(1600) + 'c' + '_ *'.repeat(1600)],
  ['brackets', '['.repeat(20_000)],
  ['ten thousand lines', '>\n'.repeat(10_000)],
])('%s are shown as they were written', (_, text) => {
  const html = shown(text);
  expect(html.startsWith('<p style')).toBe(true);
  expect(html).toContain(text.slice(0, 40).replaceAll('>', '&gt;'));
});
