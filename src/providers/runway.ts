/**
 * Runway: its own models and those of others, as tasks that are asked after by name, no more than once in five seconds.
 * A task that waits for room in the account is `THROTTLED`: it was taken, and is paid for when it is made.
 *
 * There is no `lookup`: tasks are not listed, and nothing of ours is kept with one.
 */
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { dollars, scaled, type Micros } from '../core/money.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import type { Attached, JobRequest } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobMade, JobWatch, PictureFile, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter, unnamedJob } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { dataUri } from './data-uri.ts';
import { inputOf } from './fields.ts';
import { RUNWAY_MODELS, type Way } from './runway-models.ts';
import { pictureBlob, pictureFileName } from './picture-form.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, notItsWork, type ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Runway';
const name = say(NAME);
const ASK_EVERY_MS = 5000;
/** In which prices are told. */
const CREDIT = dollars('0.01');
/** A picture may be 5 MB as text, which is a third longer than its bytes. Larger ones are to be uploaded. */
const LARGEST_INLINE = 3.5 * 2 ** 20;
/** An enlarged picture has no more pixels. */
const MOST_PIXELS = 25_300_000;

export const runway: Adapter = {
  id: 'runway',
  version: 1,
  name: NAME,
  home: 'https://api.dev.runwayml.com/v1',
  // Results come from its distribution, or from the store behind it, where uploads go, too.
  hosts: ['api.dev.runwayml.com', 'dnznrvs05pmza.cloudfront.net', '*.amazonaws.com'],
  keyNames: ['RUNWAYML_API_SECRET'],
  keyPage: 'https://dev.runwayml.com',
  // What is too much waits in its own queue.
  atOnce: 2,
  longestMs: 60 * 60_000,

  async submit(request, access) {
    const way = wayFor(request);
    const json = await inputFor(request, way, access);
    const to = `/${way.to}`;
    const answer = await access.call({ method: 'POST', to, headers: headersOf(access), json, pays: true });
    const id = isRecord(answer.json) ? textOrNone(answer.json['id']) : undefined;
    if (!id) throw unnamedJob(NAME);
    return { job: { id } };
  },

  async follow({ id = '' }, access, request) {
    for (;;) {
      const task = await askedAfter(NAME, taskOf(id, access));
      const made = stepOf(task, access);
      if (made) return withNotes(made, request);
      await access.pause(ASK_EVERY_MS);
    }
  },

  async cancel({ id = '' }, access) {
    const { status } = await taskOf(id, access);
    // To take back a task that has ended removes what it made, and that was paid for.
    if (status === 'SUCCEEDED' || status === 'FAILED') return 'late';
    if (status === 'CANCELLED') return 'cancelled';
    await access.call({ method: 'DELETE', to: taskAt(id), headers: headersOf(access) });
    // What it did until then may be charged.
    return status === 'RUNNING' ? 'asked' : 'cancelled';
  },

  classify,

  async test(access) {
    await access.call({ to: '/organization', headers: headersOf(access) });
  },
};

const headersOf = (access: Access) => ({ ...bearerOf(access), 'x-runway-version': '2024-11-06' });
const taskAt = (id: string) => `/tasks/${encodeURIComponent(id)}`;

async function taskOf(id: string, access: Access): Promise<Loose> {
  const { json } = await access.call({ to: taskAt(id), headers: headersOf(access) });
  return isRecord(json) ? json : {};
}

function wayFor({ model, work, still, clip }: JobRequest): Way {
  const way = own(RUNWAY_MODELS, model)?.[clip ? 'going on' : work];
  if (!way || (way.to !== 'text_to_image' && way.to !== 'text_to_video' && !still && !clip)) throw notItsWork(NAME);
  return way;
}

async function inputFor(request: JobRequest, { to, fields, sizes }: Way, access: Submitting): Promise<Loose> {
  const { model, width, height, still, clip, seconds } = request;
  const { beside, last } = picturesOf(request);
  const uris = new Map<string, string>();
  for (const { picture } of [
    ...(clip ? [clip] : []),
    ...(still ? [still] : []),
    ...(last ? [last] : []),
    ...beside.pictures,
  ])
    if (!uris.has(picture)) uris.set(picture, await uriOf(picture, await access.picture(picture), access));
  const uri = ({ picture }: Attached) => uris.get(picture);
  const input = inputOf(
    {
      ...request,
      // Every model counts whole seconds.
      ...(seconds === undefined ? {} : { seconds: Math.ceil(seconds) }),
      fields: {
        ...fields,
        prompt: fields.prompt === undefined ? 'promptText' : fields.prompt,
        ...(sizes ? { size: { as: 'ratio', name: 'ratio', values: [nearestSize(sizes, width, height)] } } : {}),
        ...(fields.enlargement ? { enlargement: withinPixels(fields.enlargement, still) } : {}),
        always: { ...fields.always, ...request.fields?.always },
      },
    },
    () => '',
  );
  return {
    model,
    ...input,
    ...(beside.pictures.length > 0 ? { [beside.name]: beside.pictures.map((each) => ({ uri: uri(each) })) } : {}),
    ...(clip && request.fields?.clip ? { [request.fields.clip.name]: uri(clip) } : {}),
    ...(to === 'image_upscale' && still ? { imageUri: uri(still) } : {}),
    ...(to === 'image_to_video' && still
      ? {
          promptImage: [
            { uri: uri(still), position: 'first' },
            ...(last ? [{ uri: uri(last), position: 'last' }] : []),
          ],
        }
      : {}),
  };
}

interface PicturesSent {
  /** Those it does not begin or end with. */
  readonly beside: { readonly name: string; readonly pictures: readonly Attached[] };
  readonly last?: Attached;
  /** References that have no place. */
  readonly left: number;
}
function picturesOf(request: JobRequest): PicturesSent {
  const { still, lastFrame, references } = request;
  const { to, references: { name: field = 'references', most = 0 } = {}, hasLastFrame } = wayFor(request);
  // A picture that is edited is the first of its references.
  const wanted = to === 'text_to_image' && still ? [still, ...references] : references;
  const pictures = wanted.slice(0, most);
  return {
    beside: { name: field, pictures },
    ...(hasLastFrame && lastFrame ? { last: lastFrame } : {}),
    left: wanted.length - pictures.length,
  };
}

async function uriOf(name: string, picture: PictureFile, access: Access): Promise<string> {
  if (picture.bytes.byteLength <= LARGEST_INLINE) return dataUri(picture);
  const filename = pictureFileName(name, picture);
  const { json } = await access.call({
    method: 'POST',
    to: '/uploads',
    headers: headersOf(access),
    json: { filename, type: 'ephemeral' },
  });
  const { uploadUrl, fields, runwayUri } = isRecord(json) ? json : {};
  if (!textOrNone(uploadUrl) || !isRecord(fields) || !textOrNone(runwayUri)) throw answerTrouble('unreadable', NAME);
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, String(value));
  form.append('file', pictureBlob(picture), filename);
  // A store of its own: it knows no key, and does not answer in JSON.
  await access.bytes({ method: 'POST', to: uploadUrl as string, form });
  return runwayUri as string;
}

/** Of the shapes that are as near as any, the one that is nearest in size. */
function nearestSize(sizes: readonly string[], width: number, height: number): string {
  const measured = sizes.map((size) => {
    const [wide = 1, high = 1] = size.split(':').map(Number);
    return {
      size,
      shape: Math.abs(Math.log((wide * height) / (high * width))),
      area: Math.abs(Math.log((wide * high) / (width * height))),
    };
  });
  // Sizes of one shape differ by a few pixels, for they are whole multiples of something.
  const near = Math.min(...measured.map(({ shape }) => shape)) + 0.03;
  return measured.filter(({ shape }) => shape <= near).toSorted((a, b) => a.area - b.area)[0]!.size;
}

function withinPixels({ name, values = [] }: NonNullable<Way['fields']['enlargement']>, still: Attached | undefined) {
  const area = still ? still.width * still.height : 0;
  const able = values.filter((factor) => area * factor ** 2 <= MOST_PIXELS);
  return { name, values: able.length > 0 ? able : values.slice(0, 1) };
}

/** Tells how far a task is; what it made, once it has. Throws `ServiceTrouble` when it ended otherwise. */
function stepOf(task: Loose, access: JobWatch): JobMade | undefined {
  const { status, progress } = task;
  switch (status) {
    case 'SUCCEEDED':
      return madeOf(task);
    case 'FAILED':
      throw failureIn(task);
    case 'CANCELLED':
      throw answerTrouble('cancelled', NAME, { mayCost: chargeIn(task) !== 0 });
    case 'RUNNING':
      access.report({ state: 'running', ...(typeof progress === 'number' ? { fraction: progress } : {}) });
      return undefined;
    default:
      access.report({ state: 'queued' });
      return undefined;
  }
}

function madeOf(task: Loose): JobMade {
  const [url] = Array.isArray(task['output']) ? (task['output'] as unknown[]) : [];
  if (!textOrNone(url)) throw answerTrouble('unreadable', NAME, { mayCost: true });
  const charged = chargeIn(task);
  return { output: { url: url as string }, ...(charged === undefined ? {} : { charged }) };
}

function withNotes(made: JobMade, request: JobRequest): JobMade {
  const { left, last } = picturesOf(request);
  const notes: Said[] = [];
  if (left > 0) {
    const { length } = request.references;
    notes.push(say('Reference pictures: {0} of {1}, the most that {2} can take.', length - left, length, name));
  }
  if (request.lastFrame && !last) notes.push(say('The last frame was not sent: {0} has no field for it.', name));
  return notes.length > 0 ? { ...made, notes } : made;
}

/** What a task that has ended cost. */
function chargeIn({ cost }: Loose): Micros | undefined {
  const credits = isRecord(cost) ? cost['credits'] : undefined;
  return typeof credits === 'number' && credits >= 0 ? scaled(CREDIT, credits) : undefined;
}

/** Families of its codes, https://docs.dev.runwayml.com/errors/task-failures/; told without a status: it has ended. */
function failureIn(task: Loose): ServiceTrouble {
  const code = textOrNone(task['failureCode']) ?? '';
  const charged = chargeIn(task);
  // What is refused for its input is not refunded; of what has no code, nobody says.
  const mayCost = charged === undefined ? code === '' || code.startsWith('SAFETY.INPUT') : charged > 0;
  const facts = { mayCost, ...(charged === undefined ? {} : { charged }), ...(code ? { code } : {}) };
  return answerTrouble(kindOfFailure(code), NAME, facts, textOrNone(task['failure']));
}
function kindOfFailure(code: string): TroubleKind {
  if (code === '') return 'unexplained';
  if (/^(INPUT_PREPROCESSING\.)?SAFETY\b/.test(code)) return 'refused';
  return /^ASSET\b|\bINPUT_VALIDATION\b/.test(code) ? 'invalid' : 'broken';
}

/** `{ error }`, and `issues: [{ code, path, message }]` where its body is not as it should be. */
function classify(answer: Answer): ServiceTrouble {
  const { error, issues } = isRecord(answer.json) ? answer.json : {};
  // An empty account is a 400 as any wrong request is, and neither has a code: what it says is shown.
  return answeredTrouble(NAME, kindOfStatus(answer.status), answer, {
    says: textOrNone(error),
    fields: refusedFieldsIn(issues),
  });
}
