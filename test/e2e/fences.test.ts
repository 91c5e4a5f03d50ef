/** What breaks stays where it broke: white pages, parts that do not load, browsers that give less than others. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { breaksWith, browserWith, button, context, fileWith, heading, node, notice, openTemplate, page, run, server } from './stage.ts';

// The offline copy would answer in place of what these tests put there.
browserWith({ serviceWorkers: 'block' });

const fence = (what: string) => page.getByRole('alert').filter({ hasText: `${what} could not be shown.` });
/** Puts code of our own in place of the chunk of a screen. */
const replaceChunk = (name: string, code: string) =>
  page.route(new RegExp(`/assets/${name}-[\\w-]+\\.js`), async (route) => {
    const response = await route.fetch();
    const isScreen = (await response.text()).includes(' as default');
    await route.fulfill(isScreen ? { contentType: 'text/javascript', body: code } : { response });
  });
const thrower = 'export default function Broken() { throw new Error("Broken on purpose"); }\nexport const MoneyField = Broken;';
const graphId = () => page.url().match(/#\/g\/([\w-]+)/)![1]!;

const SCREENS = [
  ['routing', '#/routing', 'The routing page'],
  ['catalog', '#/catalog', 'The catalog'],
  ['audit', '#/audit', 'The audit'],
  ['settings', '#/settings', 'The settings'],
  ['comfyui', '#/comfyui', 'The workflow'],
  ['shared', '#/s/abc', 'The graph in this link'],
  ['editor', '#/g/{id}', 'The editor'],
  ['review', '#/g/{id}/review', 'The review'],
  ['form', '#/g/{id}/form', 'The form'],
  ['batch', '#/g/{id}/batch', 'The batch'],
  ['versions', '#/g/{id}/versions', 'The versions'],
] as const;

test('a screen that breaks says so, the rail goes on, and the next screen is whole', async () => {
  breaksWith(/Broken on purpose/);
  await button('New graph').click();
  await page.locator('.editor').waitFor();
  const id = graphId();
  for (const [chunk, address, what] of SCREENS) {
    await replaceChunk(chunk, thrower);
    await page.goto('about:blank');
    await page.goto(server.url + address.replace('{id}', id));
    await fence(what).waitFor();
    expect(await fence(what).innerText()).toContain('Broken on purpose');
    // Said by the fence, and nowhere else.
    expect(await page.locator('.notice').count()).toBe(0);
    expect(await page.getByRole('navigation', { name: 'Screens' }).isVisible()).toBe(true);
  }
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await page.getByRole('heading', { name: 'Start with a template' }).waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
