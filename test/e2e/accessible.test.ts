/** Every screen, in both themes, as axe sees it. */
import { expect, test } from 'vitest';
import { button, heading, node, openHero, page, run, typeOver, violations } from './stage.ts';

test('axe finds nothing on any screen, in neither theme', async () => {
  const found: string[] = [];
  const check = async (screen: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      // Nothing fades: colours are what they come to.
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      // Themes differ in their colours only, so the rest is looked at once.
      const wrong = await violations(colorScheme === 'dark' ? ['color-contrast'] : undefined);
      found.push(...wrong.map((violation) => `${screen}, ${colorScheme}: ${violation}`));
    }
  };
  await page.getByText('Your graphs').waitFor();
  await check('gallery');
  await openHero();
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
  await typeOver(page.getByLabel('Text of this note'), '**Note**, [link](https://example.com)');
  await page.keyboard.press('Escape');
  await page.locator('.note strong').waitFor();
  await check('frame and note');
  await heading('Image').click();
  await page.keyboard.press('Control+Alt+g');
  await node('Component').waitFor();
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
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await page.getByRole('region', { name: 'New sweep' }).getByRole('button', { name: 'Upscale' }).click();
  await page.getByLabel('Param across').selectOption('Factor');
  await page.getByRole('region', { name: 'Cells of the sweep' }).locator('img').first().waitFor();
  await check('compare');
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Timeline and differences' }).click();
  await page.getByRole('list', { name: 'Versions, newest first' }).waitFor();
  await check('versions');
  for (const screen of ['Review', 'Results', 'Routing', 'Catalog', 'Audit', 'Settings']) {
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
