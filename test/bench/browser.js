/** Encoders and canvas in a real Chromium. */
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findChromium } from '../rig/chromium.js';
import { print } from './table.js';

export async function bench() {
  const server = await createServer({ root: new URL('../..', import.meta.url).pathname, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
  await server.listen();
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'] });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const open = async () => {
    await page.goto(`${server.resolvedUrls.local[0]}test/bench/page.html`);
    await page.waitForFunction(() => 'bench' in window, null, { timeout: 60_000 });
  };
  await open();
  // The first visit lets the dev server finish preparing modules.
  await page.waitForTimeout(3000);
  await open();
  const codecs = await page.evaluate(() => window.bench.codecs());
  print('Encoders, ms', ['', 'triptych', 'peer', 'ratio'], [
    ['PNG 1024², against convertToBlob', codecs.png, codecs.convertToBlob, codecs.png / codecs.convertToBlob],
    ['48 frames 720p to a file, against a bare VideoEncoder', codecs.framesToFile, codecs.bareEncoder, codecs.framesToFile / codecs.bareEncoder],
  ]);
  const rows = [];
  for (const [count, all] of [[500, false], [2000, false], [2000, true], [5000, false]]) {
    const results = {};
    for (const kind of ['bare', 'ours']) {
      await open();
      results[kind] = await page.evaluate(([k, n, whole]) => window.bench.canvas(k, n, whole), [kind, count, all]);
    }
    const { ours, bare } = results;
    rows.push([`${count} nodes, ${all ? 'all' : 'part'}`, ours.mount, bare.mount, ours.mount / bare.mount, ours.pan, bare.pan, ours.status]);
  }
  print('Canvas beside a bare React Flow page with the same cards', ['', 'mount ms', 'bare', 'ratio', 'pan fps', 'bare', '200 statuses fps'], rows);
  await browser.close();
  await server.close();
}
