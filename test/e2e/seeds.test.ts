/**
 * Seeds that move, and locking them: what was approved or is shown stays, and nothing is asked for behind one's back.
 */
import { expect, test } from 'vitest';
import { button, heading, node, openFile, page, run, sharePage, status, typeOver } from './stage.ts';

sharePage();

type Nodes = Readonly<Record<string, object>>;
const at = (type: string, x: number, y: number, params: object = {}) => ({ type, params, position: { x, y } });
const wire = (from: string, to: string) => {
  const [[source, out], [target, socket]] = [from.split('.'), to.split('.')];
  return { from: { node: source, socket: out }, to: { node: target, socket }, order: 0 };
};
async function openGraph(nodes: Nodes, wires: readonly (readonly [string, string])[]) {
  const graph = {
    format: 'triptych',
    formatVersion: 4,
    title: 'Seeds',
    nodes,
    wires: Object.fromEntries(wires.map(([from, to], index) => [`w${index}`, wire(from, to)])),
  };
  await openFile('seeds.triptych.json', JSON.stringify(graph));
  await node('Prompt').waitFor();
}
let prompts = 0;
/** In each test another: nothing is there of what another test ran. */
const prompt = () => at('prompt', 0, 0, { text: `a lake in fog, ${++prompts}` });
const openRandom = () =>
  openGraph(
    {
      p: prompt(),
      s: at('seed', 0, 200, { seed: { mode: 'random', value: 4 } }),
      i: at('image', 340, 0, { megapixels: '0.5' }),
    },
    [
      ['p.prompt', 'i.prompt'],
      ['s.seed', 'i.seed'],
    ],
  );
const fates = () =>
  page
    .getByRole('region', { name: 'Takes' })
    .getByRole('button', { name: /^Take \d/ })
    .evaluateAll((chips) => chips.map((chip) => chip.getAttribute('aria-label')));
const pictureOf = (name: string) => node(name).first().locator('img').first().getAttribute('src');
const cost = () => page.getByRole('button', { name: 'Cost' }).textContent();
const lock = async () => {
  await heading('Seed').click();
  await page.getByRole('button', { name: 'Lock the seed' }).click();
};
const seedShown = () => page.getByRole('textbox', { name: 'Seed', exact: true }).inputValue();
/** No take is made, and the picture is the one it was. */
async function expectNothingNew(picture: string | null, takes: readonly string[]) {
  // The Seed node itself says something else, now that it is locked.
  expect(await run()).toMatch(/^Done: 1 ran, 2 from the cache/);
  expect(await node('Image').getAttribute('data-status')).toBe('cached');
  await heading('Image').click();
  await expect.poll(fates).toEqual(takes);
  expect(await pictureOf('Image')).toBe(picture);
}

test('locked after it was accepted, run again or not: the accepted take stays, and no other is made', async () => {
  await openRandom();
  expect(await run()).toMatch(/^Done: 3 ran/);
  await heading('Image').click();
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted']);
  const picture = await pictureOf('Image');
  expect(await run()).toMatch(/^Done: 0 ran, 3 from the cache/);
  await lock();
  await expectNothingNew(picture, ['Take 1, accepted']);
});

test('locked after a rejection: the second take stays; when it is rejected too, there is a way on', async () => {
  await openRandom();
  expect(await run()).toMatch(/^Done: 3 ran/);
  await heading('Image').click();
  await page.keyboard.press('r');
  await button('Composition').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  const picture = await pictureOf('Image');
  await lock();
  await expectNothingNew(picture, ['Take 1, rejected', 'Take 2, open']);
  expect(await cost()).not.toContain('nobody can be asked');
  await page.keyboard.press('r');
  await button('Composition').click();
  await page.getByRole('group', { name: 'At the cap' }).waitFor();
  await expect.poll(cost).toBe('no take is left with this seed');
  // The dry run does not promise what a run will not do.
  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Dry run of “Seeds”').click();
  const dry = page.getByRole('article', { name: 'Dry run of Image' });
  await dry.getByText('usable, not asked').waitFor();
  expect(await dry.getByText('would be asked next').count()).toBe(0);
  await page.goBack();
  // Unlocked, it goes on, and nothing says that it cannot.
  await heading('Image').click();
  await button('Unlock the seed').click();
  await expect.poll(cost).toBe('$0.00, 1 take');
  expect(await page.getByRole('group', { name: 'At the cap' }).count()).toBe(0);
  expect(await run()).toMatch(/^Done/);
  await heading('Image').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, rejected', 'Take 3, open']);
});

test('a seed that moves is in the forecast; locked without a verdict the take that is shown stays', async () => {
  await openRandom();
  await heading('Seed').click();
  expect(await seedShown()).toBe('4');
  expect(await run()).toMatch(/^Done: 3 ran/);
  const used = await seedShown();
  expect(used).not.toBe('4');
  await expect.poll(cost).toBe('$0.00, 1 take');
  const picture = await pictureOf('Image');
  await lock();
  expect(await seedShown()).toBe(used);
  await expect.poll(cost).not.toContain('1 take');
  await expectNothingNew(picture, ['Take 1, open']);
});

test('of two nodes that ask the same, each has its own take: one is rejected, the other keeps its picture', async () => {
  await openGraph(
    {
      p: prompt(),
      i: at('image', 340, 0, { megapixels: '0.5' }),
      j: { ...at('image', 340, 420, { megapixels: '0.5' }), title: 'Second' },
    },
    [
      ['p.prompt', 'i.prompt'],
      ['p.prompt', 'j.prompt'],
    ],
  );
  expect(await run()).toMatch(/^Done: 2 ran, 1 from the cache/);
  const [first, second] = [await pictureOf('Image'), await pictureOf('Second')];
  expect(second).toBe(first);
  await heading('Second').click();
  await page.keyboard.press('r');
  await button('Composition').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  expect(await run()).toMatch(/^Done: 0 ran, 3 from the cache/);
  expect(await pictureOf('Image')).toBe(first);
  expect(await pictureOf('Second')).not.toBe(first);
  await heading('Image').click();
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted']);
});

test('one seed that feeds two nodes: each keeps what it shows when the seed is locked, whatever became of the other', async () => {
  await openGraph(
    {
      p: prompt(),
      s: at('seed', 0, 200, { seed: { mode: 'random', value: 4 } }),
      i: at('image', 340, 0, { megapixels: '0.5' }),
      j: { ...at('image', 340, 420, { megapixels: '0.5', tier: 'budget' }), title: 'Second' },
    },
    [
      ['p.prompt', 'i.prompt'],
      ['p.prompt', 'j.prompt'],
      ['s.seed', 'i.seed'],
      ['s.seed', 'j.seed'],
    ],
  );
  expect(await run()).toMatch(/^Done: 4 ran/);
  await heading('Image').click();
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted']);
  await heading('Second').click();
  await page.keyboard.press('r');
  await button('Composition').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  const before = [await pictureOf('Image'), await pictureOf('Second')];
  await lock();
  expect(await run()).toMatch(/^Done: 1 ran, 3 from the cache/);
  expect([await pictureOf('Image'), await pictureOf('Second')]).toEqual(before);
  await page.reload();
  await node('Second').locator('img').waitFor();
  expect(await run()).toMatch(/^Done: 0 ran, 4 from the cache/);
  await heading('Second').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  // Another seed, typed: both are asked for anew.
  await heading('Seed').click();
  await typeOver(page.getByRole('textbox', { name: 'Seed', exact: true }), '77');
  await page.keyboard.press('Enter');
  await expect.poll(cost).toBe('$0.00, 2 takes');
});

test('inside a component each instance keeps its own take when the seed outside is locked', async () => {
  await openRandom();
  await heading('Image').click();
  await page.keyboard.press('Control+Alt+g');
  await node('Component').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Enter').catch(() => {});
  expect(await run()).toMatch(/^Done: 3 ran/);
  await expect.poll(cost).toBe('$0.00, 1 take');
  await lock();
  await expect.poll(cost).not.toContain('1 take');
  expect(await run()).toMatch(/^Done: 1 ran, 2 from the cache/);
});

test('a verdict is about the take that was clicked, in the strip and in the large view, until a newer one is made', async () => {
  await openRandom();
  for (let takes = 1; takes <= 3; takes++) expect(await run()).toMatch(/^Done:/);
  await heading('Image').click();
  await expect.poll(fates).toEqual(['Take 1, open', 'Take 2, open', 'Take 3, open']);
  const chip = (name: string) => page.getByRole('button', { name, exact: true });
  await chip('Take 1, open').click();
  await page.keyboard.press('Escape');
  await expect.poll(() => chip('Take 1, open').getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted', 'Take 2, superseded', 'Take 3, superseded']);

  await chip('Take 2, superseded').click();
  const large = page.getByRole('dialog', { name: /^Result of/ });
  await page.keyboard.press('a');
  await expect.poll(() => large.getByRole('button', { name: 'Accept' }).getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('Escape');
  await expect.poll(fates).toEqual(['Take 1, superseded', 'Take 2, accepted', 'Take 3, superseded']);
  await chip('Take 3, superseded').click();
  await large.getByRole('button', { name: 'Reject' }).click();
  await button('Composition').click();
  await expect.poll(fates).toContain('Take 3, rejected');
});

test('where all takes are used and a run has failed, locking keeps the newest take', async () => {
  await openGraph(
    {
      p: prompt(),
      s: at('seed', 0, 200, { seed: { mode: 'random', value: 4 } }),
      c: at('acceptance', 0, 400, { cap: 2 }),
      i: at('image', 340, 0, { megapixels: '0.5' }),
    },
    [
      ['p.prompt', 'i.prompt'],
      ['s.seed', 'i.seed'],
      ['c.acceptance', 'i.acceptance'],
    ],
  );
  for (let takes = 1; takes <= 2; takes++) expect(await run()).toMatch(/^Done:/);
  await heading('Seed').click();
  const used = await seedShown();
  const picture = await pictureOf('Image');
  expect(await run()).toMatch(/^No take accepted/);
  await page.getByRole('button', { name: 'Lock the seed' }).click();
  expect(await seedShown()).toBe(used);
  expect(await run()).toMatch(/^Done:/);
  expect(await pictureOf('Image')).toBe(picture);
});

test('where a locked seed leaves no other take, why is said until another verdict is given', async () => {
  await openGraph(
    {
      p: prompt(),
      s: at('seed', 0, 200, { seed: { mode: 'fixed', value: 4 } }),
      i: at('image', 340, 0, { megapixels: '0.5' }),
    },
    [
      ['p.prompt', 'i.prompt'],
      ['s.seed', 'i.seed'],
    ],
  );
  expect(await run()).toMatch(/^Done: 3 ran/);
  await heading('Image').click();
  const why = page.getByRole('log').getByText('The seed is locked and the routing row has nobody else to ask');
  const reject = async () => {
    await page.keyboard.press('r');
    await button('Composition').click();
    await why.waitFor();
  };
  await reject();
  await page.keyboard.press('u');
  await why.waitFor({ state: 'detached', timeout: 5000 });
  await expect.poll(fates).toEqual(['Take 1, open']);
  await reject();
  const picture = await pictureOf('Image');
  await button('Unlock the seed').click();
  expect(await run()).toMatch(/^Done/);
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => pictureOf('Image')).not.toBe(picture);
});
