/**
 * `npm run kills:jobs [-- kills [seed]]`: 20 jobs at a time at a scripted service, whose gateway is killed at random
 * moments by SIGKILL; then nothing may have been paid twice, nothing be lost, and the ledger be right to the micro-dollar. Once
 * with a service that can be asked what it has, once with one that cannot.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { withSources } from '../../src/setup/sources.js';

const KILLS = Number(process.argv[2] ?? 300);
const SEED = Number(process.argv[3] ?? Date.now() % 1_000_000);
/** Jobs at a time, and how often their gateway is killed before fresh ones come. */
const JOBS = 20;
const KILLS_A_ROUND = 10;
const PRICE = 40_000;
const LONGEST_LIFE_MS = 700;
const PATIENCE_MS = 300_000;

let state = SEED;
/** A number from 0 to just below 1, the same in each run with the same seed. */
function random() {
  state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return state / 4_294_967_296;
}

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const built = join(root, 'node_modules/.cache/kills-jobs');
await build({
  configFile: false,
  root,
  logLevel: 'error',
  publicDir: false,
  build: { ssr: join(here, 'jobs-child.ts'), outDir: built, emptyOutDir: true, target: 'node20' },
});

/** @param {Record<string, string>} environment */
function startChild(environment) {
  const child = spawn(process.execPath, [join(built, 'jobs-child.js')], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const open = new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return { child, open, ended };
}

const faults = await withSources(async (load) => {
  const { startQueue } = await load('/test/contract/queue.ts');
  const { openJobsRig } = await load('/test/rig/jobs.ts');
  /** @type {string[]} */
  const found = [];
  for (const canLookUp of [true, false]) {
    const service = await startQueue();
    service.settings.questions = 3;
    service.settings.answersAfter = 150;
    const home = mkdtempSync(join(tmpdir(), 'triptych-kills-'));
    /** @type {string[]} */
    const ids = [];
    const environmentFor = (/** @type {readonly string[]} */ ordered) => ({
      TRIPTYCH_HOME: home,
      QUEUE_URL: service.url,
      QUEUE_KEY: 'key',
      CAN_LOOK_UP: canLookUp ? 'yes' : 'no',
      IDS: ordered.join(),
    });
    for (let round = 0; round < KILLS / 2 / KILLS_A_ROUND; round++) {
      const fresh = Array.from({ length: JOBS }, (_, n) => `take-${round}-${n}`);
      ids.push(...fresh);
      for (let kill = 0; kill < KILLS_A_ROUND; kill++) {
        const { child, open, ended } = startChild(environmentFor(fresh));
        await open;
        await pause(random() * LONGEST_LIFE_MS);
        child.kill('SIGKILL');
        await ended;
      }
    }
    const { child, ended } = startChild(environmentFor(ids));
    const rig = await openJobsRig([], home);
    const views = () => Promise.all(ids.map((id) => rig.journal.get(id)));
    const until = Date.now() + PATIENCE_MS;
    const isSettled = (/** @type {any} */ job) => job && ['made', 'failed', 'unknown'].includes(job.state);
    while (!(await views()).every(isSettled) && Date.now() < until) await pause(100);
    const jobs = await views();
    child.kill('SIGKILL');
    await ended;

    const sent = new Map();
    for (const { method, path, json } of service.asked)
      if (method === 'POST' && path === '/jobs') sent.set(json.name, (sent.get(json.name) ?? 0) + 1);
    let made = 0;
    let unknown = 0;
    for (const [n, job] of jobs.entries()) {
      const times = sent.get(ids[n]) ?? 0;
      if (times > 1) found.push(`${ids[n]} was sent ${times} times.`);
      if (!job || !isSettled(job)) found.push(`${ids[n]} was lost (${job?.state}).`);
      else if (job.state === 'made' && times === 1) made++;
      else if (job.state === 'unknown' && !canLookUp) unknown++;
      else found.push(`${ids[n]} is ${job.state}, sent ${times} times.`);
    }
    const [{ charged = 0, reserved = 0 } = {}] = await rig.journal.spending();
    if (charged !== made * PRICE || reserved !== unknown * PRICE)
      found.push(
        `The ledger says ${charged} charged and ${reserved} set aside for ${made} made and ${unknown} unknown.`,
      );
    console.log(
      `${canLookUp ? 'a service that can be asked' : 'a service that cannot'}: ${KILLS / 2} kills, ${ids.length} jobs, ` +
        `${service.paid} paid, ${made} made, ${unknown} unknown`,
    );
    await rig.service.close();
    await service.close();
    rmSync(home, { recursive: true, force: true });
  }
  return found;
});

for (const fault of faults) console.error(fault);
console.log(`seed ${SEED}: ${faults.length === 0 ? 'nothing paid twice, nothing lost' : `${faults.length} faults`}`);
process.exitCode = faults.length === 0 ? 0 : 1;
