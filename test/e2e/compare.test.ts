/** What a graph makes with other values, side by side: a sweep, its takes, and the way back into the graph. */
import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { box } from './pointer.ts';
import { priceEngine, setAmount } from './prices.ts';
import { button, heading, node, notice, openFile, page, run, status, untilSaved, typeOver } from './stage.ts';

const at = (type: string, x: number, y: number, params: object) => ({ type, version: 1, params, position: { x, y } });
const still = {
  format: 'triptych',
  formatVersion: 5,
  title: 'Lake',
  nodes: {
    p: at('prompt', 0, 0, { text: 'a lake at dawn' }),
    s: at('seed', 0, 300, { seed: { mode: 'random', value: 3 } }),
    g: at('guidance', 0, 500, { scale: 7 }),
    a: at('aspect', 0, 700, { frame: '1:1', short: '720' }),
    i: at('image', 400, 0, { megapixels: '0.5' }),
  },
  wires: Object.fromEntries(
    ['p.prompt>i.prompt', 's.seed>i.seed', 'g.guidance>i.guidance', 'a.aspect>i.aspect'].map((wire, order) => {
      const [from, to] = wire.split('>').map((end) => ({ node: end.split('.')[0], socket: end.split('.')[1] }));
      return [`w${order}`, { from, to, order }];
    }),
  ),
};
const standing = () => page.getByRole('status', { name: 'Sweep' });
const cell = (name: string) =>
  page.locator('.cells__table').getByRole('button', { name: new RegExp(`^${name.replaceAll(/[{}]/g, '\\$&')}`) });
const pictures = () => page.locator('.cells__table img').count();
const values = (of: string) => page.getByRole('textbox', { name: `Values of ${of}` });

async function openSweep() {
  await openFile('lake.triptych.json', JSON.stringify(still));
  await node('Image').waitFor();
  await heading('Image').click();
  await button('Sweep params…').click();
  await page.getByRole('heading', { name: 'Compare' }).waitFor();
}

/** Saving is said in the editor. */
const untilSavedHere = async () => {
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await untilSaved();
  await page.goBack();
};

test('three values across and two seeds down are made, found again after a reload, judged, and taken over in one step', async () => {
  await openSweep();
  await page.getByLabel('Param across').selectOption('CFG scale');
  await page.getByLabel('Param down').selectOption('Seed');
  await typeOver(values('CFG scale'), '4, 7, 40');
  await values('CFG scale').press('Enter');
  await page.getByText(/CFG scale.*20/).waitFor();
  await typeOver(values('CFG scale'), '4, 7, 14');
  await values('CFG scale').press('Enter');
  await typeOver(values('Seed'), '3, 11');
  await values('Seed').press('Enter');
  await expect.poll(() => standing().textContent()).toMatch(/^6 of 6 pictures to make, at most 6 takes, \$0\.00/);
  await button('Make them').click();
  await expect.poll(() => standing().textContent(), { timeout: 60_000 }).toBe('All 6 pictures are made.');
  await expect.poll(pictures).toBe(6);

  await untilSavedHere();
  await page.reload();
  await expect.poll(() => standing().textContent()).toBe('All 6 pictures are made.');
  await expect.poll(pictures).toBe(6);
  // By keyboard: to the last of the second line, accepted there.
  await cell('4, 3').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('complementary', { name: 'Chosen: 14, 11' }).waitFor();
  await page.keyboard.press('a');
  await cell('14, 11: accepted').waitFor();
  await cell('4, 3').click();
  await page.keyboard.press('r');
  await button('Composition').click();
  await cell('4, 3: Composition').waitFor();
  await expect.poll(() => standing().textContent()).toBe('5 of 6 pictures made, 1 rejected');

  await cell('14, 11').click();
  await button('Use these values').click();
  await node('Image').waitFor();
  await expect.poll(() => status().textContent()).toMatch(/Nothing to run/);
  await heading('Guidance').click();
  expect(await page.getByRole('textbox', { name: 'CFG scale' }).inputValue()).toBe('14');
  await button('Undo').click();
  await expect.poll(() => page.getByRole('textbox', { name: 'CFG scale' }).inputValue()).toBe('7');
});

test('a value out of range, a param that a wire gives and too many pictures are said; a row that fails lets the others be made', async () => {
  await openSweep();
  await page.getByLabel('Param across').selectOption('Prompt');
  await values('Prompt').fill('a lake\na {{thing}}\na hill');
  await page.getByText('Across').click();
  // What one of them lacks is known before.
  await expect.poll(() => standing().textContent()).toMatch(/^2 of 3 pictures to make/);
  await button('Make them').click();
  await cell('a {{thing}}: The prompt uses {{thing}}, which has no value.').waitFor({ timeout: 60_000 });
  await expect
    .poll(() => standing().textContent(), { timeout: 60_000 })
    .toBe('2 of 3 pictures made; the others cannot be made as they are.');
  await expect.poll(pictures).toBe(2);
  await page.getByLabel('Param down').selectOption('CFG scale');
  await typeOver(page.getByRole('textbox', { name: 'How many values' }), '40');
  await typeOver(page.getByRole('textbox', { name: 'From' }), '1');
  await typeOver(page.getByRole('textbox', { name: 'To', exact: true }), '20');
  await button('Space evenly').click();
  await page.getByText('That would be 120 pictures; a sweep has up to 100.').waitFor();
  await page.keyboard.press('Control+z');
});

test('a price is said for all pictures before, and the cap of a run stops them with a sentence', async () => {
  await priceEngine('0.05');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await setAmount('Most that one run may spend', '0.12');
  await page.getByRole('link', { name: 'Templates', exact: true }).click();
  await openSweep();
  await page.getByLabel('Param across').selectOption('Seed');
  await typeOver(values('Seed'), '101, 102, 103, 104');
  await values('Seed').press('Enter');
  await expect
    .poll(() => standing().textContent())
    .toBe('4 of 4 pictures to make, at most 4 takes, $0.20 A run may cost up to $0.12: it stops there, and says so.');
  await button('Make them').click();
  await notice('1 picture of the sweep was not made.').waitFor({ timeout: 60_000 });
  await cell('103: ').waitFor();
  expect(await cell('103: ').getAttribute('aria-label')).toMatch(/budget/);
  await expect.poll(pictures).toBe(2);
});

/** Whether each canvas shows the frame of its number: level 16 + 9 n of 24 frames, 16 + 18 n of 9 at half the rate. */
const levels = () =>
  page.evaluate(() =>
    ['a', 'b'].map((side) => {
      const canvas = document.querySelector<HTMLCanvasElement>(`[data-side="${side}"] canvas`)!;
      const { data } = canvas.getContext('2d')!.getImageData(canvas.width / 2, canvas.height / 2, 1, 1);
      return data[0]!;
    }),
  );
/** The frames that were drawn, from their levels: those of BT.709 video have 219 steps from 16 on. */
const drawn = async (): Promise<readonly number[]> => {
  const [a, b] = (await levels()) as [number, number];
  const step = 255 / 219;
  return [Math.round(a / (9 * step)), Math.round(b / (18 * step))];
};

test('two clips of another rate, length and size stay in step: by frame, by scrubbing and while they play', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  for (const [name, x, y] of [
    ['numbered-24.mp4', 140, 120],
    ['numbered-12.mp4', 140, 520],
  ] as const) {
    const content = readFileSync(`test/fixtures/${name}`).toString('base64');
    const data = await page.evaluateHandle(
      (given) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(given.content), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], given.name, { type: 'video/mp4' }));
        return transfer;
      },
      { name, content },
    );
    await page.locator('.react-flow__pane').dispatchEvent('drop', { dataTransfer: data, clientX: x + 260, clientY: y });
    await page.locator(`text=${name}`).first().waitFor();
  }
  await expect.poll(() => page.locator('.react-flow__node video').count()).toBe(2);
  await run();
  await page.keyboard.press('Control+a');
  const first = await box(page.locator('.node__head').first());
  await page.mouse.click(first.x + 20, first.y + 8, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Compare results' }).click();
  await page.getByText('another shape, each fitted whole').waitFor();
  await page.getByText('B holds its last frame').waitFor();
  await page.getByText('Frame 1 of 24').waitFor();
  await expect.poll(drawn).toEqual([0, 0]);
  for (const expected of [
    [1, 0],
    [2, 1],
    [3, 1],
  ]) {
    await page.keyboard.press('ArrowRight');
    await expect.poll(drawn).toEqual(expected);
  }
  await page.keyboard.press('ArrowLeft');
  await expect.poll(drawn).toEqual([2, 1]);
  await page.getByRole('slider', { name: 'Frame' }).fill('21');
  await expect.poll(drawn).toEqual([21, 8]);
  await page.keyboard.press('Home');
  await expect.poll(drawn).toEqual([0, 0]);

  // Whatever is looked at while they play is one moment of both.
  await button('Play both (Space)').click();
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        const [a, b] = (await drawn()) as [number, number];
        expect(b).toBe(Math.min(8, Math.floor(a / 2)));
        seen.add(a);
        return seen.size;
      },
      { timeout: 30_000, interval: 20 },
    )
    .toBeGreaterThan(8);
  // One zoom for both.
  const { x, y, width, height } = await box(page.locator('.pair__half[data-side="b"]'));
  await page.mouse.move(x + width / 4, y + height / 2);
  await page.mouse.wheel(0, -120);
  const zooms = () =>
    page.locator('.pair__half canvas').evaluateAll((both) => both.map((canvas) => getComputedStyle(canvas).transform));
  await expect.poll(async () => new Set(await zooms()).size).toBe(1);
  expect((await zooms())[0]).toMatch(/^matrix\(1\.2, 0, 0, 1\.2/);
  await page.keyboard.press('0');
  await expect.poll(async () => (await zooms())[0]).toMatch(/^matrix\(1, 0, 0, 1, 0/);
  await page.keyboard.press('2');
  await expect.poll(() => page.locator('.pair__half[data-side="a"]').isVisible()).toBe(false);
  await page.keyboard.press('d');
  await page.getByRole('group', { name: 'Difference' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.pair').count()).toBe(0);
});

test('a prompt becomes a clip two ways with one click: both are in the graph, in step, measured, with what was spent', async () => {
  const { i: _, ...controls } = still.nodes;
  await openFile(
    'ways.triptych.json',
    JSON.stringify({
      ...still,
      title: 'Two ways',
      nodes: {
        ...controls,
        m: at('motion', 0, 900, { seconds: 0.5, fps: '12' }),
        f: at('film', 400, 0, { size: '360p' }),
      },
      wires: Object.fromEntries(
        ['p.prompt>f.prompt', 's.seed>f.seed', 'a.aspect>f.aspect', 'm.motion>f.motion'].map((wire, order) => {
          const [from, to] = wire.split('>').map((end) => ({ node: end.split('.')[0], socket: end.split('.')[1] }));
          return [`w${order}`, { from, to, order }];
        }),
      ),
    }),
  );
  await node('Film').waitFor();
  await heading('Film').click();
  await button('Text against still').click();
  const ways = page.getByRole('region', { name: 'Text to video against image to video' });
  await ways.getByRole('group', { name: 'Time of both' }).waitFor({ timeout: 90_000 });
  await ways.getByRole('row', { name: /^Drift/ }).waitFor({ timeout: 90_000 });
  await ways.getByText('One pair is one example').waitFor();
  const spent = await ways.getByRole('row', { name: /^Paid/ }).textContent();
  expect(spent).toContain('nothing: it was made on this computer');
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  for (const name of ['Film', 'Image', 'Animate']) await node(name).waitFor();
  await button('Undo').click();
  await expect.poll(() => node('Animate').count()).toBe(0);
});

test('two takes are held against each other in the review, by key, and judged there', async () => {
  await openFile('lake.triptych.json', JSON.stringify(still));
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await page.keyboard.press('r');
  await button('Composition').click();
  await button('Take 2, open').waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await button('Choose take 2').waitFor();
  await page.keyboard.press('s');
  const halves = page.getByRole('slider', { name: 'Take 1 on the left, Take 2 on the right' });
  await halves.fill('80');
  await expect.poll(() => page.locator('[data-side="b"]').getAttribute('style')).toContain('80%');
  await page.keyboard.press('Tab');
  await page.locator('.review h1').click();
  await page.keyboard.press('d');
  await page.getByText(/^On average [\d.]+ of 255 levels$/).waitFor();
  await page.keyboard.press('a');
  await expect.poll(() => button('Accept').getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('g');
  await button('Choose take 2').waitFor();
});
