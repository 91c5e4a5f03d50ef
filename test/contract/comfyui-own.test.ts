import { afterEach, beforeEach, expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { comfyui } from '../../src/providers/comfyui.ts';
import type { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import { readNodeKinds } from '../../src/file/comfyui-nodes.ts';
import { nodesToAskFor, readOwnWorkflow } from '../../src/file/own-workflow-file.ts';
import type { JobRequest } from '../../src/routing/job-request.ts';
import type { ReadWorkflow } from '../../src/routing/own-workflow.ts';
import { accessRig } from '../rig/access.ts';
import { startComfyUi, type ComfyDouble } from './comfyui.ts';
import { PIXEL } from './queue.ts';

let comfy: ComfyDouble;
beforeEach(async () => {
  comfy = await startComfyUi({ checkpoints: ['a.safetensors'] });
});
afterEach(() => comfy.close());

const picture = { bytes: new Uint8Array(PIXEL), mime: 'image/png' };
const rigOf = () => accessRig(comfyui, comfy.url, { pictures: { one: picture, two: picture } });
async function read(raw: unknown): Promise<ReadWorkflow> {
  const text = JSON.stringify(raw);
  const names = nodesToAskFor(text);
  const facts = names.ok ? await comfyui.nodes!(names.value, rigOf().access) : {};
  const result = readOwnWorkflow(text, readNodeKinds(facts));
  if (!result.ok) throw new Error(inWords(result.error.message));
  return result.value;
}
async function made(own: ReadWorkflow, more: Partial<JobRequest>) {
  const { access } = rigOf();
  const request: JobRequest = {
    provider: 'comfyui-local',
    model: 'my workflow',
    work: own.work,
    prompt: 'a lake',
    width: 640,
    height: 352,
    ratio: [16, 9],
    references: [],
    workflow: own.workflow,
    ...more,
  };
  const sent = await comfyui.submit(request, access);
  if (!('job' in sent)) throw new Error('ComfyUI answers with a job.');
  const result = await comfyui.follow!(sent.job, access, request);
  return { result, graph: comfy.graphs.at(-1)!, notes: (result.notes ?? []).map((note) => inWords(note)) };
}

/** Image to video as the editor saves it: the loader's name of the upload, a seed's companion, frames in steps. */
const VIDEO = {
  nodes: [
    { id: 1, type: 'UNETLoader', widgets_values: ['wan2.2.safetensors'] },
    { id: 2, type: 'CLIPLoader', widgets_values: ['umt5.safetensors', 'wan'] },
    { id: 3, type: 'VAELoader', widgets_values: ['ae.safetensors'] },
    { id: 4, type: 'CLIPTextEncode', inputs: [{ name: 'clip', link: 1 }], widgets_values: ['boat'] },
    { id: 5, type: 'CLIPTextEncode', inputs: [{ name: 'clip', link: 2 }], widgets_values: ['blurry'] },
    { id: 6, type: 'LoadImage', widgets_values: ['example.png', 'image'] },
    {
      id: 7,
      type: 'WanImageToVideo',
      inputs: [
        { name: 'positive', link: 3 },
        { name: 'negative', link: 4 },
        { name: 'vae', link: 5 },
        { name: 'start_image', link: 6 },
      ],
      widgets_values: [832, 480, 81, 1],
    },
    {
      id: 8,
      type: 'KSampler',
      inputs: [
        { name: 'model', link: 7 },
        { name: 'positive', link: 8 },
        { name: 'negative', link: 9 },
        { name: 'latent_image', link: 10 },
      ],
      widgets_values: [5, 'randomize', 20, 3.5, 'euler', 'simple', 1],
    },
    {
      id: 9,
      type: 'VAEDecode',
      inputs: [
        { name: 'samples', link: 11 },
        { name: 'vae', link: 12 },
      ],
    },
    { id: 10, type: 'CreateVideo', inputs: [{ name: 'images', link: 13 }], widgets_values: [16] },
    { id: 11, type: 'SaveVideo', inputs: [{ name: 'video', link: 14 }], widgets_values: ['video/x', 'auto', 'auto'] },
    { id: 12, type: 'PreviewImage', inputs: [{ name: 'images', link: 15 }] },
  ],
  links: [
    [1, 2, 0, 4, 0, 'CLIP'],
    [2, 2, 0, 5, 0, 'CLIP'],
    [3, 4, 0, 7, 0, 'CONDITIONING'],
    [4, 5, 0, 7, 1, 'CONDITIONING'],
    [5, 3, 0, 7, 2, 'VAE'],
    [6, 6, 0, 7, 3, 'IMAGE'],
    [7, 1, 0, 8, 0, 'MODEL'],
    [8, 7, 0, 8, 1, 'CONDITIONING'],
    [9, 7, 1, 8, 2, 'CONDITIONING'],
    [10, 7, 2, 8, 3, 'LATENT'],
    [11, 8, 0, 9, 0, 'LATENT'],
    [12, 3, 0, 9, 1, 'VAE'],
    [13, 9, 0, 10, 0, 'IMAGE'],
    [14, 10, 0, 11, 0, 'VIDEO'],
    [15, 9, 0, 12, 0, 'IMAGE'],
  ],
};
const EDIT = {
  1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'a.safetensors' } },
  2: { class_type: 'CLIPTextEncode', inputs: { text: 'x', clip: ['1', 1] } },
  3: { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['1', 1] } },
  4: { class_type: 'LoadImage', inputs: { image: 'example.png' } },
  5: { class_type: 'VAEEncode', inputs: { pixels: ['4', 0], vae: ['1', 2] } },
  6: {
    class_type: 'KSampler',
    inputs: {
      seed: 1,
      steps: 8,
      cfg: 7,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['1', 0],
      positive: ['2', 0],
      negative: ['3', 0],
      latent_image: ['5', 0],
    },
  },
  7: { class_type: 'VAEDecode', inputs: { samples: ['6', 0], vae: ['1', 2] } },
  8: { class_type: 'SaveImage', inputs: { images: ['7', 0], filename_prefix: 'mine' } },
};

test('a clip from a picture: everything asked is where the workflow takes it, in the steps it takes', async () => {
  const own = await read(VIDEO);
  expect(own.work).toBe('image to video');
  const still = { picture: 'one', width: 1, height: 1 };
  const { result, graph, notes } = await made(own, {
    still,
    seed: 9,
    negative: 'fog',
    seconds: 4,
    fps: 24,
    width: 650,
  });
  expect(graph['4']!.inputs['text']).toBe('a lake');
  expect(graph['5']!.inputs['text']).toBe('fog');
  expect(graph['6']!.inputs['image']).toBe([...comfy.uploads.keys()][0]);
  // Frames are 4n + 1 here, sizes multiples of 16.
  expect(graph['7']!.inputs).toMatchObject({ width: 656, height: 352, length: 97 });
  expect(graph['8']!.inputs).toMatchObject({ seed: 9, cfg: 3.5, denoise: 1 });
  expect(graph['10']!.inputs['fps']).toBe(24);
  expect(new URL((result.output as { url: string }).url).searchParams.get('filename')).toMatch(/\.mp4$/);
  expect([result.seed, notes]).toEqual([9, []]);
});

test('a reference starts a workflow that knows no other pictures, kept as far as its strength says', async () => {
  const own = await read(EDIT);
  const reference = { picture: 'one', width: 1, height: 1, strength: 0.25 };
  const { graph, notes } = await made(own, { seed: 3, references: [reference, { ...reference, picture: 'two' }] });
  expect(graph['6']!.inputs['denoise']).toBe(0.75);
  // Its size is that of its picture: nothing is to be said of it.
  expect(notes).toEqual(['The workflow has no place for this, so it was not used: reference.']);
});

test('a workflow that starts from a picture is not run with the one it was saved with', async () => {
  await expect(made(await read(EDIT), {})).rejects.toThrow('The workflow starts from a picture, and there is none.');
  expect(comfy.paid).toBe(0);
});

test('what a person maps is taken, and what they unmap is left alone', async () => {
  const own = await read(EDIT);
  const inputs = { prompt: [{ node: '3', input: 'text' }] };
  const { graph, result, notes } = await made({ ...own, workflow: { ...own.workflow, inputs } }, { seed: 3 });
  expect([graph['2']!.inputs['text'], graph['3']!.inputs['text'], graph['6']!.inputs['seed']]).toEqual([
    'x',
    'a lake',
    1,
  ]);
  expect(result.seed).toBeUndefined();
  expect(notes).toEqual(['The workflow has no place for this, so it was not used: seed, width, height.']);
});

test('of two nodes that save, the chosen one gives the result', async () => {
  const raw = { ...EDIT, 9: { class_type: 'SaveImage', inputs: { images: ['4', 0], filename_prefix: 'before' } } };
  const own = await read(raw);
  const still = { picture: 'one', width: 1, height: 1 };
  const nameOf = async (output: string) => {
    const { result } = await made({ ...own, workflow: { ...own.workflow, output } }, { still });
    return new URL((result.output as { url: string }).url).searchParams.get('filename');
  };
  expect(own.outputs).toEqual(['8', '9']);
  expect(await nameOf('9')).toMatch(/^before/);
  expect(await nameOf('8')).toMatch(/^mine/);
});

test('a workflow whose mapped node is not there is refused, by the name of the node, before anything is sent', async () => {
  const own = await read(EDIT);
  const still = { picture: 'one', width: 1, height: 1 };
  const withMapping = (mapping: Partial<ReadWorkflow['workflow']>) =>
    made({ ...own, workflow: { ...own.workflow, ...mapping } }, { still, seed: 3 });
  const prompt = [{ node: '77', input: 'text' }];
  await expect(withMapping({ inputs: { ...own.workflow.inputs, prompt } })).rejects.toThrow(
    'This model cannot be asked: its workflow has no node 77, which should take this: prompt.',
  );
  await expect(withMapping({ output: '99' })).rejects.toThrow(
    'This model cannot be asked: its workflow has no node 99, which should make the result.',
  );
  expect(comfy.paid).toBe(0);
});

test('where the node that should make the result saves none, nothing else is taken for it', async () => {
  const own = await read(EDIT);
  const still = { picture: 'one', width: 1, height: 1 };
  await expect(made({ ...own, workflow: { ...own.workflow, output: '4' } }, { still })).rejects.toThrow(
    'The node 4 of the workflow, which should make the result, saved none.',
  );
});

/** `EDIT` with an end that ComfyUI does not take. */
const WITH_WRONG_END = {
  ...EDIT,
  20: {
    class_type: 'ImageScale',
    inputs: { image: ['4', 0], upscale_method: 'nonesuch', width: -5, height: 64, crop: 'disabled' },
  },
  21: { class_type: 'SaveImage', inputs: { images: ['20', 0], filename_prefix: 'small' } },
};

test('a part of a workflow that ComfyUI left out is told with the result, with all that is wrong with it', async () => {
  const own = await read(WITH_WRONG_END);
  const still = { picture: 'one', width: 1, height: 1 };
  const leftOut =
    'ComfyUI left out a part of the workflow: ImageScale (20): Value not in list: ' +
    'upscale_method: \'nonesuch\' not in ["nearest-exact","lanczos"]; width: Value -5 smaller than min of 0.';
  const { notes } = await made({ ...own, workflow: { ...own.workflow, output: '8' } }, { still });
  expect(notes).toContain(leftOut);
  const lost = made({ ...own, workflow: { ...own.workflow, output: '21' } }, { still });
  const { message, facts } = (await lost.catch((thrown: unknown) => thrown)) as ServiceTrouble;
  expect(message).toBe('The node 21 of the workflow, which should make the result, saved none.');
  expect(inWords(facts.hint!)).toBe(leftOut);
});

test('where several nodes are refused, each is named with what is wrong', async () => {
  const { 8: _, ...raw } = WITH_WRONG_END;
  const own = await read({ ...raw, 22: { class_type: 'SaveImage', inputs: { filename_prefix: 'nothing' } } });
  const refused = made(own, { still: { picture: 'one', width: 1, height: 1 } });
  const { message, facts } = (await refused.catch((thrown: unknown) => thrown)) as ServiceTrouble;
  expect(message).toMatch(
    /^ComfyUI does not take ImageScale \(node 20\): .*; width: Value -5 smaller than min of 0\.$/,
  );
  expect(inWords(facts.hint!)).toBe('Nor does it take these: SaveImage (22): images: Required input is missing.');
  expect(comfy.paid).toBe(0);
});

test('what ComfyUI does not have of a workflow is named; it is not read where that says what is what, and never sent', async () => {
  const drawn = (...types: readonly string[]) => ({ nodes: types.map((type, id) => ({ id, type })), links: [] });
  await expect(read(drawn('Unheard'))).rejects.toThrow('ComfyUI has no node Unheard.');
  await expect(read(drawn('Unheard', 'SaveImage', 'Of'))).rejects.toThrow(
    'ComfyUI has none of these nodes: Unheard, Of.',
  );
  const own = await read({ ...EDIT, 9: { class_type: 'Unheard', inputs: {} } });
  expect(own.missing).toEqual(['Unheard']);
  await expect(made(own, {})).rejects.toThrow('ComfyUI has no node Unheard.');
});
