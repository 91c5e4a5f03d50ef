/** Where clips meet: what the inspector of a Stitch says, shows and offers there. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { heading, node, openFile, page, run } from './stage.ts';

type Wire = readonly [from: string, output: string, to: string, input: string, order?: number];
const WIRES: readonly Wire[] = [
  ['prompt', 'prompt', 'image', 'prompt'],
  ['seed', 'seed', 'image', 'seed'],
  ['aspect', 'aspect', 'image', 'aspect'],
  ['image', 'image', 'animate', 'image'],
  ['first', 'motion', 'animate', 'motion'],
  ['image', 'image', 'grade', 'image'],
  ['grade', 'image', 'brighter', 'image'],
  ['first', 'motion', 'brighter', 'motion'],
  ['animate', 'video', 'one', 'video'],
  ['brighter', 'video', 'two', 'video'],
  ['brighter', 'video', 'three', 'video'],
  ['one', 'video', 'stitch', 'videos', 0],
  ['two', 'video', 'stitch', 'videos', 1],
  ['three', 'video', 'stitch', 'videos', 2],
];
/** One pan in three pieces: the second and third are brighter, and the third begins with the last frame of the second. */
function pieces(): string {
  const template = JSON.parse(readFileSync('public/templates/two-moves.triptych.json', 'utf8')) as {
    readonly nodes: Readonly<Record<string, { readonly params: object }>>;
  };
  const { prompt, seed, aspect, image, first, animate, stitch } = template.nodes;
  const made = (type: string, x: number, y: number, params: object) => ({
    type,
    version: 1,
    params,
    position: { x, y },
  });
  const nodes = {
    prompt,
    seed,
    aspect,
    image: { ...image, params: { megapixels: '0.5' } },
    first: { ...first, params: { move: 'pan left', amount: 0.6, seconds: 2.5, fps: '12', easing: 'linear' } },
    animate,
    grade: made('grade', 608, 416, { exposure: 0.2 }),
    brighter: { ...animate, position: { x: 912, y: 416 } },
    one: made('trim', 1216, 96, { from: 0, seconds: 10 / 12 }),
    two: made('trim', 1216, 416, { from: 10 / 12, seconds: 10 / 12 }),
    three: made('trim', 1216, 736, { from: 19 / 12, seconds: 10 / 12 }),
    stitch: { ...stitch, params: { join: 'cut' } },
  };
  const wires = WIRES.map(([from, output, to, input, order = 0], at) => [
    `w${at}`,
    { from: { node: from, socket: output }, order, to: { node: to, socket: input } },
  ]);
  return JSON.stringify({ ...template, title: 'Three pieces', nodes, wires: Object.fromEntries(wires) });
}
const join = (name: string) => page.getByRole('listitem', { name, exact: true });

test('each join of a film says what is seen there, leads there, and offers what helps, which can be undone', async () => {
  await openFile('pieces.triptych.json', pieces());
  expect(await run()).toMatch(/^Done/);
  await heading('Stitch').click();
  const [first, second] = [join('Shot 1 to shot 2'), join('Shot 2 to shot 3')];
  await first.getByText(/^luma \+\d+ %/).waitFor({ timeout: 60_000 });

  await page.getByText('Drift from the first shot').click();
  await page.getByRole('row', { name: /^Light \+\d/ }).waitFor({ timeout: 60_000 });
  await page.getByText('Measures of this clip').click();
  await page.getByRole('row', { name: /^Dynamic (yes|no)/ }).waitFor({ timeout: 60_000 });

  await first.getByText('All measures').click();
  const row = first.getByRole('row', { name: /^Brightness/ });
  expect(await row.getAttribute('data-found')).toBe('true');
  await row.getByText('Brightness').hover();
  await page.getByText('By how much the mean luma steps at the join; what changes steadily is no step.').waitFor();

  await first.getByRole('button', { name: 'Look at 0.83 s' }).click();
  const film = page.getByRole('dialog', { name: 'Result of Stitch' }).locator('video');
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeCloseTo(0.333, 2);
  expect(await film.evaluate((video: HTMLVideoElement) => video.paused)).toBe(true);
  await page.keyboard.press('Escape');

  await first.getByRole('button', { name: 'Match to the first shot' }).click();
  await node('Match').waitFor();
  await page.keyboard.press('Control+z');
  await node('Match').waitFor({ state: 'detached' });

  await first.getByRole('button', { name: 'Match to the first shot' }).click();
  await first.getByText('Measured when both clips are there.').waitFor();
  expect(await run()).toMatch(/^Done/);
  // Of light there is no step any more. Where it was encoded softer, its motion is not surely told.
  await first.getByText(/^No seam to be seen|^the motion/).waitFor({ timeout: 60_000 });
  expect(await first.textContent()).not.toMatch(/luma|colour|contrast/);
  // The step is now between what was matched and what was not.
  await second.getByText(/luma \+\d+ %/).waitFor({ timeout: 60_000 });
});
