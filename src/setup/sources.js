/**
 * Loads the project's TypeScript in plain Node, through Vite's own transformer; for scripts outside the test runner.
 */
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/**
 * @template T
 * @param {(load: (path: string) => Promise<any>) => Promise<T>} work
 */
export async function withSources(work) {
  const server = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  });
  try {
    return await work((path) => server.ssrLoadModule(path));
  } finally {
    await server.close();
  }
}
