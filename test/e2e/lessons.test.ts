/** A lesson done by pointer and keys: what is said while it is not done, and that nothing is lost at a reload. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { button, fileWith, heading, node, notice, page, run, status, violations, typeOver } from './stage.ts';

const panel = () => page.getByRole('region', { name: /^Lesson/ });
const line = (text: string) => panel().getByRole('listitem').filter({ hasText: text });
const isPassed = (text: string) => line(text).getAttribute('data-passed');
const dot = (name: RegExp) => panel().getByRole('button', { name });

/** What is kept of the lessons, as text. */
const answersStored = () =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('triptych');
        opening.onsuccess = () => {
          const reading = opening.result.transaction('lessons').objectStore('lessons').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(reading.result));
          };
        };
      }),
  );

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
  await typeOver(field, value);
  await field.press('Enter');
}

test('a lesson checks by itself after a run, says what it saw, and is there again after a reload', async () => {
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await button('Begin: Seeds').waitFor();
  expect(await violations()).toEqual([]);
  await begin('Seeds');
  await run();
  await expect.poll(() => line('The same picture twice').textContent()).toContain('Seen: one run alone');
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
  await expect.poll(answersStored).toContain('light');
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
    .toContain('3 of 5 steps · 1 skipped');

  // The task can be left too; begun anew by mistake, all of it comes back.
  await button('Go on: Seeds').click();
  await button('Go on anyway').click();
  await panel()
    .getByRole('heading', { name: /Last task/ })
    .waitFor();
  await button('End it anyway').click();
  const entry = page.getByRole('listitem').filter({ hasText: 'Seeds' });
  await expect.poll(() => entry.textContent()).toContain('5 of 5 steps · 3 skipped');
  await button('Begin “Seeds” anew').click();
  await dot(/^Step 2.*open/).waitFor();
  await page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Undo' }).click();
  await dot(/^Step 2.*passed/).waitFor();
  // Back in the graph of the steps before, the task says where it is done.
  await page.getByRole('link', { name: 'Templates' }).click();
  await page.locator('[href^="#/g/"]').filter({ hasText: 'Lesson: seeds' }).last().click();
  await button('Open the graph of this step').click();
  await node('Prompt').getByText('red sunset').waitFor();
  await button('Check').waitFor();
});

test('the lesson leaves half of a low canvas free, and what a check misses is scrolled into view', async () => {
  await page.setViewportSize({ width: 820, height: 800 });
  await begin('Chaining image to video');
  await run();
  await heading('Image').click();
  await page.getByRole('region', { name: 'Takes' }).waitFor();
  await page.keyboard.press('a');
  await expect.poll(() => isPassed('Both ways, of an accepted still')).toBe('true');
  await panel()
    .getByRole('radio', { name: /nothing held it back/ })
    .click();
  await button('Check').click();
  const missed = line('The sentence the figures support').getByText('The drift of your two clips says something else.');
  await missed.waitFor();
  const boxOf = async (locator: typeof missed) => (await locator.boundingBox())!;
  const foot = page.locator('.lesson__foot');
  await expect.poll(async () => (await boxOf(missed)).y + 16 < (await boxOf(foot)).y).toBe(true);
  const canvas = await boxOf(page.locator('.stage'));
  expect((await boxOf(panel())).y).toBeGreaterThanOrEqual(canvas.y + canvas.height / 2 - 1);
});

test('what is handed in is a table for the teacher, with notes that stay and graphs that are only looked at', async () => {
  await begin('Seeds');
  await run();
  await run();
  await panel()
    .getByRole('radio', { name: /everything else is fixed/ })
    .click();
  await button('Check').click();
  await button('Next step').click();
  await button('Go on anyway').click();
  await button('Go on anyway').click();
  await button('Go on anyway').click();
  // The task has a graph of its own.
  await expect.poll(() => status().textContent()).toMatch(/to run/);
  await run();
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await page.getByText('Hand in', { exact: true }).click();
  await typeOver(page.getByLabel('Your name'), 'Ada');
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Save the result').click()]);
  const text = readFileSync((await saved.path())!, 'utf8');
  expect(text).toMatch(/"measures": \[\s*\{\s*"luma": \d/);

  await page.getByRole('link', { name: 'For teachers: the class' }).click();
  await page.getByText('Nothing was handed in yet.').waitFor();
  const files = [
    fileWith('ada.result.json', text),
    // Bob copied from Ada.
    fileWith('bob.result.json', text.replace('"Ada"', '"Bob"')),
    fileWith('notes.json', '{}'),
  ];
  await page.getByLabel('Result files').setInputFiles(files);
  await notice('1 file was not taken in.').waitFor();
  const line = (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
  await expect.poll(() => line('Bob').textContent()).toContain('changed afterwards');
  await expect.poll(() => line('Ada').getByText('passed').count()).toBe(2);
  await page.getByRole('img', { name: 'Last task of Ada, 1' }).waitFor();
  await page.getByText('Three seeds, all else equal Ada, Bob').waitFor();
  await typeOver(page.getByLabel('Note on Ada'), 'Well seen.');
  await page.keyboard.press('Tab');
  await page.getByLabel('Result files').setInputFiles(files[0]!);
  await page
    .getByLabel('Result files')
    .setInputFiles(fileWith('ada again.result.json', text.replace('"skipped"', '"passed"')));
  await notice('The one that was not stays.').waitFor();
  expect(await line('Ada').textContent()).not.toContain('changed afterwards');
  await page.reload();
  await expect.poll(() => page.getByLabel('Note on Ada').inputValue()).toBe('Well seen.');
  expect(await violations()).toEqual([]);
  const [csv] = await Promise.all([page.waitForEvent('download'), button('CSV').click()]);
  expect(readFileSync((await csv.path())!, 'utf8')).toMatch(/"Ada",no,.*"Well seen\."\n"seeds",1,"Bob",yes/);

  await button('Look at graph 1 of Ada').click();
  await page.getByText('Handed in, view only').waitFor();
  await expect.poll(() => button('Run').isDisabled()).toBe(true);
});
