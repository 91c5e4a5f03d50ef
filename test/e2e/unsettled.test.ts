/** Takes that nobody knows about, since the connection was cut after the service had them: what a person does then. */
import { expect, test } from 'vitest';
import { FAL_KEY, startFal } from '../contract/fal.ts';
import { startKling } from '../contract/kling.ts';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { row } from '../rig/two-services.ts';
import { ONE_IMAGE, publishRows, spentAt, withServices } from './services.ts';
import { ended, heading, node, notice, openFile, page, run, server, violations } from './stage.ts';

const served = withServices(async () => {
  const doubles = { fal: await startFal(), kling: await startKling(), replicate: await startReplicate() };
  const env = {
    TRIPTYCH_FAL_URL: doubles.fal.url,
    FAL_KEY,
    TRIPTYCH_KLING_URL: doubles.kling.url,
    KLING_API_KEY: 'test-key',
    TRIPTYCH_REPLICATE_URL: doubles.replicate.base,
    REPLICATE_API_TOKEN: REPLICATE_TOKEN,
  };
  return { doubles, env };
});

/** Opens a graph, of which this one model makes the image. */
async function openRoutedTo(provider: string, model: string, graph: object = ONE_IMAGE): Promise<void> {
  await publishRows([row('text to image', provider, model)]);
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(graph));
  await node('Image').waitFor();
  await page.getByRole('radio', { name: 'delivery' }).click();
}
/** Runs the graph, whose take is sent, and never answered for. */
async function runIntoTheDark(): Promise<void> {
  expect(await run()).toMatch(/^(Failed|No take accepted)/);
  await heading('Image').click();
  await question().waitFor();
}
const question = () => page.getByRole('group', { name: 'A take waits for your decision' });
const takes = (fate: string) =>
  page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: new RegExp(`^Take \\d+, ${fate}$`) });
/** By keys alone. */
async function press(name: string): Promise<void> {
  await question().getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

test('a take is looked for again, and found: it was sent once, and costs what the service says', async () => {
  const { kling } = served().doubles;
  // This model takes no seed.
  await openRoutedTo('kling', 'kling/image-o1', { ...ONE_IMAGE, wires: { a: ONE_IMAGE.wires.a } });
  kling.script({ at: 'submit', cut: 'before answer' }, { at: 'status', status: 403 }, { at: 'status', status: 403 });
  await runIntoTheDark();
  expect(await question().textContent()).toContain('Nobody knows whether Kling made it, or what it costs.');
  expect(await violations()).toEqual([]);
  // While the service says nothing, nothing changes.
  await press('Look again');
  await notice('The service cannot say whether it has the job.').waitFor();
  await question().getByRole('button', { name: 'Look again' }).click();
  await question().waitFor({ state: 'hidden' });
  expect(await ended()).toMatch(/^Done/);
  await takes('open').waitFor();
  await node('Image').locator('img').first().waitFor();
  expect([kling.orders.length, kling.paid]).toEqual([1, 1]);
  expect(await spentAt(served(), 'kling')).toBe(420_000);
  // By keys, its receipt opens where takes are judged.
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  const judged = page.getByRole('article', { name: 'Take 1, open' });
  await judged.getByText('Receipt of this take').focus();
  await page.keyboard.press('Enter');
  await judged
    .getByRole('group', { name: 'Receipt of this take' })
    .getByText('Kling Image O1 at Kling')
    .first()
    .waitFor();
  expect(await violations()).toEqual([]);
  await page.goBack();
  await node('Image').waitFor();
  // What is there is not sent again.
  expect(await run()).toMatch(/^Done/);
  expect(kling.paid).toBe(1);
});

test('a job that its service would not tell of comes by itself once a key is entered that it takes, and is not sent again', async () => {
  const { replicate } = served().doubles;
  await openRoutedTo('replicate', 'bfl/flux-schnell');
  replicate.script({ at: 'status', status: 401 });
  await runIntoTheDark();
  await page
    .getByRole('tabpanel')
    .getByText(/It is not sent a second time\./)
    .waitFor();
  await question().getByRole('link', { name: 'Replicate in Settings' }).click();
  const card = page.getByRole('article', { name: 'Replicate', exact: true });
  await card.getByText(/^set aside until /).waitFor();
  await card.getByLabel('Key').click();
  await page.keyboard.type(REPLICATE_TOKEN);
  await page.keyboard.press('Enter');
  await card.getByText(/^works, tested at/).waitFor();
  await page.goBack();
  await node('Image').locator('img').first().waitFor();
  await heading('Image').click();
  await takes('open').waitFor();
  expect(await question().count()).toBe(0);
  expect([replicate.orders.length, replicate.paid, await spentAt(served(), 'replicate')]).toEqual([1, 1, 3000]);
});

test('what a node says of a take, and offers, is what became of it: nothing is to be looked up once it is counted as lost', async () => {
  const { fal } = served().doubles;
  await openRoutedTo('fal', 'bfl/flux-schnell');
  fal.script({ at: 'submit', cut: 'before answer' });
  await runIntoTheDark();
  const inspector = page.getByRole('tabpanel');
  await inspector.getByText(/Look it up at fal/).waitFor();
  await press('Count it as lost');
  await inspector.getByText(/Counted as lost/).waitFor();
  expect(await page.getByText(/Look it up/).count()).toBe(0);
});

test('takes are counted as lost and replaced: what they may have cost is booked once, and each is sent once', async () => {
  const { fal } = served().doubles;
  await openRoutedTo('fal', 'bfl/flux-schnell');
  fal.script({ at: 'submit', cut: 'before answer' });
  await runIntoTheDark();
  expect(await question().textContent()).toContain('Nobody knows whether fal made it; it may have cost $0.003.');
  // It does not run again by itself, and a reload forgets nothing.
  await page.reload();
  await heading('Image').click();
  await question().waitFor();
  await press('Count it as lost');
  await question().waitFor({ state: 'hidden' });
  await takes('failed').waitFor();
  expect([fal.inputs.length, await spentAt(served(), 'fal')]).toEqual([1, 3000]);

  fal.script({ at: 'submit', cut: 'before answer' });
  await runIntoTheDark();
  await question().getByRole('button', { name: 'Take another' }).click();
  await question().waitFor({ state: 'hidden' });
  expect(await ended()).toMatch(/^Done/);
  await takes('open').waitFor();
  expect(await takes('failed').count()).toBe(2);
  expect([fal.inputs.length, await spentAt(served(), 'fal')]).toEqual([3, 9000]);

  await page.goto(`${server.url}#/settings`);
  await page.getByRole('article', { name: 'fal', exact: true }).getByText('$0.009').waitFor();
  // And from the books: which it was, and what became of it.
  await page.goto(`${server.url}#/audit`);
  await page.getByRole('button', { name: 'cinematic' }).first().focus();
  await page.keyboard.press('Enter');
  const books = page.getByRole('region', { name: 'Takes of cinematic' });
  await books.getByRole('button').last().focus();
  await page.keyboard.press('Enter');
  await books.getByRole('group', { name: 'Receipt of this take' }).getByText('Counted as lost').waitFor();
  expect(await violations()).toEqual([]);
});
