/** What was made once is a take wherever it is shown, and one more is a press away. */
import { expect, test } from 'vitest';
import { heading, openFile, page, run } from './stage.ts';

const made = (type: string, x: number, params: object = {}) => ({ type, version: 1, params, position: { x, y: 0 } });
const GRAPH = JSON.stringify({
  format: 'triptych',
  formatVersion: 4,
  title: 'One picture',
  nodes: { p: made('prompt', 0, { text: 'a lake at dawn' }), i: made('image', 320, { megapixels: '0.5' }) },
  wires: { w: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } },
});
const strip = () => page.getByRole('region', { name: 'Takes' });
const chips = () =>
  strip()
    .getByRole('button', { name: /^Take \d/ })
    .evaluateAll((all) => all.map((chip) => chip.getAttribute('aria-label')));
const pictures = () =>
  strip()
    .locator('.take__picture img')
    .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).src));

test('a picture of another graph is a take in its copy, can be accepted there, and another is not the same', async () => {
  await openFile('first.triptych.json', GRAPH);
  expect(await run()).toMatch(/^Done: 2 ran/);
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await openFile('copy.triptych.json', GRAPH);
  expect(await run()).toMatch(/^Done: 0 ran, 2 from the cache/);
  await heading('Image').click();
  await expect.poll(chips).toEqual(['Take 1, open']);

  await strip().getByRole('button', { name: 'Another' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(chips, { timeout: 60_000 }).toEqual(['Take 1, open', 'Take 2, open']);
  await expect.poll(async () => new Set(await pictures()).size).toBe(2);

  await strip()
    .getByRole('button', { name: /^Take 1/ })
    .click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('a');
  await expect.poll(chips).toEqual(['Take 1, accepted', 'Take 2, superseded']);
});
