/** Takes, verdicts, caps and what they cost, down to the audit. */
import { expect, test } from 'vitest';
import { priceEngine, setAmount } from './prices.ts';
import { button, heading, node, openFile, openTemplate, page, run, status, typeOver } from './stage.ts';

/**
 * By hand: the built-in engine at an own price of $0.05; two takes rejected at speed, one accepted at cinematic; time
 * costs nothing. 3 × $0.05 over 1 accepted = $0.15.
 */
test('the whole loop: run, reject twice, cap, escalate, accept; the audit has it to the cent; a reload keeps it; a replay verifies it', async () => {
  await page.getByRole('link', { name: 'Catalog' }).click();
  await typeOver(page.getByLabel('Search models'), 'Built-in');
  await expect.poll(() => page.getByRole('status', { name: 'Models found' }).textContent()).toBe('1 model');
  await page.getByRole('button', { name: /^Price of Built-in engine/ }).click();
  await typeOver(page.getByLabel('Dollars'), '0.05');
  await button('Use').click();
  await page.getByText('your own ×').waitFor();
  await page.getByRole('link', { name: 'Settings' }).click();
  for (const label of ['An hour of this machine', 'An hour of a person']) {
    await setAmount(label, '0');
  }
  await setAmount('Most that one run may spend', 'nonsense');
  await page.getByRole('alert').getByText('is not an amount').waitFor();

  await page.getByRole('link', { name: 'Routing' }).click();
  await button('Edit as a draft').click();
  await typeOver(page.getByLabel('Cap: text to image, speed'), '0');
  await page.getByText('a cap of 0 allows no take').waitFor();
  expect(await button('Publish').isDisabled()).toBe(true);
  await typeOver(page.getByLabel('Cap: text to image, speed'), '2');
  await typeOver(page.getByLabel('What changed and why'), 'Two takes are enough here.');
  await button('Publish').click();
  await page.getByText('Version 3, published').waitFor();

  await page.getByRole('link', { name: 'Templates' }).click();
  await openFile(
    'loop.triptych.json',
    JSON.stringify({
      format: 'triptych',
      formatVersion: 1,
      title: 'Loop',
      nodes: {
        p: { type: 'prompt', version: 1, params: { text: 'a lighthouse at dusk' }, position: { x: 0, y: 0 } },
        s: { type: 'seed', version: 1, params: { seed: { mode: 'increment', value: 4 } }, position: { x: 0, y: 200 } },
        i: { type: 'image', version: 1, params: { megapixels: '0.5' }, position: { x: 320, y: 0 } },
      },
      wires: {
        a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 },
        b: { from: { node: 's', socket: 'seed' }, to: { node: 'i', socket: 'seed' }, order: 0 },
      },
    }),
  );
  await node('Image').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toContain('$0.05');
  expect(await run()).toMatch(/^Done: 3 ran/);
  await heading('Image').click();
  const takes = page.getByRole('region', { name: 'Takes' });
  const fates = () =>
    takes
      .getByRole('button', { name: /^Take \d/ })
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute('aria-label')));
  await expect.poll(fates).toEqual(['Take 1, open']);
  await page.keyboard.press('r');
  await button('Composition').click();
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  await page.keyboard.press('r');
  await typeOver(page.getByLabel('Another reason'), 'The tower leans');
  await page.keyboard.press('Enter');
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, rejected']);
  await page.getByRole('group', { name: 'At the cap' }).waitFor();
  await page.keyboard.press('u');
  await expect.poll(fates).toEqual(['Take 1, rejected', 'Take 2, open']);
  await page.keyboard.press('r');
  await button('Light or colour').click();
  await page.getByRole('group', { name: 'At the cap' }).waitFor();
  // At the cap a run sends nothing and says why.
  expect(await run()).toMatch(/^No take accepted: .*1 without an accepted take/);
  expect(await page.getByRole('alert').first().textContent()).toContain('all 2 takes are used');
  await page.getByRole('button', { name: /^Escalate to cinematic: / }).click();
  await expect.poll(() => status().textContent()).toMatch(/^Done/);
  await expect.poll(fates).toEqual(['Take 1, open']);
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted']);
  await page.reload();
  await heading('Image').click();
  await expect.poll(fates).toEqual(['Take 1, accepted']);
  await page.keyboard.press('u');
  await expect.poll(fates).toEqual(['Take 1, open']);
  await page.keyboard.press('a');
  await expect.poll(fates).toEqual(['Take 1, accepted']);

  await page.getByRole('link', { name: 'Audit' }).click();
  await expect.poll(() => page.getByRole('region', { name: 'What if' }).getByRole('combobox').count()).toBe(3);
  const cells = (row: string) =>
    page
      .getByRole('table', { name: 'By tier' })
      .getByRole('row', { name: new RegExp(`^${row}`) })
      .getByRole('cell')
      .allTextContents();
  await expect
    .poll(() => cells('speed'))
    .toEqual([
      'speed',
      '2',
      '0',
      '0',
      '2',
      '0',
      '0',
      '2',
      '0%',
      '–',
      '$0.10',
      '$0.00',
      '$0.00',
      '$0.00',
      '$0.10',
      'none accepted yet',
    ]);
  expect(await cells('cinematic')).toEqual([
    'cinematic',
    '1',
    '1',
    '1',
    '0',
    '0',
    '0',
    '1',
    '100%',
    '1.0',
    '$0.05',
    '$0.00',
    '$0.00',
    '$0.00',
    '$0.05',
    '$0.05',
  ]);
  expect(await page.locator('.tile').first().textContent()).toBe(
    'Cost per accepted deliverable$0.15$0.15 of it paid; 1 accepted',
  );

  await page.reload();
  await expect.poll(() => cells('speed').then((row) => row.at(-1))).toBe('none accepted yet');
  await page.goBack();
  await node('Image').waitFor();
  // What was accepted stays, so the seed that counts up stays too.
  expect(await run()).toMatch(/^Done: 0 ran, 3 from the cache/);
  await page.getByRole('tab', { name: 'History' }).click();
  const past = page.locator('.runs details').nth(1);
  await past.locator('summary').click();
  await past.getByRole('button', { name: 'Replay and verify' }).click();
  await expect
    .poll(() => past.getByRole('status', { name: 'Replay' }).textContent(), { timeout: 30_000 })
    .toContain('Image');
  expect(
    await past
      .getByRole('status', { name: 'Replay' })
      .getByRole('row', { name: /^Image/ })
      .textContent(),
  ).toBe('Imageidentical');
});

test('acceptance criteria reject by themselves up to their cap; the checklist mends a graph with one click and one undo step', async () => {
  await openFile(
    'strict.triptych.json',
    JSON.stringify({
      format: 'triptych',
      formatVersion: 1,
      title: 'Strict',
      nodes: {
        p: { type: 'prompt', version: 1, params: { text: 'a lake in fog' }, position: { x: 0, y: 0 } },
        s: { type: 'seed', version: 1, params: { seed: { mode: 'random', value: 4 } }, position: { x: 0, y: 180 } },
        c: { type: 'acceptance', version: 1, params: { cap: 3, sharpness: 99 }, position: { x: 0, y: 360 } },
        i: { type: 'image', version: 1, params: { megapixels: '0.5' }, position: { x: 320, y: 0 } },
        d: { type: 'deliver', version: 1, params: {}, position: { x: 640, y: 0 } },
      },
      wires: {
        a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 },
        b: { from: { node: 's', socket: 'seed' }, to: { node: 'i', socket: 'seed' }, order: 0 },
        c: { from: { node: 'c', socket: 'acceptance' }, to: { node: 'i', socket: 'acceptance' }, order: 0 },
        d: { from: { node: 'i', socket: 'image' }, to: { node: 'd', socket: 'image' }, order: 0 },
      },
    }),
  );
  await node('Image').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toContain('up to 3 takes');
  expect(await run()).toMatch(/^No take accepted/);
  await heading('Image').click();
  const chips = page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: /^Take \d/ });
  await expect
    .poll(() => chips.evaluateAll((all) => all.map((chip) => chip.getAttribute('aria-label'))))
    .toEqual(['Take 1, rejected', 'Take 2, rejected', 'Take 3, rejected']);
  // Rejected is not failed, and it is said by what.
  expect(await page.locator('.take__fate').first().textContent()).toBe('rejected by Sharpness');
  expect(await node('Image').locator('.node__state').textContent()).toBe('no take accepted');
  expect(await page.locator('.take').first().getAttribute('data-tip')).toMatch(/Sharpness \d+(\.\d+)? \(at least 99\)/);
  // The seed has moved on, but the cap has not: nothing rejected is ever passed off as a result.
  expect(await run()).toMatch(/^No take accepted/);
  await expect.poll(() => chips.count()).toBe(3);
  // A person may accept what the criteria rejected: on the Review page, with the first take chosen.
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  await button('Choose take 2').click();
  await page.keyboard.press('a');
  await page.getByRole('article', { name: 'Take 2, accepted' }).waitFor();
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  expect(await run()).toMatch(/^Done/);

  await page.getByRole('tab', { name: /Checklist/ }).click();
  const rule = page.locator('.checklist li').filter({ hasText: 'Seed not locked in delivery' });
  await rule.getByRole('button', { name: 'Lock the seed' }).click();
  await expect.poll(() => rule.count()).toBe(0);
  await expect.poll(() => button('Undo').getAttribute('data-tip')).toBe('Undo: Lock the seed');
  await button('Undo').click();
  await expect.poll(() => rule.count()).toBe(1);
});

test('a run cap stops before a call is made: nothing is sent, nothing is spent', async () => {
  await priceEngine('0.03');
  await page.getByRole('link', { name: 'Settings' }).click();
  await setAmount('Most that one run may spend', '0.025');
  await page.getByRole('link', { name: 'Templates' }).click();
  await openTemplate('CFG calibration strip');
  // Above the ceiling of the row, nobody can be asked at all.
  await expect.poll(() => page.getByRole('button', { name: 'Cost' }).textContent()).toBe('nobody can be asked');
  await page.getByRole('link', { name: 'Catalog' }).click();
  await typeOver(page.getByLabel('Search models'), 'Built-in');
  await page.getByRole('button', { name: /^Price of Built-in engine/ }).click();
  await typeOver(page.getByLabel('Dollars'), '0.01');
  await button('Use').click();
  await page.getByRole('button', { name: /^Price of Built-in engine.*0\.01/ }).waitFor();
  await page.getByRole('link', { name: 'Editor', exact: true }).click();
  await expect
    .poll(() => page.getByRole('button', { name: 'Cost' }).textContent())
    .toBe('$0.015 to $0.025, 1 to 2 takes');
  // Two of five fit under the cap.
  expect(await run()).toMatch(/^Failed: \d+ ran, \d+ from the cache, 3 failed/);
  expect(await page.getByRole('alert').first().textContent()).toContain('Nothing was sent.');
  await page.getByRole('button', { name: /^Cost:/ }).click();
  await page.getByText('2 takes, $0.02 spent: 2 open').waitFor();
});
