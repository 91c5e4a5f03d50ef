/**
 * Luma: two services with keys of their own. The Agents API makes Ray 3.2 and Uni-1, and takes pictures with a request.
 * Dream Machine, the older one, makes Ray 2 and Photon, and takes pictures only from public addresses: there a picture
 * of this computer is refused before anything is sent.
 *
 * Fields: https://docs.agents.lumalabs.ai, and the types of `lumaai` 1.19.1. There is no `lookup`: nothing of ours is
 * kept with a generation, and only Dream Machine lists them.
 */
import { toBase64 } from '../core/base64.ts';
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say } from '../core/say.ts';
import { isVideoWork, type WorkKind } from '../core/take.ts';
import type { Attached, JobRequest, ModelFields } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter, unnamedJob } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { inputOf } from './fields.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Luma';
const name = say(NAME);
const AGENTS = 'https://agents.lumalabs.ai/v1';
const DREAM_MACHINE = 'https://api.lumalabs.ai/dream-machine/v1';
const ASK_EVERY_MS = 3000;
/** A generation that nobody has made: to ask after it tells whether a key is taken. */
const NOBODYS = '00000000-0000-0000-0000-000000000000';

export const luma: Adapter = {
  id: 'luma',
  version: 1,
  name: NAME,
  home: AGENTS,
  // Results are signed addresses at its store.
  hosts: ['*.lumalabs.ai', '*.cdn-luma.com', '*.amazonaws.com', '*.r2.cloudflarestorage.com'],
  keyNames: ['LUMAAI_API_KEY', 'LUMA_API_KEY', 'LUMA_AGENTS_API_KEY'],
  keyPage: 'https://platform.lumalabs.ai',
  atOnce: 4,
  longestMs: 30 * 60_000,

  async submit(request, access) {
    const { service, path, json } = await orderFor(request, access);
    const to = `${baseOf(service, access)}${path}`;
    const answer = await access.call({ method: 'POST', to, headers: bearerOf(access), json, pays: true });
    const id = isRecord(answer.json) ? textOrNone(answer.json['id']) : undefined;
    if (!id) throw unnamedJob(NAME);
    return { job: { id, service } };
  },

  async follow(job, access, request) {
    for (;;) {
      const generation = await askedAfter(NAME, generationOf(job, access));
      const { state } = generation;
      if (state === 'completed') return madeOf(generation, request);
      if (state === 'failed') throw failureIn(generation);
      access.report({ state: state === 'queued' ? 'queued' : 'running' });
      await access.pause(ASK_EVERY_MS);
    }
  },

  async cancel(job, access) {
    // The Agents API has no way to take one back; to delete one that is made removes what was paid for.
    if (job['service'] !== 'dream machine') return 'late';
    const { state } = await generationOf(job, access);
    if (state === 'completed' || state === 'failed') return 'late';
    await access.call({ method: 'DELETE', to: addressOf(job, access), headers: bearerOf(access) });
    // Whether it is charged all the same is written down nowhere.
    return 'asked';
  },

  classify,

  async test(access) {
    try {
      await access.call({ to: `${baseOf('agents', access)}/generations/${NOBODYS}`, headers: bearerOf(access) });
    } catch (thrown) {
      const kind = thrown instanceof ServiceTrouble ? thrown.kind : undefined;
      if (kind === 'retired') return;
      if (kind !== 'key' && kind !== 'forbidden') throw thrown;
      // It may be one of the other kind.
      await access.call({ to: `${baseOf('dream machine', access)}/credits`, headers: bearerOf(access) });
    }
  },
};

type Service = 'agents' | 'dream machine';

/** With an address of one's own, both services are at that one. */
const baseOf = (service: string | undefined, { base }: Access): string =>
  service === 'dream machine' && base === AGENTS ? DREAM_MACHINE : base;
const addressOf = ({ id = '', service }: Readonly<Record<string, string>>, access: Access) =>
  `${baseOf(service, access)}/generations/${encodeURIComponent(id)}`;

async function generationOf(job: Readonly<Record<string, string>>, access: Access): Promise<Loose> {
  const { json } = await access.call({ to: addressOf(job, access), headers: bearerOf(access) });
  return isRecord(json) ? json : {};
}

const listOf = (values: string) => values.split(' ');
const RATIO = { as: 'ratio', name: 'aspect_ratio' } as const;
const DREAM_MACHINE_RATIOS = listOf('1:1 16:9 9:16 4:3 3:4 21:9 9:21');
const PHOTON: ModelFields = { size: { ...RATIO, values: DREAM_MACHINE_RATIOS }, always: { format: 'png' } };
const RAY_2: ModelFields = {
  size: {
    ...RATIO,
    values: DREAM_MACHINE_RATIOS,
    lines: { name: 'resolution', values: listOf('540p 720p 1080p') },
  },
  duration: { name: 'duration', as: 'text with s', values: [5, 9] },
};
const UNI_1: ModelFields = {
  size: { ...RATIO, values: listOf('3:1 2:1 16:9 3:2 1:1 2:3 9:16 1:2 1:3') },
  always: { output_format: 'png' },
};
const LONG = 10;
const SHORT = 5;
const RAY_3: ModelFields = {
  size: {
    ...RATIO,
    values: listOf('9:16 3:4 1:1 4:3 16:9 21:9'),
    lines: { name: 'resolution', values: listOf('360p 540p 720p 1080p') },
  },
  duration: { name: 'duration', as: 'text with s', values: [SHORT, LONG] },
};
/** An edited picture counts as one. */
const MOST_PICTURES = 9;

const CLIPS: readonly WorkKind[] = ['text to video', 'image to video'];
const PICTURES: readonly WorkKind[] = ['text to image', 'image edit'];
interface Model {
  readonly service: Service;
  readonly works: readonly WorkKind[];
  readonly fields: ModelFields;
}
const MODELS: Readonly<Record<string, Model>> = {
  'uni-1': { service: 'agents', works: PICTURES, fields: UNI_1 },
  'uni-1-max': { service: 'agents', works: PICTURES, fields: UNI_1 },
  'ray-3.2': { service: 'agents', works: CLIPS, fields: RAY_3 },
  'photon-1': { service: 'dream machine', works: PICTURES, fields: PHOTON },
  'photon-flash-1': { service: 'dream machine', works: PICTURES, fields: PHOTON },
  'ray-2': { service: 'dream machine', works: CLIPS, fields: RAY_2 },
  'ray-flash-2': { service: 'dream machine', works: CLIPS, fields: RAY_2 },
};

interface Order {
  readonly service: Service;
  readonly path: string;
  readonly json: Loose;
}

async function orderFor(request: JobRequest, access: Submitting): Promise<Order> {
  const { model, work, still } = request;
  const known = own(MODELS, model);
  const needsStill = work === 'image edit' || work === 'image to video';
  if (!known?.works.includes(work) || (needsStill && !still)) throw notItsWork(NAME);
  const { service } = known;
  const fields = { ...known.fields, always: { ...known.fields.always, ...request.fields?.always } };
  const input = { model, ...inputOf({ ...request, fields }, () => '') };
  if (service === 'agents') {
    const json = isVideoWork(work) ? await clipOf(request, input, access) : await pictureOf(request, input, access);
    return { service, path: '/generations', json };
  }
  if (still || request.lastFrame || request.references.length > 0) throw needsAddresses();
  return { service, path: isVideoWork(work) ? '/generations/video' : '/generations/image', json: input };
}

const needsAddresses = () =>
  new ServiceTrouble(
    'invalid',
    say('{0} can only fetch pictures for this model from public addresses, and yours are on this computer.', name),
    { hint: say('Ray 3.2 and Uni-1 take them as they are.') },
  );

async function refOf({ picture }: Attached, access: Submitting): Promise<Loose> {
  const { bytes, mime } = await access.picture(picture);
  return { data: toBase64(bytes), media_type: mime };
}

async function pictureOf({ work, still, references }: JobRequest, input: Loose, access: Submitting): Promise<Loose> {
  const isEdit = work === 'image edit';
  // An edit keeps the shape of its picture.
  const { aspect_ratio: ratio, ...rest } = input;
  const beside = [...(still && !isEdit ? [still] : []), ...references].slice(0, MOST_PICTURES - (isEdit ? 1 : 0));
  const refs: Loose[] = [];
  for (const one of beside) refs.push(await refOf(one, access));
  return {
    ...rest,
    type: isEdit ? 'image_edit' : 'image',
    ...(isEdit && still ? { source: await refOf(still, access) } : { aspect_ratio: ratio }),
    ...(refs.length > 0 ? { image_ref: refs } : {}),
  };
}

async function clipOf(request: JobRequest, input: Loose, access: Submitting): Promise<Loose> {
  const { still, lastFrame } = request;
  const { resolution, duration, aspect_ratio: ratio, ...rest } = input;
  const isAnchored = still !== undefined || lastFrame !== undefined;
  return {
    ...rest,
    type: 'video',
    // The shape is that of the frames it is held to.
    ...(isAnchored ? {} : { aspect_ratio: ratio }),
    video: {
      resolution,
      duration: isAnchored ? `${SHORT}s` : duration,
      ...(still ? { start_frame: await refOf(still, access) } : {}),
      ...(lastFrame ? { end_frame: await refOf(lastFrame, access) } : {}),
    },
  };
}

function madeOf(generation: Loose, { model, still, lastFrame, seconds = 0 }: JobRequest): JobMade {
  const [output = {}] = listIn(generation['output']);
  const assets = isRecord(generation['assets']) ? generation['assets'] : {};
  const url = [output['url'], assets['video'], assets['image']].find((each) => textOrNone(each));
  if (typeof url !== 'string') throw answerTrouble('unreadable', NAME, { mayCost: true });
  const isShortened = model === 'ray-3.2' && (still || lastFrame) && seconds > SHORT;
  return {
    output: { url },
    ...(isShortened
      ? {
          notes: [
            say('Length: {0} s in place of {1} s; other lengths are not made by {2}.', SHORT, seconds, 'Ray 3.2'),
          ],
        }
      : {}),
  };
}

/** https://docs.agents.lumalabs.ai/guides/error-handling/ */
const KIND_OF_FAILURE: Readonly<Record<string, TroubleKind>> = {
  content_moderated: 'refused',
  budget_exhausted: 'billing',
  image_too_large: 'invalid',
  unsupported_format: 'invalid',
  corrupt_input: 'invalid',
  invalid_request: 'invalid',
};

/** Told without a status: it has ended. */
function failureIn({ failure_code: given, failure_reason: reason }: Loose): ServiceTrouble {
  const code = textOrNone(given);
  const says = textOrNone(reason);
  // Dream Machine has no codes: that it refused is said in words only.
  const kind = code ? (own(KIND_OF_FAILURE, code) ?? 'broken') : 'unexplained';
  return answerTrouble(kind, NAME, code ? { code } : {}, says);
}

function classify(answer: Answer): ServiceTrouble {
  const { detail } = isRecord(answer.json) ? answer.json : {};
  const words = { says: textOrNone(detail), fields: refusedFieldsIn(detail) };
  const kind = kindOfStatus(answer.status);
  if (kind !== 'key' && kind !== 'forbidden') return answeredTrouble(NAME, kind, answer, words);
  const hint = say('Luma has keys of two kinds: one for Ray 3.2 and Uni-1, one for Ray 2 and Photon (Dream Machine).');
  return answeredTrouble(NAME, kind, answer, { ...words, hint });
}
