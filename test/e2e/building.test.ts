/** A graph built by hand: search, wires, undo, the palette. */
import { expect, test } from 'vitest';
import { button, heading, node, openFile, page, run, sharePage, typeOver } from './stage.ts';

sharePage();

test('build a graph by keyboard and mouse: search, drop a wire, refuse what does not fit, undo, delete, mute', async () => {
  await button('New graph').click();
  await page.getByText('This graph is empty.').waitFor();
  await page.locator('.react-flow__pane').click({ position: { x: 300, y: 300 } });
  await page.keyboard.press('Space');
  await typeOver(page.getByLabel('Search nodes'), 'prompt');
  await page.keyboard.press('Enter');
  await node('Prompt').waitFor();
  await typeOver(page.getByRole('textbox', { name: 'Prompt', exact: true }), 'a red boat on a lake');

  // A wire dropped on the canvas offers only what fits.
  const socket = async (name: string, label: string) =>
    (await node(name).locator(`.socket[data-tip^="${label} ("]`).boundingBox())!;
  const from = await socket('Prompt', 'Prompt');
  await page.mouse.move(from.x + 6, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 180, from.y + 160, { steps: 8 });
  await page.mouse.up();
  const offered = await page.getByRole('option').allTextContents();
  expect(offered.map((text) => text.split(/(?=[A-Z])/)[0]).sort()).toEqual([
    'Animate',
    'Bridge',
    'Extend',
    'Film',
    'Image',
  ]);
  await page.getByRole('option', { name: /^Image/ }).click();
  await node('Image').waitFor();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);

  // Prompt into Seed is refused, with the reason while the wire hovers.
  const [start, wrong] = [await socket('Prompt', 'Prompt'), await socket('Image', 'Seed')];
  await page.mouse.move(start.x + 6, start.y + 6);
  await page.mouse.down();
  await page.mouse.move(wrong.x + 6, wrong.y + 6, { steps: 10 });
  await expect
    .poll(() => page.locator('.refusal').textContent())
    .toBe('Prompt does not fit into Seed: it takes a seed, not a prompt.');
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
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Move');
  await button('Undo').click();
  expect(await button('Undo').getAttribute('data-tip')).toBe('Undo: Delete'.replace('Delete', 'Duplicate'));
});

test('hands: a node dropped on a wire goes in, Alt-drag copies, Shift+Backspace heals, the palette runs commands', async () => {
  await openFile(
    'hands.triptych.json',
    JSON.stringify({
      format: 'triptych',
      formatVersion: 1,
      title: 'Hands',
      nodes: {
        p: { type: 'prompt', version: 1, params: {}, position: { x: 0, y: 0 } },
        i: { type: 'image', version: 1, params: {}, position: { x: 320, y: 0 } },
        d: { type: 'deliver', version: 1, params: {}, position: { x: 960, y: 0 } },
        g: { type: 'grade', version: 1, params: {}, position: { x: 620, y: 420 } },
      },
      wires: {
        a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 },
        b: { from: { node: 'i', socket: 'image' }, to: { node: 'd', socket: 'image' }, order: 0 },
      },
    }),
  );
  // Gestures begin when the view was fitted to the cards.
  await node('Grade').waitFor();
  await expect
    .poll(() => page.locator('.react-flow__viewport').getAttribute('style'))
    .not.toContain('translate(0px, 0px) scale(1)');
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
  const [image, deliver] = [
    await centre(page.locator('[data-node-id=i] .socket[data-handleid=image]')),
    await centre(page.locator('[data-node-id=d] .socket[data-handleid=image]')),
  ];
  const middle = { x: (image.x + deliver.x) / 2, y: (image.y + deliver.y) / 2 };
  await drag(await centre(heading('Grade')), middle);
  await expect.poll(wires).toBe(3);
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Insert into wire');

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
    const [from, to] = [
      await centre(page.locator('[data-node-id=g] .socket[data-handleid=image]').last()),
      await centre(page.locator('[data-node-id=d] .socket[data-handleid=image]')),
    ];
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
  await page.keyboard.press('Space');
  await typeOver(page.getByLabel('Search nodes'), 'grain');
  await page.keyboard.press('Enter');
  await node('Grain').waitFor();
  await onWire('Grain', 'drop');
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Move');
  await expect.poll(wires).toBe(3);
  await button('Undo').click();
  await onWire('Grain', 'start');
  await expect.poll(() => node('Grain').count()).toBe(2);
  await expect.poll(wires).toBe(4);

  await page.keyboard.press('Control+k');
  await typeOver(page.getByLabel('Search commands'), 'select all');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-selected=true]').count()).toBe(7);
  await page.keyboard.press('Control+k');
  expect(await page.getByRole('option').first().textContent()).toContain('Select all');
  await page.keyboard.press('Escape');
});
