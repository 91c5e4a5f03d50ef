/** A graph through the gateway: pictures and clips by services that behave as their vendors document them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FAL_KEY, startFal } from '../contract/fal.ts';
import { REPLICATE_TOKEN, startReplicate } from '../contract/replicate.ts';
import { publishRows, spentAt, withServices } from './services.ts';
import {
  button,
  download,
  ended,
  heading,
  node,
  openFile,
  page,
  run,
  server,
  status,
  statuses,
  typeOver,
} from './stage.ts';

const served = withServices(async () => {
  const doubles = { fal: await startFal(), replicate: await startReplicate() };
  const env = {
    TRIPTYCH_FAL_URL: doubles.fal.url,
    TRIPTYCH_REPLICATE_URL: doubles.replicate.base,
    REPLICATE_API_TOKEN: REPLICATE_TOKEN,
  };
  return { doubles, env };
});

const row = (work: string, candidates: readonly (readonly [provider: string, model: string])[]) => ({
  work,
  tier: 'cinematic',
  candidates: candidates.map(([provider, model]) => ({ provider, model })),
  needs: [],
  fallbacks: 2,
  switchAfter: 3,
  cap: 6,
  why: 'For a test.',
});
const ROWS = [
  row('text to image', [
    ['replicate', 'bfl/flux-1.1-pro'],
    ['replicate', 'bfl/flux-schnell'],
  ]),
  // The list leaves this price open; fal says it.
  { ...row('image to video', [['fal', 'bytedance/seedance-1.0-pro-fast']]), maxPrice: 80_000 },
];
const at = (x: number) => ({ position: { x, y: 0 } });
const GRAPH = {
  format: 'triptych',
  formatVersion: 4,
  title: 'Two services',
  nodes: {
    prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle' } },
    seed: { type: 'seed', version: 1, ...at(0), params: { seed: { mode: 'fixed', value: 0 } } },
    motion: { type: 'motion', version: 1, ...at(300), params: { seconds: 2 } },
    image: { type: 'image', version: 1, ...at(600), params: { tier: 'cinematic' } },
    animate: { type: 'animate', version: 1, ...at(900), params: { tier: 'cinematic' } },
    deliver: { type: 'deliver', version: 1, ...at(1200), params: { name: 'clip' } },
  },
  wires: {
    a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
    b: { from: { node: 'image', socket: 'image' }, to: { node: 'animate', socket: 'image' } },
    c: { from: { node: 'motion', socket: 'motion' }, to: { node: 'animate', socket: 'motion' } },
    d: { from: { node: 'animate', socket: 'video' }, to: { node: 'deliver', socket: 'video' } },
    e: { from: { node: 'seed', socket: 'seed' }, to: { node: 'image', socket: 'seed' } },
  },
};
const enterKey = async () => {
  await page.goto(`${server.url}#/settings`);
  const card = page.getByRole('article', { name: 'fal', exact: true });
  await card.getByText('no key').waitFor();
  await card.getByLabel('Key').click();
  await page.keyboard.type(FAL_KEY);
  await page.keyboard.press('Enter');
  await card.getByText(/^works, tested at/).waitFor();
};
test('a key is entered, a graph goes from image to video, falls back on the way, is reloaded in the middle, and each job is paid once', async () => {
  const { fal, replicate } = served().doubles;
  await enterKey();
  expect(await page.content()).not.toContain(FAL_KEY);
  await publishRows(ROWS);
  await page.goto(`${server.url}#/`);
  await openFile('two-services.triptych.json', JSON.stringify(GRAPH));
  await node('Animate').waitFor();
  await page.getByRole('radio', { name: 'delivery' }).click();
  // The row has a ceiling: who makes no price known is passed over.
  await heading('Animate').click();
  await page.getByText(/^quoted at /).waitFor();

  // The first candidate fails, the second takes it; the clip is still waited for when the page goes away.
  replicate.script({ at: 'submit', status: 500 });
  fal.hold();
  await button('Run').click();
  await expect.poll(() => fal.inputs.length, { timeout: 60_000 }).toBe(1);
  // What is waited for says who is at it, and how far.
  await heading('Animate').click();
  await page
    .getByRole('group', { name: 'A take is being made' })
    .getByText('Queued at fal, one job before it')
    .waitFor();
  await page.reload();
  // It is followed by itself: nobody presses anything, and both the bar and the node say so.
  await expect
    .poll(() => status().textContent())
    .toMatch(/^Queued at fal, one job before it: asked \d\d:\d\d .M, \$0\.08/);
  await node('Animate')
    .getByText(/^Queued at fal, one job before it: asked \d\d:\d\d .M, \$0\.08$/)
    .waitFor();
  await expect.poll(statuses).toMatchObject({ Animate: 'running' });
  await button('Cost: $0.00 spent, up to $0.08 in work').waitFor();
  fal.go();
  expect(await ended()).toMatch(/^Done: 1 ran/);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(statuses).toMatchObject({ Deliver: 'done' });

  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  expect(replicate.orders[0]!.input).toMatchObject({ prompt: 'a perfume bottle', seed: 0 });
  expect(fal.inputs[0]).toMatchObject({ prompt: expect.stringContaining('push in') });
  expect(await spentAt(served(), 'replicate')).toBe(3000);
  expect(await spentAt(served(), 'fal')).toBe(80_000);
  await heading('Image').click();
  await page.getByText(/Why this model:/).waitFor();
  await heading('Animate').click();
  await page.getByText('$0.08, as the service quoted it before').first().waitFor();
  // Nothing runs again: what was paid for is there.
  expect(await run()).toMatch(/^Done/);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  // What a service made is delivered without being encoded again: its packets are those that came.
  const came = readFileSync('test/fixtures/clip-128x72.mp4');
  const packets = came.subarray(came.indexOf('mdat') + 4);
  const { bytes } = await download('Deliver');
  expect(bytes.includes(packets.subarray(packets.length - 200))).toBe(true);
});

test('what a month may cost is told to the gateway, for command lines beside the page', async () => {
  const kept = () => JSON.parse(readFileSync(join(served().home, 'budget.json'), 'utf8')) as { monthlyBudget?: number };
  await expect.poll(() => existsSync(join(served().home, 'budget.json'))).toBe(true);
  expect(kept()).toEqual({});
  await page.goto(`${server.url}#/settings`);
  await page.getByLabel('Most that a month may spend').click();
  await page.keyboard.type('5');
  await page.keyboard.press('Enter');
  await expect.poll(kept).toEqual({ monthlyBudget: 5_000_000 });
  await page.reload();
  await typeOver(page.getByLabel('Most that a month may spend'), '');
  await page.keyboard.press('Tab');
  await expect.poll(kept).toEqual({});
});
