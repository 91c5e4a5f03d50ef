import { expect, test } from 'vitest';
import { button, ended, openHero, page, run, status } from './stage.ts';

test('when the thread behind a run dies, the run has failed, no card is at work, and the next run has a thread', async () => {
  await openHero();
  await button('Run').click();
  await page.locator('[data-status=running]').first().waitFor();
  const engine = page.workers().find((worker) => worker.url().includes('run.worker'))!;
  engine.evaluate(() => self.close()).catch(() => {});
  expect(await ended()).toBe('Failed The thread that ran this step stopped unexpectedly.');
  expect(await page.locator('[data-status=running], [data-status=queued]').count()).toBe(0);
  await expect.poll(() => button('Run').isEnabled()).toBe(true);
  expect(await run()).toMatch(/^Done/);
  expect(await status().textContent()).not.toContain('Failed');
});
