/** What more there is to say about a part of the page: reached by pointer, key and touch. */
import type { Locator, Page } from 'playwright';
import { expect, test } from 'vitest';
import { browserWith, button, heading, node, openDevtools, openFile, openTemplate, page, sharePage } from './stage.ts';

// No other file has this browser: the clock that these tests move goes with its tab.
browserWith({ hasTouch: true });
sharePage();

const box = () => page.getByRole('tooltip');
const told = async () => (await box().allInnerTexts())[0];
const middleOf = async (of: Locator) => {
  const { x, y, width, height } = (await of.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};
const restOn = async (of: Locator) => {
  const { x, y } = await middleOf(of);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
};
/** What is told when everything that waits for its time has had it. */
const toldLater = async () => {
  await page.clock.runFor(1000);
  return told();
};
/** The page whose clock these tests move. */
let moved: Page | undefined;
/** The layer comes with the first use of the page; before the clock is the test's, which says nothing of what came. */
const begin = async () => {
  await page.getByText('Your graphs').waitFor();
  await page.mouse.move(700, 500);
  if (moved === page) return;
  const layer = () =>
    page.evaluate(() => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
      return loaded.find((name) => /tip-layer.*\.js/.test(name));
    });
  await expect.poll(layer).toBeTruthy();
  await page.evaluate(`import(${JSON.stringify(await layer())}).then(() => {})`);
  await page.clock.install();
  moved = page;
};
/** Opened from a file, with the clock in the test's hands. */
const openGraph = async (title: string) => {
  await begin();
  const nodes = { p: { type: 'prompt', version: 1, title, params: { text: 'fog' }, position: { x: 0, y: 0 } } };
  const graph = { format: 'triptych', formatVersion: 4, title: 'One', nodes, wires: {} };
  await openFile('one.triptych.json', JSON.stringify(graph));
  await node(title).waitFor();
};
/** For the tests after it: a view that was chosen is there the next time too. */
const backToCanvas = () => button('List view').click();
/** By Tab, from a field that was clicked. */
const tabTo = async (goal: Locator, key = 'Tab') => {
  for (let left = 40; left > 0; left--) {
    await page.keyboard.press(key);
    if (await goal.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Tab does not get there.');
};

test('a tip is shown where a pointer rests, also on what is out of use, can be hovered, and goes when it is left', async () => {
  await openGraph('Prompt');
  await restOn(button('Undo'));
  expect(await toldLater()).toBe('Nothing to undo');
  await page.mouse.move(...pairOf(await middleOf(box())), { steps: 4 });
  expect(await toldLater()).toBe('Nothing to undo');
  await page.mouse.move(700, 500, { steps: 4 });
  expect(await toldLater()).toBe(undefined);

  // What is pressed is known: no tip comes after it, until the pointer has been elsewhere.
  await button('List view').click();
  await restOn(button('List view'));
  expect(await toldLater()).toBe(undefined);
  await page.mouse.move(700, 500, { steps: 4 });
  await restOn(button('List view'));
  expect(await toldLater()).toBe('The graph as a list (Shift+L)');
  const inside = await box().evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });
  expect(inside).toBe(true);
  await backToCanvas();
});

test('a tip that changes while it is read says what is true now', async () => {
  await openGraph('Prompt');
  await heading('Prompt').click();
  await restOn(button('Undo'));
  expect(await toldLater()).toBe('Nothing to undo');
  await page.keyboard.press('Delete');
  await expect.poll(() => button('Undo').isEnabled()).toBe(true);
  expect(await toldLater()).toBe('Undo: Delete');
});

test('a tip is shown where Tab takes the focus, not where a click or a closed dialog does, and is a description', async () => {
  await openGraph('Prompt');
  await page.getByLabel('Title of this graph').click();
  await tabTo(button('Arrange'));
  expect(await toldLater()).toBe('Arrange from left to right (L)');
  expect(await button('Arrange').getAttribute('aria-description')).toBe('Arrange from left to right (L)');
  await page.keyboard.press('Tab');
  expect(await toldLater()).toBe('Fit to view (F)');
  await tabTo(button('Shortcuts'));
  expect(await toldLater()).toBe('Shortcuts (?)');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor();
  expect(await toldLater()).toBe(undefined);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  expect(await toldLater()).toBe(undefined);
  expect(await button('Shortcuts').evaluate((element) => element === document.activeElement)).toBe(true);
});

test('in a dialog a tip lies above it and can be hovered; one Escape closes the tip, the next the dialog', async () => {
  await openGraph('Prompt');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  const change = dialog.getByRole('button', { name: /^Change the keys of/ }).first();
  await restOn(change);
  expect(await toldLater()).toBe('Change');
  const { x, y } = await middleOf(box());
  expect(await page.evaluate((at) => document.elementFromPoint(at.x, at.y)?.role, { x, y })).toBe('tooltip');
  await page.mouse.move(x, y, { steps: 4 });
  expect(await toldLater()).toBe('Change');
  await page.keyboard.press('Escape');
  expect(await toldLater()).toBe(undefined);
  expect(await dialog.count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
});

test("no tip comes over a dialog that opened before it was due, and Escape is the dialog's when it opened over a tip", async () => {
  await openGraph('Prompt');
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  // Once before: a part that is still on its way would let the tip come first.
  await page.keyboard.press('?');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);

  await restOn(button('Undo'));
  await page.keyboard.press('?');
  await dialog.waitFor();
  expect(await toldLater()).toBe(undefined);
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);

  await page.mouse.move(700, 500, { steps: 4 });
  await restOn(button('Undo'));
  expect(await toldLater()).toBe('Nothing to undo');
  await page.keyboard.press('?');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.count()).toBe(0);
  expect(await toldLater()).toBe(undefined);
});

test('Escape closes a tip and nothing else: a popover stays open at its button, what is chosen stays chosen', async () => {
  await openGraph('Prompt');
  await heading('Prompt').click();
  const isChosen = () => node('Prompt').getAttribute('data-selected');
  await expect.poll(isChosen).toBe('true');
  await button('Export with choices').click();
  const choices = page.locator('#export-choices');
  await choices.waitFor();
  const opener = (await button('Export with choices').boundingBox())!;
  const placed = async () => {
    const { x, y, width } = (await choices.boundingBox())!;
    return y >= opener.y + opener.height && Math.abs(x + width - opener.x - opener.width) < 12;
  };
  await expect.poll(placed).toBe(true);
  await restOn(button('Share'));
  expect(await toldLater()).toBe('Copy a link that carries this graph');
  await page.keyboard.press('Escape');
  expect(await toldLater()).toBe(undefined);
  expect(await choices.isVisible()).toBe(true);
  expect(await isChosen()).toBe('true');
  // The next one is the popover's, and the one after that the canvas's.
  await page.keyboard.press('Escape');
  await choices.waitFor({ state: 'hidden' });
  expect(await isChosen()).toBe('true');
  await page.keyboard.press('Escape');
  await expect.poll(isChosen).toBe('false');
});

test('a finger that is held shows the tip and presses nothing; one that taps presses', async () => {
  await openGraph('Prompt');
  const listView = button('List view');
  const touch = await openDevtools();
  const put = async (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const at = await middleOf(listView);
  await put('touchStart', [at]);
  expect(await toldLater()).toBe('The graph as a list (Shift+L)');
  await put('touchEnd', []);
  expect(await toldLater()).toBe('The graph as a list (Shift+L)');
  expect(await listView.getAttribute('aria-pressed')).toBe('false');

  await page.touchscreen.tap(at.x, at.y);
  await expect.poll(() => listView.getAttribute('aria-pressed')).toBe('true');
  expect(await told()).toBe(undefined);
  expect(await toldLater()).toBe(undefined);

  // A finger that draws is not held.
  await put('touchStart', [at]);
  await put('touchMove', [{ x: at.x - 30, y: at.y }]);
  expect(await toldLater()).toBe(undefined);
  await put('touchEnd', []);
  await backToCanvas();
});

test('text that is cut off is shown whole: to a pointer, and when its card has the focus', async () => {
  const long = 'The prompt that everything else in this graph of ours depends on';
  await openGraph(long);
  await restOn(node(long).locator('.node__title'));
  expect(await toldLater()).toBe(long);
  await page.mouse.move(700, 800, { steps: 4 });
  expect(await toldLater()).toBe(undefined);
  await page.getByRole('tab', { name: 'History' }).click();
  await tabTo(node(long), 'Shift+Tab');
  expect(await toldLater()).toBe(long);
});

test('a short text has nothing to add', async () => {
  await openGraph('Prompt');
  await restOn(node('Prompt').locator('.node__title'));
  expect(await toldLater()).toBe(undefined);
});

test('in the list, tips are there by pointer and by key, and go when what they belong to is scrolled away', async () => {
  await begin();
  await openTemplate('Product hero: still to video');
  await button('List view').click();
  const item = (name: string) =>
    page.getByRole('list', { name: 'Nodes, along the wires' }).getByRole('button', { name, exact: true });
  await restOn(item('Prompt'));
  await expect.poll(told).toBe('Its params are in the inspector');
  await page.mouse.wheel(0, 3000);
  await expect.poll(told).toBe(undefined);
  await page.getByRole('searchbox', { name: 'Search this list' }).pressSequentially('Grade');
  await tabTo(item('Grade'));
  await expect.poll(told).toBe('Its params are in the inspector');
  await backToCanvas();
});

const pairOf = ({ x, y }: { readonly x: number; readonly y: number }) => [x, y] as const;

test('a word of the trade says what it means, to a pointer and to the keyboard', async () => {
  await begin();
  const made = (type: string, x: number) => ({ type, version: 1, params: {}, position: { x, y: 0 } });
  const nodes = { p: made('prompt', 0), i: made('image', 300) };
  const wire = { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 };
  const graph = { format: 'triptych', formatVersion: 4, title: 'One', nodes, wires: { w: wire } };
  await openFile('one.triptych.json', JSON.stringify(graph));
  await heading('Image').click();
  await page.getByRole('tab', { name: 'Inspector' }).click();
  const tier = page.getByRole('region', { name: 'Route' }).locator('.explained');
  const meaning = 'What a take is for, in place of the name of a model: the routing table says who makes it.';
  await tier.scrollIntoViewIfNeeded();
  await restOn(tier);
  await expect.poll(told).toBe(meaning);
  await page.mouse.move(700, 500, { steps: 4 });
  await expect.poll(told).toBe(undefined);
  await page.getByRole('tab', { name: 'Inspector' }).focus();
  await tabTo(tier);
  await expect.poll(told).toBe(meaning);
});
