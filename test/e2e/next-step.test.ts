/** What is added next to a node: by the `+` at its outputs, by pointer, keyboard and finger, and by chords. */
import { expect, test } from 'vitest';
import { box } from './pointer.ts';
import { browserWith, button, heading, node, openHero, page, sharePage, violations } from './stage.ts';

sharePage();
browserWith({ hasTouch: true });

const plus = (card: string, output: string) => button(`What comes after ${card}: ${output}`);
const item = (name: string | RegExp) => page.getByRole('menuitem', { name });
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const cards = () => page.locator('[data-node-type]');
const wiresOf = async (card: string) => {
  await heading(card).click();
  return page.getByRole('list', { name: 'Wires' }).locator('.wires__of').allTextContents();
};
const newGraph = async () => {
  await button('New graph').click();
  await page.locator('.react-flow__pane').waitFor();
};

test('the plus at an output offers what usually comes next; what is chosen stands to the right, wired', async () => {
  await newGraph();
  await page.keyboard.press('Shift+i');
  await node('Image').waitFor();
  await page.locator('.react-flow__pane').click({ position: { x: 30, y: 30 } });
  await page.mouse.move(5, 5);
  await expect.poll(() => page.locator('.nextstep').count()).toBe(0);
  await node('Image').hover();
  await plus('Image', 'Image').hover();
  expect((await violations()).filter((one) => one.includes('nextstep'))).toEqual([]);
  await plus('Image', 'Image').click();
  await expect.poll(() => item(/./).first().textContent()).toContain('Upscale');
  await item('Animate').click();
  await node('Animate').waitFor();
  const [image, animate] = [await box(node('Image')), await box(node('Animate'))];
  expect(animate.x).toBeGreaterThan(image.x + image.width);
  expect(await wiresOf('Animate')).toContain('Image');
  await expect.poll(() => node('Animate').getAttribute('data-selected')).toBe('true');
  // What was wanted but is not among the usual steps is searched for, and fits.
  await plus('Animate', 'Video').click();
  await item('Something else…').click();
  await page.getByRole('dialog', { name: 'Add a node' }).waitFor();
  await page.keyboard.type('trim');
  await page.keyboard.press('Enter');
  await node('Trim').waitFor();
  expect(await wiresOf('Trim')).toContain('Animate');
});

test('by keyboard alone: Tab comes from the card to its plus, the full stop presses it, and Escape goes back', async () => {
  await openHero();
  await node('Upscale').focus();
  await page.keyboard.press('ArrowRight');
  for (let press = 0; press < 6 && !(await focused())?.startsWith('What comes after'); press++)
    await page.keyboard.press('Tab');
  expect(await focused()).toBe('What comes after Upscale: Image');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('What comes after Upscale: Image');
  await node('Grade').focus();
  await page.keyboard.press('.');
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('ArrowDown');
  const before = await cards().count();
  await page.keyboard.press('Enter');
  await expect.poll(() => cards().count()).toBe(before + 1);
  await expect.poll(focused).toBe('Animate');
});

test('by touch: a finger that chooses a card finds the plus there', async () => {
  await openHero();
  await button('Fit to view').click();
  await heading('Prompt').tap();
  await plus('Prompt', 'Prompt').tap();
  await item('Film').tap();
  await node('Film').waitFor();
  expect(await wiresOf('Film')).toContain('Prompt');
});

test('one chord adds each of the nodes that are used most, wired beside what is chosen, and is shown where they are offered', async () => {
  await newGraph();
  await page.keyboard.press('Shift+p');
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
  // What is typed there is text.
  await page.keyboard.press('Shift+I');
  expect(await cards().count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+i');
  await expect.poll(focused).toBe('Image');
  expect(await wiresOf('Image')).toContain('Prompt');
  await page.keyboard.press('Space');
  const option = page.getByRole('option', { name: /^Upscale/ });
  expect(await option.textContent()).toContain('Shift+U');
  // What was added last is offered first.
  expect(await page.locator('.finder [role=option]').first().textContent()).toContain('Image');
  await page.keyboard.press('Escape');
  const shelf = page.getByRole('navigation', { name: 'Node library' });
  expect(await shelf.getByRole('button', { name: 'Animate' }).textContent()).toContain('⇧A');
  await page.keyboard.press('?');
  await page.getByText('Add Animate', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
});
