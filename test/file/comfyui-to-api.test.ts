import { expect, test } from 'vitest';
import { inWords } from '../../src/core/say.ts';
import { readNodeKinds } from '../../src/file/comfyui-nodes.ts';
import { toApi, typesIn } from '../../src/file/comfyui-to-api.ts';
import { objectInfo } from '../contract/comfyui-nodes.ts';

const kinds = readNodeKinds({
  ...objectInfo({ checkpoints: ['a.safetensors'] }),
  VHS_VideoCombine: {
    input: { required: { images: ['IMAGE'], frame_rate: ['FLOAT', {}], format: [['video/h264-mp4']] } },
    output: [],
    output_node: true,
  },
});
const run = (raw: Parameters<typeof toApi>[0]) => {
  const result = toApi(raw, kinds);
  if (!result.ok) throw new Error(inWords(result.error.message));
  return result.value;
};
const socket = (name: string, type: string, link: number | null, more = {}) => ({ name, type, link, ...more });
const widget = (name: string, type: string, link: number) => socket(name, type, link, { widget: { name } });

test('the default workflow as the editor saves it: values in order, seeds with what happens to them after a run', () => {
  const graph = run({
    nodes: [
      { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['a.safetensors'], outputs: [] },
      { id: 5, type: 'EmptyLatentImage', widgets_values: [512, 768, 1] },
      {
        id: 6,
        type: 'CLIPTextEncode',
        title: 'Positive',
        inputs: [socket('clip', 'CLIP', 3)],
        widgets_values: ['scenery'],
      },
      {
        id: 3,
        type: 'KSampler',
        inputs: [
          socket('model', 'MODEL', 1),
          socket('positive', 'CONDITIONING', 4),
          socket('negative', 'CONDITIONING', null),
          socket('latent_image', 'LATENT', 2),
        ],
        widgets_values: [156680208700286, 'randomize', 20, 8, 'euler', 'normal', 0.9],
      },
      { id: 10, type: 'Note', widgets_values: ['remember'] },
    ],
    links: [
      [1, 4, 0, 3, 0, 'MODEL'],
      [2, 5, 0, 3, 3, 'LATENT'],
      [3, 4, 1, 6, 0, 'CLIP'],
      [4, 6, 0, 3, 1, 'CONDITIONING'],
    ],
  });
  expect(graph).toEqual({
    3: {
      class_type: 'KSampler',
      inputs: {
        seed: 156680208700286,
        steps: 20,
        cfg: 8,
        sampler_name: 'euler',
        scheduler: 'normal',
        denoise: 0.9,
        model: ['4', 0],
        positive: ['6', 0],
        latent_image: ['5', 0],
      },
    },
    4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'a.safetensors' } },
    5: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 768, batch_size: 1 } },
    6: { class_type: 'CLIPTextEncode', inputs: { text: 'scenery', clip: ['4', 1] }, _meta: { title: 'Positive' } },
  });
});

test('wires are followed past reroutes, set and get nodes, and bypassed nodes; typed-in values past primitives', () => {
  const graph = run({
    nodes: [
      { id: 1, type: 'LoadImage', widgets_values: ['cat.png', 'image'] },
      { id: 2, type: 'Reroute', inputs: [socket('', '*', 1)] },
      {
        id: 3,
        type: 'ImageScale',
        mode: 4,
        inputs: [socket('image', 'IMAGE', 2)],
        outputs: [{ name: 'IMAGE', type: 'IMAGE' }],
        widgets_values: ['lanczos', 64, 64, 'center'],
      },
      { id: 4, type: 'SetNode', inputs: [socket('IMAGE', 'IMAGE', 3)], widgets_values: ['cat'] },
      { id: 5, type: 'GetNode', outputs: [{ name: 'IMAGE', type: 'IMAGE' }], widgets_values: ['cat'] },
      { id: 6, type: 'PrimitiveNode', widgets_values: ['holiday', 'fixed'] },
      {
        id: 7,
        type: 'SaveImage',
        inputs: [socket('images', 'IMAGE', 4), widget('filename_prefix', 'STRING', 5)],
        widgets_values: ['ComfyUI'],
      },
      { id: 8, type: 'PreviewImage', mode: 2, inputs: [socket('images', 'IMAGE', 6)] },
      { id: 9, type: 'VAEEncode', inputs: [socket('pixels', 'IMAGE', 7), socket('vae', 'VAE', 8)] },
      { id: 10, type: 'VAELoader', mode: 2, widgets_values: ['ae.safetensors'] },
    ],
    links: [
      [1, 1, 0, 2, 0, 'IMAGE'],
      [2, 2, 0, 3, 0, 'IMAGE'],
      [3, 3, 0, 4, 0, 'IMAGE'],
      [4, 5, 0, 7, 0, 'IMAGE'],
      [5, 6, 0, 7, 1, 'STRING'],
      [6, 1, 0, 8, 0, 'IMAGE'],
      [7, 1, 0, 9, 0, 'IMAGE'],
      [8, 10, 0, 9, 1, 'VAE'],
    ],
  });
  expect(graph).toEqual({
    1: { class_type: 'LoadImage', inputs: { image: 'cat.png' } },
    7: { class_type: 'SaveImage', inputs: { filename_prefix: 'holiday', images: ['1', 0] } },
    // What was switched off is not linked to.
    9: { class_type: 'VAEEncode', inputs: { pixels: ['1', 0] } },
  });
});

test('extensions that save values by name are read by name', () => {
  const graph = run({
    nodes: [
      { id: 1, type: 'LoadImage', widgets_values: ['cat.png', 'image'] },
      {
        id: 2,
        type: 'VHS_VideoCombine',
        inputs: [socket('images', 'IMAGE', 1)],
        widgets_values: { format: 'video/h264-mp4', frame_rate: 12, videopreview: { hidden: false } },
      },
    ],
    links: [[1, 1, 0, 2, 0, 'IMAGE']],
  });
  expect(graph['2']!.inputs).toEqual({ frame_rate: 12, format: 'video/h264-mp4', images: ['1', 0] });
});

test('subgraphs are written out, with what goes in and comes out, and what is typed in on them', () => {
  const raw = {
    nodes: [
      { id: 1, type: 'LoadImage', widgets_values: ['cat.png', 'image'] },
      {
        id: 2,
        type: 'b7a1-enlarge',
        inputs: [socket('image', 'IMAGE', 1), socket('width', 'INT', null, { widget: { name: 'width' } })],
        widgets_values: [2048],
      },
      { id: 3, type: 'SaveImage', inputs: [socket('images', 'IMAGE', 2)], widgets_values: ['big'] },
    ],
    links: [
      [1, 1, 0, 2, 0, 'IMAGE'],
      [2, 2, 0, 3, 0, 'IMAGE'],
    ],
    definitions: {
      subgraphs: [
        {
          id: 'b7a1-enlarge',
          name: 'Enlarge',
          inputNode: { id: -10 },
          outputNode: { id: -20 },
          inputs: [{ name: 'image' }, { name: 'width' }],
          outputs: [{ name: 'IMAGE', linkIds: [12] }],
          nodes: [
            {
              id: 5,
              type: 'ImageScale',
              inputs: [socket('image', 'IMAGE', 10), widget('width', 'INT', 11)],
              widgets_values: ['lanczos', 512, 0, 'disabled'],
            },
          ],
          links: [
            { id: 10, origin_id: -10, origin_slot: 0, target_id: 5, target_slot: 0, type: 'IMAGE' },
            { id: 11, origin_id: -10, origin_slot: 1, target_id: 5, target_slot: 1, type: 'INT' },
            { id: 12, origin_id: 5, origin_slot: 0, target_id: -20, target_slot: 0, type: 'IMAGE' },
          ],
        },
      ],
    },
  };
  expect(typesIn(raw)).toEqual(['LoadImage', 'SaveImage', 'ImageScale']);
  expect(run(raw)).toEqual({
    1: { class_type: 'LoadImage', inputs: { image: 'cat.png' } },
    '2:5': {
      class_type: 'ImageScale',
      inputs: { image: ['1', 0], upscale_method: 'lanczos', width: 2048, height: 0, crop: 'disabled' },
    },
    3: { class_type: 'SaveImage', inputs: { filename_prefix: 'big', images: ['2:5', 0] } },
  });
});

test('a subgraph that holds itself, and reroutes in a circle, end somewhere', () => {
  const itself = { id: 2, type: 'self', inputs: [] };
  const graph = run({
    nodes: [
      itself,
      { id: 3, type: 'Reroute', inputs: [socket('', '*', 1)] },
      { id: 4, type: 'SaveImage', inputs: [socket('images', 'IMAGE', 1)], widgets_values: ['x'] },
    ],
    links: [[1, 3, 0, 3, 0, '*']],
    definitions: { subgraphs: [{ id: 'self', nodes: [itself], links: [] }] },
  });
  expect(graph).toEqual({ 4: { class_type: 'SaveImage', inputs: { filename_prefix: 'x' } } });
});

test('the format of the API stays as it is, with ids as texts; of the editor’s, a node that is not there is named', () => {
  const api = {
    1: { class_type: 'LoadImage', inputs: { image: 'cat.png' } },
    2: { class_type: 'SaveImage', inputs: { images: [1, 0], filename_prefix: 'x' }, _meta: { title: 'Save' } },
  };
  expect(run(api)['2']).toEqual({
    class_type: 'SaveImage',
    inputs: { images: ['1', 0], filename_prefix: 'x' },
    _meta: { title: 'Save' },
  });
  expect(() => run({ nodes: [{ id: 1, type: 'Unheard' }], links: [] })).toThrow('ComfyUI has no node Unheard.');
});
