/** Everything that was made, in all graphs: found again, starred, compared, taken up by other graphs. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { button, heading, node, notice, openFile, openHero, page, rowsIn, run, violations, typeOver } from './stage.ts';

const at = (type: string, x: number, y: number, params: object = {}) => ({ type, params, position: { x, y } });
const graphOf = (title: string, text: string) =>
  JSON.stringify({
    format: 'triptych',
    formatVersion: 5,
    title,
    nodes: { p: at('prompt', 0, 0, { text }), i: at('image', 340, 0, { megapixels: '0.5' }) },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } },
  });
const link = (name: string) => page.getByRole('link', { name, exact: true });
async function made(title: string, text: string): Promise<void> {
  await link('Templates').click();
  await openFile('one.triptych.json', graphOf(title, text));
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe(title);
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done: 2 ran/);
}
const grid = () => page.getByRole('grid', { name: 'Results' });
const cell = (name: string | RegExp) => grid().getByRole('gridcell', { name });
const names = async () =>
  (await grid().ariaSnapshot()).split('\n').flatMap((line) => /gridcell "([^"]*)"/.exec(line)?.[1] ?? []);
const openResults = async () => {
  await link('Results').click();
  await page.getByRole('main', { name: 'Results' }).getByRole('heading', { level: 1 }).waitFor();
};
/** What the arrows go on from. */
const focused = () => page.evaluate(() => document.activeElement?.textContent);
const details = () => page.getByRole('complementary', { name: 'Details' });

test('what all graphs made is found by words, starred and tagged by keyboard, and that outlives a reload', async () => {
  await openResults();
  await page.getByText('Nothing was made yet.').waitFor();
  await made('Horse', 'horse in a meadow');
  await made('Café', 'car in a street at night');
  await openResults();
  // Newest first.
  await expect
    .poll(names)
    .toEqual(['car in a street at night Café, take 1 open', 'horse in a meadow Horse, take 1 open']);
  await expect.poll(() => grid().locator('canvas[data-drawn=true]').count()).toBe(2);
  expect(await violations()).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await violations(['color-contrast'])).toEqual([]);

  await cell(/^car/).focus();
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toMatch(/^horse/);
  await page.keyboard.press('s');
  await cell(/^horse.*starred$/).waitFor();
  await typeOver(page.getByLabel('Tags', { exact: true }), 'for the client');
  await page.keyboard.press('Enter');
  await expect.poll(() => rowsIn('takeLabels')).toBe(1);
  await page.reload();
  await cell(/^horse.*starred$/).waitFor();
  await button('Starred').click();
  await expect.poll(names).toHaveLength(1);
  await button('Show all').click();

  // By a word of the prompt, of the graph's title without its accent, of a tag.
  for (const [words, found] of [
    ['meadow', /^horse/],
    ['cafe night', /^car/],
    ['client', /^horse/],
  ] as const) {
    await typeOver(page.getByLabel('Search results'), words);
    await expect.poll(async () => (await names()).length).toBe(1);
    expect((await names())[0]).toMatch(found);
  }
  await typeOver(page.getByLabel('Search results'), 'zeppelin');
  await page.getByText('Nothing you have made fits this search and these filters.').waitFor();
  await button('Show all').click();
  await page.getByLabel('Tag', { exact: true }).selectOption('for the client');
  await page.getByRole('status', { name: 'Results found' }).getByText('1 of 2 results').waitFor();
  await page.getByLabel('Tag', { exact: true }).selectOption('any tag');
  await page.getByLabel('Cost', { exact: true }).selectOption('paid');
  await page.getByText('Nothing you have made fits this search and these filters.').waitFor();

  // Whoever goes to a graph and comes back goes on where they were.
  await button('Show all').click();
  await page.getByLabel('Graph', { exact: true }).selectOption('Horse');
  await details().getByRole('link', { name: 'Horse' }).click();
  await node('Image').waitFor();
  await openResults();
  await expect.poll(names).toHaveLength(1);
});

test('two results are compared, one is opened large, downloaded with its graph, and becomes a reference', async () => {
  await made('Horse', 'horse in a meadow');
  await made('Street', 'car in a street at night');
  await openResults();
  await cell(/^car/).click();
  await page.keyboard.press('Shift+ArrowRight');
  await details().getByText('Two are chosen').waitFor();
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Comparison of two results' }).waitFor();
  await page.keyboard.press('Escape');

  await cell(/^horse/).dblclick();
  await page.getByRole('dialog', { name: 'Result of Horse' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('dialog', { name: 'Result of Street' }).waitFor();
  await page.keyboard.press('Escape');
  // What was looked at last is what is chosen.
  await expect.poll(() => cell(/^car/).getAttribute('aria-selected')).toBe('true');

  await cell(/^horse/).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    details().getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('horse in a meadow.png');
  // The graph of the other one is open; in the file is its own.
  expect(readFileSync((await saved.path())!).includes('horse in a meadow')).toBe(true);

  await button('Use as reference').click();
  await page.getByLabel('Where', { exact: true }).selectOption('Street (open)');
  await button('Add and open it').click();
  await node('Reference').waitFor();
  expect(await page.getByLabel('Title of this graph').inputValue()).toBe('Street');
  await expect.poll(() => node('Reference').getAttribute('aria-label')).toBe('Reference');
  await expect.poll(() => page.locator('.react-flow__node.selected, [data-selected=true]').count()).toBeGreaterThan(0);
  await page.getByText('horse in a meadow.png').first().waitFor();
});

test('a graph is opened as it was when a result was made, as a copy; what was freed says so', async () => {
  await made('Horse', 'horse in a meadow');
  await heading('Prompt').click();
  const prompt = page
    .getByRole('complementary', { name: 'Inspector' })
    .getByRole('textbox', { name: 'Prompt', exact: true });
  for (const text of ['a boat', 'a windmill']) {
    await typeOver(prompt, text);
    expect(await run()).toMatch(/^Done: 2 ran/);
  }
  await openResults();
  await cell(/^horse/).click();
  await button('Open the graph as it was').click();
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toMatch(/^Horse \(/);
  await heading('Prompt').click();
  expect(await prompt.inputValue()).toBe('horse in a meadow');
  await node('Image').locator('img').waitFor();
  // Asked for again it is the same graph, until something in it is changed.
  const asItWas = page.url();
  await openResults();
  await cell(/^horse/).click();
  await button('Open the graph as it was').click();
  await expect.poll(() => page.url()).toBe(asItWas);

  // The one that is starred stays.
  await openResults();
  await cell(/^horse/).hover();
  await cell(/^horse/)
    .locator('.result__star')
    .click();
  await cell(/^horse.*starred$/).waitFor();
  await link('Editor').click();
  await page.getByRole('tab', { name: 'History' }).click();
  await button('Clear cached results').click();
  await notice('Cached results were cleared').waitFor();
  await openResults();
  // The picture that the gallery shows of the graph, its newest, stays too.
  await expect
    .poll(async () => (await names()).map((name) => name.includes('no longer stored')))
    .toEqual([false, true, false]);
  await cell(/^a boat/).click();
  await details().getByText('This picture was freed to make room.').waitFor();
  await page.keyboard.press('Enter');
  await notice('This picture is no longer stored.').waitFor();
});

test('clips are found as such, and can be used in a new graph', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  await openResults();
  // It was told no prompt of its own; that of its still finds it.
  await typeOver(page.getByLabel('Search results'), 'perfume bottle');
  await page.getByLabel('Kind', { exact: true }).selectOption('clips');
  await expect.poll(async () => (await names()).length).toBe(1);
  await expect.poll(() => grid().locator('canvas[data-drawn=true]').count()).toBe(1);
  await grid().getByRole('gridcell').first().hover();
  await grid().locator('video').waitFor();
  await button('Use in a graph').click();
  await page.getByLabel('Where', { exact: true }).selectOption('in a new graph');
  await button('Add and open it').click();
  await node('Import').waitFor();
  expect(await run()).toMatch(/^Done: 1 ran/);
  await node('Import').locator('video').waitFor();
});
