/** The audit as a producer uses it who has to explain a month's bill. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cellsIn } from '../../src/file/cells.ts';
import { priceEngine, setAmount } from './prices.ts';
import { button, heading, node, openFile, page, run, status, violations, typeOver } from './stage.ts';

const at = (type: string, x: number, y: number, params: object = {}) => ({ type, params, position: { x, y } });

test('rows add up to what is read, lead to their takes, are filtered, and a month is marked as audited', async () => {
  await page.getByRole('link', { name: 'Settings' }).click();
  await setAmount('An hour of a person', '0');
  await priceEngine('0.0133');
  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile(
    'bill.triptych.json',
    JSON.stringify({
      format: 'triptych',
      formatVersion: 4,
      title: 'Bill',
      nodes: {
        p: at('prompt', 0, 0, { text: 'a lighthouse at dusk' }),
        i: at('image', 340, 0, { megapixels: '0.5' }),
        j: { ...at('image', 340, 420, { megapixels: '0.5', tier: 'budget' }), title: 'Second' },
      },
      wires: {
        a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 },
        b: { from: { node: 'p', socket: 'prompt' }, to: { node: 'j', socket: 'prompt' }, order: 0 },
      },
    }),
  );
  await node('Prompt').waitFor();
  expect(await run()).toMatch(/^Done: 3 ran/);
  await heading('Image').click();
  await page.keyboard.press('r');
  await typeOver(page.getByLabel('Another reason'), 'The tower leans');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Take 2, open' }).waitFor();
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Take 2, accepted' }).waitFor();

  await page.getByRole('link', { name: 'Audit' }).click();
  const table = page.getByRole('table', { name: 'By tier' });
  const column = (from: string, name: string) =>
    table.evaluate(
      (element, [part, label]) => {
        const heads = [...element.querySelectorAll('thead th')].map((head) => head.textContent);
        return [...element.querySelectorAll(`${part} tr`)].map(
          (row) => row.children[heads.indexOf(label!)]?.textContent ?? '',
        );
      },
      [from, name] as const,
    );
  const inMicros = (text: string | undefined) => Math.round(Number(text?.replace('$', '')) * 1e6);
  await expect.poll(() => column('tbody', 'Takes')).toEqual(['1', '2']);
  for (const part of ['Paid', 'Refinement', 'Waiting', 'Reviewing', 'Full cost']) {
    const rows = (await column('tbody', part)).map(inMicros);
    expect(rows.reduce((sum, amount) => sum + amount, 0)).toBe(inMicros((await column('tfoot', part))[0]));
  }
  // Three takes at $0.0133, and nothing else costs anything here.
  expect(await column('tfoot', 'Full cost')).toEqual(['$0.0399']);
  expect(await column('tbody', 'Deliverables')).toEqual(['0', '1']);
  expect(
    await page.getByRole('region', { name: 'Why takes were rejected' }).getByRole('listitem').allTextContents(),
  ).toEqual(['The tower leans1']);

  await table.getByRole('button', { name: 'speed' }).press('Enter');
  const behind = page.getByRole('region', { name: 'Takes of speed' });
  await expect.poll(() => behind.getByRole('row').count()).toBe(3);
  await behind.getByText('rejected: The tower leans').waitFor();
  await page.getByLabel('Tier', { exact: true }).selectOption('budget');
  await expect.poll(() => column('tbody', 'Takes')).toEqual(['1']);
  await page.getByLabel('Mode', { exact: true }).selectOption('draft');
  await expect.poll(() => column('tbody', 'Takes')).toEqual([]);
  await button('Show all').click();
  await expect.poll(() => column('tbody', 'Takes')).toEqual(['1', '2']);

  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export CSV').click()]);
  const [head = [], ...lines] = cellsIn(readFileSync((await saved.path())!, 'utf8').trim(), ',');
  const spent = lines.map((line) => Math.round(Number(line[head.indexOf('full cost $')]) * 1e6));
  expect(spent.reduce((sum, amount) => sum + amount, 0)).toBe(39_900);
  // Two takes of one deliverable, and the first of another.
  expect(lines.map((line) => line[head.indexOf('number')]).sort()).toEqual(['1', '1', '2']);
  expect(lines.map((line) => line[head.indexOf('graph title')])).toEqual(['Bill', 'Bill', 'Bill']);

  await typeOver(page.getByLabel('Note to the audit'), 'as agreed');
  await button('Mark as audited').click();
  await page.getByText(/^Audited on .* as agreed$/).waitFor();
  await page.reload();
  await page.getByText(/^Audited on .* as agreed$/).waitFor();
  expect(await violations()).toEqual([]);
  expect(await page.getByText('Changed since').count()).toBe(0);
  // What an hour of a person costs changes what the month came to, which is told where it was audited.
  await page.getByRole('link', { name: 'Settings' }).click();
  await setAmount('An hour of a person', '90');
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByText('Changed since: it was $0.0399 in full cost, 3 takes and').waitFor();
  // Now that waiting and reviewing cost something, what stands in one row adds up too.
  for (const part of ['tbody', 'tfoot']) {
    const parts = await Promise.all(['Paid', 'Refinement', 'Waiting', 'Reviewing'].map((name) => column(part, name)));
    const sums = parts[0]!.map((_, at) => parts.reduce((sum, cells) => sum + inMicros(cells[at]), 0));
    expect(sums).toEqual((await column(part, 'Full cost')).map(inMicros));
  }
  await button('Open it again').click();
  await button('Mark as audited').waitFor();
});

test('two nodes at work at the same time are waited for once: never longer than the run lasted', async () => {
  await page.getByRole('link', { name: 'Settings' }).click();
  // A dollar a second.
  await setAmount('An hour of a person', '3600');
  await page.getByRole('link', { name: 'Templates' }).click();
  const images = Object.fromEntries(
    ['i', 'j', 'k'].map((id, row) => [id, at('image', 340, row * 420, { megapixels: '1', tier: 'budget' })]),
  );
  const prompts = Object.fromEntries(
    ['i', 'j', 'k'].map((id, row) => [`p${id}`, at('prompt', 0, row * 420, { text: `a lighthouse, ${id}` })]),
  );
  const wires = Object.fromEntries(
    ['i', 'j', 'k'].map((id) => [
      id,
      { from: { node: `p${id}`, socket: 'prompt' }, to: { node: id, socket: 'prompt' }, order: 0 },
    ]),
  );
  const graph = { format: 'triptych', formatVersion: 4, title: 'Three', nodes: { ...images, ...prompts }, wires };
  await openFile('three.triptych.json', JSON.stringify(graph));
  await node('Image').first().waitFor();
  const began = Date.now();
  expect(await run()).toMatch(/^Done: 6 ran/);
  const lasted = Date.now() - began;
  await page.getByRole('link', { name: 'Audit' }).click();
  const row = page.getByRole('table', { name: 'By tier' }).getByRole('row', { name: /^budget/ });
  await expect.poll(() => row.getByRole('cell').nth(1).textContent()).toBe('3');
  const heads = await page.getByRole('table', { name: 'By tier' }).locator('thead th').allTextContents();
  const waited = await row.getByRole('cell').nth(heads.indexOf('Waiting')).textContent();
  const seconds = Number(waited?.replace('$', ''));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds * 1000).toBeLessThanOrEqual(lasted);
});

test('a row leads to its take, to be judged, also when the node is asked for something else by now', async () => {
  const graph = {
    format: 'triptych',
    formatVersion: 4,
    title: 'Changed',
    nodes: { p: at('prompt', 0, 0, { text: 'a lighthouse' }), i: at('image', 340, 0, { megapixels: '0.5' }) },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } },
  };
  await openFile('changed.triptych.json', JSON.stringify(graph));
  await node('Prompt').waitFor();
  expect(await run()).toMatch(/^Done: 2 ran/);
  await heading('Prompt').click();
  await typeOver(page.getByRole('textbox', { name: 'Prompt', exact: true }), 'a harbour');
  expect(await run()).toMatch(/^Done: 2 ran/);
  await heading('Image').click();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Take 1, accepted' }).waitFor();
  const picture = await node('Image').locator('img').first().getAttribute('src');

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('table', { name: 'By tier' }).getByRole('button', { name: 'speed' }).press('Enter');
  const links = page.getByRole('region', { name: 'Takes of speed' }).getByRole('link', { name: 'Changed' });
  await expect.poll(() => links.count()).toBe(2);
  await links.last().click();
  const asked = page.getByLabel('Settings it was made with');
  await expect.poll(() => asked.locator('option:checked').textContent()).toBe('1. speed, 1 take');
  await page.getByRole('article', { name: 'Take 1, open' }).waitFor();
  await page.keyboard.press('r');
  await button('Composition').click();
  await page.getByRole('article', { name: 'Take 1, rejected' }).waitFor();
  await asked.selectOption({ index: 1 });
  await page.getByRole('article', { name: 'Take 1, accepted' }).waitFor();

  // Somebody says that all of it was looked at; that is kept, and what is made afterwards is told.
  await page.getByLabel('Note to the review').pressSequentially('The harbour it is');
  await page.keyboard.press('Enter');
  const review = page.getByRole('group', { name: 'Review of this graph' });
  await review.getByText(/^Review done on .+ \d{4}\. The harbour it is/).waitFor();

  // A verdict on what is not asked for any more makes nothing and changes nothing that is shown.
  await page.getByRole('link', { name: 'Back to the editor' }).click();
  await node('Image').waitFor();
  await expect.poll(() => node('Image').locator('img').first().getAttribute('src')).toBe(picture);
  expect(await button('Undo').getAttribute('data-tip')).toBe('Undo: Show the accepted take');
  await heading('Image').click();
  expect(await page.getByRole('button', { name: /^Take \d/ }).count()).toBe(1);
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.reload();
  await review.getByText('The harbour it is').waitFor();
});
