/**
 * `npm run test:engines`: the built app in Firefox and in WebKit. Every template makes the bytes that Chromium makes,
 * and the main job, a reload, clips and a start without a network work. No part of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { ensureInstalled, root } from '../../src/setup/install.js';
import { findEngines } from './find-engines.js';

ensureInstalled();
try {
  findEngines();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const { ensureBuilt } = await import('../../src/setup/build.js');
await ensureBuilt();
const { status } = spawnSync(
  process.execPath,
  [
    '--import',
    new URL('../rig/node20.js', import.meta.url).href,
    `${root}/node_modules/vitest/vitest.mjs`,
    'run',
    '--project',
    'engines',
    '--reporter=verbose',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
