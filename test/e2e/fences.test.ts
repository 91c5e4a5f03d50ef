/** What breaks stays where it broke: white pages, parts that do not load, browsers that give less than others. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from 'playwright';
import { expect, onTestFinished, test } from 'vitest';
import { ensureBuilt } from '../../src/setup/build.js';
import { serve } from '../../src/gateway/server.js';
import {
  breaksWith,
  button,
  context,
  heading,
  node,
  notice,
  openHero,
  openDevtools,
  openTemplate,
  page,
  run,
  server,
  spoilTab,
  status,
  typeOver,
} from './stage.ts';

const fence = (what: string) => page.getByRole('alert').filter({ hasText: `${what} could not be shown.` });
/** Answers with the file as it is, changed by `change`. */
const changed = async (route: Route, change: (code: string) => string) => {
  // The server closes connections nobody used for a while, which may be the moment one is asked for again.
  const response = await route.fetch({ maxRetries: 3 });
  await route.fulfill({ response, body: change(await response.text()) });
};
/**
 * From the next load on, parts of the page can be broken while it runs: what has one of these classes throws when it is
 * drawn.
 */
const makeBreakable = async (...classes: readonly string[]) => {
  await page.route(/\/assets\/[^/]+\.js$/, (route) =>
    changed(route, (code) =>
      classes.reduce(
        (text, name) =>
          text.replaceAll(
            `className:\`${name}\``,
            `className:((name)=>{if(globalThis.broken?.has(name))throw new Error("Broken on purpose: "+name);return name})("${name}")`,
          ),
        code,
      ),
    ),
  );
  await page.reload();
};
const breakNow = (...classes: readonly string[]) =>
  page.evaluate((names) => void Object.assign(globalThis, { broken: new Set(names) }), classes);
const newGraph = async () => {
  await button('New graph').click();
  await page.locator('.editor').waitFor();
  return page.url().match(/#\/g\/([\w-]+)/)![1]!;
};
const gallery = () => page.getByRole('heading', { name: 'Start with a template' });
/** The graph file that a click makes. */
const exported = async (click: () => Promise<void>) => {
  const [file] = await Promise.all([page.waitForEvent('download'), click()]);
  return JSON.parse(readFileSync((await file.path())!, 'utf8')) as { readonly title: string; readonly nodes: object };
};

const SCREENS = [
  ['routing', '#/routing', 'The routing page'],
  ['catalog', '#/catalog', 'The catalog'],
  ['audit', '#/audit', 'The audit'],
  ['settings', '#/settings', 'The settings'],
  ['comfyui', '#/comfyui', 'The workflow'],
  ['shared', '#/s/abc', 'The graph in this link'],
  ['review', '#/g/{id}/review', 'The review'],
  ['form', '#/g/{id}/form', 'The form'],
  ['batch', '#/g/{id}/batch', 'The batch'],
  ['versions', '#/g/{id}/versions', 'The versions'],
  ['editor', '#/g/{id}', 'The editor'],
] as const;

test('each screen that breaks says so in its own place; the rail goes on, and the next screen is tried by itself', async () => {
  breaksWith(/Broken on purpose/);
  const id = await newGraph();
  await page.goto(server.url);
  const screen = 'export default function Broken() { throw new Error("Broken on purpose"); }';
  await page.route(/\/assets\/[^/]+\.js$/, (route) =>
    changed(route, (code) =>
      SCREENS.some(([chunk]) => route.request().url().includes(`/${chunk}-`)) && code.includes(' as default')
        ? screen
        : code,
    ),
  );
  await page.reload();
  await gallery().waitFor();
  for (const [, address, what] of SCREENS) {
    await page.evaluate((hash) => void (location.hash = hash), address.replace('{id}', id));
    await fence(what).waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    // Said by the fence, and nowhere else.
    expect(await page.locator('.notice').count()).toBe(0);
  }
  expect((await exported(() => button('Export this graph').click())).title).toBe('Untitled');
  await fence('The editor').getByRole('link', { name: 'To the gallery' }).click();
  await gallery().waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});

test('a panel that breaks leaves the others at work, gives the graph out, and comes back', async () => {
  breaksWith(/Broken on purpose/);
  await makeBreakable('library', 'topbar', 'runbar', 'strip', 'node', 'params');
  await openTemplate('Product hero: still to video');
  await page.getByRole('tab', { name: 'History' }).click();
  const grade = (await heading('Grade').boundingBox())!;
  await breakNow('library', 'node', 'params');
  // By its place: a card that is drawn anew meanwhile has lost its heading.
  await page.mouse.click(grade.x + 20, grade.y + 8);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await fence('The inspector').waitFor();
  // Drawn anew while it is broken: the card that was selected.
  expect(await fence('This card').count()).toBeGreaterThan(0);
  expect(await heading('Prompt').count()).toBe(1);
  const file = await exported(() => fence('The inspector').getByRole('button', { name: 'Export this graph' }).click());
  expect(Object.keys(file.nodes)).toHaveLength(11);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await fence('The inspector').getByRole('button', { name: 'Copy the details' }).click();
  await fence('The inspector').getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Broken on purpose: params');
  await breakNow();
  const library = fence('The node library');
  if (await library.isVisible()) await library.getByRole('button', { name: 'Try again' }).click();
  const again = fence('This card').getByRole('button', { name: 'Try again' });
  // A card that is drawn anew for another reason has come back before it is clicked.
  const afterAnother = async () => {
    await again
      .first()
      .click({ timeout: 1000 })
      .catch(() => {});
    return fence('This card').count();
  };
  await expect.poll(afterAnother).toBe(0);
  await heading('Grade').waitFor();
  // Another selection is another try.
  await heading('Prompt').click();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).waitFor();
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
});

test('a dialog that breaks closes with a notice, and opens again', async () => {
  breaksWith(/This browser has no dialogs/);
  await newGraph();
  const showModal = await page.evaluateHandle(() => {
    const whole = HTMLDialogElement.prototype.showModal;
    HTMLDialogElement.prototype.showModal = () => {
      throw new Error('This browser has no dialogs');
    };
    return whole;
  });
  await page.keyboard.press('ControlOrMeta+k');
  await notice('The command palette could not be shown.').waitFor();
  expect(await page.locator('.editor').count()).toBe(1);
  await page.evaluate((whole) => void (HTMLDialogElement.prototype.showModal = whole), showModal);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByLabel('Search commands').waitFor();
});

test('what nobody caught is said once, however often it comes, with its details to copy', async () => {
  breaksWith(/Nobody caught this/);
  breaksWith(/Nor was this promise kept/);
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let left = 20;
        const timer = setInterval(() => {
          if (left-- === 0) {
            clearInterval(timer);
            resolve();
          }
          void Promise.reject(new Error('Nor was this promise kept'));
          throw new Error('Nobody caught this');
        });
      }),
  );
  await notice('Nor was this promise kept').waitFor();
  await notice('Nobody caught this').waitFor();
  expect(await page.locator('.notice').count()).toBe(2);
  await page
    .locator('.notice', { hasText: 'Nobody caught this' })
    .getByRole('button', { name: 'Copy the details' })
    .click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^Error: Nobody caught this\nat /);
});

test('a part that does not load says so, is asked for again, and comes when it can; so does a template', async () => {
  breaksWith(/dynamically imported module|Unable to preload CSS/);
  let offline = true;
  await page.route(/\/assets\/(editor|audit-page)-/, (route) => (offline ? route.abort() : route.continue()));
  await page.route('**/templates/**', (route) => (offline ? route.abort() : route.continue()));
  await page.getByRole('link', { name: 'Audit' }).click();
  await page
    .getByText('A part of the app could not be loaded: you are offline, or a newer version was published.')
    .waitFor();
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await page.getByText('The templates cannot be loaded. Are you offline?').waitFor();
  await page.evaluate(() => void (location.hash = '#/t/product-hero'));
  await notice('The template “product-hero” cannot be loaded. Are you offline?').waitFor();
  expect(await notice('There is no template').count()).toBe(0);
  await page.getByRole('link', { name: 'Audit' }).click();
  await fence('The audit').waitFor();
  offline = false;
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Audit' }).waitFor();
  // Its style sheet came too.
  const sheets = await page.evaluate(() => [...document.styleSheets].map(({ href }) => href ?? ''));
  expect(sheets.filter((sheet) => sheet.includes('/assets/audit-page-'))).toHaveLength(1);
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await openTemplate('Product hero: still to video');
});

test.each(['around the text', 'in its place'])(
  'a page that was translated, its words put %s, can be worked on and is never white',
  async (how) => {
    expect(await page.locator('html').getAttribute('translate')).toBe('no');
    await openHero();
    const translate = () =>
      page.evaluate((around) => {
        const walker = document.createTreeWalker(document.getElementById('root')!, NodeFilter.SHOW_TEXT);
        const texts: Node[] = [];
        while (walker.nextNode())
          if (walker.currentNode.parentElement?.closest('textarea, style') === null) texts.push(walker.currentNode);
        for (const text of texts) {
          const outer = document.createElement('font');
          const inner = outer.appendChild(document.createElement('font'));
          if (around) text.parentNode!.insertBefore(outer, text);
          else text.parentNode!.replaceChild(outer, text);
          if (around) inner.append(text);
          else inner.append(`${text.textContent} (translated)`);
        }
      }, how === 'around the text');
    await translate();
    await page.locator('[data-node-type="prompt"] .node__head').click();
    await translate();
    await typeOver(page.locator('.side textarea').first(), 'a red boat on a lake');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect.poll(() => node('Image').getAttribute('data-status'), { timeout: 60_000 }).toMatch(/done|cached/);
    await translate();
    for (const screen of ['Form', 'Batch', 'Review', 'Audit', 'Settings', 'Editor']) {
      await page.getByRole('link', { name: screen, exact: true }).click();
      await page.locator('main:visible:not([aria-busy])').waitFor();
      await translate();
    }
    expect(await page.getByRole('alert').count()).toBe(0);
  },
);

test('damaged and blocked settings are the usual ones; the palette opens', async () => {
  await newGraph();
  for (const damage of ['{', '[1]', '{"theme":7,"keys":{"Run":5},"tour":-1,"snap":"no","language":"xx","area":[]}']) {
    await page.evaluate((text) => {
      localStorage.setItem('triptych-recent-commands', text);
      localStorage.setItem('triptych-view', text);
    }, damage);
    await page.reload();
    await page.locator('.editor').waitFor();
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByLabel('Search commands').waitFor();
  }
  spoilTab();
  await page.addInitScript(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Access is denied for this document.', 'SecurityError');
      },
    }),
  );
  await page.reload();
  await button('Switch to dark').click();
  await button('Switch to light').waitFor();
  await page.locator('.editor').waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await typeOver(page.getByLabel('Search commands'), 'list view');
  await page.keyboard.press('Enter');
  await page.locator('.stage[data-list="true"]').waitFor();
});

/** The app with its threads in a browser that keeps nothing: opening a database is refused in each of them. */
const serveRefused = async () => {
  const refusal = `Object.defineProperty(globalThis, 'indexedDB', { value: { open: () => { throw new DOMException('The user denied permission to access the database.', 'SecurityError'); } } });`;
  const folder = join(mkdtempSync(join(tmpdir(), 'triptych-')), 'dist');
  cpSync(await ensureBuilt(), folder, { recursive: true });
  for (const name of readdirSync(join(folder, 'assets')).filter((file) => /worker-.*\.js$/.test(file))) {
    const path = join(folder, 'assets', name);
    writeFileSync(path, refusal + readFileSync(path, 'utf8'));
  }
  spoilTab();
  await page.addInitScript(refusal);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'locks', { value: undefined });
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('Denied', 'SecurityError');
      },
    });
  });
  return serve(folder, 0);
};

test('where site data is blocked the first screen says what that means, and graphs are made, run and exported all the same', async () => {
  const refused = await serveRefused();
  onTestFinished(refused.close);
  await page.goto(refused.url);
  await page.getByText('This browser keeps nothing for this page.').waitFor();
  await newGraph();
  await page.getByText('Not kept: export it').waitFor();
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await openHero();
  expect(await run()).toMatch(/^Done: 11 ran/);
  // Pictures are made in one thread and shown by another.
  await expect
    .poll(() =>
      node('Image')
        .locator('img')
        .evaluate((image: HTMLImageElement) => image.naturalWidth),
    )
    .toBeGreaterThan(100);
  expect(Object.keys((await exported(() => button('Export').click())).nodes)).toHaveLength(11);
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await expect
    .poll(() => page.locator('.gallery .card').filter({ hasText: 'Product hero: still to video' }).count())
    .toBe(2);
});

test('without workers a graph can be made and exported, and running it is refused in words', async () => {
  spoilTab();
  await page.addInitScript(() => Object.defineProperty(window, 'Worker', { value: undefined }));
  await page.reload();
  await page.getByText('Nothing can be run: this browser has no workers, or no WebAssembly with vectors.').waitFor();
  await page.getByRole('link', { name: 'Product hero: still to video', exact: true }).click();
  await node('Prompt').waitFor();
  await button('Run').click();
  await expect.poll(() => status().textContent()).toContain('could not be started');
  expect(Object.keys((await exported(() => button('Export').click())).nodes)).toHaveLength(11);
});

test('graphs of a newer release are not touched', async () => {
  await page.goto('about:blank');
  await context.clearCookies();
  await page.goto(`${server.url}icon.svg`);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        indexedDB.deleteDatabase('triptych');
        const opening = indexedDB.open('triptych', 10_000);
        opening.onupgradeneeded = () => opening.result.createObjectStore('things of the future');
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
        opening.onerror = () => reject(opening.error);
      }),
  );
  await page.goto(server.url);
  await page
    .getByText('The graphs in this browser were written by a newer version of Triptych; this one does not touch them.')
    .waitFor();
  await newGraph();
});

test('full storage is said where a graph is made, opened or copied from a template', async () => {
  const devtools = await openDevtools();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 1 });
  await button('New graph').click();
  await notice('The disk is full, or the browser gives Triptych no more room').waitFor();
  await gallery().waitFor();
  await page.getByRole('link', { name: 'Product hero: still to video', exact: true }).click();
  await expect.poll(() => page.url()).toMatch(/#\/$/);
  await gallery().waitFor();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin });
  await newGraph();
});
