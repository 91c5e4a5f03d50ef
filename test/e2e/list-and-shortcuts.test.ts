/** The graph as a list, with what its nodes made, and the sheet of shortcuts, searched. */
import { expect, test } from 'vitest';
import { openHero, page, run, sharePage, violations } from './stage.ts';

sharePage();

test('the list shows what a node made, and opens it large', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+L');
  const list = page.getByRole('list', { name: 'Nodes, along the wires' });
  const picture = list.getByRole('button', { name: 'View result of Image' });
  await picture.locator('canvas[data-drawn=true]').waitFor();
  expect(await list.getByRole('button', { name: 'View result of Seed' }).count()).toBe(0);
  expect(await violations()).toEqual([]);
  await picture.click();
  await page.getByRole('dialog').getByText('Image', { exact: true }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+L');
});

test('shortcuts are found by what they do and by their keys', async () => {
  await openHero();
  await page.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } });
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  await sheet.waitFor();
  const rows = () => sheet.getByRole('listitem').locator('> span:first-child').allTextContents();
  const all = (await rows()).length;
  // The search has the keyboard.
  await page.keyboard.type('accept');
  await expect.poll(rows).toEqual(['Accept the take']);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('ctrl+k');
  await expect.poll(rows).toEqual(['Command palette']);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('no such thing');
  await sheet.getByText('Nothing here is called “no such thing”.').waitFor();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Backspace');
  await expect.poll(async () => (await rows()).length).toBe(all);
});
