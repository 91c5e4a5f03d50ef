/**
 * `npm test`: types, format, lint, cycles, dead code, unit tests in Node, browser tests in a real Chromium. Ends with
 * one line of counts. `node test/run.js types lint unit` does only the parts that are named, and `node test/run.js unit
 * test/core` only the tests in those files or folders.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureInstalled, root } from '../src/setup/install.js';

ensureInstalled();
const { buildKernels } = await import('../src/setup/build-kernels.js');
const { ensureBuilt } = await import('../src/setup/build.js');
const { findChromium } = await import('./rig/chromium.js');

const PARTS = ['types', 'lint', 'unit', 'browser', 'app'];
const isPath = (/** @type {string} */ word) => word.includes('/');
const asked = process.argv.slice(2).filter((word) => !isPath(word));
const paths = process.argv.slice(2).filter(isPath);
const unknown = asked.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}. There are ${PARTS.join(', ')}.`);
/** @param {string} part */
const does = (part) => asked.length === 0 || asked.includes(part);
const CODE = ['src', 'nodes', 'test', 'vite.config.ts'];

const totals = { passed: 0, failed: 0 };
/** What failed, told once more at the end, where one looks first. @type {string[]} */
const failures = [];
/** @param {string} name @param {() => boolean | Promise<boolean>} work */
async function check(name, work) {
  const start = Date.now();
  let fine = false;
  try {
    fine = await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  totals[fine ? 'passed' : 'failed']++;
  if (!fine) failures.push(name);
  console.log(`${fine ? '✓' : '✗'} ${name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  return fine;
}

/**
 * Runs Node beside whatever else goes on; what it prints comes line by line, so that no line is torn. Resolves with
 * whether it ended well. @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env]
 */
function runNode(args, env = {}) {
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...colours, ...env },
  });
  createInterface(child.stdout).on('line', (line) => console.log(line));
  createInterface(child.stderr).on('line', (line) => console.error(line));
  return new Promise((resolve) => child.on('close', (status) => resolve(status === 0)));
}
/** A command of an installed package. @param {string} path @param {readonly string[]} args */
const runTool = (path, ...args) => runNode([join(root, 'node_modules', path), ...args]);

/** Runs the tests of one project of `vite.config.ts`. @param {string} project @param {string} [chromium] */
async function runTests(project, chromium) {
  const report = join(root, `test/out/${project}.json`);
  rmSync(report, { force: true });
  const ended = await runNode(
    [
      '--import',
      new URL('rig/node20.js', import.meta.url).href,
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      project,
      ...paths,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    chromium ? { CHROMIUM_PATH: chromium } : {},
  );
  const outcome = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, testResults: [] };
  totals.passed += outcome.numPassedTests;
  totals.failed += outcome.numFailedTests;
  for (const { name, status: fate, message, assertionResults } of outcome.testResults) {
    const file = relative(root, name);
    for (const test of assertionResults)
      if (test.status === 'failed') failures.push(`${file} › ${test.fullName}\n${test.failureMessages.join('\n')}`);
    if (fate === 'failed' && message) failures.push(`${file}\n${message}`);
  }
  // A run that broke outside its tests has failed too.
  if (!ended && outcome.numFailedTests === 0) {
    totals.failed++;
    failures.push(`${project}: the run broke outside its tests; what it said is above`);
  }
}

await check('pixel kernels compile', async () => {
  await buildKernels();
  return true;
});
const isBuilt =
  (does('browser') || does('app')) && (await check('the app builds', async () => (await ensureBuilt()) !== ''));

/** What needs no browser, and the tests of parts of the app in one. @param {Promise<string>} chromium */
async function testParts(chromium) {
  if (does('types'))
    for (const part of ['pure', 'rim', 'ui', 'test'])
      await check(`types: ${part}`, () => runTool('typescript/bin/tsc', '-p', `tsconfig.${part}.json`));
  if (does('lint')) {
    await check('format', () => runTool('oxfmt/bin/oxfmt', '--check', ...CODE));
    await check('lint, layers and import cycles', () =>
      runTool('oxlint/bin/oxlint', '--deny-warnings', '--import-plugin', '--type-aware', 'src', 'nodes', 'test'),
    );
    await check('no dead files or exports', () => runTool('knip/bin/knip.js', '--no-progress'));
  }
  if (does('unit')) await runTests('node');
  if (does('browser') && (await chromium)) await runTests('browser', await chromium);
}

/** The built app as a person uses it, which takes the longest. @param {Promise<string>} chromium */
async function testApp(chromium) {
  if (does('app') && isBuilt && (await chromium)) await runTests('app', await chromium);
}

/** Where it lies; empty where there is none. @returns {Promise<string>} */
async function chromiumToTestIn() {
  let path = '';
  await check('a Chromium to test in', async () => (path = await findChromium()) !== '');
  return path;
}
const chromium = does('browser') || does('app') ? chromiumToTestIn() : Promise.resolve('');
// Pages wait for much, the rest for nothing: side by side they keep two cores busy.
await Promise.all([testParts(chromium), testApp(chromium)]);

for (const failure of failures) console.log(`\n✗ ${failure}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed === 0 ? 0 : 1);
