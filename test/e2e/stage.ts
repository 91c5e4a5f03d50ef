/**
 * The real app in a real Chromium, and short words for what a person does in it. Each test begins
 * as on a first visit, see `hooks.ts`.
 */
import { readFileSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Axe from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  type Locator,
  type Page,
} from 'playwright';
import { expect, onTestFinished } from 'vitest';
import type { jobRoutes } from '../../src/gateway/jobs/open-jobs.ts';
import { ensureBuilt } from '../../src/setup/build.js';
import { serve } from '../../src/gateway/server.js';

export let server: Awaited<ReturnType<typeof serve>>;
let browser: Browser | undefined;
export let context: BrowserContext;
export let page: Page;
/** Errors no one caught; a test that leaves one fails. */
const trouble: string[] = [];
/** Of a test that breaks something on purpose: those errors have to come, and no others. */
const onPurpose: RegExp[] = [];
/** Says that an error with this message will come, and that it may. */
export const breaksWith = (message: RegExp) => void onPurpose.push(message);

type Routes = ReturnType<typeof jobRoutes>;
interface StartedRoutes {
  readonly routes: Routes;
  /** Once no page asks them any more. */
  readonly close: () => Promise<unknown>;
}
interface FileOptions {
  /** How the browser differs from the usual one. */
  readonly browser: BrowserContextOptions;
  readonly tabs: 'emptied' | 'shared' | 'none';
  readonly startRoutes?: () => Promise<StartedRoutes>;
}
const USUAL: FileOptions = { browser: {}, tabs: 'emptied' };
/** Of the file whose tests run. */
let options = USUAL;
/** How the browser differs from the usual one, for all tests of a file. */
export const browserWith = (different: BrowserContextOptions) => void (options = { ...options, browser: different });
/**
 * One page for all tests of a file, each of which begins on the start screen with what the ones before left in storage:
 * for tests that make their own graph and count nothing else. Loading the app and its threads costs as much as most of
 * these tests do. After a test that failed, the next begins in a page of its own.
 */
export const sharePage = () => void (options = { ...options, tabs: 'shared' });
/** The tests of a file open what they need by themselves. */
export const openNoTab = () => void (options = { ...options, tabs: 'none' });
/** The routes that the server has below `/gateway`, made anew for each test of a file before it opens the app. */
export const serveWith = (startRoutes: () => Promise<StartedRoutes>) => void (options = { ...options, startRoutes });

const built = ensureBuilt();
let routesNow: StartedRoutes | undefined;
/** Serves the app anew, at the address it had: the browser keeps by address what it compiled. */
export async function startServer(started?: StartedRoutes): Promise<void> {
  const port = server ? Number(new URL(server.url).port) : 0;
  await server?.close();
  server = await serve(await built, port, started ? { routes: started.routes } : {});
  routesNow = started;
}

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** The one that the tests of all files share. */
export async function openBrowser(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'];
  if (!browser?.isConnected())
    browser = await chromium.launch({ ...(path ? { executablePath: path } : {}), args: ARGUMENTS });
  return browser;
}
const VIEWPORT = { width: 1500, height: 940 };
const PERMISSIONS = ['clipboard-read', 'clipboard-write'];
/** Only what fails waits so long: a machine that is shared may need half of it. */
const TIMEOUT_MS = 60_000;
/** With what the browser of the tab that is open differs from the usual one; undefined where none is open. */
let openWith: BrowserContextOptions | undefined;
async function openTab(): Promise<void> {
  await closeTab();
  const shared = await openBrowser();
  context = await shared.newContext({
    viewport: VIEWPORT,
    acceptDownloads: true,
    permissions: PERMISSIONS,
    // Keeping the offline copy costs more than opening the app, and would answer in place of what a test serves.
    serviceWorkers: 'block',
    ...options.browser,
  });
  openWith = options.browser;
  page = await context.newPage();
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(server.url);
}
async function closeTab(): Promise<void> {
  if (openWith) await context.close();
  openWith = undefined;
}
/** To a page of the same origin in which nothing of the app runs. */
async function leaveApp(): Promise<void> {
  const others = context.pages().filter((one) => one !== page);
  await Promise.all(others.map((one) => one.close()));
  if (!page.isClosed()) await page.goto(`${server.url}icon.svg`);
}
/**
 * As on a first visit, but in the tab of the test before: the code that was compiled for that one is still there, which
 * is half of what it costs to open the app.
 */
async function emptyTab(): Promise<void> {
  await leaveApp();
  trouble.length = 0;
  await Promise.all([page, context].map((one) => one.unrouteAll({ behavior: 'ignoreErrors' })));
  page.setDefaultTimeout(TIMEOUT_MS);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(VIEWPORT);
  await page.mouse.move(0, 0);
  await page.evaluate(() => sessionStorage.clear());
  await context.clearCookies();
  await context.clearPermissions();
  await context.grantPermissions(PERMISSIONS);
  const protocol = await context.newCDPSession(page);
  await protocol.send('Storage.clearDataForOrigin', { origin: new URL(server.url).origin, storageTypes: 'all' });
  await protocol.detach();
  await page.goto(server.url);
}
/** What only the tools for developers can do with the tab, until the test ends: what they emulate ends with them. */
export async function openDevtools(): Promise<CDPSession> {
  const session = await context.newCDPSession(page);
  onTestFinished(() => session.detach().catch(() => {}));
  return session;
}
/** For a test, of a file whose tests share a page, that counts what is stored or breaks what others need. */
export const openOwnPage = () => (openWith === options.browser ? emptyTab() : openTab());

let isSpoilt = false;
/**
 * Of a test that changes its tab in a way that cannot be taken back, as by a clock that it moves or a script that runs
 * before each page: the next test has another tab.
 */
export const spoilTab = () => void (isSpoilt = true);

let isFirst = true;
/** Before the tests of a file are read. */
export function beginFile(): void {
  options = USUAL;
  isFirst = true;
}
/** Before each test. */
export async function beginTest(): Promise<void> {
  trouble.length = 0;
  onPurpose.length = 0;
  isSpoilt = false;
  if (options.startRoutes) await startServer(await options.startRoutes());
  else if (!server) await startServer();
  if (options.tabs === 'none') return;
  if (openWith !== options.browser) await openTab();
  else if (isFirst || options.tabs !== 'shared') await emptyTab();
  else {
    await page.mouse.move(0, 0);
    await page.setViewportSize(VIEWPORT);
    // Only the part behind the # is another: nothing is loaded anew.
    await page.goto(`${server.url}#/`);
    await page.locator('.gallery').waitFor();
  }
  isFirst = false;
}
/** After each test. */
export async function endTest(hasFailed: boolean): Promise<void> {
  if (options.tabs === 'none') return;
  const shown = await page
    .locator('body')
    .innerText()
    .catch(() => '');
  if (routesNow) {
    await leaveApp();
    await routesNow.close();
    await startServer();
  }
  if (hasFailed || page.isClosed() || isSpoilt) await closeTab();
  expect(trouble.filter((message) => !onPurpose.some((expected) => expected.test(message)))).toEqual([]);
  for (const expected of onPurpose) expect(trouble.join('\n')).toMatch(expected);
  // A sentence that nobody told.
  expect(shown).not.toContain('[object');
}

interface Withheld {
  /** Resolves when somebody waits for it. */
  isAskedFor(): Promise<void>;
  letGo(): void;
}
/**
 * Withholds a part of the app, by how its file is called, until it is let go: whoever needs it first waits, and so does
 * the run it belongs to. `sketch` draws pictures, `video` writes clips. For tests without the offline copy.
 */
export const withhold = async (part: string): Promise<Withheld> => {
  let asked = 0;
  let letGo = () => {};
  const isLetGo = new Promise<void>((resolve) => (letGo = resolve));
  await context.route(`**/assets/${part}-*.js`, async (route) => {
    asked++;
    await isLetGo;
    // Who asked may be gone by now.
    await route.continue().catch(() => {});
  });
  return { isAskedFor: () => expect.poll(() => asked, { timeout: 60_000 }).toBeGreaterThan(0), letGo };
};

export const status = () => page.getByRole('status', { name: 'Run' });
export const button = (name: string) => page.getByRole('button', { name, exact: true });
export const node = (name: string) => page.getByRole('group', { name, exact: true });
/** Types into a field, in place of what it says: where keys do something there, each of them does it. */
export const typeOver = async (field: Locator, text: string) => {
  const { keyboard } = field.page();
  await field.click();
  await keyboard.press('ControlOrMeta+a');
  if (text === '') await keyboard.press('Delete');
  else await keyboard.type(text);
};
export const heading = (name: string) => node(name).locator('.node__head');
/**
 * What the run bar says at the end of a run. It is waited for in the page, at each change: asking again and again, by role
 * and name, keeps the thread busy that draws.
 */
export const ended = () =>
  page.evaluate(
    ({ ends, patienceMs }) =>
      new Promise<string>((resolve, reject) => {
        const said = () => document.querySelector('[role="status"][aria-label="Run"]')?.textContent ?? '';
        const look = () => {
          if (!ends.test(said())) return;
          stop();
          resolve(said());
        };
        const changes = new MutationObserver(look);
        const patience = setTimeout(() => {
          stop();
          reject(new Error(`The run did not end: ${said()}`));
        }, patienceMs);
        function stop(): void {
          changes.disconnect();
          clearTimeout(patience);
        }
        changes.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    { ends: /^(Done|Failed|No take accepted|Cancelled|Waits for)/, patienceMs: 90_000 },
  );
/** Runs the open graph; resolves with what the run bar says at its end. */
export const run = async () => {
  // The bar says when the run it shows began: while that is the old one, so is its summary.
  const began = () => page.locator('[data-run]').getAttribute('data-run');
  const before = await began();
  await button('Run').click();
  await expect.poll(began).not.toBe(before);
  return ended();
};
const isPlanned = async () => {
  await page.locator('[data-node-type], .overview').first().waitFor();
  await expect.poll(() => status().textContent()).toMatch(/to run|cached/);
};
export const openTemplate = async (title: string) => {
  // A graph that was made from it may be listed there too, under the same name.
  await page
    .locator('[href^="#/t/"]')
    .and(page.getByRole('link', { name: title, exact: true }))
    .click();
  await isPlanned();
};

interface GraphFile {
  readonly nodes: Readonly<Record<string, { readonly params: object }>>;
}
/** What makes the product hero small: half a megapixel, and a clip of three frames. */
const SMALL: Readonly<Record<string, object>> = {
  aspect: { short: '720' },
  image: { megapixels: '0.5' },
  motion: { seconds: 0.25, fps: '12' },
  animate: { size: '480p' },
};
let heroes = 0;
/**
 * The template "Product hero: still to video", made small, with a seed of its own in each test, so that nothing is there
 * of what another test ran. `more`: other params of its nodes; `rest`: of the file.
 */
export const openHero = async (more: Readonly<Record<string, object>> = {}, rest: object = {}) => {
  const hero = JSON.parse(readFileSync('public/templates/product-hero.triptych.json', 'utf8')) as GraphFile;
  const seed = { seed: { mode: 'fixed', value: options.tabs === 'shared' ? ++heroes : 0 } };
  const nodes = Object.entries(hero.nodes).map(([id, node]) => [
    id,
    { ...node, params: { ...node.params, ...SMALL[id], ...(id === 'seed' ? seed : {}), ...more[id] } },
  ]);
  await openFile('hero.triptych.json', JSON.stringify({ ...hero, nodes: Object.fromEntries(nodes), ...rest }));
  await isPlanned();
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
/** What axe finds wrong with the screen as it is; `rules`: by these rules only. */
export const violations = async (rules?: readonly string[]): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async (only) => {
    const { violations: all } = await (window as unknown as { axe: typeof Axe }).axe.run(document, {
      resultTypes: ['violations'],
      ...(only ? { runOnly: [...only] } : {}),
    });
    return all.map(({ id, nodes }) => `${id}: ${nodes.map((one) => one.html.slice(0, 120)).join(' | ')}`);
  }, rules);
};
