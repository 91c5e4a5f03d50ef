/**
 * AUTOMATIC1111, Forge and SD.Next on this computer: one POST that answers with the picture, and a progress that can be
 * asked for beside it. One picture at a time; the next request waits inside the server.
 *
 * Fields and answers: `modules/api` of AUTOMATIC1111/stable-diffusion-webui, lllyasviel/stable-diffusion-webui-forge and
 * vladmandic/sdnext.
 */
import { fromBase64, toBase64 } from '../core/base64.ts';
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import type { WorkKind } from '../core/take.ts';
import type { JobRequest } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade, ModelThere, Submitting } from './adapter.ts';
import { answeredTrouble } from './answer-trouble.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Stable Diffusion web UI';
const name = say(NAME);
/** On a slow card, behind another picture. */
const PATIENCE_MS = 60 * 60_000;
const LOOK_EVERY_MS = 1000;

/** The API's own default is 50, twice what most samplers need. */
const STEPS = 25;
/** What the web UI starts with. */
const USUAL_DENOISING = 0.75;

export const a1111: Adapter = {
  id: 'a1111-local',
  version: 1,
  name: NAME,
  home: 'http://127.0.0.1:7860',
  // The next one, where the first is taken.
  ports: [7860, 7861],
  hosts: [],
  isLocal: true,
  // `user:password`, as the server was started with in `--api-auth`.
  keyNames: ['A1111_API_AUTH'],
  isKeyOptional: true,
  atOnce: 1,
  longestMs: PATIENCE_MS,
  async submit(request, access) {
    switch (request.work) {
      case 'text to image':
      case 'image edit':
        return { made: await paint(request, access) };
      case 'upscale':
        return { made: await enlarge(request, access) };
      default:
        throw notItsWork(NAME);
    }
  },
  async lookup(id, access) {
    const progress = await progressOf(access);
    // What it is making was for a connection that is gone, and cannot be had any more. It costs nothing to make again.
    if (progress.task === id) await access.call({ method: 'POST', to: '/sdapi/v1/interrupt', headers: keyOf(access) });
    return undefined;
  },
  classify,
  async test(access) {
    await checkpoints(access);
  },
  async models(access) {
    const titles = (await checkpoints(access)).map(({ title }) => textOrNone(title));
    const upscalers = (await listed('/sdapi/v1/upscalers', access)).map((each) => textOrNone(each['name']));
    return [
      ...named(titles, ['text to image', 'image edit']),
      // `None` and the interpolations enlarge too, as any editor does.
      ...named(upscalers, ['upscale']).filter(({ model }) => !PLAIN_UPSCALERS.includes(model)),
    ];
  },
};

const PLAIN_UPSCALERS: readonly string[] = ['None', 'Lanczos', 'Nearest'];
const named = (models: readonly (string | undefined)[], works: readonly WorkKind[]): ModelThere[] =>
  models.filter((model) => model !== undefined).map((model) => ({ model, works }));

const keyOf = ({ key }: Access): Readonly<Record<string, string>> =>
  key === undefined ? {} : { authorization: `Basic ${toBase64(new TextEncoder().encode(key))}` };

/** The first call for each job: it costs nothing, and shows whether the API is there at all. */
async function listed(to: string, access: Access): Promise<readonly Loose[]> {
  try {
    const { json } = await access.call({ to, headers: keyOf(access) });
    return Array.isArray(json) ? json.filter(isRecord) : [];
  } catch (thrown) {
    if (!(thrown instanceof ServiceTrouble) || thrown.facts.status !== 404) throw thrown;
    throw new ServiceTrouble('unreachable', say('{0} was started without its API.', name), {
      ...thrown.facts,
      hint: say('Start it with --api.'),
    });
  }
}
const checkpoints = (access: Access) => listed('/sdapi/v1/sd-models', access);

/** The catalog cannot know what is installed. */
const WHATEVER_IS_LOADED = 'user-installed checkpoint';

/** The checkpoint as the server calls it. Named in every request, or the result would hang on what somebody clicked. */
async function checkpointFor(model: string, access: Access): Promise<string> {
  const all = await checkpoints(access);
  if (model !== WHATEVER_IS_LOADED) {
    const found = all.find(({ title, model_name: short }) => title === model || short === model);
    if (typeof found?.['title'] === 'string') return found['title'];
    throw new ServiceTrouble('retired', say('{0} has no checkpoint {1}.', name, model));
  }
  const { json } = await access.call({ to: '/sdapi/v1/options', headers: keyOf(access) });
  const loaded = isRecord(json) ? json['sd_model_checkpoint'] : undefined;
  if (typeof loaded === 'string' && loaded !== '') return loaded;
  throw new ServiceTrouble('retired', say('{0} has no checkpoint loaded.', name));
}

async function paint(request: JobRequest, access: Submitting): Promise<JobMade> {
  const checkpoint = await checkpointFor(request.model, access);
  const start = request.still ?? request.references[0];
  const picture = start && (await access.picture(start.picture));
  const answer = await sent(picture ? '/sdapi/v1/img2img' : '/sdapi/v1/txt2img', access, {
    prompt: request.prompt,
    ...(request.negative ? { negative_prompt: request.negative } : {}),
    ...(request.seed === undefined ? {} : { seed: request.seed }),
    ...(request.guidance === undefined ? {} : { cfg_scale: request.guidance }),
    width: inEights(request.width),
    height: inEights(request.height),
    steps: STEPS,
    ...(picture ? { init_images: [toBase64(picture.bytes)], denoising_strength: denoisingOf(request) } : {}),
    override_settings: { sd_model_checkpoint: checkpoint },
    // Somebody else's settings are left as they were.
    override_settings_restore_afterwards: true,
    force_task_id: access.id,
    save_images: false,
    ...request.fields?.always,
  });
  const { images, info } = isRecord(answer.json) ? answer.json : {};
  const seed = seedIn(info);
  const used = request.references.length - (request.still ? 0 : 1);
  const notes: Said[] = [];
  if (request.model === WHATEVER_IS_LOADED) notes.push(say('Made with {0}.', checkpoint));
  if (used > 0) notes.push(say('Only the first picture was used, for {0} can start from one only.', name));
  return {
    output: { bytes: pictureIn(Array.isArray(images) ? images[0] : undefined) },
    notes,
    ...(seed === undefined ? {} : { seed }),
  };
}

const inEights = (side: number): number => Math.max(8, Math.round(side / 8) * 8);

/** 1 keeps nothing of the picture it starts from. */
function denoisingOf({ still, references }: JobRequest): number {
  const [first] = references;
  return still || !first ? USUAL_DENOISING : 1 - first.strength;
}

/** `info` is JSON inside JSON. */
function seedIn(info: unknown): number | undefined {
  if (typeof info !== 'string') return undefined;
  try {
    const read: unknown = JSON.parse(info);
    const seed: unknown = isRecord(read) && Array.isArray(read['all_seeds']) ? read['all_seeds'][0] : undefined;
    return Number.isSafeInteger(seed) ? (seed as number) : undefined;
  } catch {
    return undefined;
  }
}

async function enlarge(request: JobRequest, access: Submitting): Promise<JobMade> {
  const { still, width, height, model } = request;
  if (!still) throw new ServiceTrouble('invalid', say('There is no picture to enlarge.'));
  const upscaler = await upscalerFor(model, access);
  const picture = await access.picture(still.picture);
  const answer = await sent('/sdapi/v1/extra-single-image', access, {
    image: toBase64(picture.bytes),
    // To this size, and what does not fit its shape is cut off.
    resize_mode: 1,
    upscaling_resize_w: width,
    upscaling_resize_h: height,
    upscaling_crop: true,
    upscaler_1: upscaler,
    ...request.fields?.always,
  });
  return {
    output: { bytes: pictureIn(isRecord(answer.json) ? answer.json['image'] : undefined) },
    notes: upscaler === model ? [] : [say('Made with {0}.', upscaler)],
  };
}

/** The upscaler of that name, else a Real-ESRGAN: which of them is installed differs. */
async function upscalerFor(model: string, access: Access): Promise<string> {
  const names = (await listed('/sdapi/v1/upscalers', access)).map((each) => String(each['name']));
  const found =
    [model, 'R-ESRGAN 4x+'].find((each) => names.includes(each)) ?? names.find((each) => /ESRGAN/.test(each));
  if (found === undefined) throw new ServiceTrouble('retired', say('{0} has no upscaler {1}.', name, 'R-ESRGAN 4x+'));
  return found;
}

/** Asks for a picture and tells how far it is meanwhile. What was stopped half-way comes as if it were whole. */
async function sent(to: string, access: Submitting, json: Loose): Promise<Answer> {
  let isPending = true;
  let isInterrupted = false;
  const answering = access
    .call({ method: 'POST', to, headers: keyOf(access), json, pays: true, patienceMs: PATIENCE_MS })
    .finally(() => (isPending = false));

  const watch = async () => {
    while (isPending) {
      await access.pause(LOOK_EVERY_MS);
      const progress = await progressOf(access);
      if (!isPending || progress.task === undefined) continue;
      const isOurs = progress.task === access.id;
      access.report(isOurs ? { state: 'running', fraction: progress.fraction } : { state: 'queued' });
      if (isOurs && progress.preview) access.preview(progress.preview);
      isInterrupted ||= isOurs && progress.isInterrupted;
    }
  };
  // How far it is, is good to know, and no more: what goes wrong with that goes wrong with the answer too, or does not matter.
  watch().catch(() => undefined);

  const answer = await answering;
  // It remembers how its last picture ended, until it begins another.
  isInterrupted ||= await progressOf(access).then(
    (last) => last.isInterrupted,
    () => false,
  );
  if (isInterrupted) throw new ServiceTrouble('cancelled', say('{0} was told to stop.', name));
  return answer;
}

interface Progress {
  /** Whose picture is being made; missing where the server is idle, or too old to say. */
  readonly task: string | undefined;
  readonly fraction: number;
  readonly isInterrupted: boolean;
  readonly preview: { readonly bytes: Uint8Array<ArrayBuffer>; readonly mime: string } | undefined;
}
async function progressOf(access: Access): Promise<Progress> {
  const { json } = await access.call({ to: '/sdapi/v1/progress', headers: keyOf(access) });
  const { progress, state, current_image: image, current_task: task } = isRecord(json) ? json : {};
  const bytes = typeof image === 'string' && image !== '' ? fromBase64(image) : undefined;
  return {
    task: typeof task === 'string' && task !== '' ? task : undefined,
    fraction: Math.min(1, Math.max(0, Number(progress) || 0)),
    isInterrupted: isRecord(state) && state['interrupted'] === true,
    preview: bytes && { bytes, mime: mimeOf(bytes) },
  };
}

/** Of the formats that can be set up for previews. */
function mimeOf([first]: Uint8Array): string {
  if (first === 0xff) return 'image/jpeg';
  return first === 0x52 ? 'image/webp' : 'image/png';
}

function pictureIn(value: unknown): Uint8Array<ArrayBuffer> {
  const bytes = typeof value === 'string' && value !== '' ? fromBase64(value) : undefined;
  if (!bytes) throw new ServiceTrouble('unreadable', say('{0} answered without a picture.', name));
  return bytes;
}

const KIND_OF_STATUS: Readonly<Record<string, TroubleKind>> = {
  // It knows nobody who may use one model and not another.
  '403': 'key',
  // What is not found is a sampler or the like: that the API is there was seen before.
  '404': 'invalid',
};

/** `{ error, detail, body, errors }` of AUTOMATIC1111, `{ detail }` of Forge, a list of fields in `detail` of both. */
function classify(answer: Answer): ServiceTrouble {
  const { error, detail, errors } = isRecord(answer.json) ? answer.json : {};
  const says = [detail, errors].filter((text) => typeof text === 'string' && text !== '').join('; ');
  const kind = own(KIND_OF_STATUS, String(answer.status)) ?? kindOfStatus(answer.status);
  const code = typeof error === 'string' && error !== '' ? error : undefined;
  return answeredTrouble(NAME, kind, answer, {
    code,
    says: says || undefined,
    fields: refusedFieldsIn(detail),
    ...(code === 'OutOfMemoryError'
      ? { hint: say('The picture is too large for the memory of the graphics card.') }
      : {}),
  });
}
