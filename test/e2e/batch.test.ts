/** A graph over the rows of a table, and runs that wait for their turn. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { priceEngine, setAmount } from './prices.ts';
import {
  button,
  ended,
  heading,
  node,
  notice,
  openFile,
  openHero,
  openOwnPage,
  openTemplate,
  page,
  sharePage,
  status,
  statuses,
  untilSaved,
  withhold,
  typeOver,
} from './stage.ts';

sharePage();

const link = (name: string) => page.getByRole('link', { name, exact: true });
const cell = (name: string, row: number) => page.getByLabel(`${name}, row ${row}`, { exact: true });
const standing = () => page.getByRole('status', { name: 'Batch' });
const all = (rows: number) =>
  expect.poll(() => standing().textContent(), { timeout: 60_000 }).toBe(`All ${rows} rows are made.`);
const fates = () => page.locator('.batch__fate').allTextContents();
/** The pictures that have come to the page; a row is made before its picture is there. */
const pictures = () =>
  page.locator('.batch__picture img').evaluateAll((shown) => shown.map((one) => (one as HTMLImageElement).src));
const row = (number: number) => page.locator('tbody tr').nth(number - 1);

const vases = {
  format: 'triptych',
  formatVersion: 3,
  title: 'Vases',
  nodes: {
    p: {
      type: 'prompt',
      version: 1,
      position: { x: 0, y: 0 },
      params: { text: 'a {{colour}} vase on a table', variables: { colour: 'red' } },
    },
    s: { type: 'seed', version: 1, position: { x: 0, y: 300 }, params: { seed: { mode: 'fixed', value: 3 } } },
    a: { type: 'aspect', version: 1, position: { x: 0, y: 500 }, params: { frame: '1:1', short: '720' } },
    i: { type: 'image', version: 1, position: { x: 400, y: 0 }, params: { megapixels: '0.5' } },
    d: { type: 'deliver', version: 1, position: { x: 800, y: 0 }, params: { name: 'vase' } },
  },
  wires: Object.fromEntries(
    ['p.prompt>i.prompt', 's.seed>i.seed', 'a.aspect>i.aspect', 'i.image>d.image'].map((wire, at) => {
      const [from, to] = wire.split('>').map((end) => ({ node: end.split('.')[0], socket: end.split('.')[1] }));
      return [`w${at}`, { from, to, order: 0 }];
    }),
  ),
};
const openVases = async (change: object = {}) => {
  await openFile('vases.triptych.json', JSON.stringify({ ...vases, ...change }));
  await node('Prompt').waitFor();
  await link('Batch').click();
};
const paste = (text: string) =>
  page.evaluate((copied) => {
    const data = new DataTransfer();
    data.setData('text/plain', copied);
    document.activeElement!.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);

test('a table runs row by row: by keyboard and from a spreadsheet, again only what changed, all of it in one archive', async () => {
  await openVases();
  await button('colour Prompt').click();
  await typeOver(cell('colour', 1), 'red');
  await page.keyboard.press('Enter');
  await cell('colour', 2).waitFor();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('colour, row 2');
  await page.getByLabel('Add column').selectOption('Seed: Seed');
  await cell('colour', 2).focus();
  await paste('blue\t7\nyellow\t8\nblue\tnone\n');
  await notice('Some cells were left out.').waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(4);
  await expect.poll(() => standing().textContent()).toMatch(/^4 of 4 rows to run, at most 4 takes, \$0\.00/);
  await button('Run rows').click();
  await all(4);
  await expect.poll(fates).toEqual(['Made', 'Made', 'Made', 'Made']);
  await expect.poll(() => page.locator('.batch__picture img').count()).toBe(4);

  await typeOver(cell('colour', 3), 'green');
  await expect.poll(() => standing().textContent()).toMatch(/^1 of 4 rows to run/);
  await link('Editor').click();
  await untilSaved();
  await page.goBack();
  await page.reload();
  await expect.poll(() => standing().textContent()).toMatch(/^1 of 4 rows to run/);
  await button('Run rows').click();
  await all(4);

  const [file] = await Promise.all([page.waitForEvent('download'), button('Download all').click()]);
  expect(file.suggestedFilename()).toBe('Vases.zip');
  const entries = unzipSync(new Uint8Array(readFileSync((await file.path())!)));
  const names = ['001 vase.png', '002 vase.png', '003 vase.png', '004 vase.png'];
  expect(Object.keys(entries).sort()).toEqual([...names, 'batch.csv']);
  expect(new Set(names.map((name) => Buffer.from(entries[name]!).toString('base64'))).size).toBe(4);
  for (const name of names) expect([...entries[name]!.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  expect(strFromU8(entries['batch.csv']!).split('\r\n')).toEqual([
    'colour,Seed,Files',
    'red,,001 vase.png',
    'blue,7,002 vase.png',
    'green,8,003 vase.png',
    'blue,,004 vase.png',
  ]);

  // The graph itself never ran; a row put into it is there at once, and is one step.
  await button('Use row 3 in the graph').click();
  await node('Prompt').waitFor();
  await expect.poll(() => status().textContent()).toMatch(/Nothing to run, 5 cached/);
  await heading('Seed').click();
  expect(await page.getByRole('textbox', { name: 'Seed', exact: true }).inputValue()).toBe('8');
  await button('Undo').click();
  await expect.poll(() => page.getByRole('textbox', { name: 'Seed', exact: true }).inputValue()).toBe('3');
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByText('Row 3: green, 8').waitFor();
  expect(await page.locator('.runs').first().locator('li').count()).toBe(5);
});

test('a table is pasted where there is none yet; text that is none is answered', async () => {
  await openVases();
  await button('colour Prompt').waitFor();
  await paste('nothing of a table');
  await notice('0 rows were read.').waitFor();
  await paste('colour\tSeed\nblue\t7\ngreen\t8\n');
  await notice('2 rows were read.').waitFor();
  await cell('colour', 2).waitFor();
  expect(await cell('colour', 2).inputValue()).toBe('green');
});

test('a row that fails says why and the others go on', async () => {
  await openVases({
    nodes: { ...vases.nodes, p: { ...vases.nodes.p, params: { text: 'a {{colour}} vase on a table' } } },
  });
  await page.getByLabel('Table file').setInputFiles({
    name: 'a.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('colour;Seed;Size of it\nred;1;x\n;2;y\nblue;3;z\n'),
  });
  await notice('Nothing in this graph is called “Size of it”; that column was left out.').waitFor();
  await button('Run rows').click();
  await expect
    .poll(fates, { timeout: 60_000 })
    .toEqual(['Made', expect.stringContaining('The prompt uses {{colour}}, which has no value.'), 'Made']);
  await expect.poll(() => standing().textContent()).toBe('1 row cannot run as it is.');
  await typeOver(cell('colour', 2), 'white');
  await expect.poll(() => standing().textContent()).toMatch(/^1 of 3 rows to run/);
  await button('Run row 2').click();
  await all(3);
});

test('a batch that is cancelled leaves its rows unmade, and can be run again', async () => {
  await openOwnPage();
  await openVases();
  await typeOver(page.getByLabel('Times'), '3');
  await button('Repeat with other seeds').click();
  const drawing = await withhold('sketch');
  await button('Run rows').click();
  await drawing.isAskedFor();
  await expect.poll(() => standing().textContent()).toBe('0 of 3 rows made');
  await button('Cancel').click();
  await expect.poll(() => standing().textContent()).toMatch(/^3 of 3 rows to run/);
  expect((await fates()).filter((fate) => fate === 'Waiting')).toEqual([]);
  drawing.letGo();
  await button('Run rows').click();
  await all(3);
});

test('a folder that an Import node is given becomes rows in the natural order of names, and what is none is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'triptych-folder-'));
  copyFileSync('public/samples/golden-field.webp', join(folder, 'still 10.webp'));
  copyFileSync('public/samples/night-harbour.webp', join(folder, 'still 2.webp'));
  writeFileSync(join(folder, 'notes.txt'), 'nothing to be seen');
  writeFileSync(join(folder, '.DS_Store'), 'of the system');
  const brought = { type: 'import', version: 1, position: { x: 0, y: 400 }, params: {} };
  await openVases({ nodes: { ...vases.nodes, brought } });
  await link('Editor').click();
  await heading('Import').click();
  await page.getByLabel('Folder of pictures').setInputFiles(folder);
  const notices = page.getByRole('log', { name: 'Notices' });
  await notices.getByText('2 of 3 files are rows of the batch now.').waitFor();
  await notices.getByText(/notes\.txt: /).waitFor();
  await notices.getByRole('button', { name: 'Open the batch' }).click();
  await row(1).getByText('still 2.webp').waitFor();
  await row(2).getByText('still 10.webp').waitFor();
  rmSync(folder, { recursive: true });
});

test('pictures become rows, each with its own; every combination crosses them with another column', async () => {
  const nodes = {
    r: { type: 'reference', version: 1, position: { x: 0, y: 0 }, params: {} },
    loose: { type: 'grade', version: 1, position: { x: 400, y: 300 }, params: {} },
  };
  await openVases({
    nodes: { ...vases.nodes, ...nodes },
    wires: {
      ...vases.wires,
      r: { from: { node: 'r', socket: 'reference' }, to: { node: 'i', socket: 'references' }, order: 0 },
    },
  });
  await page
    .getByLabel('Pictures, a row for each')
    .setInputFiles(['public/samples/golden-field.webp', 'public/samples/night-harbour.webp']);
  await row(2).getByText('night-harbour.webp').waitFor();
  await page.getByLabel('Add column').selectOption('Prompt: colour');
  await typeOver(cell('colour', 1), 'red');
  await typeOver(cell('colour', 2), 'blue');
  await button('Every combination').click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(4);
  await button('Run rows').click();
  await all(4);
  // A picture on the page is named by its content.
  await expect.poll(async () => new Set(await pictures()).size).toBe(4);
  await button('Undo').waitFor({ state: 'detached' });
  await link('Editor').click();
  await button('Undo').click();
  await link('Batch').click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
});

test('runs asked for while one goes on wait in an order one can change, held back or taken out', async () => {
  await openOwnPage();
  await openHero();
  await heading('Seed').click();
  await page.getByRole('radio', { name: 'increment' }).click();
  const drawing = await withhold('sketch');
  await button('Run').click();
  await drawing.isAskedFor();
  await button('Queue another run').click();
  await button('Queue another run').click();
  await page.keyboard.press('Control+Enter');
  await button('Queue: 3').click();
  const queue = page.getByRole('region', { name: 'Queue' });
  await expect.poll(() => queue.getByRole('listitem').count()).toBe(3);
  await queue.getByRole('listitem').last().getByRole('button', { name: 'Run next' }).click();
  await queue.getByRole('listitem').last().getByRole('button', { name: 'Take out of the queue' }).click();
  await queue.getByRole('button', { name: 'Hold' }).click();
  await page.keyboard.press('Escape');
  drawing.letGo();
  await button('Run').waitFor({ timeout: 60_000 });
  await page.getByRole('tab', { name: 'History' }).click();
  const runs = page.locator('.runs').first().locator('li');
  await expect.poll(() => runs.count()).toBe(1);
  await button('Queue: 2').click();
  await queue.getByRole('button', { name: 'Go on' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => runs.count(), { timeout: 60_000 }).toBe(3);
  await expect.poll(() => page.getByRole('button', { name: /^Queue:/ }).count()).toBe(0);
  // The one moved to the front ran with the seed it was asked with, before the one that had waited longer.
  const seeds: string[] = [];
  for (const at of [2, 1, 0]) {
    await runs.nth(at).locator('summary').click();
    seeds.push(
      (await runs.nth(at).getByRole('row', { name: /^Seed/ }).first().getByRole('cell').nth(1).textContent())!.match(
        /seed (\d+)/,
      )![1]!,
    );
  }
  const first = Number(seeds[0]);
  expect(seeds.map(Number)).toEqual([first, first + 3, first + 1]);
});

test('a queue goes on while another graph is open, and its rows do not touch what that one shows', async () => {
  await openOwnPage();
  await openVases();
  await typeOver(page.getByLabel('Times'), '4');
  await button('Repeat with other seeds').click();
  const drawing = await withhold('sketch');
  await button('Run rows').click();
  await drawing.isAskedFor();
  await link('Templates').click();
  await openTemplate('Seed explorer');
  await page.getByRole('button', { name: /^Queue: \d+/ }).waitFor();
  expect(Object.values(await statuses()).every((state) => state === 'idle')).toBe(true);
  await button('Run').click();
  drawing.letGo();
  expect(await ended()).toMatch(/^Done/);
  expect(Object.values(await statuses()).every((state) => state === 'done' || state === 'cached')).toBe(true);
});

test('what one run may spend, all rows of a batch may spend together; the rest is not run and says why', async () => {
  await openOwnPage();
  await priceEngine('0.01');
  await link('Settings').click();
  await setAmount('Most that one run may spend', '0.025');
  await link('Templates').click();
  await openVases();
  await typeOver(page.getByLabel('Times'), '5');
  await button('Repeat with other seeds').click();
  await expect.poll(() => standing().textContent()).toMatch(/^5 of 5 rows to run, at most 5 takes, \$0\.05/);
  await button('Run rows').click();
  await notice('2 rows of the batch were not run.').waitFor({ timeout: 60_000 });
  await expect
    .poll(fates)
    .toEqual([
      'Made',
      'Made',
      expect.stringContaining('budget'),
      expect.stringMatching(/steps to run/),
      expect.stringMatching(/steps to run/),
    ]);
  await expect.poll(() => standing().textContent()).toMatch(/^3 of 5 rows to run, at most 3 takes, \$0\.03/);
  // A row large, and along the rows with the arrows.
  await button('See row 1 large').click();
  const large = page.getByRole('dialog').locator('img');
  const first = await large.getAttribute('src');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => large.getAttribute('src')).not.toBe(first);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => large.getAttribute('src')).toBe(first);
});

test('each row goes on from the picture of the row above; a change at the top is made again all the way down', async () => {
  await openOwnPage();
  const nodes = {
    ...vases.nodes,
    r: { type: 'reference', version: 1, position: { x: 0, y: 700 }, params: { strength: 0.9 } },
  };
  await openVases({
    nodes,
    wires: {
      ...vases.wires,
      r: { from: { node: 'r', socket: 'reference' }, to: { node: 'i', socket: 'references' }, order: 0 },
    },
  });
  await page.getByLabel('Pictures, a row for each').setInputFiles(['public/samples/golden-field.webp']);
  await row(1).getByText('golden-field.webp').waitFor();
  await page.getByLabel('Empty cells of Picture').selectOption({ label: 'Empty: “Image” of the row above' });
  await page.getByLabel('Add column').selectOption('Prompt: colour');
  await button('Row').click();
  await button('Row').click();
  await expect
    .poll(fates)
    .toEqual([expect.stringMatching(/steps to run/), 'Goes on from the row above', 'Goes on from the row above']);
  await button('Run rows').click();
  await all(3);
  await expect.poll(async () => new Set(await pictures()).size).toBe(3);
  const before = await pictures();
  await typeOver(cell('colour', 1), 'blue');
  await expect.poll(() => standing().textContent()).toMatch(/^3 of 3 rows to run/);
  await button('Run row 3').click();
  await expect
    .poll(fates)
    .toEqual([
      expect.anything(),
      expect.anything(),
      expect.stringContaining('has not made its picture. Run the rows from the top.'),
    ]);
  await button('Run rows').click();
  await all(3);
  await expect.poll(async () => new Set([...before, ...(await pictures())]).size).toBe(6);
});

test('from here: the chosen node, what it leads to and what they need, and nothing beside', async () => {
  await openHero();
  await heading('Animate').click();
  await page.keyboard.press('Control+Alt+Enter');
  expect(await ended()).toMatch(/^Done: 10 ran/);
  expect(await statuses()).toMatchObject({
    Animate: 'done',
    'Deliver clip': 'done',
    Image: 'done',
    'Deliver still': 'idle',
  });
});

test('what is said about a table covers none of the buttons that made it', async () => {
  await page.setViewportSize({ width: 820, height: 800 });
  await openFile('vases.triptych.json', JSON.stringify(vases));
  await node('Prompt').waitFor();
  await link('Batch').click();
  for (let times = 1; times <= 4; times++) {
    const rows = Array.from({ length: 12 + times }, (_, at) => `${at},x,y,z`).join('\n');
    const buffer = Buffer.from(`Seed,Who,Where,When\n${rows}`);
    const table = { name: `rows ${times}.csv`, mimeType: 'text/csv', buffer };
    await page.getByLabel('Table file').setInputFiles(table);
    await expect.poll(() => page.locator('.notice').count()).toBe(times);
  }
  await page.getByRole('button', { name: 'Import CSV' }).click({ trial: true, timeout: 5000 });
  await page.getByRole('button', { name: 'Run rows' }).click({ trial: true, timeout: 5000 });
});

test('a row whose gate waits says so, and goes on after the verdict on its own take', async () => {
  const gate = { type: 'gate', version: 1, position: { x: 700, y: 0 }, params: {} };
  const { w3: delivered, ...before } = vases.wires;
  const wires = {
    ...before,
    w3: { ...delivered, to: { node: 'g', socket: 'image' } },
    w4: { ...delivered, from: { node: 'g', socket: 'image' } },
  };
  await openVases({ nodes: { ...vases.nodes, g: gate }, wires });
  await button('colour Prompt').click();
  await typeOver(cell('colour', 1), 'red');
  await page.keyboard.press('Enter');
  await typeOver(cell('colour', 2), 'blue');
  await page.getByRole('radio', { name: 'draft' }).click();
  await expect.poll(() => standing().textContent()).toMatch(/^2 of 2 rows to run/);
  await button('Run rows').click();
  await expect.poll(() => standing().textContent(), { timeout: 60_000 }).toBe('2 of 2 rows waiting for a verdict');
  expect(await fates()).toEqual(['Waits for 1 verdict', 'Waits for 1 verdict']);
  await link('Review').click();
  await page.getByLabel('Settings it was made with').selectOption({ index: 1 });
  await page.keyboard.press('a');
  await page.getByText('accepted', { exact: true }).first().waitFor();
  await link('Batch').click();
  await expect.poll(() => standing().textContent()).toMatch(/^1 of 2 rows to run/);
  await button('Run rows').click();
  await expect.poll(fates, { timeout: 60_000 }).toEqual(['Waits for 1 verdict', 'Made']);
});
