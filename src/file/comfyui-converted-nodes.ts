/**
 * What runs in a ComfyUI workflow, as nodes of Triptych: each sampler is an Image with what it is told wired to it, and
 * what is done with pictures afterwards comes behind it.
 */
import { LONGEST_TEXT } from '../core/limits.ts';
import type { NodeId } from '../core/ids.ts';
import { LARGEST_SEED } from '../core/params.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Point, WireEnd } from '../graph/graph.ts';
import type { WorkflowGraph, WorkflowPlace } from '../routing/own-workflow.ts';
import type { ConvertedBoard } from './comfyui-board.ts';
import { nearestFrame, nearestOf } from './comfyui-measures.ts';
import { guidanceOf, samplersIn, seedsOf, textsAt } from './comfyui-inputs.ts';
import {
  isNumber,
  isWords,
  linkAt,
  nodeNamed,
  nodesBefore,
  placeOfValue,
  samePlace,
  valueAt,
} from './comfyui-links.ts';
import { partOf, type ForeignPart } from './comfyui-convertible.ts';

/** A picture on its way: the output it comes from, and how wide it is where that is known. */
interface Picture {
  readonly end: WireEnd;
  readonly width: number | undefined;
}
interface ConvertedNodes {
  readonly isEmpty: boolean;
  readonly changed: readonly Sentence[];
}
/** How far to the left of a sampler its seed and its guidance stand. */
const BESIDE = 290;
/** What the graph is made for: these, and what they need. */
const MAKERS: readonly ForeignPart[] = ['sampler', 'enlarged', 'saved'];
/** What a node is given to make another picture of it. */
const PICTURE_INPUTS = ['samples', 'latent_image', 'latent', 'pixels', 'image', 'images', 'upscale_image'];

export function convertNodes(
  run: WorkflowGraph,
  board: ConvertedBoard,
  placeOf: (id: string) => Point,
): ConvertedNodes {
  /** Each said once, in the order in which it came up. */
  const changed = new Map<string, Sentence>();
  const note = (sentence: Sentence) => void changed.set(JSON.stringify(sentence), sentence);
  const pictures = new Map<string, Picture | undefined>();
  const controls = new Map<string, NodeId>();
  const roleOf = (id: string): ForeignPart | undefined => partOf(nodeNamed(run, id)?.class_type ?? '');
  const samplers = new Set(samplersIn(run).filter((id) => roleOf(id) === 'sampler'));
  const beside = (id: string): Point => ({ x: placeOf(id).x - BESIDE, y: placeOf(id).y });
  /** One node for all that would say the same. */
  const control = (type: string, at: Point, params: Readonly<Record<string, unknown>>): NodeId => {
    const key = `${type} ${JSON.stringify(params)}`;
    const known = controls.get(key);
    if (known) return known;
    const id = board.add(type, at, params);
    controls.set(key, id);
    return id;
  };
  const numberAt = (id: string, input: string): number | undefined => {
    const place = placeOfValue(run, id, input, isNumber);
    return place && (valueAt(run, place) as number);
  };
  const wordsAt = (id: string, input: string): string | undefined => {
    const place = placeOfValue(run, id, input, isWords);
    return place && (valueAt(run, place) as string);
  };

  /** What comes out of a node, and so out of what it became. Circles were refused before. */
  function pictureOf(id: string): Picture | undefined {
    if (!pictures.has(id)) pictures.set(id, make(id));
    return pictures.get(id);
  }
  function make(id: string): Picture | undefined {
    const role = roleOf(id);
    if (samplers.has(id)) return sampled(id);
    if (role === 'enlarged') return enlarged(id);
    if (role === 'through') return before(id);
    if (role === 'saved') return saved(id);
    if (role === 'loaded') return { end: { node: imported(id), socket: 'image' }, width: undefined };
    return undefined;
  }
  const sourceOf = (id: string): string | undefined =>
    PICTURE_INPUTS.flatMap((input) => linkAt(run, id, input)?.[0] ?? [])[0];
  const before = (id: string): Picture | undefined => {
    const source = sourceOf(id);
    return source === undefined ? undefined : pictureOf(source);
  };

  function imported(id: string): NodeId {
    noteFile(id);
    return board.add('import', placeOf(id), {});
  }
  function noteFile(id: string): void {
    const file = wordsAt(id, 'image');
    if (file !== undefined)
      note(say('The picture {0} is not in the workflow: choose it on its card.', file.slice(0, 100)));
  }

  function sampled(id: string): Picture {
    const source = sourceOf(id);
    const start = beginningOf(id, source);
    if (start?.goesOn) {
      note(say('A second sampler that goes on with the noise of another is one Image with it.'));
      return start.picture;
    }
    const image = board.add('image', placeOf(id), sizeParams(source));
    const wire = (from: NodeId, output: string, socket: string) =>
      board.wire({ node: from, socket: output }, { node: image, socket });
    wire(prompt(id), 'prompt', 'prompt');
    const seed = seedAt(seedsOf(run, [id])[0], id);
    if (seed) wire(seed, 'seed', 'seed');
    const scale = guidanceOf(run, [id])[0];
    if (scale) wire(guidance(valueAt(run, scale) as number, id), 'guidance', 'guidance');
    const canvas = canvasOf(source);
    if (canvas !== undefined) wire(aspect(canvas), 'aspect', 'aspect');
    if (start) wire(reference(id, start), 'reference', 'references');
    noteSteps(id);
    return {
      end: { node: image, socket: 'image' },
      width: canvas === undefined ? undefined : numberAt(canvas, 'width'),
    };
  }

  /** What sampling begins with, where that is a picture. */
  interface Beginning {
    readonly source: string;
    readonly goesOn: boolean;
    readonly picture: Picture;
  }
  function beginningOf(id: string, source: string | undefined): Beginning | undefined {
    if (source === undefined || canvasOf(source) === source) return undefined;
    const loaded = loadedAt(source);
    // Alone on its way to a sampler it is a Reference, which holds its file itself.
    if (loaded !== undefined) return { source: loaded, goesOn: false, picture: { end: NOWHERE, width: undefined } };
    const picture = pictureOf(source);
    const makesNoNoise = nodeNamed(run, id)?.inputs['add_noise'] === 'disable';
    return picture && { source, goesOn: samplers.has(source) && makesNoNoise, picture };
  }
  function loadedAt(id: string): string | undefined {
    if (roleOf(id) === 'loaded') return id;
    const source = roleOf(id) === 'through' ? sourceOf(id) : undefined;
    return source === undefined ? undefined : loadedAt(source);
  }
  function reference(sampler: string, { source, picture }: Beginning): NodeId {
    const holder = linkAt(run, sampler, 'sigmas')?.[0] ?? sampler;
    const denoise = Math.min(1, Math.max(0, numberAt(holder, 'denoise') ?? 1));
    const strength = Math.round((1 - denoise) * 20) / 20;
    note(
      say(
        'Denoise {0} is a Reference of strength {1}: the picture to begin with is one to follow here.',
        String(denoise),
        String(strength),
      ),
    );
    const isLoaded = picture.end === NOWHERE;
    if (isLoaded) noteFile(source);
    const id = board.add('reference', isLoaded ? placeOf(source) : beside(sampler), { strength });
    if (!isLoaded) board.wire(picture.end, { node: id, socket: 'image' });
    return id;
  }

  function prompt(sampler: string): NodeId {
    const positive = textsAt(run, sampler, 'positive');
    // Where nothing is told apart, as by a guider of one side, both sides lead to the same words.
    const negative = textsAt(run, sampler, 'negative').filter(
      (place) => !positive.some((one) => samePlace(one, place)),
    );
    const text = (places: readonly WorkflowPlace[]) =>
      [...new Set(places.map((place) => String(valueAt(run, place)).trim()))]
        .filter(Boolean)
        .join(', ')
        .slice(0, LONGEST_TEXT);
    const [first] = positive;
    const both = { text: text(positive), negative: text(negative) };
    if (/\([^()]*:\s*[\d.]+\)|embedding:/.test(both.text + both.negative))
      note(say('Weights like (word:1.2) and embeddings in a prompt are read as words here.'));
    return control('prompt', first ? placeOf(first.node) : beside(sampler), both);
  }
  function seedAt(place: WorkflowPlace | undefined, sampler: string): NodeId | undefined {
    if (!place) return undefined;
    const said = valueAt(run, place) as number;
    const value = Math.abs(Math.trunc(said)) % (LARGEST_SEED + 1);
    if (value !== said)
      note(say('The seed {0} is larger than seeds here can be: it became {1}.', String(said), String(value)));
    note(say('Seeds are kept and locked. Set a Seed to random for a new one before each run.'));
    return control('seed', beside(sampler), { seed: { mode: 'fixed', value } });
  }
  function guidance(said: number, sampler: string): NodeId {
    const scale = Math.min(20, Math.max(1, said));
    if (scale !== said) note(say('Guidance {0} became {1}: it goes from 1 to 20 here.', String(said), String(scale)));
    return control('guidance', beside(sampler), { scale });
  }

  /** The empty picture that a sampler fills. */
  const canvasOf = (source: string | undefined): string | undefined =>
    source === undefined
      ? undefined
      : [source, ...nodesBefore(run, source)].find((id) => roleOf(id) === 'canvas' && numberAt(id, 'width'));
  function sizeParams(source: string | undefined): Readonly<Record<string, unknown>> {
    const canvas = canvasOf(source);
    if (canvas === undefined) return {};
    const pixels = ((numberAt(canvas, 'width') ?? 0) * (numberAt(canvas, 'height') ?? 0)) / 1e6;
    return { megapixels: String(nearestOf([0.5, 1, 2], pixels)) };
  }
  function aspect(canvas: string): NodeId {
    const [width, height] = [numberAt(canvas, 'width') ?? 1, numberAt(canvas, 'height') ?? 1];
    const { frame, short } = nearestFrame(width, height);
    note(say('{0} × {1} became the frame {2}: sizes are planned as shapes here.', width, height, frame));
    const batch = numberAt(canvas, 'batch_size') ?? 1;
    if (batch > 1) note(say('A batch of {0} became one Image: take another on it for more.', batch));
    return control('aspect', placeOf(canvas), { frame, short: String(short) });
  }
  function noteSteps(sampler: string): void {
    const [sigmas, chosen] = ['sigmas', 'sampler'].map((input) => linkAt(run, sampler, input)?.[0] ?? sampler);
    const steps = numberAt(sigmas!, 'steps');
    const [name, scheduler] = [wordsAt(chosen!, 'sampler_name'), wordsAt(sigmas!, 'scheduler')];
    if (steps !== undefined || name !== undefined)
      note(
        say(
          'Steps, sampler and scheduler ({0}) have no counterpart: whoever makes the picture chooses them.',
          [steps, name, scheduler].filter((one) => one !== undefined).join(', '),
        ),
      );
  }

  function enlarged(id: string): Picture | undefined {
    const picture = before(id);
    if (!picture) return undefined;
    const factor = factorOf(id, picture.width);
    if (factor < 1.25) {
      note(say('Scaling by {0} was left out: pictures are only enlarged here.', String(factor)));
      return picture;
    }
    const whole = nearestOf([2, 3, 4], factor);
    if (whole !== factor) note(say('Scaling by {0} became Upscale by {1}.', String(factor), whole));
    const node = board.add('upscale', placeOf(id), { factor: String(whole) });
    board.wire(picture.end, { node, socket: 'image' });
    return { end: { node, socket: 'image' }, width: picture.width && picture.width * whole };
  }
  function factorOf(id: string, width: number | undefined): number {
    const said = numberAt(id, 'scale_by');
    if (said !== undefined) return Math.round(said * 100) / 100;
    const loader = linkAt(run, id, 'upscale_model')?.[0];
    const model = loader === undefined ? undefined : wordsAt(loader, 'model_name');
    if (model !== undefined) return Number(/(\d)x|x(\d)/i.exec(model)?.slice(1).find(Boolean) ?? 4);
    const target = numberAt(id, 'width');
    return target && width ? Math.round((target / width) * 100) / 100 : 2;
  }

  function saved(id: string): undefined {
    const picture = before(id);
    if (!picture) return;
    const name = wordsAt(id, 'filename_prefix')?.slice(0, 100);
    const node = board.add('deliver', placeOf(id), { still: 'png', ...(name ? { name } : {}) });
    board.wire(picture.end, { node, socket: 'image' });
  }

  // What is only loaded, or handed on, is made where somebody needs it.
  for (const id of Object.keys(run)) if (MAKERS.includes(roleOf(id)!)) pictureOf(id);
  const isEmpty = ![...pictures.values()].some((picture) => picture !== undefined);
  for (const id of Object.keys(run)) if (roleOf(id) === 'model') noteModel(id);
  function noteModel(id: string): void {
    const names = Object.values(nodeNamed(run, id)!.inputs).filter((value) => isWords(value) && /\.\w+$/.test(value));
    for (const name of names)
      note(say('{0} is not asked for: graphs name a tier, and the routing table chooses the model.', String(name)));
  }
  return { isEmpty, changed: [...changed.values()] };
}

/** In place of the output of a picture that its Reference holds itself. */
const NOWHERE: WireEnd = { node: '' as NodeId, socket: '' };
