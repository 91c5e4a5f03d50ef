/** The main job, from a template to what is kept after a reload, and a second tab beside it. */
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import {
  browserWith,
  button,
  context,
  download,
  heading,
  node,
  openTemplate,
  page,
  run,
  status,
  statuses,
  untilSaved,
  typeOver,
} from './stage.ts';

// As a person has it: with the offline copy, which answers every load but the first.
browserWith({ serviceWorkers: 'allow' });

test('template, Run, a picture and a playable video; again nothing runs; one change runs its cone; a reload keeps all', async () => {
  await openTemplate('Product hero: still to video');
  expect(await status().textContent()).toBe('11 to run, 0 cached');
  expect(await run()).toMatch(/^Done: 11 ran, 0 from the cache/);
  expect(new Set(Object.values(await statuses()))).toEqual(new Set(['done']));

  const clip = await download('Deliver clip');
  expect(clip.name).toBe('hero-1280x720.mp4');
  const input = new Input({ source: new BufferSource(clip.bytes), formats: ALL_FORMATS });
  const track = (await input.getPrimaryVideoTrack())!;
  let packets = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) packets += packet.byteLength > 0 ? 1 : 0;
  expect(packets).toBe(48);
  expect([track.displayWidth, track.displayHeight]).toEqual([1280, 720]);
  expect(await track.computeDuration()).toBeCloseTo(2, 2);

  const still = await download('Deliver still');
  expect(still.name).toBe('hero-1920x1080.png');
  const decoded = await page.evaluate(async (content) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(8, 8).getContext('2d')!;
    canvas.drawImage(bitmap, 0, 0, 8, 8);
    return {
      width: bitmap.width,
      height: bitmap.height,
      colours: new Set(canvas.getImageData(0, 0, 8, 8).data).size,
    };
  }, still.bytes.toString('base64'));
  expect(decoded).toMatchObject({ width: 1920, height: 1080 });
  expect(decoded.colours).toBeGreaterThan(20);
  const video = node('Animate').locator('video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0);

  expect(await run()).toMatch(/^Done: 0 ran, 11 from the cache/);

  await heading('Grade').click();
  await typeOver(page.getByLabel('Saturation', { exact: true }), '1.4');
  await expect.poll(() => status().textContent()).toBe('4 to run, 7 cached');
  await expect
    .poll(() => node('Animate').locator('.node__state--stale').getAttribute('data-tip'))
    .toContain('upstream: Grade');
  await expect.poll(() => page.locator('.why').textContent()).toBe('Will run again: Saturation 1.06 → 1.4.');
  expect(await run()).toMatch(/^Done: 4 ran, 7 from the cache/);

  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Change Saturation');
  await untilSaved();
  await page.reload();
  await node('Grade').waitFor();
  await node('Grade').locator('img').waitFor();
  await expect.poll(() => status().textContent()).toBe('Nothing to run, 11 cached');
  await heading('Grade').click();
  expect(await page.getByLabel('Saturation', { exact: true }).inputValue()).toBe('1.4');
  expect(await run()).toMatch(/^Done: 0 ran, 11 from the cache/);
  await button('Undo').click();
  expect(await page.getByLabel('Saturation', { exact: true }).inputValue()).toBe('1.06');
  await button('Redo').click();
  expect(await page.getByLabel('Saturation', { exact: true }).inputValue()).toBe('1.4');

  await page.getByRole('tab', { name: 'History' }).click();
  await expect.poll(() => page.locator('.runs details').count()).toBe(4);
  await page.locator('.runs details').nth(3).locator('summary').click();
  await expect.poll(() => page.locator('.runs details').nth(3).locator('table').textContent()).toContain('Imageseed 7');
  await page.locator('.runs details').nth(3).getByRole('button', { name: 'Open the graph as it was' }).click();
  await expect
    .poll(() => page.getByLabel('Title of this graph').inputValue())
    .toMatch(/^Product hero: still to video \(/);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await heading('Grade').click();
  expect(await page.getByLabel('Saturation', { exact: true }).inputValue()).toBe('1.06');
});

test('a second tab on the same graph opens read-only and follows along', async () => {
  await openTemplate('Seed explorer');
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText('Open in another tab, view only').waitFor();
  await typeOver(page.getByLabel('Title of this graph'), 'Renamed here');
  await expect
    .poll(() => second.getByLabel('Title of this graph').inputValue(), { timeout: 10_000 })
    .toBe('Renamed here');
  expect(await second.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
});
