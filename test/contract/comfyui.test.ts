import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Micros } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import type { PictureFile } from '../../src/providers/adapter.ts';
import { comfyui } from '../../src/providers/comfyui.ts';
import type { TroubleKind } from '../../src/providers/service-trouble.ts';
import { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import type { WorkflowGraph } from '../../src/routing/own-workflow.ts';
import { accessRig, type AccessRig } from '../rig/access.ts';
import { openJobsRig, settled } from '../rig/jobs.ts';
import { startComfyUi, type ComfyDouble } from './comfyui.ts';
import type { Models } from './comfyui-nodes.ts';
import { PIXEL } from './queue.ts';
import { requestTo } from '../rig/requests.ts';

const MODELS: Models = { checkpoints: ['sdxl/base.safetensors', 'v1-5.safetensors'], upscalers: ['4x.pth'] };
const PICTURE: PictureFile = { bytes: new Uint8Array(PIXEL), mime: 'image/png' };
let comfy: ComfyDouble;

beforeEach(async () => {
  comfy = await startComfyUi(MODELS);
});
afterEach(() => comfy.close());
async function having(models: Models, more?: { readonly knowsNames: boolean }): Promise<void> {
  await comfy.close();
  comfy = await startComfyUi(models, more);
}

const requestOf = (more: Partial<JobRequest> = {}) =>
  requestTo('comfyui-local', 'v1-5.safetensors', {
    prompt: 'a lighthouse',
    negative: 'fog',
    seed: 7,
    guidance: 6.5,
    width: 768,
    height: 512,
    ratio: [3, 2],
    ...more,
  });
const attached = { picture: 'one', width: 400, height: 300 };
function rigOf(id = 'take-1', isClockStopped = false): AccessRig {
  const rig = accessRig(comfyui, comfy.url, { pictures: { one: PICTURE }, isClockStopped });
  Object.assign(rig.access, { id });
  return rig;
}

async function submitted(request: JobRequest, { access }: AccessRig) {
  const sent = await comfyui.submit(request, access);
  if (!('job' in sent)) throw new Error('ComfyUI answers with a job.');
  return sent.job;
}
async function made(request: JobRequest, rig = rigOf()) {
  const job = await submitted(request, rig);
  return comfyui.follow!(job, rig.access, request);
}
/** Types of nodes and their inputs, links as the type they come from. */
function told(graph: WorkflowGraph) {
  const type = (id: unknown) => graph[String(id)]!.class_type;
  return Object.values(graph).map(({ class_type: own, inputs }) => [
    own,
    Object.fromEntries(
      Object.entries(inputs).map(([name, value]) => [
        name,
        Array.isArray(value) ? `${type(value[0])} ${value[1]}` : value,
      ]),
    ),
  ]);
}
const troubleOf = async (work: Promise<unknown>): Promise<ServiceTrouble> => {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof ServiceTrouble)) throw new Error('No trouble.', { cause: thrown });
  return thrown;
};
const notesOf = ({ notes = [] }: Awaited<ReturnType<typeof made>>) => notes.map((note) => inWords(note));
const bytesOf = async (output: { url: string } | { bytes: Uint8Array }) =>
  'url' in output ? rigOf().access.bytes({ to: output.url }) : output.bytes;

describe('what is built', () => {
  test('text to image: the checkpoint by its name, whatever folder it is in', async () => {
    const rig = rigOf();
    const result = await made(requestOf({ model: 'base.safetensors' }), rig);
    expect(told(comfy.graphs[0]!)).toEqual([
      ['CheckpointLoaderSimple', { ckpt_name: 'sdxl/base.safetensors' }],
      ['CLIPTextEncode', { text: 'a lighthouse', clip: 'CheckpointLoaderSimple 1' }],
      ['CLIPTextEncode', { text: 'fog', clip: 'CheckpointLoaderSimple 1' }],
      ['EmptyLatentImage', { width: 768, height: 512, batch_size: 1 }],
      [
        'KSampler',
        {
          model: 'CheckpointLoaderSimple 0',
          seed: 7,
          steps: 25,
          cfg: 6.5,
          sampler_name: 'dpmpp_2m',
          scheduler: 'karras',
          positive: 'CLIPTextEncode 0',
          negative: 'CLIPTextEncode 0',
          latent_image: 'EmptyLatentImage 0',
          denoise: 1,
        },
      ],
      ['VAEDecode', { samples: 'KSampler 0', vae: 'CheckpointLoaderSimple 2' }],
      ['SaveImage', { images: 'VAEDecode 0', filename_prefix: expect.stringMatching(/^triptych\/[0-9a-f]{8}$/) }],
    ]);
    expect(result.seed).toBe(7);
    expect(result.notes).toBeUndefined();
    expect([...comfy.files.values()]).toContainEqual(Buffer.from(await bytesOf(result.output)));
    expect([rig.paying, comfy.paid]).toEqual([1, 1]);
  });

  test('a picture is uploaded, fitted and kept as far as its strength says', async () => {
    await made(requestOf({ references: [{ ...attached, strength: 0.7 }] }));
    const [[name, bytes]] = [...comfy.uploads] as [[string, Buffer]];
    expect(bytes).toEqual(PIXEL);
    const graph = told(comfy.graphs[0]!);
    expect(graph).toContainEqual(['LoadImage', { image: name }]);
    expect(graph).toContainEqual([
      'ImageScale',
      { image: 'LoadImage 0', upscale_method: 'lanczos', width: 768, height: 512, crop: 'center' },
    ]);
    expect(graph.find(([type]) => type === 'KSampler')![1]).toMatchObject({
      latent_image: 'VAEEncode 0',
      denoise: 0.3,
    });
  });

  test('an edit starts from its picture; references beside it are said to be left out', async () => {
    const result = await made(
      requestOf({ work: 'image edit', still: attached, references: [{ ...attached, picture: 'two', strength: 1 }] }),
    );
    expect(told(comfy.graphs[0]!).find(([type]) => type === 'KSampler')![1]).toMatchObject({ denoise: 0.6 });
    expect(notesOf(result)).toEqual(['1 reference was not used: it starts from one picture.']);
    const trouble = await troubleOf(made(requestOf({ work: 'image edit' })));
    expect([trouble.kind, trouble.message]).toEqual(['invalid', 'There is no picture to edit.']);
  });

  test('a picture that is there under the same name with another content gets another name', async () => {
    await made(requestOf({ work: 'image edit', still: attached }));
    const [name] = [...comfy.uploads.keys()];
    (comfy.uploads as Map<string, Buffer>).set(name!, Buffer.from('somebody else’s'));
    await made(requestOf({ work: 'image edit', still: attached }));
    expect(told(comfy.graphs[1]!)).toContainEqual(['LoadImage', { image: name!.replace('.png', ' (1).png') }]);
  });

  test('upscale: with a model where there is one, and to the size that was asked', async () => {
    const result = await made(
      requestOf({ work: 'upscale', model: '4x.pth', still: attached, width: 1000, height: 750 }),
    );
    expect(told(comfy.graphs[0]!).slice(1)).toEqual([
      ['UpscaleModelLoader', { model_name: '4x.pth' }],
      ['ImageUpscaleWithModel', { upscale_model: 'UpscaleModelLoader 0', image: 'LoadImage 0' }],
      [
        'ImageScale',
        { image: 'ImageUpscaleWithModel 0', upscale_method: 'lanczos', width: 1000, height: 750, crop: 'disabled' },
      ],
      ['SaveImage', expect.objectContaining({ images: 'ImageScale 0' })],
    ]);
    expect(result.seed).toBeUndefined();
  });

  test('upscale without a model is a filter, and says so', async () => {
    await having({ checkpoints: [] });
    const request = requestOf({
      work: 'upscale',
      model: 'ImageUpscaleWithModel node',
      still: attached,
      width: 400,
      height: 300,
    });
    const result = await made(request);
    expect(told(comfy.graphs[0]!).map(([type]) => type)).toEqual(['LoadImage', 'ImageScale', 'SaveImage']);
    expect(told(comfy.graphs[0]!)[1]![1]).toMatchObject({ width: 800, height: 600 });
    expect(notesOf(result)).toEqual([
      'ComfyUI has no upscale model, so the picture was enlarged with a Lanczos filter.',
    ]);
  });

  test('sizes are rounded to what latents have, and said', async () => {
    const result = await made(requestOf({ width: 1001, height: 563 }));
    expect(told(comfy.graphs[0]!)[3]![1]).toMatchObject({ width: 1000, height: 560 });
    expect(notesOf(result)).toEqual(['1001 × 563 was rounded to 1000 × 560.']);
  });

  test.each([
    ['flux1-dev-fp8.safetensors', { cfg: 1, steps: 20 }, ['This checkpoint takes no negative prompt.']],
    [
      'sdxl_lightning_4step.safetensors',
      { cfg: 1, steps: 6 },
      ['This checkpoint takes no negative prompt.', 'This checkpoint was made to work without guidance.'],
    ],
  ])('%s is sampled as it was trained', async (name, sampled, notes) => {
    await having({ checkpoints: [name] });
    const result = await made(requestOf({ model: name }));
    const graph = told(comfy.graphs[0]!);
    expect(graph.find(([type]) => type === 'KSampler')![1]).toMatchObject(sampled);
    expect(graph.some(([type]) => type === 'FluxGuidance')).toBe(name.startsWith('flux'));
    expect(notesOf(result)).toEqual(notes);
  });

  test('the catalog’s name for any checkpoint takes the first, and says which', async () => {
    const result = await made(requestOf({ model: 'user-installed checkpoint' }));
    expect(notesOf(result)).toEqual(['ComfyUI has 2 checkpoints; “sdxl/base.safetensors” was used.']);
  });

  test('without a seed it takes one, the same for the same take, and tells it', async () => {
    const { seed, ...request } = requestOf();
    const [one, other] = [await made(request), await made(request)];
    expect(one.seed).toBeGreaterThan(0);
    expect(other.seed).toBe(one.seed);
    expect(seed).toBe(7);
  });
});

describe('what is missing is said before anything is sent', () => {
  test.each<[string, Models, Partial<JobRequest>, TroubleKind, string]>([
    ['no checkpoint', {}, {}, 'retired', 'ComfyUI has no checkpoint.'],
    [
      'another checkpoint',
      MODELS,
      { model: 'gone.safetensors' },
      'retired',
      'ComfyUI has no checkpoint “gone.safetensors”.',
    ],
    [
      'another upscaler',
      MODELS,
      { work: 'upscale', model: '8x.pth', still: attached },
      'retired',
      'ComfyUI has no upscale model “8x.pth”.',
    ],
    ['a clip', MODELS, { work: 'text to video' }, 'invalid', 'ComfyUI makes clips with a workflow of your own only.'],
  ])('%s', async (_, models, more, kind, message) => {
    await having(models);
    const rig = rigOf();
    const trouble = await troubleOf(comfyui.submit(requestOf(more), rig.access));
    expect([trouble.kind, trouble.message]).toEqual([kind, message]);
    expect([rig.paying, comfy.paid]).toEqual([0, 0]);
  });

  test('models are what lies in its folders', async () => {
    expect(await comfyui.models!(rigOf().access)).toEqual([
      { model: 'sdxl/base.safetensors', works: ['text to image', 'image edit'] },
      { model: 'v1-5.safetensors', works: ['text to image', 'image edit'] },
      { model: '4x.pth', works: ['upscale'] },
    ]);
  });
});

describe('while it is made', () => {
  test('progress rises to the end, previews come, and the listener hangs up', async () => {
    const rig = rigOf('take-1', true);
    const request = requestOf();
    const standing = comfy.hold();
    const job = await submitted(request, rig);
    await standing;
    const following = comfyui.follow!(job, rig.access, request);
    await expect.poll(() => comfy.listeners).toHaveLength(1);
    // Whoever asks as fast as this test has the result before the last messages are there.
    await comfy.hold('SaveImage');
    await expect.poll(() => rig.previews.length).toBe(4);
    const fractions = rig.steps.flatMap(({ fraction }) => fraction ?? []);
    expect(fractions.length).toBeGreaterThan(4);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    // Six nodes, of which the sampler counts for twenty.
    await expect.poll(() => rig.steps.at(-1)?.fraction).toBeCloseTo(25 / 26);
    expect(rig.previews.map(({ mime }) => mime)).toEqual(Array(4).fill('image/png'));
    comfy.go();
    await following;
    await expect.poll(() => comfy.listeners).toEqual([]);
  });

  test('a job that waits knows its place', async () => {
    const standing = comfy.hold();
    await submitted(requestOf(), rigOf());
    await standing;
    const rig = rigOf('take-2');
    const request = requestOf({ seed: 8 });
    const job = await submitted(request, rig);
    const following = comfyui.follow!(job, rig.access, request);
    await expect.poll(() => rig.steps[0]).toEqual({ state: 'queued', place: 1 });
    comfy.go();
    expect(await following).toMatchObject({ seed: 8 });
  });

  test('a line that is cut is opened again, and what was said in between is made up for', async () => {
    const rig = rigOf('take-1', true);
    const request = requestOf();
    const standing = comfy.hold();
    const job = await submitted(request, rig);
    await standing;
    const following = comfyui.follow!(job, rig.access, request);
    await expect.poll(() => comfy.listeners).toHaveLength(1);
    comfy.hangUp();
    await expect.poll(() => comfy.listeners).toHaveLength(1);
    await comfy.hold('SaveImage');
    await expect.poll(() => rig.previews.length).toBe(4);
    comfy.go();
    expect(await following).toMatchObject({ seed: 7 });
  });

  test('a namesake that hangs up makes the server forget us: we call again when it is silent for long', async () => {
    const rig = rigOf();
    const request = requestOf();
    const standing = comfy.hold();
    const job = await submitted(request, rig);
    await standing;
    const namesake = rigOf().access.socket(`/ws?clientId=${job['client']}`);
    await new Promise((resolve) => namesake.addEventListener('open', resolve));
    const following = comfyui.follow!(job, rig.access, request);
    await expect.poll(() => comfy.calls).toBeGreaterThan(1);
    namesake.close();
    const before = comfy.calls;
    await expect.poll(() => comfy.calls).toBeGreaterThan(before);
    comfy.go();
    expect(await following).toMatchObject({ seed: 7 });
  });

  test('what is all in its cache is made again as a file of its own', async () => {
    const first = await made(requestOf());
    const second = await made(requestOf(), rigOf('take-2'));
    expect(second.output).not.toEqual(first.output);
    expect(await bytesOf(second.output)).toHaveLength((await bytesOf(first.output)).length);
  });

  test('a job that was followed before can be followed again', async () => {
    const request = requestOf();
    const rig = rigOf();
    const job = await submitted(request, rig);
    const once = await comfyui.follow!(job, rig.access, request);
    expect(await comfyui.follow!(job, rigOf().access, request)).toEqual(once);
    expect(comfy.paid).toBe(1);
  });
});

describe('when it goes wrong', () => {
  test('the answer is lost: the job is found by its name, and is one', async () => {
    comfy.script({ at: 'submit', cut: 'before answer' });
    const rig = rigOf();
    const request = requestOf();
    const trouble = await troubleOf(comfyui.submit(request, rig.access));
    expect(trouble.kind).toBe('lost');
    const found = await comfyui.lookup!(rig.access.id, rig.access, request);
    expect(await comfyui.follow!(found!.job, rig.access, request)).toMatchObject({ seed: 7 });
    // It has ended by now, and is found in the history.
    expect(await comfyui.lookup!(rig.access.id, rig.access, request)).toEqual(found);
    expect(comfy.asked.some(({ path }) => path === '/history')).toBe(false);
    expect([rig.paying, comfy.paid]).toEqual([1, 1]);
  });

  test('servers that name jobs themselves are asked whose it is', async () => {
    await having(MODELS, { knowsNames: false });
    comfy.script({ at: 'submit', cut: 'before answer' });
    const rig = rigOf();
    const request = requestOf();
    const standing = comfy.hold();
    await troubleOf(comfyui.submit(request, rig.access));
    await standing;
    const found = await comfyui.lookup!(rig.access.id, rig.access, request);
    comfy.go();
    expect(await comfyui.follow!(found!.job, rig.access, request)).toMatchObject({ seed: 7 });
    expect(await comfyui.lookup!(rig.access.id, rig.access, request)).toEqual(found);
  });

  test('what it does not have was never sent', async () => {
    const { access } = rigOf();
    await made(requestOf());
    expect(await comfyui.lookup!('another take', access, requestOf())).toBeUndefined();
  });

  test.each<[string, TroubleKind, string]>([
    ['[[fail]]', 'broken', 'ComfyUI failed in KSampler (node 5): mat1 and mat2 shapes cannot be multiplied.'],
    ['[[out of memory]]', 'broken', 'ComfyUI ran out of memory in KSampler (node 5).'],
  ])('%s names the node', async (prompt, kind, message) => {
    const trouble = await troubleOf(made(requestOf({ prompt })));
    expect([trouble.kind, trouble.message, trouble.facts.status]).toEqual([kind, message, undefined]);
  });

  test('a workflow it does not take names the node and the input', async () => {
    const trouble = await troubleOf(made(requestOf({ guidance: 400 })));
    expect([trouble.kind, trouble.facts.code]).toEqual(['invalid', 'value_bigger_than_max']);
    expect(trouble.message).toBe('ComfyUI does not take KSampler (node 5): cfg: Value 400.0 bigger than max of 100.0.');
    expect(comfy.paid).toBe(0);
  });

  test('a checkpoint that went away meanwhile is retired', () => {
    const errors = [
      {
        type: 'value_not_in_list',
        message: 'Value not in list',
        details: 'ckpt_name: …',
        extra_info: { input_name: 'ckpt_name' },
      },
    ];
    const body = {
      error: { type: 'prompt_outputs_failed_validation' },
      node_errors: { 1: { errors, class_type: 'CheckpointLoaderSimple' } },
    };
    const text = JSON.stringify(body);
    expect(comfyui.classify({ status: 400, headers: new Headers(), json: body, text }).kind).toBe('retired');
  });

  test.each<[number, TroubleKind]>([
    [400, 'invalid'],
    [401, 'key'],
    [403, 'key'],
    [404, 'gone'],
    [413, 'invalid'],
    [429, 'busy'],
    [500, 'broken'],
    [502, 'lost'],
    [503, 'broken'],
  ])('%d is “%s”, and nothing was taken', async (status, kind) => {
    comfy.script({ at: 'submit', status, body: '' });
    const trouble = await troubleOf(made(requestOf()));
    expect([trouble.kind, trouble.facts.status]).toEqual([kind, status]);
    expect(comfy.paid).toBe(0);
  });

  test('started again, it knows nothing of the job', async () => {
    const rig = rigOf();
    const request = requestOf();
    const standing = comfy.hold();
    const job = await submitted(request, rig);
    await standing;
    const following = troubleOf(comfyui.follow!(job, rig.access, request));
    await expect.poll(() => rig.steps.length).toBeGreaterThan(0);
    comfy.restart();
    expect((await following).kind).toBe('gone');
  });

  test('it does not run', async () => {
    const url = comfy.url;
    await comfy.close();
    const { access } = accessRig(comfyui, url);
    expect((await troubleOf(comfyui.submit(requestOf(), access))).kind).toBe('unreachable');
    expect((await troubleOf(comfyui.test(access))).kind).toBe('unreachable');
    await having(MODELS);
  });

  test('what answers is another program', async () => {
    const { access } = accessRig(comfyui, `${comfy.url}/elsewhere`);
    const trouble = await troubleOf(comfyui.test(access));
    expect([trouble.kind, trouble.message]).toEqual([
      'broken',
      `What answers at ${comfy.url}/elsewhere is not ComfyUI.`,
    ]);
    expect(await comfyui.test(rigOf().access)).toBeUndefined();
  });

  test('a question that gets no answer is for whoever asked to ask again', async () => {
    const rig = rigOf();
    const job = await submitted(requestOf(), rig);
    comfy.script({ at: 'status', cut: 'in the middle' });
    expect((await troubleOf(comfyui.follow!(job, rig.access, requestOf()))).kind).toBe('lost');
    await expect.poll(() => comfy.listeners).toEqual([]);
    expect(await comfyui.follow!(job, rig.access, requestOf())).toMatchObject({ seed: 7 });
  });

  test('a file that somebody removed is gone', async () => {
    const { output } = await made(requestOf());
    comfy.files.clear();
    expect((await troubleOf(bytesOf(output))).kind).toBe('gone');
  });
});

describe('taking back', () => {
  async function standing() {
    const stands = comfy.hold();
    const rig = rigOf();
    const request = requestOf();
    const job = await submitted(request, rig);
    await stands;
    return { rig, request, job };
  }

  test('a job that waits is taken out of the queue, and no other is touched', async () => {
    const { rig, job: first, request } = await standing();
    const other = rigOf('take-2');
    const second = await submitted(requestOf({ seed: 8 }), other);
    expect(await comfyui.cancel!(second, other.access)).toBe('cancelled');
    comfy.go();
    expect(await comfyui.follow!(first, rig.access, request)).toMatchObject({ seed: 7 });
    expect((await troubleOf(comfyui.follow!(second, other.access, request))).kind).toBe('gone');
  });

  test('a job that runs stops at its next step', async () => {
    const { rig, job, request } = await standing();
    const following = troubleOf(comfyui.follow!(job, rig.access, request));
    const cancelling = comfyui.cancel!(job, rig.access);
    await expect.poll(() => comfy.asked.some(({ path }) => path === '/interrupt')).toBe(true);
    comfy.go();
    expect(await cancelling).not.toBe('late');
    const trouble = await following;
    expect([trouble.kind, trouble.message]).toEqual(['cancelled', 'It was stopped in ComfyUI.']);
    expect(await comfyui.cancel!(job, rig.access)).toBe('cancelled');
  });

  test('one that does not stop in time was only asked to', async () => {
    const { rig, job } = await standing();
    expect(await comfyui.cancel!(job, rig.access)).toBe('asked');
    comfy.go();
  });

  test('what is made already comes too late', async () => {
    const rig = rigOf();
    const request = requestOf();
    const job = await submitted(request, rig);
    await comfyui.follow!(job, rig.access, request);
    expect(await comfyui.cancel!(job, rig.access)).toBe('late');
    expect(comfy.asked.some(({ path }) => path === '/interrupt')).toBe(false);
  });
});

describe('in the hands of the job service', () => {
  async function job(request: JobRequest, id = 'take-1') {
    const rig = await openJobsRig([comfyui], undefined, { TRIPTYCH_COMFYUI_URL: comfy.url });
    try {
      await rig.service.put(id, { request, estimate: 0 as Micros }, new Map([['one', PICTURE]]));
      const view = await settled(rig.service, id);
      return { view, bytes: view.state === 'made' ? await readFile(rig.service.output(id)) : undefined };
    } finally {
      await rig.service.close();
    }
  }

  test('a job is made, for nothing, and its bytes are those of ComfyUI', async () => {
    const { view, bytes } = await job(requestOf({ width: 1001, references: [{ ...attached, strength: 0.5 }] }));
    expect(view).toMatchObject({ state: 'made', charged: 0, seed: 7, media: { kind: 'image', mime: 'image/png' } });
    expect(view.notes?.map((note) => inWords(note))).toEqual(['1001 × 512 was rounded to 1000 × 512.']);
    expect([...comfy.files.values()].map((file) => Buffer.from(file))).toContainEqual(bytes);
  });

  test.each(['before answer', 'in the middle'] as const)('an answer cut %s makes no second job', async (cut) => {
    comfy.script({ at: 'submit', cut });
    const { view } = await job(requestOf());
    expect(view).toMatchObject({ state: 'made', seed: 7 });
    expect(comfy.paid).toBe(1);
  });

  test('questions that fail on the way do not end the job', async () => {
    comfy.script(
      { at: 'status', cut: 'before answer' },
      { at: 'status', status: 502 },
      { at: 'status', says: '<html>' },
    );
    const { view } = await job(requestOf());
    expect(view).toMatchObject({ state: 'made' });
    expect(comfy.paid).toBe(1);
  });

  test('what is no picture is a failure', async () => {
    comfy.script({ at: 'output', says: '<html>' });
    expect((await job(requestOf())).view).toMatchObject({ state: 'failed', trouble: { kind: 'unreadable' } });
  });
});
