/** Wires by hand: taken up by an end, led elsewhere, traded, dropped on cards, seen wherever they go. */
import { expect, test } from 'vitest';
import { box, drag, firstWire, onWire, undo } from './pointer.ts';
import { button, heading, node, openFile, openTemplate, page, sharePage } from './stage.ts';

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
