/** A film by its shots: stills that wait for approval, clips that follow by themselves, durations and joins by hand. */
import { expect, test } from 'vitest';
import type { Locator } from 'playwright';
import {
  button,
  heading,
  node,
  openOwnPage,
  openTemplate,
  page,
  run,
  sharePage,
  status,
  untilSaved,
  violations,
  typeOver,
} from './stage.ts';

sharePage();

const strip = () => page.getByRole('region', { name: 'The strip of shots' });
const shot = (nth: number) => strip().getByRole('button', { name: new RegExp(`^Shot ${nth} of`) });
const seconds = (nth: number) => strip().getByRole('slider', { name: `Duration of shot ${nth}` });
const said = (locator: Locator) => locator.getAttribute('aria-label');
const middleOf = async (locator: Locator) => {
  const { x, y, width, height } = (await locator.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
};
/** From one point to another, by the mouse. */
async function drag(from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
}
const prompts = () =>
  strip()
    .getByRole('textbox')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

test('from nothing to a film of three shots: stills, approval by key, clips by themselves, a drag, a join, undo', async () => {
  await button('New graph').click();
  await page.getByRole('link', { name: 'Shots', exact: true }).click();
  await button('Begin a film').click();
  await button('Add shot').click();
  await button('Add shot').click();
  for (const [at, words] of ['a cabin by a lake', 'a sailboat on a lake', 'a lone tree on a hill'].entries())
    await typeOver(page.getByLabel(`Prompt of shot ${at + 1}`), words);
  await page.getByRole('link', { name: 'Editor' }).click();
  await page.getByRole('radio', { name: 'draft' }).click();
  // As short as they can be, by key.
  for (const nth of [1, 2, 3]) {
    await seconds(nth).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => seconds(nth).getAttribute('aria-valuenow')).toBe('0.25');
  }
  await expect.poll(() => status().textContent()).toMatch(/after a verdict/);
  expect(await page.getByRole('button', { name: /^Cost/ }).textContent()).toMatch(/now, .* after 3 verdicts$/);

  await strip().getByRole('button', { name: 'Make 3 stills' }).click();
  await expect.poll(() => status().textContent(), { timeout: 60_000 }).toMatch(/^Waits for 3 verdicts/);
  for (const nth of [1, 2, 3]) expect(await said(shot(nth))).toBe(`Shot ${nth} of 3, approve?`);
  expect(await node('Gate').first().getAttribute('data-status')).toBe('waiting');
  // It was asked for stills alone. What waits is the whole film, once that is asked for.
  expect(await run()).toMatch(/^Waits for 3 verdicts/);
  for (const nth of [1, 2, 3]) {
    await shot(nth).focus();
    await page.keyboard.press('a');
    await expect.poll(() => said(shot(nth))).not.toContain('approve?');
  }
  await expect.poll(() => status().textContent(), { timeout: 90_000 }).toMatch(/^Done/);
  for (const nth of [1, 2, 3]) await expect.poll(() => said(shot(nth))).toBe(`Shot ${nth} of 3, clip made`);
  // Near enough that a card has its buttons.
  await heading('Deliver').click();
  await page.keyboard.press('z');
  await expect.poll(() => node('Deliver').getByRole('button', { name: 'Download' }).isEnabled()).toBe(true);

  const edge = await middleOf(seconds(2));
  await drag(edge, { x: edge.x + 64, y: edge.y });
  await expect.poll(() => seconds(2).getAttribute('aria-valuenow')).toBe('2.25');
  await expect.poll(() => said(shot(2))).toBe('Shot 2 of 3, approved');
  // One drag is one step back, and what was made is there again.
  await button('Undo').click();
  await expect.poll(() => seconds(2).getAttribute('aria-valuenow')).toBe('0.25');
  await expect.poll(() => said(shot(2))).toBe('Shot 2 of 3, clip made');

  const join = strip().getByLabel('Join between shots 1 and 2');
  expect(await join.inputValue()).toBe('shared keyframe');
  await join.selectOption('cut');
  // Its clip ends as it likes now; the clip after it stays.
  await expect.poll(() => said(shot(1))).toBe('Shot 1 of 3, approved');
  expect(await said(shot(2))).toBe('Shot 2 of 3, clip made');
  await button('Undo').click();
  await expect.poll(() => join.inputValue()).toBe('shared keyframe');
  await untilSaved();
});

test('shots are moved by dragging and by keys, removed, and rejected stills are made again', async () => {
  await openTemplate('Storyboard in shots');
  await page.getByRole('radio', { name: 'draft' }).click();
  const [first, second, third] = await prompts();
  const grip = (nth: number) => strip().getByText(String(nth), { exact: true });
  await drag(await middleOf(grip(1)), await middleOf(grip(3)));
  await expect.poll(prompts).toEqual([second, third, first]);
  await shot(3).focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect.poll(prompts).toEqual([second, first, third]);
  // The focus went along.
  await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toMatch(/^Shot 2 of 3/);
  await button('Undo').click();
  await button('Undo').click();
  await expect.poll(prompts).toEqual([first, second, third]);
  await shot(2).focus();
  await page.keyboard.press('Delete');
  await expect.poll(prompts).toEqual([first, third]);
  await button('Undo').click();
  await expect.poll(prompts).toEqual([first, second, third]);

  await run();
  await strip().getByRole('button', { name: 'Reject the still of shot 2 (R)' }).click();
  await page.getByRole('button', { name: 'Composition' }).click();
  await expect.poll(() => said(shot(2)), { timeout: 60_000 }).toBe('Shot 2 of 3, approve?');
  await expect.poll(() => page.getByRole('region', { name: 'Takes' }).getByText('rejected').count()).toBe(1);
  await strip().getByRole('button', { name: 'Approve the still of shot 1 (A)' }).click();
  await expect.poll(() => said(shot(1))).toBe('Shot 1 of 3, approved');
  await expect.poll(() => status().textContent()).toMatch(/^Waits for 2 verdicts/);
  // After a reload nothing goes on without a word. A gate on the canvas takes a verdict as the strip does.
  await untilSaved();
  await page.reload();
  await heading('Approve 3').click();
  await page.keyboard.press('a');
  const goOn = page.getByRole('log', { name: 'Notices' }).getByRole('button', { name: 'Go on' });
  await goOn.waitFor();
  expect(await said(shot(3))).toBe('Shot 3 of 3, approved');
});

test('the strip covers neither canvas nor download; folded it is one line, and its page is as accessible', async () => {
  await openTemplate('Storyboard in shots');
  const box = async (locator: Locator) => (await locator.boundingBox())!;
  const below = async () => (await box(strip())).y - (await box(page.getByRole('main', { name: 'Canvas' }))).height;
  const top = (await box(page.getByRole('main', { name: 'Canvas' }))).y;
  expect(await below()).toBeGreaterThanOrEqual(top - 1);
  const tall = (await box(strip())).height;
  await button('Fold the strip').click();
  await expect.poll(async () => (await box(strip())).height).toBeLessThan(tall / 3);
  await button('Unfold the strip').click();
  await page.getByRole('radio', { name: 'draft' }).click();
  await run();
  const seen = async () => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    const light = await violations();
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    return [...light, ...(await violations(['color-contrast']))];
  };
  expect(await seen()).toEqual([]);
  // The mark of a join leads to its line in the inspector.
  await strip().getByRole('button', { name: 'Measured when both clips are there.' }).first().click();
  await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Shot 1 to shot 2');
  await page.getByRole('link', { name: 'The shots on a page of their own' }).click();
  await page.getByRole('heading', { name: 'Shots of “Storyboard in shots”' }).waitFor();
  expect(await seen()).toEqual([]);
  // On the page that is below the strip.
  await strip().getByRole('button', { name: 'Measured when both clips are there.' }).nth(1).click();
  await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe('Shot 2 to shot 3');
});

test('a shot that says nothing says why there is no still of it; what is asked says of which, until another is judged', async () => {
  // What the tests before made would be found in the cache, and judged.
  await openOwnPage();
  await openTemplate('Storyboard in shots');
  await page.getByRole('radio', { name: 'draft' }).click();
  await page.getByRole('link', { name: 'The shots on a page of their own' }).click();
  for (const [at, words] of ['a red barn', '', 'a stone bridge'].entries())
    await typeOver(page.getByLabel(`Prompt of shot ${at + 1}`), words);
  await button('Run').click();
  await expect.poll(() => said(shot(2)), { timeout: 60_000 }).toBe('Shot 2 of 3, the still failed');
  await page
    .getByRole('listitem')
    .filter({ has: page.getByLabel('Prompt of shot 2') })
    .getByRole('alert')
    .waitFor();
  await expect.poll(() => said(shot(3))).toBe('Shot 3 of 3, approve?');
  await strip().getByRole('button', { name: 'Reject the still of shot 1 (R)' }).click();
  await page.getByRole('form', { name: 'Why is the still of shot 1 rejected?' }).waitFor();
  await strip().getByRole('button', { name: 'Approve the still of shot 3 (A)' }).click();
  await page.getByRole('form').waitFor({ state: 'detached' });
});
