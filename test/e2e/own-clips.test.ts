/** Pictures and clips of one's own: in by a drop, through the steps, out as files. */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FilePathSource, ALL_FORMATS, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import { button, download, heading, node, notice, page, run, status, untilSaved, sharePage } from './stage.ts';

sharePage();

const PHONE = 'test/fixtures/phone.mp4';

async function dropOnCanvas(name: string, type: string, bytes: Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ({ fileName, mime, content }) => {
      const transfer = new DataTransfer();
      const letters = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([letters], fileName, { type: mime }));
      return transfer;
    },
    { fileName: name, mime: type, content: bytes.toString('base64') },
  );
  await page.locator('.react-flow__pane').dispatchEvent('drop', { dataTransfer: data, clientX: 240, clientY: 140 });
}
/** Drags a wire from an output to the empty canvas and takes the node of that name there. */
async function goOn(from: string, socket: string, to: string): Promise<void> {
  const { x, y } = (await node(from).locator(`.socket.source[data-tip^="${socket} ("]`).boundingBox())!;
  await page.mouse.move(x + 6, y + 6);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 150, { steps: 8 });
  await page.mouse.up();
  await page.getByRole('option', { name: new RegExp(`^${to}`) }).click();
  await node(to).waitFor();
}

test('a clip that a phone recorded is shown upright, trimmed and delivered with its sound, and is there after a reload', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await dropOnCanvas('phone.mp4', 'video/mp4', readFileSync(PHONE));
  await node('Import').locator('video').waitFor();
  await page.getByText('64 × 96, 1 s, 15 frames a second, with sound').waitFor();

  await goOn('Import', 'Video', 'Trim');
  await page.getByRole('textbox', { name: 'Length (s)' }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('0.6');
  await page.keyboard.press('Enter');
  await goOn('Trim', 'Video', 'Deliver');
  expect(await run()).toMatch(/^Done/);
  const { name, bytes } = await download('Deliver');
  expect(name).toBe('triptych-64x96.mp4');
  const path = join(tmpdir(), `own-clip-${process.pid}.mp4`);
  writeFileSync(path, bytes);
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
  const [picture, sound] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  expect([await picture!.getDisplayWidth(), await picture!.getDisplayHeight()]).toEqual([64, 96]);
  expect(await picture!.computeDuration()).toBeCloseTo(0.6, 2);
  expect(await sound!.computeDuration()).toBeCloseTo(0.6, 1);
  input.dispose();

  await untilSaved();
  await page.reload();
  await node('Import').locator('video').waitFor();
  await expect.poll(() => status().textContent()).toMatch(/^Nothing to run/);
});

test('a clip comes apart into nine stills by its menu, and together again by one undo', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await dropOnCanvas('phone.mp4', 'video/mp4', readFileSync(PHONE));
  await node('Import').locator('video').waitFor();
  await heading('Import').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Split into stills: 9 more nodes' }).click();
  // They are chosen; only what is in view is on the page.
  await page.keyboard.press('z');
  await expect.poll(() => node('Grab still').count()).toBe(9);
  expect(await run()).toMatch(/^Done/);
  await button('Undo').click();
  await expect.poll(() => node('Grab still').count()).toBe(0);
});

test('a clip that is cut short or is no clip is refused in words; a clip where a picture is wanted says where it goes', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  const phone = readFileSync(PHONE);
  await dropOnCanvas('cut.mp4', 'video/mp4', phone.subarray(0, phone.length - 3000));
  await notice('cut.mp4: This clip cannot be read: it seems damaged or cut short.').waitFor();
  await page.keyboard.press('Space');
  await page.getByLabel('Search nodes').pressSequentially('reference');
  await page.keyboard.press('Enter');
  await heading('Reference').click();
  await page.getByLabel('File for Picture').setInputFiles(PHONE);
  await notice('phone.mp4: This is a clip, and a picture is needed here.').waitFor();
  expect(await node('Reference').locator('img').count()).toBe(0);
});
