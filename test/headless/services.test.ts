/** The command line over services that behave as their vendors document them. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { headless } from '../../src/headless/headless.ts';
import type { OwnModel } from '../../src/routing/own-model.ts';
import { startComfyUi } from '../contract/comfyui.ts';
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
const SERVICES = [
  row('text to image', 'replicate', 'bfl/flux-schnell'),
  row('image to video', 'fal', 'bytedance/seedance-1.0-pro-fast'),
];
const table = (rows: readonly unknown[] = SERVICES, workflows: readonly OwnModel[] = []) => {
  const file = join(folder, 'table.json');
  const facts = { id: 'mine', name: 'Mine', version: 1, note: '', publishedAt: '2026-11-27T00:00:00.000Z' };
  writeFileSync(file, JSON.stringify({ format: 'triptych-routing', formatVersion: 1, ...facts, rows, workflows }));
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
async function run(environment: Record<string, string> = {}, by: string = table()) {
  const lines: string[] = [];
  const out = mkdtempSync(join(folder, 'out-'));
  const status = await headless({
    command: 'run',
    file: graph(),
    table: by,
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

test('a workflow of one’s own comes with the table that names it, and makes another take when it is changed', async () => {
  const comfy = await startComfyUi({ checkpoints: ['a.safetensors'] });
  const own = (prompt: string): OwnModel => ({
    id: 'own/ink-1',
    name: 'Ink',
    work: 'text to image',
    workflow: {
      graph: {
        1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'a.safetensors' } },
        2: { class_type: 'CLIPTextEncode', inputs: { text: 'x', clip: ['1', 1] } },
        3: { class_type: 'CLIPTextEncode', inputs: { text: 'y', clip: ['1', 1] } },
        4: { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
        5: {
          class_type: 'KSampler',
          inputs: {
            seed: 1,
            steps: 4,
            cfg: 7,
            sampler_name: 'euler',
            scheduler: 'normal',
            denoise: 1,
            model: ['1', 0],
            positive: ['2', 0],
            negative: ['3', 0],
            latent_image: ['4', 0],
          },
        },
        6: { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
        7: { class_type: 'SaveImage', inputs: { images: ['6', 0], filename_prefix: 'ink' } },
      },
      inputs: { prompt: [{ node: prompt, input: 'text' }], seed: [{ node: '5', input: 'seed' }] },
      output: '7',
    },
  });
  const rows = [row('text to image', 'comfyui-local', 'own/ink-1'), SERVICES[1]];
  const by = (prompt: string) => run({ TRIPTYCH_COMFYUI_URL: comfy.url }, table(rows, [own(prompt)]));
  try {
    expect((await by('2')).text).toMatch(/^done/m);
    expect(comfy.graphs.map(({ 2: node }) => node!.inputs['text'])).toEqual(['a perfume bottle']);
    expect(await by('2')).toMatchObject({ status: 0 });
    expect(comfy.graphs).toHaveLength(1);
    expect(await by('3')).toMatchObject({ status: 0 });
    expect(comfy.graphs.map(({ 3: node }) => node!.inputs['text'])).toEqual(['y', 'a perfume bottle']);
  } finally {
    await comfy.close();
  }
});

test('without a key it says which one is missing', async () => {
  const { status, text } = await run({ REPLICATE_API_TOKEN: '' });
  expect(status).toBe(1);
  expect(text).toContain('no key for Replicate');
});
