/** The offline copy, the change from one release to the next, and what is said when a part of the app does not come. */
import { cpSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serve } from '../../src/gateway/server.js';
import { releaseOf, without } from '../rig/releases.ts';
import { openBrowser, openNoTab } from './stage.ts';

openNoTab();
const [ONE, TWO] = ['111111111111', '222222222222'];

let context: BrowserContext;
let page: Page;
let server: Awaited<ReturnType<typeof serve>> | undefined;
let port = 0;
/** The same address serves this folder from now on. */
async function serveInstead(folder: string): Promise<void> {
  await server?.close();
  server = await serve(folder, port);
  port = Number(new URL(server.url).port);
}
async function takeAway(): Promise<void> {
  await server?.close();
  server = undefined;
}

beforeEach(async () => {
  port = 0;
  context = await (await openBrowser()).newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await takeAway();
});
const open = () => page.goto(`http://localhost:${port}/`);
/** The app itself stands on the page, not only its file. */
const isShown = () => page.getByRole('navigation', { name: 'Screens' }).waitFor();
const copies = () => page.evaluate(() => caches.keys());
/** Until the copy of this release serves the page; `whole`: until it has all its code. */
async function hasCopy(version: string, whole = true): Promise<void> {
  const marks = [`triptych-${version}`, whole ? 'offline-copy-is-whole' : './'];
  const isThere = ([name, mark]: readonly string[]) =>
    caches.has(name!).then(async (has) => has && (await (await caches.open(name!)).match(mark!)) !== undefined);
  await expect.poll(() => page.evaluate(isThere, marks), { timeout: 60_000 }).toBe(true);
  await workerRests();
}
/** Until no service worker is on its way any more. */
async function workerRests(): Promise<void> {
  const isResting = () =>
    navigator.serviceWorker.ready.then(
      ({ installing, waiting, active }) => !installing && !waiting && active?.state === 'activated',
    );
  await expect.poll(() => page.evaluate(isResting)).toBe(true);
}

test('a new release shows after one reload, and from then on also without a network; the old copy goes', async () => {
  const [one, two] = [await releaseOf('Release one', ONE), await releaseOf('Release two', TWO)];
  await serveInstead(one);
  await open();
  await hasCopy(ONE);
  await serveInstead(two);
  await page.reload();
  expect(await page.title()).toBe('Release two');
  await hasCopy(TWO);
  await expect.poll(copies).toEqual([`triptych-${TWO}`]);
  await takeAway();
  await page.reload();
  await isShown();
  expect(await page.title()).toBe('Release two');
  // Every part of it is there: a screen that loads its own script, and a file beside it.
  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByRole('table', { name: 'Models' }).waitFor();
});

test('a tab of the release before is told, keeps its code, and reloads into the new one', async () => {
  const [one, two] = [await releaseOf('Release one', ONE), await releaseOf('Release two', TWO)];
  await serveInstead(one);
  await open();
  await hasCopy(ONE);
  await serveInstead(two);
  const other = await context.newPage();
  await other.goto(`http://localhost:${port}/`);
  const notice = page.getByRole('log', { name: 'Notices' }).getByText('A new version of Triptych is ready.');
  await notice.waitFor();
  expect(await other.getByText('A new version of Triptych is ready.').count()).toBe(0);
  // The server has this part of the old release no longer.
  await hasCopy(TWO);
  expect(await copies()).toEqual([`triptych-${ONE}`, `triptych-${TWO}`]);
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('heading', { name: 'Audit' }).first().waitFor();
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => page.title()).toBe('Release two');
  await isShown();
  // A page that went may hold its release for a moment: its copy goes at the first start after that.
  const afterAnotherStart = () => page.reload().then(copies);
  await expect.poll(afterAnotherStart).toEqual([`triptych-${TWO}`]);
});

test('a file that did not come costs neither the offline copy nor its next start', async () => {
  const [whole, torn] = [await releaseOf('Release one', ONE), await releaseOf('Release one', ONE)];
  without(torn, 'audit-page-');
  await serveInstead(torn);
  await open();
  await hasCopy(ONE, false);
  await takeAway();
  await page.reload();
  await isShown();
  await serveInstead(whole);
  await page.reload();
  await hasCopy(ONE);
});

test('a release that did not come whole does not take the place of one that did', async () => {
  const [one, two] = [await releaseOf('Release one', ONE), await releaseOf('Release two', TWO)];
  await serveInstead(one);
  await open();
  await hasCopy(ONE);
  // Its first script is not there yet: what is begun with does not work, but what was there does.
  const later = `${two}-later`;
  cpSync(two, later, { recursive: true });
  without(two, 'index-');
  await serveInstead(two);
  await page.reload();
  await hasCopy(TWO, false);
  await takeAway();
  await page.reload();
  await isShown();
  expect(await page.title()).toBe('Release one');
  await serveInstead(later);
  await page.reload();
  await hasCopy(TWO);
  await takeAway();
  await page.reload();
  await isShown();
  expect(await page.title()).toBe('Release two');
});

test('where what runs graphs cannot be loaded, that is said once, and trying again helps when it can', async () => {
  const [whole, torn] = [await releaseOf('Release one', ONE), await releaseOf('Release one', ONE)];
  without(torn, 'run.worker-');
  let asked = 0;
  page.on('request', (request) => (asked += request.url().includes('run.worker') ? 1 : 0));
  await serveInstead(torn);
  await open();
  await page.getByRole('link', { name: 'Product hero: still to video', exact: true }).click();
  const status = page.getByRole('status', { name: 'Run' });
  const sentence = page.getByText('What plans and runs graphs does not start, or keeps stopping.');
  await sentence.waitFor();
  expect(await status.textContent()).toContain('Cannot plan');
  expect(asked).toBeLessThanOrEqual(5);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect
    .poll(() => status.textContent())
    .toBe('Failed A part of Triptych that works in the background could not be started.');
  expect(await page.locator('[data-status=running], [data-status=queued]').count()).toBe(0);
  await serveInstead(whole);
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(await sentence.count()).toBe(0);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => status.textContent()).toMatch(/^(Running|Done)/);
});

test('where what comes behind the editor cannot be loaded, that is said, the graph can be edited, and trying again helps', async () => {
  const [whole, torn] = [await releaseOf('Release one', ONE), await releaseOf('Release one', ONE)];
  without(torn, 'compose-late-');
  await serveInstead(torn);
  await open();
  const sentence = page.getByRole('log', { name: 'Notices' }).getByText('Nothing can be run or brought in yet');
  await sentence.waitFor();
  await page.getByRole('button', { name: 'New graph' }).click();
  await page
    .getByRole('navigation', { name: 'Node library' })
    .getByRole('button', { name: 'Image', exact: true })
    .click();
  await page.getByRole('group', { name: 'Image', exact: true }).waitFor();
  const status = page.getByRole('status', { name: 'Run' });
  await expect.poll(() => status.textContent()).toContain('Cannot plan');
  // Nothing is on its way any more when the other release takes this one's place.
  await page.getByRole('tabpanel').getByText('About this node').waitFor();
  await page.waitForFunction(() => {
    const last = performance.getEntriesByType('resource').at(-1)!;
    return performance.now() - (last as PerformanceResourceTiming).responseEnd > 1000;
  });
  await serveInstead(whole);
  await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => status.textContent()).toMatch(/to run|not ready/);
});
