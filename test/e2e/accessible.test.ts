/** Every screen, in both themes, as axe sees it. */
import { expect, test } from 'vitest';
import { button, heading, openTemplate, page, run, violations } from './stage.ts';

test.each(['light', 'dark'] as const)('axe finds nothing on any screen, %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  const found: string[] = [];
  const check = async (screen: string) =>
    void found.push(...(await violations()).map((violation) => `${screen}: ${violation}`));
  await page.getByText('Your graphs').waitFor();
  await check('gallery');
  await openTemplate('Social cut-downs in five aspects');
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await page.getByRole('region', { name: 'Takes' }).waitFor();
  await check('editor');
  await page.getByRole('tab', { name: /Checklist/ }).click();
  await check('checklist');
  await page.getByRole('tab', { name: 'History' }).click();
  await check('history');
  await page.getByRole('button', { name: 'Cost' }).click();
  await check('cost');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await check('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await check('shortcuts');
  await page.keyboard.press('Escape');
  await heading('Prompt').click();
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Shift+N');
  await page.getByLabel('Text of this note').fill('**Note**, [link](https://example.com)');
  await page.keyboard.press('Escape');
  await page.locator('.note strong').waitFor();
  await check('frame and note');
  await heading('Image').click();
  await page.keyboard.press('Control+Alt+g');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Where you are' }).waitFor();
  await check('component');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+L');
  await page.getByRole('list', { name: 'Nodes, along the wires' }).waitFor();
  await check('list');
  await page.keyboard.press('Shift+L');
  await page.getByRole('link', { name: 'Form', exact: true }).click();
  await page.getByRole('region', { name: 'What it needs' }).waitFor();
  await check('form');
  await page.getByRole('link', { name: 'Batch', exact: true }).click();
  await button('Import CSV').waitFor();
  await check('empty batch');
  await page.getByLabel('Table file').setInputFiles({
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Prompt,Seed,Tier\na red vase,5,speed\na blue vase,,\n'),
  });
  await page.getByRole('row').nth(2).waitFor();
  await check('batch');
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Timeline and differences' }).click();
  await page.getByRole('list', { name: 'Versions, newest first' }).waitFor();
  await check('versions');
  for (const screen of ['Review', 'Routing', 'Catalog', 'Audit', 'Settings']) {
    await page.getByRole('link', { name: screen, exact: true }).click();
    await page.getByRole('main', { name: screen, exact: true }).getByRole('heading', { level: 1 }).waitFor();
    await check(screen);
  }
  await page.getByRole('link', { name: 'Routing', exact: true }).click();
  await button('Edit as a draft').click();
  await page.getByLabel('What changed and why').waitFor();
  await check('draft table');
  expect(found).toEqual([]);
});
