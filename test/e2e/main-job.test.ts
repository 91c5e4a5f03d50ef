/** The whole of a first day's work (a template, an own prompt, a run, a verdict, a file) by keyboard alone, and by touch alone. */
import { expect, test } from 'vitest';
import { spread, swipe, swipeTo, tap } from './fingers.ts';
import { browserWith, ended, heading, node, openDevtools, page, status } from './stage.ts';

browserWith({ hasTouch: true });

/** What has the focus, as it is called for those who do not see it. */
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    const label = at?.getAttribute('aria-label') ?? (at as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (label ?? at?.textContent ?? '').trim();
  });
const TEMPLATE = 'One look, a whole range';
const WORDS = 'a red teapot on a plinth, soft light';
const fates = () =>
  page.locator('[data-fate]').evaluateAll((takes) => takes.map((take) => take.getAttribute('data-fate')));
const find = async (card: string) => {
  await page.keyboard.press('Control+f');
  await page.getByRole('search').waitFor();
  await page.keyboard.type(card);
  await page.keyboard.press('Enter');
  await expect.poll(() => node(card).getAttribute('data-selected')).toBe('true');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('search').count()).toBe(0);
};
const tabTo = async (name: string | RegExp, most = 80) => {
  const isThere = (label: string) => (typeof name === 'string' ? label === name : name.test(label));
  const passed: string[] = [];
  for (let presses = 0; presses < most; presses++) {
    await page.keyboard.press('Tab');
    const label = await focused();
    if (isThere(label)) return;
    passed.push(label);
  }
  throw new Error(`Tab does not come to ${name}, but to: ${passed.join(' | ')}`);
};

test('by keyboard alone: from the templates to a file', async () => {
  await page.getByRole('link', { name: TEMPLATE, exact: true }).waitFor();
  await tabTo(TEMPLATE);
  await page.keyboard.press('Enter');
  await node('Image').waitFor();

  await find('Prompt');
  await tabTo('Prompt on the card', 3);
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(WORDS);
  await page.keyboard.press('Control+Enter');
  expect(await ended()).toMatch(/^Done/);

  await page.keyboard.press('Escape');
  await find('Image');
  await page.keyboard.press('r');
  await page.getByRole('form', { name: 'Why is it rejected?' }).waitFor();
  await tabTo(/^With a new seed/, 12);
  await page.keyboard.press('Enter');
  await expect.poll(() => fates()).toEqual(['rejected', 'open']);
  expect(await ended()).toMatch(/^Done/);
  await page.keyboard.press('a');
  await expect.poll(() => fates()).toEqual(['rejected', 'accepted']);

  // The take was made, and what comes after it has still to be.
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => status().textContent()).toMatch(/^Done: 3 ran/);
  await find('Deliver');
  await tabTo('Download', 12);
  const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(file.suggestedFilename()).toMatch(/\.png$/);
});

test('by touch alone, on a tablet: from the templates to a file', async () => {
  await page.setViewportSize({ width: 820, height: 1180 });
  const touch = await openDevtools();
  const template = page.getByRole('link', { name: TEMPLATE, exact: true });
  await swipeTo(touch, template);
  await tap(template);
  await node('Image').waitFor();
  await tap(heading('Prompt'));
  const words = page.getByRole('textbox', { name: 'Prompt', exact: true });
  await tap(words);
  // Keys of the keyboard on the screen: a finger chooses no text by Ctrl+A.
  while ((await words.inputValue()) !== '') await page.keyboard.press('Backspace');
  await page.keyboard.insertText(WORDS);
  await tap(page.getByRole('button', { name: 'Run', exact: true }));
  expect(await ended()).toMatch(/^Done/);
  // On a card that is this small, a finger means its picture.
  await tap(heading('Image'));
  const viewer = page.getByRole('dialog');
  await tap(viewer.getByRole('button', { name: 'Reject', exact: true }));
  await tap(page.getByRole('button', { name: /^With a new seed/ }));
  await expect.poll(() => fates()).toEqual(['rejected', 'open']);
  expect(await ended()).toMatch(/^Done/);
  await tap(page.getByRole('button', { name: 'Accept', exact: true }));
  await expect.poll(() => fates()).toEqual(['rejected', 'accepted']);
  await tap(page.getByRole('button', { name: 'Run', exact: true }));
  await expect.poll(() => status().textContent()).toMatch(/^Done: 3 ran/);
  // Its button is drawn from close up, and stands beside the canvas then: two fingers on the card, one on the canvas.
  await spread(touch, node('Deliver'), 3);
  await swipe(touch, { x: 400, y: 800 }, { x: 200, y: 800 });
  const save = node('Deliver').getByRole('button', { name: 'Download' });
  const [file] = await Promise.all([page.waitForEvent('download'), tap(save)]);
  expect(file.suggestedFilename()).toMatch(/\.png$/);
});
