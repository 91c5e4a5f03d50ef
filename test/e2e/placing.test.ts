/** Where new things go, and where the keyboard is then; what is fitted, found and zoomed. */
import { expect, test } from 'vitest';
import { box, drag } from './pointer.ts';
import { button, heading, node, openHero, page, sharePage } from './stage.ts';

sharePage();

const cards = () => page.locator('[data-node-type]');
const add = async (words: string) => {
  await page.keyboard.press('Space');
  await page.getByRole('dialog', { name: 'Add a node' }).getByRole('option').first().waitFor();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
};
const overlap = (a: Awaited<ReturnType<typeof box>>, b: Awaited<ReturnType<typeof box>>) =>
  a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const wiresOf = async (card: string) => {
  await heading(card).click();
  return page.getByRole('list', { name: 'Wires' }).locator('.wires__of').allTextContents();
};

test('new nodes stand beside what is chosen, wired where they fit, and never on top of each other', async () => {
  await button('New graph').click();
  await page.locator('.react-flow__pane').waitFor();
  await add('prompt');
  await expect.poll(() => cards().count()).toBe(1);
  // The caret is where a prompt is written.
  await expect.poll(() => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toContain('<textarea');
  await page.keyboard.type('a red barn');
  await expect.poll(() => page.getByRole('textbox', { name: 'Prompt', exact: true }).inputValue()).toBe('a red barn');
  await page.keyboard.press('Escape');
  await add('image');
  await node('Image').waitFor();
  await expect.poll(focused).toBe('Image');
  await add('seed');
  await node('Seed').waitFor();
  const [prompt, image, seed] = [await box(node('Prompt')), await box(node('Image')), await box(node('Seed'))];
  expect(image.x).toBeGreaterThan(prompt.x + prompt.width);
  expect(seed.x + seed.width).toBeLessThan(image.x);
  expect(overlap(prompt, seed)).toBe(false);
  expect(await wiresOf('Image')).toEqual(expect.arrayContaining(['Prompt', 'Seed']));
  await page.keyboard.press('Escape');
  for (const _ of [1, 2, 3]) {
    await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
    await add('number');
  }
  await expect.poll(() => cards().count()).toBe(6);
  const boxes = await cards().evaluateAll((all) => all.map((card) => card.getBoundingClientRect().toJSON()));
  expect(boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => overlap(a, b)))).toEqual([]);
});

test('Tab goes on from a new node to what comes after it, and opens nothing', async () => {
  await openHero();
  await heading('Grade').click();
  await add('sharpen');
  await node('Sharpen').waitFor();
  await expect.poll(focused).toBe('Sharpen');
  const seen = new Set<string | null | undefined>();
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 90)));
  }
  expect(seen.size).toBeGreaterThan(8);
  expect(await page.getByRole('dialog', { name: 'Add a node' }).count()).toBe(0);
});

test('a node dropped from the library onto a wire goes into it', async () => {
  await openHero();
  await button('Fit to view').click();
  const [from, to] = [await box(node('Grade')), await box(node('Animate'))];
  const before = await page.locator('.react-flow__edge').count();
  const item = page.getByRole('navigation', { name: 'Node library' }).getByRole('button', { name: 'Denoise' });
  const stage = await box(page.locator('.react-flow') as never);
  await item.dragTo(page.locator('.react-flow'), {
    targetPosition: { x: (from.x + from.width + to.x) / 2 - stage.x - 60, y: from.y + 20 - stage.y },
  });
  await node('Denoise').waitFor();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(before + 1);
});

test('fit leaves what lies over the canvas free, the zoom is said and has keys, and the map goes where it is clicked', async () => {
  await openHero();
  await page.keyboard.press('f');
  const dock = await box(page.locator('.runbar') as never);
  const lowest = () =>
    cards().evaluateAll((all) => Math.max(...all.map((card) => card.getBoundingClientRect().bottom)));
  await expect.poll(lowest).toBeLessThanOrEqual(dock.y);
  const zoom = async () => Number((await page.locator('.topbar__zoom').textContent())!.match(/\d+/)![0]);
  const before = await zoom();
  await page.keyboard.press('+');
  await expect.poll(zoom).toBeGreaterThan(before);
  await page.keyboard.press('0');
  await expect.poll(zoom).toBe(100);
  await page.keyboard.press('-');
  await expect.poll(zoom).toBeLessThan(100);
  const map = await box(page.locator('.react-flow__minimap') as never);
  const view = () => page.locator('.react-flow__viewport').getAttribute('style');
  const was = await view();
  await page.mouse.click(map.x + 20, map.y + map.height / 2);
  await expect.poll(view).not.toBe(was);
});

test('an area drawn with Shift selects nodes and no words; what is set in a node is found', async () => {
  await openHero();
  await page.getByRole('tab', { name: 'Checklist' }).click();
  const grade = await box(node('Grade'));
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.keyboard.down('Shift');
  await drag({ x: grade.x - 20, y: grade.y - 20 }, { x: grade.x + grade.width + 6, y: grade.y + grade.height + 6 });
  await page.keyboard.up('Shift');
  await expect.poll(() => page.locator('[data-selected="true"]').count()).toBeGreaterThan(0);
  expect(await page.evaluate(() => getSelection()?.toString() ?? '')).toBe('');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('push in');
  await page.getByRole('search', { name: 'Find in graph' }).getByRole('status').getByText('1 of 1').waitFor();
});
