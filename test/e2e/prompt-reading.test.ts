/** How the built-in engine reads a prompt: told before and after a run, and corrected by a person. */
import { expect, test } from 'vitest';
import { button, heading, node, openFile, page, run, violations, sharePage } from './stage.ts';

sharePage();

const at = (type: string, x: number, params: object) => ({ type, version: 1, params, position: { x, y: 0 } });
const openGraph = async (text: string) => {
  const graph = {
    format: 'triptych',
    formatVersion: 4,
    title: 'Reading',
    nodes: { p: at('prompt', 0, { text }), i: at('image', 340, { megapixels: '0.5' }) },
    wires: { w: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' } } },
  };
  await openFile('reading.triptych.json', JSON.stringify(graph));
  await heading('Image').click();
  await reading().waitFor();
};
const reading = () => page.getByRole('region', { name: 'How the prompt is read' });
const chips = () => reading().getByRole('listitem').allTextContents();
const prompt = async () => {
  await heading('Prompt').click();
  const text = await page.getByRole('textbox', { name: 'Prompt', exact: true }).inputValue();
  await heading('Image').click();
  return text;
};
const pictureOf = () => node('Image').first().locator('img').first().getAttribute('src');

test('what is not known is told, and corrected: the picture follows, and the correction can be taken back', async () => {
  await openGraph('a zorblax in the forest, howling');
  await expect.poll(chips).toEqual(['zorblaxnot known: a card', 'forestplace', 'howlingnot drawn']);
  await reading().getByText('Not drawn: howling.').waitFor();
  await run();
  const card = await pictureOf();
  await reading().getByText('Drawn as a card with its name: zorblax.').waitFor();
  await page.getByText('Receipt of this take').click();
  await page.getByRole('group', { name: 'Receipt of this take' }).getByText('Not drawn: howling.').waitFor();
  await expect.poll(() => violations()).toEqual([]);

  await reading().getByRole('button', { name: 'zorblax' }).press('Enter');
  const as = page.getByRole('combobox', { name: 'Read “zorblax” as' });
  await expect.poll(() => as.evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('fox');
  await page.keyboard.press('Enter');
  await reading().getByText('“zorblax” is read as “fox”.').waitFor();
  expect(await prompt()).toBe('a zorblax in the forest, howling [zorblax = fox]');
  await expect.poll(chips).toEqual(['zorblaxsubject', 'forestplace', 'howlingnot drawn']);
  await run();
  expect(await pictureOf()).not.toBe(card);

  await button('As written').click();
  await expect.poll(chips).toEqual(['zorblaxnot known: a card', 'forestplace', 'howlingnot drawn']);
  expect(await prompt()).toBe('a zorblax in the forest, howling');
});

test('a word is left out, and Escape leaves the question', async () => {
  await openGraph('ein roter Fuchs im Wald');
  await expect.poll(chips).toEqual(['roter Fuchssubject', 'Waldplace']);
  await reading().getByRole('button', { name: 'roter Fuchs' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => button('Leave it out').count()).toBe(0);
  await reading().getByRole('button', { name: 'Wald' }).click();
  await button('Leave it out').click();
  await expect.poll(chips).toEqual(['roter Fuchssubject', 'Waldleft out']);
});
