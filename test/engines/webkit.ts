/** WebKitGTK, by WebDriver: https://www.w3.org/TR/webdriver2/ */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HEIGHT, PATIENCE_MS, WIDTH, type Engine } from './engine.ts';

/** How often what starts is asked whether it is there, in milliseconds. */
const OFTEN_MS = 100;
/** In the page: calls the function and hands on what became of it. */
const CALLED = (source: string) =>
  `const [args, done] = arguments;
   Promise.resolve().then(() => (${source})(...JSON.parse(args)))
     .then((value) => done({ value: JSON.stringify(value ?? null) }), (error) => done({ error: String(error) }));`;

/** `driver`: WebKitWebDriver; `screen`: Xvfb. */
export async function openWebkit(driver: string, screen: string): Promise<Engine> {
  const home = mkdtempSync(join(tmpdir(), 'triptych-webkit-'));
  const downloads = join(home, 'downloads');
  mkdirSync(downloads);
  const display = await startScreen(screen);
  const port = await freePort();
  const service = spawn(driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      HOME: home,
      DISPLAY: display.name,
      GDK_BACKEND: 'x11',
      LIBGL_ALWAYS_SOFTWARE: '1',
      PROFILE: home,
      WIDTH: String(WIDTH),
      HEIGHT: String(HEIGHT),
      // Its sandbox needs rights that a container does not give.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    },
  });
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = (await response.json()) as { readonly value: { error?: string; message?: string } | null };
    if (value?.error) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until(() => ask('GET', '/status'), 'WebKitWebDriver does not answer.');
  const { sessionId, capabilities } = (await ask('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        'webkitgtk:browserOptions': { binary: join(import.meta.dirname, 'window.py'), args: [] },
      },
    },
  })) as { readonly sessionId: string; readonly capabilities: { readonly browserVersion: string } };
  const session = `/session/${sessionId}`;
  await ask('POST', `${session}/timeouts`, { script: 10 * PATIENCE_MS, pageLoad: PATIENCE_MS });
  return {
    version: capabilities.browserVersion,
    downloads,
    async open(url) {
      await ask('POST', `${session}/url`, { url });
    },
    async reload() {
      await ask('POST', `${session}/refresh`, {});
    },
    async call(source, args) {
      const called = (await ask('POST', `${session}/execute/async`, {
        script: CALLED(source),
        args: [JSON.stringify(args)],
      })) as { readonly value: string; readonly error?: string };
      if (called.error !== undefined) throw new Error(called.error);
      return JSON.parse(called.value);
    },
    async act(actions) {
      await ask('POST', `${session}/actions`, { actions });
    },
    async close() {
      // It may complain that the window is gone, which is what was wanted.
      await ask('DELETE', session).catch(() => {});
      service.kill();
      display.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A screen that nobody sees. Xvfb takes a free number and says which. */
async function startScreen(executable: string): Promise<{ readonly name: string; readonly close: () => void }> {
  const screen = spawn(executable, ['-displayfd', '1', '-screen', '0', `${WIDTH}x${HEIGHT}x24`, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    screen.stdout.once('data', (bytes) => resolve(String(bytes).trim()));
    screen.once('error', reject);
  });
  return { name: `:${number}`, close: () => void screen.kill() };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number };
      server.close(() => resolve(port));
    });
  });
}

async function until(work: () => Promise<unknown>, otherwise: string): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(OFTEN_MS)) {
    const isDone = await work().then(
      () => true,
      () => false,
    );
    if (isDone) return;
  }
  throw new Error(otherwise);
}
