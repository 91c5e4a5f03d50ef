/**
 * Releases of the app that differ as two builds do: another version, another page, another name of its first script.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureBuilt } from '../../src/setup/build.js';

/** Of what tests of releases open, the first letters of its scripts. */
const OPENED = ['start-', 'editor-', 'compose-late-', 'catalog-page-', 'audit-page-'];

/**
 * The folder of a copy of the built app, whose page has this title. `version`: twelve digits. Its offline copy has what
 * tests of releases open and no other scripts: each that is kept is compiled whole, which takes seconds for all of them.
 */
export async function releaseOf(title: string, version: string): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'triptych-release-')), 'dist');
  cpSync(await ensureBuilt(), folder, { recursive: true });
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const [, built] = /name="triptych-build" content="(\w+)"/.exec(page)!;
  const [, entry] = /src="\.\/assets\/(start-[\w-]+)\.js"/.exec(page)!;
  const renamed = (text: string) => text.replaceAll(built!, version).replaceAll(entry!, `index-${version}`);
  const scripts = neededBy(join(folder, 'assets'), OPENED);
  const isKept = (file: string) => !file.startsWith('assets/') || !file.endsWith('.js') || scripts.has(basename(file));
  rewrite(join(folder, 'sw.js'), (text) =>
    text.replace(/const FILES = (\[.*\]);/, (_, list: string) => {
      const files = (JSON.parse(list) as string[]).filter(isKept);
      return `const FILES = ${JSON.stringify(files)};`;
    }),
  );
  for (const name of ['index.html', 'sw.js']) rewrite(join(folder, name), renamed);
  rewrite(join(folder, 'index.html'), (text) => text.replace(/<title>.*<\/title>/, `<title>${title}</title>`));
  renameSync(join(folder, 'assets', `${entry}.js`), join(folder, 'assets', `index-${version}.js`));
  for (const name of readdirSync(join(folder, 'assets')))
    if (name.endsWith('.js')) rewrite(join(folder, 'assets', name), renamed);
  return folder;
}

/** The scripts whose names begin so, with all that they import, and what that imports in turn. */
function neededBy(assets: string, starts: readonly string[]): ReadonlySet<string> {
  const all = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const needed = new Set(all.filter((name) => starts.some((start) => name.startsWith(start))));
  for (const name of needed) {
    const text = readFileSync(join(assets, name), 'utf8');
    for (const [, path] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) needed.add(path!);
  }
  return needed;
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
