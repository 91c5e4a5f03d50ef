/**
 * The app with services behind it that behave as their vendors document them, and short words for what is done with
 * them. `withServices` serves it anew for each test.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jobRoutes, openJobs, type OpenJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { fileWith, page, server, serveWith } from './stage.ts';

/** A service that is started for a test. */
interface Started {
  close(): Promise<void>;
}
export interface Served<D extends Readonly<Record<string, Started>>> {
  /** Where journal, keys and budget lie. */
  readonly home: string;
  readonly jobs: OpenJobs;
  readonly doubles: D;
}

/** @param start starts the doubles, and says by which environment variables they are found and paid */
export function withServices<D extends Readonly<Record<string, Started>>>(
  start: () => Promise<{ readonly doubles: D; readonly env: Readonly<Record<string, string>> }>,
): () => Served<D> {
  let served: Served<D>;
  serveWith(async () => {
    const { doubles, env } = await start();
    const home = mkdtempSync(join(tmpdir(), 'triptych-home-'));
    const jobs = await openJobs({ TRIPTYCH_HOME: home, ...env });
    served = { home, jobs, doubles };
    const close = async () => {
      await jobs.close();
      await Promise.all(Object.values(doubles).map((double) => double.close()));
    };
    return { routes: jobRoutes(jobs.service), close };
  });
  return () => served;
}

/** What a service has charged this month, by the job service's own books. */
export const spentAt = async ({ jobs }: Pick<Served<never>, 'jobs'>, service: string): Promise<number> =>
  (await jobs.service.providers()).find(({ id }) => id === service)!.spentThisMonth;

/** Publishes a table with these rows, as a person does. */
export async function publishRows(rows: readonly object[]): Promise<void> {
  const table = {
    format: 'triptych-routing',
    formatVersion: 1,
    id: 'house',
    name: 'House',
    version: 2,
    note: '',
    publishedAt: '2026-11-27T00:00:00.000Z',
    rows,
  };
  await page.goto(`${server.url}#/routing`);
  await page.getByLabel('Routing table file').setInputFiles(fileWith('table.json', JSON.stringify(table)));
  await page.getByLabel('Table', { exact: true }).selectOption({ label: 'House (draft)' });
  await page.getByLabel('What changed and why').click();
  await page.keyboard.type('Services');
  await page.keyboard.press('Enter');
  await page.getByLabel('What changed and why').waitFor({ state: 'hidden' });
}

const at = (x: number) => ({ position: { x, y: 0 } });
/** A prompt and a seed make an image. */
export const ONE_IMAGE = {
  format: 'triptych',
  formatVersion: 4,
  title: 'One image',
  nodes: {
    prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle' } },
    seed: { type: 'seed', version: 1, position: { x: 0, y: 200 }, params: { seed: { mode: 'fixed', value: 0 } } },
    image: { type: 'image', version: 1, ...at(300), params: { tier: 'cinematic' } },
  },
  wires: {
    a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
    b: { from: { node: 'seed', socket: 'seed' }, to: { node: 'image', socket: 'seed' } },
  },
};
