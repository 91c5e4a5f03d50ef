/**
 * Releases of the app that differ as two builds do: another version, another page, another name of its first script.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../src/setup/build.js';

/** The folder of a copy of the built app, whose page has this title. `version`: twelve digits. */
export async function releaseOf(title: string, version: string): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'triptych-release-')), 'dist');
  cpSync(await ensureBuilt(), folder, { recursive: true });
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const [, built] = /name="triptych-build" content="(\w+)"/.exec(page)!;
  const [, entry] = /src="\.\/assets\/(start-[\w-]+)\.js"/.exec(page)!;
  const renamed = (text: string) => text.replaceAll(built!, version).replaceAll(entry!, `index-${version}`);
  for (const name of ['index.html', 'sw.js']) rewrite(join(folder, name), renamed);
  rewrite(join(folder, 'index.html'), (text) => text.replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  renameSync(join(folder, 'assets', `${entry}.js`), join(folder, 'assets', `index-${version}.js`));
  for (const name of readdirSync(join(folder, 'assets')))
    if (name.endsWith('.js')) rewrite(join(folder, 'assets', name), renamed);
  return folder;
}

/** Takes the asset away whose name begins so. */
export function without(folder: string, start: string): void {
  const name = readdirSync(join(folder, 'assets')).find((asset) => asset.startsWith(start))!;
  rmSync(join(folder, 'assets', name));
}

function rewrite(path: string, change: (text: string) => string): void {
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(path, changed);
}
