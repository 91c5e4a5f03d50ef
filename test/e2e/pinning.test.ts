/** A node that is pinned to a model: its route, the mark on its card, the checklist, and the receipt of what was made. */
import { beforeEach, expect, test } from 'vitest';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { withServices } from './services.ts';
import { button, ended, heading, node, openFile, page, run, server, untilSaved, violations } from './stage.ts';

const served = withServices(async () => {
  const replicate = await startReplicate();
  return {
    doubles: { replicate },
    env: { TRIPTYCH_REPLICATE_URL: replicate.base, REPLICATE_API_TOKEN: REPLICATE_TOKEN },
  };
});
beforeEach(async () => {
  await openFile('one-image.triptych.json', JSON.stringify(GRAPH));
  await page.getByRole('radio', { name: 'delivery' }).click();
  await heading('Image').click();
  await candidate('FLUX.2 [max]').waitFor();
});

const at = (x: number) => ({ position: { x, y: 0 } });
const GRAPH = {
  format: 'triptych',
  formatVersion: 4,
  title: 'One image',
  nodes: {
    prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle', negative: 'text' } },
    seed: { type: 'seed', version: 1, ...at(0), params: { seed: { mode: 'fixed', value: 0 } } },
    image: { type: 'image', version: 1, ...at(300), params: { tier: 'cinematic' } },
  },
  wires: {
    a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
    b: { from: { node: 'seed', socket: 'seed' }, to: { node: 'image', socket: 'seed' } },
  },
};
const route = () => page.getByRole('region', { name: 'Route' });
const candidate = (name: string) => route().getByRole('listitem').filter({ hasText: name }).first();
/** By keyboard: what is found first is taken. */
const pinByName = async (words: string) => {
  await route().getByRole('button', { name: 'Pin to another model…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Pin to a model: text to image' }).waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await route()
    .getByText(/^Pinned to/)
    .waitFor();
};

test('a node is pinned past its table, asks that model alone, says so on its card and in the checklist, and is unpinned from there', async () => {
  // The table as it ships: who has no key is passed over with that reason, and the built-in engine is asked.
  await candidate('FLUX.2 [max]').getByText('No key for Black Forest Labs.').waitFor();
  expect(await candidate('Built-in engine').getByText('asked next').count()).toBe(1);

  await pinByName('schnell replicate');
  await candidate('FLUX').getByText('asked next').waitFor();
  const mark = node('Image').getByText('FLUX.1 [schnell]');
  await mark.waitFor();
  expect(await run()).toMatch(/^Done/);
  const { replicate } = served().doubles;
  expect(replicate.orders.map(({ input }) => input)).toMatchObject([{ prompt: 'a perfume bottle', seed: 0 }]);

  // What was sent, what was not, and what it cost.
  await page.getByText('Receipt of this take').click();
  const receipt = page.getByRole('group', { name: 'Receipt of this take' });
  await receipt.getByText('the node is pinned to it').waitFor();
  await receipt.getByText('$0.003 by the price list').waitFor();
  const names = await receipt.locator('.take-receipt__sent dt').allInnerTexts();
  const values = await receipt.locator('.take-receipt__sent dd').allInnerTexts();
  const { model, ...sent } = Object.fromEntries(names.map((name, at) => [name, values[at]]));
  expect(model).toBe('black-forest-labs/flux-schnell');
  const came = Object.entries(replicate.orders[0]!.input).map(([name, value]) => [name, String(value)]);
  expect(sent).toEqual(Object.fromEntries(came));
  expect(await receipt.innerText()).toContain('Negative prompt ignored');
  expect(await page.content()).not.toContain(REPLICATE_TOKEN);
  expect(await violations()).toEqual([]);

  // It is part of the graph: after a reload it is still there; undone, it is gone; done again, it is back.
  await untilSaved();
  await page.reload();
  await mark.waitFor();
  await heading('Image').click();
  await page.keyboard.press('Control+z');
  await mark.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Shift+z');
  await mark.waitFor();

  await page.getByRole('tab', { name: /Checklist/ }).click();
  const finding = page
    .getByRole('listitem')
    .filter({ hasText: 'is pinned to FLUX.1 [schnell]; the table is passed over.' });
  await finding.getByRole('button', { name: 'Unpin it' }).click();
  await finding.waitFor({ state: 'detached' });
  await mark.waitFor({ state: 'detached' });
  // The table decides again; that another model stands in for its first choice is a mark with its reason.
  expect(await run()).toMatch(/^Done/);
  const stoodIn = node('Image').getByRole('img', { name: /^Built-in engine stood in for FLUX\.2 \[max\]\./ });
  // By key as by pointer.
  await stoodIn.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page
    .getByRole('tooltip')
    .getByText(/no key for Black Forest Labs/)
    .waitFor();
  expect(served().doubles.replicate.orders.length).toBe(1);
});

test('a pinned model that cannot be asked fails the run with its reason, asks nobody else, and leads to where it is mended', async () => {
  const first = candidate('FLUX.2 [max]');
  await first.getByRole('button', { name: 'Pin this node to FLUX.2 [max]' }).click();
  // The bar grows by a line that says so, and what is in it moves.
  await page.locator('.runbar__line').waitFor();
  await button('Run').click();
  expect(await ended()).toMatch(/^Failed/);
  const told = node('Image').getByRole('alert');
  expect(await told.innerText()).toMatch(
    /pinned to FLUX\.2 \[max\], which cannot be asked: no key for Black Forest Labs/,
  );
  expect(await told.innerText()).toContain('Unpin the node');

  await first.getByRole('link', { name: 'Enter it' }).click();
  const card = page.getByRole('article', { name: 'Black Forest Labs', exact: true });
  await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.goBack();
  await heading('Image').click();
  await route().getByRole('button', { name: 'Unpin', exact: true }).click();
  expect(await run()).toMatch(/^Done/);
});

test('a graph that stays with an earlier version of its table says so, and takes the one that is published at a press', async () => {
  const offered = route().getByRole('button', { name: 'Use version 3' });
  await page.goto(`${server.url}#/`);
  await openFile('kept.triptych.json', JSON.stringify({ ...GRAPH, routing: { table: 'house', version: 1 } }));
  await heading('Image').click();
  await route().getByRole('link', { name: 'House 1, text to image' }).click();
  await button('Edit as a draft').click();
  const row = page.getByRole('article', { name: 'text to image, cinematic' });
  const ready = row.getByLabel('Add a candidate: text to image, cinematic').locator('optgroup').first();
  expect(await ready.getAttribute('label')).toBe('Can be asked now');
  expect(await ready.locator('option').allTextContents()).toContain('FLUX.1 [schnell], Replicate');
  await page.getByLabel('What changed and why').click();
  await page.keyboard.type('Another');
  await page.keyboard.press('Enter');
  await page.getByLabel('What changed and why').waitFor({ state: 'hidden' });
  await page.goBack();
  await heading('Image').click();
  await route().getByText('This graph stays with House 1. Version 3 is published.').waitFor();
  await offered.focus();
  await page.keyboard.press('Enter');
  await route().getByRole('link', { name: 'House 3, text to image' }).waitFor();
  expect(await offered.count()).toBe(0);
  // One step back it stays where it was.
  await page.keyboard.press('Control+z');
  await offered.waitFor();
});
