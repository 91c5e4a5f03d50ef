/** What used to happen without a word. */
import { expect, test } from 'vitest';
import {
  button,
  context,
  heading,
  node,
  notice,
  openFile,
  page,
  server,
  sharePage,
  spoilTab,
  typeOver,
} from './stage.ts';

sharePage();

const at = (type: string, x: number, params: object = {}) => ({ type, version: 1, params, position: { x, y: 0 } });
const openNote = (nodes: object = { p: at('prompt', 0, { text: 'a lake' }) }) =>
  openFile('note.triptych.json', JSON.stringify({ format: 'triptych', formatVersion: 4, title: 'Note', nodes }));

test('text that does not fit is cut and counted', async () => {
  await openNote();
  await heading('Prompt').click();
  const field = page.getByRole('textbox', { name: 'Prompt' }).last();
  await field.fill('🙂'.repeat(3000));
  await page.getByText('Of 6,000 characters the first 4,000 were taken').waitFor();
  expect((await field.inputValue()).length).toBe(4000);
  await typeOver(field, 'short');
  await page.getByText('were taken').waitFor({ state: 'detached' });
});

test('where a graph can only be viewed, keys that would change it say so', async () => {
  await openNote();
  await node('Prompt').waitFor();
  await expect
    .poll(() => page.evaluate(() => navigator.locks.query().then(({ held }) => held!.length)))
    .toBeGreaterThan(0);
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText('Open in another tab, view only').waitFor();
  const said = second.getByRole('log').getByText('so here it can only be viewed');
  await second.getByRole('log').getByRole('button', { name: 'Dismiss' }).click();
  await said.waitFor({ state: 'detached' });
  await second.getByRole('group', { name: 'Prompt', exact: true }).locator('.node__head').click();
  await second.keyboard.press('Delete');
  await said.waitFor();
  expect(await second.getByRole('group', { name: 'Prompt', exact: true }).count()).toBe(1);
});

test('a file that has been read is not gone to where a person is somewhere else by then', async () => {
  await openNote();
  await node('Prompt').waitFor();
  const address = page.url();
  await page.goto(`${server.url}#/`);
  const bytes = JSON.stringify({ format: 'triptych', formatVersion: 4, title: 'Slow', nodes: {} });
  await page.evaluate((text) => {
    const data = new DataTransfer();
    const file = new File([text], 'slow.triptych.json');
    const read = new Promise<string>((resolve) => Object.assign(window, { finishReading: () => resolve(text) }));
    file.text = () => read;
    file.slice = (() => ({
      arrayBuffer: () => read.then((whole) => new TextEncoder().encode(whole).buffer),
    })) as never;
    Object.defineProperty(data, 'files', { value: [file] });
    Object.defineProperty(data, 'items', { value: [] });
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(drop, 'dataTransfer', { value: data });
    document.querySelector('.gallery')!.dispatchEvent(drop);
  }, bytes);
  await notice('What you gave is being read.').waitFor();
  await page.goto(address);
  await node('Prompt').waitFor();
  await page.evaluate(() => (window as unknown as { finishReading(): void }).finishReading());
  await notice('What you gave is a graph of its own now.').waitFor();
  await notice('What you gave is being read.').waitFor({ state: 'detached' });
  expect(page.url()).toBe(address);
  await button('Open it').click();
  await expect.poll(() => page.url()).toMatch(/#\/g\//);
  expect(page.url()).not.toBe(address);
});

test.each(['', '%00', '🙂'])('the link #/s/%s is answered', async (code) => {
  await page.goto(`${server.url}#/s/${code}`);
  await notice('This link is damaged or was cut on its way.').waitFor();
});

test('where storage cannot be opened, a graph is out of reach and not gone, and its address stays', async () => {
  await openNote();
  await node('Prompt').waitFor();
  spoilTab();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Internal error.', 'UnknownError');
    };
  });
  const address = page.url();
  await page.reload();
  await page.getByText("This browser's storage could not be opened.").waitFor();
  await page.getByText('This graph could not be read from storage. Nothing in it was changed.').waitFor();
  expect(page.url()).toBe(address);
});
