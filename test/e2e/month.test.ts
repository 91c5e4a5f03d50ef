/** One month's money, whoever spends it: the app and a command line beside it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headless } from '../../src/headless/headless.ts';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { row, tableWith } from '../rig/two-services.ts';
import { ONE_IMAGE, publishRows, withServices } from './services.ts';
import { setAmount } from './prices.ts';
import { heading, openFile, page, run, server, violations } from './stage.ts';

const served = withServices(async () => {
  const doubles = { replicate: await startReplicate() };
  const env = { TRIPTYCH_REPLICATE_URL: doubles.replicate.base, REPLICATE_API_TOKEN: REPLICATE_TOKEN };
  return { doubles, env };
});
const ROWS = [row('text to image', 'replicate', 'bfl/flux-schnell')];

/** A picture of $0.003, by a command line on the same folder. */
async function byCommand(text: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'triptych-'));
  const file = join(folder, 'one.triptych.json');
  const { prompt } = ONE_IMAGE.nodes;
  const nodes = { ...ONE_IMAGE.nodes, prompt: { ...prompt, params: { text } } };
  writeFileSync(file, JSON.stringify({ ...ONE_IMAGE, nodes }));
  return headless({
    command: 'run',
    file,
    table: tableWith(folder, ROWS),
    mode: 'delivery',
    rows: false,
    out: folder,
    home: '.',
    environment: {
      TRIPTYCH_HOME: served().home,
      TRIPTYCH_REPLICATE_URL: served().doubles.replicate.base,
      REPLICATE_API_TOKEN: REPLICATE_TOKEN,
    },
    print() {},
  });
}
/** On a narrow screen: all of it is in sight but what a box scrolls, where what each row is about stays. */
async function nothingIsCut(): Promise<void> {
  await page.setViewportSize({ width: 820, height: 900 });
  const table = page.getByRole('table', { name: 'By tier' });
  await table.getByRole('button', { name: 'cinematic' }).press('Enter');
  const behind = page.getByRole('region', { name: 'Takes of cinematic' });
  await behind.getByText('FLUX.1 [schnell] at Replicate').waitFor();
  await behind.getByRole('table').getByRole('button').first().press('Enter');
  await page.getByRole('group', { name: 'Receipt of this take' }).waitFor();
  const beyond = await page.getByRole('main', { name: 'Audit' }).evaluate((main) =>
    [...main.querySelectorAll('*')]
      .filter((one) => !one.parentElement?.closest('.scrolls'))
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map(({ tagName, className }) => `${tagName} ${String(className)}`),
  );
  expect(beyond).toEqual([]);
  const first = table.getByRole('button', { name: 'cinematic' });
  const before = await first.boundingBox();
  await table.locator('xpath=..').evaluate((box) => box.scrollTo(box.scrollWidth, 0));
  expect((await first.boundingBox())!.x).toBe(before!.x);
  const last = (await table.getByRole('columnheader', { name: 'Per accepted' }).boundingBox())!;
  expect(last.x).toBeLessThan(820);
  await page.getByRole('radio', { name: 'provider' }).click();
  await page.getByRole('table', { name: 'By provider' }).getByRole('button', { name: 'Replicate' }).waitFor();
  await page.setViewportSize({ width: 1500, height: 940 });
}

const tile = (name: string) => page.getByRole('definition').and(page.locator(`dt:text-is("${name}") + dd`));

test('what a command line paid is in the month of the app, in a line of its own, and of its budget', async () => {
  await publishRows(ROWS);
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(ONE_IMAGE));
  expect(await run()).toMatch(/^Done/);
  expect(await byCommand('a vase')).toBe(0);

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByText('Made outside this browser: $0.003, 1 take.').waitFor();
  await expect.poll(() => tile('Paid this month').textContent()).toBe('$0.006');
  await expect.poll(() => tile('Paid to services').textContent()).toBe('$0.006');
  expect(await violations()).toEqual([]);
  await nothingIsCut();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByText('This month so far: $0.006, no monthly budget.').waitFor();
  await page.getByRole('article', { name: 'Replicate' }).getByText('This month: $0.006').waitFor();
  await setAmount('Most that a month may spend', '0.008');
  await page.getByText('This month so far: $0.006, $0.002 of the budget left.').waitFor();
});

test('the plan of the app counts what a command line spent since: nobody is asked beyond the month', async () => {
  await publishRows(ROWS);
  await page.goto(`${server.url}#/settings`);
  await setAmount('Most that a month may spend', '0.005');
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(ONE_IMAGE));
  await heading('Image').waitFor();
  await page.getByRole('button', { name: 'Cost: $0.003, 1 take' }).waitFor();
  expect(await byCommand('a vase')).toBe(0);
  // A person comes back from the terminal.
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await page.getByRole('link', { name: 'the budget of the month is too small for it' }).waitFor();
  expect(served().doubles.replicate.orders).toHaveLength(1);
});
