/** Every template that is shipped runs from its link. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { page, run, server, status } from './stage.ts';

const templates = (JSON.parse(readFileSync('public/templates/index.json', 'utf8')) as { id: string }[]).map(
  ({ id }) => id,
);
/** The first test runs the product hero. */
test.each(templates.filter((id) => id !== 'product-hero'))('the template %s runs from its link', async (id) => {
  await page.goto(`${server.url}#/t/${id}`);
  await page.locator('[data-node-type]').first().waitFor();
  await expect.poll(() => status().textContent()).toMatch(/to run/);
  await page.getByRole('radio', { name: 'draft' }).click();
  expect(await run()).toMatch(/^Done: \d+ ran/);
  await expect.poll(() => page.url()).toMatch(/#\/g\/g\w+/);
});
