/** Firefox as it is installed, by WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/ */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { HEIGHT, PATIENCE_MS, WIDTH, type Engine } from './engine.ts';

interface Answer {
  readonly id: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}
type Called =
  | { readonly type: 'success'; readonly result: { readonly value: string } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

/** Downloads go into a folder, and nobody is asked about them. */
const preferencesFor = (downloads: string) => ({
  'browser.download.folderList': 2,
  'browser.download.dir': downloads,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
});

export async function openFirefox(executable: string): Promise<Engine> {
  const home = mkdtempSync(join(tmpdir(), 'triptych-firefox-'));
  const [profile, downloads] = [join(home, 'profile'), join(home, 'downloads')];
  for (const folder of [profile, downloads]) mkdirSync(folder);
  const lines = Object.entries(preferencesFor(downloads)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  const browser = spawn(
    executable,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank'],
    { env: { ...process.env, HOME: home }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const socket = new WebSocket(`${await addressOf(browser)}/session`);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));

  let last = 0;
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') return;
    const answer = JSON.parse(data) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const send = async (method: string, params: object): Promise<unknown> => {
    const id = ++last;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { type, result, error, message } = await answered;
    if (type === 'error') throw new Error(`${method}: ${error}: ${message}`);
    return result;
  };

  const session = (await send('session.new', { capabilities: {} })) as {
    readonly capabilities: { readonly browserVersion: string };
  };
  const { contexts } = (await send('browsingContext.getTree', {})) as {
    readonly contexts: readonly { readonly context: string }[];
  };
  const { context } = contexts[0]!;
  await send('browsingContext.setViewport', { context, viewport: { width: WIDTH, height: HEIGHT } });
  return {
    version: session.capabilities.browserVersion,
    downloads,
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async reload() {
      await send('browsingContext.reload', { context, wait: 'complete' });
    },
    async call(source, args) {
      const called = (await send('script.callFunction', {
        functionDeclaration: `async (args) => JSON.stringify((await (${source})(...JSON.parse(args))) ?? null)`,
        arguments: [{ type: 'string', value: JSON.stringify(args) }],
        target: { context },
        awaitPromise: true,
      })) as Called;
      if (called.type === 'exception') throw new Error(called.exceptionDetails.text);
      return JSON.parse(called.result.value);
    },
    async act(actions) {
      await send('input.performActions', { context, actions });
    },
    async close() {
      const ended = new Promise((resolve) => browser.once('close', resolve));
      await send('browser.close', {});
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Firefox says where it listens. */
function addressOf(browser: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Firefox does not say where it listens.')), PATIENCE_MS);
    createInterface(browser.stderr!).on('line', (line) => {
      const [, address] = /listening on (ws:\S+)/.exec(line) ?? [];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    });
    browser.once('error', reject);
  });
}
