/** Runs that are cut short: cancelled, one of their threads lost, their page closed. */
import { expect, test } from 'vitest';
import { button, ended, node, openHero, page, rowsIn, run, status, statuses, withhold } from './stage.ts';

/** Runs the hero up to its clip, which is not written before it is let go. */
const runUpToClip = async () => {
  await openHero();
  const clip = await withhold('video');
  await button('Run').click();
  await clip.isAskedFor();
  await expect.poll(() => node('Animate').getAttribute('data-status')).toBe('running');
  return clip;
};

test('cancel stops the run; the next one finishes what is missing', async () => {
  const clip = await runUpToClip();
  await button('Cancel').click();
  expect(await ended()).toMatch(/^Cancelled: \d+ ran/);
  clip.letGo();
  expect((await statuses())['Deliver clip']).toBe('idle');
  expect(await run()).toMatch(/^Done: [23] ran, [89] from the cache/);
});

test('a task thread that dies in the middle fails its node with a sentence; the rest goes on, and the next run is whole', async () => {
  const clip = await runUpToClip();
  const workers = page.workers().filter((worker) => worker.url().includes('task.worker'));
  expect(workers.length).toBeGreaterThan(0);
  for (const worker of workers) await worker.evaluate(() => self.close());
  expect(await ended()).toMatch(/^Failed/);
  expect(await node('Animate').getByRole('alert').textContent()).toContain(
    'The thread that ran this step stopped unexpectedly.',
  );
  clip.letGo();
  expect(await run()).toMatch(/^Done/);
});

test('a run cut off by closing the page is offered again, and goes on from what was finished', async () => {
  const clip = await runUpToClip();
  const finished = Object.values(await statuses()).filter((one) => one === 'done').length;
  await expect.poll(() => rowsIn('results')).toBeGreaterThanOrEqual(finished);
  await page.reload();
  clip.letGo();
  await button('Resume').click();
  expect(await ended()).toMatch(/^Done: [1-4] ran/);
  expect(await button('Resume').count()).toBe(0);
});

test('when the thread behind a run dies, the run has failed, no card is at work, and the next run has a thread', async () => {
  await openHero();
  const drawing = await withhold('sketch');
  await button('Run').click();
  await drawing.isAskedFor();
  await expect.poll(() => node('Image').getAttribute('data-status')).toBe('running');
  const engine = page.workers().find((worker) => worker.url().includes('run.worker'))!;
  engine.evaluate(() => self.close()).catch(() => {});
  expect(await ended()).toBe('Failed The thread that ran this step stopped unexpectedly.');
  expect(await page.locator('[data-status=running], [data-status=queued]').count()).toBe(0);
  drawing.letGo();
  await expect.poll(() => button('Run').isEnabled()).toBe(true);
  expect(await run()).toMatch(/^Done/);
  expect(await status().textContent()).not.toContain('Failed');
});
