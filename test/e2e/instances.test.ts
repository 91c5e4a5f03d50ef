/**
 * Components in the real app: an instance freezes for itself, and the overview draws on one canvas whatever the
 * screen's ratio.
 */
import { expect, test } from 'vitest';
import { node, openDevtools, openFile, page, run, withhold, sharePage } from './stage.ts';

sharePage();

const at = (type: string, x: number, y: number, more: object = {}) => ({
  type,
  version: 1,
  params: {},
  position: { x, y },
  ...more,
});

test('what is frozen inside one instance is not frozen in another', async () => {
  const one = {
    title: 'One',
    description: '',
    version: 0,
    nodes: { s: at('seed', 0, 0) },
    wires: {},
    frames: {},
    notes: {},
    inputs: {},
    outputs: { seed: { label: 'Seed', from: { node: 's', socket: 'seed' } } },
    params: {},
  };
  const graph = {
    format: 'triptych',
    formatVersion: 4,
    title: 'Two of one',
    nodes: { x: at('component/one', 0, 0, { title: 'First' }), y: at('component/one', 400, 0, { title: 'Second' }) },
    wires: {},
    components: { one },
  };
  await openFile('two.triptych.json', JSON.stringify(graph));
  await node('First').waitFor();
  expect(await run()).toMatch(/^Done/);
  const snowflake = node('Seed').getByRole('img', { name: 'Frozen' });
  await node('First').locator('.node__head').dblclick();
  await node('Seed').locator('.node__head').click();
  await page.keyboard.press('Shift+F');
  await snowflake.waitFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button').first().click();
  await node('Second').locator('.node__head').dblclick();
  await node('Seed').waitFor();
  expect(await snowflake.count()).toBe(0);
});

/** A Grade in a component, whose picture nothing feeds. */
function unfed(): string {
  const inside = {
    title: 'Finish',
    description: '',
    version: 0,
    nodes: { f: at('grade', 0, 0, { title: 'Last touch' }) },
    wires: {},
    frames: {},
    notes: {},
    inputs: { image: { to: [{ node: 'f', socket: 'image' }] } },
    outputs: { image: { from: { node: 'f', socket: 'image' } } },
    params: {},
  };
  const graph = {
    format: 'triptych',
    formatVersion: 4,
    title: 'Unfed',
    nodes: { x: at('component/finish', 0, 0) },
    wires: {},
    components: { finish: inside },
  };
  return JSON.stringify(graph);
}

test('an instance says which node in it cannot run, and is called by its sockets as they are called inside', async () => {
  await openFile('unfed.triptych.json', unfed());
  await node('Finish').locator('.node__head').click();
  const why = page.getByRole('complementary').locator('.why--bad');
  await expect.poll(() => why.allTextContents()).toEqual(['Last touch: Image is not connected.']);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect.poll(() => page.getByRole('status', { name: 'Run' }).textContent()).toMatch(/^Failed|^Done/);
  expect(await why.allTextContents()).toEqual(['Last touch: Image is not connected.']);
  await page.getByText('An instance of “Finish”.').waitFor();
});

test('a param that was to be shown outside is shown, although the component was left before what does it had come', async () => {
  await openFile('unfed.triptych.json', unfed());
  await node('Finish').locator('.node__head').dblclick();
  await node('Last touch').locator('.node__head').click();
  const show = page.getByRole('button', { name: 'Show Saturation on the component' });
  await show.waitFor();
  const exposing = await withhold('exposing');
  await show.click();
  await exposing.isAskedFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('button').first().click();
  await node('Finish').locator('.node__head').click();
  exposing.letGo();
  await page.getByRole('tabpanel').getByLabel('Saturation', { exact: true }).waitFor();
});

test('at a ratio of 1.1 an edit draws the overview anew on the canvas it has', async () => {
  const screen = await openDevtools();
  await screen.send('Emulation.setDeviceMetricsOverride', {
    width: 1501,
    height: 943,
    deviceScaleFactor: 1.1,
    mobile: false,
  });
  const nodes = Object.fromEntries(
    Array.from({ length: 150 }, (_, k) => [`n${k}`, at('prompt', (k % 15) * 300, Math.floor(k / 15) * 220)]),
  );
  await openFile(
    'large.triptych.json',
    JSON.stringify({ format: 'triptych', formatVersion: 4, title: 'Large', nodes, wires: {} }),
  );
  const overview = page.getByRole('img', { name: 'Overview of 150 nodes.' });
  await overview.waitFor();
  await overview.evaluate((canvas: HTMLCanvasElement) => {
    const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'width')!;
    const clear = canvas.getContext('2d')!.clearRect.bind(canvas.getContext('2d'));
    canvas.dataset['made'] = canvas.dataset['drawn'] = '0';
    const count = (name: string) => (canvas.dataset[name] = String(Number(canvas.dataset[name]) + 1));
    Object.defineProperty(canvas, 'width', {
      get: () => width.get!.call(canvas) as number,
      set(value: number) {
        count('made');
        width.set!.call(canvas, value);
      },
    });
    canvas.getContext('2d')!.clearRect = (...area) => (count('drawn'), clear(...area));
  });
  const counted = (name: string) => overview.getAttribute(`data-${name}`);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await counted('drawn'))).toBeGreaterThan(1);
  expect(await counted('made')).toBe('0');
});
