/** What the browser is given before anything is drawn and before a graph can be edited, read from the built app. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { registry } from '../../src/registry.ts';
import de from '../../src/words/de.ts';
import { openBrowser, openNoTab, server } from './stage.ts';

openNoTab();

const assets = 'dist/assets';
const read = (name: string) => readFileSync(join(assets, name), 'utf8');
const built = () => readdirSync(assets);
/** A page of somebody who was never here. */
async function visit(): Promise<Page> {
  const context = await (await openBrowser()).newContext({ viewport: { width: 1500, height: 940 } });
  onTestFinished(() => context.close());
  return context.newPage();
}
/** Two sentences that no minifier changes. */
const german = [de['Nothing here takes files.']!, de['There is no such graph on this computer.']!];
const holdsGerman = (name: string) => name.endsWith('.js') && german.every((sentence) => read(name).includes(sentence));

/** The files that a page or script asks for by itself: those of `import()` are not among them. */
function asksFor(text: string): readonly string[] {
  const files = built();
  const named = [...text.matchAll(/(?:from|import|src=|href=)\s*["']([^"']+\.(?:js|css))["']/g)];
  return named.map(([, path]) => basename(path!)).filter((name) => files.includes(name));
}
function withAllTheyAskFor(names: readonly string[]): ReadonlySet<string> {
  const asked = new Set(names);
  for (const name of asked) if (name.endsWith('.js')) for (const one of asksFor(read(name))) asked.add(one);
  return asked;
}
const firstFiles = () => withAllTheyAskFor(asksFor(readFileSync('dist/index.html', 'utf8')));

/** What these scripts fetch all together when they import the editor, its style sheets among it. */
function editorFiles(scripts: ReadonlySet<string>): ReadonlySet<string> {
  for (const text of [...scripts].filter((name) => name.endsWith('.js')).map(read)) {
    const list = /m\.f=(\[[^\]]+\])/.exec(text)?.[1];
    const numbers = /import\([`"']\.\/editor-[\w-]+\.js[`"']\)[^[]*__vite__mapDeps\(\[([\d,]+)\]\)/.exec(text)?.[1];
    if (!list || !numbers) continue;
    const paths = JSON.parse(list) as string[];
    return withAllTheyAskFor(numbers.split(',').map((number) => basename(paths[Number(number)]!)));
  }
  throw new Error('No script loads the editor.');
}

test('German is in a file of its own, which is not in the first load', () => {
  const first = firstFiles();
  expect(first.size).toBeGreaterThan(0);
  expect(built().some(holdsGerman)).toBe(true);
  expect([...first].filter(holdsGerman)).toEqual([]);
});

/** Bytes of scripts and style sheets, compressed; fonts and WebAssembly are not among what is needed. */
const BUDGET = 250_000;

test('a graph can be made, wired, changed and saved with less than 250 kB, while everything else is still on its way', async () => {
  const first = firstFiles();
  const needed = new Set([...first, ...editorFiles(first)]);
  expect([...needed].filter((name) => !/\.(js|css)$/.test(name))).toEqual([]);
  const sizes = [...needed].map((name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET);
  // What a node says of itself at length is read when it is looked at, and what it does is done in a thread.
  const scripts = [...needed].filter((name) => name.endsWith('.js')).map(read);
  const early = [...registry.values()].filter(({ docs }) => scripts.some((script) => script.includes(docs)));
  expect(early.map(({ id }) => id)).toEqual([]);

  const page = await visit();
  const held: string[] = [];
  await page.route('**/assets/**', async (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    if (needed.has(name)) return route.continue();
    // No answer, as on a connection that is slow.
    held.push(name);
    return undefined;
  });
  await page.goto(server.url);
  await page.getByRole('button', { name: 'New graph' }).click();
  const library = page.getByRole('navigation', { name: 'Node library' });
  const card = (name: string) => page.getByRole('group', { name, exact: true });
  for (const name of ['Prompt', 'Image']) {
    await library.getByRole('button', { name, exact: true }).click();
    await card(name).waitFor();
  }
  const title = card('Image').locator('.node__title');
  const from = (await title.boundingBox())!;
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 305, from.y + 25, { steps: 6 });
  await page.mouse.up();
  const ends = [card('Prompt').locator('.socket.source'), card('Image').locator('.socket[data-tip^="Prompt ("]')];
  const [start, end] = await Promise.all(ends.map(async (socket) => (await socket.boundingBox())!));
  await page.mouse.move(start!.x + start!.width / 2, start!.y + start!.height / 2);
  await page.mouse.down();
  await page.mouse.move(end!.x + end!.width / 2, end!.y + end!.height / 2, { steps: 8 });
  await page.mouse.up();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
  await card('Prompt').locator('.node__title').click();
  const text = page.getByRole('tabpanel').getByRole('textbox', { name: 'Prompt', exact: true });
  await text.click();
  await page.keyboard.type('a lake');
  await expect.poll(() => page.locator('[data-saved]').getAttribute('data-saved')).toBe('yes');
  await page.reload();
  await card('Prompt').getByText('a lake').waitFor();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
  expect(held.length).toBeGreaterThan(0);
});

test('other screens, and what runs graphs, come without the editor', () => {
  const later = ['compose-late-', 'graph-file-', 'registry-', 'audit-page-', 'catalog-page-', 'settings-page-'];
  const names = built().filter((name) => name.endsWith('.js') && later.some((start) => name.startsWith(start)));
  expect(names.length).toBeGreaterThanOrEqual(later.length);
  expect([...withAllTheyAskFor(names)].filter((name) => name.startsWith('editor-'))).toEqual([]);
});

test('the icons of nodes come behind, and what a node says of itself at length when it is looked at', async () => {
  const page = await visit();
  await page.goto(server.url);
  await page.getByRole('button', { name: 'New graph' }).click();
  const library = page.getByRole('navigation', { name: 'Node library' });
  await library.getByRole('button', { name: 'Prompt', exact: true }).click();
  const heading = page.getByRole('group', { name: 'Prompt', exact: true }).locator('.node__head');
  await heading.locator('svg.lucide').waitFor();
  await library.locator('svg.lucide').first().waitFor();
  await heading.click();
  await page.getByRole('tabpanel').getByText(registry.get('prompt')!.docs).waitFor();
});

test('the order of the layers is said before the first style sheet', () => {
  const page = readFileSync('dist/index.html', 'utf8');
  const order = page.search(/@layer tokens, ?base, ?flow, ?widgets, ?parts/);
  expect(order).toBeGreaterThan(0);
  expect(page.indexOf('rel="stylesheet"')).toBeGreaterThan(order);
});
