/**
 * `npm run kills [-- trials [seed]]`: edits, runs, judges and batches in a real browser, ends it at a random moment by
 * SIGKILL,
 * by closing the tab or by a reload, opens it again, and compares what is there with what the screen had last said.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright';
import { ensureBuilt } from '../../src/setup/build.js';
import { serve } from '../../src/gateway/server.js';
import { findChromium } from '../rig/chromium.js';
import { witness } from './witness.js';

const TRIALS = Number(process.argv[2] ?? 300);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);
const ENDS = /** @type {const} */ (['kill', 'kill', 'close', 'reload']);
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];
const ROWS = 3;
/** How long one thing may take while others wait to be done, and what is looked for afterwards. */
const PATIENCE_MS = { working: 2000, looking: 30_000 };

let state = SEED;
/** A number from 0 to just below 1, the same in each run with the same seed. */
function random() {
  state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return state / 4_294_967_296;
}
/** @template T @param {readonly T[]} from @returns {T} */
const pick = (from) => /** @type {T} */ (from[Math.floor(random() * from.length)]);

const executable = await findChromium();
const server = await serve(await ensureBuilt(), 0);
const profile = mkdtempSync(join(tmpdir(), 'triptych-kills-'));

/** A browser with the one profile, in a process group of its own so that all of it can be killed. */
async function startBrowser() {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const { pid } = spawn(executable, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    stdio: 'ignore',
  });
  if (!pid) throw new Error('The browser did not start.');
  for (let tries = 0; ; tries++) {
    const port = readIfThere(portFile).split('\n')[0];
    if (port) return { pid, browser: await chromium.connectOverCDP(`http://127.0.0.1:${port}`) };
    if (tries > 200) throw new Error('The browser does not say where it listens.');
    await pause(50);
  }
}
/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What was lost, how it was ended, and how long edits took. */
const lost = { committedEdits: 0, edits: 0, verdicts: 0, takes: 0, rows: 0 };
const seen = { edits: 0, verdicts: 0, takes: 0, rows: 0, kill: 0, close: 0, reload: 0 };
/** @type {number[]} */
const windows = [];
/** What the screen has said: the number in the last title that was saved, verdicts by seed, rows made. */
const said = { saved: 0, typed: 0, takes: /** @type {Record<string, string>} */ ({}), made: 0 };
/** Verdicts that were given and may or may not have been stored when the browser ended. */
let given = false;

/** @param {import('./witness.js').Claim} claim */
function note({ title, saved, window, takes, made }) {
  const edit = Number(title.match(/^Edit (\d+)/)?.[1] ?? 0);
  if (saved) said.saved = Math.max(said.saved, edit);
  if (window !== null) windows.push(window);
  Object.assign(said.takes, takes);
  said.made = Math.max(said.made, made);
}

const graph = {
  format: 'triptych',
  formatVersion: 3,
  title: 'Edit 0',
  nodes: {
    p: { type: 'prompt', version: 1, position: { x: 0, y: 0 }, params: { text: 'a red vase on a table' } },
    s: { type: 'seed', version: 1, position: { x: 0, y: 300 }, params: { seed: { mode: 'random', value: 3 } } },
    i: { type: 'image', version: 1, position: { x: 400, y: 0 }, params: { megapixels: '0.5' } },
    d: { type: 'deliver', version: 1, position: { x: 800, y: 0 }, params: { name: 'vase' } },
  },
  wires: {
    a: { from: { node: 'p', socket: 'prompt' }, to: { node: 'i', socket: 'prompt' }, order: 0 },
    b: { from: { node: 's', socket: 'seed' }, to: { node: 'i', socket: 'seed' }, order: 0 },
    c: { from: { node: 'i', socket: 'image' }, to: { node: 'd', socket: 'image' }, order: 0 },
  },
  batch: {
    columns: [{ id: 'c', node: 's', param: 'seed' }],
    rows: Array.from({ length: ROWS }, (_, at) => ({ id: `r${at}`, cells: { c: at + 1 } })),
  },
};

/** @param {import('playwright').Page} page */
const doings = (page) => ({
  async edit() {
    await page.locator('.topbar__title').fill(`Edit ${said.typed + 1}`);
    said.typed++;
    seen.edits++;
    await pause(random() * 120);
  },
  async run() {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await pause(random() * 1500);
  },
  async judge() {
    await page.getByRole('group', { name: 'Image', exact: true }).locator('.node__head').click();
    await page.locator('.strip .take').first().waitFor();
    given = true;
    seen.verdicts++;
    if (random() < 0.5) await page.keyboard.press('a');
    else {
      await page.keyboard.press('r');
      await page.locator('.reject button').first().click();
    }
    await pause(random() * 200);
  },
  async batch() {
    await page.getByRole('link', { name: 'Batch', exact: true }).click();
    // New seeds, so that there is something to make; what was made for the old ones is no longer claimed.
    for (let row = 1; row <= ROWS; row++)
      await page.getByLabel(`Seed, row ${row}`, { exact: true }).fill(`${Math.floor(random() * 1e6)}`);
    await page.getByRole('heading').first().click();
    await page.waitForFunction(() => document.querySelectorAll('.batch__fate[data-state="made"]').length === 0);
    said.made = 0;
    await page.getByRole('button', { name: 'Run rows' }).click();
    await pause(random() * 5000);
  },
});

const DOINGS = /** @type {const} */ (['edit', 'edit', 'edit', 'run', 'judge', 'judge', 'batch']);

/**
 * Does things until it is stopped, or until the page is gone. @param {import('playwright').Page} page
 * @param {typeof DOINGS[number]} first @param {{ over: boolean }} end
 */
async function work(page, first, end) {
  const all = doings(page);
  page.setDefaultTimeout(PATIENCE_MS.working);
  for (let doing = first; !end.over; doing = pick(DOINGS)) {
    try {
      await all[doing]();
    } catch {
      // Not possible just now, or the page is gone.
      await pause(30);
    }
    await page.evaluate(() => void (location.hash = location.hash.replace('/batch', ''))).catch(() => {});
  }
}

/** What is really there, in the database and on the page of the batch. @param {import('playwright').Page} page */
async function found(page) {
  await page.locator('.topbar__title').waitFor();
  const title = await page.locator('.topbar__title').inputValue();
  const takes = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const open = indexedDB.open('triptych');
        open.onsuccess = () => {
          const rows = open.result.transaction('takes').objectStore('takes').getAll();
          rows.onsuccess = () => {
            open.result.close();
            resolve(Object.fromEntries(rows.result.map((take) => [take.seed, take.verdict.state])));
          };
        };
      }),
  );
  return { edit: Number(title.match(/^Edit (\d+)/)?.[1] ?? 0), takes: /** @type {Record<string, string>} */ (takes) };
}

/** @param {Awaited<ReturnType<typeof found>>} there @param {string} how */
function compare({ edit, takes }, how) {
  /** @param {keyof typeof lost} kind @param {string} what */
  const miss = (kind, what) => {
    lost[kind]++;
    console.log(`  lost after ${how}: ${what}`);
  };
  if (edit < said.saved) miss('committedEdits', `edit ${said.saved} was said to be saved, and ${edit} is there`);
  else if (edit < said.typed) miss('edits', `edit ${said.typed} was typed, and ${edit} is there`);
  for (const [seed, fate] of Object.entries(said.takes)) {
    const stored = takes[seed];
    if (stored === undefined) miss('takes', `the take with seed ${seed}`);
    // A verdict given in the last moment may be there although nobody has seen it.
    else if (!given && (fate === 'superseded' ? 'open' : fate) !== stored)
      miss('verdicts', `the take with seed ${seed} was ${fate}, and is ${stored}`);
    else if (
      given &&
      fate !== 'open' &&
      fate !== 'superseded' &&
      stored === 'open' &&
      !Object.entries(takes).some(([other, now]) => now === 'accepted' && said.takes[other] !== 'accepted')
    )
      miss('verdicts', `the take with seed ${seed} was ${fate}, and is open`);
  }
  seen.takes += Object.keys(said.takes).length;
}

/** @param {import('playwright').BrowserContext} context @param {string} address */
async function open(context, address) {
  const page = await context.newPage();
  await page.exposeFunction('claim', note);
  await page.addInitScript(witness);
  page.setDefaultTimeout(PATIENCE_MS.looking);
  await page.goto(address);
  return page;
}

console.log(`${TRIALS} trials, seed ${SEED}`);
let running = await startBrowser();
let context = /** @type {import('playwright').BrowserContext} */ (running.browser.contexts()[0]);
let page = await open(context, server.url);
const file = join(profile, 'kills.triptych.json');
writeFileSync(file, JSON.stringify(graph));
await page.getByLabel('Graph file').setInputFiles(file);
await page.locator('.topbar__title').waitFor();
const address = page.url();

for (let trial = 1; trial <= TRIALS; trial++) {
  const how = pick(ENDS);
  const end = { over: false };
  // A batch takes longer than the rest: now and then the trial begins with one.
  const working = work(page, trial % 3 === 0 ? 'batch' : pick(DOINGS), end);
  await pause(500 + random() * 4000);
  seen[how]++;
  if (how === 'kill') process.kill(-running.pid, 'SIGKILL');
  else if (how === 'close') await page.close();
  else await page.reload({ waitUntil: 'commit' });
  end.over = true;
  await working;
  page.setDefaultTimeout(PATIENCE_MS.looking);
  if (how === 'kill') {
    await running.browser.close().catch(() => {});
    running = await startBrowser();
    context = /** @type {import('playwright').BrowserContext} */ (running.browser.contexts()[0]);
  }
  if (how !== 'reload') page = await open(context, address);
  else await page.goto(address);
  await page.reload();
  const claimed = said.made;
  compare(await found(page), how);
  if (claimed > 0) {
    seen.rows += claimed;
    await page.getByRole('link', { name: 'Batch', exact: true }).click();
    const isThere = page.waitForFunction(
      (rows) => document.querySelectorAll('.batch__fate[data-state="made"]').length >= rows,
      claimed,
    );
    if (
      !(await isThere.then(
        () => true,
        () => false,
      ))
    ) {
      lost.rows++;
      console.log(`  lost after ${how}: of ${claimed} rows that were made, some are not`);
    }
    await page.getByRole('link', { name: 'Editor', exact: true }).click();
  }
  Object.assign(said, { saved: 0, takes: {}, made: 0 });
  given = false;
  said.typed = Number((await page.locator('.topbar__title').inputValue()).match(/^Edit (\d+)/)?.[1] ?? 0);
  said.saved = said.typed;
  if (trial % 10 === 0) console.log(`${trial}: ${JSON.stringify(lost)}`);
}
process.kill(-running.pid, 'SIGKILL');
await server.close();
await pause(300);
rmSync(profile, { recursive: true, force: true });

windows.sort((a, b) => a - b);
const at = (/** @type {number} */ share) =>
  Math.round(windows[Math.min(windows.length - 1, Math.floor(windows.length * share))] ?? 0);
console.log(
  `${TRIALS} trials: ${seen.kill} killed, ${seen.close} closed, ${seen.reload} reloaded; ${seen.edits} edits, ${seen.verdicts} verdicts, ${seen.takes} takes and ${seen.rows} rows looked for`,
);
console.log(
  `lost: ${lost.committedEdits} committed edits, ${lost.verdicts} verdicts, ${lost.takes + lost.rows} takes; edits nobody was told were saved: ${lost.edits}`,
);
console.log(
  `from an edit to the disk: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, worst ${at(1)} ms, of ${windows.length}`,
);
process.exit(lost.committedEdits + lost.verdicts + lost.takes + lost.rows > 0 ? 1 : 0);
