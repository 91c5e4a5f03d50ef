/**
 * Finds a Chromium to test in, or installs one. The headless shell comes first: it does the same work in half the time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

function onPath() {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name);
  return undefined;
}

/** @returns {Promise<string>} path of an executable; throws a sentence that says what to do */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM_PATH says ${given}, but there is no such file.`);
  }
  const { chromium } = await import('playwright');
  const own = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
  const found = onPath() ?? own();
  if (found) return found;
  console.log('There is no Chromium on this machine; installing one…');
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'inherit' });
  const installed = own();
  if (installed) return installed;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    for (const name of ['chromium-headless-shell', 'chromium']) {
      if (spawnSync('apt-get', ['install', '-y', '-qq', name], { stdio: 'inherit' }).status === 0) break;
    }
  }
  const fromSystem = onPath();
  if (fromSystem) return fromSystem;
  throw new Error(
    'No Chromium could be found or installed. Install Chromium or Chrome, or set CHROMIUM_PATH to its executable, then run npm test again.',
  );
}
