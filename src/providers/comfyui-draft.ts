/** The workflow of one request, built from what ComfyUI has: its checkpoints, samplers and upscale models. */
import { say, type Said } from '../core/say.ts';
import type { WorkKind } from '../core/take.ts';
import { inputKindOf, type NodeKinds } from '../file/comfyui-nodes.ts';
import type { JobRequest } from '../routing/job-request.ts';
import type { WorkflowPlace, WorkflowGraph, WorkflowNode } from '../routing/own-workflow.ts';
import { missingNode } from './comfyui-trouble.ts';
import { ServiceTrouble } from './service-trouble.ts';

/** A workflow whose pictures are not there yet. */
export interface Draft {
  readonly graph: WorkflowGraph;
  /** Names of pictures of the request, and the inputs that take what ComfyUI will call them. */
  readonly pictures: readonly { readonly picture: string; readonly at: WorkflowPlace }[];
  /** The node whose picture or clip is the result, where it is known. */
  readonly output?: string;
  /** The one it will use, where it uses any. */
  readonly seed?: number;
  readonly notes: readonly Said[];
}

/**
 * Names of the catalog for whatever lies on this computer. A model with a file of its own is asked for by the file that
 * holds all of it, as ComfyUI's templates load it: another one would be another model.
 */
const ANY_CHECKPOINT = 'user-installed checkpoint';
const ANY_UPSCALER = 'ImageUpscaleWithModel node';

const GENERATING = [
  'CheckpointLoaderSimple',
  'CLIPTextEncode',
  'EmptyLatentImage',
  'KSampler',
  'VAEDecode',
  'SaveImage',
  'FluxGuidance',
];
const FROM_PICTURE = ['LoadImage', 'ImageScale', 'VAEEncode'];
const ENLARGING = ['LoadImage', 'UpscaleModelLoader', 'ImageUpscaleWithModel', 'ImageScale', 'SaveImage'];
/** The kinds of nodes that a workflow for this work can have. */
export const nodesFor = (work: WorkKind): readonly string[] =>
  work === 'upscale' ? ENLARGING : [...GENERATING, ...FROM_PICTURE];

export const checkpointsIn = (kinds: NodeKinds): readonly string[] =>
  inputKindOf(kinds, 'CheckpointLoaderSimple', 'ckpt_name')?.options ?? [];
export const upscalersIn = (kinds: NodeKinds): readonly string[] =>
  inputKindOf(kinds, 'UpscaleModelLoader', 'model_name')?.options ?? [];

/**
 * @param seed used where the request leaves it open
 * @param prefix of the file that ComfyUI saves; one that is new makes it save even what it has made before
 */
export function draftFor(request: JobRequest, kinds: NodeKinds, seed: number, prefix: string): Draft {
  switch (request.work) {
    case 'text to image':
    case 'image edit':
      return generated(request, kinds, seed, prefix);
    case 'upscale':
      return enlarged(request, kinds, prefix);
    case 'text to video':
    case 'image to video':
      throw new ServiceTrouble('invalid', say('ComfyUI makes clips with a workflow of your own only.'), {
        hint: say('Add the workflow in Settings, and name it in the routing table.'),
      });
    default:
      return request.work satisfies never;
  }
}

/** Puts nodes together; each is there before what needs it. */
function drawing(kinds: NodeKinds) {
  const graph: Record<string, WorkflowNode> = {};
  const add = (type: string, inputs: WorkflowNode['inputs']): string => {
    if (!kinds.has(type)) throw missingNode(type);
    const id = String(Object.keys(graph).length + 1);
    graph[id] = { class_type: type, inputs };
    return id;
  };
  return { graph, add };
}

function generated(request: JobRequest, kinds: NodeKinds, seed: number, prefix: string): Draft {
  const { graph, add } = drawing(kinds);
  const notes: Said[] = [];
  const name = checkpointFor(request.model, kinds, notes);
  const style = styleOf(name, kinds);
  const width = inSteps(request.width, kinds, 'width');
  const height = inSteps(request.height, kinds, 'height');
  if (width !== request.width || height !== request.height)
    notes.push(say('{0} × {1} was rounded to {2} × {3}.', request.width, request.height, width, height));

  const checkpoint = add('CheckpointLoaderSimple', { ckpt_name: name });
  let positive = add('CLIPTextEncode', { text: request.prompt, clip: [checkpoint, 1] });
  const negative = add('CLIPTextEncode', { text: request.negative ?? '', clip: [checkpoint, 1] });
  if (style.guidedBy === 'FluxGuidance')
    positive = add('FluxGuidance', { conditioning: [positive, 0], guidance: request.guidance ?? 3.5 });
  const usesNegative = style.guidedBy === 'cfg';
  if (request.negative && !usesNegative) notes.push(say('This checkpoint takes no negative prompt.'));
  if (request.guidance !== undefined && style.guidedBy === 'nothing')
    notes.push(say('This checkpoint was made to work without guidance.'));

  const start = startOf(request, notes);
  let latent: string;
  let loaded: string | undefined;
  if (start) {
    loaded = add('LoadImage', { image: start.picture });
    const fitted = add('ImageScale', { image: [loaded, 0], upscale_method: 'lanczos', width, height, crop: 'center' });
    latent = add('VAEEncode', { pixels: [fitted, 0], vae: [checkpoint, 2] });
  } else latent = add('EmptyLatentImage', { width, height, batch_size: 1 });
  const sampler = add('KSampler', {
    model: [checkpoint, 0],
    seed,
    steps: style.steps,
    cfg: style.guidedBy === 'cfg' ? (request.guidance ?? 7) : 1,
    sampler_name: style.sampler,
    scheduler: style.scheduler,
    positive: [positive, 0],
    negative: [negative, 0],
    latent_image: [latent, 0],
    denoise: start ? hundredths(1 - start.kept) : 1,
  });
  const decoded = add('VAEDecode', { samples: [sampler, 0], vae: [checkpoint, 2] });
  const output = add('SaveImage', { images: [decoded, 0], filename_prefix: prefix });
  const pictures = start && loaded ? [{ picture: start.picture, at: { node: loaded, input: 'image' } }] : [];
  return { graph, pictures, output, seed, notes };
}

const hundredths = (n: number): number => Math.round(Math.min(1, Math.max(0, n)) * 100) / 100;

function checkpointFor(model: string, kinds: NodeKinds, notes: Said[]): string {
  const there = checkpointsIn(kinds);
  const [first] = there;
  if (first === undefined)
    throw new ServiceTrouble('retired', say('ComfyUI has no checkpoint.'), {
      hint: say('Put one into its folder models/checkpoints.'),
    });
  if (model === ANY_CHECKPOINT) {
    notes.push(say('ComfyUI has {0} {0|checkpoint|checkpoints}; “{1}” was used.', there.length, first));
    return first;
  }
  return (
    named(model, there) ??
    lacking(
      say('ComfyUI has no checkpoint “{0}”.', model),
      say(
        'Put it into its folder models/checkpoints, or ask for the model “{0}”, which takes what is there.',
        say('Checkpoint of your own'),
      ),
    )
  );
}
/** Subfolders are a matter of taste: a file is found in any. */
const named = (model: string, there: readonly string[]): string | undefined =>
  there.find((each) => each === model) ?? there.find((each) => each.split(/[\\/]/).at(-1) === model);
const lacking = (what: Said, hint: Said): never => {
  throw new ServiceTrouble('retired', what, { hint });
};

interface Style {
  readonly steps: number;
  readonly sampler: string;
  readonly scheduler: string;
  /** What the wish for guidance is given to. */
  readonly guidedBy: 'cfg' | 'FluxGuidance' | 'nothing';
}
/** A checkpoint does not say how it wants to be sampled; its name usually does. */
function styleOf(checkpoint: string, kinds: NodeKinds): Style {
  const pick = (input: string, wishes: readonly string[]): string => {
    const there = inputKindOf(kinds, 'KSampler', input)?.options ?? [];
    return wishes.find((wish) => there.includes(wish)) ?? there[0] ?? wishes[0]!;
  };
  const isQuick = /schnell|turbo|lightning|hyper|lcm|dmd/i.test(checkpoint);
  if (isQuick || /flux/i.test(checkpoint))
    return {
      steps: isQuick ? 6 : 20,
      sampler: pick('sampler_name', ['euler']),
      scheduler: pick('scheduler', ['simple', 'sgm_uniform']),
      guidedBy: isQuick || !kinds.has('FluxGuidance') ? 'nothing' : 'FluxGuidance',
    };
  return {
    steps: 25,
    sampler: pick('sampler_name', ['dpmpp_2m', 'euler']),
    scheduler: pick('scheduler', ['karras', 'normal']),
    guidedBy: 'cfg',
  };
}

function inSteps(pixels: number, kinds: NodeKinds, side: 'width' | 'height'): number {
  const step = inputKindOf(kinds, 'EmptyLatentImage', side)?.step ?? 8;
  return Math.max(64, Math.round(pixels / step) * step);
}

/** A picture to edit says nothing of how much of it stays: so much that it is still the same picture. */
const KEPT_OF_A_STILL = 0.4;
function startOf(request: JobRequest, notes: Said[]): { picture: string; kept: number } | undefined {
  const { still, references } = request;
  if (request.work === 'image edit' && !still)
    throw new ServiceTrouble('invalid', say('There is no picture to edit.'), { hint: say('Connect a picture.') });
  const [first] = references;
  const same = still && references.find(({ picture }) => picture === still.picture);
  const others = references.length - (same || (!still && first) ? 1 : 0);
  if (others > 0)
    notes.push(say('{0} {0|reference was|references were} not used: it starts from one picture.', others));
  if (still) return { picture: still.picture, kept: same?.strength ?? KEPT_OF_A_STILL };
  return first && { picture: first.picture, kept: first.strength };
}

function enlarged(request: JobRequest, kinds: NodeKinds, prefix: string): Draft {
  const { still, model } = request;
  if (!still)
    throw new ServiceTrouble('invalid', say('There is no picture to enlarge.'), { hint: say('Connect a picture.') });
  const { graph, add } = drawing(kinds);
  const notes: Said[] = [];
  const there = kinds.has('ImageUpscaleWithModel') ? upscalersIn(kinds) : [];
  const isAny = model === ANY_UPSCALER || model === ANY_CHECKPOINT;
  const upscaler = isAny
    ? there[0]
    : (named(model, there) ??
      lacking(
        say('ComfyUI has no upscale model “{0}”.', model),
        say('It is no longer in its folder, or was never there.'),
      ));
  const loaded = add('LoadImage', { image: still.picture });
  let image = loaded;
  if (upscaler === undefined)
    notes.push(say('ComfyUI has no upscale model, so the picture was enlarged with a Lanczos filter.'));
  else {
    if (isAny)
      notes.push(say('ComfyUI has {0} {0|upscale model|upscale models}; “{1}” was used.', there.length, upscaler));
    const weights = add('UpscaleModelLoader', { model_name: upscaler });
    image = add('ImageUpscaleWithModel', { upscale_model: [weights, 0], image: [loaded, 0] });
  }
  // A model enlarges by a factor of its own.
  const width = request.width > still.width ? request.width : still.width * 2;
  const height = Math.round((still.height * width) / still.width);
  const fitted = add('ImageScale', { image: [image, 0], upscale_method: 'lanczos', width, height, crop: 'disabled' });
  const output = add('SaveImage', { images: [fitted, 0], filename_prefix: prefix });
  return { graph, pictures: [{ picture: still.picture, at: { node: loaded, input: 'image' } }], output, notes };
}
