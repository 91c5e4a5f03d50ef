/** What the browser is given before anything is drawn, read from the built app. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import de from '../../src/words/de.ts';

const assets = 'dist/assets';
const read = (name: string) => readFileSync(join(assets, name), 'utf8');
const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
/** Two sentences that no minifier changes. */
const german = [de['Nothing here takes files.']!, de['There is no such graph on this computer.']!];
const holdsGerman = (name: string) => german.every((sentence) => read(name).includes(sentence));

/** The scripts that a page or script asks for by itself: those of `import()` are not among them. */
function asksFor(text: string): readonly string[] {
  const named = [...text.matchAll(/(?:from|import|src=|href=)\s*["']([^"']+\.js)["']/g)];
  return named.map(([, path]) => basename(path!));
}

test('German is in a file of its own, which is not in the first load', () => {
  const first = new Set<string>();
  const waiting = [...asksFor(readFileSync('dist/index.html', 'utf8'))];
  while (waiting.length > 0) {
    const name = waiting.pop()!;
    if (first.has(name) || !scripts.includes(name)) continue;
    first.add(name);
    waiting.push(...asksFor(read(name)));
  }
  expect(first.size).toBeGreaterThan(0);
  expect(scripts.some(holdsGerman)).toBe(true);
  expect([...first].filter(holdsGerman)).toEqual([]);
});

test('the order of the layers is said before the first style sheet', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const order = page.search(/@layer tokens, ?base, ?flow, ?widgets, ?parts/);
  expect(order).toBeGreaterThan(0);
  expect(page.indexOf('rel="stylesheet"')).toBeGreaterThan(order);
});
