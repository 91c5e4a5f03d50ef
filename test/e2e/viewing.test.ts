/** One result, large: fitted and at its own size, closer at the pointer, stepped through frame by frame. */
import { expect, test } from 'vitest';
import { button, heading, node, openFile, openHero, page, run, violations, sharePage } from './stage.ts';

sharePage();

const large = () => page.getByRole('dialog', { name: /^Result of/ });
const zoom = async () => Number.parseFloat((await large().getByLabel('Zoom', { exact: true }).textContent()) ?? '');
/** Where a picture is drawn, its zoom included. */
const boxOf = (media: string) =>
  large()
    .locator(media)
    .evaluate((one) => one.getBoundingClientRect().toJSON() as DOMRect);

test('a still is fitted, shown pixel by pixel, zoomed at the pointer and dragged; its receipt stands beside it', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await button('Take 1, open').click();
  await large().locator('img').waitFor();
  const fitted = await zoom();
  await page.keyboard.press('1');
  await expect.poll(zoom).toBe(100);
  expect(await large().getByRole('button', { name: '1:1' }).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('0');
  await expect.poll(zoom).toBe(fitted);

  const whole = await boxOf('img');
  const at = { x: whole.x + whole.width * 0.3, y: whole.y + whole.height * 0.4 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -100);
  await page.mouse.wheel(0, -100);
  await expect.poll(zoom).toBeGreaterThan(fitted);
  const near = await boxOf('img');
  // What lay under the pointer lies there still.
  expect((at.x - near.x) / near.width).toBeCloseTo(0.3, 2);
  expect((at.y - near.y) / near.height).toBeCloseTo(0.4, 2);
  await page.mouse.down();
  await page.mouse.move(at.x + 60, at.y + 20, { steps: 4 });
  await page.mouse.up();
  const moved = await boxOf('img');
  expect(moved.x - near.x).toBeCloseTo(60, 0);
  expect(moved.y - near.y).toBeCloseTo(20, 0);

  // On a tablet, whatever it is called, everything stays within the window.
  await page.setViewportSize({ width: 820, height: 1100 });
  const close = (await large().getByRole('button', { name: 'Close' }).boundingBox())!;
  expect(close.x + close.width).toBeLessThanOrEqual(820);
  await page.keyboard.press('i');
  await large().getByRole('complementary', { name: 'How it was made' }).getByText('Seed used').waitFor();
  expect(await violations()).toEqual([]);
  const [saved] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('d')]);
  expect(saved.suggestedFilename()).toMatch(/\.png$/);
});

test('a clip is stepped, scrubbed, slowed down and not looped, with nothing on its picture', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  await heading('Animate').click();
  await button('Take 1, open').click();
  const video = large().locator('video');
  await video.waitFor();
  const place = () => large().getByLabel('Place in the clip').textContent();
  const playing = () => video.evaluate((one: HTMLVideoElement) => !one.paused);
  await expect.poll(playing).toBe(true);
  expect(await video.evaluate((one: HTMLVideoElement) => one.controls)).toBe(false);
  // The controls stand below the picture.
  const [picture, bar] = [await video.boundingBox(), await large().getByRole('group', { name: 'Clip' }).boundingBox()];
  expect(bar!.y).toBeGreaterThanOrEqual(picture!.y + picture!.height);

  await page.keyboard.press('Space');
  await expect.poll(playing).toBe(false);
  await page.keyboard.press('Home');
  await expect.poll(place).toMatch(/^frame 1 of 3/);
  await page.keyboard.press('.');
  await expect.poll(place).toMatch(/^frame 2 of 3/);
  await expect.poll(() => video.evaluate((one: HTMLVideoElement) => one.currentTime)).toBeCloseTo(1.5 / 12, 2);
  await page.keyboard.press(',');
  await expect.poll(place).toMatch(/^frame 1 of 3/);
  await large().getByRole('slider', { name: 'Frame' }).focus();
  await page.keyboard.press('End');
  await expect.poll(place).toMatch(/^frame 3 of 3/);
  await large().getByLabel('Speed').selectOption('0.25');
  expect(await video.evaluate((one: HTMLVideoElement) => one.playbackRate)).toBe(0.25);
  await large().getByRole('button', { name: 'Over and over (L)' }).click();
  expect(await video.evaluate((one: HTMLVideoElement) => one.loop)).toBe(false);
  await large().getByRole('button', { name: 'Play (Space)' }).click();
  // To its end, and no further.
  await expect.poll(playing).toBe(false);
  expect(await violations()).toEqual([]);
});

test('the arrows walk through the takes of the strip, or through what the canvas shows', async () => {
  const at = (type: string, x: number, params: object = {}) => ({ type, params, position: { x, y: 0 } });
  const wire = (from: string, to: string, socket: string) => ({
    from: { node: from, socket },
    to: { node: to, socket },
    order: 0,
  });
  const graph = {
    format: 'triptych',
    formatVersion: 5,
    title: 'Lake',
    nodes: {
      p: at('prompt', 0, { text: 'a lake' }),
      i: at('image', 340, { megapixels: '0.5' }),
      u: at('upscale', 680),
    },
    wires: { a: wire('p', 'i', 'prompt'), b: wire('i', 'u', 'image') },
  };
  await openFile('lake.triptych.json', JSON.stringify(graph));
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await button('Another').click();
  await button('Take 2, open').click();
  await large().getByText('2 of 2').waitFor();
  await page.keyboard.press('ArrowLeft');
  await large().getByText('1 of 2').waitFor();
  await large().getByText('take 1').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await button('Take 1, accepted').waitFor();
  // From a card: what the nodes show.
  await node('Image').locator('img').click();
  await page.getByRole('dialog', { name: 'Result of Image' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: 'Result of Upscale' }).waitFor();
  await page.keyboard.press('c');
  await page.getByRole('dialog', { name: 'Comparison of two results' }).waitFor();
});
