/** A campaign of three graphs, one of them out of line: found, said why, opened by one click, and mended by a reference. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cellsIn } from '../../src/file/cells.ts';
import { button, heading, node, openFile, page, run, untilSaved, violations, typeOver } from './stage.ts';

const at = (type: string, x: number, y: number, params: object = {}) => ({ type, params, position: { x, y } });
const graphOf = (title: string, text: string, tags?: readonly string[]) =>
  JSON.stringify({
    format: 'triptych',
    formatVersion: 5,
    title,
    ...(tags ? { tags } : {}),
    nodes: { p: at('prompt', 0, 0, { text }), i: at('image', 340, 0, { megapixels: '0.5' }) },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } },
  });
/** Opens a graph as a file, runs it and accepts what it shows. */
async function accepted(title: string, text: string, tags?: readonly string[]): Promise<void> {
  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile('one.triptych.json', graphOf(title, text, tags));
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe(title);
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done: 2 ran/);
  await heading('Image').click();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Take 1, accepted' }).waitFor();
}
const MEADOW = 'in a meadow, golden hour';
const card = (title: string) => page.getByRole('listitem', { name: title, exact: true });
const cards = () =>
  page
    .getByRole('list', { name: 'Accepted deliverables' })
    .getByRole('listitem')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
const figureOf = (title: string, name: string) =>
  card(title).evaluate((one, dimension) => {
    const line = [...one.querySelectorAll('dt')].find(({ textContent }) => textContent === dimension);
    return Number.parseFloat(line?.parentElement?.lastElementChild?.textContent ?? 'none');
  }, name);

test('three graphs of a campaign, one put out of line: it is found, said why, and one click opens its take', async () => {
  await accepted('Horse', `horse ${MEADOW}`, ['spring']);
  await accepted('Alien night', 'car in a neon street at night, rain', ['spring']);
  await accepted('Windmill', `windmill ${MEADOW}`);
  // The third is tagged by hand, and belongs to it at once.
  await page.keyboard.press('Escape');
  await typeOver(page.getByLabel('Tags', { exact: true }).first(), 'spring, product');
  await untilSaved();
  await page.getByRole('link', { name: 'Look at “spring”' }).click();
  await page.getByRole('heading', { name: 'Campaign', level: 1 }).waitFor();
  expect(await page.getByRole('combobox', { name: 'Campaign' }).inputValue()).toBe('tag:spring');
  await page.getByText('3 deliverables, 1 stands out.', { exact: true }).first().waitFor();
  // The farthest comes first.
  expect((await cards())[0]).toBe('Alien night');
  expect(await cards()).toHaveLength(3);
  await card('Alien night')
    .getByText(/^Its (colours|light|edges) .* from the reference; half of these 3 are within/)
    .waitFor();
  expect(await figureOf('Alien night', 'Palette')).toBeGreaterThan(30);
  expect(await violations()).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await violations(['color-contrast'])).toEqual([]);

  // By keyboard: sorted by light, with the arrows of the group.
  await page.getByRole('radio', { name: 'look' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => page.getByRole('radio', { name: 'light' }).getAttribute('aria-checked')).toBe('true');
  expect((await cards())[0]).toBe('Alien night');

  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export CSV').click()]);
  const [head = [], ...lines] = cellsIn(readFileSync((await saved.path())!, 'utf8').trim(), ',');
  expect(lines).toHaveLength(3);
  const cell = (line: readonly string[], name: string) => line[head.indexOf(name)];
  expect(cell(lines[0]!, 'graph title')).toBe('Alien night');
  expect(lines.map((line) => cell(line, 'found'))).toEqual(['stands out', '', '']);

  await page.getByRole('link', { name: 'Alien night', exact: true }).click();
  await page.getByRole('heading', { name: 'Review', level: 1 }).waitFor();
  await page.getByRole('article', { name: 'Take 1, accepted' }).waitFor();
  // The checklist of its graph says so too, and leads back.
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  expect(await page.getByLabel('Title of this graph').inputValue()).toBe('Alien night');
  await page.getByRole('tab', { name: /Checklist/ }).click();
  await page.getByText('What was accepted of “Image” stands out of “spring”.').waitFor();
  await page.getByRole('link', { name: 'Open Campaign' }).click();
  await page.getByText('3 deliverables, 1 stands out.', { exact: true }).first().waitFor();
});

test('a reference look is a take or a picture that somebody chose; it stays chosen, and what is off it is said', async () => {
  await accepted('Horse', `horse ${MEADOW}`, ['spring']);
  await page.getByRole('link', { name: 'Campaign', exact: true }).click();
  await page.getByText('One alone has nothing to be compared with.').first().waitFor();
  await accepted('Street', 'car in a neon street at night, rain', ['spring']);
  await page.getByRole('link', { name: 'Campaign', exact: true }).click();
  await page.getByText('Of two nobody can say which one stands out.').first().waitFor();
  expect(await page.locator('.deliverable[data-found]').count()).toBe(0);

  // By keyboard, from the card.
  await card('Horse').getByRole('button', { name: 'Use as reference look' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('A take of “Horse”, chosen by you.').waitFor();
  await card('Street').getByText('from the chosen reference').waitFor();
  expect(await figureOf('Horse', 'Look')).toBe(0);
  expect(await figureOf('Street', 'Look')).toBeGreaterThan(2);
  await page.reload();
  await page.getByText('A take of “Horse”, chosen by you.').waitFor();
  await card('Street').getByText('from the chosen reference').waitFor();

  // A picture of one's own.
  await page.getByLabel('Picture of the reference look').setInputFiles({
    name: 'mood.png',
    mimeType: 'image/png',
    buffer: readFileSync('test/fixtures/cutout-on-white.png'),
  });
  await page.getByText('The picture “mood.png”, chosen by you.').waitFor();
  await expect.poll(() => figureOf('Horse', 'Look')).toBeGreaterThan(0);
  await button('Back to the middle').click();
  await page.getByText('The middle of these: what all others are nearest to').waitFor();

  // What is chosen narrows what is compared.
  await page.getByRole('combobox', { name: 'Campaign' }).selectOption({ label: 'Street (1)' });
  await expect.poll(cards).toEqual(['Street']);
  await page.getByRole('combobox', { name: 'Mode' }).selectOption('draft');
  await page.getByText('Nothing was accepted here.').waitFor();
  await button('Show all').click();
  await expect.poll(async () => (await cards()).length).toBe(2);

  // Pictures and what was measured of them are gone from the disk: that is said, and nothing is made up.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('triptych');
        opening.onsuccess = () => {
          const change = opening.result.transaction(['blobs', 'artifacts'], 'readwrite');
          for (const table of ['blobs', 'artifacts']) change.objectStore(table).clear();
          change.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.reload();
  await page.getByText('None of these can be measured. 2 could not be measured.').first().waitFor();
  await card('Horse')
    .getByText(/^Not measured: /)
    .waitFor();
});

test('before anything is accepted the page says what it is for', async () => {
  await page.getByRole('link', { name: 'Campaign', exact: true }).click();
  await page.getByText('Nothing was accepted yet.').waitFor();
  expect(await violations()).toEqual([]);
});
