/** ComfyUI workflows turned into graphs: what becomes what, what is said of it, and what cannot be turned. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { convertWorkflow, type ConvertedWorkflow } from '../../src/file/comfyui-conversion.ts';
import { partOf } from '../../src/file/comfyui-convertible.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';

const convert = (data: unknown) => {
  const result = convertWorkflow(JSON.stringify(data), registry);
  if (!result.ok) throw new Error(inWords(result.error.message));
  return result.value;
};
const graphOf = (data: unknown): ConvertedWorkflow => {
  const conversion = convert(data);
  if (conversion.is !== 'graph') throw new Error(`Lacking: ${JSON.stringify(conversion.types)}`);
  return conversion;
};
const said = ({ changed }: ConvertedWorkflow) => changed.map((sentence) => inWords(sentence));
/** Params by type of node, and wires as `from → to.socket`. */
const shape = ({ graph }: ConvertedWorkflow) => {
  const nodes = Object.values(graph.nodes).map(({ type, params }) => [type, params] as const);
  const typeOf = (id: string) => Object.entries(graph.nodes).find(([own]) => own === id)![1].type;
  const wires = Object.values(graph.wires).map(
    ({ from, to }) => `${typeOf(from.node)} → ${typeOf(to.node)}.${to.socket}`,
  );
  return { nodes, wires: wires.sort() };
};
const node = (class_type: string, inputs: Readonly<Record<string, unknown>>) => ({ class_type, inputs });
const socket = (name: string, link: number) => ({ name, link });

/** The default workflow of ComfyUI, as its editor saves it, with a note, a group and a node that is switched off. */
const DEFAULT = {
  version: 0.4,
  nodes: [
    {
      id: 4,
      type: 'CheckpointLoaderSimple',
      pos: [26, 474],
      size: [315, 98],
      widgets_values: ['v1-5-pruned.safetensors'],
    },
    { id: 5, type: 'EmptyLatentImage', pos: [473, 609], size: [315, 106], widgets_values: [512, 768, 4] },
    {
      id: 6,
      type: 'CLIPTextEncode',
      pos: [415, 186],
      size: [422, 164],
      inputs: [socket('clip', 3)],
      widgets_values: ['beautiful (scenery:1.2)'],
    },
    {
      id: 7,
      type: 'CLIPTextEncode',
      pos: [413, 389],
      size: [425, 180],
      inputs: [socket('clip', 5)],
      widgets_values: ['text, watermark'],
    },
    {
      id: 3,
      type: 'KSampler',
      pos: [863, 186],
      size: [315, 262],
      inputs: [socket('model', 1), socket('positive', 4), socket('negative', 6), socket('latent_image', 2)],
      widgets_values: [156680208700286, 'randomize', 20, 8, 'euler', 'normal', 1],
    },
    { id: 8, type: 'VAEDecode', pos: [1209, 188], size: [210, 46], inputs: [socket('samples', 7), socket('vae', 8)] },
    {
      id: 9,
      type: 'SaveImage',
      pos: [1451, 189],
      size: [210, 270],
      inputs: [socket('images', 9)],
      widgets_values: ['mountain'],
    },
    { id: 11, type: 'LoraLoader', pos: [26, 300], size: [315, 98], mode: 4, inputs: [], outputs: [] },
    { id: 12, type: 'Note', pos: [26, 20], size: [260, 120], widgets_values: ['Warm light'] },
  ],
  links: [
    [1, 4, 0, 3, 0, 'MODEL'],
    [2, 5, 0, 3, 3, 'LATENT'],
    [3, 4, 1, 6, 0, 'CLIP'],
    [4, 6, 0, 3, 1, 'CONDITIONING'],
    [5, 4, 1, 7, 0, 'CLIP'],
    [6, 7, 0, 3, 2, 'CONDITIONING'],
    [7, 3, 0, 8, 0, 'LATENT'],
    [8, 4, 2, 8, 1, 'VAE'],
    [9, 8, 0, 9, 0, 'IMAGE'],
  ],
  groups: [
    { title: 'Sampling', bounding: [850, 100, 330, 400] },
    { title: 'Nothing in it', bounding: [5000, 5000, 100, 100] },
  ],
};

test('the default workflow: prompt and negative by where they lead, seed, guidance, size and file; notes and groups come along', () => {
  const converted = graphOf(DEFAULT);
  expect(shape(converted)).toEqual({
    nodes: [
      ['image', { megapixels: '0.5' }],
      ['prompt', { text: 'beautiful (scenery:1.2)', negative: 'text, watermark' }],
      ['seed', { seed: { mode: 'fixed', value: 156680208700286 % 2 ** 32 } }],
      ['guidance', { scale: 8 }],
      ['aspect', { frame: '9:16', short: '720' }],
      ['deliver', { still: 'png', name: 'mountain' }],
    ],
    wires: [
      'aspect → image.aspect',
      'guidance → image.guidance',
      'image → deliver.image',
      'prompt → image.prompt',
      'seed → image.seed',
    ],
  });
  expect(said(converted)).toEqual([
    'Weights like (word:1.2) and embeddings in a prompt are read as words here.',
    `The seed 156680208700286 is larger than seeds here can be: it became ${156680208700286 % 2 ** 32}.`,
    'Seeds are kept and locked. Set a Seed to random for a new one before each run.',
    '512 × 768 became the frame 9:16: sizes are planned as shapes here.',
    'A batch of 4 became one Image: take another on it for more.',
    'Steps, sampler and scheduler (20, euler, normal) have no counterpart: whoever makes the picture chooses them.',
    'v1-5-pruned.safetensors is not asked for: graphs name a tier, and the routing table chooses the model.',
    '1 node was switched off or bypassed there, and was left out.',
  ]);
  const { graph, became } = converted;
  expect(Object.values(graph.notes).map(({ text }) => text)).toEqual(['Warm light']);
  expect(Object.values(graph.frames).map(({ title }) => title)).toEqual(['Sampling']);
  expect(became.find(({ type }) => type === 'CLIPTextEncode')?.count).toBe(2);
});

test('no card lies over another, and the graph is one that can be written and read again', () => {
  const { graph } = graphOf(DEFAULT);
  const places = Object.values(graph.nodes).map(({ position }) => `${position.x},${position.y}`);
  expect(new Set(places).size).toBe(places.length);
  const read = parseGraphFile(writeGraphFile(graph), registry);
  if (!read.ok) throw new Error(inWords(read.error.message));
  expect([...read.value.report.dropped, ...read.value.report.missing]).toEqual([]);
  expect(Object.keys(read.value.graph.wires)).toHaveLength(5);
});

const told = {
  1: node('CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }),
  2: node('CLIPTextEncode', { text: 'a boat', clip: ['1', 1] }),
  3: node('CLIPTextEncode', { text: '', clip: ['1', 1] }),
};
const sampler = (more: Readonly<Record<string, unknown>>) =>
  node('KSampler', {
    seed: 7,
    steps: 4,
    cfg: 6.5,
    sampler_name: 'euler',
    scheduler: 'normal',
    denoise: 1,
    model: ['1', 0],
    positive: ['2', 0],
    negative: ['3', 0],
    ...more,
  });

test('image to image: the picture is a Reference whose strength is what denoise leaves, and its file is said to be missing', () => {
  const converted = graphOf({
    ...told,
    4: node('LoadImage', { image: 'cat.png' }),
    5: node('VAEEncode', { pixels: ['4', 0], vae: ['1', 2] }),
    6: sampler({ latent_image: ['5', 0], denoise: 0.6 }),
    7: node('VAEDecode', { samples: ['6', 0], vae: ['1', 2] }),
    8: node('PreviewImage', { images: ['7', 0] }),
  });
  expect(shape(converted).nodes.filter(([type]) => ['reference', 'import', 'deliver'].includes(type))).toEqual([
    ['reference', { strength: 0.4 }],
  ]);
  expect(shape(converted).wires).toContain('reference → image.references');
  expect(said(converted)).toContain('The picture cat.png is not in the workflow: choose it on its card.');
});

test('a second pass over an enlarged picture is an Image behind an Upscale, by way of a Reference; both share their prompt', () => {
  const converted = graphOf({
    ...told,
    4: node('EmptyLatentImage', { width: 1024, height: 1024, batch_size: 1 }),
    5: sampler({ latent_image: ['4', 0] }),
    6: node('LatentUpscaleBy', { samples: ['5', 0], upscale_method: 'bislerp', scale_by: 1.5 }),
    7: sampler({ latent_image: ['6', 0], denoise: 0.5, seed: 8 }),
    8: node('VAEDecode', { samples: ['7', 0], vae: ['1', 2] }),
    9: node('UpscaleModelLoader', { model_name: '4x-UltraSharp.pth' }),
    10: node('ImageUpscaleWithModel', { upscale_model: ['9', 0], image: ['8', 0] }),
    11: node('SaveImage', { images: ['10', 0], filename_prefix: 'boat' }),
  });
  const { nodes, wires } = shape(converted);
  expect(nodes.filter(([type]) => type === 'upscale').map(([, params]) => params)).toEqual([
    { factor: '2' },
    { factor: '4' },
  ]);
  expect(nodes.filter(([type]) => type === 'prompt')).toHaveLength(1);
  expect(nodes.filter(([type]) => type === 'seed').map(([, params]) => params)).toEqual([
    { seed: { mode: 'fixed', value: 7 } },
    { seed: { mode: 'fixed', value: 8 } },
  ]);
  expect(wires).toEqual(
    expect.arrayContaining([
      'image → upscale.image',
      'upscale → reference.image',
      'reference → image.references',
      'upscale → deliver.image',
    ]),
  );
  expect(said(converted)).toContain('Scaling by 1.5 became Upscale by 2.');
});

test('base and refiner are one Image: the second goes on with the noise of the first', () => {
  const advanced = (more: Readonly<Record<string, unknown>>) =>
    node('KSamplerAdvanced', {
      noise_seed: 5,
      steps: 25,
      cfg: 7,
      sampler_name: 'euler',
      scheduler: 'normal',
      model: ['1', 0],
      positive: ['2', 0],
      negative: ['3', 0],
      ...more,
    });
  const { nodes } = shape(
    graphOf({
      ...told,
      4: node('EmptyLatentImage', { width: 1344, height: 768, batch_size: 1 }),
      5: advanced({ add_noise: 'enable', latent_image: ['4', 0], end_at_step: 20 }),
      6: advanced({ add_noise: 'disable', latent_image: ['5', 0], start_at_step: 20 }),
      7: node('VAEDecode', { samples: ['6', 0], vae: ['1', 2] }),
      8: node('SaveImage', { images: ['7', 0], filename_prefix: 'x' }),
    }),
  );
  expect(nodes.map(([type]) => type)).toEqual(['image', 'prompt', 'seed', 'guidance', 'aspect', 'deliver']);
  expect(nodes.find(([type]) => type === 'aspect')?.[1]).toEqual({ frame: '16:9', short: '720' });
});

test('Flux, with guider, noise and scheduler apart', () => {
  const { nodes } = shape(
    graphOf({
      1: node('UNETLoader', { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' }),
      2: node('DualCLIPLoader', { clip_name1: 't5.safetensors', clip_name2: 'clip_l.safetensors', type: 'flux' }),
      3: node('CLIPTextEncode', { text: 'a lighthouse', clip: ['2', 0] }),
      4: node('FluxGuidance', { guidance: 3.5, conditioning: ['3', 0] }),
      5: node('BasicGuider', { model: ['1', 0], conditioning: ['4', 0] }),
      6: node('RandomNoise', { noise_seed: 42 }),
      7: node('KSamplerSelect', { sampler_name: 'euler' }),
      8: node('BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1, model: ['1', 0] }),
      9: node('EmptySD3LatentImage', { width: 1024, height: 1024, batch_size: 1 }),
      10: node('SamplerCustomAdvanced', {
        noise: ['6', 0],
        guider: ['5', 0],
        sampler: ['7', 0],
        sigmas: ['8', 0],
        latent_image: ['9', 0],
      }),
      11: node('VAEDecode', { samples: ['10', 0], vae: ['12', 0] }),
      12: node('VAELoader', { vae_name: 'ae.safetensors' }),
      13: node('SaveImage', { images: ['11', 0], filename_prefix: 'flux' }),
    }),
  );
  expect(nodes.slice(0, 5)).toEqual([
    ['image', { megapixels: '1' }],
    ['prompt', { text: 'a lighthouse', negative: '' }],
    ['seed', { seed: { mode: 'fixed', value: 42 } }],
    ['guidance', { scale: 3.5 }],
    ['aspect', { frame: '1:1', short: '1080' }],
  ]);
});

test('a picture that is only enlarged is an Import; one that is made smaller stays as it is, and both are said', () => {
  const converted = graphOf({
    1: node('LoadImage', { image: 'in.png' }),
    2: node('ImageScaleBy', { image: ['1', 0], upscale_method: 'lanczos', scale_by: 0.5 }),
    3: node('ImageScaleBy', { image: ['2', 0], upscale_method: 'lanczos', scale_by: 3 }),
    4: node('SaveImage', { images: ['3', 0], filename_prefix: '' }),
  });
  expect(shape(converted)).toEqual({
    nodes: [
      ['import', {}],
      ['upscale', { factor: '3' }],
      ['deliver', { still: 'png' }],
    ],
    wires: ['import → upscale.image', 'upscale → deliver.image'],
  });
  expect(said(converted)).toEqual([
    'The picture in.png is not in the workflow: choose it on its card.',
    'Scaling by 0.5 was left out: pictures are only enlarged here.',
  ]);
});

test('what has no counterpart is named and counted, and nothing is converted', () => {
  const conversion = convert({
    ...told,
    4: node('LoraLoader', { model: ['1', 0] }),
    5: node('LoraLoader', { model: ['4', 0] }),
    6: node('ControlNetApply', {}),
  });
  expect(conversion).toEqual({
    is: 'lacking',
    types: [
      { type: 'LoraLoader', count: 2 },
      { type: 'ControlNetApply', count: 1 },
    ],
  });
});

test.each([
  ['nothing that makes a picture', { 1: told[1] }, 'Nothing in this workflow makes or changes a picture.'],
  [
    'a circle',
    { 1: node('ImageScaleBy', { image: ['2', 0] }), 2: node('ImageScaleBy', { image: ['1', 0] }) },
    'The nodes of this workflow lead in a circle at “ImageScaleBy”, so ComfyUI could not run it.',
  ],
])('refused: %s', (_, data, why) => {
  expect(() => convert(data)).toThrow(why);
});

test('any JSON is converted or refused; nothing throws, and what comes out can be written and read', () => {
  const types = [
    'KSampler',
    'SamplerCustomAdvanced',
    'CLIPTextEncode',
    'EmptyLatentImage',
    'LoadImage',
    'VAEDecode',
    'ImageScaleBy',
    'ImageScale',
    'SaveImage',
    'constructor',
  ];
  const names = [
    'seed',
    'cfg',
    'denoise',
    'text',
    'width',
    'height',
    'image',
    'images',
    'samples',
    'latent_image',
    'positive',
    'negative',
    'model',
    'guider',
    'scale_by',
    '__proto__',
  ];
  const link = fc.tuple(fc.constantFrom('1', '2', '3', '4', '5', '6'), fc.nat(2));
  const value = fc.oneof(link, fc.double(), fc.string(), fc.jsonValue());
  const any = fc.record({
    class_type: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...types) }, { weight: 1, arbitrary: fc.string() }),
    inputs: fc.dictionary(fc.constantFrom(...names), value),
  });
  const api = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', 'toString'), any);
  const drawn = fc.record({
    nodes: fc.array(
      fc.record({
        id: fc.oneof(fc.nat(6), fc.string()),
        type: fc.constantFrom(...types),
        pos: fc.jsonValue(),
        size: fc.jsonValue(),
        inputs: fc.array(fc.record({ name: fc.constantFrom(...names), link: fc.nat(6) })),
        widgets_values: fc.jsonValue(),
        mode: fc.nat(4),
      }),
    ),
    links: fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.nat(2), fc.nat(6), fc.nat(2), fc.string())),
    groups: fc.array(fc.record({ title: fc.jsonValue(), bounding: fc.jsonValue() })),
  });
  fc.assert(
    fc.property(fc.oneof(api, drawn, fc.jsonValue()), (data) => {
      const result = convertWorkflow(JSON.stringify(data), registry);
      if (!result.ok || result.value.is !== 'graph') return;
      const read = parseGraphFile(writeGraphFile(result.value.graph), registry);
      expect(read.ok && read.value.report.dropped).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('every node that can be converted says what it is for', () => {
  expect(partOf('KSampler')).toBe('sampler');
  expect(partOf('constructor')).toBeUndefined();
});

test('numbers beyond all numbers are no seed and no size', () => {
  const workflow = {
    1: node('KSampler', { model: ['2', 0], positive: ['3', 0], seed: 'beyond', cfg: 'beyond', latent_image: ['4', 0] }),
    2: node('CheckpointLoaderSimple', {}),
    3: node('CLIPTextEncode', { text: 'fox' }),
    4: node('EmptyLatentImage', { width: 'beyond', height: 512, batch_size: 1 }),
  };
  const result = convertWorkflow(JSON.stringify(workflow).replaceAll('"beyond"', '1e999'), registry);
  if (!result.ok || result.value.is !== 'graph') throw new Error('Not converted.');
  expect(
    shape(result.value)
      .nodes.map(([type]) => type)
      .sort(),
  ).toEqual(['image', 'prompt']);
});
