/**
 * Makes a clean clone ready: installs what the lock file names when it is not there yet. Needs nothing but Node and
 * npm.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Triptych needs Node 20.19 or newer; this is ${process.versions.node}. Install a current Node from nodejs.org and try again.`,
  );
  process.exit(1);
}

/** Installs dependencies unless this lock file was installed already. */
export function ensureInstalled() {
  const stamp = join(root, 'node_modules/.triptych-install');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing what Triptych needs (once)…');
  const { status } = spawnSync('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm could not install the dependencies. Check the connection to the npm registry, then try again.');
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/**
 * Runs a command of an installed package, showing what it prints. Returns its exit status. @param {string} path @param
 * {readonly string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export function runTool(path, args, env = process.env) {
  return (
    spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, stdio: 'inherit', env })
      .status ?? 1
  );
}
