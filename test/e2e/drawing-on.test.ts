/** Cropping, marking and masking a picture: the picture stays, and what is drawn on it stays a set of things. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { box, drag, undo } from './pointer.ts';
import {
  button,
  heading,
  node,
  openDevtools,
  openFile,
  page,
  run,
  sharePage,
  untilSaved,
  violations,
} from './stage.ts';

sharePage();

const SAMPLE = 'public/samples/studio-bottle.webp';
const graph = (nodes: object, wires: object = {}) =>
  JSON.stringify({ format: 'triptych', formatVersion: 5, title: 'Drawn on', nodes, wires });
const importNode = { type: 'import', position: { x: 0, y: 0 }, version: 1 };
const sheet = () => page.getByRole('dialog');
const drawing = () => sheet().getByRole('group', { name: 'Picture with what is drawn on it' });
const mark = (name: string) => drawing().getByRole('button', { name });
const tool = (name: string) => sheet().getByRole('radio', { name });
/** A place in the picture, in shares of it, on the screen. */
async function at(x: number, y: number) {
  const { x: left, y: top, width, height } = (await drawing().boundingBox())!;
  return { x: left + width * x, y: top + height * y };
}
const dropped = () =>
  page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const content = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!);
    transfer.items.add(new File([content], 'bottle.webp', { type: 'image/webp' }));
    return transfer;
  }, readFileSync(SAMPLE).toString('base64'));
async function openWithPicture(name: string): Promise<void> {
  await openFile(`${name}.triptych.json`, graph({ a: importNode }));
  await node('Import')
    .locator('.fileplace')
    .dispatchEvent('drop', { dataTransfer: await dropped() });
  await node('Import').locator('.node__preview img').waitFor();
}
async function openEditor(): Promise<void> {
  await heading('Import').click();
  await page.keyboard.press('e');
  await drawing().locator('image').waitFor();
}
/** Colour of a pixel of what the card's run made, at shares of its size, and that size. */
const madeAt = (x: number, y: number) =>
  node('Import')
    .locator('.node__preview img')
    .evaluate(
      async (img: HTMLImageElement, [shareX, shareY]) => {
        await img.decode();
        const canvas = new OffscreenCanvas(img.naturalWidth, img.naturalHeight);
        const brush = canvas.getContext('2d')!;
        brush.drawImage(img, 0, 0);
        const { data } = brush.getImageData(
          Math.floor(img.naturalWidth * shareX!),
          Math.floor(img.naturalHeight * shareY!),
          1,
          1,
        );
        return { size: [img.naturalWidth, img.naturalHeight], colour: Array.from(data.subarray(0, 3)) };
      },
      [x, y],
    );
const RED = [229, 53, 43];

test('a dropped picture is cropped and marked; the run gives it so, and after a reload each mark is still a thing', async () => {
  await openWithPicture('marked');
  await openEditor();
  // 960 × 640, cut to a square in its middle by choice of its shape, then a box around the middle of that.
  await tool('Crop (C)').click();
  await sheet().getByLabel('Shape').selectOption('1:1');
  expect(await sheet().getByLabel('Size of what is left').textContent()).toBe('640 × 640 of 960 × 640 pixels');
  await page.keyboard.press('Escape');
  await sheet().waitFor({ state: 'detached' });
  await openEditor();
  await page.keyboard.press('r');
  await drag(await at(0.4, 0.3), await at(0.6, 0.7));
  await mark('Mark 1: box').waitFor();
  await page.keyboard.press('t');
  const place = await at(0.25, 0.1);
  await page.mouse.click(place.x, place.y);
  await page.keyboard.type('Größer');
  await page.keyboard.press('Enter');
  await mark('Mark 2: label “Größer”').waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('Escape');

  expect(await run()).toMatch(/^Done/);
  // The left edge of the box lies at 0.4 of the whole width, which is (384 − 160) / 640 of what is left.
  await expect.poll(() => madeAt(224 / 640, 0.5)).toEqual({ size: [640, 640], colour: RED });
  expect((await madeAt(0.5, 0.5)).colour).not.toEqual(RED);

  await untilSaved();
  await page.reload();
  await openEditor();
  await mark('Mark 2: label “Größer”').waitFor();
  // Its edge is dragged to the left, over empty canvas before.
  await page.keyboard.press('v');
  await drag(await at(0.4, 0.5), await at(0.3, 0.5));
  await page.keyboard.press('Escape');
  expect(await run()).toMatch(/^Done/);
  await expect.poll(async () => (await madeAt(128 / 640, 0.5)).colour).toEqual(RED);
  expect((await madeAt(224 / 640, 0.5)).colour).not.toEqual(RED);
  // On the graph it is an edit as any other.
  await undo('Move a mark');
  expect(await run()).toMatch(/^Done/);
  await expect.poll(async () => (await madeAt(224 / 640, 0.5)).colour).toEqual(RED);
});

test('marks are placed, moved, changed and taken back with the keyboard alone', async () => {
  await openWithPicture('keyboard');
  await openEditor();
  await page.keyboard.press('n');
  await button('Put one in the middle, without a pointer').focus();
  await page.keyboard.press('Enter');
  const number = mark('Mark 1: number 1');
  await number.focus();
  const before = await box(number);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(async () => (await box(number)).x).toBeGreaterThan(before.x + 3);
  await page.keyboard.press(']');
  await expect.poll(async () => (await box(number)).width).toBeGreaterThan(before.width + 2);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect.poll(() => box(number)).toEqual(before);
  await page.keyboard.press('Delete');
  await number.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await number.waitFor();

  await page.keyboard.press('c');
  await drawing().getByRole('button', { name: 'Right edge of the crop' }).focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  expect(await sheet().getByLabel('Size of what is left').textContent()).toBe('949 × 640 of 960 × 640 pixels');
  // The graph's own steps are not taken back from here.
  for (let i = 0; i < 6; i++) await page.keyboard.press('Control+z');
  await expect.poll(() => sheet().getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await node('Import').locator('.node__preview img').waitFor();
});

test('a mask leaves by its own socket, and a grade keeps to it', async () => {
  await openFile(
    'mask.triptych.json',
    graph(
      { a: importNode, g: { type: 'grade', version: 2, position: { x: 500, y: 0 }, params: { exposure: -3 } } },
      {
        w: { from: { node: 'a', socket: 'image' }, to: { node: 'g', socket: 'image' }, order: 0 },
        m: { from: { node: 'a', socket: 'mask' }, to: { node: 'g', socket: 'mask' }, order: 0 },
      },
    ),
  );
  await node('Import')
    .locator('.fileplace')
    .dispatchEvent('drop', { dataTransfer: await dropped() });
  await node('Import').locator('.node__preview img').waitFor();
  await openEditor();
  await page.keyboard.press('m');
  await drag(await at(0, 0), await at(0.5, 1));
  await page.keyboard.press('i');
  // Turned round, all of the picture is open at first, and what was painted closes it.
  const veil = drawing().locator('mask rect');
  const seen = (rects: Element[]) => rects.map((rect) => [rect.getAttribute('class'), rect.getAttribute('height')]);
  expect(await veil.evaluateAll(seen)).toEqual([
    ['veil__open', '640'],
    ['veil__closed', expect.stringMatching(/^6/)],
  ]);
  await page.keyboard.press('Escape');
  expect(await run()).toMatch(/^Done/);
  const light = (x: number) =>
    node('Grade')
      .locator('.node__preview img')
      .evaluate(async (img: HTMLImageElement, share) => {
        await img.decode();
        const canvas = new OffscreenCanvas(img.naturalWidth, img.naturalHeight);
        const brush = canvas.getContext('2d')!;
        brush.drawImage(img, 0, 0);
        return brush.getImageData(Math.floor(img.naturalWidth * share), 10, 1, 1).data[0]!;
      }, x);
  // Turned round: the right half is dark, the left one as it was.
  await expect.poll(() => light(0.9)).toBeLessThan(110);
  expect(await light(0.1)).toBeGreaterThan(150);
});

test('one finger draws; a second one zooms instead, and nothing is drawn by it', async () => {
  await openWithPicture('fingers');
  // By the menu of the card this time.
  await heading('Import').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Crop, mark or mask the picture/ }).click();
  await drawing().locator('image').waitFor();
  await tool('Draw (D)').click();
  const touch = await openDevtools();
  const finger = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    ...touchPoints: readonly { readonly x: number; readonly y: number; readonly id: number }[]
  ) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: [...touchPoints] });
  const fingerAt = async (id: number, x: number, y: number) => ({ ...(await at(x, y)), id });
  await finger('touchStart', await fingerAt(0, 0.3, 0.3));
  for (const x of [0.35, 0.4, 0.45]) await finger('touchMove', await fingerAt(0, x, 0.3 + x / 4));
  await finger('touchEnd');
  await mark('Mark 1: line').waitFor();

  const before = await box(drawing());
  const [left, right] = [await fingerAt(0, 0.45, 0.5), await fingerAt(1, 0.55, 0.5)];
  await finger('touchStart', left);
  await finger('touchStart', left, right);
  for (const by of [20, 50, 90]) await finger('touchMove', { ...left, x: left.x - by }, { ...right, x: right.x + by });
  await finger('touchEnd');
  await expect.poll(async () => (await box(drawing())).width).toBeGreaterThan(before.width * 1.5);
  expect(await drawing().locator('[data-mark]').count()).toBe(1);

  // A pinch of the wheel goes back, and the inspector leads here as well.
  await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
  for (let i = 0; i < 12; i++) await page.mouse.wheel(0, 100);
  await expect.poll(() => box(drawing())).toEqual(before);
  await button('Done').click();
  await button('Crop, mark or mask…').click();
  await mark('Mark 1: line').waitFor();
  await page.keyboard.press('Escape');
});

test('what is taken back while something is drawn stays taken back', async () => {
  await openWithPicture('taken-back');
  await openEditor();
  await page.keyboard.press('r');
  await drag(await at(0.1, 0.1), await at(0.3, 0.3));
  await mark('Mark 1: box').waitFor();
  const [from, to] = [await at(0.5, 0.5), await at(0.7, 0.7)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await mark('Mark 2: box').waitFor();
  await page.keyboard.press('Control+z');
  await mark('Mark 1: box').waitFor({ state: 'detached' });
  await page.mouse.up();
  // The next one is drawn as ever, and is the only one.
  await drag(from, to);
  await mark('Mark 1: box').waitFor();
  expect(await mark('Mark 2: box').count()).toBe(0);
  await page.keyboard.press('Escape');
});

test('a hand that rests on the picture does not end what a pen draws', async () => {
  await openWithPicture('pen');
  await openEditor();
  await page.keyboard.press('d');
  const places = [await at(0.2, 0.2), await at(0.5, 0.3), await at(0.7, 0.6)];
  const palm = await at(0.9, 0.9);
  await sheet()
    .locator('.picture-stage')
    .evaluate(
      (stage, { places: [begin, middle, end], palm }) => {
        stage.setPointerCapture = () => {};
        const send = (type: string, pointerType: 'pen' | 'touch', { x, y }: { x: number; y: number }) => {
          const pointerId = pointerType === 'pen' ? 7 : 8;
          const event = new PointerEvent(type, { pointerId, pointerType, clientX: x, clientY: y, bubbles: true });
          stage.dispatchEvent(event);
        };
        send('pointerdown', 'touch', palm);
        send('pointerdown', 'pen', begin!);
        send('pointermove', 'pen', middle!);
        send('pointerup', 'touch', palm);
        send('pointerdown', 'touch', palm);
        send('pointermove', 'pen', end!);
        send('pointerup', 'pen', end!);
        send('pointerup', 'touch', palm);
      },
      { places, palm },
    );
  await mark('Mark 1: line').waitFor();
  expect(await mark('Mark 2: line').count()).toBe(0);
  const { width } = await box(mark('Mark 1: line'));
  expect(width).toBeGreaterThan((await box(drawing())).width * 0.5);
  await page.keyboard.press('Escape');
});
