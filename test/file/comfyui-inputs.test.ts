import { expect, test } from 'vitest';
import { guessInputs } from '../../src/file/comfyui-inputs.ts';
import type { Places, WorkflowGraph } from '../../src/routing/own-workflow.ts';

type Nodes = Readonly<Record<string, readonly [string, Readonly<Record<string, unknown>>]>>;
const graphOf = (nodes: Nodes): WorkflowGraph =>
  Object.fromEntries(Object.entries(nodes).map(([id, [class_type, inputs]]) => [id, { class_type, inputs }]));
/** Places as `node.input`. */
const shown = (places: Places) =>
  Object.fromEntries(
    Object.entries(places).map(([input, all]) => [input, all.map((place) => `${place.node}.${place.input}`).join(' ')]),
  );
const guessed = (nodes: Nodes) => {
  const { workflow, work } = guessInputs(graphOf(nodes));
  return { work, output: workflow.output, ...shown(workflow.inputs) };
};

test('SDXL with base and refiner: both are told the same prompt; the noise is made once', () => {
  expect(
    guessed({
      4: ['CheckpointLoaderSimple', { ckpt_name: 'sd_xl_base_1.0.safetensors' }],
      5: ['EmptyLatentImage', { width: 1024, height: 1024, batch_size: 1 }],
      6: ['CLIPTextEncode', { text: 'evening sunset scenery', clip: ['4', 1] }],
      7: ['CLIPTextEncode', { text: 'text, watermark', clip: ['4', 1] }],
      10: [
        'KSamplerAdvanced',
        {
          add_noise: 'enable',
          noise_seed: 721897303308196,
          steps: 25,
          cfg: 8,
          sampler_name: 'euler',
          scheduler: 'normal',
          start_at_step: 0,
          end_at_step: 20,
          return_with_leftover_noise: 'enable',
          model: ['4', 0],
          positive: ['6', 0],
          negative: ['7', 0],
          latent_image: ['5', 0],
        },
      ],
      11: [
        'KSamplerAdvanced',
        {
          add_noise: 'disable',
          noise_seed: 0,
          steps: 25,
          cfg: 8,
          model: ['12', 0],
          positive: ['15', 0],
          negative: ['16', 0],
          latent_image: ['10', 0],
        },
      ],
      12: ['CheckpointLoaderSimple', { ckpt_name: 'sd_xl_refiner_1.0.safetensors' }],
      15: ['CLIPTextEncode', { text: 'evening sunset scenery', clip: ['12', 1] }],
      16: ['CLIPTextEncode', { text: 'text, watermark', clip: ['12', 1] }],
      17: ['VAEDecode', { samples: ['11', 0], vae: ['12', 2] }],
      19: ['SaveImage', { filename_prefix: 'ComfyUI', images: ['17', 0] }],
    }),
  ).toEqual({
    work: 'text to image',
    output: '19',
    prompt: '6.text 15.text',
    negative: '7.text 16.text',
    seed: '10.noise_seed',
    guidance: '10.cfg 11.cfg',
    width: '5.width',
    height: '5.height',
  });
});

test('Flux with guider, noise and scheduler apart: guidance is its own, size comes from two primitives', () => {
  expect(
    guessed({
      6: ['CLIPTextEncode', { text: 'cute anime girl', clip: ['11', 0] }],
      8: ['VAEDecode', { samples: ['13', 0], vae: ['10', 0] }],
      9: ['SaveImage', { filename_prefix: 'ComfyUI', images: ['8', 0] }],
      10: ['VAELoader', { vae_name: 'ae.safetensors' }],
      11: ['DualCLIPLoader', { clip_name1: 't5xxl_fp16.safetensors', clip_name2: 'clip_l.safetensors', type: 'flux' }],
      12: ['UNETLoader', { unet_name: 'flux1-dev.safetensors', weight_dtype: 'default' }],
      13: [
        'SamplerCustomAdvanced',
        { noise: ['25', 0], guider: ['22', 0], sampler: ['16', 0], sigmas: ['17', 0], latent_image: ['27', 0] },
      ],
      16: ['KSamplerSelect', { sampler_name: 'euler' }],
      17: ['BasicScheduler', { scheduler: 'simple', steps: 20, denoise: 1, model: ['30', 0] }],
      22: ['BasicGuider', { model: ['30', 0], conditioning: ['26', 0] }],
      25: ['RandomNoise', { noise_seed: 219670278747233 }],
      26: ['FluxGuidance', { guidance: 3.5, conditioning: ['6', 0] }],
      27: ['EmptySD3LatentImage', { width: ['34', 0], height: ['35', 0], batch_size: 1 }],
      30: [
        'ModelSamplingFlux',
        { max_shift: 1.15, base_shift: 0.5, width: ['34', 0], height: ['35', 0], model: ['12', 0] },
      ],
      34: ['PrimitiveInt', { value: 1024 }],
      35: ['PrimitiveInt', { value: 768 }],
    }),
  ).toEqual({
    work: 'text to image',
    output: '9',
    prompt: '6.text',
    seed: '25.noise_seed',
    guidance: '26.guidance',
    width: '34.value',
    height: '35.value',
  });
});

test('image to image: the picture that sampling starts from, and how far it moves away', () => {
  expect(
    guessed({
      3: [
        'KSampler',
        {
          seed: 280823642470253,
          steps: 20,
          cfg: 8,
          sampler_name: 'dpmpp_2m',
          scheduler: 'normal',
          denoise: 0.87,
          model: ['14', 0],
          positive: ['6', 0],
          negative: ['7', 0],
          latent_image: ['12', 0],
        },
      ],
      6: ['CLIPTextEncode', { text: 'photograph of victorian woman', clip: ['14', 1] }],
      7: ['CLIPTextEncode', { text: 'watermark, text', clip: ['14', 1] }],
      8: ['VAEDecode', { samples: ['3', 0], vae: ['14', 2] }],
      9: ['SaveImage', { filename_prefix: 'ComfyUI', images: ['8', 0] }],
      10: ['LoadImage', { image: 'example.png' }],
      12: ['VAEEncode', { pixels: ['10', 0], vae: ['14', 2] }],
      14: ['CheckpointLoaderSimple', { ckpt_name: 'v1-5-pruned-emaonly.safetensors' }],
    }),
  ).toEqual({
    work: 'image edit',
    output: '9',
    prompt: '6.text',
    negative: '7.text',
    seed: '3.seed',
    guidance: '3.cfg',
    still: '10.image',
    strength: '3.denoise',
  });
});

test('a picture whose look is taken is a reference; a mask is none', () => {
  const { reference, still, work } = guessed({
    1: ['CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }],
    2: ['LoadImage', { image: 'face.png' }],
    3: ['IPAdapterUnifiedLoader', { model: ['1', 0], preset: 'PLUS' }],
    4: ['IPAdapterAdvanced', { model: ['3', 0], ipadapter: ['3', 1], image: ['2', 0], weight: 0.8 }],
    5: ['CLIPTextEncode', { text: 'portrait', clip: ['1', 1] }],
    6: ['LoadImage', { image: 'mask.png' }],
    7: ['EmptyLatentImage', { width: 512, height: 512, batch_size: 1 }],
    8: ['SetLatentNoiseMask', { samples: ['7', 0], mask: ['6', 1] }],
    9: [
      'KSampler',
      { seed: 1, cfg: 7, model: ['4', 0], positive: ['5', 0], negative: ['5', 0], latent_image: ['8', 0] },
    ],
    // What is refined after it was made does not start from the picture.
    12: [
      'KSampler',
      {
        seed: 1,
        cfg: 7,
        denoise: 0.5,
        model: ['1', 0],
        positive: ['5', 0],
        negative: ['5', 0],
        latent_image: ['9', 0],
      },
    ],
    10: ['VAEDecode', { samples: ['12', 0], vae: ['1', 2] }],
    11: ['SaveImage', { images: ['10', 0], filename_prefix: 'x' }],
  }) as Record<string, string>;
  expect({ reference, still, work }).toEqual({ reference: '2.image', still: undefined, work: 'text to image' });
});

test('an edit by words keeps its full denoise: how much is kept is not said there', () => {
  expect(
    guessed({
      1: ['UNETLoader', { unet_name: 'flux1-kontext.safetensors' }],
      2: ['DualCLIPLoader', { clip_name1: 'a', clip_name2: 'b', type: 'flux' }],
      3: ['VAELoader', { vae_name: 'ae' }],
      4: ['LoadImage', { image: 'cat.png' }],
      5: ['ImageScaleToTotalPixels', { image: ['4', 0] }],
      6: ['VAEEncode', { pixels: ['5', 0], vae: ['3', 0] }],
      7: ['CLIPTextEncode', { text: 'give it a hat', clip: ['2', 0] }],
      8: ['ReferenceLatent', { conditioning: ['7', 0], latent: ['6', 0] }],
      9: ['FluxGuidance', { conditioning: ['8', 0], guidance: 2.5 }],
      10: ['ConditioningZeroOut', { conditioning: ['7', 0] }],
      11: [
        'KSampler',
        {
          seed: 3,
          steps: 20,
          cfg: 1,
          denoise: 1,
          model: ['1', 0],
          positive: ['9', 0],
          negative: ['10', 0],
          latent_image: ['6', 0],
        },
      ],
      12: ['VAEDecode', { samples: ['11', 0], vae: ['3', 0] }],
      13: ['SaveImage', { images: ['12', 0], filename_prefix: 'x' }],
    }),
  ).toEqual({
    work: 'image edit',
    output: '13',
    prompt: '7.text',
    seed: '11.seed',
    guidance: '9.guidance',
    still: '4.image',
  });
});

test('upscale: a picture in, a picture out, and no sampler', () => {
  expect(
    guessed({
      1: ['LoadImage', { image: 'small.png' }],
      2: ['UpscaleModelLoader', { model_name: '4x-UltraSharp.pth' }],
      3: ['ImageUpscaleWithModel', { upscale_model: ['2', 0], image: ['1', 0] }],
      4: ['PreviewImage', { images: ['3', 0] }],
      5: ['SaveImage', { images: ['3', 0], filename_prefix: 'big' }],
    }),
  ).toEqual({ work: 'upscale', output: '5', still: '1.image' });
});

test('a video from first and last frame, put together by VideoHelperSuite', () => {
  expect(
    guessed({
      37: ['UNETLoader', { unet_name: 'wan2.2_i2v_high_noise.safetensors' }],
      38: ['CLIPLoader', { clip_name: 'umt5.safetensors', type: 'wan' }],
      39: ['VAELoader', { vae_name: 'wan_2.1_vae.safetensors' }],
      6: ['CLIPTextEncode', { text: 'the boat sails away', clip: ['38', 0] }],
      7: ['CLIPTextEncode', { text: 'static, blurry', clip: ['38', 0] }],
      52: ['LoadImage', { image: 'start.png' }],
      53: ['LoadImage', { image: 'end.png' }],
      50: [
        'WanFirstLastFrameToVideo',
        {
          width: 832,
          height: 480,
          length: 81,
          batch_size: 1,
          positive: ['6', 0],
          negative: ['7', 0],
          vae: ['39', 0],
          start_image: ['52', 0],
          end_image: ['53', 0],
        },
      ],
      3: [
        'KSampler',
        {
          seed: 5,
          steps: 20,
          cfg: 3.5,
          denoise: 1,
          model: ['37', 0],
          positive: ['50', 0],
          negative: ['50', 1],
          latent_image: ['50', 2],
        },
      ],
      8: ['VAEDecode', { samples: ['3', 0], vae: ['39', 0] }],
      28: [
        'VHS_VideoCombine',
        { images: ['8', 0], frame_rate: 16, loop_count: 0, filename_prefix: 'v', format: 'video/h264-mp4' },
      ],
      29: ['PreviewImage', { images: ['8', 0] }],
    }),
  ).toEqual({
    work: 'image to video',
    output: '28',
    prompt: '6.text',
    negative: '7.text',
    seed: '3.seed',
    guidance: '3.cfg',
    width: '50.width',
    height: '50.height',
    frames: '50.length',
    fps: '28.frame_rate',
    still: '52.image',
    lastFrame: '53.image',
  });
});

test('a video from words, sampled in two stages, saved by ComfyUI itself', () => {
  expect(
    guessed({
      1: ['UNETLoader', { unet_name: 'high.safetensors' }],
      2: ['UNETLoader', { unet_name: 'low.safetensors' }],
      3: ['CLIPLoader', { clip_name: 'umt5.safetensors', type: 'wan' }],
      4: ['CLIPTextEncode', { text: 'a lake', clip: ['3', 0] }],
      5: ['CLIPTextEncode', { text: '', clip: ['3', 0] }],
      6: ['EmptyHunyuanLatentVideo', { width: 640, height: 640, length: 49, batch_size: 1 }],
      7: [
        'KSamplerAdvanced',
        {
          add_noise: 'enable',
          noise_seed: 12,
          cfg: 3.5,
          model: ['1', 0],
          positive: ['4', 0],
          negative: ['5', 0],
          latent_image: ['6', 0],
        },
      ],
      8: [
        'KSamplerAdvanced',
        {
          add_noise: 'disable',
          noise_seed: 0,
          cfg: 3.5,
          model: ['2', 0],
          positive: ['4', 0],
          negative: ['5', 0],
          latent_image: ['7', 0],
        },
      ],
      9: ['VAELoader', { vae_name: 'wan.safetensors' }],
      10: ['VAEDecode', { samples: ['8', 0], vae: ['9', 0] }],
      11: ['CreateVideo', { images: ['10', 0], fps: 16 }],
      12: ['SaveVideo', { video: ['11', 0], filename_prefix: 'video/ComfyUI', format: 'auto', codec: 'auto' }],
    }),
  ).toEqual({
    work: 'text to video',
    output: '12',
    prompt: '4.text',
    negative: '5.text',
    seed: '7.noise_seed',
    guidance: '7.cfg 8.cfg',
    width: '6.width',
    height: '6.height',
    frames: '6.length',
    fps: '11.fps',
  });
});

test('sides keep apart where a node takes both and gives both; a text wired in is followed to where it is written', () => {
  expect(
    guessed({
      1: ['CheckpointLoaderSimple', { ckpt_name: 'a' }],
      2: ['PrimitiveStringMultiline', { value: 'a castle' }],
      3: ['CLIPTextEncode', { text: ['2', 0], clip: ['1', 1] }],
      4: ['CLIPTextEncode', { text: 'fog', clip: ['1', 1] }],
      5: ['LoadImage', { image: 'edges.png' }],
      6: ['ControlNetLoader', { control_net_name: 'canny' }],
      7: [
        'ControlNetApplyAdvanced',
        { positive: ['3', 0], negative: ['4', 0], control_net: ['6', 0], image: ['5', 0], strength: 1 },
      ],
      8: ['EmptyLatentImage', { width: 512, height: 768, batch_size: 1 }],
      9: [
        'KSampler',
        {
          seed: 1,
          cfg: 7,
          denoise: 1,
          model: ['1', 0],
          positive: ['7', 0],
          negative: ['7', 1],
          latent_image: ['8', 0],
        },
      ],
      10: ['VAEDecode', { samples: ['9', 0], vae: ['1', 2] }],
      11: ['SaveImage', { images: ['10', 0], filename_prefix: 'x' }],
    }),
  ).toMatchObject({
    prompt: '2.value',
    negative: '4.text',
    reference: '5.image',
    width: '8.width',
    height: '8.height',
  });
});

test('a node that does all by itself is asked by the names of its inputs', () => {
  expect(
    guessed({
      1: ['KlingTextToVideoNode', { prompt: 'a lake', negative_prompt: 'fog', cfg_scale: 0.8, aspect_ratio: '16:9' }],
      2: ['SaveVideo', { video: ['1', 0], filename_prefix: 'x', format: 'auto', codec: 'auto' }],
    }),
  ).toEqual({ work: 'text to video', output: '2', prompt: '1.prompt', negative: '1.negative_prompt' });
});

test('what else could be chosen stands behind what was guessed', () => {
  const { choices, outputs } = guessInputs(
    graphOf({
      1: ['CLIPTextEncode', { text: 'one', clip: ['9', 1] }],
      2: ['CLIPTextEncode', { text: 'two', clip: ['9', 1] }],
      3: [
        'KSampler',
        {
          seed: 1,
          cfg: 7,
          denoise: 1,
          model: ['9', 0],
          positive: ['2', 0],
          negative: ['1', 0],
          latent_image: ['4', 0],
        },
      ],
      4: ['EmptyLatentImage', { width: 512, height: 512, batch_size: 1 }],
      5: ['PreviewImage', { images: ['6', 0] }],
      6: ['VAEDecode', { samples: ['3', 0], vae: ['9', 2] }],
      7: ['SaveImage', { images: ['6', 0], filename_prefix: 'x' }],
      9: ['CheckpointLoaderSimple', { ckpt_name: 'a' }],
    }),
  );
  expect(shown(choices)).toMatchObject({ prompt: '2.text 1.text', negative: '1.text 2.text', strength: '3.denoise' });
  expect(outputs).toEqual(['7', '5']);
});

test('wires in a circle, or to what every object answers to, end somewhere', () => {
  const { work } = guessInputs(
    graphOf({
      1: [
        'KSampler',
        { seed: ['2', 0], model: ['1', 0], positive: ['2', 0], negative: ['constructor', 0], latent_image: ['1', 0] },
      ],
      2: ['Reroute', { value: ['2', 0], conditioning: ['2', 0] }],
      3: ['SaveImage', { images: ['1', 0] }],
    }),
  );
  expect(work).toBe('text to image');
});

test('each node is come by once, however many ways lead there', () => {
  const combined = Array.from({ length: 60 }, (_, at) => [
    String(at),
    ['ConditioningCombine', { conditioning_1: [String(at + 1), 0], conditioning_2: [String(at + 1), 0] }],
  ]) as [string, Nodes[string]][];
  const nodes: Nodes = {
    ...Object.fromEntries(combined),
    60: ['CLIPTextEncode', { text: 'a boat', clip: ['model', 1] }],
    model: ['CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }],
    sampler: ['KSampler', { seed: 1, model: ['model', 0], positive: ['0', 0], negative: ['0', 0] }],
  };
  expect(guessed(nodes)).toMatchObject({ prompt: '60.text' });
});
