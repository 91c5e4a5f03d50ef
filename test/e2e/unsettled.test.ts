/** Takes that nobody knows about, since the connection was cut after the service had them: what a person does then. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jobRoutes, openJobs, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { serve } from '../../src/gateway/server.js';
import { ensureBuilt } from '../../src/setup/build.js';
import { startKling, type KlingDouble } from '../contract/kling.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';
import { row } from '../rig/two-services.ts';
import { ended, fileWith, heading, node, notice, openFile, page, run, violations } from './stage.ts';

let kling: KlingDouble;
let replicate: ReplicateDouble;
let jobs: OpenJobs;
let gateway: Awaited<ReturnType<typeof serve>>;

beforeEach(async () => {
  kling = await startKling();
  replicate = await startReplicate();
  jobs = await openJobs({
    TRIPTYCH_HOME: mkdtempSync(join(tmpdir(), 'triptych-home-')),
    TRIPTYCH_KLING_URL: kling.url,
    KLING_API_KEY: 'test-key',
    TRIPTYCH_REPLICATE_URL: replicate.base,
    REPLICATE_API_TOKEN: REPLICATE_TOKEN,
  });
  gateway = await serve(await ensureBuilt(), 0, { routes: jobRoutes(jobs.service) });
});
afterEach(async () => {
  await jobs.close();
  await Promise.all([gateway.close(), kling.close(), replicate.close()]);
});

const at = (x: number) => ({ position: { x, y: 0 } });
const GRAPH = {
  format: 'triptych',
  formatVersion: 4,
  title: 'One image',
  nodes: {
    prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle' } },
    seed: { type: 'seed', version: 1, ...at(0), params: { seed: { mode: 'fixed', value: 0 } } },
    image: { type: 'image', version: 1, ...at(300), params: { tier: 'cinematic' } },
  },
  wires: {
    a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
    b: { from: { node: 'seed', socket: 'seed' }, to: { node: 'image', socket: 'seed' } },
  },
};
/** Opens a graph, of which this one model makes the image. */
async function openRoutedTo(provider: string, model: string, graph: object = GRAPH): Promise<void> {
  const table = {
    format: 'triptych-routing',
    formatVersion: 1,
    id: 'house',
    name: 'House',
    version: 2,
    note: '',
    publishedAt: '2026-11-27T00:00:00.000Z',
    rows: [row('text to image', provider, model)],
  };
  await page.goto(`${gateway.url}#/routing`);
  await page.getByLabel('Routing table file').setInputFiles(fileWith('table.json', JSON.stringify(table)));
  await page.getByLabel('Table', { exact: true }).selectOption({ label: 'House (draft)' });
  await page.getByLabel('What changed and why').click();
  await page.keyboard.type('Services');
  await page.keyboard.press('Enter');
  await page.getByLabel('What changed and why').waitFor({ state: 'hidden' });
  await page.goto(gateway.url);
  await openFile('one-image.triptych.json', JSON.stringify(graph));
  await node('Image').waitFor();
  await page.getByRole('radio', { name: 'delivery' }).click();
}
/** Runs the graph, whose take is sent, and never answered for. */
async function runIntoTheDark(): Promise<void> {
  expect(await run()).toMatch(/^Failed/);
  await heading('Image').click();
  await question().waitFor();
}
const question = () => page.getByRole('group', { name: 'A take waits for your decision' });
const takes = (fate: string) =>
  page.getByRole('region', { name: 'Takes' }).getByRole('button', { name: new RegExp(`^Take \\d+, ${fate}$`) });
const spent = async (service: string) =>
  (await jobs.service.providers()).find(({ id }) => id === service)!.spentThisMonth;
/** By keys alone. */
async function press(name: string): Promise<void> {
  await question().getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

test('a take is looked for again, and found: it was sent once, and costs what the service says', async () => {
  // This model takes no seed.
  await openRoutedTo('kling', 'kling/image-o1', { ...GRAPH, wires: { a: GRAPH.wires.a } });
  kling.script({ at: 'submit', cut: 'before answer' }, { at: 'status', status: 403 }, { at: 'status', status: 403 });
  await runIntoTheDark();
  expect(await question().textContent()).toContain('Nobody knows whether Kling made it, or what it costs.');
  expect(await violations()).toEqual([]);
  // While the service says nothing, nothing changes.
  await press('Look again');
  await notice('The service cannot say whether it has the job.').waitFor();
  await question().getByRole('button', { name: 'Look again' }).click();
  await question().waitFor({ state: 'hidden' });
  expect(await ended()).toMatch(/^Done/);
  await takes('open').waitFor();
  await node('Image').locator('img').first().waitFor();
  expect([kling.orders.length, kling.paid]).toEqual([1, 1]);
  expect(await spent('kling')).toBe(420_000);
  // By keys, its receipt opens where takes are judged.
  await page.getByRole('link', { name: 'Review', exact: true }).click();
  const judged = page.getByRole('article', { name: 'Take 1, open' });
  await judged.getByText('Receipt of this take').focus();
  await page.keyboard.press('Enter');
  await judged
    .getByRole('group', { name: 'Receipt of this take' })
    .getByText('Kling Image O1 at Kling')
    .first()
    .waitFor();
  expect(await violations()).toEqual([]);
  await page.goBack();
  await node('Image').waitFor();
  // What is there is not sent again.
  expect(await run()).toMatch(/^Done/);
  expect(kling.paid).toBe(1);
});

test('takes are counted as lost and replaced: what they may have cost is booked once, and each is sent once', async () => {
  await openRoutedTo('replicate', 'bfl/flux-schnell');
  replicate.script({ at: 'submit', cut: 'before answer' });
  await runIntoTheDark();
  expect(await question().textContent()).toContain('Nobody knows whether Replicate made it; it may have cost $0.003.');
  // It does not run again by itself, and a reload forgets nothing.
  await page.reload();
  await heading('Image').click();
  await question().waitFor();
  await press('Count it as lost');
  await question().waitFor({ state: 'hidden' });
  await takes('failed').waitFor();
  expect([replicate.paid, await spent('replicate')]).toEqual([1, 3000]);

  replicate.script({ at: 'submit', cut: 'before answer' });
  await runIntoTheDark();
  await question().getByRole('button', { name: 'Take another' }).click();
  await question().waitFor({ state: 'hidden' });
  expect(await ended()).toMatch(/^Done/);
  await takes('open').waitFor();
  expect(await takes('failed').count()).toBe(2);
  expect([replicate.orders.length, replicate.paid, await spent('replicate')]).toEqual([3, 3, 9000]);

  await page.goto(`${gateway.url}#/settings`);
  await page.getByRole('article', { name: 'Replicate', exact: true }).getByText('$0.009').waitFor();
  // And from the books: which it was, and what became of it.
  await page.goto(`${gateway.url}#/audit`);
  await page.getByRole('button', { name: 'cinematic' }).first().focus();
  await page.keyboard.press('Enter');
  const books = page.getByRole('region', { name: 'Takes of cinematic' });
  await books.getByRole('button').last().focus();
  await page.keyboard.press('Enter');
  await books.getByRole('group', { name: 'Receipt of this take' }).getByText('Counted as lost').waitFor();
  expect(await violations()).toEqual([]);
});
