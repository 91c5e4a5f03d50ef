/** The library on one side of the canvas and the inspector on the other: closed, opened, and on a narrow screen. */
import { expect, test } from 'vitest';
import { button, heading, openHero, page, sharePage } from './stage.ts';

sharePage();

const library = () => page.getByRole('navigation', { name: 'Node library' });
const side = () => page.getByRole('complementary', { name: 'Inspector', exact: true });
const canvasWidth = async () => (await page.locator('.stage').boundingBox())!.width;

test('both sides are closed and opened by button and key, stay so after a reload, and what leads there opens them', async () => {
  await openHero();
  const before = await canvasWidth();
  await button('Node library').click();
  await library().waitFor({ state: 'detached' });
  await page.keyboard.press(']');
  await side().waitFor({ state: 'detached' });
  const whole = await canvasWidth();
  expect(whole).toBeGreaterThan(before + 450);
  await page.reload();
  await heading('Image').waitFor();
  expect(await canvasWidth()).toBe(whole);
  await page.getByRole('button', { name: /^Checklist: / }).click();
  await side().getByRole('tab', { name: 'Checklist', selected: true }).waitFor();
  await page.keyboard.press('[');
  await library().waitFor();
});

test('on a narrow screen the library opens over the canvas and goes when a node was chosen', async () => {
  await page.setViewportSize({ width: 820, height: 900 });
  await openHero();
  const cards = page.locator('[data-node-type]');
  const before = await cards.count();
  expect(await library().isVisible()).toBe(false);
  await button('Node library').click();
  await page.keyboard.type('grain');
  await library().getByRole('button', { name: 'Grain' }).click();
  await expect.poll(() => cards.count()).toBe(before + 1);
  expect(await library().isVisible()).toBe(false);
  await button('Node library').click();
  await library().waitFor();
  // A press beside it closes it.
  await page.locator('.react-flow__pane').click({ position: { x: 400, y: 40 } });
  await library().waitFor({ state: 'hidden' });
});
