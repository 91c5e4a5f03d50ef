/** Without a network, after the first visit. */
import { expect, onTestFinished, test } from 'vitest';
import { browserWith, openHero, openTemplate, page, run, server, startServer } from './stage.ts';

browserWith({ serviceWorkers: 'allow' });

test('after the first visit everything works without a network: a reload, a template, a run', async () => {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await server.close();
  onTestFinished(() => startServer());
  await page.reload();
  await openTemplate('Product hero: still to video');
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await openHero();
  expect(await run()).toMatch(/^Done: 11 ran/);
  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByRole('table', { name: 'Models' }).waitFor();
});
