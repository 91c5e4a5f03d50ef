/** Context menus: by the right button, the menu key and a long press, on each thing that has one. */
import { expect, test } from 'vitest';
import { box, firstWire, onWire } from './pointer.ts';
import {
  browserWith,
  button,
  heading,
  node,
  openDevtools,
  openHero,
  page,
  run,
  sharePage,
  violations,
} from './stage.ts';

sharePage();

browserWith({ hasTouch: true });

const menu = (name: string) => page.getByRole('menu', { name, exact: true });
const item = (name: string | RegExp) => page.getByRole('menuitem', { name });
const rightClick = async (x: number, y: number) => page.mouse.click(x, y, { button: 'right' });
const focusedItem = () => page.evaluate(() => document.activeElement?.textContent ?? '');

test('each thing on the canvas has its menu, with the commands that fit it and their keys', async () => {
  await openHero();
  await heading('Grade').click({ button: 'right' });
  await menu('Grade').waitFor();
  expect(await item(/^Duplicate/).textContent()).toContain('Ctrl+D');
  expect((await violations()).filter((one) => one.includes('menu'))).toEqual([]);
  await item(/^Duplicate/).click();
  await expect.poll(() => node('Grade').count()).toBe(2);
  await button('Undo').click();

  const name = await firstWire();
  const all = await page.locator('.react-flow__edge').count();
  const wire = await onWire(name);
  await rightClick(wire.x, wire.y);
  await item('Add reroute point').click();
  await page.locator('circle.reroute').waitFor();
  const bent = await onWire(name);
  await rightClick(bent.x, bent.y);
  await item(/^Delete/).click();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(all - 1);
  await button('Undo').click();

  const socket = await box(node('Animate').locator('.react-flow__handle[data-handleid="image"]').first());
  await rightClick(socket.x + socket.width / 2, socket.y + socket.height / 2);
  await item('Remove 1 wire').click();
  await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(all - 1);
  await button('Undo').click();

  const stage = await box(page.locator('.react-flow'));
  await rightClick(stage.x + 24, stage.y + 24);
  await menu('Canvas').waitFor();
  await item('Add a node here…').click();
  await page.getByRole('dialog', { name: 'Add a node' }).waitFor();
});

test('a menu is opened, walked and left by keyboard, and the focus goes back', async () => {
  await openHero();
  await node('Grade').focus();
  await page.keyboard.press('Shift+F10');
  await menu('Grade').waitFor();
  await page.keyboard.press('ArrowDown');
  await expect.poll(focusedItem).toMatch(/^Run selected/);
  await page.keyboard.press('End');
  await expect.poll(focusedItem).toMatch(/^Delete/);
  await page.keyboard.press('m');
  await expect.poll(focusedItem).toMatch(/^M/);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Grade');
  // The letter was for the menu, not for the node.
  expect(await button('Undo').isDisabled()).toBe(true);
});

test('a finger that rests opens the menu; a take has one as well', async () => {
  await openHero();
  const grade = await box(node('Grade'));
  const touch = await openDevtools();
  const at = { x: grade.x + 60, y: grade.y + 12 };
  await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await menu('Grade').waitFor();
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await menu('Grade').waitFor();
  await page.keyboard.press('Escape');
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  const chip = page.locator('.take').first();
  await chip.click({ button: 'right' });
  await item(/^Accept/).click();
  await expect.poll(() => chip.getAttribute('data-fate')).toBe('accepted');
});
