/** Fields for numbers: dragged, turned, stepped, worked out, taken back. */
import { expect, test } from 'vitest';
import { box, drag } from './pointer.ts';
import { browserWith, button, heading, openHero, page, sharePage, typeOver } from './stage.ts';

sharePage();
browserWith({ hasTouch: true });

const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const value = (name: string) => field(name).inputValue();
const middle = async (name: string) => {
  const { x, y, width, height } = await box(field(name));
  return { x: x + width / 2, y: y + height / 2 };
};
const openGrade = async () => {
  await openHero();
  await heading('Grade').click();
  await field('Contrast').waitFor();
};
const isFocused = (name: string) => field(name).evaluate((one) => one === document.activeElement);

test('a drag along a number or its label changes it, with Shift by more; a click only writes', async () => {
  await openGrade();
  const before = Number(await value('Contrast'));
  const at = await middle('Contrast');
  await drag(at, { x: at.x + 40, y: at.y });
  const dragged = Number(await value('Contrast'));
  expect(dragged).toBeGreaterThan(before);
  expect(await isFocused('Contrast')).toBe(false);
  await button('Undo').click();
  await expect.poll(() => value('Contrast')).toBe(String(before));
  await page.keyboard.down('Shift');
  await drag(at, { x: at.x + 40, y: at.y });
  await page.keyboard.up('Shift');
  expect(Number(await value('Contrast')) - before).toBeGreaterThan((dragged - before) * 3);
  await button('Undo').click();
  const label = await box(page.getByText('Contrast', { exact: true }) as never);
  await drag({ x: label.x + 10, y: label.y + 8 }, { x: label.x - 30, y: label.y + 8 });
  expect(Number(await value('Contrast'))).toBeLessThan(before);
  expect(await isFocused('Contrast')).toBe(false);
  await button('Undo').click();
  await field('Contrast').click();
  expect(await isFocused('Contrast')).toBe(true);
  await expect.poll(() => value('Contrast')).toBe(String(before));
  await page.keyboard.press('Escape');
});

test('arrows step, with Shift by ten; the wheel turns only the field that has the focus', async () => {
  await openGrade();
  const before = Number(await value('Contrast'));
  const { x, y } = await middle('Contrast');
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, -100);
  await field('Saturation').focus();
  await page.mouse.wheel(0, 100);
  await field('Contrast').focus();
  expect(Number(await value('Contrast'))).toBe(before);
  const contrast = async () => Number(await value('Contrast'));
  // What steps a number comes a moment after its field: a key that was pressed before it was there does nothing.
  const stepped = async () => {
    await page.keyboard.press('ArrowUp');
    return contrast();
  };
  await expect.poll(stepped).toBeGreaterThan(before);
  await page.keyboard.press('Escape');
  await expect.poll(contrast).toBe(before);
  await field('Contrast').focus();
  await page.keyboard.press('ArrowUp');
  await expect.poll(contrast).toBeGreaterThan(before);
  const up = await contrast();
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(contrast).toBeCloseTo(up + 10 * (up - before), 6);
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(async () => Number(await value('Contrast'))).toBeCloseTo(before, 6);
  await page.mouse.move((await middle('Contrast')).x, (await middle('Contrast')).y);
  await page.mouse.wheel(0, -100);
  await expect.poll(async () => Number(await value('Contrast'))).toBeCloseTo(up, 6);
});

test('a sum is worked out with Enter or on leaving; Escape takes back what was done since then', async () => {
  await openGrade();
  await typeOver(field('Contrast'), '1/2-0.25');
  expect(await field('Contrast').getAttribute('aria-invalid')).toBe('false');
  await page.keyboard.press('Enter');
  await expect.poll(() => value('Contrast')).toBe('0.25');
  await typeOver(field('Contrast'), '0.75');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Escape');
  await expect.poll(() => value('Contrast')).toBe('0.25');
  expect(await isFocused('Contrast')).toBe(false);
  await typeOver(field('Contrast'), '1/8');
  await page.keyboard.press('Escape');
  await expect.poll(() => value('Contrast')).toBe('0.25');
  await typeOver(field('Contrast'), '3*');
  await field('Saturation').focus();
  await expect.poll(() => field('Contrast').getAttribute('aria-invalid')).toBe('true');
  await typeOver(field('Contrast'), '25%');
  await field('Saturation').focus();
  await expect.poll(() => value('Contrast')).toBe('0.25');
});

test('in German the decimal mark is a comma, in a sum as well; a length of time may be given in another unit', async () => {
  await openHero();
  await page.evaluate(() => {
    const view = JSON.parse(localStorage.getItem('triptych-view') ?? '{}');
    localStorage.setItem('triptych-view', JSON.stringify({ ...view, language: 'de' }));
  });
  await page.reload();
  await heading('Bewegung').click();
  await typeOver(field('Dauer (s)'), '500 ms * 3');
  // What works it out comes a moment after the field, and knows what was entered before.
  await page.keyboard.press('Enter');
  await expect.poll(() => value('Dauer (s)')).toBe('1,5');
  await typeOver(field('Dauer (s)'), '0,5+1,25');
  await page.keyboard.press('Enter');
  await expect.poll(() => value('Dauer (s)')).toBe('1,75');
  await page.evaluate(() => {
    const view = JSON.parse(localStorage.getItem('triptych-view') ?? '{}');
    localStorage.setItem('triptych-view', JSON.stringify({ ...view, language: 'en' }));
  });
});
