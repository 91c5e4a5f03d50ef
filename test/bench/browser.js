/** Encoders and canvas in a real Chromium. */
import { chromium } from 'playwright';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { serve } from '../../src/gateway/server.js';
import { findChromium } from '../rig/chromium.js';
import { print } from './table.js';

export async function bench() {
  // Built as the app is: a development build of React would measure React's own checks.
  const folder = mkdtempSync(join(tmpdir(), 'triptych-bench-'));
  const root = new URL('../..', import.meta.url).pathname;
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    plugins: [react()],
    worker: { format: 'es' },
    publicDir: false,
    build: {
      target: 'es2023',
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { input: join(root, 'test/bench/page.html') },
    },
  });
  const server = await serve(folder, 0);
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const open = async () => {
    await page.goto(`${server.url}test/bench/page.html`);
    await page.waitForFunction(() => 'bench' in window, null, { timeout: 60_000 });
  };
  await open();
  const codecs = await page.evaluate(() => window.bench.codecs());
  print(
    'Encoders, ms',
    ['', 'triptych', 'peer', 'ratio'],
    [
      ['PNG 1024², against convertToBlob', codecs.png, codecs.convertToBlob, codecs.png / codecs.convertToBlob],
      [
        '48 frames 720p to a file, against a bare VideoEncoder',
        codecs.framesToFile,
        codecs.bareEncoder,
        codecs.framesToFile / codecs.bareEncoder,
      ],
    ],
  );
  const rows = [];
  for (const [count, all] of [
    [500, false],
    [2000, false],
    [2000, true],
    [5000, false],
    [5000, true],
  ]) {
    const results = {};
    // The bare page does not survive 5,000 cards in view.
    const bareToo = !all || count < 5000;
    results.bare = { mount: NaN, pan: NaN, zoom: NaN, drag: NaN };
    for (const kind of bareToo ? ['bare', 'ours'] : ['ours']) {
      await open();
      results[kind] = await page.evaluate(([k, n, whole]) => window.bench.canvas(k, n, whole), [kind, count, all]);
      // An overview has nothing to drag.
      results[kind].drag = all ? 0 : await drag(page);
    }
    await open();
    results.litegraph = await page.evaluate(([n, whole]) => window.bench.litegraph(n, whole), [count, all]);
    const { ours, bare, litegraph } = results;
    rows.push([
      `${count} nodes, ${all ? 'all' : 'part'}`,
      ours.mount,
      bare.mount,
      ours.mount / bare.mount,
      litegraph.mount,
      ours.pan,
      bare.pan,
      litegraph.pan,
      ours.zoom,
      bare.zoom,
      litegraph.zoom,
      ours.drag,
      bare.drag,
      ours.status,
    ]);
  }
  print(
    'Canvas beside a bare React Flow page with the same cards, and litegraph',
    [
      '',
      'mount ms',
      'bare',
      'ratio',
      'litegraph',
      'pan fps',
      'bare',
      'litegraph',
      'zoom fps',
      'bare',
      'litegraph',
      'drag fps',
      'bare',
      '200 statuses fps',
    ],
    rows,
  );
  await browser.close();
  await server.close();
}

/** Drags the first visible card with the mouse and counts frames meanwhile. @param {import('playwright').Page} page */
async function drag(page) {
  const box = await page.locator('.node__head').first().boundingBox();
  if (!box) return 0;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  const counting = page.evaluate(() => window.bench.count(1500));
  for (let k = 0; k < 60; k++) await page.mouse.move(box.x + box.width / 2 + k * 3, box.y + box.height / 2 + k * 2);
  const fps = await counting;
  await page.mouse.up();
  return fps;
}
