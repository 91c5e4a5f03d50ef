import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { nodeFaces } from './src/setup/face-of-node.js';

const chromium = process.env['CHROMIUM_PATH'];

/**
 * Writes `sw.js`, the service worker with the list of every file of this build in it, and the build's version into the
 * page.
 */
function offlineCopy(): Plugin {
  return {
    name: 'triptych-offline-copy',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('There is no page to keep.');
      const entries = readdirSync('public', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const shipped = entries.map((entry) =>
        relative('public', join(entry.parentPath, entry.name)).replaceAll('\\', '/'),
      );
      const built = Object.keys(bundle).filter((name) => name !== 'index.html');
      const files = ['./', ...built, ...shipped.filter((name) => name !== 'screenshot.webp')].sort();
      const hash = createHash('sha256').update(files.join()).update(page.source);
      for (const name of shipped) hash.update(readFileSync(join('public', name)));
      const version = hash.digest('hex').slice(0, 12);
      page.source = String(page.source).replace('</head>', `<meta name="triptych-build" content="${version}"></head>`);
      const facts = `const FILES = ${JSON.stringify(files)};\nconst VERSION = '${version}';`;
      const source = readFileSync('src/app/service-worker.js', 'utf8').replace('/* global FILES, VERSION */', facts);
      this.emitFile({ type: 'asset', fileName: 'sw.js', source });
    },
  };
}

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}
/** What a module imports, and what that imports in turn; what is only loaded later is not among it. */
function reachedFrom(id: string, modules: ModuleGraph): ReadonlySet<string> {
  const reached = new Set([id]);
  for (const one of reached) for (const next of modules.getModuleInfo(one)?.importedIds ?? []) reached.add(next);
  return reached;
}
const EDITOR = resolve('src/ui/editor.tsx');
const drawsGraphs = (id: string) => /node_modules[\\/](@xyflow|d3-)/.test(id);
const isOfEditor = (id: string, modules: ModuleGraph) =>
  !id.includes('lucide-react') && reachedFrom(EDITOR, modules).has(id);
/** What is asked for as soon as the editor is drawn. */
const BEHIND = [
  'registry.ts',
  'app/compose-late.ts',
  'ui/beside.ts',
  'ui/check-graph.ts',
  'ui/panels/run-bar-line.tsx',
  'ui/panels/stage-overlays.tsx',
].map((path) => resolve('src', path));
const KERNELS = resolve('src/raster/generated/kernel-bytes.ts');
const comesBehind = (id: string, modules: ModuleGraph) => BEHIND.some((part) => reachedFrom(part, modules).has(id));
const needsCanvas = (id: string, modules: ModuleGraph) => [...reachedFrom(id, modules)].some(drawsGraphs);
/**
 * What every screen needs is one file, and what the editor needs besides are two: by itself the build makes a file of
 * each few modules that any two parts share, and many small files are fetched and unpacked worse than a large one.
 */
const FIRST_FILES = [
  { name: 'start', tags: ['$initial' as const], test: (id: string) => !id.endsWith('main.tsx') },
  // Shared with other screens, which do not draw graphs.
  {
    name: (id: string, modules: ModuleGraph) => (isOfEditor(id, modules) && !needsCanvas(id, modules) ? 'parts' : null),
  },
  { name: (id: string, modules: ModuleGraph) => (isOfEditor(id, modules) ? 'editor' : null) },
];
const LATER = {
  behind: comesBehind,
  archives: (id: string) => /node_modules[\\/]@zip\.js/.test(id),
  shared: (id: string, modules: ModuleGraph) => !reachedFrom(id, modules).has(KERNELS),
  pixels: () => true,
};
/**
 * The same for what is loaded later: whatever several parts share is in one of these files, the largest apart. What
 * draws graphs stays out of them: the editor would have to be there for all the others.
 */
const LATER_FILES = Object.entries(LATER).map(([name, isIn]) => ({
  name: (id: string, modules: ModuleGraph) => (!needsCanvas(id, modules) && isIn(id, modules) ? name : null),
  minShareCount: 2,
}));
/** In a thread each part is loaded for some work: what parts share is apart by who needs it, but for small files. */
const FILES_OF_THREADS = [{ name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 40_000 }];
/** By itself the build names such a file after all parts that share it. */
const fileNameOf = ({ name }: { readonly name: string }) => `assets/${name.split('~')[0]}-[hash].js`;

/**
 * What is fetched together with a part: for the editor everything. Of what comes later only its sheets, since the lists
 * are in the first load themselves (4 kB with all scripts in them) and a script names what it needs.
 */
const isNamedFor = (part: string, name: string) => part.includes('/editor-') || name === part || name.endsWith('.css');

export default defineConfig({
  base: './',
  plugins: [react(), nodeFaces(), offlineCopy()],
  worker: {
    format: 'es',
    rolldownOptions: { output: { chunkFileNames: fileNameOf, codeSplitting: { groups: FILES_OF_THREADS } } },
  },
  // What it gives by itself is written for browsers of ten years ago.
  resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
  optimizeDeps: {
    exclude: ['@jsquash/png', '@jsquash/webp'],
    include: ['dexie', 'comlink', 'hash-wasm', 'mediabunny', 'immer', 'zustand/vanilla'],
  },
  build: {
    target: 'es2023',
    modulePreload: { resolveDependencies: (part, needs) => needs.filter((name) => isNamedFor(part, name)) },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // What React makes of a component has no effect before it is drawn: those that nobody draws are left out.
      treeshake: { manualPureFunctions: ['memo', 'forwardRef'] },
      output: { codeSplitting: { groups: [...FIRST_FILES, ...LATER_FILES] } },
    },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          globalSetup: ['test/rig/temporary-folder.js'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/e2e/**', 'test/engines/**', 'test/out/**', '**/node_modules/**'],
          environment: 'node',
          // Two threads run all files: what one file loaded and V8 made quick, the next has. No file changes a module
          // for others.
          pool: 'threads',
          isolate: false,
          // The longest wait for processes and clocks more than they compute: two at once take little longer than one.
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: [
                  '--no-sandbox',
                  '--disable-gpu',
                  '--disable-quic',
                  '--no-first-run',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          globalSetup: ['test/rig/temporary-folder.js'],
          include: ['test/e2e/**/*.test.ts'],
          environment: 'node',
          // Files share a browser, and with it the code that it compiled.
          isolate: false,
          setupFiles: ['test/e2e/hooks.ts'],
          expect: { poll: { timeout: 30_000, interval: 40 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'engines',
          globalSetup: ['test/rig/temporary-folder.js'],
          include: ['test/engines/**/*.test.ts'],
          environment: 'node',
          expect: { poll: { timeout: 60_000, interval: 100 } },
          testTimeout: 1_200_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
