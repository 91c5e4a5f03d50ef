/** Builds the app when its sources changed since the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root, runTool } from './install.js';

const SOURCES = ['src', 'nodes', 'public', 'index.html', 'vite.config.ts', 'package-lock.json'];

/** READMEs are for readers and never part of the app; in `public` everything is served as it is. @param {string} path */
const isBuilt = (path) => path.startsWith('public/') || !path.endsWith('.md');

/** @param {string} folder @param {string} path @param {import('node:crypto').Hash} hash */
function digest(folder, path, hash) {
  const entry = join(folder, path);
  if (!existsSync(entry) || !isBuilt(path)) return;
  if (/\.\w+$/.test(path)) hash.update(path).update(readFileSync(entry));
  else for (const name of readdirSync(entry).sort()) if (name !== 'generated') digest(folder, `${path}/${name}`, hash);
}

/** Of everything the app is built from. @param {string} folder the project's */
export function hashOfSources(folder) {
  const hash = createHash('sha256');
  for (const path of SOURCES) digest(folder, path, hash);
  return hash.digest('hex');
}

/** The job service of the gateway, as plain JavaScript: it is written in TypeScript, which Node does not run by itself. */
export const builtJobs = join(root, 'node_modules/.cache/triptych-gateway/open-jobs.js');

async function buildJobs() {
  const { build } = await import('vite');
  // The bundler would leave it at "production" for whatever this process starts afterwards.
  const mode = process.env['NODE_ENV'];
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(root, 'src/gateway/jobs/open-jobs.ts'),
      outDir: dirname(builtJobs),
      emptyOutDir: true,
      target: 'node20',
    },
  });
  if (mode === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = mode;
}

/** @returns {Promise<string>} the folder of the built app */
export async function ensureBuilt() {
  const [folder, wanted] = [join(root, 'dist'), hashOfSources(root)];
  const stamp = join(folder, '.built');
  if (existsSync(builtJobs) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  const { buildKernels } = await import('./build-kernels.js');
  await buildKernels();
  // Built beside and put in place whole: a server that runs meanwhile goes on serving what was there.
  const fresh = join(root, `node_modules/.cache/dist-${process.pid}`);
  const old = `${fresh}-old`;
  try {
    const built = runTool('vite/bin/vite.js', ['build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'error'], {
      ...process.env,
      NODE_ENV: 'production',
    });
    if (built !== 0) throw new Error('The app did not build; the lines above say why.');
    await buildJobs();
    writeFileSync(join(fresh, '.built'), wanted);
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
  } finally {
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  }
  return folder;
}
