/** Forms, versions, the list, templates of one's own, foreign workflows, another language: each as a person uses it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  button,
  heading,
  node,
  notice,
  openFile,
  openHero,
  openTemplate,
  page,
  run,
  sharePage,
  status,
  statuses,
  untilSaved,
  typeOver,
} from './stage.ts';

sharePage();

const link = (name: string) => page.getByRole('link', { name, exact: true });

test('a graph becomes a form: what is asked for, in which words and order, and what it makes, without a wire', async () => {
  await openHero({}, { form: [] });
  await link('Form').click();
  await page.getByText('This form asks for nothing yet.').waitFor();
  await link('Editor').click();
  await heading('Seed').click();
  await button('Ask for Seed in the form').click();
  await heading('Grade').click();
  await button('Ask for Saturation in the form').click();
  await link('Form').click();
  const inputs = page.getByRole('region', { name: 'What it needs' });
  await inputs.getByLabel('Saturation').first().waitFor();
  await button('Arrange fields').click();
  await typeOver(page.getByLabel('Words for Saturation'), 'How colourful');
  await button('Saturation up').click();
  await button('Done').click();
  await expect.poll(() => inputs.locator('.param__label').allTextContents()).toEqual(['How colourful', 'Seed']);
  await inputs.getByRole('slider').fill('1.3');
  expect(await run()).toMatch(/^Done: 11 ran/);
  const results = page.getByRole('region', { name: 'What it makes' });
  await expect.poll(() => results.locator('video, img').count()).toBe(2);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    results.getByRole('button', { name: 'Download' }).first().click(),
  ]);
  expect(file.suggestedFilename()).toBe('hero-854x480.mp4');
  await link('Editor').click();
  await untilSaved();
  await page.goBack();
  await page.reload();
  await expect.poll(() => inputs.locator('.param__label').allTextContents()).toEqual(['How colourful', 'Seed']);
});

test('versions: what changed is shown and said, one is named, branched, and restored as one step', async () => {
  await openTemplate('Product hero: still to video');
  await heading('Grade').click();
  await typeOver(page.getByLabel('Saturation', { exact: true }), '1.5');
  await untilSaved();
  await heading('Motion').click();
  await page.keyboard.press('Delete');
  await expect.poll(() => node('Motion').count()).toBe(0);
  await untilSaved();
  await page.getByRole('tab', { name: 'History' }).click();
  await link('Timeline and differences').click();
  const timeline = page.getByRole('list', { name: 'Versions, newest first' });
  await timeline.getByText('2 edits: Change Saturation, Delete').waitFor();
  await expect.poll(() => timeline.getByRole('button').count()).toBe(2);
  await page.getByText('The graph is as in this version.').waitFor();
  expect(await button('Restore').count()).toBe(0);
  await timeline.getByRole('button').last().click();
  const changes = page.getByRole('list', { name: 'Changes' });
  expect(await changes.textContent()).toContain('Saturation: 1.06 → 1.5');
  expect(await changes.textContent()).toContain('Motion removed');
  await page.getByRole('img', { name: '0 added, 1 removed, 2 changed' }).waitFor();
  await typeOver(page.getByLabel('Name of this version'), 'As it came');
  await page.keyboard.press('Enter');
  await timeline.getByText('As it came').waitFor();
  const here = page.url();
  await button('Branch').click();
  await node('Motion').waitFor();
  expect(await page.getByLabel('Title of this graph').inputValue()).toBe('Product hero: still to video, branch');
  await page.goto(here);
  await timeline.getByText('As it came').click();
  await button('Restore').click();
  await node('Motion').waitFor();
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Restore version');
  await button('Undo').click();
  await expect.poll(() => node('Motion').count()).toBe(0);
});

test('the list: a whole graph is built, wired and run by keyboard alone', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await page.keyboard.press('Shift+L');
  for (const name of ['Prompt', 'Image', 'Deliver']) {
    await button('Add a node').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Search nodes').waitFor();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name, exact: true }).first().waitFor();
  }
  const wire = async (connect: string, to: string) => {
    await page.getByRole('listitem').getByRole('button', { name: connect }).first().focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type(to);
    await page.keyboard.press('Enter');
  };
  const list = page.getByRole('list', { name: 'Nodes, along the wires' });
  await wire('Connect Prompt to…', 'image prompt');
  await list.getByRole('button', { name: 'Remove the wire Prompt to Image' }).waitFor();
  await wire('Connect Image from…', 'image');
  await list.getByRole('button', { name: 'Remove the wire Image to Deliver' }).waitFor();
  // An input takes one wire: what opened the search is gone, and the keyboard goes on beside it.
  const removal = list.getByRole('button', { name: 'Remove the wire Image from Image' });
  await expect.poll(() => removal.evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await list.getByRole('heading').allTextContents()).toEqual(['Prompt', 'Image', 'Deliver']);
  await list.getByRole('button', { name: 'Prompt', exact: true }).focus();
  await page.keyboard.press('Enter');
  await typeOver(page.getByLabel('Prompt', { exact: true }), 'a lighthouse at dusk');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => status().textContent(), { timeout: 60_000 }).toMatch(/^Done: 3 ran/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+L');
  await expect.poll(async () => Object.values(await statuses())).toEqual(['done', 'done', 'done']);
});

test('nothing deleted is lost at once: a graph comes back, a template of one’s own too', async () => {
  await openTemplate('Seed explorer');
  await run();
  await page.getByText('Save as template').first().click();
  await typeOver(page.getByLabel('Title of the template'), 'My seeds');
  await typeOver(page.getByLabel('Tags of the template'), 'seeds, mine');
  await page.getByRole('button', { name: 'Save as template' }).click();
  await notice('“My seeds” is among your templates.').waitFor();
  await link('Templates').click();
  const own = page.getByRole('article').filter({ has: link('My seeds') });
  await own.locator('img').waitFor();
  expect(await own.textContent()).toContain('mine');
  await own.hover();
  await button('Delete template My seeds').click();
  await expect.poll(() => own.count()).toBe(0);
  await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await own.waitFor();
  const graphs = page.getByRole('article').filter({ has: button('What can be done with Seed explorer') });
  await graphs.hover();
  await button('What can be done with Seed explorer').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect.poll(() => graphs.count()).toBe(0);
  await page.reload();
  await page.getByText('Recently deleted (1)').click();
  await button('Bring back').click();
  await graphs.waitFor();
  await link('My seeds').click();
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe('My seeds');
});

test('export: with results the file opens with its pictures, without notes it has none; neither is taken for a result', async () => {
  await openHero();
  await run();
  const exported = async (results: boolean, notes: boolean) => {
    await button('Export with choices').click();
    await page.getByLabel('Pictures its nodes show now').setChecked(results);
    await page.getByLabel('Notes on the canvas').setChecked(notes);
    const [file] = await Promise.all([page.waitForEvent('download'), button('Export file').click()]);
    return readFileSync((await file.path())!, 'utf8');
  };
  const bare = JSON.parse(await exported(false, false));
  expect([bare.notes, bare.results, bare.media]).toEqual([{}, undefined, undefined]);
  const full = await exported(true, true);
  expect(Object.keys(JSON.parse(full).results).sort()).toEqual(['grade', 'image', 'upscale']);
  await page.evaluate(
    () =>
      new Promise((done) => {
        const gone = indexedDB.deleteDatabase('triptych');
        gone.onsuccess = gone.onblocked = () => done(undefined);
      }),
  );
  await page.goto(page.url().replace(/#.*/, '#/'));
  await page.reload();
  await openFile('with-results.triptych.json', full);
  await node('Grade').locator('img').waitFor();
  await expect.poll(() => status().textContent()).toBe('11 to run, 0 cached');
});

test('a ComfyUI workflow is shown with what each node is here, and is never run', async () => {
  const workflow = {
    version: 0.4,
    nodes: [
      { id: 1, type: 'KSampler', pos: [300, 0], size: [300, 200], widgets_values: [7, 'fixed', 20] },
      { id: 2, type: 'CLIPTextEncode', pos: [0, 0], size: [250, 100], title: '<b>Hello</b>' },
      { id: 3, type: 'NobodyKnowsMe', pos: [0, 200], size: [200, 90] },
    ],
    links: [[1, 2, 0, 1, 1, 'CONDITIONING']],
  };
  await openFile('my workflow.json', JSON.stringify(workflow));
  await page.getByRole('heading', { name: 'my workflow' }).waitFor();
  await page.getByText('3 nodes, 2 of them with a counterpart here').waitFor();
  expect(await page.locator('.comfy__picture path').count()).toBe(1);
  await page.getByRole('heading', { name: 'Has no counterpart (1)' }).waitFor();
  await page.getByRole('button', { name: 'CLIPTextEncode' }).click();
  await page.getByText('In Triptych: Prompt.').waitFor();
  expect(await page.locator('.why strong').textContent()).toBe('<b>Hello</b>');
});

test('a large graph is drawn as an overview below reading zoom: it pans, zooms, selects, and opens where one comes closer', async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 400 }, (_, k) => [
      `n${k}`,
      {
        type: 'prompt',
        version: 1,
        params: { text: `Number ${k}` },
        position: { x: (k % 20) * 300, y: Math.floor(k / 20) * 220 },
      },
    ]),
  );
  await openFile(
    'large.triptych.json',
    JSON.stringify({ format: 'triptych', formatVersion: 2, title: 'Large', nodes, wires: {} }),
  );
  const overview = page.getByRole('img', { name: 'Overview of 400 nodes.' });
  await overview.waitFor();
  expect(await page.locator('[data-node-type]').count()).toBe(0);
  const inked = () =>
    overview.evaluate((canvas: HTMLCanvasElement) =>
      canvas
        .getContext('2d')!
        .getImageData(0, 0, canvas.width, canvas.height)
        .data.some((value, at) => at % 4 === 3 && value > 0),
    );
  expect(await inked()).toBe(true);
  const stage = (await page.getByRole('main', { name: 'Canvas' }).boundingBox())!;
  const middle = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 - 20 };
  const pull = async (from: { x: number; y: number }, by: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + by.x, from.y + by.y, { steps: 5 });
    await page.mouse.up();
  };
  // An area selects what it touches; what is selected is dragged as one, in one step.
  const selected = async () =>
    Number.parseInt((await page.getByRole('toolbar', { name: /selected$/ }).textContent()) ?? '', 10);
  // The middle of the card in column 10, row 10.
  const card = await page.locator('.react-flow__viewport').evaluate((viewport) => {
    const { a: zoom, e: x, f: y } = new DOMMatrix(getComputedStyle(viewport).transform);
    const { left, top } = viewport.closest('.react-flow')!.getBoundingClientRect();
    return { x: left + x + (3000 + 116) * zoom, y: top + y + (2200 + 50) * zoom };
  });
  await page.keyboard.down('Shift');
  await pull({ x: card.x - 60, y: card.y - 60 }, { x: 120, y: 120 });
  await page.keyboard.up('Shift');
  const several = await selected();
  expect(several).toBeGreaterThan(5);
  await pull(card, { x: 40, y: 24 });
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Move');
  expect(await selected()).toBe(several);
  await button('Undo').click();
  await expect.poll(() => button('Undo').isDisabled()).toBe(true);
  await page.mouse.click(card.x, card.y);
  await expect.poll(() => page.getByLabel('Inspector').locator('textarea').first().inputValue()).toBe('Number 210');

  // Bare ground moves the view.
  const view = () =>
    page.locator('.react-flow__viewport').evaluate((viewport) => (viewport as HTMLElement).style.transform);
  const before = await view();
  await pull({ x: stage.x + 12, y: stage.y + stage.height / 2 }, { x: 60, y: 30 });
  await expect.poll(view).not.toBe(before);
  // While it comes closer the cards are one picture; at rest they are sharp again.
  const flow = page.locator('.react-flow');
  await flow.evaluate((element) =>
    new MutationObserver(
      () =>
        (document.body.dataset['scaled'] = getComputedStyle(
          element.querySelector('.react-flow__viewport')!,
        ).willChange),
    ).observe(element, { attributeFilter: ['data-zooming'] }),
  );
  const scaled = () => page.locator('body').getAttribute('data-scaled');
  await page.mouse.dblclick(middle.x, middle.y);
  await expect.poll(scaled, { interval: 10 }).toBe('transform');
  await page.locator('[data-node-type]').first().waitFor();
  await expect.poll(scaled).toBe('auto');
  expect(await overview.count()).toBe(0);
  await page.keyboard.press('f');
  await overview.waitFor();
});

test('the tour is left at any step and stays away', async () => {
  await openTemplate('Seed explorer');
  const tour = page.getByRole('region', { name: 'Tour' });
  await tour.getByText('Three layers').waitFor();
  await tour.getByRole('button', { name: 'Next' }).click();
  await tour.getByText('Run it').waitFor();
  expect(await run()).toMatch(/^Done/);
  await tour.getByRole('button', { name: 'Leave' }).click();
  await page.reload();
  await page.locator('[data-node-type]').first().waitFor();
  expect(await tour.count()).toBe(0);
});

test('German is chosen in the settings and is there on every screen', async () => {
  await link('Settings').click();
  await page.getByRole('combobox', { name: 'Language' }).selectOption('de');
  await page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  await link('Vorlagen').click();
  await link('Seed-Erkundung').click();
  await page.getByRole('button', { name: 'Ausführen', exact: true }).click();
  const bar = page.getByRole('status', { name: 'Ausführen' });
  await expect.poll(() => bar.textContent(), { timeout: 60_000 }).toMatch(/^Fertig: \d+ ausgeführt/);
  await page
    .getByRole('navigation', { name: 'Node-Bibliothek' })
    .getByRole('button', { name: 'Seitenverhältnis' })
    .waitFor();

  // What the engine says in its thread is German too: why a node is stale, and what failed.
  await heading('Prompt').click();
  const text = page.getByLabel('Inspektor').locator('textarea').first();
  const why = () => page.locator('.why').first().textContent();
  await typeOver(text, 'ein Haus');
  await expect.poll(why).toMatch(/^Läuft erneut: Prompt “.*…” → ein Haus\.$/);
  await typeOver(text, '');
  await expect.poll(why).toBe('Der Prompt ist leer. Schreib, was zu sehen sein soll.');
  await page.getByRole('button', { name: 'Ausführen', exact: true }).click();
  await expect.poll(() => page.getByRole('alert').first().textContent()).toContain('Der Prompt ist leer.');
  expect(await page.getByRole('alert').first().textContent()).toContain('Schreib, was zu sehen sein soll.');
});
