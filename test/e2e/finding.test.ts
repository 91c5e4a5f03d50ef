/** Whatever one looks for is found by what one calls it: in the finder, the library and the palette. */
import { expect, test } from 'vitest';
import { button, node, openHero, page, sharePage, typeOver } from './stage.ts';

sharePage();

const shelf = () => page.getByRole('navigation', { name: 'Node library' });
const option = (name: string | RegExp) => page.getByRole('dialog').getByRole('option', { name });

test('the finder and the library know other words and forgive typing errors; what was added last comes first', async () => {
  await button('New graph').click();
  await page.locator('.react-flow__pane').waitFor();
  await page.keyboard.press('Space');
  await option(/^Prompt/).waitFor();
  await page.keyboard.type('upscael');
  await expect.poll(() => option(/./).allTextContents()).toHaveLength(1);
  await page.keyboard.press('Enter');
  await node('Upscale').waitFor();
  await page.keyboard.press('Space');
  await expect.poll(() => option(/./).first().textContent()).toContain('Upscale');
  await page.keyboard.press('Escape');
  await typeOver(shelf().getByRole('searchbox'), 'text to image');
  await expect.poll(() => shelf().getByRole('button').allTextContents()).toEqual([expect.stringContaining('Image')]);
  await typeOver(shelf().getByRole('searchbox'), '');
  await expect.poll(() => shelf().getByRole('button').count()).toBeGreaterThan(20);
});

test('the palette adds nodes, opens graphs and templates, and leads to the settings', async () => {
  await openHero();
  const look = async (words: string) => {
    await page.keyboard.press('Control+k');
    await typeOver(page.getByLabel('Search commands'), words);
  };
  await look('sharpn');
  await option(/^Sharpen.*Add node/).waitFor();
  await page.keyboard.press('Enter');
  await node('Sharpen').waitFor();
  await look('dark');
  await option(/^Theme and language/).click();
  await page.getByRole('region', { name: 'Theme and language' }).waitFor();
  await page.goBack();
  await node('Sharpen').waitFor();
  await look('seed explorer');
  await option(/Template/)
    .first()
    .waitFor();
  await look('product hero');
  await option(/Open graph/).waitFor();
  expect(await option(/./).count()).toBeGreaterThan(1);
  await page.keyboard.press('Escape');
});
