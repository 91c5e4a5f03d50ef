/**
 * `npm run bench [engine|kernels|clips|browser]`: ours beside its peers, in one run on one machine. Read the ratios; the
 * absolute times belong to whatever else the machine is doing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureInstalled, root } from '../../src/setup/install.js';
import { setup as openTemporaryFolder } from '../rig/temporary-folder.js';

ensureInstalled();
if (!existsSync(`${root}/test/bench/node_modules`)) {
  console.log('Installing the peers (once)…');
  if (spawnSync('npm', ['ci', '--loglevel=error'], { cwd: `${root}/test/bench`, stdio: 'inherit' }).status !== 0)
    process.exit(1);
}
const { buildKernels } = await import('../../src/setup/build-kernels.js');
await buildKernels();
const removeFolder = openTemporaryFolder();
const wanted = process.argv[2];
for (const part of ['engine', 'kernels', 'clips', 'browser'])
  if (!wanted || wanted === part) await (await import(`./${part}.js`)).bench();
removeFolder();
process.exit(0);
