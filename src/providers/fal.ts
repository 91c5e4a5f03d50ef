/**
 * fal: a queue in front of more than a thousand models. A job is asked after at the addresses that came with it, which
 * drop a part of the model's name. A job that is `COMPLETED` has ended, well or not.
 */
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { dollars, isCountable } from '../core/money.ts';
import { own } from '../core/own.ts';
import { say } from '../core/say.ts';
import type { JobRequest } from '../routing/job-request.ts';
import { amountAt, type UnitPrice } from '../routing/quotes.ts';
import type { Access, Adapter, Answer, JobWatch, JobRef, JobMade, PictureFile } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { inputOf, sentPictures } from './fields.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'fal';
const HOME = 'https://queue.fal.run';
/** Services beside the queue. With an address of one's own, all are at that one. */
const UPLOADS = 'https://rest.fal.ai';
const PRICES = 'https://api.fal.ai';
const PAUSE_MS = 1500;

const beside = ({ base }: Access, service: string): string => (base === HOME ? service : base);
const keyOf = ({ key }: Access) => ({ authorization: `Key ${key}` });

export const fal: Adapter = {
  id: 'fal',
  version: 1,
  name: NAME,
  home: HOME,
  hosts: ['*.fal.run', '*.fal.ai', '*.fal.media'],
  keyNames: ['FAL_KEY'],
  keyPage: 'https://fal.ai/dashboard/keys',
  // What a new account may run at once; the rest waits in fal's own queue.
  atOnce: 2,
  longestMs: 2 * 60 * 60_000,

  async submit(request, access) {
    const urls = new Map<string, string>();
    for (const { picture } of sentPictures(request))
      if (!urls.has(picture)) urls.set(picture, await uploaded(picture, await access.picture(picture), access));
    const { json } = await access.call({
      method: 'POST',
      to: `${access.base}/${request.model}`,
      headers: keyOf(access),
      json: inputOf(request, (picture) => urls.get(picture) ?? ''),
      pays: true,
    });
    return { job: refOf(json) };
  },

  async follow(job, access, request) {
    const status = await completed(job, access);
    const result = await resultOf(job, status, access);
    return madeOf(result, request);
  },

  async cancel({ cancel = '' }, access) {
    try {
      await access.call({ method: 'PUT', to: cancel, headers: keyOf(access) });
      // Only asked for: work that has begun may still be finished, and is charged then.
      return 'asked';
    } catch (thrown) {
      // It has ended, or fal does not know it any more.
      if (thrown instanceof ServiceTrouble && [400, 404].includes(thrown.facts.status ?? 0)) return 'late';
      throw thrown;
    }
  },

  classify,

  async test(access) {
    await pricesOf(['fal-ai/flux/schnell'], access);
  },

  async quote(request, access) {
    const price = (await pricesOf([request.model], access)).get(request.model);
    return price && amountAt(price, request);
  },

  prices: pricesOf,
};

async function uploaded(name: string, { bytes, mime }: PictureFile, access: Access): Promise<string> {
  const { json } = await access.call({
    method: 'POST',
    to: `${beside(access, UPLOADS)}/storage/upload/initiate?storage_type=fal-cdn-v3`,
    headers: keyOf(access),
    json: { file_name: `${name}.${mime.split('/')[1]}`, content_type: mime },
  });
  const { upload_url: to, file_url: url } = isRecord(json) ? json : {};
  if (typeof to !== 'string' || typeof url !== 'string') throw answerTrouble('unreadable', NAME);
  // The address is secret itself; what it answers is not JSON.
  await access.bytes({ method: 'PUT', to, headers: { 'content-type': mime }, body: bytes });
  return url;
}

function refOf(answer: unknown): JobRef {
  const {
    request_id: id,
    status_url: status,
    response_url: result,
    cancel_url: cancel,
  } = isRecord(answer) ? answer : {};
  if (![id, status, result, cancel].every((part) => typeof part === 'string')) throw answerTrouble('lost', NAME);
  return { id, status, result, cancel } as JobRef;
}

/** Waits until the job has ended; its last status. */
async function completed({ status: to = '' }: JobRef, access: JobWatch): Promise<Loose> {
  for (;;) {
    const { json } = await askedAfter(NAME, access.call({ to, headers: keyOf(access) }));
    const status = isRecord(json) ? json : {};
    if (status['status'] === 'COMPLETED') return status;
    const place = status['queue_position'];
    if (status['status'] === 'IN_PROGRESS') access.report({ state: 'running' });
    else access.report({ state: 'queued', ...(typeof place === 'number' ? { place } : {}) });
    await access.pause(PAUSE_MS);
  }
}

async function resultOf({ result: to = '' }: JobRef, status: Loose, access: Access): Promise<Loose> {
  const failure = failureIn(status);
  const { json } = await askedAfter(NAME, access.call({ to, headers: keyOf(access) })).catch((thrown: unknown) => {
    throw thrown instanceof ServiceTrouble ? (failureToldBy(thrown) ?? failure ?? thrown) : thrown;
  });
  if (failure) throw failure;
  if (!isRecord(json)) throw answerTrouble('unreadable', NAME, { mayCost: true });
  return json;
}

/** Why the job failed, as far as its status says it. */
function failureIn({ error, error_type: code }: Loose): ServiceTrouble | undefined {
  if (!error) return undefined;
  const kind = typeof code === 'string' ? own(KIND_OF_CODE, code) : undefined;
  const facts = typeof code === 'string' ? { code } : {};
  return answerTrouble(kind ?? 'broken', NAME, facts, typeof error === 'string' ? error : '');
}

/**
 * Why the job failed, where the answer in place of its result says it. `undefined`: it is the question that failed. The
 * status is left out: it is the model's answer, not the queue's, and will be no other when it is asked again.
 */
function failureToldBy({ kind, said, facts: { code, hint } }: ServiceTrouble): ServiceTrouble | undefined {
  const facts = { ...(code === undefined ? {} : { code }), ...(hint === undefined ? {} : { hint }) };
  // fal charges for some of the requests that a model refuses, and never for its own failures.
  if (kind === 'invalid' || kind === 'refused') return new ServiceTrouble(kind, said, { mayCost: true, ...facts });
  const isToldByCode = code !== undefined && (kind === 'broken' || kind === 'cancelled');
  return isToldByCode ? new ServiceTrouble(kind, said, facts) : undefined;
}

function madeOf(result: Loose, { prompt }: JobRequest): JobMade {
  const flagged = result['has_nsfw_concepts'];
  // What is shown then is a black picture.
  if (Array.isArray(flagged) && flagged[0] === true) throw answerTrouble('refused', NAME, { mayCost: true });
  const file = ['video', 'videos', 'image', 'images'].flatMap((name) => result[name] ?? [])[0];
  const url = isRecord(file) ? file['url'] : undefined;
  if (typeof url !== 'string') throw answerTrouble('unreadable', NAME, { mayCost: true });
  const { seed } = result;
  const rewritten = result['actual_prompt'] ?? result['revised_prompt'];
  return {
    output: { url },
    ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}),
    ...(typeof rewritten === 'string' && rewritten !== '' && rewritten !== prompt
      ? { notes: [say('{0} rewrote the prompt: “{1}”', say(NAME), rewritten)] }
      : {}),
  };
}

/** What fal's codes mean where the status says less. */
const KIND_OF_CODE: Readonly<Record<string, TroubleKind>> = {
  content_policy_violation: 'refused',
  concurrent_requests_limit: 'busy',
  bad_request: 'invalid',
  client_cancelled: 'cancelled',
  client_disconnected: 'broken',
  request_timeout: 'broken',
  startup_timeout: 'broken',
  runner_scheduling_failure: 'broken',
  runner_connection_timeout: 'broken',
  runner_connection_refused: 'broken',
  runner_connection_error: 'broken',
  runner_disconnected: 'broken',
  runner_incomplete_response: 'broken',
  runner_server_error: 'broken',
  internal_error: 'broken',
  internal_server_error: 'broken',
  generation_timeout: 'broken',
  downstream_service_error: 'broken',
  downstream_service_unavailable: 'broken',
};

/** `{ detail }` of the queue, `{ detail: [{ loc, msg, type }] }` of what a model takes. */
function classify(answer: Answer): ServiceTrouble {
  const { status, headers } = answer;
  const body = isRecord(answer.json) ? answer.json : {};
  const { detail } = body;
  const [first] = Array.isArray(detail) ? (detail as unknown[]) : [];
  const codes = [headers.get('x-fal-error-type'), body['error_type'], isRecord(first) ? first['type'] : body['status']];
  const code = codes.find((each): each is string => typeof each === 'string' && each !== '');
  // Our own limit to waiting had passed: nothing was made.
  const isOurTimeout = status === 504 && headers.get('x-fal-request-timeout-type') === 'user';
  const kind: TroubleKind =
    (code === undefined ? undefined : own(KIND_OF_CODE, code)) ??
    (isOurTimeout ? 'broken' : isLocked(status, detail) ? 'billing' : kindOfStatus(status));
  const says = textOrNone(detail) ?? textOrNone(body['message']);
  return answeredTrouble(NAME, kind, answer, { code, says, fields: refusedFieldsIn(detail) });
}

/** A locked account is told from a wrong key by these words only: fal gives neither a code. */
const isLocked = (status: number, detail: unknown): boolean =>
  status === 403 && typeof detail === 'string' && detail.startsWith('User is locked');

/** So many models are priced by one question. */
const MOST_PRICED = 50;

async function pricesOf(models: readonly string[], access: Access): Promise<ReadonlyMap<string, UnitPrice>> {
  const prices = new Map<string, UnitPrice>();
  for (let from = 0; from < models.length; from += MOST_PRICED)
    for (const raw of await priceRows(models.slice(from, from + MOST_PRICED), access)) {
      const price = unitPriceIn(raw);
      if (price && typeof raw['endpoint_id'] === 'string') prices.set(raw['endpoint_id'], price);
    }
  return prices;
}

async function priceRows(models: readonly string[], access: Access): Promise<readonly Loose[]> {
  try {
    const { json } = await access.call({
      to: `${beside(access, PRICES)}/v1/models/pricing?endpoint_id=${models.map(encodeURIComponent).join(',')}`,
      headers: keyOf(access),
    });
    return isRecord(json) && Array.isArray(json['prices']) ? (json['prices'] as unknown[]).filter(isRecord) : [];
  } catch (thrown) {
    // One that it does not know may be its answer to all of them.
    const isOfOne = thrown instanceof ServiceTrouble && (thrown.kind === 'retired' || thrown.kind === 'invalid');
    if (!isOfOne) throw thrown;
    if (models.length === 1) return [];
    const half = Math.ceil(models.length / 2);
    return [...(await priceRows(models.slice(0, half), access)), ...(await priceRows(models.slice(half), access))];
  }
}

/** `undefined` where it is counted in something else, e.g. seconds of a GPU. */
function unitPriceIn({ unit_price: amount, unit, currency }: Loose): UnitPrice | undefined {
  if (typeof amount !== 'number' || !isCountable(amount) || typeof unit !== 'string' || currency !== 'USD')
    return undefined;
  const counted = own(UNIT_OF, unit.toLowerCase().replace(/s$/, ''));
  return counted && { amount: dollars(amount), unit: counted };
}
const UNIT_OF: Readonly<Record<string, UnitPrice['unit']>> = {
  image: 'image',
  video: 'video',
  megapixel: 'megapixel',
  second: 'second',
  video_second: 'second',
};
