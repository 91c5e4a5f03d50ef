/**
 * The real app in a real Chromium, and short words for what a person does in it. Importing it opens a fresh page for
 * each test.
 */
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { ensureBuilt } from '../../src/setup/build.js';
import { serve } from '../../src/gateway/server.js';

export let server: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
export let context: BrowserContext;
export let page: Page;
/** Errors no one caught; a test that leaves one fails. */
const trouble: string[] = [];
/** Of a test that breaks something on purpose: those errors have to come, and no others. */
const onPurpose: RegExp[] = [];
/** Says that an error with this message will come, and that it may. */
export const breaksWith = (message: RegExp) => void onPurpose.push(message);

let different: BrowserContextOptions = {};
/** How the browser differs from the usual one, for all tests of a file. */
export const browserWith = (options: BrowserContextOptions) => void (different = options);

/** Serves the app anew, after a test took the server away. */
export const startServer = async () => {
  server = await serve(await ensureBuilt(), 0);
};
beforeAll(async () => {
  await startServer();
  const path = process.env['CHROMIUM_PATH'];
  browser = await chromium.launch({
    ...(path ? { executablePath: path } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  context = await browser.newContext({
    viewport: { width: 1500, height: 940 },
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
    ...different,
  });
  page = await context.newPage();
  trouble.length = 0;
  onPurpose.length = 0;
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(server.url);
});
afterEach(async () => {
  const shown = await page
    .locator('body')
    .innerText()
    .catch(() => '');
  await context.close();
  expect(trouble.filter((message) => !onPurpose.some((expected) => expected.test(message)))).toEqual([]);
  for (const expected of onPurpose) expect(trouble.join('\n')).toMatch(expected);
  // A sentence that nobody told.
  expect(shown).not.toContain('[object');
});

export const status = () => page.getByRole('status', { name: 'Run' });
export const button = (name: string) => page.getByRole('button', { name, exact: true });
export const node = (name: string) => page.getByRole('group', { name, exact: true });
export const heading = (name: string) => node(name).locator('.node__head');
export const ended = async () => {
  await expect
    .poll(() => status().textContent(), { timeout: 90_000, interval: 60 })
    .toMatch(/^(Done|Failed|Cancelled)/);
  return (await status().textContent())!;
};
export const run = async () => {
  // The old summary must be gone before the new one is read.
  await button('Run').click();
  await status()
    .filter({ hasNotText: /^(Done|Failed|Cancelled)/ })
    .waitFor({ timeout: 2000 })
    .catch(() => {});
  return ended();
};
export const openTemplate = async (title: string) => {
  await page.getByRole('link', { name: title, exact: true }).click();
  await page.locator('[data-node-type]').first().waitFor();
  await expect.poll(() => status().textContent()).toMatch(/to run|cached/);
};
export const statuses = () =>
  page
    .locator('[data-node-type]')
    .evaluateAll((cards) =>
      Object.fromEntries(cards.map((card) => [card.getAttribute('aria-label'), card.getAttribute('data-status')])),
    );
/** Waits until storage has everything that was done in the editor so far. */
export const untilSaved = () => expect.poll(() => page.locator('[data-saved]').getAttribute('data-saved')).toBe('yes');
/** How many rows a table of the database has. */
export const rowsIn = (table: string) =>
  page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('triptych');
        opening.onsuccess = () => {
          const counting = opening.result.transaction(name).objectStore(name).count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
    table,
  );
export const notice = (text: string) => page.getByRole('log', { name: 'Notices' }).getByText(text);
/** A file on this machine's disk, for a file chooser. */
export const fileWith = (name: string, content: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'triptych-')), name);
  writeFileSync(path, content);
  return path;
};
export const openFile = async (name: string, text: string) => {
  const path = fileWith(name, text);
  await page.getByLabel('Graph file').setInputFiles(path);
};
export const download = async (of: string) => {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    node(of).getByRole('button', { name: 'Download' }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync((await file.path())!) };
};

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
/** What axe finds wrong with the screen as it is. */
export const violations = async (): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations: all } = await (window as unknown as { axe: typeof Axe }).axe.run(document, {
      resultTypes: ['violations'],
    });
    return all.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html.slice(0, 120)).join(' | ')}`);
  });
};
