/**
 * `npm run mutants [-- room or file …]`: breaks the code in every small way, one at a time, and says which breaks no test
 * notices. Without arguments: all rooms below. A report for the browser is written to test/out/mutants.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from '../../src/setup/install.js';
import { setup as openTemporaryFolder } from '../rig/temporary-folder.js';

const ROOMS = ['core', 'graph', 'engine', 'routing', 'ledger', 'session'].map((room) => `src/${room}`);

ensureInstalled();
const here = join(root, 'test/mutants');
if (!existsSync(join(here, 'node_modules'))) {
  console.log('Installing the mutation tester (once)…');
  if (spawnSync('npm', ['ci', '--loglevel=error'], { cwd: here, stdio: 'inherit' }).status !== 0) process.exit(1);
}
const { buildKernels } = await import('../../src/setup/build-kernels.js');
await buildKernels();
const asked = process.argv.slice(2);
const missing = asked.find((path) => !existsSync(join(root, path)));
if (missing) throw new Error(`There is no ${missing}.`);
const mutate = (asked.length > 0 ? asked : ROOMS).map((path) =>
  statSync(join(root, path)).isDirectory() ? `${path}/**/*.ts` : path,
);
// Each of thousands of mutants runs tests, and the process of one that hangs is killed.
const removeFolder = openTemporaryFolder();
const { status } = spawnSync(
  process.execPath,
  [
    join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js'),
    'run',
    join(here, 'stryker.config.json'),
    '--mutate',
    mutate.join(','),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_OPTIONS: `--import ${new URL('../rig/node20.js', import.meta.url).href}` },
  },
);
removeFolder();
process.exit(status ?? 1);
