/** The joins of a film, each its own: rows are added, changed and removed in the inspector. */
import { expect, test } from 'vitest';
import { button, heading, openTemplate, page, untilSaved, typeOver } from './stage.ts';

test('a join of its own is added, changed, kept over a reload, and removed', async () => {
  await openTemplate('Two moves, one film');
  await heading('Stitch').click();
  await button('Add a join').click();
  const row = page.getByRole('group', { name: 'Other joins: row 1' });
  await row.getByLabel('Join').selectOption('match cut');
  await typeOver(row.getByLabel('Time'), '0.8');
  await untilSaved();
  await page.reload();
  await heading('Stitch').click();
  await expect.poll(() => row.getByLabel('Join').inputValue()).toBe('match cut');
  expect(await row.getByLabel('Time').inputValue()).toBe('0.8');
  // A cut takes no time, so nothing is asked.
  await row.getByLabel('Join').selectOption('cut');
  expect(await row.getByLabel('Time').count()).toBe(0);
  await button('Add a join').click();
  const second = page.getByRole('group', { name: 'Other joins: row 2' });
  expect(await second.getByLabel('Clip').inputValue()).toBe('2');
  await button('Remove row 2').click();
  await typeOver(row.getByLabel('Clip'), '0');
  await expect.poll(() => row.textContent()).toContain('A whole number from 1 to 999.');
  await button('Remove row 1').click();
  await expect.poll(() => row.count()).toBe(0);
});
