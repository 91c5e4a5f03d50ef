/** Job services in processes of their own, on one folder. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'node_modules/.cache/test-job-child');

/** Node does not run TypeScript by itself. */
export async function buildJobChild(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: join(root, 'test/rig/job-child.ts'), outDir: built, emptyOutDir: true, target: 'node20' },
  });
}

export interface JobProcess {
  /** Asks its job service; one question after the other. */
  ask(method: string, ...given: readonly unknown[]): Promise<unknown>;
  kill(): Promise<void>;
}

/** Settles when it has opened the journal. */
export async function startJobProcess(environment: Readonly<Record<string, string>>): Promise<JobProcess> {
  const child = spawn(process.execPath, [join(built, 'job-child.js')], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const waiting: ((line: string) => void)[] = [];
  const next = () => new Promise<string>((resolve) => waiting.push(resolve));
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(line));
  await next();
  return {
    async ask(...question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return JSON.parse(await next()) as unknown;
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
