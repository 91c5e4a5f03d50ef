/** The review with nothing to judge, with what another graph has made, and with one take: each says what to do next. */
import { expect, test } from 'vitest';
import { button, node, openFile, page, violations } from './stage.ts';

const at = (type: string, x: number, params: object = {}) => ({ type, params, position: { x, y: 0 } });
const fileOf = (nodes: object, wires: object = {}) =>
  JSON.stringify({ format: 'triptych', formatVersion: 5, title: 'Lake', nodes, wires });
const LAKE = fileOf(
  { p: at('prompt', 0, { text: 'a lake' }), i: at('image', 340, { megapixels: '0.5' }) },
  { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } },
);
const link = (name: string) => page.getByRole('link', { name, exact: true });
const openReview = () => link('Review').click();
const take = (name: string) => page.getByRole('article', { name });

test('it runs the graph itself, offers one more of the only take with its price, and knows what was made elsewhere', async () => {
  await openFile('words.triptych.json', fileOf({ p: at('prompt', 0, { text: 'a lake' }) }));
  await node('Prompt').waitFor();
  await openReview();
  await page.getByText('Nothing in this graph makes takes yet').waitFor();
  await link('Add a node in the editor').click();
  await node('Prompt').waitFor();

  await link('Templates').click();
  await openFile('lake.triptych.json', LAKE);
  await node('Image').waitFor();
  await openReview();
  await page.getByText('There are no takes of this graph yet.').waitFor();
  expect(await violations()).toEqual([]);
  await button('Run').click();
  await take('Take 1, open').waitFor();
  const only = page.getByRole('group', { name: 'The only take' });
  await only.getByText('This is the only take so far.').waitFor();
  await only
    .getByRole('button', { name: /\$0\.00/ })
    .first()
    .waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('a');
  await page.getByText('This is the only take, and it is accepted.').waitFor();

  // The same again: nothing has to be made for it.
  await link('Templates').click();
  await openFile('lake.triptych.json', LAKE);
  await node('Image').locator('img').waitFor();
  await openReview();
  await button('Review what is there').click();
  await take('Take 1, open').waitFor();
  await page.keyboard.press('a');
  await take('Take 1, accepted').waitFor();
});
