/** The gestures of the canvas, by real pointer and keyboard. */
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
import { box, drag, firstWire, onWire, undo } from './pointer.ts';

sharePage();

const frame = (title: string) => page.getByRole('region', { name: `Frame ${title}` });
/** The hero's four nodes without a seed before them may be there from another test. */
const ALL_RAN = /^Done: (11 ran|7 ran, 4 from the cache)/;
const wires = () => page.locator('.react-flow__edge').count();
const choose = async (...names: string[]) => {
  for (const [index, name] of names.entries()) await heading(name).click(index ? { modifiers: ['Shift'] } : {});
};

test('a frame carries what is in it, takes in what is dropped on it, folds with its wires, and goes without its content', async () => {
  await openHero();
  const all = await wires();
  await choose('Upscale', 'Grade');
  await page.keyboard.press('Control+g');
  await frame('Frame').waitFor();
  await typeOver(page.getByLabel('Title', { exact: true }), 'Finish');
  await page.getByRole('radio', { name: 'green' }).click();

  const before = await box(node('Grade'));
  const head = (await frame('Finish').locator('.frame__head').boundingBox())!;
  await drag({ x: head.x + head.width - 20, y: head.y + 10 }, { x: head.x + head.width - 20, y: head.y - 150 });
  await expect.poll(async () => Math.abs((await box(node('Grade'))).y - before.y + 160) < 24).toBe(true);

  await page.keyboard.press('Escape');
  const motion = await box(heading('Motion'));
  const inside = await box(frame('Finish'));
  await drag(
    { x: motion.x + 60, y: motion.y + 10 },
    { x: inside.x + inside.width / 2 - 10, y: inside.y + inside.height / 2 },
  );
  await button('Collapse Finish').click();
  await expect.poll(() => frame('Finish').locator('.frame__count').textContent()).toBe('3');
  expect(await node('Grade').count()).toBe(0);
  // The wires that cross stay, at the frame; those inside are out of sight.
  expect(await wires()).toBe(all - 1);
  expect(await run()).toMatch(ALL_RAN);
  await button('Expand Finish').click();
  await node('Grade').waitFor();

  // A frame around the frame: it carries both, and folds both away.
  await frame('Finish')
    .locator('.frame__head')
    .click({ position: { x: 120, y: 8 } });
  await page.keyboard.press('Control+g');
  await frame('Frame').waitFor();
  await page.getByText('It carries 3 nodes, one frame.').waitFor();
  const grade = await box(node('Grade'));
  const outer = (await frame('Frame').locator('.frame__head').boundingBox())!;
  await drag({ x: outer.x + outer.width - 20, y: outer.y + 10 }, { x: outer.x + outer.width - 20, y: outer.y - 50 });
  await expect.poll(async () => (await box(node('Grade'))).y < grade.y - 30).toBe(true);
  await button('Collapse Frame').click();
  await expect.poll(() => frame('Finish').count()).toBe(0);
  await button('Expand Frame').click();
  await frame('Frame')
    .locator('.frame__head')
    .click({ position: { x: 120, y: 8 } });
  await page.keyboard.press('Delete');
  await expect.poll(() => frame('Frame').count()).toBe(0);

  await frame('Finish')
    .locator('.frame__head')
    .click({ position: { x: 120, y: 8 } });
  await page.keyboard.press('Delete');
  await expect.poll(() => frame('Finish').count()).toBe(0);
  await node('Grade').waitFor();
});

test('a note is resized by its corner, also from the left, in one step', async () => {
  await openTemplate('Product hero: still to video');
  const note = page.getByRole('article', { name: 'Note' });
  await note.click({ position: { x: 20, y: 20 } });
  const before = await box(note);
  await drag(
    { x: before.x + before.width, y: before.y + before.height },
    { x: before.x + before.width + 60, y: before.y + before.height + 40 },
  );
  await expect.poll(async () => Math.abs((await box(note)).width - before.width - 60) < 12).toBe(true);
  await drag({ x: before.x, y: before.y }, { x: before.x - 50, y: before.y - 30 });
  await expect.poll(async () => Math.abs((await box(note)).x - before.x + 50) < 12).toBe(true);
  await undo('Resize');
  await undo('Resize');
  await expect.poll(async () => Math.round((await box(note)).width - before.width)).toBe(0);
});

test('a note is written in Markdown and shown as elements: nothing in it runs or is fetched', async () => {
  await openTemplate('Seed explorer');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.keyboard.press('Shift+n');
  await page
    .getByLabel('Text of this note')
    .fill(
      '# Plan\n\n**Warm** light\n\n<img src=x onerror="document.title=1">\n\n![spy](http://spy.test/p.png)\n\n[bad](javascript:alert(1)) [good](https://example.com)',
    );
  await page.keyboard.press('Escape');
  const note = page.getByRole('article', { name: 'Note' }).filter({ hasText: 'Plan' });
  await note.getByRole('heading', { name: 'Plan' }).waitFor();
  expect(await note.locator('strong').textContent()).toBe('Warm');
  expect(await note.locator('img').count()).toBe(0);
  expect(await note.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
    '',
    'https://example.com',
  ]);
  expect(asked.filter((url) => url.includes('spy.test'))).toEqual([]);
});

test('a wire is led past a reroute point, and cut with one stroke', async () => {
  await openTemplate('Product hero: still to video');
  const name = await firstWire();
  const middle = await onWire(name);
  await page.mouse.dblclick(middle.x, middle.y);
  await page.locator('circle.reroute').waitFor();
  const point = (await page.locator('circle.reroute').boundingBox())!;
  await drag({ x: point.x + 4, y: point.y + 4 }, { x: point.x + 4, y: point.y - 60 });
  await expect
    .poll(async () => Math.round((await page.locator('circle.reroute').boundingBox())!.y - point.y))
    .toBeLessThan(-50);
  await undo('Move reroute point');
  await page.locator('circle.reroute').dblclick();
  await expect.poll(() => page.locator('circle.reroute').count()).toBe(0);

  const all = await wires();
  const [grade, animate] = [await box(node('Grade')), await box(node('Animate'))];
  const x = (grade.x + grade.width + animate.x) / 2;
  await page.keyboard.down('Alt');
  await drag({ x, y: animate.y - 60 }, { x, y: animate.y + animate.height + 250 });
  await page.keyboard.up('Alt');
  await expect.poll(wires).toBeLessThan(all - 1);
  await button('Undo').click();
  await expect.poll(wires).toBe(all);
});

test('off rests everything that needs it, mute hands the input on, frozen keeps its result whatever changes before it', async () => {
  await openHero();
  expect(await run()).toMatch(ALL_RAN);
  await choose('Grade');
  await page.keyboard.press('Control+m');
  await expect.poll(async () => (await statuses())['Deliver clip']).toBe('muted');
  expect((await statuses())['Upscale']).not.toBe('muted');
  expect(await run()).toMatch(/^Done: 0 ran/);
  await page.keyboard.press('Control+m');
  await page.keyboard.press('m');
  await expect.poll(async () => (await statuses())['Grade']).toBe('muted');
  await expect.poll(async () => (await statuses())['Deliver clip']).not.toBe('muted');
  await page.keyboard.press('m');

  await page.keyboard.press('Shift+f');
  await node('Grade').getByRole('img', { name: 'Frozen' }).waitFor();
  await choose('Seed');
  await typeOver(page.getByRole('textbox', { name: 'Seed' }), '99');
  await expect.poll(() => status().textContent()).toMatch(/^3 to run/);
  expect(await run()).toMatch(/^Done: 3 ran/);
  expect((await statuses())['Grade']).toBe('cached');
  expect((await statuses())['Deliver clip']).not.toBe('idle');
  await untilSaved();
  await page.reload();
  await node('Grade').getByRole('img', { name: 'Frozen' }).waitFor();
  await expect.poll(() => status().textContent()).toMatch(/^Nothing to run/);
  await choose('Grade');
  await page.keyboard.press('Shift+f');
  await expect.poll(() => status().textContent()).toMatch(/^4 to run/);
});

test('several nodes are lined up, spread out and found again', async () => {
  await openTemplate('Product hero: still to video');
  await choose('Prompt', 'Seed', 'Motion');
  await page.getByRole('toolbar', { name: '3 selected' }).getByRole('button', { name: 'Align left' }).click();
  const lefts = async () => [
    ...new Set(
      await Promise.all(['Prompt', 'Seed', 'Motion'].map(async (name) => Math.round((await box(node(name))).x))),
    ),
  ];
  await expect.poll(async () => (await lefts()).length).toBe(1);
  await undo('Align left');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+f');
  await typeOver(page.getByLabel('Find in graph').last(), 'terracotta');
  await page.getByRole('search').getByRole('status').getByText('1 of 1').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => node('Prompt').getAttribute('data-selected')).toBe('true');
  await page.keyboard.press('Escape');
});

test('a shortcut is given other keys, which then work, and keys that are taken are refused', async () => {
  await openTemplate('Seed explorer');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  await sheet.getByRole('button', { name: 'Change the keys of Find in graph' }).click();
  await page.keyboard.press('Control+d');
  await sheet.getByRole('alert').filter({ hasText: 'belongs to “Duplicate”' }).waitFor();
  await page.keyboard.press('Alt+j');
  await sheet.getByText('Alt+J').waitFor();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('Control+f');
  expect(await page.getByRole('search').count()).toBe(0);
  await page.keyboard.press('Alt+j');
  await page.getByRole('search').waitFor();
  await page.reload();
  await page.locator('[data-node-type]').first().waitFor();
  await page.keyboard.press('Alt+j');
  await page.getByRole('search').waitFor();
});

test('a result is looked at by resting on it, and kept on screen while something else changes', async () => {
  await openHero();
  await run();
  await node('Grade').getByRole('button', { name: 'View result of Grade' }).hover();
  await page.locator('.quicklook img').waitFor();
  await page.mouse.move(700, 60);
  await expect.poll(() => page.locator('.quicklook').count()).toBe(0);
  await heading('Deliver still').click({ modifiers: ['Control', 'Shift'] });
  const solo = page.getByRole('complementary', { name: 'Result of Deliver still, kept on screen' });
  await solo.locator('img').waitFor();
  await page.keyboard.press('Escape');
  await choose('Grade');
  await typeOver(page.getByLabel('Saturation', { exact: true }), '1.3');
  await solo.getByRole('button', { name: 'Run to here' }).click();
  await expect.poll(() => solo.getByRole('button', { name: 'Run to here' }).count()).toBe(0);
});

test('component: made of nodes, opened, exposed, placed again with its own value, kept for other graphs, unpacked', async () => {
  await openHero();
  expect(await run()).toMatch(ALL_RAN);
  await choose('Image', 'Grade');
  await page.keyboard.press('Control+Alt+g');
  await notice('“Upscale” lies between the selected nodes').waitFor();
  await choose('Upscale', 'Grade');
  await page.keyboard.press('Control+Alt+g');
  await node('Component').waitFor();
  // Nothing it makes has changed, so nothing runs again.
  await expect.poll(() => status().textContent()).toMatch(/^(Done|Nothing to run)/);
  expect(await run()).toMatch(/^Done: 0 ran, 11 from the cache/);
  await node('Component').locator('img').waitFor();

  await heading('Component').dblclick();
  await page.getByRole('navigation', { name: 'Where you are' }).waitFor();
  await heading('Grade').click();
  await button('Run to here').click();
  await expect.poll(() => status().textContent()).toMatch(/^Done: 0 ran, \d+ from the cache/);
  await page.getByRole('button', { name: 'Show Saturation on the component' }).click();
  await page.keyboard.press('Escape');
  await typeOver(page.getByLabel('Name', { exact: true }), 'Finish');
  await page
    .getByRole('navigation', { name: 'Where you are' })
    .getByRole('button', { name: 'Product hero: still to video' })
    .click();
  await choose('Finish');
  await typeOver(page.getByLabel('Saturation', { exact: true }), '1.4');
  await expect.poll(() => status().textContent()).toBe('4 to run, 7 cached');
  await button('Keep in library').click();
  await notice('“Finish” is in the library as version 1.').waitFor();

  // Inside itself it is refused.
  await choose('Finish');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Enter');
  await node('Upscale').waitFor();
  await page
    .getByRole('navigation', { name: 'Node library' })
    .getByRole('button', { name: 'Finish', exact: true })
    .click();
  await notice('“Finish” cannot hold itself.').waitFor();
  await page.keyboard.press('Control+v');
  await expect.poll(() => notice('“Finish” cannot hold itself.').count()).toBe(2);
  // Nor when the text only names it.
  await page.evaluate(async () =>
    navigator.clipboard.writeText(
      JSON.stringify({ ...JSON.parse(await navigator.clipboard.readText()), components: {} }),
    ),
  );
  await page.keyboard.press('Control+v');
  await notice('“Finish” cannot hold itself.').getByText('× 2').waitFor();
  expect(Object.keys(await statuses()).sort()).toEqual(['Grade', 'Upscale']);

  // Another graph places it from the library; it survives a reload.
  await page.getByRole('link', { name: 'Templates' }).click();
  await openTemplate('Seed explorer');
  await page
    .getByRole('navigation', { name: 'Node library' })
    .getByRole('button', { name: 'Finish', exact: true })
    .click();
  await node('Finish').waitFor();
  await untilSaved();
  await page.reload();
  await choose('Finish');
  await page.getByLabel('Saturation', { exact: true }).waitFor();
  await button('Unpack').click();
  await node('Grade').waitFor();
  expect(await node('Finish').count()).toBe(0);
});

test('a component kept anew elsewhere is offered as an update, and taken over in one step', async () => {
  await openTemplate('Product hero: still to video');
  await choose('Grade');
  await page.keyboard.press('Control+Alt+g');
  await choose('Component');
  await button('Keep in library').click();
  await notice('“Component” is in the library as version 1.').waitFor();
  const first = page.url();
  await untilSaved();
  await page.getByRole('link', { name: 'Templates' }).click();
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await page
    .getByRole('navigation', { name: 'Node library' })
    .getByRole('button', { name: 'Component', exact: true })
    .click();
  await heading('Component').dblclick();
  await node('Grade').waitFor();
  await typeOver(page.getByLabel('Name', { exact: true }), 'Warm finish');
  await button('Keep in library').click();
  await notice('“Warm finish” is in the library as version 2.').waitFor();
  await page.goto(first);
  await choose('Component');
  await button('Update to version 2').click();
  await node('Warm finish').waitFor();
  expect(await button('Update to version 2').count()).toBe(0);
  await undo('Update Warm finish');
  await node('Component').waitFor();
});

test('a judged take stays with its node when that becomes a component, and when it is unpacked', async () => {
  await openHero();
  expect(await run()).toMatch(ALL_RAN);
  await choose('Image');
  await page.keyboard.press('a');
  const takes = page.getByRole('region', { name: 'Takes' });
  await takes.getByRole('button', { name: 'Take 1, accepted' }).waitFor();
  await page.keyboard.press('Control+Alt+g');
  await node('Component').waitFor();
  expect(await run()).toMatch(/^Done: 0 ran, 11 from the cache/);
  await choose('Component');
  await page.keyboard.press('Enter');
  await choose('Image');
  await takes.getByRole('button', { name: 'Take 1, accepted' }).waitFor();
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await page.getByText('Component, Image').first().waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button').first().click();
  await choose('Component');
  await page.keyboard.press('Control+Shift+g');
  await choose('Image');
  await takes.getByRole('button', { name: 'Take 1, accepted' }).waitFor();
  expect(await run()).toMatch(/^Done: 0 ran, 11 from the cache/);
});

test('an area selects what it touches or what lies inside; arrows move, Alt and arrows follow the wires', async () => {
  await openTemplate('Product hero: still to video');
  const [prompt, seed] = [await box(node('Prompt')), await box(node('Seed'))];
  const area = async () => {
    await page.keyboard.down('Shift');
    await drag({ x: prompt.x - 14, y: prompt.y - 8 }, { x: prompt.x + prompt.width + 12, y: seed.y + 20 });
    await page.keyboard.up('Shift');
  };
  const chosen = () =>
    page
      .locator('[data-node-type][data-selected=true]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('aria-label')).sort());
  await area();
  await expect.poll(chosen).toEqual(['Prompt', 'Seed']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await typeOver(page.getByLabel('Search commands'), 'area');
  await page.keyboard.press('Enter');
  await notice('An area now selects what lies inside it whole.').waitFor();
  await area();
  await expect.poll(chosen).toEqual(['Prompt']);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => (await box(node('Prompt'))).y > prompt.y + 10).toBe(true);
  await undo('Move');
  await expect.poll(async () => Math.round((await box(node('Prompt'))).y - prompt.y)).toBe(0);
  await choose('Prompt');
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(chosen).toEqual(['Image']);
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(chosen).toEqual(['Upscale']);
});

test('what is copied travels to another graph as readable text: frame, note, reroute point and wires', async () => {
  await openTemplate('Product hero: still to video');
  await choose('Upscale', 'Grade');
  await page.keyboard.press('Control+g');
  await typeOver(page.getByLabel('Title', { exact: true }), 'Finish');
  await page.keyboard.press('Escape');
  await frame('Finish')
    .locator('.frame__head')
    .click({ position: { x: 120, y: 8 } });
  await page.keyboard.press('Control+c');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ format: 'triptych', title: 'Copied nodes' });
  await page.getByRole('link', { name: 'Templates' }).click();
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await page.keyboard.press('Control+v');
  await frame('Finish').waitFor();
  expect(Object.keys(await statuses()).sort()).toEqual(['Grade', 'Upscale']);
  await expect.poll(wires).toBe(1);
  await undo('Paste');
  await expect.poll(() => frame('Finish').count()).toBe(0);
  await page.evaluate(() => navigator.clipboard.writeText('just some words'));
  await page.keyboard.press('Control+v');
  await notice('The clipboard holds no Triptych nodes.').waitFor();
  await page.evaluate(
    (hostile) => navigator.clipboard.writeText(hostile),
    `{"format":"triptych","formatVersion":2,"nodes":{"__proto__":{"type":"seed"},"s":{"type":"seed","title":"<img src=x onerror=alert(1)>"}},"wires":{"w":{"from":{"node":"s","socket":"seed"},"to":{"node":"nobody","socket":"x"},"order":0}}}`,
  );
  await page.keyboard.press('Control+v');
  await page.getByRole('group', { name: '<img src=x onerror=alert(1)>' }).waitFor();
  await notice('Pasted, with 1 thing left out.').waitFor();
});

test('arranging glides everything to its place in one step', async () => {
  await openTemplate('Product hero: still to video');
  await choose('Grade');
  for (let k = 0; k < 3; k++) await page.keyboard.press('Shift+ArrowDown');
  const moved = await box(node('Grade'));
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Arrange');
  await expect.poll(async () => Math.abs((await box(node('Grade'))).y - moved.y)).toBeGreaterThan(4);
  await expect.poll(() => page.locator('.stage').getAttribute('data-gliding')).toBeNull();
});

test('a dragged node falls in line with a neighbour, and a line says with which', async () => {
  await openTemplate('Product hero: still to video');
  await page.keyboard.press('g');
  const [grade, motion] = [await box(node('Grade')), await box(node('Motion'))];
  const from = { x: motion.x + 50, y: motion.y + 8 };
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  // The canvas library counts a drag from where it begins to be one.
  await page.mouse.move(from.x - 2, from.y);
  await page.mouse.move(from.x - 90, from.y + 70, { steps: 4 });
  expect(await page.locator('.guide--x').count()).toBe(0);
  await page.mouse.move(from.x + grade.x - motion.x + 3, from.y + 70, { steps: 4 });
  await page.locator('.guide--x').waitFor({ state: 'attached' });
  await page.mouse.up();
  await expect.poll(async () => Math.abs((await box(node('Motion'))).x - grade.x)).toBeLessThan(0.6);
  expect(await page.locator('.guide--x').count()).toBe(0);
});

test('chosen nodes are joined in a row with one key: each free input takes what fits from the nearest before it', async () => {
  const at = (type: string, x: number, y = 0) => ({ type, version: 1, params: {}, position: { x, y } });
  await openFile(
    'row.triptych.json',
    JSON.stringify({
      format: 'triptych',
      formatVersion: 2,
      title: 'Row',
      nodes: {
        p: at('prompt', 0),
        s: at('seed', 0, 220),
        i: at('image', 320),
        u: at('upscale', 640),
        d: at('deliver', 960),
      },
      wires: {},
    }),
  );
  await node('Deliver').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('c');
  await expect.poll(wires).toBe(4);
  await page.keyboard.press('c');
  await notice('Nothing among the selected nodes fits where an input is free.').waitFor();
  await button('Undo').click();
  await expect.poll(wires).toBe(0);
});
