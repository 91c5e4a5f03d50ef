/** Lists of hundreds and thousands: little of them is drawn, all of them can be reached. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { node, openFile, page, run, server, violations, typeOver } from './stage.ts';

const link = (name: string) => page.getByRole('link', { name, exact: true });
const isInSight = (of: ReturnType<typeof page.locator>) =>
  of.evaluate((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return (
      top >= 0 &&
      bottom <= window.innerHeight &&
      one.contains(document.elementFromPoint(one.getBoundingClientRect().left + 4, (top + bottom) / 2))
    );
  });
/** What is wrong with how it is made; its colours are looked at in accessible.test.ts. */
const faults = async () => (await violations()).filter((fault) => !fault.startsWith('color-contrast'));
const drawnRows = () => page.locator('[data-row]:is(li, tr)').count();

test('the list of a graph of 600 nodes: found in the graph or by Tab, each is brought into sight', async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 600 }, (_, at) => [
      `n${at}`,
      { type: 'prompt', version: 1, title: `Prompt ${at}`, params: {}, position: { x: at * 300, y: 0 } },
    ]),
  );
  await openFile(
    'long.json',
    JSON.stringify({ format: 'triptych', formatVersion: 2, title: 'Long', nodes, wires: {} }),
  );
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe('Long');
  await page.keyboard.press('Shift+L');
  const list = page.getByRole('list', { name: 'Nodes, along the wires' });
  const item = (at: number) => page.locator('.listview').getByRole('button', { name: `Prompt ${at}`, exact: true });
  await item(0).waitFor();
  await page.getByRole('status').getByText('600 nodes', { exact: true }).waitFor();
  expect(await drawnRows()).toBeLessThan(60);
  expect(await faults()).toEqual([]);
  const told = (at: number) =>
    list
      .locator('li', { has: page.getByRole('button', { name: `Prompt ${at}`, exact: true }) })
      .evaluate((one) => [one.ariaPosInSet, one.ariaSetSize]);
  expect(await told(0)).toEqual(['1', '600']);

  await page.keyboard.press('Control+f');
  await page.keyboard.type('Prompt 417');
  await page.keyboard.press('Enter');
  await expect.poll(() => item(417).getAttribute('aria-pressed')).toBe('true');
  await expect.poll(() => isInSight(item(417))).toBe(true);
  expect(await told(417)).toEqual(['418', '600']);
  expect(await item(0).count()).toBe(0);
  await page.keyboard.press('Escape');

  // By keyboard from there, past what was drawn.
  await item(417).focus();
  for (let at = 418; at < 440; at++) {
    while (!(await item(at).evaluate((one) => one === document.activeElement))) await page.keyboard.press('Tab');
    await expect.poll(() => isInSight(item(at))).toBe(true);
  }
  // A search among all of them, of which few were drawn.
  await page.getByLabel('Search this list').click();
  await page.keyboard.type('Prompt 59');
  await page.getByRole('status').getByText('16 nodes', { exact: true }).waitFor();
  await expect.poll(drawnRows).toBe(16);
  await item(599).click();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).waitFor();
});

test('a batch of 700 rows: what is typed stays while others are looked at, and Enter goes down past what is drawn', async () => {
  await openFile(
    'batch.json',
    JSON.stringify({
      format: 'triptych',
      formatVersion: 2,
      title: 'Long',
      nodes: { s: { type: 'seed', version: 1, params: {}, position: { x: 0, y: 0 } } },
      wires: {},
    }),
  );
  await node('Seed').waitFor();
  await link('Batch').click();
  await page.getByLabel('Table file').setInputFiles({
    name: 'rows.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`Seed\n${Array.from({ length: 700 }, (_, at) => at + 1).join('\n')}`),
  });
  const cell = (row: number) => page.getByLabel(`Seed, row ${row}`, { exact: true });
  await cell(1).waitFor();
  const table = page.locator('.batch__table');
  expect(await table.getAttribute('aria-rowcount')).toBe('701');
  expect(await drawnRows()).toBeLessThan(60);
  expect(await faults()).toEqual([]);

  await cell(2).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('many');
  const centre = (await table.boundingBox())!;
  await page.mouse.move(centre.x + 200, 500);
  await page.mouse.wheel(0, 30_000);
  await expect.poll(() => cell(12).count()).toBe(0);
  expect(await drawnRows()).toBeLessThan(60);
  // What is no number stays marked, and the keyboard in it: Enter comes back to the row below.
  expect([await cell(2).inputValue(), await cell(2).getAttribute('aria-invalid')]).toEqual(['many', 'true']);
  await page.keyboard.press('Enter');
  await expect.poll(() => cell(3).evaluate((one) => one === document.activeElement)).toBe(true);
  for (let row = 4; row <= 40; row++) {
    await page.keyboard.press('Enter');
    await expect.poll(() => cell(row).evaluate((one) => one === document.activeElement)).toBe(true);
  }
  expect(await isInSight(cell(40))).toBe(true);
  expect(await cell(2).inputValue()).toBe('many');
  const placeOf = (row: number) => page.locator('tr', { has: cell(row) }).getAttribute('aria-rowindex');
  expect(await placeOf(40)).toBe('41');
  // From the last row Enter makes one more, as in a short table.
  await page.mouse.wheel(0, 1_000_000);
  await cell(700).click();
  await page.keyboard.press('Enter');
  await expect.poll(() => cell(701).evaluate((one) => one === document.activeElement)).toBe(true);
});

test('a catalog of 2,000 models: scrolled to its end, and searched', async () => {
  const catalog = JSON.parse(readFileSync('public/catalog.json', 'utf8')) as { models: { id: string }[] };
  const models = Array.from({ length: 2000 }, (_, at) => ({
    ...catalog.models[1],
    id: `maker/model-${at}`,
    name: `Model ${String(at).padStart(4, '0')}`,
  }));
  await page.route('**/catalog.json', (route) => route.fulfill({ json: { ...catalog, models } }));
  await page.goto(`${server.url}#/catalog`);
  await page.reload();
  const table = page.getByRole('table', { name: 'Models' });
  const model = (name: string) => page.getByRole('checkbox', { name: `Compare ${name}` });
  await model('Model 0000').waitFor();
  // The head, and the built-in engine, which is in every catalog.
  expect(await table.getAttribute('aria-rowcount')).toBe('2002');
  expect(await drawnRows()).toBeLessThan(60);
  expect(await faults()).toEqual([]);
  const widths = () =>
    table.locator('thead th').evaluateAll((cells) => cells.map((one) => (one as HTMLElement).offsetWidth));
  const before = await widths();
  await page.mouse.move(700, 600);
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 100_000);
      return model('Model 1999').count();
    })
    .toBe(1);
  expect(await page.locator('tr', { has: model('Model 1999') }).getAttribute('aria-rowindex')).toBe('2001');
  expect(await drawnRows()).toBeLessThan(60);
  // Columns do not jump with the rows that happen to be drawn.
  expect(await widths()).toEqual(before);
  await page.getByLabel('Search models').click();
  await page.keyboard.type('model 1000');
  await expect.poll(() => page.getByRole('status', { name: 'Models found' }).textContent()).toBe('1 model');
  await model('Model 1000').check();
  expect(await table.getAttribute('aria-rowcount')).toBe('2');
});

test('5,000 results: little of them is drawn, the keyboard reaches the oldest, and a word finds one', async () => {
  const graph = {
    format: 'triptych',
    formatVersion: 5,
    title: 'Many',
    nodes: {
      p: { type: 'prompt', params: { text: 'a lake' }, position: { x: 0, y: 0 } },
      i: { type: 'image', params: { megapixels: '0.5' }, position: { x: 340, y: 0 } },
    },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } },
  };
  await openFile('many.triptych.json', JSON.stringify(graph));
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done/);
  // As they would be after years: the same take, again and again, each with words of its own.
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('triptych');
        opening.onsuccess = () => {
          const change = opening.result.transaction('takes', 'readwrite');
          const takes = change.objectStore('takes');
          const reading = takes.getAll();
          reading.onsuccess = () => {
            const [take] = reading.result as { at: number; request: { prompt: object } }[];
            for (let at = 1; at < 5000; at++)
              takes.put({
                ...take,
                id: `t-many-${at}`,
                at: take!.at - at * 60_000,
                slot: `slot ${at}`,
                request: { ...take!.request, prompt: { ...take!.request.prompt, text: `a lake, number ${at}` } },
              });
          };
          change.oncomplete = () => (opening.result.close(), resolve());
          change.onerror = () => reject(change.error!);
        };
      }),
  );
  await link('Results').click();
  const grid = page.getByRole('grid', { name: 'Results' });
  const cell = (name: string) => grid.getByRole('gridcell', { name });
  await page.getByRole('status', { name: 'Results found' }).getByText('5000 results').waitFor();
  await cell('a lake Many, take 1').first().focus();
  expect(await grid.getByRole('gridcell').count()).toBeLessThan(250);
  expect(await faults()).toEqual([]);
  await page.keyboard.press('End');
  await expect.poll(() => cell('number 4999').evaluate((one) => one === document.activeElement)).toBe(true);
  await expect.poll(() => isInSight(cell('number 4999'))).toBe(true);
  expect(await grid.getByRole('gridcell').count()).toBeLessThan(250);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => cell('number 4999').evaluate((one) => one === document.activeElement)).toBe(false);
  await typeOver(page.getByLabel('Search results'), 'number 1234');
  await expect.poll(() => grid.getByRole('gridcell').count()).toBe(1);
});
