/** The built app with its job service, and a browser that looks at it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { loadJobs } from '../../src/gateway/load-jobs.js';
import { serve } from '../../src/gateway/server.js';
import { ensureBuilt } from '../../src/setup/build.js';
import { findChromium } from '../rig/chromium.js';

export async function startApp() {
  const home = mkdtempSync(join(tmpdir(), 'triptych-screens-'));
  // Keys and jobs of whoever looks at screens are not for pictures.
  process.env.TRIPTYCH_HOME = home;
  const folder = await ensureBuilt();
  const jobs = await loadJobs();
  const server = await serve(folder, 0, jobs);
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    /** A page of a browser that has seen nothing yet, in a language. @param {string} language @param {import('playwright').BrowserContextOptions} [options] */
    async open(language, options) {
      const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
      // The tour is over for whoever has seen its last step.
      await context.addInitScript(
        (view) => localStorage.setItem('triptych-view', view),
        JSON.stringify({ language, tour: 99 }),
      );
      const page = await context.newPage();
      await page.goto(server.url);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await jobs.close?.();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
