/** Finds the browsers of other engines, as Debian packages bring them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const PACKAGES = [
  'firefox-esr',
  'webkit2gtk-driver',
  'gir1.2-webkit2-4.1',
  'python3-gi',
  'xvfb',
  'gstreamer1.0-libav',
  'gstreamer1.0-plugins-bad',
  'gstreamer1.0-plugins-ugly',
];
/** What the window of WebKit needs of Debian's Python. */
const IMPORTS = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')";

/** @param {readonly string[]} names @returns {string | undefined} */
const onPath = (...names) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(existsSync);

/** @returns {{ readonly firefox: string, readonly webkit: string, readonly screen: string }} paths; throws a sentence */
export function findEngines() {
  const [firefox, webkit, screen] = [onPath('firefox-esr', 'firefox'), onPath('WebKitWebDriver'), onPath('Xvfb')];
  const hasWindow = spawnSync('/usr/bin/python3', ['-c', IMPORTS]).status === 0;
  const hasCodecs = spawnSync('dpkg', ['-s', 'gstreamer1.0-libav']).status === 0;
  if (firefox && webkit && screen && hasWindow && hasCodecs) return { firefox, webkit, screen };
  throw new Error(
    `Firefox and WebKit come from Debian here: apt-get install --no-install-recommends ${PACKAGES.join(' ')}`,
  );
}
