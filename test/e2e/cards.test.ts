/** What is done on the card of a node itself, by pointer and keyboard: writing, params, takes, files, its look. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { button, heading, node, openFile, page, run, sharePage, untilSaved, typeOver } from './stage.ts';

sharePage();

const at = (x: number, y: number) => ({ position: { x, y }, version: 1 });
const graph = (nodes: object, wires: object = {}) =>
  JSON.stringify({ format: 'triptych', formatVersion: 5, title: 'Cards', nodes, wires });
const from = (source: string, target: string) => ({
  from: { node: source.split('.')[0], socket: source.split('.')[1] },
  to: { node: target.split('.')[0], socket: target.split('.')[1] },
  order: 0,
});
const text = () => page.getByRole('textbox', { name: 'Prompt on the card' });
const inInspector = () => page.getByRole('textbox', { name: 'Prompt', exact: true });
const paneAt = () => page.locator('.react-flow__viewport').getAttribute('style');
const boxOf = async (name: string) => (await node(name).boundingBox())!;

test('a prompt is typed on its card: where it is clicked, without the canvas moving, and undone like in the inspector', async () => {
  await openFile(
    'prompt.triptych.json',
    graph({ p: { type: 'prompt', params: { text: 'a boat' }, ...at(0, 0) }, s: { type: 'seed', ...at(400, 0) } }),
  );
  await node('Prompt').waitFor();
  // A drag that begins on the words moves the card: they are only words until they are clicked.
  const before = await boxOf('Prompt');
  const words = (await text().boundingBox())!;
  await page.mouse.move(words.x + 30, words.y + 14);
  await page.mouse.down();
  await page.mouse.move(words.x + 30, words.y + 114, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await boxOf('Prompt')).y).toBeGreaterThan(before.y + 50);
  expect(await node('Prompt').locator('textarea').count()).toBe(0);

  const after = (await text().boundingBox())!;
  await page.mouse.click(after.x + 10, after.y + 14);
  await node('Prompt').locator('textarea').waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.type('red ');
  await page.keyboard.press('End');
  await page.keyboard.type(' on a lake');
  expect(await text().inputValue()).toBe('red a boat on a lake');
  await expect.poll(() => inInspector().inputValue()).toBe('red a boat on a lake');

  // Wheel and drag inside are the field's own.
  const pane = await paneAt();
  const [place, field] = [await boxOf('Prompt'), (await text().boundingBox())!];
  await page.mouse.move(field.x + 20, field.y + 20);
  await page.mouse.wheel(0, 240);
  await page.mouse.down();
  await page.mouse.move(field.x + 120, field.y + 40, { steps: 5 });
  await page.mouse.up();
  expect(await paneAt()).toBe(pane);
  expect((await boxOf('Prompt')).x).toBe(place.x);

  // The card grows with what is written, and keys stay letters.
  await page.keyboard.press('Control+End');
  await page.keyboard.type(`, ${'m f delete everything '.repeat(6)}`);
  await expect.poll(async () => (await boxOf('Prompt')).height).toBeGreaterThan(place.height);
  await page.keyboard.press('Escape');
  await expect.poll(() => node('Prompt').locator('textarea').count()).toBe(0);
  expect(await node('Prompt').evaluate((card) => card === document.activeElement)).toBe(true);
  await page.keyboard.press('Control+z');
  await expect.poll(() => text().textContent()).toBe('a boat');
});

test('a word that an input method puts together on the card arrives whole', async () => {
  await openFile('ime.triptych.json', graph({ p: { type: 'prompt', params: { text: '' }, ...at(0, 0) } }));
  await text().click();
  const input = await page.context().newCDPSession(page);
  for (const part of ['に', 'にほ', '日本'])
    await input.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length });
  await input.send('Input.insertText', { text: '日本' });
  await input.detach();
  await expect.poll(() => text().inputValue()).toBe('日本');
  await page.keyboard.press('Escape');
  await expect.poll(() => text().textContent()).toBe('日本');
});

test('Tab leads into the text of a card, and on from it', async () => {
  await openFile('tab.triptych.json', graph({ p: { type: 'prompt', params: { text: 'a boat' }, ...at(0, 0) } }));
  await node('Prompt').focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await node('Prompt').locator('textarea').waitFor();
  await page.keyboard.type(' here');
  await expect.poll(() => text().inputValue()).toBe('a boat here');
  await page.keyboard.press('Tab');
  await expect.poll(() => node('Prompt').locator('textarea').count()).toBe(0);
});

test('a picture has its own shape on its card, square as wide, and its takes are walked below it with nothing selected', async () => {
  await openFile(
    'square.triptych.json',
    graph(
      {
        p: { type: 'prompt', params: { text: 'a lake in the hills' }, ...at(0, 0) },
        f: { type: 'aspect', params: { frame: '1:1', short: '720' }, ...at(0, 300) },
        i: { type: 'image', params: { megapixels: '0.5' }, ...at(400, 0) },
        d: { type: 'deliver', ...at(800, 0) },
      },
      { a: from('p.prompt', 'i.prompt'), b: from('f.aspect', 'i.aspect'), c: from('i.image', 'd.image') },
    ),
  );
  const high = (await boxOf('Image')).height;
  expect(await run()).toMatch(/^Done/);
  for (const name of ['Image', 'Deliver']) {
    const image = node(name).locator('.node__preview img');
    await image.waitFor();
    const shown = (await image.boundingBox())!;
    expect(await image.evaluate((one: HTMLImageElement) => one.naturalWidth / one.naturalHeight)).toBe(1);
    expect(shown.width / shown.height).toBeCloseTo(1, 1);
    expect(shown.width / (await boxOf(name)).width).toBeGreaterThan(0.98);
  }
  // It had its room before it came.
  expect((await boxOf('Image')).height).toBe(high);

  await heading('Image').click();
  await page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: 'Another' }).click();
  const walk = node('Image').getByRole('group', { name: 'Takes of Image' });
  await expect.poll(() => walk.textContent(), { timeout: 60_000 }).toBe('2 / 2');
  await page.locator('.react-flow__pane').click({ position: { x: 12, y: 60 } });
  const source = () => node('Image').locator('.node__preview img').getAttribute('src');
  const second = await source();
  await walk.getByRole('button', { name: 'Take before' }).click();
  await expect.poll(() => walk.textContent()).toBe('1 / 2');
  await expect.poll(source).not.toBe(second);
  expect(await node('Image').getAttribute('data-selected')).toBe('false');
  expect(await walk.getByRole('button', { name: 'Take before' }).getAttribute('aria-disabled')).toBe('true');
  await walk.getByRole('button', { name: 'Take after' }).click();
  await expect.poll(() => walk.textContent()).toBe('2 / 2');
  await expect.poll(source).toBe(second);
  // A verdict is about the take that is looked at.
  await walk.getByRole('button', { name: 'Take before' }).click();
  await heading('Image').click();
  await page.keyboard.press('a');
  await expect.poll(() => node('Image').locator('.node__verdict').textContent()).toBe('accepted');
  expect(await walk.textContent()).toBe('1 / 2');
});

test('params are set on the card: those put there from the inspector, and all of them while it is unfolded', async () => {
  await openFile(
    'params.triptych.json',
    graph({
      i: { type: 'image', ...at(0, 0) },
      g: { type: 'guidance', ...at(400, 0) },
      s: { type: 'seed', ...at(800, 0) },
    }),
  );
  await heading('Guidance').click();
  await button('Set CFG scale on the card').click();
  const scale = node('Guidance').getByRole('group', { name: 'CFG scale on the card' }).getByRole('textbox');
  await typeOver(scale, '9');
  await expect.poll(() => page.getByRole('textbox', { name: 'CFG scale', exact: true }).last().inputValue()).toBe('9');
  await heading('Seed').click();
  await button('Set Seed on the card').click();
  await typeOver(node('Seed').getByRole('group', { name: 'Seed on the card' }).getByRole('textbox'), '4711');

  const folded = await boxOf('Image');
  await node('Image').getByRole('button', { name: 'Unfold the params of Image' }).click();
  await expect.poll(async () => (await boxOf('Image')).height).toBeGreaterThan(folded.height);
  await node('Image').getByRole('group', { name: 'Tier on the card' }).getByRole('combobox').selectOption('budget');
  await untilSaved();
  await page.reload();
  await node('Image').waitFor();
  expect(await node('Image').getByRole('group', { name: 'Tier on the card' }).getByRole('combobox').inputValue()).toBe(
    'budget',
  );
  expect(await scale.inputValue()).toBe('9');
  expect(await node('Seed').getByRole('group', { name: 'Seed on the card' }).getByRole('textbox').inputValue()).toBe(
    '4711',
  );
  await node('Image').getByRole('button', { name: 'Fold the params of Image' }).click();
  await expect.poll(async () => (await boxOf('Image')).height).toBe(folded.height);
  await button('Undo').click();
  await expect.poll(async () => (await boxOf('Image')).height).toBeGreaterThan(folded.height);
});

test('a card is made wider by its corner, coloured, collapsed and named; copies and the next visit have it all', async () => {
  await openFile(
    'looks.triptych.json',
    graph(
      { p: { type: 'prompt', ...at(0, 0) }, i: { type: 'image', ...at(500, 0) } },
      { w: from('p.prompt', 'i.prompt') },
    ),
  );
  await heading('Image').click();
  const zoom = async () => Number(/scale\(([\d.]+)\)/.exec((await paneAt())!)![1]);
  const before = await boxOf('Image');
  const corner = (await node('Image').locator('.card-width').boundingBox())!;
  await page.mouse.move(corner.x + corner.width / 2, corner.y + corner.height / 2);
  await page.mouse.down();
  await page.mouse.move(corner.x + 100, corner.y + 4, { steps: 8 });
  await page.mouse.up();
  await expect.poll(async () => (await boxOf('Image')).width).toBeGreaterThan(before.width + 60);
  // The picture keeps its shape: a wider card is a higher one. The wire's end stays where the socket is.
  const wider = await boxOf('Image');
  expect(wider.height).toBeGreaterThan(before.height + 20);
  expect(wider.x).toBe(before.x);
  await button('Undo').click();
  await expect.poll(async () => (await boxOf('Image')).width).toBe(before.width);
  await button('Redo').click();
  await expect.poll(async () => (await boxOf('Image')).width).toBe(wider.width);

  await page.getByRole('radio', { name: 'violet' }).click();
  await expect.poll(() => node('Image').getAttribute('data-colour')).toBe('violet');
  await heading('Image').locator('.node__title').dblclick();
  await page.getByRole('textbox', { name: 'Name of this node' }).first().waitFor();
  await page.keyboard.type('Hero');
  await page.keyboard.press('Escape');
  await node('Image').waitFor();
  await page.keyboard.press('F2');
  await node('Image').locator('.node__name').waitFor();
  await page.keyboard.type('Hero');
  await page.keyboard.press('Enter');
  await node('Hero').waitFor();
  expect(await node('Hero').evaluate((card) => card === document.activeElement)).toBe(true);

  const whole = await boxOf('Hero');
  await page.keyboard.press('Shift+C');
  await expect.poll(async () => (await boxOf('Hero')).height).toBeLessThan(whole.height);
  expect(await node('Hero').locator('.node__preview').count()).toBe(0);
  expect(await node('Hero').locator('.socket').count()).toBe(7);
  await page.keyboard.press('Control+d');
  await expect.poll(() => page.locator('[data-node-type="image"]').count()).toBe(2);
  const looks = () =>
    page
      .locator('[data-node-type="image"]')
      .evaluateAll((cards) =>
        cards.map((card) => [
          card.getAttribute('aria-label'),
          card.getAttribute('data-colour'),
          card.clientWidth,
          card.querySelector('.node__preview') === null,
        ]),
      );
  const [one, other] = await looks();
  expect(one).toEqual(other);
  expect(one!.slice(0, 2)).toEqual(['Hero', 'violet']);
  await untilSaved();
  await page.reload();
  await node('Hero').first().waitFor();
  expect(await looks()).toEqual([one, other]);
  expect(await zoom()).toBeGreaterThan(0);
});

test('a picture is chosen, dropped and pasted on the card that waits for it, and no other node is made', async () => {
  const three = {
    a: { type: 'reference', ...at(0, 0) },
    b: { type: 'import', ...at(400, 0) },
    c: { type: 'reference', title: 'Third', ...at(800, 0) },
  };
  await openFile('files.triptych.json', graph(three));
  const picture = 'public/samples/studio-bottle.webp';
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    node('Reference').getByRole('button', { name: 'Choose a file…' }).click(),
  ]);
  await chooser.setFiles(picture);
  await node('Reference').locator('.node__preview img').waitFor();

  const bytes = readFileSync(picture).toString('base64');
  const data = await page.evaluateHandle((base64) => {
    const transfer = new DataTransfer();
    const content = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!);
    transfer.items.add(new File([content], 'bottle.webp', { type: 'image/webp' }));
    return transfer;
  }, bytes);
  const place = node('Import').locator('.fileplace');
  await place.dispatchEvent('dragover', { dataTransfer: data });
  await expect.poll(() => place.getAttribute('data-over')).toBe('true');
  await place.dispatchEvent('drop', { dataTransfer: data });
  await node('Import').locator('.node__preview img').waitFor();

  await heading('Third').click();
  await page.evaluate(
    (transfer) =>
      document.activeElement!.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      ),
    data,
  );
  await node('Third').locator('.node__preview img').waitFor();
  expect(await page.locator('[data-node-type]').count()).toBe(3);
  // Once more: this one has its picture, so another card is made.
  await page.evaluate(
    (transfer) =>
      document.activeElement!.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }),
      ),
    data,
  );
  await expect.poll(() => page.locator('[data-node-type]').count()).toBe(4);
});

test('at fit on 1280 every title can be read, no text is smaller than 9 px, and the overview takes over before it would be', async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const templates = ['storyboard', 'seed-explorer', 'product-hero'];
  const goHome = () => page.getByRole('link', { name: 'Templates', exact: true }).click();
  for (const name of templates) {
    await openFile(`${name}.triptych.json`, readFileSync(`public/templates/${name}.triptych.json`, 'utf8'));
    await page.locator('.node').first().waitFor();
    await page.keyboard.press('f');
    const sizes = () =>
      page.evaluate(() => {
        const zoom = new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')!).transform).a;
        const texts: number[] = [];
        for (const element of document.querySelectorAll<HTMLElement>('.node *')) {
          const own = [...element.childNodes].some((child) => child.nodeType === 3 && child.textContent!.trim() !== '');
          if (own && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
            texts.push(Number.parseFloat(getComputedStyle(element).fontSize) * zoom);
        }
        return { least: Math.min(...texts), titles: document.querySelectorAll('.node__title').length };
      });
    await expect.poll(async () => (await sizes()).least, { message: name }).toBeGreaterThanOrEqual(8.95);
    expect((await sizes()).titles).toBeGreaterThan(5);
    await goHome();
  }
  await openFile('film.triptych.json', readFileSync('public/templates/character-film.triptych.json', 'utf8'));
  await page.locator('.react-flow').waitFor();
  await page.keyboard.press('f');
  await page.locator('canvas.overview').waitFor();
  expect(await page.locator('.node').count()).toBe(0);
  await page.setViewportSize({ width: 1500, height: 940 });
});
