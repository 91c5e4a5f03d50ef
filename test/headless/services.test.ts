/** The command line over services that behave as their vendors document them. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Micros } from '../../src/core/money.ts';
import { announce } from '../../src/gateway/announcement.js';
import { jobRoutes, openJobs } from '../../src/gateway/jobs/open-jobs.ts';
import { pause } from '../../src/gateway/jobs/pause.ts';
import { serve } from '../../src/gateway/server.js';
import { headless, type HeadlessOptions } from '../../src/headless/headless.ts';
import { settleTake, type SettleOptions } from '../../src/headless/settle-take.ts';
import { BUILT_IN } from '../../src/routing/catalog.ts';
import type { OwnModel } from '../../src/routing/own-model.ts';
import { ensureBuilt, hashOfSources } from '../../src/setup/build.js';
import { startComfyUi } from '../contract/comfyui.ts';
import { PIXEL, startFal, FAL_KEY, type FalDouble } from '../contract/fal.ts';
import { startKling } from '../contract/kling.ts';
import { REPLICATE_TOKEN, startReplicate, type ReplicateDouble } from '../contract/replicate.ts';
import { startRunway } from '../contract/runway.ts';
import { graphIn, row, tableIn, tableWith } from '../rig/two-services.ts';

let fal: FalDouble;
let replicate: ReplicateDouble;
let folder: string;
beforeEach(async () => {
  fal = await startFal();
  replicate = await startReplicate();
  folder = mkdtempSync(join(tmpdir(), 'triptych-'));
});
afterEach(() => Promise.all([fal.close(), replicate.close()]));

async function run(environment: Record<string, string> = {}, options: Partial<HeadlessOptions> = {}) {
  const lines: string[] = [];
  const out = mkdtempSync(join(folder, 'out-'));
  const status = await headless({
    command: 'run',
    file: options.file ?? graphIn(folder),
    table: options.table ?? tableIn(folder),
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
    // A service is asked as often as ever, sooner each time.
    pause: (ms, signal) => pause(ms / 100, signal),
    ...options,
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
  const rows = [
    row('text to image', 'comfyui-local', 'own/ink-1'),
    row('image to video', 'fal', 'bytedance/seedance-1.0-pro-fast'),
  ];
  const by = (prompt: string) =>
    run({ TRIPTYCH_COMFYUI_URL: comfy.url }, { table: tableWith(folder, rows, [own(prompt)]) });
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

test.each([{ fallbacks: -1 }, { switchAfter: 0 }, { cap: -5 }, { maxPrice: -1 }])(
  'a table with %j is refused before anybody is asked',
  async (wrong) => {
    const table = tableIn(folder);
    const read = JSON.parse(readFileSync(table, 'utf8')) as { rows: object[] };
    writeFileSync(table, JSON.stringify({ ...read, rows: read.rows.map((each) => ({ ...each, ...wrong })) }));
    const { status, text } = await run({}, { table });
    expect(status).toBe(1);
    expect(text).toMatch(/^text to image, cinematic: .* Mend the file/);
    expect(replicate.orders).toHaveLength(0);
  },
);

test('a journal that cannot be opened is said to be so, and nothing in it is changed', async () => {
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'journal.db'), 'This was a journal once. '.repeat(400));
  const before = readFileSync(join(home, 'journal.db'));
  const { status, text } = await run();
  expect(status).toBe(1);
  expect(text).toBe(
    `Services cannot be asked: their journal in ${home} could not be opened (file is not a database). ` +
      'Nothing in it was changed. Put that right and start again; or choose another folder with TRIPTYCH_HOME, ' +
      'which knows nothing of what was sent before.',
  );
  const lines: string[] = [];
  const environment = { TRIPTYCH_HOME: home };
  const settling = { command: 'lost', take: 'take', project: '.', environment } as const;
  expect(await settleTake({ ...settling, print: (line) => void lines.push(line) })).toBe(1);
  expect(lines).toEqual([text]);
  expect(readFileSync(join(home, 'journal.db'))).toEqual(before);
  expect(replicate.orders).toHaveLength(0);
});

test('without a key it says which one is missing', async () => {
  const { status, text } = await run({ REPLICATE_API_TOKEN: '' });
  expect(status).toBe(1);
  expect(text).toContain('no key for Replicate');
});

test('another program at the port of a gateway that ended learns nothing, and is asked nothing', async () => {
  const heard: (string | undefined)[][] = [];
  const other = createServer(({ url, headers }, response) => {
    heard.push([url, headers.cookie]);
    response.setHeader('set-cookie', 'triptych-1=another');
    response.end(JSON.stringify({ app: 'triptych', jobs: true, build: hashOfSources('.') }));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const home = join(folder, 'home');
  mkdirSync(home);
  await announce(home, { port: (other.address() as AddressInfo).port, token: 'of-the-one-that-ended' });
  expect((await run()).status).toBe(0);
  expect(heard).toEqual([['/gateway/hello', undefined]]);
  other.close();
});

test('a key that only the command has is used by it, though a gateway runs', async () => {
  const jobs = await openJobs({
    TRIPTYCH_HOME: join(folder, 'home'),
    TRIPTYCH_FAL_URL: fal.url,
    TRIPTYCH_REPLICATE_URL: replicate.base,
  });
  const gateway = await serve(await ensureBuilt(), 0, { routes: jobRoutes(jobs.service) });
  await announce(jobs.home, { port: Number(new URL(gateway.url).port), token: gateway.token });
  const { status, text } = await run();
  expect(status).toBe(0);
  expect(text).not.toContain('that runs at');
  expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  await gateway.close();
  await jobs.close();
});

describe('a clip that no command can encode', () => {
  const rows = [
    row('text to image', 'replicate', 'bfl/flux-schnell'),
    row('image to video', BUILT_IN.provider, BUILT_IN.model),
  ];
  const refused =
    'Deliver: A clip is encoded by the browser, so it cannot be delivered here. Run this graph in the app.';
  const leftOut = 'Left out here, so nothing is paid for it: ';

  test('is said by check and plan, and the still that only leads to it is not bought', async () => {
    const table = tableWith(folder, rows);
    for (const command of ['check', 'plan', 'run'] as const) {
      const { status, text } = await run({}, { command, table });
      expect([command, status]).toEqual([command, 1]);
      expect(text).toContain(refused);
      expect(text).toContain(`${leftOut}Image, Animate`);
    }
    expect(replicate.orders).toHaveLength(0);
  });

  test('is not sent to a service that would go on from it, which is said in words', async () => {
    const runway = await startRunway();
    const read = JSON.parse(readFileSync(graphIn(folder), 'utf8')) as { nodes: object; wires: object };
    const extend = {
      type: 'extend',
      version: 1,
      position: { x: 4, y: 9 },
      params: {},
      pinned: { provider: 'runway', model: 'google/gemini-omni-1.1-flash' },
    };
    const wires = {
      ...read.wires,
      d: { from: { node: 'animate', socket: 'video' }, to: { node: 'extend', socket: 'video' } },
      e: { from: { node: 'extend', socket: 'video' }, to: { node: 'deliver', socket: 'video' } },
    };
    const file = join(folder, 'extend.triptych.json');
    writeFileSync(file, JSON.stringify({ ...read, formatVersion: 5, nodes: { ...read.nodes, extend }, wires }));
    const drawn = ['text to image', 'image to video'].map((work) => row(work, BUILT_IN.provider, BUILT_IN.model));
    const environment = { TRIPTYCH_RUNWAY_URL: runway.base, RUNWAYML_API_SECRET: 'test-key' };
    const { status, text } = await run(environment, { file, table: tableWith(folder, drawn) });
    expect(status).toBe(1);
    expect(text).toContain('Extend: A clip is encoded by the browser, so it cannot be sent to a service from here.');
    expect(runway.paid).toBe(0);
    await runway.close();
  });

  test('keeps nothing else from being made: the still that is delivered too is bought and delivered', async () => {
    const read = JSON.parse(readFileSync(graphIn(folder), 'utf8')) as { nodes: object; wires: object };
    const nodes = {
      ...read.nodes,
      still: { type: 'deliver', version: 1, position: { x: 4, y: 9 }, params: { name: 'still' } },
    };
    const wires = {
      ...read.wires,
      e: { from: { node: 'image', socket: 'image' }, to: { node: 'still', socket: 'image' } },
    };
    const file = join(folder, 'both.triptych.json');
    writeFileSync(file, JSON.stringify({ ...read, nodes, wires }));
    const { status, text, files } = await run({}, { file, table: tableWith(folder, rows) });
    expect(status).toBe(1);
    expect(text).toContain(refused);
    expect(text).toContain(`${leftOut}Animate`);
    expect(files.map((name) => name.split('/').at(-1))).toEqual(['still.png']);
    expect(replicate.orders).toHaveLength(1);
  });

  test('a clip of a service that a step changes is not bought; one that ends a graph is delivered as it came', async () => {
    const read = JSON.parse(readFileSync(graphIn(folder), 'utf8')) as {
      nodes: Record<string, object>;
      wires: Record<string, object>;
    };
    const clip = { node: 'animate', socket: 'video' };
    const loop = { type: 'loop', version: 1, position: { x: 4, y: 9 }, params: {} };
    const { deliver, ...others } = read.nodes;
    const changed = join(folder, 'changed.triptych.json');
    const wires = {
      ...read.wires,
      d: { from: clip, to: { node: 'loop', socket: 'video' } },
      e: { from: { node: 'loop', socket: 'video' }, to: { node: 'deliver', socket: 'video' } },
    };
    writeFileSync(changed, JSON.stringify({ ...read, nodes: { ...read.nodes, loop }, wires }));
    const first = await run({}, { file: changed });
    expect(first.status).toBe(1);
    expect(first.text).toContain(
      'Loop: What a service made is delivered here as it came; changing it takes a browser.',
    );
    expect([replicate.orders.length, fal.inputs.length]).toEqual([0, 0]);

    const { d: _, ...rest } = read.wires;
    expect(deliver).toBeDefined();
    const bare = join(folder, 'bare.triptych.json');
    writeFileSync(bare, JSON.stringify({ ...read, nodes: others, wires: rest }));
    const { status, files } = await run({}, { file: bare });
    expect([status, files.map((name) => name.split('/').at(-1))]).toEqual([0, ['Animate.mp4']]);
  });
});

describe('what would fail after a still', () => {
  /** The graph with other nodes and wires, or with some of its own changed. */
  function changed(nodes: object, wires: object): string {
    const read = JSON.parse(readFileSync(graphIn(folder), 'utf8')) as { nodes: object; wires: object };
    const file = join(folder, 'changed.triptych.json');
    const content = { nodes: { ...read.nodes, ...nodes }, wires: { ...read.wires, ...wires } };
    writeFileSync(file, JSON.stringify({ ...read, formatVersion: 5, ...content }));
    return file;
  }
  const position = { x: 9, y: 9 };
  /** Says so whatever is asked, and buys nothing. */
  async function expectSaid(words: string, status: number, options: Partial<HeadlessOptions>, environment = {}) {
    for (const command of ['check', 'plan', 'run'] as const) {
      const told = await run(environment, { ...options, command });
      expect(told.text).toContain(words);
      expect(told.text.split(words)).toHaveLength(2);
      expect([command, told.status]).toEqual([command, status]);
    }
    expect([replicate.orders.length, fal.inputs.length]).toEqual([0, 0]);
  }

  test('because nobody can be asked is said before the still is bought', async () => {
    const rows = [row('text to image', 'replicate', 'bfl/flux-schnell'), row('image to video', 'fal', 'not/there')];
    const words = 'Animate: The only candidate for image to video, cinematic cannot be asked: not/there';
    await expectSaid(words, 1, { table: tableWith(folder, rows) });
  });

  test('because it is over the cap by itself, too, and the exit status says that it is only money', async () => {
    const file = changed({ animate: { type: 'animate', version: 1, position, params: {}, pinned: CLIP_AT_FAL } }, {});
    await expectSaid('over budget ($0.08', 3, { file, cap: '0.05' });
  });

  test('because its clip cannot be measured here, too', async () => {
    const acceptance = { type: 'acceptance', version: 1, position, params: { cap: 1, sharpness: 5 } };
    const to = { node: 'animate', socket: 'acceptance' };
    const file = changed({ acceptance }, { e: { from: { node: 'acceptance', socket: 'acceptance' }, to } });
    await expectSaid('Animate: A clip from a service is measured by browsers only', 1, { file });
  });

  test('because a file did not come along, too', async () => {
    const clip = { fps: 24, frames: 24, hasSound: false };
    const media = { hash: 'a'.repeat(64), name: 'x.mp4', mime: 'video/mp4', width: 128, height: 72, clip };
    const file = changed(
      {
        import: { type: 'import', version: 1, position, params: { file: media } },
        animate: { type: 'extend', version: 1, position, params: {}, pinned: CLIP_AT_FAL },
      },
      {
        b: { from: { node: 'image', socket: 'image' }, to: { node: 'animate', socket: 'lastFrame' } },
        e: { from: { node: 'import', socket: 'video' }, to: { node: 'animate', socket: 'video' } },
      },
    );
    await expectSaid('Import: The file that was chosen for it did not come along', 1, { file });
  });
});
const CLIP_AT_FAL = { provider: 'fal', model: 'bytedance/seedance-1.0-pro-fast' };

describe('a take of which nobody knows whether it was made', () => {
  async function lostTake() {
    fal.script({ at: 'submit', cut: 'before answer' });
    const first = await run();
    expect(first.status).toBe(1);
    const take = /npm run triptych -- lost (\S+)/.exec(first.text)?.[1];
    expect(first.text).toContain('Animate: nobody knows whether fal made this take. It may have cost $0.08.');
    // fal has no way to be asked for it.
    expect(first.text).not.toContain('-- look');
    expect(first.text).toContain('fal cannot be asked for it: look in your account there, then decide.');
    expect(first.text).toContain(`this command again, with --another ${take}`);
    return take!;
  }
  async function settle(command: SettleOptions['command'], take: string, service: Record<string, string> = {}) {
    const lines: string[] = [];
    const status = await settleTake({
      command,
      take,
      project: '.',
      environment: {
        TRIPTYCH_HOME: join(folder, 'home'),
        TRIPTYCH_REPLICATE_URL: replicate.base,
        REPLICATE_API_TOKEN: REPLICATE_TOKEN,
        ...service,
      },
      print: (line) => void lines.push(line),
      pause: (ms, signal) => pause(ms / 100, signal),
    });
    return { status, text: lines.join('\n') };
  }

  test('is looked for again, and the same command has it without paying again', async () => {
    const kling = await startKling();
    const service = { TRIPTYCH_KLING_URL: kling.url, KLING_API_KEY: 'test-key' };
    const read = JSON.parse(readFileSync(graphIn(folder), 'utf8')) as {
      nodes: Record<string, object>;
      wires: Record<string, object>;
    };
    const file = join(folder, 'still.triptych.json');
    const { prompt, image } = read.nodes;
    writeFileSync(file, JSON.stringify({ ...read, nodes: { prompt, image }, wires: { a: read.wires['a'] } }));
    const table = tableWith(folder, [row('text to image', 'kling', 'kling/image-o1')]);
    kling.script({ at: 'submit', cut: 'before answer' }, { at: 'status', status: 403 }, { at: 'status', status: 403 });
    const first = await run(service, { file, table });
    const take = /npm run triptych -- look (\S+)/.exec(first.text)?.[1];
    expect(await settle('look', take!, service)).toEqual({
      status: 1,
      text: 'Kling cannot say whether it has it. It stays as it is.',
    });
    expect(await settle('look', take!, service)).toMatchObject({
      status: 0,
      text: expect.stringMatching(/^Kling (made|has) it/),
    });
    expect((await run(service, { file, table })).status).toBe(0);
    expect([kling.orders.length, kling.paid]).toEqual([1, 1]);
    await kling.close();
  });

  test('that a service has and does not tell of, for its key is refused meanwhile, is found with one that is taken', async () => {
    replicate.script({ at: 'status', status: 401 });
    const first = await run();
    const take = /npm run triptych -- look (\S+)/.exec(first.text)?.[1];
    expect([first.status, replicate.orders.length, fal.inputs.length]).toEqual([1, 1, 0]);
    replicate.script({ at: 'status', status: 401 });
    const refused = await settle('look', take!);
    expect(refused.text).toMatch(
      /^Replicate has this job, and does not say what becomes of it: .* It stays as it is\.$/,
    );
    expect(await settle('look', take!)).toMatchObject({ status: 0 });
    expect((await run()).status).toBe(0);
    expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 1]);
  });

  test('is counted as lost: what it may have cost stays booked, and the same command takes another', async () => {
    const take = await lostTake();
    const { status, text } = await settle('lost', take);
    expect([status, text]).toEqual([
      0,
      'Counted as lost; what it may have cost is booked. Booked: $0.08. The same command again takes another.',
    ]);
    expect(await settle('lost', take)).toMatchObject({ status: 0, text: expect.stringContaining('It is known') });
    expect((await run()).status).toBe(0);
    expect([replicate.orders.length, fal.inputs.length]).toEqual([1, 2]);
  });

  test('another is taken by the same command with its name; a name nobody knows stops it', async () => {
    const take = await lostTake();
    expect(await run({}, { another: ['not-there'] })).toMatchObject({
      status: 1,
      text: 'The journal of this computer has no take not-there.',
    });
    const { status, text } = await run({}, { another: [take] });
    expect([status, replicate.orders.length, fal.inputs.length]).toEqual([0, 1, 2]);
    expect(text).toContain('Counted as lost');
  });
});

test('a model that a node is pinned to and no row names has its price asked for, and is made below a cap', async () => {
  const file = graphIn(folder);
  const graph = JSON.parse(readFileSync(file, 'utf8'));
  graph.formatVersion = 5;
  graph.nodes.animate.pinned = { provider: 'fal', model: 'bytedance/seedance-1.0-pro-fast' };
  writeFileSync(file, JSON.stringify(graph));
  const table = tableWith(folder, [row('text to image', 'replicate', 'bfl/flux-schnell')]);
  const plan = await run({}, { command: 'plan', file, table, cap: '0.10' });
  expect(plan.text).toContain('Animate: Seedance 1.0 Pro Fast, at most $0.08, quoted by fal');
  const tooDear = await run({}, { command: 'plan', file, table, cap: '0.05' });
  expect([plan.status, tooDear.status]).toEqual([0, 3]);
  expect((await run({}, { file, table, cap: '0.05' })).text).toContain('over budget ($0.08');
  expect(fal.inputs).toHaveLength(0);
  expect(await run({}, { file, table, cap: '0.10' })).toMatchObject({ status: 0 });
  expect(fal.inputs).toHaveLength(1);
});

test('below a ceiling a model is asked whose price the service said, and passed over where it is too much', async () => {
  const plan = await run({}, { command: 'plan', table: tableIn(folder, 80_000) });
  expect(plan.text).toContain('Animate: Seedance 1.0 Pro Fast, at most $0.08, quoted by fal');
  expect(fal.inputs).toHaveLength(0);
  // Why nobody can be asked is said before the run, too.
  const planned = await run({}, { command: 'plan', table: tableIn(folder, 70_000) });
  expect(planned.text).toMatch(/^Animate: The only candidate for image to video, cinematic cannot be asked: /m);
  expect([plan.status, planned.status]).toEqual([0, 1]);
  const over = await run({}, { table: tableIn(folder, 70_000) });
  expect(over.status).toBe(1);
  expect(over.text).toContain('too dear ($0.08, ceiling $0.07)');
  expect(fal.inputs).toHaveLength(0);
  expect((await run({}, { table: tableIn(folder, 80_000) })).status).toBe(0);
  expect(fal.inputs).toHaveLength(1);
});

describe('a cap over all that one command makes', () => {
  const at = (type: string, params: object = {}) => ({ type, version: 1, params, position: { x: 0, y: 0 } });
  const wire = (from: string, to: string) => ({
    from: { node: from, socket: 'prompt' },
    to: { node: to, socket: 'prompt' },
  });
  /** Pictures of $0.003 each: of every prompt, or of one for each row. */
  function picturesOf(prompts: readonly string[], rows: readonly string[] = []): string {
    const file = join(folder, 'pictures.triptych.json');
    const nodes = prompts.flatMap((text, n) => [
      [`prompt${n}`, at('prompt', { text })],
      [`image${n}`, at('image', { tier: 'cinematic' })],
    ]);
    const wires = prompts.map((_, n) => [`w${n}`, wire(`prompt${n}`, `image${n}`)]);
    const batch = {
      columns: [{ id: 'c', node: 'prompt0', param: 'text' }],
      rows: rows.map((text, n) => ({ id: `r${n}`, cells: { c: text } })),
    };
    const content = { nodes: Object.fromEntries(nodes), wires: Object.fromEntries(wires) };
    writeFileSync(
      file,
      JSON.stringify({
        format: 'triptych',
        formatVersion: 4,
        title: 'T',
        ...content,
        ...(rows.length ? { batch } : {}),
      }),
    );
    return file;
  }
  const asked = () => replicate.orders.map(({ input }) => (input as { prompt: string }).prompt);

  test('rows beyond it are not sent, and named; the exit status says so; the same command again pays for nothing', async () => {
    const file = picturesOf(['x'], ['a vase', 'a jug', 'a bowl', 'a cup']);
    const first = await run({}, { file, rows: true, cap: '0.007' });
    expect(first.status).toBe(3);
    expect(asked()).toEqual(['a vase', 'a jug']);
    expect(first.files).toHaveLength(2);
    expect(first.text).toContain('over budget ($0.003, $0.001 left)');
    expect(first.text).toMatch(/Over the cap, and not sent whole: .*a bowl.*, .*a cup/);
    expect(first.text).toContain('$0.006 of the cap of $0.007 used.');
    const again = await run({}, { file, rows: true, cap: '0.007' });
    expect([again.status, asked().length]).toEqual([3, 2]);
    const whole = await run({}, { file, rows: true, cap: '0.012' });
    expect([whole.status, asked().length]).toEqual([0, 4]);
    expect(whole.text).not.toContain('Over the cap');
  });

  test('what is on its way counts: of pictures that are asked for at once, as many are sent as there is money for', async () => {
    const { status, text } = await run({}, { file: picturesOf(['a vase', 'a jug', 'a bowl']), cap: '0.0065' });
    expect(status).toBe(3);
    expect(asked()).toHaveLength(2);
    expect(text).toContain('Nothing was sent. Raise --cap');
    expect(text).toContain('$0.006 of the cap of $0.0065 used.');
  });

  test('commands side by side keep to what a month may cost, as the page said it', async () => {
    const page = await openJobs({ TRIPTYCH_HOME: join(folder, 'home') });
    await page.service.keepBudget(7000 as Micros);
    const file = picturesOf(['a vase', 'a jug', 'a bowl']);
    const { status, text } = await run({}, { file });
    expect(status).toBe(3);
    expect(asked()).toHaveLength(2);
    expect(text).toContain('This would go over the month’s budget: $0.001 are left.');
    const planned = await run({}, { command: 'plan', file });
    expect(planned.text).toContain(
      'The budget of the month has $0.001 left. What was paid for before is not paid again.',
    );
    await page.close();
  });

  test('something else that failed is told as a failure', async () => {
    replicate.script({ at: 'submit', status: 500 });
    const file = picturesOf(['x'], ['a vase', 'a jug', 'a bowl', 'a cup']);
    expect((await run({}, { file, rows: true, cap: '0.007' })).status).toBe(1);
  });
});

test('the cut of a film is handed off with the clips as they came, though no film can be made here', async () => {
  const handoff = join(folder, 'cut');
  const { text, status } = await run({}, { file: filmIn(folder), handoff });
  expect(text).toContain(`Stitch: handed off to ${handoff}`);
  // The film itself takes a browser.
  expect(status).toBe(1);
  expect(readdirSync(handoff).sort()).toEqual(['Two.edl', 'Two.otio', 'Two.xml', 'clips']);
  const came = readFileSync('test/fixtures/clip-128x72.mp4');
  expect(readdirSync(join(handoff, 'clips'))).toEqual(['01 a perfume bottle.mp4']);
  expect(readFileSync(join(handoff, 'clips', '01 a perfume bottle.mp4'))).toEqual(came);
  const edl = readFileSync(join(handoff, 'Two.edl'), 'utf8');
  expect(edl.match(/^\d{3} /gm)).toHaveLength(2);
});

test('a film whose clips were made here is handed off in the app, which is said', async () => {
  const rows = ['text to image', 'image to video'].map((work) => row(work, BUILT_IN.provider, BUILT_IN.model));
  const builtInTable = tableWith(folder, rows);
  const { text } = await run({}, { file: filmIn(folder), table: builtInTable, handoff: join(folder, 'cut') });
  expect(text).toContain('Shot 1 was made here, where no clip can be encoded: hand off the cut in the app.');
});
/** The clip of two services, twice, joined. */
function filmIn(folder: string): string {
  const graph = JSON.parse(readFileSync(graphIn(folder), 'utf8')) as { nodes: object; wires: object };
  const position = { x: 5, y: 0 };
  const file = join(folder, 'film.triptych.json');
  const clip = { node: 'animate', socket: 'video' };
  writeFileSync(
    file,
    JSON.stringify({
      ...graph,
      title: 'Two',
      nodes: { ...graph.nodes, film: { type: 'stitch', version: 3, position, params: { join: 'shared keyframe' } } },
      wires: {
        ...graph.wires,
        e: { from: clip, to: { node: 'film', socket: 'videos' }, order: 0 },
        f: { from: clip, to: { node: 'film', socket: 'videos' }, order: 1 },
      },
    }),
  );
  return file;
}
