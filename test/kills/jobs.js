/**
 * `npm run kills:jobs [-- kills [seed] [service…]]`: 20 jobs at a time at a scripted service, whose gateway is killed at
 * random moments by SIGKILL, so often each; then nothing may have been paid twice, nothing be lost, and the ledger be right
 * to the micro-dollar. Services are named by how their name in `test/rig/services.ts` begins (`fal`, `openai,`); without any
 * it is the plainest one, once where it can be asked what it has, once where it cannot.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { withSources } from '../../src/setup/sources.js';

const given = process.argv.slice(2);
const [KILLS = 150, SEED = Date.now() % 1_000_000] = given.filter((each) => /^\d+$/.test(each)).map(Number);
const named = given.filter((each) => !/^\d+$/.test(each));
/** Jobs at a time, and how often their gateway is killed before fresh ones come. */
const JOBS = 20;
const KILLS_A_ROUND = 10;
/** A service thinks so long about a job it has taken: the moment between its taking it and its answer. */
const ANSWERS_AFTER_MS = 150;
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
  const { familiesCalled, ESTIMATE } = await load('/test/kills/families.ts');
  const { openJobsRig } = await load('/test/rig/jobs.ts');
  /** @type {string[]} */
  const found = [];
  const families = (named.length > 0 ? named : ['queue']).flatMap((name) => familiesCalled(name));
  if (families.length === 0) found.push(`There is no service called ${named.join(', ')}.`);
  for (const family of families) {
    const service = await family.start();
    service.answersAfter = ANSWERS_AFTER_MS;
    const home = mkdtempSync(join(tmpdir(), 'triptych-kills-'));
    /** @type {string[]} */
    const ids = [];
    const environment = {
      ...family.environmentOf(service),
      TRIPTYCH_HOME: home,
      ORDER: JSON.stringify(family.order),
    };
    for (let round = 0; round < KILLS / KILLS_A_ROUND; round++) {
      const fresh = Array.from({ length: JOBS }, (_, n) => `take-${round}-${n}`);
      ids.push(...fresh);
      for (let kill = 0; kill < KILLS_A_ROUND; kill++) {
        const { child, open, ended } = startChild({ ...environment, IDS: fresh.join() });
        await open;
        await pause(random() * LONGEST_LIFE_MS);
        child.kill('SIGKILL');
        await ended;
      }
    }
    service.answersAfter = 0;
    const { child, ended } = startChild({ ...environment, IDS: ids.join() });
    const rig = await openJobsRig([], home);
    const views = () => Promise.all(ids.map((id) => rig.journal.get(id)));
    const until = Date.now() + PATIENCE_MS;
    const isSettled = (/** @type {any} */ job) => job && ['made', 'failed', 'unknown'].includes(job.state);
    while (!(await views()).every(isSettled) && Date.now() < until) await pause(100);
    const jobs = await views();
    child.kill('SIGKILL');
    await ended;

    const taken = service.paidFor.map((/** @type {any} */ { body }) => body.toString());
    let made = 0;
    let unknown = 0;
    for (const [n, job] of jobs.entries()) {
      const times = taken.filter((/** @type {string} */ body) => body.includes(`${ids[n]}.`)).length;
      if (times > 1) found.push(`${family.name}: ${ids[n]} was paid ${times} times.`);
      if (!job || !isSettled(job)) found.push(`${family.name}: ${ids[n]} was lost (${job?.state}).`);
      else if (job.state === 'made' && times === 1) made++;
      else if (job.state === 'unknown' && !(times === 1 ? family.canLookUp : family.saysWhatIsNotThere)) unknown++;
      else found.push(`${family.name}: ${ids[n]} is ${job.state}, paid ${times} times (${job.trouble?.message}).`);
    }
    const [{ charged = 0, reserved = 0 } = {}] = await rig.journal.spending();
    if (charged !== made * family.charged || reserved !== unknown * ESTIMATE)
      found.push(
        `${family.name}: the ledger says ${charged} charged and ${reserved} set aside for ${made} made and ${unknown} unknown.`,
      );
    console.log(
      `${family.name} (${family.canLookUp ? 'can' : 'cannot'} be asked what it has): ${KILLS} kills, ${ids.length} jobs, ` +
        `${service.paid} paid, ${made} made, ${unknown} unknown, ${charged} micro-dollars charged`,
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
