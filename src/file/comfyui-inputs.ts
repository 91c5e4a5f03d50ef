/**
 * Which inputs of a ComfyUI workflow take what is asked: guessed from its wires, for a person to look over. Samplers are
 * found first; what leads to them says what is prompt, what is negative, and where size and pictures come from.
 */
import type { WorkKind } from '../core/take.ts';
import type { WorkflowPlace, Guesses, Places, WorkflowGraph, WorkflowInput } from '../routing/own-workflow.ts';
import { alike, distinct, isNumber, isWords, linkAt, linksOf, nodeNamed, placeOfValue } from './comfyui-links.ts';
import { placesNamed, samePlace, nodesBefore } from './comfyui-links.ts';
import { picturesIn, PICTURE_FILE } from './comfyui-pictures.ts';

/** `saving`: nodes that save a picture or a clip, whatever they are called. */
export function guessInputs(graph: WorkflowGraph, saving: readonly string[] = []): Guesses {
  const samplers = samplersIn(graph);
  const pictures = picturesIn(graph, samplers);
  const guesses: Places = {
    ...textsOf(graph, samplers),
    seed: seedsOf(graph, samplers),
    guidance: guidanceOf(graph, samplers),
    ...sizeOf(graph, samplers),
    fps: placesNamed(graph, FPS, isNumber),
    ...pictures,
    strength: strengthOf(graph, samplers, pictures.still),
  };
  const inputs: Places = Object.fromEntries(Object.entries(guesses).filter(([, places]) => places.length > 0));
  const outputs = outputsIn(graph, saving);
  const [output] = outputs;
  return {
    workflow: { graph, inputs, ...(output === undefined ? {} : { output }) },
    work: workOf(graph, output, samplers.length > 0, inputs),
    choices: choicesOf(graph, inputs),
    outputs,
  };
}

const has = (graph: WorkflowGraph, id: string, ...inputs: readonly string[]): boolean =>
  inputs.every((input) => linkAt(graph, id, input));
const typeOf = (graph: WorkflowGraph, id: string): string => nodeNamed(graph, id)?.class_type ?? '';

/** Nodes that make a picture out of noise; the one that begins, before those that go on from its result. */
export function samplersIn(graph: WorkflowGraph): readonly string[] {
  const found = Object.keys(graph).filter((id) => {
    if (/guider/i.test(typeOf(graph, id))) return false;
    return has(graph, id, 'guider') || has(graph, id, 'text_embeds') || has(graph, id, 'model', 'positive');
  });
  const first = found.find((id) => !nodesBefore(graph, id).some((other) => other !== id && found.includes(other)));
  return first === undefined ? found : [first, ...found.filter((id) => id !== first)];
}

/** Of what a sampler is told: what to make, and what not. */
type Side = 'positive' | 'negative';
/** Inputs that are written in, as encoders of texts call them. */
const TEXTS = ['text', 'prompt', 'clip_l', 'clip_g', 't5xxl', 'text_l', 'text_g', 'llama'];
const ANY_TEXT = /(^|_)(text|prompt|clip_l|clip_g|t5xxl|text_l|text_g|llama|string|value)$/;

function textsOf(graph: WorkflowGraph, samplers: readonly string[]): Places {
  if (samplers.length === 0)
    return {
      prompt: placesNamed(graph, /^(prompt|positive_prompt|text)$/, isWords),
      negative: placesNamed(graph, /^negative(_prompt)?$/, isWords),
    };
  // A second sampler is often told the same as the first; what it is told of its own stays.
  const side = (which: Side) => alike(graph, distinct(samplers.flatMap((id) => textsAt(graph, id, which))));
  const prompt = side('positive');
  return { prompt, negative: side('negative').filter((place) => !prompt.some((other) => samePlace(place, other))) };
}

/**
 * The texts that reach a node on one side, through whatever combines or changes them on the way. `seen`: nodes that were
 * come by already; each is looked at once, however many ways lead there.
 */
export function textsAt(graph: WorkflowGraph, id: string, side: Side, seen: Set<string> = new Set()): WorkflowPlace[] {
  if (seen.has(id)) return [];
  seen.add(id);
  const names = conditionsOf(graph, id, side);
  return names.flatMap((from) => {
    // Emptied on purpose.
    if (/ZeroOut/i.test(typeOf(graph, from))) return [];
    const written = isWords(nodeNamed(graph, from)?.inputs[side]) ? [side] : [`${side}_prompt`];
    const own = written.flatMap((name) => placeOfValue(graph, from, name, isWords) ?? []);
    if (own.length > 0) return own;
    const texts = TEXTS.flatMap((name) => placeOfValue(graph, from, name, isWords) ?? []);
    if (texts.length > 0) return texts;
    return textsAt(graph, from, side, seen);
  });
}
/** The nodes that tell a node what to make, or what not to. */
function conditionsOf(graph: WorkflowGraph, id: string, side: Side): readonly string[] {
  const links = linksOf(nodeNamed(graph, id));
  const of = (names: RegExp) => links.filter(([input]) => names.test(input)).map(([, [from]]) => from);
  const sided = of(side === 'positive' ? /^positive/ : /^negative/);
  if (sided.length > 0) return sided;
  const both = of(/^(guider|text_embeds)$/);
  return both.length > 0 ? both : of(/^cond/);
}

/** Where the seed of samplers is typed in; none where they go on with the noise of another. */
export function seedsOf(graph: WorkflowGraph, samplers: readonly string[]): readonly WorkflowPlace[] {
  if (samplers.length === 0) return placesNamed(graph, SEED, isNumber);
  return distinct(
    samplers.flatMap((id) => {
      if (nodeNamed(graph, id)?.inputs['add_noise'] === 'disable') return [];
      const holder = linkAt(graph, id, 'noise')?.[0] ?? id;
      return ['seed', 'noise_seed'].map((name) => placeOfValue(graph, holder, name, isNumber));
    }),
  );
}

/** Where it is typed in how closely these samplers follow what they are told. */
export function guidanceOf(graph: WorkflowGraph, samplers: readonly string[]): readonly WorkflowPlace[] {
  // Models with guidance of their own are sampled with a CFG of 1.
  const before = new Set(samplers.flatMap((id) => nodesBefore(graph, id)));
  const own = placesNamed(graph, /^guidance$/, isNumber).filter(({ node }) => before.has(node));
  if (own.length > 0) return alike(graph, own);
  const cfg = samplers.map((id) => placeOfValue(graph, linkAt(graph, id, 'guider')?.[0] ?? id, 'cfg', isNumber));
  return alike(graph, distinct(cfg));
}

const LATENTS = ['latent_image', 'latent', 'samples', 'image_embeds', 'image'];
const FRAMES = /^(length|num_frames|frames|video_frames|frame_count)$/;
const FPS = /^(fps|frame_rate)$/;
const SEED = /^(noise_)?seed$/;

/** From the node that gives the first sampler its canvas, and from those that are told the same size. */
function sizeOf(graph: WorkflowGraph, [main]: readonly string[]): Places {
  const before =
    main === undefined ? Object.keys(graph) : [...nodesBefore(graph, main, LATENTS), ...nodesBefore(graph, main)];
  const sizes = before.map((id) => [
    placeOfValue(graph, id, 'width', isNumber),
    placeOfValue(graph, id, 'height', isNumber),
  ]);
  const at = sizes.findIndex(([width, height]) => width && height);
  if (at < 0) return {};
  const twins = (first: WorkflowPlace, names: RegExp) =>
    alike(graph, distinct([first, ...placesNamed(graph, names, isNumber)]));
  const frames = [...placesNamed(graph, FRAMES, isNumber)].filter(({ node }) => node === before[at]);
  const led = ['length', 'num_frames'].map((name) => placeOfValue(graph, before[at]!, name, isNumber));
  return {
    width: twins(sizes[at]![0]!, /^(target_)?width$/),
    height: twins(sizes[at]![1]!, /^(target_)?height$/),
    frames: distinct([...frames, ...led]),
  };
}

/** Models that are told what to change sample all of the picture anew. */
const TOLD_WHAT_TO_CHANGE = /ReferenceLatent|ImageEdit|InstructPixToPix|Kontext/i;

/** How far sampling moves away from a picture that it starts from. */
function strengthOf(
  graph: WorkflowGraph,
  samplers: readonly string[],
  [still]: readonly WorkflowPlace[],
): readonly WorkflowPlace[] {
  const isFromStill = (id: string) =>
    nodesBefore(graph, id, LATENTS).some(
      (other) => /VAEEncode/i.test(typeOf(graph, other)) && nodesBefore(graph, other).includes(still?.node ?? ''),
    ) && !nodesBefore(graph, id).some((other) => TOLD_WHAT_TO_CHANGE.test(typeOf(graph, other)));
  const sampler = samplers.find(isFromStill);
  if (sampler === undefined) return [];
  const holder = linkAt(graph, sampler, 'sigmas')?.[0] ?? sampler;
  return distinct([placeOfValue(graph, holder, 'denoise', isNumber)]);
}

const SAVES = /^(Save|VHS_VideoCombine|Video ?Combine)|SaveImage|SaveVideo/i;
const SHOWS = /^Preview(Image|Video|Animation)/i;
/** What saves comes before what only shows, and what comes last in the file before what it is made from. */
function outputsIn(graph: WorkflowGraph, saving: readonly string[]): readonly string[] {
  const ids = Object.keys(graph).filter((id) => linksOf(nodeNamed(graph, id)).length > 0);
  const of = (types: RegExp) => ids.filter((id) => types.test(typeOf(graph, id)));
  const behind = (id: string) => nodesBefore(graph, id).length;
  const named = [...of(SAVES), ...saving.filter((id) => ids.includes(id) && !SHOWS.test(typeOf(graph, id)))];
  return [...new Set([...named.sort((a, b) => behind(b) - behind(a)), ...of(SHOWS)])];
}

function workOf(graph: WorkflowGraph, output: string | undefined, isSampled: boolean, inputs: Places): WorkKind {
  const isClip = output !== undefined && /video|webm|animat/i.test(typeOf(graph, output));
  if (isClip) return inputs.still ? 'image to video' : 'text to video';
  if (!inputs.still) return 'text to image';
  const isEnlarging = Object.values(graph).some(({ class_type: type }) => /upscale/i.test(type));
  return isEnlarging && !isSampled ? 'upscale' : 'image edit';
}

/** What else could take each input. */
function choicesOf(graph: WorkflowGraph, guesses: Places): Places {
  const texts = placesNamed(graph, ANY_TEXT, isWords);
  const files = placesNamed(graph, PICTURE_FILE, isWords);
  const all: Readonly<Record<WorkflowInput, readonly WorkflowPlace[]>> = {
    prompt: texts,
    negative: texts,
    seed: placesNamed(graph, SEED, isNumber),
    guidance: placesNamed(graph, /^(cfg|cfg_scale|guidance|guidance_scale)$/, isNumber),
    width: placesNamed(graph, /width|^value$/, isNumber),
    height: placesNamed(graph, /height|^value$/, isNumber),
    still: files,
    lastFrame: files,
    reference: files,
    strength: placesNamed(graph, /^(denoise|strength|weight)$/, isNumber),
    frames: placesNamed(graph, FRAMES, isNumber),
    fps: placesNamed(graph, FPS, isNumber),
  };
  const entries = Object.entries(all) as [WorkflowInput, readonly WorkflowPlace[]][];
  return Object.fromEntries(
    entries.map(([input, places]) => [input, distinct([...(guesses[input] ?? []), ...places])]),
  );
}
