/** Where a service will not make a take, a sketch is drawn in its place only because a person says so. */
import { expect, test } from 'vitest';
import { FAL_KEY, refusal, startFal } from '../contract/fal.ts';
import { row } from '../rig/two-services.ts';
import { ONE_IMAGE, publishRows, withServices } from './services.ts';
import { ended, heading, node, openFile, page, run, violations, server } from './stage.ts';

const served = withServices(async () => {
  const doubles = { fal: await startFal() };
  return { doubles, env: { TRIPTYCH_FAL_URL: doubles.fal.url, FAL_KEY } };
});

test('a sketch in the place of what a service refused is one press at its price, asks nobody again, and is undone as a pin', async () => {
  const { fal } = served().doubles;
  const candidates = [
    { provider: 'fal', model: 'bfl/flux-schnell' },
    { provider: 'sketch', model: 'triptych/sketch' },
  ];
  await publishRows([{ ...row('text to image', 'fal', 'bfl/flux-schnell'), candidates, fallbacks: 1 }]);
  await page.goto(`${server.url}#/`);
  await openFile('one-image.triptych.json', JSON.stringify(ONE_IMAGE));
  await page.getByRole('radio', { name: 'delivery' }).click();
  await heading('Image').click();
  await page.getByText(/^quoted at /).waitFor();
  fal.next({ result: refusal('content_policy_violation', 'Flagged.', 'prompt') });
  expect(await run()).toMatch(/^Failed/);
  // Nothing was drawn by itself.
  expect(await node('Image').getByRole('button', { name: 'View result of Image' }).count()).toBe(0);
  await heading('Image').click();
  const offer = page.getByRole('tabpanel').getByRole('button', { name: 'Draw a sketch instead: $0.00' });
  await offer.waitFor();
  expect(await violations()).toEqual([]);
  await offer.click();
  await node('Image').getByRole('button', { name: 'View result of Image' }).waitFor();
  expect(await ended()).toMatch(/^Done/);
  expect(fal.inputs.length).toBe(1);
  await node('Image').getByText('Built-in engine').waitFor();
  await page
    .getByRole('region', { name: 'Route' })
    .getByText(/^Pinned to Built-in engine/)
    .waitFor();
  // What was drawn stays among the takes; one step back the service is asked again.
  await page.keyboard.press('Control+z');
  await node('Image').getByText('Built-in engine').waitFor({ state: 'detached' });
});
