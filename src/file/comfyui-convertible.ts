/**
 * The nodes of ComfyUI that can be converted, each with what it becomes and the values that the editor keeps of it. A
 * workflow with any other node that does something stays a workflow.
 */
import type { InputKind, NodeKind, NodeKinds } from './comfyui-nodes.ts';

/**
 * What a node is for:
 * `sampler` makes a picture, `told` says something to one (texts, seeds, guidance) and is read where it is used,
 * `canvas` is an empty picture of a size, `loaded` a picture from a file, `enlarged` a picture in another size,
 * `saved` a file, `through` hands on what it is given, `model` names a file of weights.
 */
export type ForeignPart = 'sampler' | 'told' | 'canvas' | 'loaded' | 'enlarged' | 'saved' | 'through' | 'model';

/** Values in the order the editor writes them; one with a star keeps another value behind it, see `InputKind`. */
const TABLE: Readonly<Record<ForeignPart, Readonly<Record<string, string>>>> = {
  sampler: {
    KSampler: 'seed* steps cfg sampler_name scheduler denoise',
    KSamplerAdvanced:
      'add_noise noise_seed* steps cfg sampler_name scheduler start_at_step end_at_step return_with_leftover_noise',
    SamplerCustom: 'add_noise noise_seed* cfg',
    SamplerCustomAdvanced: '',
  },
  told: {
    CLIPTextEncode: 'text',
    CLIPTextEncodeFlux: 'clip_l t5xxl guidance',
    CLIPTextEncodeSDXL: 'width height crop_w crop_h target_width target_height text_g text_l',
    ConditioningCombine: '',
    ConditioningConcat: '',
    ConditioningZeroOut: '',
    RandomNoise: 'noise_seed*',
    KSamplerSelect: 'sampler_name',
    BasicScheduler: 'scheduler steps denoise',
    SDTurboScheduler: 'steps denoise',
    BasicGuider: '',
    CFGGuider: 'cfg',
    FluxGuidance: 'guidance',
    PrimitiveInt: 'value*',
    PrimitiveFloat: 'value',
    PrimitiveString: 'value',
    PrimitiveStringMultiline: 'value',
  },
  canvas: {
    EmptyLatentImage: 'width height batch_size',
    EmptySD3LatentImage: 'width height batch_size',
    EmptyFlux2LatentImage: 'width height batch_size',
  },
  loaded: { LoadImage: 'image*' },
  enlarged: {
    ImageScale: 'upscale_method width height crop',
    ImageScaleBy: 'upscale_method scale_by',
    ImageUpscaleWithModel: '',
    LatentUpscale: 'upscale_method width height crop',
    LatentUpscaleBy: 'upscale_method scale_by',
  },
  saved: { SaveImage: 'filename_prefix' },
  through: {
    VAEDecode: '',
    VAEDecodeTiled: 'tile_size overlap temporal_size temporal_overlap',
    VAEEncode: '',
    VAEEncodeTiled: 'tile_size overlap temporal_size temporal_overlap',
    PreviewImage: '',
  },
  model: {
    CheckpointLoaderSimple: 'ckpt_name',
    UNETLoader: 'unet_name weight_dtype',
    CLIPLoader: 'clip_name type device',
    DualCLIPLoader: 'clip_name1 clip_name2 type device',
    TripleCLIPLoader: 'clip_name1 clip_name2 clip_name3',
    VAELoader: 'vae_name',
    UpscaleModelLoader: 'model_name',
    CLIPSetLastLayer: 'stop_at_clip_layer',
    ModelSamplingFlux: 'max_shift base_shift width height',
    ModelSamplingSD3: 'shift',
    ModelSamplingAuraFlow: 'shift',
  },
};

const inputOf = (value: string): InputKind => ({
  name: value.replace('*', ''),
  type: '',
  options: [],
  isSocket: false,
  hasCompanion: value.endsWith('*'),
});
const kindOf = (values: string): NodeKind => ({
  inputs: values.split(' ').filter(Boolean).map(inputOf),
  outputs: [],
  isOutput: false,
  isPaid: false,
});

const rows = (Object.entries(TABLE) as [ForeignPart, Readonly<Record<string, string>>][]).flatMap(([part, types]) =>
  Object.entries(types).map(([type, values]) => ({ part, type, values })),
);
const PARTS: ReadonlyMap<string, ForeignPart> = new Map(rows.map(({ type, part }) => [type, part]));

/** What a node of this type is for; nothing where it has no counterpart. */
export const partOf = (type: string): ForeignPart | undefined => PARTS.get(type);
/** As ComfyUI would say it, so that no ComfyUI has to be asked. */
export const CONVERTIBLE_KINDS: NodeKinds = new Map(rows.map(({ type, values }) => [type, kindOf(values)]));
