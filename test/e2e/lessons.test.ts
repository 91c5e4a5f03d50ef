/** A lesson done by pointer and keys: what is said while it is not done, and that nothing is lost at a reload. */
import { expect, test } from 'vitest';
import { button, heading, node, page, run, status, violations } from './stage.ts';

const panel = () => page.getByRole('region', { name: /^Lesson/ });
const line = (text: string) => panel().getByRole('listitem').filter({ hasText: text });
const isPassed = (text: string) => line(text).getAttribute('data-passed');
const dot = (name: RegExp) => panel().getByRole('button', { name });

async function begin(title: string) {
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await button(`Begin: ${title}`).click();
  await node('Prompt').waitFor();
  await panel().waitFor();
  await expect.poll(() => status().textContent()).toMatch(/to run|cached/);
}
async function typeSeed(value: string) {
  await heading('Seed').click();
  const field = page.getByRole('textbox', { name: 'Seed', exact: true });
  await field.fill(value);
  await field.press('Enter');
}

test('a lesson checks by itself after a run, says what it saw, and is there again after a reload', async () => {
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await button('Begin: Seeds').waitFor();
  expect(await violations()).toEqual([]);
  await begin('Seeds');
  await run();
  await expect.poll(() => line('The same picture twice').textContent()).toContain('Seen: nothing yet');
  await line('The same picture twice').getByRole('button', { name: 'Hint' }).click();
  await expect.poll(() => line('The same picture twice').textContent()).toContain('Run twice with nothing changed.');
  await run();
  await expect.poll(() => isPassed('The same picture twice')).toBe('true');
  // By keyboard: the answer that is wrong, the one that is right, the check.
  await panel()
    .getByRole('radio', { name: /By chance/ })
    .focus();
  await page.keyboard.press('Space');
  await button('Check').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => line('Why they are the same').textContent()).toContain('1 answer of 1 not so');
  await panel()
    .getByRole('radio', { name: /By chance/ })
    .focus();
  await page.keyboard.press('ArrowDown');
  await button('Check').focus();
  await page.keyboard.press('Enter');
  await button('Next step').waitFor();
  expect(await violations()).toEqual([]);
  await button('Next step').click();

  await typeSeed('8');
  await run();
  await expect.poll(() => line('Three seeds, all else equal').textContent()).toContain('seed');
  await typeSeed('9');
  await run();
  await expect.poll(() => isPassed('Three seeds, all else equal')).toBe('true');
  await panel().getByRole('radio', { name: 'Its light' }).click();
  await page.reload();
  await panel().waitFor();
  await expect.poll(() => panel().getByRole('radio', { name: 'Its light' }).isChecked()).toBe(true);
  await heading('Image').click();
  await page.getByRole('region', { name: 'Takes' }).waitFor();
  await page.keyboard.press('a');
  await button('Next step').waitFor();
  await button('Next step').click();
  // Left without being done: that is written down.
  await button('Go on anyway').click();
  await dot(/^Step 3.*skipped/).waitFor();
  await dot(/^Step 2.*passed/).waitFor();
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await expect
    .poll(() => page.getByRole('listitem').filter({ hasText: 'Seeds' }).textContent())
    .toContain('3 of 5 steps');
});
