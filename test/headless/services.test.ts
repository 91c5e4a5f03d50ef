/** The command line over services that behave as their vendors document them. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headless } from '../../src/headless/headless.ts';
import { PIXEL, startFal, FAL_KEY, type FalDouble } from '../contract/fal.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';

let fal: FalDouble;
let replicate: ReplicateDouble;
let folder: string;
beforeEach(async () => {
  fal = await startFal();
  replicate = await startReplicate();
  folder = mkdtempSync(join(tmpdir(), 'triptych-'));
});
afterEach(() => Promise.all([fal.close(), replicate.close()]));

const row = (work: string, provider: string, model: string) => ({
  work,
  tier: 'cinematic',
  candidates: [{ provider, model }],
  needs: [],
  fallbacks: 0,
  switchAfter: 3,
  cap: 6,
  why: 'For a test.',
});
const table = () => {
  const file = join(folder, 'table.json');
  const rows = [
    row('text to image', 'replicate', 'bfl/flux-schnell'),
    row('image to video', 'fal', 'bytedance/seedance-1.0-pro-fast'),
  ];
  const facts = { id: 'mine', name: 'Mine', version: 1, note: '', publishedAt: '2026-11-27T00:00:00.000Z' };
  writeFileSync(file, JSON.stringify({ format: 'triptych-routing', formatVersion: 1, ...facts, rows }));
  return file;
};
/** A picture, animated, and delivered. */
function graph(): string {
  const file = join(folder, 'graph.triptych.json');
  const at = (x: number) => ({ position: { x, y: 0 } });
  writeFileSync(
    file,
    JSON.stringify({
      format: 'triptych',
      formatVersion: 4,
      name: 'Two services',
      nodes: {
        prompt: { type: 'prompt', version: 1, ...at(0), params: { text: 'a perfume bottle' } },
        motion: { type: 'motion', version: 1, ...at(1), params: { seconds: 2 } },
        image: { type: 'image', version: 1, ...at(2), params: { tier: 'cinematic' } },
        animate: { type: 'animate', version: 1, ...at(3), params: { tier: 'cinematic' } },
        deliver: { type: 'deliver', version: 1, ...at(4), params: { name: 'clip' } },
      },
      wires: {
        a: { from: { node: 'prompt', socket: 'prompt' }, to: { node: 'image', socket: 'prompt' } },
        b: { from: { node: 'image', socket: 'image' }, to: { node: 'animate', socket: 'image' } },
        c: { from: { node: 'motion', socket: 'motion' }, to: { node: 'animate', socket: 'motion' } },
        d: { from: { node: 'animate', socket: 'video' }, to: { node: 'deliver', socket: 'video' } },
      },
    }),
  );
  return file;
}
async function run(environment: Record<string, string> = {}) {
  const lines: string[] = [];
  const out = mkdtempSync(join(folder, 'out-'));
  const status = await headless({
    command: 'run',
    file: graph(),
    table: table(),
    mode: 'delivery',
    rows: false,
    out,
    home: '.',
    environment: {
      TRIPTYCH_HOME: join(folder, 'home'),
      TRIPTYCH_FAL_URL: fal.url,
      TRIPTYCH_REPLICATE_URL: replicate.base,
      FAL_KEY,
      REPLICATE_API_TOKEN: REPLICATE_TOKEN,
      ...environment,
    },
    print: (line) => void lines.push(line),
  });
  return { status, text: lines.join('\n'), files: readdirSync(out).map((name) => join(out, name)) };
}

test('a table routes to services, what they made is delivered as it came, and the same command again pays for nothing', async () => {
  const first = await run();
  expect(first.text).toMatch(/^done/m);
  expect(first.status).toBe(0);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  expect(readFileSync(first.files[0]!)).toEqual(readFileSync('test/fixtures/clip-128x72.mp4'));
  expect([...fal.uploads.values()]).toEqual([PIXEL].map(() => expect.any(Buffer)));

  const again = await run();
  expect(again.status).toBe(0);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
});

test('a job that failed is named with why, and the next command tries again', async () => {
  replicate.script({ at: 'submit', status: 500 });
  const failed = await run();
  expect(failed.status).toBe(1);
  expect(failed.text).toContain('Image: ');
  expect((await run()).status).toBe(0);
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
});

test('without a key it says which one is missing', async () => {
  const { status, text } = await run({ REPLICATE_API_TOKEN: '' });
  expect(status).toBe(1);
  expect(text).toContain('no key for Replicate');
});
