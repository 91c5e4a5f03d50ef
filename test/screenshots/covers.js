/**
 * `npm run covers`: the pictures in the gallery (`public/templates/<id>.webp`), of what the templates make now, and the
 * one in the README. Commit them with what changed them. `npm run covers -- bridge loop` draws only these.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawCover } from './draw-cover.js';
import { goTo, makeGraph } from './screens.js';
import { startApp } from './start-app.js';

/** @typedef {import('playwright').Page} Page */

const PUBLIC = join(import.meta.dirname, '../../public');
const README = 'screenshot';
const RUN_MS = 300_000;
const SEEN_IN_README = { width: 1600, height: 960 };

/**
 * Which nodes are seen on a cover, the one that says most first, or the takes of one. `bridge@0.5` is a clip in its
 * middle. `above` puts the first over the others.
 * @typedef {{
 *   of: readonly string[];
 *   layout?: 'columns' | 'grid' | 'above';
 *   focus?: readonly number[];
 *   isBatch?: boolean;
 * }} Cover `focus`: where in each picture its subject stands, 0 (left) to 1 (right); the middle if nothing is said.
 * @type {Readonly<Record<string, Cover>>}
 */
const COVERS = {
  'product-hero': { of: ['grade'] },
  'social-cutdowns': { of: ['cut21x9', 'cut16x9', 'cut1x1', 'cut4x5'], layout: 'above' },
  'seed-explorer': { of: ['i1', 'i2', 'i3', 'i4', 'i5', 'i6'], layout: 'grid' },
  'cfg-strip': { of: ['i1', 'i2', 'i3', 'i4', 'i5'], focus: [0.34, 0.34, 0.34, 0.34, 0.34] },
  'text-or-still': { of: ['film@0.3'] },
  'reference-ladder': { of: ['i1', 'i2', 'i3'] },
  storyboard: { of: ['i1', 'i2', 'i3', 'i4', 'i5', 'i6'], layout: 'grid' },
  'storyboard-in-shots': { of: ['i1', 'i2', 'i3'], focus: [0.32, 0.33, 0.68] },
  'character-scenes': { of: ['i1', 'i2', 'i3', 'sheet'], layout: 'grid' },
  'upscale-ladder': { of: ['u3'] },
  'draft-to-delivery': { of: ['grade'] },
  'mood-board': { of: ['grade'] },
  acceptance: { of: ['grade'] },
  'two-moves': { of: ['stitch@0', 'stitch@0.45', 'stitch@0.95'], layout: 'above' },
  'product-range': { of: ['image'], layout: 'grid', isBatch: true },
  extend: { of: ['stitch@0.95', 'stitch@0', 'stitch@0.5'], layout: 'above', focus: [0.7, 0.7, 0.7] },
  bridge: { of: ['bridge@0.5', 'image', 'last'], layout: 'above' },
  retime: { of: ['retime@0', 'retime@0.3', 'retime@0.6', 'retime@0.95'], layout: 'above' },
  loop: { of: ['loop@0.5'] },
  stabilise: { of: ['stabilise@0.5', 'stabilise@0', 'stabilise@0.3', 'stabilise@0.9'], layout: 'above' },
  'split-grid': { of: ['image1', 'image2', 'image3', 'image4'], layout: 'grid' },
  'contact-sheet': { of: ['image1', 'image2', 'image3', 'image4'], layout: 'grid' },
  match: { of: ['image', 'image2'], focus: [0.35, 0.5] },
  'character-film': { of: ['board'] },
};

/** @type {{ id: string }[]} */
const templates = JSON.parse(readFileSync(join(PUBLIC, 'templates/index.json'), 'utf8'));
const wanted = process.argv.slice(2);
const names = wanted.length > 0 ? wanted : [...templates.map(({ id }) => id), README];
const unknown = names.filter((name) => name !== README && !COVERS[name]);
if (unknown.length > 0) {
  console.error(`No cover is described for ${unknown.join(', ')}: say in test/screenshots/covers.js what is on it.`);
  process.exit(1);
}

const app = await startApp();
try {
  for (const name of names) {
    const picture = name === README ? await photographEditor() : await coverOf(name);
    const file = name === README ? `${README}.webp` : `templates/${name}.webp`;
    writeFileSync(join(PUBLIC, file), picture);
    console.log(`public/${file}: ${picture.length} bytes`);
  }
} finally {
  await app.close();
}

/** @param {string} id */
async function coverOf(id) {
  const { of, layout = 'columns', focus = [], isBatch = false } = COVERS[id] ?? { of: [] };
  const page = await app.open('en', { viewport: { width: 1280, height: 800 } });
  await goTo(page, `/t/${id}`);
  await page.waitForURL(/#\/g\/[\w-]+$/);
  const graph = new URL(page.url()).hash.slice('#/g/'.length);
  await (isBatch ? makeRows(page, graph) : run(page));
  const base64 = await page.evaluate(drawCover, { graph, of, layout, focus, takes: isBatch });
  await page.context().close();
  return Buffer.from(base64, 'base64');
}

/** A run that waits for a verdict has made the stills. @param {Page} page */
async function run(page) {
  await page.getByRole('radio', { name: 'delivery' }).click();
  const status = page.getByRole('status', { name: 'Run' });
  await status.filter({ hasText: /to run/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await status.filter({ hasText: /^(Done|Waits for)/ }).waitFor({ timeout: RUN_MS });
}

/** @param {Page} page @param {string} graph */
async function makeRows(page, graph) {
  await goTo(page, `/g/${graph}/batch`);
  await page.getByRole('button', { name: 'Run rows' }).click();
  await page.getByText(/^All \d+ rows are made\.$/).waitFor({ timeout: RUN_MS });
}

async function photographEditor() {
  const page = await app.open('en', { viewport: SEEN_IN_README, colorScheme: 'dark' });
  await makeGraph(page);
  await page.locator('[data-node-id="image"] .node__head').click();
  // What is under the pointer says more than it does otherwise.
  await page.mouse.move(0, 0);
  const png = await page.screenshot({ animations: 'disabled' });
  // An empty page may read what the app's own policy keeps out.
  const empty = await page.context().newPage();
  const base64 = await empty.evaluate(webpOf, `data:image/png;base64,${png.toString('base64')}`);
  await page.context().close();
  return Buffer.from(base64, 'base64');
}

/** Called in a page: a picture as WebP in base64. @param {string} url */
async function webpOf(url) {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const bytes = await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 })).arrayBuffer();
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
}
