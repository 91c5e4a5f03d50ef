import { expect, test } from 'vitest';
import { button, heading, node, notice, openDevtools, openFile, page, run, server, status, typeOver } from './stage.ts';

/** What the browser gives this origin from now on, in bytes; a real quota, as on a disk that is full. */
async function giveRoom(bytes: number | undefined): Promise<void> {
  const protocol = await openDevtools();
  await protocol.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(server.url).origin,
    ...(bytes === undefined ? {} : { quotaSize: bytes }),
  });
}
const NO_ROOM = 1;
const PLENTY = 1e9;

/** Bytes and rows as they lie in IndexedDB. */
const stored = () =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('triptych');
      request.onsuccess = () => resolve(request.result);
    });
    const all = (table: string) =>
      new Promise<Record<string, unknown>[]>((resolve) => {
        const request = db.transaction(table).objectStore(table).getAll();
        request.onsuccess = () => resolve(request.result as Record<string, unknown>[]);
      });
    const [artifacts, blobs, takes, graphs, templates, runs] = await Promise.all(
      ['artifacts', 'blobs', 'takes', 'graphs', 'templates', 'runs'].map(all),
    );
    db.close();
    return {
      bytes: artifacts!.reduce((total, { bytes }) => total + (bytes as number), 0),
      blobs: blobs!.length,
      verdicts: takes!.map(({ verdict }) => (verdict as { state: string }).state),
      graphs: graphs!.map(({ title }) => title),
      templates: templates!.length,
      summaries: runs!.map(({ summary }) => summary !== undefined),
    };
  });

const SMALL = JSON.stringify({
  format: 'triptych',
  formatVersion: 3,
  title: 'Small',
  nodes: {
    p: { type: 'prompt', version: 1, params: { text: 'a lighthouse at dusk' }, position: { x: 0, y: 0 } },
    s: { type: 'seed', version: 1, params: { seed: { mode: 'increment', value: 4 } }, position: { x: 0, y: 200 } },
    i: { type: 'image', version: 1, params: { megapixels: '0.5' }, position: { x: 320, y: 0 } },
    r: { type: 'reference', version: 1, muted: true, params: {}, position: { x: 640, y: 0 } },
  },
  wires: {
    a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 },
    b: { from: { node: 's', socket: 'seed' }, to: { node: 'i', socket: 'seed' }, order: 0 },
  },
});
const openSmall = async () => {
  await openFile('small.triptych.json', SMALL);
  await node('Image').waitFor();
};

/** Waits until that is said, and puts every notice away: they lie over the panels. */
const said = async (text: string) => {
  await notice(text).waitFor();
  await page
    .getByRole('button', { name: 'Dismiss' })
    .evaluateAll((buttons) => buttons.forEach((one) => (one as HTMLButtonElement).click()));
};

test('on a full disk every write says so and offers a way out, nothing saved is lost, and all goes on when there is room', async () => {
  // Before anything is stored: the browser asks for its quota seldom.
  await giveRoom(20e6);
  await page.reload();
  await openSmall();
  expect(await run()).toMatch(/^Done: 3 ran/);
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open('filler');
      request.onupgradeneeded = () => request.result.createObjectStore('filler', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
    });
    // Fills what is left in ever smaller steps.
    for (let size = 4e6; size > 4; size /= 2) {
      for (let isRoom = true; isRoom;) {
        isRoom = await new Promise<boolean>((resolve) => {
          const transaction = db.transaction('filler', 'readwrite');
          transaction.objectStore('filler').add(
            crypto
              .getRandomValues(new Uint8Array(Math.min(65_536, size)))
              .toString()
              .repeat(Math.ceil(size / 200_000)),
          );
          transaction.oncomplete = () => resolve(true);
          transaction.onabort = () => resolve(false);
        });
      }
    }
    db.close();
  });
  await giveRoom(NO_ROOM);
  const before = await stored();
  page.setDefaultTimeout(10_000);

  // A verdict.
  await heading('Image').click();
  await page.keyboard.press('a');
  await said('The verdict was not kept, so nothing changed.');
  expect(
    await page
      .getByRole('region', { name: 'Takes' })
      .getByRole('button', { name: /^Take 1/ })
      .getAttribute('aria-label'),
  ).toBe('Take 1, open');
  // An imported file.
  await heading('Reference').click();
  await button('Sample golden-field').click();
  await said('golden-field.webp: The disk is full');
  // A template, and a version with a name.
  await page.keyboard.press('Escape');
  await page.getByText('Save as template').first().click();
  await page.getByRole('button', { name: 'Save as template' }).click();
  await said('The template was not saved.');
  await page.getByRole('tab', { name: 'History' }).click();
  await typeOver(page.getByLabel('Name of this version'), 'Milestone');
  await button('Save version').click();
  await said('“Milestone” was not saved: The disk is full');
  // A run, with the edit of its seed.
  await button('Run').click();
  await notice('The run could not store what it made.').waitFor();
  expect(await status().textContent()).toMatch(/^Failed/);
  expect(await node('Image').textContent()).toContain('The disk is full');
  await notice('Your last changes are not saved yet: The disk is full').waitFor();
  expect(await stored()).toEqual(before);

  await button('Free space').first().click();
  const storage = page.getByRole('region', { name: 'Storage' });
  await storage.getByRole('row', { name: /^Results that can be made again/ }).waitFor();
  await giveRoom(PLENTY);
  await storage.getByRole('button', { name: 'Clear cached results' }).click();
  await notice('Cached results were cleared').waitFor();
  expect((await stored()).bytes).toBeLessThan(before.bytes);
  await page.getByRole('link', { name: 'Editor' }).click();
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await page.keyboard.press('a');
  await expect.poll(async () => (await stored()).verdicts).toContain('accepted');
});
