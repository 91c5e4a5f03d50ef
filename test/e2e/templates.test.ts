/** Every template that is shipped runs from its link, and makes what is recorded of it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { artifactsOf, RECORDED, type Artifacts } from '../rig/template-artifacts.ts';
import { page, run, server, sharePage, status } from './stage.ts';

sharePage();

const FILE = 'test/fixtures/template-artifacts.json';
const templates = JSON.parse(readFileSync('public/templates/index.json', 'utf8')) as readonly { readonly id: string }[];

/** After a change that is meant: `UPDATE_GOLDEN=1 npm test -- app test/e2e/templates.test.ts`. */
const made: Record<string, Artifacts | undefined> = {};
test.each(templates)('$id runs from its link, as a graph of its own, and makes the recorded bytes', async ({ id }) => {
  await page.goto(`${server.url}#/t/${id}`);
  await expect.poll(() => page.url()).toMatch(/#\/g\/g\w+/);
  // A large one is drawn as an overview where it is seen whole.
  await page.locator('[data-node-type], .overview').first().waitFor();
  await expect.poll(() => status().textContent()).toMatch(/to run/);
  await page.getByRole('radio', { name: 'draft' }).click();
  const outcome = await run();
  // One with gates makes what is before them, and waits.
  const counts = /^(?:Done|Waits for \d verdicts): (\d+) ran, (\d+) from the cache/.exec(outcome);
  expect(counts, outcome).not.toBeNull();
  const [ran = 0, cached = 0] = counts!.slice(1).map(Number);
  const graph = /#\/g\/(\w+)/.exec(page.url())![1]!;
  await expect
    .poll(async () => (made[id] = await page.evaluate(artifactsOf, { graph, nodes: ran + cached })))
    .toBeDefined();
  if (!process.env['UPDATE_GOLDEN']) expect(made[id]).toEqual(RECORDED[id]);
});
afterAll(() => {
  if (process.env['UPDATE_GOLDEN']) writeFileSync(FILE, `${JSON.stringify(made, undefined, 2)}\n`);
});
