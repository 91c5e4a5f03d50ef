/** Takes that made nothing and may cost all the same: what is said of them, where, and what can be done. */
import { expect, test } from 'vitest';
import { FAL_KEY, refusal, startFal } from '../contract/fal.ts';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { row } from '../rig/two-services.ts';
import { ONE_IMAGE, publishRows, spentAt, withServices } from './services.ts';
import { breaksWith, button, ended, heading, node, notice, openFile, page, run, server, violations } from './stage.ts';

const served = withServices(async () => {
  const doubles = { fal: await startFal(), replicate: await startReplicate() };
  const env = {
    TRIPTYCH_FAL_URL: doubles.fal.url,
    FAL_KEY,
    TRIPTYCH_REPLICATE_URL: doubles.replicate.base,
    REPLICATE_API_TOKEN: REPLICATE_TOKEN,
  };
  return { doubles, env };
});

/** First fal is asked, which quotes $0.003; then Replicate. */
async function openImage(): Promise<void> {
  const candidates = ['fal', 'replicate'].map((provider) => ({ provider, model: 'bfl/flux-schnell' }));
  await publishRows([{ ...row('text to image', 'fal', 'bfl/flux-schnell'), candidates, fallbacks: 1 }]);
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(ONE_IMAGE));
  await heading('Image').click();
  await page.getByText(/^quoted at /).waitFor();
}
const strip = () => page.getByRole('region', { name: 'Takes' });
const receipt = () => page.getByRole('dialog').getByRole('group', { name: 'Receipt of this take' });
const inspector = () => page.getByRole('tabpanel');

test('a refusal says what it may have cost, and offers what helps: other words, another model at its price, what was sent', async () => {
  const { fal, replicate } = served().doubles;
  await openImage();
  fal.next({ result: refusal('content_policy_violation', 'Flagged.', 'prompt') });
  expect(await run()).toMatch(/^Failed/);
  // The card says it in one line within itself: nothing below it is covered.
  const line = node('Image').getByRole('alert');
  const [card, box] = [(await node('Image').boundingBox())!, (await line.boundingBox())!];
  expect(box.y + box.height).toBeLessThanOrEqual(card.y + card.height + 1);
  expect(box.height).toBeLessThan(40);
  await line.getByRole('button', { name: /fal will not make this: it is against its rules for content/ }).click();
  await inspector()
    .getByText(/^Cost: may have cost \$0\.00\d+, as the service quoted it before$/)
    .waitFor();
  expect(await inspector().getByRole('button', { name: 'Unpin' }).count()).toBe(0);
  // What it may have cost stands on its card in the strip too, and its receipt opens there.
  await strip().getByRole('button', { name: 'Take 1, failed' }).waitFor();
  await strip()
    .getByRole('button', { name: /^Receipt of take 1: up to \$0\.00/ })
    .click();
  await receipt()
    .getByText(/^may have cost \$0\.00/)
    .waitFor();
  await page.keyboard.press('Escape');
  await receipt().waitFor({ state: 'detached' });
  await inspector().getByRole('button', { name: 'See what was sent' }).focus();
  await page.keyboard.press('Enter');
  await receipt().getByText('Sent to fal').waitFor();
  await receipt().getByText('a perfume bottle').waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');

  await inspector().getByRole('button', { name: 'Change the prompt' }).click();
  await page.keyboard.type(' at dusk');
  const words = page.getByRole('tabpanel').getByRole('textbox').filter({ hasText: 'a perfume bottle at dusk' });
  await words.waitFor();
  await page.keyboard.press('Control+z');

  await heading('Image').click();
  await inspector().getByRole('button', { name: 'Ask FLUX.1 [schnell] at Replicate: $0.003' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => replicate.orders.length, { timeout: 60_000 }).toBe(1);
  expect(await ended()).toMatch(/^Done/);
  expect(fal.inputs.length).toBe(1);
});

test('where what can be done about a failure does not load, the inspector says so in its place and goes on', async () => {
  breaksWith(/dynamically imported module|Unable to preload CSS/);
  const { fal } = served().doubles;
  await page.route(/\/assets\/(failure-offers|node-details)-/, (route) => route.abort());
  await publishRows([row('text to image', 'fal', 'bfl/flux-schnell')]);
  await page.goto(server.url);
  await openFile('one-image.triptych.json', JSON.stringify(ONE_IMAGE));
  await heading('Image').click();
  const missing = (what: string) =>
    inspector()
      .getByRole('alert')
      .filter({ hasText: `${what} could not be shown.` });
  await missing('What else there is of the node').waitFor();
  fal.next({ result: refusal('content_policy_violation', 'Flagged.', 'prompt') });
  expect(await run()).toMatch(/^Failed/);
  await missing('What can be done about it').waitFor();
  await inspector()
    .getByText(/fal will not make this/)
    .waitFor();
  await inspector().getByRole('textbox', { name: 'Name of this node' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Bottle');
  await heading('Bottle').waitFor();
  expect(await violations()).toEqual([]);
});

test('a take in flight is cancelled where it is shown: before, what that will still cost; afterwards, what it may have cost', async () => {
  const { fal } = served().doubles;
  await openImage();
  fal.hold();
  await button('Run').click();
  await expect.poll(() => fal.inputs.length, { timeout: 60_000 }).toBe(1);
  const waiting = page.getByRole('group', { name: 'A take is being made' });
  await waiting.getByText(/^To cancel it now may still cost \$0\.00/).waitFor();
  await page.getByRole('button', { name: /^Cost: \$0\.00 spent, up to \$0\.00\d+ in work$/ }).waitFor();
  await strip()
    .getByRole('button', { name: /^Receipt of take 1: up to \$0\.00/ })
    .waitFor();
  await waiting.getByRole('button', { name: 'Cancel this take' }).click();
  expect(await ended()).toMatch(/^Cancelled/);
  await waiting.waitFor({ state: 'detached' });
  await strip().getByRole('button', { name: 'Take 1, cancelled' }).click();
  await receipt()
    .getByText(/^may have cost \$0\.00\d+, as the service quoted it before$/)
    .waitFor();
  await receipt().getByText('fal had it already, and may charge for it.').waitFor();
  await receipt().getByText('Cancelled at').waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');
  // The books count it apart from what failed.
  await page.goto(`${server.url}#/audit`);
  const books = page.getByRole('table', { name: 'By tier' });
  await books.locator('tbody tr').first().waitFor();
  const heads = await books.locator('thead th').allTextContents();
  const cells = await books.locator('tbody tr').first().locator('td').allTextContents();
  const of = (head: string) => cells[heads.indexOf(head)];
  expect([of('Takes'), of('Failed'), of('Cancelled')]).toEqual(['1', '0', '1']);
  expect(of('Paid')).toMatch(/^\$0\.00/);
  expect(of('Per accepted')).toBe('none accepted yet');
});

test('a take whose node was changed while its service was at it is booked when it comes, and kept with the takes of the node', async () => {
  const { fal } = served().doubles;
  await openImage();
  fal.hold();
  await button('Run').click();
  await expect.poll(() => fal.inputs.length, { timeout: 60_000 }).toBe(1);
  await heading('Prompt').click();
  const words = inspector().getByRole('textbox').filter({ hasText: 'a perfume bottle' });
  await words.click();
  await page.keyboard.type(' at dusk');
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  await heading('Image').click();
  const waiting = page.getByRole('group', { name: 'A take is being made' });
  await waiting.getByText('It was asked for before the node was changed, and is kept with its takes.').waitFor();
  expect(await violations()).toEqual([]);
  fal.go();
  await notice('A take of “Image” has come that was asked for before the node was changed.').waitFor();
  await waiting.waitFor({ state: 'detached' });
  await strip().getByRole('button', { name: 'Take 1, open' }).waitFor();
  // It is not what the node asks for now: that is asked for by the next run, and each was sent once.
  expect(await node('Image').locator('img').count()).toBe(0);
  expect(await run()).toMatch(/^Done/);
  expect(fal.inputs.length).toBe(2);
  await page.goto(`${server.url}#/audit`);
  const books = page.getByRole('table', { name: 'By tier' });
  await books.locator('tbody tr').first().waitFor();
  const heads = await books.locator('thead th').allTextContents();
  const cells = await books.locator('tbody tr').first().locator('td').allTextContents();
  expect(cells[heads.indexOf('Takes')]).toBe('2');
  expect(await spentAt(served(), 'fal')).toBeGreaterThan(0);
});

/** Three images of one prompt, each a node of its own. */
const THREE_IMAGES = {
  ...ONE_IMAGE,
  title: 'Three images',
  nodes: {
    prompt: ONE_IMAGE.nodes.prompt,
    ...Object.fromEntries(
      [0, 1, 2].map((n) => [
        `image-${n}`,
        { ...ONE_IMAGE.nodes.image, title: `Image ${n}`, position: { x: 300, y: 300 * n } },
      ]),
    ),
  },
  wires: Object.fromEntries(
    [0, 1, 2].map((n) => [
      `wire-${n}`,
      { from: { node: 'prompt', socket: 'prompt' }, to: { node: `image-${n}`, socket: 'prompt' } },
    ]),
  ),
};
test('an account without money is asked once by a run of three nodes, and its card says so until it is tested', async () => {
  const { fal } = served().doubles;
  await publishRows([row('text to image', 'fal', 'bfl/flux-schnell')]);
  await page.goto(server.url);
  await openFile('three-images.triptych.json', JSON.stringify(THREE_IMAGES));
  await heading('Image 0').click();
  await page.getByText(/^quoted at /).waitFor();
  const submissions = () => fal.asked.filter(({ method }) => method === 'POST').length;
  const before = submissions();
  fal.script({ at: 'submit', status: 402 });
  expect(await run()).toMatch(/^Failed/);
  expect(submissions() - before).toBe(1);
  await page.goto(`${server.url}#/settings`);
  const card = page.getByRole('article', { name: 'fal', exact: true });
  await card.getByText(/^set aside until .*: The account at fal is locked or has no money left\.$/).waitFor();
  await card.getByText(/^That was at /).waitFor();
  expect(await card.getByRole('link', { name: 'Account at fal' }).getAttribute('href')).toMatch(/^https:\/\/fal\.ai\//);
  expect(await violations()).toEqual([]);
  await card.getByRole('button', { name: 'Test, costs nothing' }).focus();
  await page.keyboard.press('Enter');
  await card.getByText(/^works, tested at/).waitFor();
  expect(await card.getByRole('link', { name: 'Account at fal' }).count()).toBe(0);
});
