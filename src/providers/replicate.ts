/**
 * Replicate: models as predictions. A model of theirs is asked by its name (`owner/name`), another by one of its
 * versions (`owner/name:version`).
 *
 * Nothing of ours is kept with a prediction that we could name a job by: a webhook, the one such field, has to be an
 * address that Replicate then calls. The list of predictions tells model, version, input and time of each, though, until
 * the input is removed after an hour. A job whose answer was lost is found there if exactly one could be it; what is not
 * found may have been sent all the same. See the table of what is looked up in `README.md`.
 */
import { sameData } from '../core/equal.ts';
import { isRecord, listIn, textOrNone, type Loose } from '../core/loose.ts';
import type { Access, Adapter, Answer, JobWatch, JobRef, JobMade, Looking, Output, PictureFile } from './adapter.ts';
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
/** A prediction that was asked for is there so soon, or the call was given up before it arrived. */
const TAKEN_WITHIN_MS = 60_000;
/** By how much clocks that are set by the network may differ. */
const CLOCKS_DIFFER_MS = 5000;
/** Of the list, 100 predictions each. */
const MOST_PAGES = 10;

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

  async lookup(_, access, request) {
    // A picture is sent as an address or as data, and no word says how either is told in the list.
    if (sentPictures(request).length > 0) throw answerTrouble('unreadable', NAME);
    const input = inputOf(request, () => '');
    const [model, version] = request.model.split(':');
    const isAlike = (one: Loose) =>
      one['source'] === 'api' &&
      one['model'] === model &&
      (version === undefined || one['version'] === version) &&
      sameData(one['input'], input);
    const listed = await predictionsOf(access);
    // After the list: whose prediction is in it was written down before.
    const others = await access.others();
    const alike = listed.filter((one) => isAlike(one) && !others.some(({ ref }) => ref?.['id'] === one['id']));
    const isOnlyOurs = !others.some(
      (other) =>
        !other.ref &&
        sameData(
          inputOf(other.request, () => ''),
          input,
        ),
    );
    // What is not there yet may come.
    if (alike.length !== 1 || !isOnlyOurs) throw answerTrouble('lost', NAME);
    return { job: refOf(alike[0]) };
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

/** All that were created when the job was sent, by anybody with this account. */
async function predictionsOf(access: Looking): Promise<readonly Loose[]> {
  const from = access.sentAt - CLOCKS_DIFFER_MS;
  const to = access.sentAt + TAKEN_WITHIN_MS + CLOCKS_DIFFER_MS;
  const when = { created_after: new Date(from).toISOString(), created_before: new Date(to).toISOString() };
  const all: Loose[] = [];
  let next: string | undefined = `${access.base}/predictions?${new URLSearchParams(when)}`;
  for (let page = 0; next; page++) {
    if (page === MOST_PAGES) throw answerTrouble('lost', NAME);
    const { json }: Answer = await access.call({ to: next, headers: bearerOf(access) });
    if (!isRecord(json) || !Array.isArray(json['results'])) throw answerTrouble('lost', NAME);
    all.push(...listIn(json['results']));
    next = textOrNone(json['next']);
  }
  return all.filter(({ created_at: at }) => typeof at === 'string' && Date.parse(at) >= from && Date.parse(at) < to);
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
