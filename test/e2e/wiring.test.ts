/** Wires by hand: taken up by an end, led elsewhere, traded, dropped on cards, seen wherever they go. */
import { expect, test } from 'vitest';
import { box, drag, firstWire, onWire, undo, viewRests } from './pointer.ts';
import { button, heading, node, openFile, openHero, openTemplate, page, sharePage } from './stage.ts';

sharePage();

const one = (type: string, x: number, y: number, title: string) => ({
  type,
  version: 1,
  position: { x, y },
  params: {},
  title,
});
const wire = (from: string, out: string, to: string, into: string, order = 0) => ({
  from: { node: from, socket: out },
  to: { node: to, socket: into },
  order,
});
const open = async (wires: object) => {
  const graph = {
    format: 'triptych',
    formatVersion: 1,
    title: 'Wires',
    nodes: {
      s: one('seed', 0, 0, 'Seed one'),
      t: one('seed', 0, 260, 'Seed two'),
      r: one('reference', 0, 520, 'First look'),
      q: one('reference', 0, 780, 'Second look'),
      i: one('image', 420, 0, 'Left picture'),
      j: one('image', 840, 0, 'Right picture'),
    },
    wires,
  };
  await openFile('wires.triptych.json', JSON.stringify(graph));
  await node('Left picture').waitFor();
};
const socket = async (card: string, name: string) => {
  const found = (await node(card).locator(`.react-flow__handle[data-handleid="${name}"]`).boundingBox())!;
  return { x: found.x + found.width / 2, y: found.y + found.height / 2 };
};
const label = (card: string, name: string) => box(node(card).locator(`[data-socket="${name}"]`).first());
/** What leads into a socket, by the names of the cards, read in the inspector's list of wires. */
const into = async (card: string, input: string) => {
  await heading(card).click();
  const row = page
    .getByRole('list', { name: 'Wires' })
    .getByRole('listitem')
    .filter({ hasText: `${input} from` });
  return (await row.locator('.wires__of').allTextContents()).map((text) => text.trim());
};

test('a wire that was led past a point is seen, chosen or not, and after a reload', async () => {
  await openTemplate('Product hero: still to video');
  const name = await firstWire();
  const path = page.locator(`.react-flow__edge[aria-label="${name}"] .react-flow__edge-path`).first();
  const stroke = () => path.evaluate((drawn) => getComputedStyle(drawn).stroke);
  const before = await stroke();
  const middle = await onWire(name);
  await page.mouse.dblclick(middle.x, middle.y);
  await page.locator('circle.reroute').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(stroke).toBe(before);
  expect(before).not.toBe('none');
  expect(await page.locator('circle.reroute').evaluate((point) => getComputedStyle(point).stroke)).toBe(before);
  await expect.poll(() => page.locator('[data-saved]').getAttribute('data-saved')).toBe('yes');
  await page.reload();
  await page.locator('circle.reroute').waitFor();
  expect(await stroke()).toBe(before);
});

test('the wire in an input is taken up there: let go in the open it is gone, on another input it goes there', async () => {
  await open({ w: wire('s', 'seed', 'i', 'seed') });
  const from = await socket('Left picture', 'seed');
  await page.mouse.click(from.x, from.y);
  await expect.poll(() => into('Left picture', 'Seed')).toEqual(['Seed one']);
  expect(await button('Undo').isDisabled()).toBe(true);
  await drag(from, await socket('Right picture', 'seed'));
  await expect.poll(() => into('Right picture', 'Seed')).toEqual(['Seed one']);
  expect(await into('Left picture', 'Seed')).toEqual([]);
  await undo('Lead a wire elsewhere');
  await drag(from, { x: from.x - 60, y: from.y + 420 });
  await expect.poll(() => into('Left picture', 'Seed')).toEqual([]);
  await undo('Disconnect');
  await expect.poll(() => into('Left picture', 'Seed')).toEqual(['Seed one']);
});

test('with Alt two wires trade their inputs; without it the one that was there gives way', async () => {
  await open({ w: wire('s', 'seed', 'i', 'seed'), v: wire('t', 'seed', 'j', 'seed') });
  const [left, right] = [await socket('Left picture', 'seed'), await socket('Right picture', 'seed')];
  await page.keyboard.down('Alt');
  await drag(left, right);
  await page.keyboard.up('Alt');
  await expect.poll(() => into('Right picture', 'Seed')).toEqual(['Seed one']);
  expect(await into('Left picture', 'Seed')).toEqual(['Seed two']);
  await undo('Swap two wires');
  await drag(left, right);
  await expect.poll(() => into('Right picture', 'Seed')).toEqual(['Seed one']);
  expect(await into('Left picture', 'Seed')).toEqual([]);
});

test('a wire dropped on a card, a name or a socket of another kind finds the one it fits', async () => {
  await open({});
  const card = await box(node('Left picture'));
  await drag(await socket('Seed one', 'seed'), { x: card.x + card.width / 2, y: card.y + card.height - 40 });
  await expect.poll(() => into('Left picture', 'Seed')).toEqual(['Seed one']);
  await drag(await socket('Seed two', 'seed'), await socket('Right picture', 'prompt'));
  await expect.poll(() => into('Right picture', 'Seed')).toEqual(['Seed two']);
  const name = await label('Left picture', 'references');
  await drag(await socket('First look', 'reference'), { x: name.x + 6, y: name.y + name.height / 2 });
  await expect.poll(() => into('Left picture', 'References')).toEqual(['First look']);
  const other = await box(node('Seed two'));
  await drag(await socket('Second look', 'reference'), { x: other.x + 40, y: other.y + other.height - 20 });
  await page.getByText('Nothing of this card takes that wire.').waitFor();
});

test('into an input for many a wire goes last, and says so before it is let go', async () => {
  await open({ w: wire('r', 'reference', 'i', 'references') });
  const [from, to] = [await socket('Second look', 'reference'), await socket('Left picture', 'references')];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x - 40, to.y, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.getByText('Goes in as number 2, after First look').waitFor();
  await page.mouse.up();
  await expect.poll(() => into('Left picture', 'References')).toEqual(['First look', 'Second look']);
  await button('Undo').click();
});

test('the order of wires in an input for many is changed in the inspector, by arrows and by dragging', async () => {
  await open({ w: wire('r', 'reference', 'i', 'references'), v: wire('q', 'reference', 'i', 'references', 1) });
  await expect.poll(() => into('Left picture', 'References')).toEqual(['First look', 'Second look']);
  await button('First look is number 1 of 2').focus();
  await page.keyboard.press('ArrowRight');
  await button('First look is number 2 of 2').waitFor();
  // The keyboard is still on the one it moved.
  await page.keyboard.press('ArrowLeft');
  await button('First look is number 1 of 2').waitFor();
  await expect.poll(() => into('Left picture', 'References')).toEqual(['First look', 'Second look']);
  const ends = page.getByRole('list', { name: 'Wires' }).locator('.wires__end');
  await button('Second look is number 2 of 2').dragTo(ends.filter({ hasText: 'First look' }));
  await expect.poll(() => into('Left picture', 'References')).toEqual(['Second look', 'First look']);
  await undo('Change the order');
});

test('a node that is pasted while a wire is chosen goes into it, one that does not fit lies beside', async () => {
  await openHero();
  const name = 'Wire from Upscale to Grade';
  await heading('Grade').click();
  await page.keyboard.press('Control+c');
  const middle = await onWire(name);
  await page.mouse.click(middle.x, middle.y);
  await page.keyboard.press('Control+v');
  await expect.poll(() => node('Grade').count()).toBe(2);
  const between = page.locator('.react-flow__edge[aria-label="Wire from Grade to Grade"]');
  await expect.poll(() => between.count()).toBe(1);
  // Each has room: the one it came before has moved on.
  const [pasted, after] = [await box(node('Grade').last()), await box(node('Grade').first())];
  expect(after.x).toBeGreaterThan(pasted.x + pasted.width);
  await undo('Paste');

  await heading('Seed').click();
  await page.keyboard.press('Control+c');
  const again = await onWire(name);
  await page.mouse.click(again.x, again.y);
  await page.keyboard.press('Control+v');
  await expect.poll(() => node('Seed').count()).toBe(2);
  await expect.poll(() => page.locator(`.react-flow__edge[aria-label="${name}"]`).count()).toBe(1);
});

test('while a wire is drawn each socket that takes it says its name, also on a small canvas; needed ones are told apart', async () => {
  await open({});
  await page.getByRole('img', { name: 'Prompt (prompt), needed' }).first().waitFor();
  await page.getByRole('img', { name: 'Seed (seed), can be left out' }).first().waitFor();
  const background = (card: string, name: string) =>
    node(card)
      .locator(`.react-flow__handle[data-handleid="${name}"]`)
      .evaluate((handle) => getComputedStyle(handle).backgroundImage);
  expect(await background('Left picture', 'seed')).toContain('gradient');
  expect(await background('Left picture', 'prompt')).toBe('none');
  await button('Fit to view').click();
  await viewRests();
  await page.keyboard.press('-');
  const width = async (name: string) => (await label('Left picture', name)).width;
  const opacity = (card: string, name: string) =>
    node(card)
      .locator(`[data-socket="${name}"]`)
      .evaluate((one) => Number(getComputedStyle(one).opacity));
  const zoom = page.locator('.topbar__zoom');
  await expect.poll(async () => Number((await zoom.textContent())!.match(/\d+/)![0])).toBeLessThan(70);
  await viewRests();
  const before = await width('seed');
  const from = await socket('Seed one', 'seed');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 10, { steps: 4 });
  await expect.poll(() => width('seed')).toBeGreaterThan(before * 1.2);
  expect(await opacity('Left picture', 'seed')).toBe(1);
  expect(await opacity('Left picture', 'prompt')).toBeLessThan(0.5);
  // An output takes no wire from an output, of whatever kind.
  expect(await opacity('Seed two', 'seed')).toBeLessThan(0.5);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.keyboard.press('Escape');
  await expect.poll(() => width('seed')).toBeLessThan(before * 1.1);
});
