/** From a service whose key was saved to graphs that ask it; and, where nobody can be asked, to what is missing. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { headless } from '../../src/headless/headless.ts';
import { FAL_KEY, startFal } from '../contract/fal.ts';
import { withServices } from './services.ts';
import {
  button,
  context,
  ended,
  fileWith,
  heading,
  node,
  openFile,
  openTemplate,
  page,
  run,
  server,
  violations,
  typeOver,
} from './stage.ts';

const served = withServices(async () => {
  const fal = await startFal();
  return { doubles: { fal }, env: { TRIPTYCH_FAL_URL: fal.url } };
});
const fal = () => served().doubles.fal;

const at = (x: number) => ({ position: { x, y: 0 } });
const GRAPH = {
  format: 'triptych',
  formatVersion: 4,
  title: 'One image',
  routing: { table: 'house', version: 1 },
  nodes: {
    prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle' } },
    image: { type: 'image', version: 1, ...at(300), params: { tier: 'cinematic' } },
  },
  wires: { a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } } },
};
const cardOn = (tab: Page, name: string) => tab.getByRole('article', { name, exact: true });
const card = (name = 'fal') => cardOn(page, name);
/** How many rows of a table its card says it is asked in. */
const tiersAskedFor = async (tab: Page) =>
  [
    ...(
      await cardOn(tab, 'fal')
        .getByText(/^Asked for: /)
        .innerText()
    ).matchAll(/\((.*?)\)/g),
  ].flatMap(([, tiers = '']) => tiers.split(', ')).length;
const enterKey = async () => {
  await page.goto(`${server.url}#/settings`);
  await card().getByText('no key').waitFor();
  await card().getByLabel('Key').click();
  await page.keyboard.type(FAL_KEY);
  await page.keyboard.press('Enter');
  await card()
    .getByText(/^works, tested at/)
    .waitFor();
};
const openGraph = async () => {
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(GRAPH));
  await heading('Image').click();
  await route().getByText('asked next').waitFor();
};
const textsOf = async (list: Locator) =>
  (await list.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
const sheet = () => page.getByRole('dialog', { name: 'Use fal' });
const rowIn = (name: string) =>
  sheet()
    .getByRole('row')
    .filter({ has: page.getByLabel(name, { exact: true }) });
const search = () => page.getByRole('combobox', { name: 'Pin to a model: text to image' });
const route = () => page.getByRole('region', { name: 'Route' });
const candidate = (name: string) => route().getByRole('listitem').filter({ hasText: name }).first();

test('a key is entered, the service is used by the next version of the table, and a template that is opened then asks it once; going back is one press', async () => {
  await enterKey();
  await card().getByText('fal can make pictures and clips, but no graph asks it yet.').waitFor();
  await card().getByRole('button', { name: 'Use fal…' }).click();
  const cinematic = rowIn('Stills, cinematic');
  await cinematic.getByText('$0.15 a picture').waitFor();
  expect(await cinematic.getByRole('checkbox').isChecked()).toBe(true);
  const order = () => textsOf(cinematic.getByRole('list', { name: 'Asked in this order' }));
  const [first, ...others] = await order();
  expect(first).toBe('Nano Banana Pro fal');
  expect(others.at(-1)).toBe('Built-in engine on this computer');
  await sheet().getByRole('radio', { name: 'only when other services cannot' }).click();
  expect((await order()).at(-2)).toBe('Nano Banana Pro fal');
  await sheet().getByRole('radio', { name: 'before all others' }).click();
  // One row is left out, by key.
  await sheet().getByLabel('Stills, budget').focus();
  await page.keyboard.press('Space');
  expect(await violations()).toEqual([]);
  await sheet().getByRole('button', { name: 'Publish House 3' }).click();
  await card()
    .getByText(/^Asked for: Stills \(draft, cinematic, speed\), Clips \(/)
    .waitFor();
  expect(await sheet().count()).toBe(0);

  await page.goto(`${server.url}#/routing`);
  await page.getByText('Version 3, published').waitFor();
  // As a file it is what the command line routes by.
  const [file] = await Promise.all([page.waitForEvent('download'), button('Export table').click()]);
  expect(file.suggestedFilename()).toBe('house-3.routing.json');
  const lines: string[] = [];
  await headless({
    command: 'plan',
    file: fileWith('one-image.triptych.json', JSON.stringify(GRAPH)),
    table: await file.path(),
    mode: 'delivery',
    rows: false,
    out: '',
    home: '.',
    environment: { TRIPTYCH_HOME: mkdtempSync(join(tmpdir(), 'triptych-home-')), TRIPTYCH_FAL_URL: fal().url, FAL_KEY },
    print: (line) => void lines.push(line),
  });
  expect(lines.join('\n')).toContain('Image: Nano Banana Pro, $0.15, quoted by fal');
  const inTable = (name: string) => textsOf(page.getByRole('article', { name }));
  expect((await inTable('text to image, cinematic'))[0]).toContain('Nano Banana Pro fal');
  expect((await inTable('text to image, budget'))[0]).toContain('FLUX.1 [schnell] Replicate');

  await page.goto(`${server.url}#/`);
  await openTemplate('One look, a whole range');
  expect(await run()).toMatch(/^(Done|Waits for)/);
  expect(fal().inputs.length).toBe(1);

  // Going back publishes what was before, as the version after.
  await page.goto(`${server.url}#/routing`);
  await page.getByLabel('Table', { exact: true }).selectOption({ label: 'House 1' });
  await button('Back to this version').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Version 4, published').waitFor();
  expect((await inTable('text to image, cinematic'))[0]).toContain('FLUX.2 [max] Black Forest Labs');
});

test('the route of a node offers the service; its graph, which stays with an earlier version, takes the new one with it or later', async () => {
  await enterKey();
  await openGraph();
  await candidate('FLUX.2 [max]').getByText('No key for Black Forest Labs.').waitFor();
  await route().getByText('fal can make this, and is not in the row.').waitFor();
  const offer = route().getByRole('button', { name: 'Use fal…' });
  await offer.focus();
  await page.keyboard.press('Enter');
  await rowIn('Stills, cinematic').waitFor();
  await sheet().getByText('“One image” stays with House 1.').waitFor();
  await sheet().getByRole('button', { name: 'Publish House 3 and use it in “One image”' }).click();
  await route().getByRole('link', { name: 'House 3, text to image' }).waitFor();
  await candidate('Nano Banana Pro').getByText('asked next').waitFor();
  expect(await offer.count()).toBe(0);

  // While fal is at it, that is said of it.
  fal().hold();
  await button('Run').click();
  await expect.poll(() => fal().inputs.length).toBe(1);
  await candidate('Nano Banana Pro').getByText('is being asked').waitFor();
  fal().go();
  expect(await ended()).toMatch(/^Done/);
  expect(fal().inputs.length).toBe(1);

  // The pin is an edit of the graph; the version stays published.
  await heading('Image').click();
  await page.keyboard.press('Control+z');
  await route().getByText('This graph stays with House 1. Version 3 is published.').waitFor();
  // The run bar offers it too, with what it is good for, wherever the inspector is scrolled to.
  await page.locator('.runbar').getByRole('button', { name: 'Ask fal, as House 3 does' }).click();
  await route().getByRole('link', { name: 'House 3, text to image' }).waitFor();

  // Going back takes the graph along.
  await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Back to House 2' }).click();
  await route().getByRole('link', { name: 'House 4, text to image' }).waitFor();
  await candidate('Built-in engine').getByText('asked next').waitFor();
});

test('models to pin to are found by their words and have the prices of this node; what speaks against the others is said after the pin too', async () => {
  await enterKey();
  await openGraph();
  await route().getByRole('button', { name: 'Pin to another model…' }).focus();
  await page.keyboard.press('Enter');
  const options = page.getByRole('dialog').getByRole('option');
  const type = async (words: string) => {
    await typeOver(search(), words);
    await options.first().waitFor();
  };
  const found = () => options.allInnerTexts();
  await type('flux');
  expect((await found()).filter((text) => !/flux/i.test(text))).toEqual([]);
  await type('nano banana');
  expect((await found()).filter((text) => !/nano banana/i.test(text))).toEqual([]);
  await type('nano banana pro fal');
  await options.first().getByText('$0.15').waitFor();
  await page.keyboard.press('Enter');
  await route()
    .getByText(/^Pinned to Nano Banana Pro/)
    .waitFor();
  await candidate('FLUX.2 [max]').getByText('No key for Black Forest Labs.').waitFor();
});

test('where nobody can be asked, the run bar names what is missing and leads there; without money there is nothing to run', async () => {
  await enterKey();
  await openGraph();
  const bar = page.locator('.runbar');
  await candidate('FLUX.2 [max]').getByRole('button', { name: 'Pin this node to FLUX.2 [max]' }).click();
  await bar.getByRole('link', { name: 'no key for Black Forest Labs' }).click();
  const focused = (name: string) =>
    expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')).toBe(name);
  await expect
    .poll(() => card('Black Forest Labs').evaluate((element) => element === document.activeElement))
    .toBe(true);

  // A month that allows less than one take.
  await page.getByRole('navigation', { name: 'Parts of the settings' }).getByText('Money limits').click();
  await focused('Money limits');
  await typeOver(page.getByLabel('Most that a month may spend'), '0.1');
  await page.keyboard.press('Enter');
  await page.goBack();
  await page.goBack();
  await heading('Image').click();
  await route().getByRole('button', { name: 'Unpin', exact: true }).click();
  await route().getByRole('button', { name: 'Pin to another model…' }).click();
  await typeOver(search(), 'nano banana pro fal');
  await page.getByRole('dialog').getByRole('option').first().getByText('over budget ($0.15, $0.10 left)').waitFor();
  await page.keyboard.press('Enter');
  const limits = bar.getByRole('link', { name: 'the budget of the month is too small for it' });
  await limits.waitFor();
  expect(await button('Run').isDisabled()).toBe(true);
  await limits.focus();
  await page.keyboard.press('Enter');
  await focused('Money limits');
  await typeOver(page.getByLabel('Most that a month may spend'), '10');
  await page.keyboard.press('Enter');
  await page.goBack();
  await node('Image').waitFor();
  await expect.poll(() => button('Run').isDisabled()).toBe(false);
  expect(fal().inputs.length).toBe(0);
});

test('a refusal is said in the sheet, a press that comes twice publishes once, and what another tab published meanwhile stays in the next version', async () => {
  await enterKey();
  const offer = card().getByRole('button', { name: 'Use fal…' });
  const other = await context.newPage();
  await other.goto(`${server.url}#/settings`);
  await other.getByRole('article', { name: 'fal', exact: true }).getByRole('button', { name: 'Use fal…' }).click();
  const otherSheet = other.getByRole('dialog', { name: 'Use fal' });
  await otherSheet.getByRole('button', { name: 'Publish House 3' }).waitFor();

  await page.bringToFront();
  await offer.click();
  const boxes = sheet().getByRole('checkbox');
  await boxes.nth(1).waitFor();
  const rows = await boxes.count();
  await boxes.first().uncheck();
  // Storage that takes nothing: that is said in the sheet, and it can be tried again.
  await page.evaluate(() => {
    const { add } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.add = function (...given) {
      IDBObjectStore.prototype.add = add;
      throw new DOMException(`No room for ${given.length}`, 'QuotaExceededError');
    };
  });
  const publish = sheet().getByRole('button', { name: 'Publish House 3' });
  await publish.click();
  await sheet().getByRole('alert').getByText('It was not published. Close this to read why.').waitFor();
  await publish.dblclick();
  await card().getByRole('link', { name: 'Open House 3' }).waitFor();
  expect(await tiersAskedFor(page)).toBe(rows - 1);

  // It still shows what was there before: only the row that is ticked is its own.
  for (let at = 1; at < rows; at++) await otherSheet.getByRole('checkbox').nth(at).uncheck();
  await otherSheet.getByRole('button', { name: 'Publish House 3' }).click();
  await other.getByText(/^House 4 is published: /).waitFor();
  await other.getByRole('link', { name: 'Open House 4' }).waitFor();
  expect(await tiersAskedFor(other)).toBe(rows);
  await other.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Back to House 3' }).waitFor();
});
