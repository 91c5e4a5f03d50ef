/** At 1280 px: what stands below the canvas covers nothing on it. */
import { expect, test } from 'vitest';
import { button, heading, node, openHero, page, run, sharePage } from './stage.ts';

sharePage();

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const boxOf = async (of: ReturnType<typeof page.locator>): Promise<Box> => (await of.boundingBox())!;
const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const strip = () => page.getByRole('region', { name: 'Takes' });

test('the strip of takes and the run bar cover no node in sight, nor the map, the inspector or Download', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openHero();
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await strip().waitFor();
  const stage = await boxOf(page.locator('.stage'));
  const bars = [await boxOf(strip()), await boxOf(page.getByRole('status', { name: 'Run' }))];
  for (const bar of bars) {
    expect(overlaps(bar, stage)).toBe(false);
    expect(overlaps(bar, await boxOf(page.locator('.react-flow__minimap')))).toBe(false);
    expect(overlaps(bar, await boxOf(page.getByRole('complementary', { name: 'Inspector' })))).toBe(false);
  }
  // All of the graph fits into what is left, Download included.
  await page.keyboard.press('f');
  await expect
    .poll(async () => {
      const { y, height } = await boxOf(page.locator('.stage'));
      const download = await boxOf(node('Deliver still').getByRole('button', { name: 'Download' }));
      return download.y + download.height <= y + height;
    })
    .toBe(true);
});

test('a node that is chosen at the foot of the canvas stays in sight when its takes come', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openHero();
  expect(await run()).toMatch(/^Done/);
  // Moved until its head alone is in sight.
  const { y, height } = await boxOf(page.locator('.stage'));
  const head = await boxOf(heading('Image'));
  await page.mouse.move(head.x + head.width / 2, y + 20);
  await page.keyboard.down('Space');
  await page.mouse.down();
  await page.mouse.move(head.x + head.width / 2, y + 20 + (y + height - head.y - 60), { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up('Space');
  await heading('Image').click();
  await strip().waitFor();
  await expect
    .poll(async () => {
      const stage = await boxOf(page.locator('.stage'));
      const card = await boxOf(node('Image'));
      return card.y + card.height <= stage.y + stage.height;
    })
    .toBe(true);
  await button('Accept').waitFor();
});
