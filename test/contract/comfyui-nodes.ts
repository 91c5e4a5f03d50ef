/** What ComfyUI says of its nodes at `/object_info`, as far as tests need it. */

type Config = readonly [unknown, Readonly<Record<string, unknown>>?];
interface Facts {
  readonly input: { readonly required: Record<string, Config>; readonly optional: Record<string, Config> };
  readonly output: readonly string[];
  readonly output_node: boolean;
}
export type ObjectInfo = Readonly<Record<string, Facts>>;

const int = (min: number, max: number, more = {}): Config => ['INT', { min, max, ...more }];
const side = (usual = 512, step = 8): Config => int(16, 16384, { default: usual, step });
const seed = int(0, 2 ** 64, { default: 0, control_after_generate: true });
const float = (min: number, max: number, usual: number): Config => ['FLOAT', { min, max, default: usual }];
const text: Config = ['STRING', { multiline: true }];
const name: Config = ['STRING', { default: 'ComfyUI' }];
/** Choices as the older nodes write them, and as the newer ones do. */
const choice = (...values: readonly string[]): Config => [values];
const combo = (...values: readonly string[]): Config => ['COMBO', { options: values, multiselect: false }];

const SAMPLERS = ['euler', 'euler_ancestral', 'dpmpp_2m', 'uni_pc'];
const SCHEDULERS = ['simple', 'sgm_uniform', 'karras', 'normal'];

export interface Models {
  readonly checkpoints?: readonly string[];
  readonly upscalers?: readonly string[];
  /** Pictures that were uploaded. */
  readonly pictures?: readonly string[];
}

export function objectInfo({ checkpoints = [], upscalers = [], pictures = [] }: Models): ObjectInfo {
  const info: Record<string, Facts> = {};
  const node = (
    type: string,
    required: Record<string, Config>,
    output: readonly string[],
    optional: Record<string, Config> = {},
  ) => (info[type] = { input: { required, optional }, output, output_node: output.length === 0 });
  const sampling = {
    positive: ['CONDITIONING'],
    negative: ['CONDITIONING'],
    latent_image: ['LATENT'],
  } satisfies Record<string, Config>;

  node('CheckpointLoaderSimple', { ckpt_name: choice(...checkpoints) }, ['MODEL', 'CLIP', 'VAE']);
  node('UNETLoader', { unet_name: choice('flux1-dev.safetensors', 'wan2.2.safetensors') }, ['MODEL']);
  node('DualCLIPLoader', { clip_name1: choice('t5.safetensors'), clip_name2: choice('l.safetensors') }, ['CLIP']);
  node('CLIPLoader', { clip_name: choice('umt5.safetensors'), type: choice('wan') }, ['CLIP']);
  node('VAELoader', { vae_name: choice('ae.safetensors') }, ['VAE']);
  node('CLIPTextEncode', { text, clip: ['CLIP'] }, ['CONDITIONING']);
  node('ConditioningZeroOut', { conditioning: ['CONDITIONING'] }, ['CONDITIONING']);
  node('FluxGuidance', { conditioning: ['CONDITIONING'], guidance: float(0, 100, 3.5) }, ['CONDITIONING']);
  node('EmptyLatentImage', { width: side(), height: side(), batch_size: int(1, 4096) }, ['LATENT']);
  node('EmptySD3LatentImage', { width: side(1024, 16), height: side(1024, 16), batch_size: int(1, 4096) }, ['LATENT']);
  node(
    'KSampler',
    {
      model: ['MODEL'],
      seed,
      steps: int(1, 10000, { default: 20 }),
      cfg: float(0, 100, 8),
      sampler_name: choice(...SAMPLERS),
      scheduler: choice(...SCHEDULERS),
      ...sampling,
      denoise: float(0, 1, 1),
    },
    ['LATENT'],
  );
  node('RandomNoise', { noise_seed: seed }, ['NOISE']);
  node('BasicGuider', { model: ['MODEL'], conditioning: ['CONDITIONING'] }, ['GUIDER']);
  node('KSamplerSelect', { sampler_name: choice(...SAMPLERS) }, ['SAMPLER']);
  node(
    'BasicScheduler',
    { model: ['MODEL'], scheduler: choice(...SCHEDULERS), steps: int(1, 10000), denoise: float(0, 1, 1) },
    ['SIGMAS'],
  );
  node(
    'SamplerCustomAdvanced',
    { noise: ['NOISE'], guider: ['GUIDER'], sampler: ['SAMPLER'], sigmas: ['SIGMAS'], latent_image: ['LATENT'] },
    ['LATENT', 'LATENT'],
  );
  node('ModelSamplingFlux', { model: ['MODEL'], max_shift: float(0, 100, 1), width: side(), height: side() }, [
    'MODEL',
  ]);
  node('VAEDecode', { samples: ['LATENT'], vae: ['VAE'] }, ['IMAGE']);
  node('VAEEncode', { pixels: ['IMAGE'], vae: ['VAE'] }, ['LATENT']);
  node('LoadImage', { image: [['example.png', ...pictures], { image_upload: true }] }, ['IMAGE', 'MASK']);
  node(
    'ImageScale',
    {
      image: ['IMAGE'],
      upscale_method: choice('nearest-exact', 'lanczos'),
      width: int(0, 16384, { default: 512, step: 1 }),
      height: int(0, 16384, { default: 512, step: 1 }),
      crop: choice('disabled', 'center'),
    },
    ['IMAGE'],
  );
  node('UpscaleModelLoader', { model_name: combo(...upscalers) }, ['UPSCALE_MODEL']);
  node('ImageUpscaleWithModel', { upscale_model: ['UPSCALE_MODEL'], image: ['IMAGE'] }, ['IMAGE']);
  node(
    'WanImageToVideo',
    {
      positive: ['CONDITIONING'],
      negative: ['CONDITIONING'],
      vae: ['VAE'],
      width: side(832, 16),
      height: side(480, 16),
      length: int(1, 16384, { default: 81, step: 4 }),
      batch_size: int(1, 4096),
    },
    ['CONDITIONING', 'CONDITIONING', 'LATENT'],
    { start_image: ['IMAGE'] },
  );
  node('CreateVideo', { images: ['IMAGE'], fps: float(1, 120, 30) }, ['VIDEO']);
  node(
    'SaveVideo',
    { video: ['VIDEO'], filename_prefix: name, format: combo('auto', 'mp4'), codec: combo('auto') },
    [],
  );
  node('SaveImage', { images: ['IMAGE'], filename_prefix: name }, []);
  node('PreviewImage', { images: ['IMAGE'] }, []);
  node('PrimitiveInt', { value: int(-(2 ** 53), 2 ** 53, { control_after_generate: true }) }, ['INT']);
  // Written by Python: what JSON does not have stands in it as well.
  node('SomebodysNode', { anything: ['*', { default: Number.POSITIVE_INFINITY }] }, ['*']);
  return info;
}
