/** A teacher writes a lesson from a graph by pointer and keys, tries it, shares it, and a learner passes it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { button, fileWith, heading, node, notice, page, run, violations, typeOver } from './stage.ts';

const panel = () => page.getByRole('region', { name: /^Lesson/ });
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const check = (number: number) => page.getByRole('listitem', { name: `Check ${number}`, exact: true });
const ofCheck = (number: number, name: string) => check(number).getByRole('textbox', { name, exact: true });
const trial = () => page.getByRole('status', { name: 'Trial' });
const steps = () => page.getByRole('navigation', { name: 'Steps of the lesson' }).getByRole('listitem');
const titles = () => steps().allTextContents();

async function typeSeed(value: string) {
  await heading('Seed').click();
  const seed = page.getByRole('textbox', { name: 'Seed', exact: true });
  await typeOver(seed, value);
  await seed.press('Enter');
}
/** From the graph to the lesson, as the list of commands has it. */
async function openWriter() {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Write a lesson');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Write a lesson/ }).waitFor();
}
const openGraph = async () => {
  await page.getByRole('link', { name: 'Open the graph' }).click();
  await heading('Seed').waitFor();
};
/** What every check has to say, typed by keyboard from field to field. */
async function tellCheck(number: number, otherwise: string, hint: string) {
  await ofCheck(number, 'What is said while it is not passed').click();
  await page.keyboard.type(otherwise);
  await page.keyboard.press('Tab');
  await page.keyboard.type(hint);
}

test('two steps are written from a graph, tried, saved, opened as a learner and passed', async () => {
  await page.getByRole('link', { name: 'Lessons', exact: true }).click();
  await button('Begin: Seeds').click();
  await node('Prompt').waitFor();
  await run();
  await openWriter();
  await button('Begin the lesson').click();

  await button('Record a step').click();
  await button('Make it a check: A picture is delivered').click();
  await expect.poll(() => ofCheck(1, 'What is checked').inputValue()).toBe('A picture is delivered');
  await typeOver(field('Title of the step'), 'Run it');
  await typeOver(field('What is to be done'), 'Press **Run**.');
  await tellCheck(1, 'A picture has to be delivered.', 'Ctrl+Enter.');
  await button('Add a picture').click();
  await button('The graph').click();
  await typeOver(field('What the picture shows'), 'Seven nodes');
  await typeOver(field('What to notice afterwards'), 'It is there.');
  expect(await violations()).toEqual([]);

  await openGraph();
  await typeSeed('8');
  await run();
  await openWriter();
  await button('Record a step').click();
  await typeOver(field('Title of the step'), 'Another seed');
  await typeOver(field('What is to be done'), 'Change the seed, and nothing else.');
  await button('Make it a check: 2 takes that differ in one thing alone: seed').click();
  await tellCheck(1, 'Two pictures that differ in their seed are needed.', 'One node has the seed.');
  await page.getByText(/things? that held before/).click();
  await button('Make it a check: A picture is delivered').click();
  await button('Try the checks').click();
  await expect.poll(() => trial().textContent()).toContain('1 passed before anything is done');
  await expect.poll(() => check(2).textContent()).toContain('It is passed before anything is done in this step');
  await button('Remove check 2').click();
  // Thirteen are more than a check can count.
  const count = check(1).getByRole('textbox', { name: 'How many' });
  await typeOver(count, '13');
  await button('Try the checks').click();
  await expect.poll(() => trial().textContent()).toContain('1 can never be passed');
  await count.press('Control+z');
  await expect.poll(() => count.inputValue()).toBe('2');
  await button('Try the checks').click();
  await expect.poll(() => trial().textContent()).toBe('2 of 2 checks can be passed as you did it.');

  await steps().nth(1).getByRole('button', { name: 'Another seed' }).press('Alt+ArrowUp');
  await expect.poll(titles).toEqual(['1Another seed', '2Run it']);
  await button('Undo').click();
  await expect.poll(titles).toEqual(['1Run it', '2Another seed']);
  await button('Save as a file').click();
  await page.getByRole('alert').filter({ hasText: 'Nothing says what the lesson is about.' }).waitFor();
  await page.getByRole('button', { name: /About the lesson/ }).click();
  await typeOver(field('Title of the lesson'), 'My seeds');
  await typeOver(field('What it is about'), 'What a seed does.');
  await typeOver(field('What a learner can explain afterwards'), '<script>alert(1)</script>');
  await button('Save as a file').click();
  await page.getByRole('alert').filter({ hasText: 'There is script or HTML in this text.' }).waitFor();
  await typeOver(field('What a learner can explain afterwards'), 'Why the picture is another one.');
  await page.reload();
  await page.getByRole('button', { name: /About the lesson/ }).click();
  await expect
    .poll(() => field('What a learner can explain afterwards').inputValue())
    .toBe('Why the picture is another one.');
  const [saved] = await Promise.all([page.waitForEvent('download'), button('Save as a file').click()]);
  const text = readFileSync((await saved.path())!, 'utf8');
  expect(saved.suggestedFilename()).toBe('My seeds.lesson.json');

  // As somebody else has it.
  await page.getByRole('link', { name: 'To the lessons' }).click();
  await button('Remove the lesson “My seeds”').click();
  await page.getByLabel('Lesson file').setInputFiles(fileWith('my.lesson.json', text));
  await notice('The lesson “My seeds” is kept here now.').waitFor();
  await button('Begin: My seeds').click();
  await panel().getByRole('img', { name: 'Seven nodes' }).waitFor();
  await run();
  await panel().getByText('It is there.').waitFor();
  await button('Next step').click();
  await typeSeed('9');
  await run();
  await button('Done: to the lessons').waitFor();
});
