/** Routing tables: pinned, raised, drafted, published, as files. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { button, fileWith, notice, openTemplate, page, typeOver } from './stage.ts';

test('routing: a pinned graph is offered the newer version with what would change; tables travel as files; damaged ones are refused', async () => {
  await openTemplate('Social cut-downs in five aspects');
  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Pinned by the open graph').waitFor();
  await button('Dry run of “Social cut-downs in five aspects”').click();
  const dry = page.getByRole('article', { name: 'Dry run of Image' });
  await dry.getByText('provider not set up').first().waitFor();
  expect(await dry.locator('li[data-state=chosen]').textContent()).toContain('Built-in engine');

  await button('Edit as a draft').click();
  await button('Remove FLUX.2 [klein] 4B').first().waitFor();
  await page.reload();
  await button('Publish').waitFor();
  // The graph is open again on its own page, and the draft is still what Routing shows.
  await page.goBack();
  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Publish').waitFor();
  const speed = page.getByRole('article', { name: 'text to image, speed' });
  await speed.getByRole('button', { name: 'Remove FLUX.2 [klein] 4B' }).click();
  await typeOver(speed.getByLabel('Slowest model'), '30');
  const difference = page.getByRole('region', { name: 'Difference' });
  await difference.getByText('FLUX.2 [klein] 4B → Nano Banana 2 Lite').waitFor();
  await typeOver(page.getByLabel('What changed and why'), 'Klein is retired here.');
  await button('Publish').click();
  await page.getByText('Version 3, published').waitFor();
  await button('Use version 3 in this graph').click();
  await expect.poll(() => difference.count()).toBe(0);
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Pin House 3');

  await page.getByRole('link', { name: 'Routing' }).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export table').click()]);
  const text = readFileSync((await saved.path())!, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ format: 'triptych-routing', version: 3 });
  const bring = async (content: string) => {
    await page.getByLabel('Routing table file').setInputFiles(fileWith('table.json', content));
  };
  await bring('{ "format": "triptych-routing"');
  await notice('This file is not JSON, so it is not a routing table.').waitFor();
  await bring(
    text
      .replaceAll('"id": "house"', '"id": "studio"')
      .replaceAll('"name": "House"', '"name": "Studio"')
      .replaceAll('google/veo-3.1-fast', 'nobody/nothing'),
  );
  await notice('“Studio” was imported as a draft.').waitFor();
  await page.getByLabel('Table', { exact: true }).selectOption({ label: 'Studio (draft)' });
  await page.getByText('the catalog has no nobody/nothing').first().waitFor();
  expect(await button('Publish').isDisabled()).toBe(true);
});
