/** While something is dragged over the canvas, an outline shows where it would lie; there it lies when it is dropped. */
import { expect, test } from 'vitest';
import { box } from './pointer.ts';
import { button, node, openHero, page, sharePage } from './stage.ts';

sharePage();

const ghost = () => page.locator('.dropghost');
const near = (a: { x: number; y: number }, b: { x: number; y: number }) =>
  Math.abs(a.x - b.x) < 3 && Math.abs(a.y - b.y) < 3;

test('a node from the library lands where its outline was', async () => {
  await openHero();
  const from = await box(
    page.getByRole('navigation', { name: 'Node library' }).getByRole('button', { name: 'Denoise' }),
  );
  const stage = await box(page.locator('.react-flow'));
  await page.mouse.move(from.x + 30, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(stage.x + 100, stage.y + 60, { steps: 4 });
  await page.mouse.move(stage.x + 120, stage.y + 40, { steps: 4 });
  await ghost().waitFor();
  expect(await ghost().textContent()).toBe('Denoise');
  const shown = await box(ghost());
  await page.mouse.up();
  await node('Denoise').waitFor();
  expect(await ghost().count()).toBe(0);
  await expect.poll(async () => near(await box(node('Denoise')), shown)).toBe(true);
});

test('pictures land in free space, where their outlines were; a card that takes one is outlined itself', async () => {
  await openHero();
  const data = (count: number) =>
    page.evaluateHandle(async (many) => {
      const canvas = new OffscreenCanvas(8, 8);
      canvas.getContext('2d')!.fillRect(0, 0, 8, 8);
      const blob = await canvas.convertToBlob();
      const transfer = new DataTransfer();
      for (let nth = 0; nth < many; nth++) transfer.items.add(new File([blob], `p${nth}.png`, { type: 'image/png' }));
      return transfer;
    }, count);
  const upscale = await box(node('Upscale'));
  const at = { clientX: upscale.x + 20, clientY: upscale.y + 20 };
  const two = await data(2);
  const pane = page.locator('.react-flow__pane');
  await pane.dispatchEvent('dragover', { dataTransfer: two, ...at });
  await expect.poll(() => ghost().count()).toBe(2);
  const first = await box(ghost().first());
  // The card under the pointer has its place; they go below it.
  expect(first.y).toBeGreaterThan(upscale.y + upscale.height);
  await pane.dispatchEvent('drop', { dataTransfer: two, ...at });
  await expect.poll(() => node('Reference').count()).toBe(2);
  expect(await ghost().count()).toBe(0);
  await expect.poll(async () => near(await box(node('Reference').first()), first)).toBe(true);
  const one = await data(1);
  await node('Reference').first().dispatchEvent('dragover', { dataTransfer: one });
  await expect.poll(() => ghost().getAttribute('data-onto')).toBe('true');
  expect(near(await box(ghost()), await box(node('Reference').first()))).toBe(true);
  await button('Undo').click();
});
