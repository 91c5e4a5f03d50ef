/**
 * Cliprise: one key for models of many vendors, as tasks. It refuses inside answers of 200, and answers with an object
 * or with a list of one.
 *
 * A task is asked after with the key in the address: that address is put together for each question and is kept
 * nowhere, and what is told of a connection that breaks names no address.
 *
 * There is no `lookup` and no `cancel`: it has no list of tasks, and none can be taken back.
 *
 * Fields: https://www.cliprise.app/docs/cliprise-api-docs.md. What a model calls its inputs is for the catalog to say.
 */
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { say, type Said } from '../core/say.ts';
import { isVideoWork } from '../core/take.ts';
import type { JobRequest } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, JobWatch, Output, Submitting } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { dataUri } from './data-uri.ts';
import { inputOf, sentPictures } from './fields.ts';
import { kindOfStatus, notItsWork, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const NAME = 'Cliprise';
/** It refuses what reaches it under any other name, so an address of one's own has to pass requests on under this. */
const HOST = 'business.api.cliprise.app';
const ASK_EVERY_MS = 5000;
/**
 * It takes nothing without an address to call back, and does not promise to call: tasks are asked after in any case.
 * A gateway on somebody's own computer has none that could be called; `.invalid` is reserved and never leads anywhere.
 */
const NOBODY = 'https://callback.invalid/';

export const cliprise: Adapter = {
  id: 'cliprise',
  version: 1,
  name: NAME,
  home: `https://${HOST}/app/cliprise`,
  hosts: ['*.cliprise.app'],
  keyNames: ['CLIPRISE_API_KEY'],
  keyPage: 'https://www.cliprise.app/docs/cliprise-api-docs.html',
  atOnce: 2,
  longestMs: 2 * 60 * 60_000,

  async submit(request, access) {
    const json = await bodyFor(request, access);
    const answer = await access.call({ method: 'POST', to: '/generate', headers: bearerOf(access), json, pays: true });
    const task = textOrNone(accepted(answer)['taskId']);
    if (!task) throw answerTrouble('lost', NAME);
    return { job: { task } };
  },

  async follow({ task = '' }, access, request) {
    for (;;) {
      const { status, fileURL, msg } = await taskCalled(task, access);
      if (status === 'success') {
        const url = textOrNone(fileURL);
        if (!url) throw answerTrouble('unreadable', NAME, { mayCost: true });
        return { output: outputAt(url, task, access), notes: notesOn(request) };
      }
      // Only tasks that succeed are charged for. Why one did not is said in words alone.
      if (FAILED.includes(status)) throw answerTrouble('unexplained', NAME, { mayCost: false }, textOrNone(msg));
      access.report({ state: 'running' });
      await access.pause(ASK_EVERY_MS);
    }
  },

  classify,

  /** There is no call that only says whether a key is right: a task that is not there is asked after. */
  async test(access) {
    try {
      accepted(await access.call({ to: questionFor('none', access) }));
    } catch (thrown) {
      const isOfTheTask = thrown instanceof ServiceTrouble && ABSENT.includes(thrown.kind);
      if (!isOfTheTask) throw thrown;
    }
  },
};

/** How a task ends otherwise; whatever else it is called goes on. */
const FAILED: readonly unknown[] = ['fail', 'failed', 'error'];
/** What it says of tasks it does not know. */
const ABSENT: readonly TroubleKind[] = ['retired', 'invalid'];

const questionFor = (task: string, { key = '' }: Access): string =>
  `/status?apiKey=${encodeURIComponent(key)}&taskId=${encodeURIComponent(task)}`;

async function taskCalled(id: string, access: JobWatch): Promise<Loose> {
  const question = access.call({ to: questionFor(id, access) }).then(accepted);
  return askedAfter(NAME, question, ABSENT);
}

/** The address it tells holds the key, which is taken out of every answer: it is put together anew. */
const outputAt = (told: string, task: string, access: JobWatch): Output =>
  URL.canParse(told) && new URL(told).searchParams.has('apiKey')
    ? { url: `${access.base}${questionFor(task, access)}&download=true` }
    : { url: told };

/** These have their fields beside the model's name, where others have them in `input`. */
const WITHOUT_INPUT = ['gpt-image-1', 'runway-aleph'];

async function bodyFor(request: JobRequest, access: Submitting): Promise<Loose> {
  const { model, still } = request;
  const pictures = sentPictures(request);
  // Nobody has written down how the model takes it.
  if (still && !pictures.some(({ picture }) => picture === still.picture)) throw notItsWork(NAME);
  const uris = new Map<string, string>();
  for (const { picture } of pictures) uris.set(picture, dataUri(await access.picture(picture)));
  const { options, ...fields } = inputOf(request, (picture) => uris.get(picture) ?? '');
  return {
    model,
    callBackUrl: NOBODY,
    ...(WITHOUT_INPUT.includes(model) ? fields : { input: fields }),
    // A text with JSON in it.
    ...(options === undefined ? {} : { options: typeof options === 'string' ? options : JSON.stringify(options) }),
  };
}

/** Its models name seed, shape and length each in their own way, and nobody has written all of it down. */
function notesOn({ work, seed, fields }: JobRequest): readonly Said[] {
  const isWhole = fields?.size && (seed === undefined || fields.seed) && (!isVideoWork(work) || fields.duration);
  return isWhole
    ? []
    : [say('Not all that was asked for was sent: nobody has written down what it is called at {0}.', say(NAME))];
}

// Errors

const bodyOf = (json: unknown): Loose => {
  const first: unknown = Array.isArray(json) ? json[0] : json;
  return isRecord(first) ? first : {};
};

/** The body of an answer that is no refusal; its code takes the place of the status then. */
function accepted(answer: Answer): Loose {
  const body = bodyOf(answer.json);
  const code = Number(body['code'] ?? 200);
  if (code < 400) return body;
  throw classify({ ...answer, status: code });
}

/** What its codes mean where the status says less. */
const KIND_OF_CODE: Readonly<Record<string, TroubleKind>> = { invalid_api_key: 'key' };

/** `{ code, msg }`, or `{ code, error: { code, message } }`. */
function classify(answer: Answer): ServiceTrouble {
  const { msg, error } = bodyOf(answer.json);
  const { code: given, message } = isRecord(error) ? error : {};
  const code = textOrNone(given);
  const kind = own(KIND_OF_CODE, code ?? '') ?? kindOfStatus(answer.status);
  return answeredTrouble(NAME, kind, answer, { code, says: textOrNone(message) ?? textOrNone(msg) });
}
