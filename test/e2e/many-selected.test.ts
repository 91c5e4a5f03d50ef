/** What is done with several nodes at once, by the bar above the canvas. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { box, viewRests } from './pointer.ts';
import { button, heading, node, openFile, page, run, sharePage, violations, typeOver } from './stage.ts';

sharePage();

const one = (type: string, x: number, y: number, title: string, params = {}) => ({
  type,
  version: 1,
  position: { x, y },
  params,
  title,
});
const open = async (nodes: object, wires: object = {}) => {
  const graph = { format: 'triptych', formatVersion: 1, title: 'Many', nodes, wires };
  await openFile('many.triptych.json', JSON.stringify(graph));
  await page.locator('[data-node-type]').first().waitFor();
  await button('Fit to view').click();
  // There is room for what is set out, all of which is drawn only while it is in sight.
  for (const _ of [1, 2, 3]) await page.keyboard.press('-');
  await viewRests();
};
const choose = async (...cards: readonly string[]) => {
  await page.keyboard.press('Escape');
  for (const [at, card] of cards.entries()) await heading(card).click(at ? { modifiers: ['Shift'] } : {});
};
const bar = (count: number) => page.getByRole('toolbar', { name: `${count} selected` });
const press = (count: number, name: string | RegExp) => bar(count).getByRole('button', { name }).click();
const boxes = (...cards: readonly string[]) => Promise.all(cards.map((card) => box(node(card))));
const rounded = (values: readonly number[]) => new Set(values.map(Math.round)).size;

test('the bar sets nodes in a row, a column and a grid, each as one step', async () => {
  const names = ['One', 'Two', 'Three', 'Four'];
  await open({
    a: one('seed', 0, 40, 'One'),
    b: one('seed', 400, 0, 'Two'),
    c: one('seed', 30, 400, 'Three'),
    d: one('seed', 500, 450, 'Four'),
  });
  await choose(...names);
  expect((await violations()).filter((fault) => fault.includes('selectionbar'))).toEqual([]);
  await press(4, 'Set in a row');
  await expect.poll(async () => rounded((await boxes(...names)).map(({ y }) => y))).toBe(1);
  expect(rounded((await boxes(...names)).map(({ x }) => x))).toBe(4);
  await press(4, 'Set in a column');
  await expect.poll(async () => rounded((await boxes(...names)).map(({ x }) => x))).toBe(1);
  await button('Undo').click();
  await expect.poll(async () => rounded((await boxes(...names)).map(({ y }) => y))).toBe(1);
  await press(4, 'Set in a grid');
  await expect.poll(async () => rounded((await boxes(...names)).map(({ x }) => x))).toBe(2);
  expect(rounded((await boxes(...names)).map(({ y }) => y))).toBe(2);
});

test('Join makes a chain where one takes what the other gives, and one film of clips that cannot feed each other', async () => {
  await open({
    p: one('prompt', 0, 0, 'Words'),
    i: one('image', 400, 0, 'Picture'),
    x: one('trim', 0, 500, 'First clip'),
    y: one('bridge', 400, 500, 'Second clip'),
  });
  const wires = () => page.locator('.react-flow__edge');
  await choose('Words', 'Picture');
  await press(2, 'Join the selected nodes');
  await expect.poll(() => wires().count()).toBe(1);
  await choose('First clip', 'Second clip');
  await press(2, 'Join the selected nodes');
  await node('Stitch').waitFor();
  await heading('Stitch').click();
  const row = page.getByRole('list', { name: 'Wires' }).getByRole('listitem').filter({ hasText: 'Clips from' });
  await expect.poll(() => row.locator('.wires__of').allTextContents()).toEqual(['First clip', 'Second clip']);
});

test('pictures of the selected nodes are saved in one archive, one alone as its own file', async () => {
  const picture = (y: number, title: string) => one('image', 400, y, title, { size: '0.5' });
  const wire = (to: string) => ({
    from: { node: 'p', socket: 'prompt' },
    to: { node: to, socket: 'prompt' },
    order: 0,
  });
  await open(
    { p: one('prompt', 0, 0, 'Words'), i: picture(0, 'Upper'), j: picture(500, 'Lower') },
    { v: wire('i'), w: wire('j') },
  );
  await choose('Upper', 'Lower');
  await press(2, 'Export the pictures of the selected nodes');
  await page.getByText('None of the selected nodes shows a picture.').waitFor();
  await page.keyboard.press('Escape');
  await run();
  await choose('Upper', 'Lower');
  const [archive] = await Promise.all([
    page.waitForEvent('download'),
    press(2, 'Export the pictures of the selected nodes'),
  ]);
  expect(archive.suggestedFilename()).toBe('Many.zip');
  const entries = unzipSync(new Uint8Array(readFileSync((await archive.path())!)));
  expect(Object.keys(entries).toSorted()).toEqual(['1 Upper.png', '2 Lower.png']);
  for (const bytes of Object.values(entries)) expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  await choose('Upper', 'Words');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    press(2, 'Export the pictures of the selected nodes'),
  ]);
  expect(file.suggestedFilename()).toBe('Upper.png');
});

test('params that several nodes share are changed in all of them as one step, and copied from one to others', async () => {
  await open({
    a: one('grade', 0, 0, 'Upper', { contrast: 0.2 }),
    b: one('grade', 0, 500, 'Lower'),
    s: one('seed', 400, 0, 'Start'),
  });
  const contrast = page.getByRole('textbox', { name: 'Contrast', exact: true });
  await choose('Upper', 'Lower');
  const shared = page.getByRole('region', { name: 'Shared params' });
  await shared.getByText('Not the same in all of them: a change sets it in each.').waitFor();
  await typeOver(contrast, '0.5');
  await page.keyboard.press('Enter');
  await expect.poll(() => shared.getByText('Not the same in all of them').count()).toBe(0);
  for (const card of ['Upper', 'Lower']) {
    await choose(card);
    await expect.poll(() => contrast.inputValue()).toBe('0.5');
  }
  await button('Undo').click();
  await expect.poll(() => contrast.inputValue()).toBe('0');
  await choose('Upper');
  await page.keyboard.press('Control+Alt+c');
  await page.getByText('The params of “Upper” are copied.').waitFor();
  await choose('Start', 'Lower');
  await page.getByText('They have no param in common.').waitFor();
  await heading('Lower').click({ button: 'right' });
  const paste = page.getByRole('menuitem', { name: /^Paste the params/ });
  expect(await paste.textContent()).toContain('Ctrl+Alt+V');
  await paste.click();
  await choose('Lower');
  await expect.poll(() => contrast.inputValue()).toBe('0.2');
});

test('the cards of all that is selected get one colour in one step; where they differ none is marked', async () => {
  await open({ a: one('seed', 0, 0, 'One'), b: one('prompt', 400, 0, 'Two') });
  await choose('One', 'Two');
  const colours = page.getByRole('radiogroup', { name: 'Colour of the cards' });
  await colours.getByRole('radio', { name: 'green' }).click();
  for (const card of ['One', 'Two']) await expect.poll(() => node(card).getAttribute('data-colour')).toBe('green');
  await choose('One');
  await page.getByRole('radiogroup', { name: 'Colour of the card' }).getByRole('radio', { name: 'red' }).click();
  await choose('One', 'Two');
  await colours.waitFor();
  expect(await colours.getByRole('radio', { checked: true }).count()).toBe(0);
  await button('Undo').click();
  await button('Undo').click();
  for (const card of ['One', 'Two']) await expect.poll(() => node(card).getAttribute('data-colour')).toBe(null);
});
