/**
 * Replicate: models as predictions. A model of theirs is asked by its name (`owner/name`), another by one of its
 * versions (`owner/name:version`).
 *
 * There is no `lookup`. The list of predictions keeps nothing that we could name a job by: two takes may have the same
 * input, inputs and outputs are removed after an hour, and a webhook, the one field of ours that is kept, has to be an
 * address that Replicate then calls. A job whose answer was lost stays unknown.
 */
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import type { Access, Adapter, Answer, JobWatch, JobRef, JobMade, Output, PictureFile } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { bytesOfDataUri, dataUri } from './data-uri.ts';
import { inputOf, sentPictures } from './fields.ts';
import { refusedFieldsIn } from './refused-fields.ts';
import { kindOfStatus, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Replicate';
const PAUSE_MS = 1000;
/** Larger pictures are to be uploaded. */
const LARGEST_INLINE = 256 * 1024;

export const replicate: Adapter = {
  id: 'replicate',
  version: 1,
  name: NAME,
  home: 'https://api.replicate.com/v1',
  hosts: ['api.replicate.com', 'replicate.delivery', '*.replicate.delivery'],
  keyNames: ['REPLICATE_API_TOKEN'],
  keyPage: 'https://replicate.com/account/api-tokens',
  atOnce: 4,
  aMinute: 600,
  // Predictions end after half an hour at work; before that they may wait for a machine.
  longestMs: 2 * 60 * 60_000,

  async submit(request, access) {
    const urls = new Map<string, string>();
    for (const { picture } of sentPictures(request))
      if (!urls.has(picture)) urls.set(picture, await sent(picture, await access.picture(picture), access));
    const input = inputOf(request, (picture) => urls.get(picture) ?? '');
    const [model = '', version] = request.model.split(':');
    const { json } = await access.call({
      method: 'POST',
      to: version ? `${access.base}/predictions` : `${access.base}/models/${model}/predictions`,
      headers: bearerOf(access),
      json: version ? { version, input } : { input },
      pays: true,
    });
    return { job: refOf(json) };
  },

  async follow(job, access) {
    for (;;) {
      const { json } = await askedAfter(NAME, access.call({ to: job['get'] ?? '', headers: bearerOf(access) }));
      const made = stepOf(isRecord(json) ? json : {}, access);
      if (made) return made;
      await access.pause(PAUSE_MS);
    }
  },

  async cancel(job, access) {
    const { json } = await access.call({ method: 'POST', to: job['cancel'] ?? '', headers: bearerOf(access) });
    const { status, started_at: startedAt } = isRecord(json) ? json : {};
    if (status === 'succeeded' || status === 'failed') return 'late';
    // What was done until then is charged.
    return (status === 'canceled' || status === 'aborted') && !startedAt ? 'cancelled' : 'asked';
  },

  classify,

  async test(access) {
    await access.call({ to: `${access.base}/account`, headers: bearerOf(access) });
  },
};

/** A picture as an input takes it: itself where it is small, else where it was uploaded to. */
async function sent(name: string, picture: PictureFile, access: Access): Promise<string> {
  if (picture.bytes.byteLength <= LARGEST_INLINE) return dataUri(picture);
  const form = new FormData();
  form.append('content', new Blob([picture.bytes], { type: picture.mime }), `${name}.${picture.mime.split('/')[1]}`);
  const { json } = await access.call({ method: 'POST', to: `${access.base}/files`, headers: bearerOf(access), form });
  const url = isRecord(json) && isRecord(json['urls']) ? json['urls']['get'] : undefined;
  if (typeof url !== 'string') throw answerTrouble('unreadable', NAME);
  return url;
}

function refOf(answer: unknown): JobRef {
  const { id, urls } = isRecord(answer) ? answer : {};
  const { get, cancel } = isRecord(urls) ? urls : {};
  if (![id, get, cancel].every((part) => typeof part === 'string')) throw answerTrouble('lost', NAME);
  return { id, get, cancel } as JobRef;
}

/** Tells how far a prediction is; what it made, once it has. Throws `ServiceTrouble` when it ended otherwise. */
function stepOf(prediction: Loose, access: JobWatch): JobMade | undefined {
  switch (prediction['status']) {
    case 'succeeded':
      return madeOf(prediction);
    case 'failed':
      throw failureIn(prediction);
    // Stopped by somebody else, or by a deadline while it was at work; `aborted`: before it was.
    case 'canceled':
      throw answerTrouble('cancelled', NAME, { mayCost: true });
    case 'aborted':
      throw answerTrouble('cancelled', NAME, { mayCost: false });
    case 'processing': {
      const fraction = fractionIn(prediction['logs']);
      access.report({ state: 'running', ...(fraction === undefined ? {} : { fraction }) });
      return undefined;
    }
    default:
      access.report({ state: 'queued' });
      return undefined;
  }
}

/** The last bar that the model drew into its logs: `45%|████▌     | 9/20 [00:03<00:04]`. */
function fractionIn(logs: unknown): number | undefined {
  const percents = typeof logs === 'string' ? [...logs.matchAll(/(\d+)%\|/g)] : [];
  const last = percents.at(-1)?.[1];
  return last === undefined ? undefined : Math.min(1, Number(last) / 100);
}

function madeOf({ output, data_removed: isRemoved, logs }: Loose): JobMade {
  const url = firstUrl(output);
  if (url === undefined) throw answerTrouble(isRemoved ? 'gone' : 'unreadable', NAME, { mayCost: true });
  const bytes = bytesOfDataUri(url);
  const made: Output = bytes ? { bytes } : { url };
  // Not a part of the answer; most models write it down.
  const seed = typeof logs === 'string' ? /^using seed: (\d+)\s*$/im.exec(logs)?.[1] : undefined;
  return { output: made, ...(seed === undefined ? {} : { seed: Number(seed) }) };
}

/** Models answer with an address, several of them, or an object that holds some. */
function firstUrl(output: unknown): string | undefined {
  if (typeof output === 'string') return /^(https?|data):/.test(output) ? output : undefined;
  if (typeof output !== 'object' || output === null) return undefined;
  for (const value of Object.values(output)) {
    const url = firstUrl(value);
    if (url !== undefined) return url;
  }
  return undefined;
}

/** What came of it, or went in, is against its rules. */
const HELD_BACK = 'E005';
/** Why a prediction failed. Replicate's own failures have a code in what it says; those of models are words alone. */
function failureIn({ error, metrics }: Loose): ServiceTrouble {
  const words = typeof error === 'string' ? error : '';
  const code = /\bE\d{3,4}\b/.exec(words)?.[0];
  const kind: TroubleKind = code === undefined ? 'unexplained' : code === HELD_BACK ? 'refused' : 'broken';
  // Time at work is charged for, whatever comes of it; one that never began has none.
  const mayCost = !isRecord(metrics) || Number(metrics['predict_time'] ?? 0) > 0;
  return answerTrouble(kind, NAME, { mayCost, ...(code ? { code } : {}) }, words);
}

/** What its titles mean where the status says less. */
const NO_SUCH_VERSION = 'Invalid version or not permitted';

/** `{ detail, error, title, status, invalid_fields: [{ type, field, description }] }` */
function classify(answer: Answer): ServiceTrouble {
  const { status } = answer;
  const { title, detail, error, invalid_fields: fields } = isRecord(answer.json) ? answer.json : {};
  const words = [detail, error].find((each): each is string => typeof each === 'string') ?? '';
  const kind: TroubleKind = title === NO_SUCH_VERSION ? 'retired' : kindOfStatus(status);
  // Its wait is told by a header, or in the sentence beside it.
  const seconds = status === 429 ? /resets in ~?(\d+)s/.exec(words)?.[1] : undefined;
  const trouble = answeredTrouble(NAME, kind, answer, {
    code: textOrNone(title),
    says: words,
    fields: refusedFieldsIn(fields),
  });
  if (seconds === undefined || trouble.facts.retryAfterMs !== undefined) return trouble;
  return new ServiceTrouble(kind, trouble.said, { ...trouble.facts, retryAfterMs: Number(seconds) * 1000 });
}
