/** The first screen once there are graphs: what was made last comes first, and each can be found, named, copied, thrown away. */
import { expect, test } from 'vitest';
import {
  button,
  context,
  notice,
  openFile,
  openOwnPage,
  page,
  sharePage,
  untilSaved,
  violations,
  typeOver,
} from './stage.ts';

sharePage();

const link = (name: string) => page.getByRole('link', { name, exact: true });

const cards = () => page.locator('[data-graph] .card__title').allTextContents();
const card = (title: string) =>
  page.locator('[data-graph]').filter({ has: page.getByRole('link', { name: title, exact: true }) });
const item = (name: string) => page.getByRole('menuitem', { name });
const graph = (title: string, tags: readonly string[] = []) =>
  JSON.stringify({
    format: 'triptych',
    formatVersion: 3,
    title,
    tags,
    nodes: { s: { type: 'seed', version: 1, params: {}, position: { x: 0, y: 0 } } },
    wires: {},
  });
/** Opens a graph from a file and goes back to the first screen. */
async function made(title: string, tags: readonly string[] = []): Promise<void> {
  await openFile(`${title}.json`, graph(title, tags));
  await page.locator('[data-node-type]').first().waitFor();
  await link('Templates').click();
  await card(title).waitFor();
}

test('graphs come before templates, the last one leads, and typing finds by name and tag', async () => {
  await openOwnPage();
  await page.getByRole('heading', { level: 1, name: 'Start with a template' }).waitFor();
  await made('Spring hero', ['spring']);
  await made('Autumn loop');
  await page.getByRole('heading', { level: 1, name: 'Your graphs' }).waitFor();
  expect(await cards()).toEqual(['Autumn loop', 'Spring hero']);
  expect(await card('Autumn loop').getByText('Continue').isVisible()).toBe(true);
  expect(await card('Spring hero').getByText('Continue').count()).toBe(0);
  const [graphs, templates] = await Promise.all(
    ['[data-graph]', '[href^="#/t/"]'].map((one) => page.locator(one).first().boundingBox()),
  );
  expect(graphs!.y).toBeLessThan(templates!.y);

  expect(await violations()).toEqual([]);

  const search = page.getByRole('searchbox', { name: 'Search graphs and templates' });
  await search.click();
  await page.keyboard.type('SPRING');
  await expect.poll(cards).toEqual(['Spring hero']);
  await page.keyboard.type(' nothing');
  await page.getByText('Nothing here is called “SPRING nothing”.').waitFor();
  await typeOver(search, '');
  await expect.poll(cards).toEqual(['Autumn loop', 'Spring hero']);
});

test('by the menu of its card a graph is named and tagged, copied and thrown away, and comes back', async () => {
  await openOwnPage();
  await made('Spring hero');
  await made('Autumn loop');
  await card('Spring hero').click({ button: 'right' });
  await item('Name and tags…').click();
  await page.keyboard.type('Summer hero');
  await page.keyboard.press('Tab');
  await page.keyboard.type('summer, hero');
  await page.keyboard.press('Enter');
  await card('Summer hero').getByText('summer', { exact: true }).waitFor();

  await card('Summer hero').hover();
  await button('What can be done with Summer hero').click();
  await item('Duplicate').click();
  await card('Summer hero, copy').waitFor();

  await page.getByRole('link', { name: 'Summer hero, copy', exact: true }).focus();
  await page.keyboard.press('Delete');
  await notice('“Summer hero, copy” was deleted.').waitFor();
  await expect.poll(cards).not.toContain('Summer hero, copy');
  await page.getByText('Recently deleted (1)').click();
  await button('Delete for good').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
  await expect.poll(() => page.getByText(/^Recently deleted/).count()).toBe(0);
  // The name is in the graph, not only in the list.
  await page.getByRole('link', { name: 'Summer hero', exact: true }).click();
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe('Summer hero');
});

test('a graph that nobody named is called by what it draws', async () => {
  await openOwnPage();
  await button('New graph').click();
  const title = page.getByLabel('Title of this graph');
  await expect.poll(() => title.getAttribute('placeholder')).toBe('Untitled');
  await page.keyboard.press('Space');
  await page.getByRole('dialog', { name: 'Add a node' }).getByRole('option').first().waitFor();
  await page.keyboard.type('prompt');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('a paper boat on a pond, morning');
  await expect.poll(() => title.getAttribute('placeholder')).toBe('A paper boat on a pond');
  await untilSaved();
  await link('Templates').click();
  await expect.poll(cards).toEqual(['A paper boat on a pond']);
});

test('a graph that another tab edits is not renamed behind its back', async () => {
  await openOwnPage();
  await made('Shared');
  await made('Mine');
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByRole('link', { name: 'Shared', exact: true }).click();
  await other.locator('[data-node-type]').first().waitFor();
  await link('Shared').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Taken');
  await page.keyboard.press('Enter');
  await notice('This graph is open in another tab, so it was not renamed.').waitFor();
  expect(await cards()).toContain('Shared');
  expect(await other.getByLabel('Title of this graph').inputValue()).toBe('Shared');
  await other.close();
});
