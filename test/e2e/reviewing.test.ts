/** What counts as reviewing, in the real app: its clock is moved by the test. */
import { expect, test } from 'vitest';
import { heading, node, openFile, page, run, spoilTab } from './stage.ts';

const HOUR = '01:00:00';
const reviewed = () =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const open = indexedDB.open('triptych');
        open.onsuccess = () => {
          const takes = open.result.transaction('takes').objectStore('takes').getAll();
          takes.onsuccess = () => {
            open.result.close();
            resolve(takes.result.map((take: { verdict: { reviewMs: number } }) => take.verdict.reviewMs));
          };
        };
      }),
  );
const setHidden = (hidden: boolean) =>
  page.evaluate((isHidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
async function openRun() {
  spoilTab();
  await page.clock.install();
  const at = (type: string, x: number, params: object) => ({ type, params, position: { x, y: 0 } });
  const nodes = { p: at('prompt', 0, { text: 'a lake' }), i: at('image', 340, { megapixels: '0.5' }) };
  const wires = { a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 } };
  const graph = { format: 'triptych', formatVersion: 4, title: 'Look', nodes, wires };
  await openFile('look.triptych.json', JSON.stringify(graph));
  await node('Image').waitFor();
  expect(await run()).toMatch(/^Done: 2 ran/);
}
/** Accepts what is chosen; says how many milliseconds of the test's own time went by since `began`. */
async function accept(began: number): Promise<number> {
  await page.keyboard.press('a');
  await page.getByRole('button', { name: 'Take 1, accepted' }).waitFor();
  return Date.now() - began;
}

test('an older graph is opened and accepted at once: the hour before is nobody’s review', async () => {
  await openRun();
  await page.clock.fastForward(HOUR);
  await page.reload();
  await node('Image').locator('img').waitFor();
  await page.clock.fastForward(HOUR);
  const began = Date.now();
  await heading('Image').click();
  const most = await accept(began);
  const [ms] = await reviewed();
  expect(ms).toBeLessThanOrEqual(most);
});

test('while the page is hidden nothing counts, and what can be seen counts five minutes at most', async () => {
  await openRun();
  const began = Date.now();
  await heading('Image').click();
  await page.getByRole('button', { name: 'Take 1, open' }).waitFor();
  await setHidden(true);
  await page.clock.fastForward(HOUR);
  await setHidden(false);
  const most = await accept(began);
  expect((await reviewed())[0]).toBeLessThanOrEqual(most);
  await page.keyboard.press('u');
  await page.getByRole('button', { name: 'Take 1, open' }).waitFor();
  await page.clock.fastForward(HOUR);
  await accept(began);
  const [ms = 0] = await reviewed();
  expect(ms).toBeGreaterThanOrEqual(300_000);
  expect(ms).toBeLessThanOrEqual(300_000 + most);
});
