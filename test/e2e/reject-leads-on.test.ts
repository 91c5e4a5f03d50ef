/** A rejection leads on: who makes the next take at which price is said, and what is offered is one press. */
import { expect, test } from 'vitest';
import { FAL_KEY, startFal } from '../contract/fal.ts';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { row } from '../rig/two-services.ts';
import { ONE_IMAGE, publishRows, withServices } from './services.ts';
import { ended, heading, node, openFile, page, run, server, violations } from './stage.ts';

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

const SCHNELL = 'bfl/flux-schnell';
/** Cinematic asks fal, then Replicate; the seed is locked, so each is asked once. Above it stands the speed tier. */
async function openImage(): Promise<void> {
  const candidates = ['fal', 'replicate'].map((provider) => ({ provider, model: SCHNELL }));
  await publishRows([
    { ...row('text to image', 'fal', SCHNELL), candidates, escalateTo: 'speed' },
    { ...row('text to image', 'replicate', SCHNELL), tier: 'speed' },
  ]);
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(ONE_IMAGE));
  await page.getByRole('radio', { name: 'delivery' }).click();
  await heading('Image').click();
  await page.getByText(/^quoted at /).waitFor();
}
const strip = () => page.getByRole('region', { name: 'Takes' });
const form = () => page.getByRole('form', { name: 'Why is it rejected?' });
const chips = () =>
  strip()
    .getByRole('button', { name: /^Take \d/ })
    .evaluateAll((all) => all.map((chip) => chip.getAttribute('aria-label')));

test('before a run the card says who makes it and for how much; rejected under a locked seed, the next model is named, and then a new seed is one press', async () => {
  const { fal, replicate } = served().doubles;
  await openImage();
  const maker = node('Image').getByText(/^FLUX\.1 \[schnell\] · fal · (≈ )?\$0\.00\d+$/);
  await maker.waitFor();
  expect(await run()).toMatch(/^Done/);
  // Made, its receipt tells.
  await maker.waitFor({ state: 'detached' });
  await heading('Image').click();
  await strip().getByRole('button', { name: 'Reject', exact: true }).click();
  await form()
    .getByText(/^The next take is made by FLUX\.1 \[schnell\] at Replicate with the same seed: \$0\.00\d+\.$/)
    .waitFor();
  expect(await violations()).toEqual([]);
  await form().getByRole('button', { name: 'Composition' }).click();
  await expect.poll(chips).toEqual(['Take 1, rejected', 'Take 2, open']);
  expect(await ended()).toMatch(/^Done/);
  expect([fal.inputs.length, replicate.orders.length]).toEqual([1, 1]);

  // Everybody was asked with this seed: no number of takes is promised, and what is true is offered.
  await strip().getByText('2 takes made').waitFor();
  expect(
    await strip()
      .getByText(/2 of 6/)
      .count(),
  ).toBe(0);
  await strip().getByRole('button', { name: 'Reject', exact: true }).click();
  await form().getByText('With this seed every model of the row was tried. Reject it, and go on with:').waitFor();
  await form()
    .getByRole('button', { name: /^Escalate to speed: FLUX\.1 \[schnell\] at Replicate, \$0\.00\d+$/ })
    .waitFor();
  await form()
    .getByRole('button', { name: /^With a new seed: FLUX\.1 \[schnell\] at fal, (≈ )?\$0\.00\d+$/ })
    .click();
  await expect.poll(chips).toEqual(['Take 1, rejected', 'Take 2, rejected', 'Take 3, open']);
  expect(await ended()).toMatch(/^Done/);
  expect(fal.inputs.map(({ seed }) => seed)).toHaveLength(2);
  expect(new Set(fal.inputs.map(({ seed }) => seed)).size).toBe(2);
});

test('by keyboard: rejected without a way, the same ways stand under the takes; the tier above is taken from there', async () => {
  const { fal, replicate } = served().doubles;
  await openImage();
  await page.getByRole('button', { name: 'Run', exact: true }).focus();
  await page.keyboard.press('Enter');
  await node('Image').getByRole('button', { name: 'View result of Image' }).waitFor();
  await heading('Image').click();
  for (const takes of [
    ['Take 1, rejected', 'Take 2, open'],
    ['Take 1, rejected', 'Take 2, rejected'],
  ]) {
    await page.keyboard.press('r');
    await form().waitFor();
    // The first reason has the keyboard.
    await page.keyboard.press('Enter');
    await expect.poll(chips).toEqual(takes);
    expect(await ended()).toMatch(/^Done/);
  }
  const ways = page.getByRole('group', { name: 'At the cap' });
  await ways.waitFor();
  // Nothing can be made by pressing Run: it is no main button, and the bar says why.
  const play = page.getByRole('button', { name: 'Run', exact: true });
  await expect.poll(() => play.getAttribute('class')).toBe('button');
  await page.locator('.runbar').getByText('no take is left with this seed').waitFor();
  expect((await page.locator('.runbar').boundingBox())!.height).toBeLessThan(90);
  const escalate = ways.getByRole('button', { name: /^Escalate to speed: / });
  await escalate.focus();
  await page.keyboard.press('Enter');
  await expect.poll(chips).toEqual(['Take 1, open']);
  expect(await ended()).toMatch(/^Done/);
  expect([fal.inputs.length, replicate.orders.length]).toEqual([1, 2]);
});
