/** The real app in a real Chromium, used as a person would: mouse, keyboard, files. */
import { readFileSync } from 'node:fs';
import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny';
import { expect, test } from 'vitest';
import { button, context, download, ended, fileWith, heading, node, notice, openFile, openTemplate, page, run, server, startServer, status, statuses, violations } from './stage.ts';

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
  const decoded = await page.evaluate(async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(8, 8).getContext('2d')!;
    canvas.drawImage(bitmap, 0, 0, 8, 8);
    return { width: bitmap.width, height: bitmap.height, colours: new Set(canvas.getImageData(0, 0, 8, 8).data).size };
  }, [...still.bytes]);
  expect(decoded).toMatchObject({ width: 1920, height: 1080 });
  expect(decoded.colours).toBeGreaterThan(20);
  const video = node('Animate').locator('video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0);

  expect(await run()).toMatch(/^Done: 0 ran, 11 from the cache/);

  await heading('Grade').click();
  await page.getByLabel('Saturation', { exact: true }).fill('1.4');
  await expect.poll(() => status().textContent()).toBe('4 to run, 7 cached');
  await expect.poll(() => node('Animate').locator('.node__state--stale').getAttribute('title')).toContain('upstream: Grade');
  await expect.poll(() => page.locator('.why').textContent()).toBe('Will run again: Saturation 1.06 → 1.4.');
  expect(await run()).toMatch(/^Done: 4 ran, 7 from the cache/);

  await expect.poll(() => button('Undo').getAttribute('title')).toBe('Undo: Change Saturation');
  await page.waitForTimeout(700);
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
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toMatch(/^Product hero: still to video \(/);
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await heading('Grade').click();
  expect(await page.getByLabel('Saturation', { exact: true }).inputValue()).toBe('1.06');
});

test('cancel stops the run; the next one finishes what is missing', async () => {
  await openTemplate('Product hero: still to video');
  await button('Run').click();
  await expect.poll(() => node('Animate').getAttribute('data-status'), { timeout: 60_000, interval: 20 }).toBe('running');
  await button('Cancel').click();
  expect(await ended()).toMatch(/^Cancelled: \d+ ran/);
  expect((await statuses())['Deliver clip']).toBe('idle');
  expect(await run()).toMatch(/^Done: [23] ran, [89] from the cache/);
});

test('a task thread that dies in the middle fails its node with a sentence; the rest goes on, and the next run is whole', async () => {
  await openTemplate('Product hero: still to video');
  await button('Run').click();
  await expect.poll(() => node('Animate').getAttribute('data-status'), { timeout: 60_000, interval: 20 }).toBe('running');
  const workers = page.workers().filter((worker) => worker.url().includes('task.worker'));
  expect(workers.length).toBeGreaterThan(0);
  for (const worker of workers) await worker.evaluate(() => self.close());
  expect(await ended()).toMatch(/^Failed/);
  expect(await node('Animate').getByRole('alert').textContent()).toContain('The thread that ran this step stopped unexpectedly.');
  expect(await run()).toMatch(/^Done/);
});

test('a run cut off by closing the page is offered again, and goes on from what was finished', async () => {
  await openTemplate('Product hero: still to video');
  await button('Run').click();
  await expect.poll(() => node('Animate').getAttribute('data-status'), { timeout: 60_000, interval: 20 }).toBe('running');
  // What has finished is written a few times a second.
  await page.waitForTimeout(300);
  await page.reload();
  await button('Resume').click();
  expect(await ended()).toMatch(/^Done: [1-4] ran/);
  expect(await button('Resume').count()).toBe(0);
});

test('build a graph by keyboard and mouse: search, drop a wire, refuse what does not fit, undo, delete, mute', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await page.locator('.react-flow__pane').click({ position: { x: 300, y: 300 } });
  await page.keyboard.press('Space');
  await page.getByLabel('Search nodes').fill('prompt');
  await page.keyboard.press('Enter');
  await node('Prompt').waitFor();
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('a red boat on a lake');

  // A wire dropped on the canvas offers only what fits.
  const socket = async (name: string, label: string) => (await node(name).locator(`.socket[title^="${label} ("]`).boundingBox())!;
  const from = await socket('Prompt', 'Prompt');
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 180, from.y + 160, { steps: 8 });
  await page.mouse.up();
  const offered = await page.getByRole('option').allTextContents();
  expect(offered.map((text) => text.split(/(?=[A-Z])/)[0]).sort()).toEqual(['Animate', 'Film', 'Image']);
  await page.getByRole('option', { name: /^Image/ }).click();
  await node('Image').waitFor();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);

  // Prompt into Seed is refused, with the reason while the wire hovers.
  const [start, wrong] = [await socket('Prompt', 'Prompt'), await socket('Image', 'Seed')];
  await page.mouse.move(start.x + 6, start.y + 6);
  await page.mouse.down();
  await page.mouse.move(wrong.x + 6, wrong.y + 6, { steps: 10 });
  await expect.poll(() => page.locator('.refusal').textContent()).toBe('Prompt does not fit into Seed: it takes a seed, not a prompt.');
  await page.mouse.up();
  await page.keyboard.press('Escape');
  expect(await page.locator('.react-flow__edge').count()).toBe(1);

  expect(await run()).toMatch(/^Done: 2 ran/);
  await node('Image').locator('img').waitFor();
  await heading('Image').click();
  await page.keyboard.press('m');
  await expect.poll(() => node('Image').getAttribute('data-status')).toBe('muted');
  await page.keyboard.press('Control+z');
  await expect.poll(() => node('Image').getAttribute('data-status')).not.toBe('muted');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+d');
  await expect.poll(() => page.locator('[data-node-type]').count()).toBe(4);
  await page.keyboard.press('Delete');
  await expect.poll(() => page.locator('[data-node-type]').count()).toBe(2);
  await page.keyboard.press('Control+z');
  await expect.poll(() => page.locator('[data-node-type]').count()).toBe(4);
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(2);

  // One drag is one step.
  const before = (await node('Prompt').first().boundingBox())!;
  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 500 } });
  await page.mouse.move(before.x + 60, before.y + 12);
  await page.mouse.down();
  await page.mouse.move(before.x - 60, before.y - 90, { steps: 12 });
  await page.mouse.up();
  await expect.poll(() => button('Undo').getAttribute('title')).toBe('Undo: Move');
  await button('Undo').click();
  expect(await button('Undo').getAttribute('title')).toBe('Undo: Delete'.replace('Delete', 'Duplicate'));
});

test('a picture becomes a reference; what is no picture, is cut short or is enormous says so', async () => {
  await openTemplate('Seed explorer');
  await page.keyboard.press('Control+s').catch(() => {});
  const drop = async (name: string, type: string, bytes: number[]) => {
    const data = await page.evaluateHandle(({ fileName, mime, content }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(content)], fileName, { type: mime }));
      return transfer;
    }, { fileName: name, mime: type, content: bytes });
    await page.locator('.react-flow__pane').dispatchEvent('drop', { dataTransfer: data, clientX: 500, clientY: 200 });
  };
  await drop('notes.txt', 'text/plain', [...Buffer.from('this is certainly not a picture, sorry')]);
  await notice('notes.txt: This is a table or a list: the Batch page of a graph reads it.').waitFor();
  await drop('huge.png', 'image/png', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20, 8, 6]);
  await notice('huge.png: This picture is 20000 × 20000 pixels, more than can be opened.').waitFor();
  const png = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext('2d')!.fillRect(8, 8, 30, 30);
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
  });
  await drop('cut.png', 'image/png', png.slice(0, 60));
  await notice('cut.png: This picture cannot be read to its end.').waitFor();
  await drop('fine.png', 'image/png', png);
  await node('Reference').waitFor();
  await expect.poll(() => page.getByText('64 × 48').count()).toBe(1);

  // The graph file carries the picture; one that lies about it does not put it in another's place.
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
  const text = readFileSync((await saved.path())!, 'utf8');
  const [hash] = Object.keys(JSON.parse(text).media);
  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile('forged.triptych.json', text.replaceAll(hash!, 'e'.repeat(64)));
  await notice('fine.png is not quite the same picture in this browser').waitFor();
  await node('Reference').waitFor();
  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile('whole.triptych.json', text);
  await node('Reference').waitFor();
  await heading('Reference').click();
  await page.locator('.drop img').waitFor();
});

test('files: newer, foreign and damaged ones are refused in words; unknown nodes stay as placeholders and the rest runs', async () => {
  await openFile('a.json', 'certainly not json');
  await notice('This file is not JSON, so it is not a Triptych graph.').waitFor();
  await openFile('b.json', '{"format":"triptych","formatVersion":9,"nodes":{},"wires":{}}');
  await notice('This graph was made by a newer Triptych').waitFor();
  const odd = JSON.parse(readFileSync('public/templates/seed-explorer.triptych.json', 'utf8'));
  odd.nodes.extra = { type: 'hologram', version: 3, params: { keep: 'me' }, position: { x: 0, y: -300 } };
  await openFile('c.triptych.json', JSON.stringify(odd));
  await node('hologram').waitFor();
  expect(await node('hologram').textContent()).toContain('kept as it is');
  expect(await run()).toMatch(/^Failed: 14 ran, 0 from the cache, 1 failed/);
  const [file] = await Promise.all([page.waitForEvent('download'), button('Export').click()]);
  expect(JSON.parse(readFileSync((await file.path())!, 'utf8')).nodes.extra).toEqual(odd.nodes.extra);
});

test('what a file lost or changed on its way in is told line by line', async () => {
  const nodes = Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`n${k}`, { type: 'guidance', version: 1, params: { scale: 900 + k }, position: { x: 0, y: k * 100 } }]));
  await openFile('odd.triptych.json', JSON.stringify({ format: 'triptych', formatVersion: 2, title: 'Odd', nodes, wires: {} }));
  await notice('Opened with 9 changes.').waitFor();
  await page.getByText('What exactly').click();
  await expect.poll(() => page.locator('.notice li').count()).toBe(9);
  expect(await page.locator('.notice li').first().textContent()).toContain('CFG scale must be between 1 and 20');
});

test('a second tab on the same graph opens read-only and follows along', async () => {
  await openTemplate('Seed explorer');
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText('Open in another tab, view only').waitFor();
  await page.getByLabel('Title of this graph').fill('Renamed here');
  await expect.poll(() => second.getByLabel('Title of this graph').inputValue(), { timeout: 10_000 }).toBe('Renamed here');
  expect(await second.getByRole('button', { name: 'Run', exact: true }).isDisabled()).toBe(true);
});

const templates = (JSON.parse(readFileSync('public/templates/index.json', 'utf8')) as { id: string }[]).map(({ id }) => id);
/** The first test runs the product hero. */
test.each(templates.filter((id) => id !== 'product-hero'))('the template %s runs from its link', async (id) => {
  await page.goto(`${server.url}#/t/${id}`);
  await page.locator('[data-node-type]').first().waitFor();
  await expect.poll(() => status().textContent()).toMatch(/to run/);
  await page.getByRole('radio', { name: 'draft' }).click();
  expect(await run()).toMatch(/^Done: \d+ ran/);
  await expect.poll(() => page.url()).toMatch(/#\/g\/g\w+/);
});

/** By hand: the built-in engine at an own price of $0.05; two takes rejected at speed, one accepted at cinematic; time costs nothing. 3 × $0.05 over 1 accepted = $0.15. */
test('the whole loop: run, reject twice, cap, escalate, accept; the audit has it to the cent; a reload keeps it; a replay verifies it', async () => {
  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByLabel('Search models').fill('Built-in');
  await expect.poll(() => page.getByRole('status', { name: 'Models found' }).textContent()).toBe('1 model');
  await page.getByRole('button', { name: /^Price of Built-in engine/ }).click();
  await page.getByLabel('Dollars').fill('0.05');
  await button('Use').click();
  await page.getByText('your own ×').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  for (const label of ['An hour of this machine', 'An hour of a person']) {
    await page.getByLabel(label).fill('0');
    await page.getByLabel(label).press('Enter');
  }
  await page.getByLabel('Most that one run may spend').fill('nonsense');
  await page.getByLabel('Most that one run may spend').press('Enter');
  await page.getByRole('alert').getByText('is not an amount').waitFor();

  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Edit as a draft').click();
  await page.getByLabel('Cap: text to image, speed').fill('0');
  await page.getByText('a cap of 0 allows no take').waitFor();
  expect(await button('Publish').isDisabled()).toBe(true);
  await page.getByLabel('Cap: text to image, speed').fill('2');
  await page.getByLabel('What changed and why').fill('Two takes are enough here.');
  await button('Publish').click();
  await page.getByText('Version 2, published').waitFor();

  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile('loop.triptych.json', JSON.stringify({
    format: 'triptych', formatVersion: 1, title: 'Loop',
    nodes: { p: { type: 'prompt', version: 1, params: { text: 'a lighthouse at dusk' }, position: { x: 0, y: 0 } }, s: { type: 'seed', version: 1, params: { seed: { mode: 'increment', value: 4 } }, position: { x: 0, y: 200 } }, i: { type: 'image', version: 1, params: { megapixels: '0.5' }, position: { x: 320, y: 0 } } },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 }, b: { from: { node: 's', socket: 'seed' }, to: { node: 'i', socket: 'seed' }, order: 0 } },
  }));
  await node('Image').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toContain('$0.05');
  expect(await run()).toMatch(/^Done: 3 ran/);
  await heading('Image').click();
  const takes = page.getByRole('region', { name: 'Takes' });
  const fates = () => takes.getByRole('button', { name: /^Take \d/ }).evaluateAll((chips) => chips.map((chip) => chip.getAttribute('aria-label')));
  await expect.poll(fates).toEqual(['Take 1, open']);
  await page.keyboard.press('r');
  await button('Composition').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  await page.keyboard.press('r');
  await page.getByLabel('Another reason').fill('The tower leans');
  await page.keyboard.press('Enter');
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, rejected']);
  await page.getByRole('group', { name: 'At the cap' }).waitFor();
  await page.keyboard.press('u');
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await page.keyboard.press('r');
  await button('Light or colour').click();
  await page.getByRole('group', { name: 'At the cap' }).waitFor();
  // At the cap a run sends nothing and says why.
  expect(await run()).toMatch(/^Failed/);
  expect(await page.getByRole('alert').first().textContent()).toContain('all 2 takes are used');
  await button('Escalate to cinematic').click();
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  await expect.poll(fates).toEqual(['Take 1, open']);
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted']);

  await page.getByRole('link', { name: 'Audit' }).click();
  await expect.poll(() => page.getByRole('region', { name: 'What if' }).getByRole('combobox').count()).toBe(3);
  const cells = (row: string) => page.getByRole('table', { name: 'By tier' }).getByRole('row', { name: new RegExp(`^${row}`) }).getByRole('cell').allTextContents();
  await expect.poll(() => cells('speed')).toEqual(['speed', '2', '0', '2', '0', '2', '0 %', '–', '$0.10', '$0.00', '$0.00', '$0.00', '$0.10', 'nothing accepted yet, spent $0.10']);
  expect(await cells('cinematic')).toEqual(['cinematic', '1', '1', '0', '0', '1', '100 %', '1.0', '$0.05', '$0.00', '$0.00', '$0.00', '$0.05', '$0.05']);
  expect(await page.locator('.tile').first().textContent()).toBe('Cost per accepted deliverable$0.151 accepted');

  await page.reload();
  await expect.poll(() => cells('speed').then((row) => row.at(-1))).toBe('nothing accepted yet, spent $0.10');
  await page.goBack();
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done: 1 ran, 2 from the cache/);
  await page.getByRole('tab', { name: 'History' }).click();
  const past = page.locator('.runs details').nth(1);
  await past.locator('summary').click();
  await past.getByRole('button', { name: 'Replay and verify' }).click();
  await expect.poll(() => past.getByRole('status', { name: 'Replay' }).textContent(), { timeout: 30_000 }).toContain('Image');
  expect(await past.getByRole('status', { name: 'Replay' }).getByRole('row', { name: /^Image/ }).textContent()).toBe('Imageidentical');
});

test('acceptance criteria reject by themselves up to their cap; the checklist mends a graph with one click and one undo step', async () => {
  await openFile('strict.triptych.json', JSON.stringify({
    format: 'triptych', formatVersion: 1, title: 'Strict',
    nodes: { p: { type: 'prompt', version: 1, params: { text: 'a lake in fog' }, position: { x: 0, y: 0 } }, s: { type: 'seed', version: 1, params: { seed: { mode: 'random', value: 4 } }, position: { x: 0, y: 180 } }, c: { type: 'acceptance', version: 1, params: { cap: 3, sharpness: 99 }, position: { x: 0, y: 360 } }, i: { type: 'image', version: 1, params: { megapixels: '0.5' }, position: { x: 320, y: 0 } }, d: { type: 'deliver', version: 1, params: {}, position: { x: 640, y: 0 } } },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 }, b: { from: { node: 's', socket: 'seed' }, to: { node: 'i', socket: 'seed' }, order: 0 }, c: { from: { node: 'c', socket: 'acceptance' }, to: { node: 'i', socket: 'acceptance' }, order: 0 }, d: { from: { node: 'i', socket: 'image' }, to: { node: 'd', socket: 'image' }, order: 0 } },
  }));
  await node('Image').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toContain('1 to 3 takes');
  expect(await run()).toMatch(/^Failed/);
  await heading('Image').click();
  const chips = page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: /^Take \d/ });
  await expect.poll(() => chips.evaluateAll((all) => all.map((chip) => chip.getAttribute('aria-label')))).toEqual(['Take 1, rejected', 'Take 2, rejected', 'Take 3, rejected']);
  expect(await page.locator('.take').first().getAttribute('title')).toMatch(/Sharpness \d+(\.\d+)? \(at least 99\)/);
  // The seed has moved on, but the cap has not: nothing rejected is ever passed off as a result.
  expect(await run()).toMatch(/^Failed/);
  await expect.poll(() => chips.count()).toBe(3);
  // A person may accept what the criteria rejected: on the Review page, with the first take chosen.
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await button('Choose take 2').click();
  await page.keyboard.press('a');
  await page.getByRole('article', { name: 'Take 2, accepted' }).waitFor();
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  expect(await run()).toMatch(/^Done/);

  await page.getByRole('tab', { name: /Checklist/ }).click();
  const rule = page.locator('.checklist li').filter({ hasText: 'Seed not locked in delivery' });
  await rule.getByRole('button', { name: 'Lock the seed' }).click();
  await expect.poll(() => rule.count()).toBe(0);
  await expect.poll(() => button('Undo').getAttribute('title')).toBe('Undo: Lock the seed');
  await button('Undo').click();
  await expect.poll(() => rule.count()).toBe(1);
});

test('hands: a node dropped on a wire goes in, Alt-drag copies, Shift+Backspace heals, the palette runs commands', async () => {
  await openFile('hands.triptych.json', JSON.stringify({
    format: 'triptych', formatVersion: 1, title: 'Hands',
    nodes: { p: { type: 'prompt', version: 1, params: {}, position: { x: 0, y: 0 } }, i: { type: 'image', version: 1, params: {}, position: { x: 320, y: 0 } }, d: { type: 'deliver', version: 1, params: {}, position: { x: 960, y: 0 } }, g: { type: 'grade', version: 1, params: {}, position: { x: 620, y: 420 } } },
    wires: { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 }, b: { from: { node: 'i', socket: 'image' }, to: { node: 'd', socket: 'image' }, order: 0 } },
  }));
  const place = async () => JSON.stringify(await node('Grade').boundingBox());
  // The view is fitted once the cards are there; gestures begin when it stands still.
  await expect.poll(async () => (await place()) === (await page.waitForTimeout(120).then(place))).toBe(true);
  const wires = () => page.locator('.react-flow__edge').count();
  const centre = async (of: ReturnType<typeof page.locator>) => {
    const box = (await of.boundingBox())!;
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 });
    await page.mouse.move(to.x, to.y, { steps: 6 });
    await page.mouse.up();
  };
  const [image, deliver] = [await centre(page.locator('[data-node-id=i] .socket[data-handleid=image]')), await centre(page.locator('[data-node-id=d] .socket[data-handleid=image]'))];
  const middle = { x: (image.x + deliver.x) / 2, y: (image.y + deliver.y) / 2 };
  await drag(await centre(heading('Grade')), middle);
  await expect.poll(wires).toBe(3);
  await expect.poll(() => button('Undo').getAttribute('title')).toBe('Undo: Insert into wire');

  await page.locator('.react-flow__pane').click({ position: { x: 20, y: 20 } });
  await heading('Grade').click();
  await page.keyboard.press('Shift+Backspace');
  await expect.poll(wires).toBe(2);
  await expect.poll(() => node('Grade').count()).toBe(0);
  await button('Undo').click();
  await expect.poll(wires).toBe(3);

  await page.keyboard.down('Alt');
  const prompt = await centre(heading('Prompt'));
  await drag(prompt, { x: prompt.x + 40, y: prompt.y + 260 });
  await page.keyboard.up('Alt');
  await expect.poll(() => node('Prompt').count()).toBe(2);
  await expect.poll(wires).toBe(3);

  // Alt at the drop leaves the wire alone; Alt only at the start puts a copy into it.
  const onWire = async (which: string, alt: 'start' | 'drop') => {
    const [from, to] = [await centre(page.locator('[data-node-id=g] .socket[data-handleid=image]').last()), await centre(page.locator('[data-node-id=d] .socket[data-handleid=image]'))];
    const begin = await centre(heading(which).last());
    if (alt === 'start') await page.keyboard.down('Alt');
    await page.mouse.move(begin.x, begin.y);
    await page.mouse.down();
    await page.mouse.move(begin.x + 30, begin.y + 8, { steps: 4 });
    await page.keyboard[alt === 'start' ? 'up' : 'down']('Alt');
    await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 8 });
    await page.mouse.up();
    if (alt === 'drop') await page.keyboard.up('Alt');
  };
  await page.keyboard.press('Tab');
  await page.getByLabel('Search nodes').fill('grain');
  await page.keyboard.press('Enter');
  await node('Grain').waitFor();
  await onWire('Grain', 'drop');
  await expect.poll(() => button('Undo').getAttribute('title')).toBe('Undo: Move');
  await expect.poll(wires).toBe(3);
  await button('Undo').click();
  await onWire('Grain', 'start');
  await expect.poll(() => node('Grain').count()).toBe(2);
  await expect.poll(wires).toBe(4);

  await page.keyboard.press('Control+k');
  await page.getByLabel('Search commands').fill('select all');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-selected=true]').count()).toBe(7);
  await page.keyboard.press('Control+k');
  expect(await page.getByRole('option').first().textContent()).toContain('Select all');
  await page.keyboard.press('Escape');
});

test.each(['light', 'dark'] as const)('axe finds nothing on any screen, %s', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  const found: string[] = [];
  const check = async (screen: string) => void found.push(...(await violations()).map((violation) => `${screen}: ${violation}`));
  await page.getByText('Your graphs').waitFor();
  await check('gallery');
  await openTemplate('Social cut-downs in five aspects');
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await page.getByRole('region', { name: 'Takes' }).waitFor();
  await check('editor');
  await page.getByRole('tab', { name: /Checklist/ }).click();
  await check('checklist');
  await page.getByRole('tab', { name: 'History' }).click();
  await check('history');
  await page.getByRole('button', { name: 'Cost' }).click();
  await check('cost');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await check('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await check('shortcuts');
  await page.keyboard.press('Escape');
  await heading('Prompt').click();
  await page.keyboard.press('Control+g');
  await page.keyboard.press('Shift+N');
  await page.getByLabel('Text of this note').fill('**Note**, [link](https://example.com)');
  await page.keyboard.press('Escape');
  await page.locator('.note strong').waitFor();
  await check('frame and note');
  await heading('Image').click();
  await page.keyboard.press('Control+Alt+g');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Where you are' }).waitFor();
  await check('component');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+L');
  await page.getByRole('list', { name: 'Nodes, along the wires' }).waitFor();
  await check('list');
  await page.keyboard.press('Shift+L');
  await page.getByRole('link', { name: 'Form', exact: true }).click();
  await page.getByRole('region', { name: 'What it needs' }).waitFor();
  await check('form');
  await page.getByRole('link', { name: 'Batch', exact: true }).click();
  await button('Import CSV').waitFor();
  await check('empty batch');
  await page.getByLabel('Table file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('Prompt,Seed,Tier\na red vase,5,speed\na blue vase,,\n') });
  await page.getByRole('row').nth(2).waitFor();
  await check('batch');
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await page.getByRole('tab', { name: 'History' }).click();
  await page.getByRole('link', { name: 'Timeline and differences' }).click();
  await page.getByRole('list', { name: 'Versions, newest first' }).waitFor();
  await check('versions');
  for (const screen of ['Review', 'Routing', 'Catalog', 'Audit', 'Settings']) {
    await page.getByRole('link', { name: screen, exact: true }).click();
    await page.getByRole('main', { name: screen, exact: true }).getByRole('heading', { level: 1 }).waitFor();
    await check(screen);
  }
  await page.getByRole('link', { name: 'Routing', exact: true }).click();
  await button('Edit as a draft').click();
  await page.getByLabel('What changed and why').waitFor();
  await check('draft table');
  expect(found).toEqual([]);
});

test('graphs travel: in the delivered picture, bare for a client, and in a link; what is hostile is refused in words', async () => {
  await openTemplate('Product hero: still to video');
  expect(await run()).toMatch(/^Done/);
  const still = node('Deliver still').getByRole('button', { name: 'Download' });
  const save = async (modifiers: ('Shift')[]) => {
    const [file] = await Promise.all([page.waitForEvent('download'), still.click({ modifiers })]);
    return readFileSync((await file.path())!);
  };
  const [full, bare] = [await save([]), await save(['Shift'])];
  expect(full.length).toBeGreaterThan(bare.length);
  expect(bare.includes('triptych')).toBe(false);
  const drop = async (bytes: Buffer) => {
    const data = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], 'still.png', { type: 'image/png' }));
      return transfer;
    }, bytes.toString('base64'));
    await page.locator('.react-flow__pane').dispatchEvent('drop', { dataTransfer: data, clientX: 500, clientY: 200 });
  };
  await page.getByRole('link', { name: 'Templates' }).click();
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await drop(full);
  await expect.poll(() => page.getByLabel('Title of this graph').inputValue()).toBe('Product hero: still to video');
  await expect.poll(() => status().textContent()).toBe('Nothing to run, 11 cached');

  await button('Share').click();
  await notice('A link with this graph in it is on the clipboard.').waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const before = page.url();
  await page.goto(link);
  await page.getByText('This graph came in a link. It has 11 nodes and was not opened yet').waitFor();
  await page.getByText('Nothing is changed or left out.').waitFor();
  await button('Open the graph').click();
  await expect.poll(() => page.url()).toMatch(/#\/g\//);
  expect(page.url()).not.toBe(before);
  await expect.poll(() => page.locator('[data-node-type]').count()).toBe(11);
  await page.goto(`${server.url}#/s/notalink`);
  await notice('This link is damaged or was cut on its way.').waitFor();
});

test('after the first visit everything works without a network: a reload, a template, a run', async () => {
  await page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    while (active?.state !== 'activated') await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await server.close();
  await page.reload();
  await openTemplate('Product hero: still to video');
  expect(await run()).toMatch(/^Done: 11 ran/);
  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByRole('table', { name: 'Models' }).waitFor();
  await startServer();
});

test('routing: a pinned graph is offered the newer version with what would change; tables travel as files; damaged ones are refused', async () => {
  await openTemplate('Social cut-downs in five aspects');
  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Pinned by the open graph').waitFor();
  await button('Dry run of “Social cut-downs in five aspects”').click();
  const dry = page.getByRole('article', { name: 'Dry run of Image' });
  await dry.getByText('provider not set up').first().waitFor();
  expect(await dry.locator('li[data-state=chosen]').textContent()).toContain('Built-in engine');

  await button('Edit as a draft').click();
  await button('Remove bfl/flux-2-klein-4b').first().waitFor();
  const speed = page.getByRole('article', { name: 'text to image, speed' });
  await speed.getByRole('button', { name: 'Remove bfl/flux-2-klein-4b' }).click();
  await speed.getByLabel('Slowest model').fill('30');
  const difference = page.getByRole('region', { name: 'Difference' });
  await difference.getByText('FLUX.2 [klein] 4B → Nano Banana 2 Lite').waitFor();
  await page.getByLabel('What changed and why').fill('Klein is retired here.');
  await button('Publish').click();
  await page.getByText('Version 2, published').waitFor();
  await button('Use version 2 in this graph').click();
  await expect.poll(() => difference.count()).toBe(0);
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await expect.poll(() => button('Undo').getAttribute('title')).toBe('Undo: Pin House 2');

  await page.getByRole('link', { name: 'Routing' }).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Export table').click()]);
  const text = readFileSync((await saved.path())!, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ format: 'triptych-routing', version: 2 });
  const bring = async (content: string) => {
    await page.getByLabel('Routing table file').setInputFiles(fileWith('table.json', content));
  };
  await bring('{ "format": "triptych-routing"');
  await notice('This file is not JSON, so it is not a routing table.').waitFor();
  await bring(text.replaceAll('"id": "house"', '"id": "studio"').replaceAll('"name": "House"', '"name": "Studio"').replaceAll('google/veo-3.1-fast', 'nobody/nothing'));
  await notice('“Studio” was imported as a draft.').waitFor();
  await page.getByLabel('Table', { exact: true }).selectOption({ label: 'Studio (draft)' });
  await page.getByText('the catalog has no nobody/nothing').first().waitFor();
  expect(await button('Publish').isDisabled()).toBe(true);
});

test('a run cap stops before a call is made: nothing is sent, nothing is spent', async () => {
  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByLabel('Search models').fill('Built-in');
  await page.getByRole('button', { name: /^Price of Built-in engine/ }).click();
  await page.getByLabel('Dollars').fill('0.03');
  await button('Use').click();
  await page.getByText('your own ×').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByLabel('Most that one run may spend').fill('0.025');
  await page.getByLabel('Most that one run may spend').press('Enter');
  await page.getByRole('link', { name: 'Templates' }).click();
  await openTemplate('CFG calibration strip');
  // Above the ceiling of the row, nobody can be asked at all.
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toBe('nobody can be asked');
  await page.getByRole('link', { name: 'Catalog' }).click();
  await page.getByLabel('Search models').fill('Built-in');
  await page.getByRole('button', { name: /^Price of Built-in engine/ }).click();
  await page.getByLabel('Dollars').fill('0.01');
  await button('Use').click();
  await page.getByRole('button', { name: /^Price of Built-in engine.*0\.01/ }).waitFor();
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toBe('$0.05, 5 takes');
  // Two of five fit under the cap.
  expect(await run()).toMatch(/^Failed: \d+ ran, \d+ from the cache, 3 failed/);
  expect(await page.getByRole('alert').first().textContent()).toContain('Nothing was sent.');
  await page.getByRole('button', { name: 'Cost' }).click();
  await page.getByText('2 takes, $0.02: 2 open').waitFor();
});
