import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  button,
  context,
  fileWith,
  heading,
  openHero,
  page,
  rowsIn,
  run,
  server,
  statuses,
  status,
  violations,
} from './stage.ts';

const part = () => page.getByRole('region', { name: 'Backup', exact: true });
const goToBackup = async () => {
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Backup', exact: true }).click();
};
/** Saves a backup by hand; where it lies. */
async function saveBackup(): Promise<string> {
  await goToBackup();
  const [file] = await Promise.all([page.waitForEvent('download'), button('Save a backup').click()]);
  expect(file.suggestedFilename()).toMatch(/^triptych-backup-\d{4}-\d\d-\d\d\.zip$/);
  await part()
    .getByText(/^Saved as triptych-backup-/)
    .waitFor();
  const path = fileWith('kept.zip', '');
  await file.saveAs(path);
  return path;
}
/** As a browser does it in which a person clears the data of this site. */
async function clearSiteData(): Promise<void> {
  await page.goto('about:blank');
  const protocol = await context.newCDPSession(page);
  await protocol.send('Storage.clearDataForOrigin', { origin: new URL(server.url).origin, storageTypes: 'all' });
  await page.goto(server.url);
  await page.getByRole('heading', { name: 'Start with a template' }).waitFor();
}
/** A file that is dropped on what a selector names, as a person drags it in from a folder. */
async function drop(selector: string, path: string): Promise<void> {
  const name = 'kept.zip';
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'dragged';
    document.body.append(input);
  });
  await page.locator('#dragged').setInputFiles(path);
  await page.evaluate(
    ([target, as]) => {
      const input = document.querySelector<HTMLInputElement>('#dragged')!;
      const data = new DataTransfer();
      data.items.add(new File([input.files![0]!], as!));
      input.remove();
      document
        .querySelector(target!)!
        .dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    },
    [selector, name],
  );
}
const found = () => page.getByRole('region', { name: 'What this backup holds' });
const TABLES = [
  'graphs',
  'versions',
  'timeline',
  'runs',
  'runEvents',
  'takes',
  'results',
  'nodeStates',
  'artifacts',
  'blobs',
];
const counts = async () =>
  Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await rowsIn(table)] as const)));

test('a backup brings everything back after the data of the site was cleared: the graph opens, and nothing is made again', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await page.keyboard.press('a');
  const states = Object.keys(await statuses()).length;
  const path = await saveBackup();
  const before = await counts();
  expect(await violations()).toEqual([]);

  await clearSiteData();
  expect(await rowsIn('graphs')).toBe(0);
  await drop('.gallery', path);
  await found().getByText('1 graph is not here: it comes with everything.').waitFor();
  expect(await rowsIn('graphs')).toBe(0);
  expect(await violations()).toEqual([]);
  await found().getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('heading', { name: 'The backup is restored.' }).waitFor();
  expect(await counts()).toEqual(before);
  await button('Show my graphs').click();
  await page.locator('[data-graph]').getByRole('link').first().click();
  await expect.poll(() => status().textContent()).toBe(`Nothing to run, ${states} cached`);

  // Once more: nothing is doubled, and it says so beforehand.
  await goToBackup();
  await page.getByLabel('Backup file').setInputFiles(path);
  await found().getByText('1 graph is here as it was: it stays.').waitFor();
  await found().getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('heading', { name: 'Everything in this backup was here already.' }).waitFor();
  expect(await counts()).toEqual(before);
});

test('a page that is closed in the middle of a restore leaves no graph by halves, and it goes on when it is done again', async () => {
  await openHero();
  expect(await run()).toMatch(/^Done/);
  const path = await saveBackup();
  const before = await counts();
  await clearSiteData();
  await goToBackup();
  await page.getByLabel('Backup file').setInputFiles(path);
  await found().getByRole('button', { name: 'Restore' }).click();
  await expect.poll(() => rowsIn('artifacts'), { interval: 1 }).toBeGreaterThan(0);
  const next = await context.newPage();
  await page.close();
  await next.goto(server.url);
  await next.locator('.gallery').waitFor();
  const between = await next.evaluate(rowsOf, TABLES);
  expect([0, before['graphs']]).toContain(between['graphs']);
  for (const table of ['versions', 'timeline', 'runs', 'runEvents'])
    expect(between[table]).toBe(between['graphs'] === 0 ? 0 : before[table]);

  await next.getByRole('link', { name: 'Settings', exact: true }).click();
  await next.getByLabel('Backup file').setInputFiles(path);
  await next.getByRole('region', { name: 'What this backup holds' }).getByRole('button', { name: 'Restore' }).click();
  await next.getByRole('heading', { name: /restored\.$|already\.$/ }).waitFor();
  expect(await next.evaluate(rowsOf, TABLES)).toEqual(before);
});
/** How many rows each table has. */
const rowsOf = (tables: readonly string[]) =>
  new Promise<Record<string, number>>((resolve) => {
    const opening = indexedDB.open('triptych');
    opening.onsuccess = () => {
      const reading = opening.result.transaction(tables as string[]);
      const rows: Record<string, number> = {};
      for (const table of tables) {
        const counting = reading.objectStore(table).count();
        counting.onsuccess = () => void (rows[table] = counting.result);
      }
      reading.oncomplete = () => {
        opening.result.close();
        resolve(rows);
      };
    };
  });

test('what is no backup, and one that is cut off, are refused in words where they are dropped; the theme is chosen in Settings', async () => {
  await goToBackup();
  const cut = fileWith('cut.zip', '');
  writeFileSync(
    cut,
    Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), Buffer.alloc(26), Buffer.from('triptych-backup.json{}')]),
  );
  await drop('main', cut);
  await part()
    .getByRole('alert')
    .getByText('This backup is damaged, or was not saved to its end, so it was not opened.')
    .waitFor();

  await page.getByRole('combobox', { name: 'Theme' }).selectOption('Dark theme');
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('As the system');
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBeNull();
});
