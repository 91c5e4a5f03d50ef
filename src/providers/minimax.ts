/**
 * MiniMax: Hailuo clips, as tasks of its API's second version. The first answers failures with 200 and a code in the
 * body, and parts of it stand before the second: every answer is read for one.
 *
 * There is no `lookup`. The list of tasks tells model, length and size of each, and neither prompt nor any name of
 * ours: two takes that differ in their words only cannot be told apart.
 *
 * Fields and codes: https://platform.minimax.io/docs/api-reference.
 */
import { isRecord, textOrNone, type Loose } from '../core/loose.ts';
import { own } from '../core/own.ts';
import { isVideoWork } from '../core/take.ts';
import type { JobRequest, ModelFields, NamedSizes } from '../routing/job-request.ts';
import type { Access, Adapter, Answer, Call, JobMade } from './adapter.ts';
import { answeredTrouble, answerTrouble, askedAfter } from './answer-trouble.ts';
import { bearerOf } from './bearer.ts';
import { cancelledIfQueued, contentsOf, endOfTask, notesOnContents } from './content-tasks.ts';
import { inputOf } from './fields.ts';
import { kindOfStatus, notItsWork, type ServiceTrouble, type TroubleKind } from './service-trouble.ts';
import { wholeNumbers } from './whole-numbers.ts';

const NAME = 'MiniMax';
const TASKS = '/v2/video_generation';
const QUERY = '/v2/query/video_generation';
const ASK_EVERY_MS = 5000;

export const minimax: Adapter = {
  id: 'minimax',
  version: 1,
  name: NAME,
  home: 'https://api.minimax.io',
  // Results lie in its own delivery, or in the object store of Alibaba that it rents.
  hosts: ['*.minimax.io', '*.minimaxi.com', '*.hailuoai.com', '*.hailuoai.video', '*.aliyuncs.com'],
  keyNames: ['MINIMAX_API_KEY'],
  keyPage: 'https://platform.minimax.io/user-center/basic-information/interface-key',
  atOnce: 2,
  longestMs: 2 * 60 * 60_000,

  async submit(request, access) {
    if (!isVideoWork(request.work)) throw notItsWork(NAME);
    const { prompt, ...parameters } = inputOf({ ...request, fields: fieldsFor(request) }, () => '');
    const content = await contentsOf(request, prompt, access);
    const json = { model: request.model, content, ...parameters };
    const answer = await ask({ method: 'POST', to: TASKS, json, pays: true }, access);
    const task = textOrNone(answer['task_id']);
    if (!task) throw answerTrouble('lost', NAME);
    return { job: { task } };
  },

  async follow({ task = '' }, access, request) {
    return madeOf(await endOfTask(() => taskCalled(task, access), ASK_EVERY_MS, access), request);
  },

  cancel: ({ task = '' }, access) =>
    cancelledIfQueued(
      () => taskCalled(task, access),
      () => ask({ method: 'DELETE', to: `${TASKS}/${encodeURIComponent(task)}` }, access),
    ),

  classify,

  async test(access) {
    await ask({ to: `${QUERY}?page_num=1&page_size=1` }, access);
  },
};

/** The answer's body; throws what it tells of, whatever its status. */
async function ask(call: Call, access: Access): Promise<Loose> {
  const answer = await access.call({ ...call, headers: bearerOf(access) });
  const failure = failureIn(answer.json);
  if (failure) throw classify({ ...answer, status: failure.status });
  return isRecord(answer.json) ? answer.json : {};
}

async function taskCalled(id: string, access: Access): Promise<Loose> {
  // A task that is not there, or another account's, makes a question invalid.
  const { task } = await askedAfter(NAME, ask({ to: `${QUERY}/${encodeURIComponent(id)}` }, access), [
    'retired',
    'invalid',
  ]);
  return isRecord(task) ? task : {};
}

const LINES: NamedSizes = { name: 'resolution', values: ['768P', '2K'] };
const RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16'];

const fieldsFor = ({ fields, still, lastFrame }: JobRequest): ModelFields => ({
  seed: 'seed',
  largestSeed: 2 ** 31 - 1,
  // A clip that begins or ends with a picture has its shape.
  size:
    still || lastFrame ? { as: 'lines', lines: LINES } : { as: 'ratio', name: 'ratio', values: RATIOS, lines: LINES },
  duration: { name: 'duration', as: 'number', values: wholeNumbers(5, 15) },
  ...(fields?.always ? { always: fields.always } : {}),
});

function madeOf(task: Loose, request: JobRequest): JobMade {
  const { status, content, seed } = task;
  if (status !== 'succeeded') throw endedBadly(task);
  const url = isRecord(content) ? textOrNone(content['url']) : undefined;
  if (!url) throw answerTrouble('unreadable', NAME, { mayCost: true });
  return {
    output: { url },
    ...(Number.isSafeInteger(seed) ? { seed: seed as number } : {}),
    notes: notesOnContents(request, NAME),
  };
}

function endedBadly({ status, error, usage }: Loose): ServiceTrouble {
  const { code: given, message } = isRecord(error) ? error : {};
  const code = codeOf(given) ?? String(status);
  // What it counts is what it charges for.
  const mayCost = isRecord(usage) && Number(usage['total_seconds']) > 0;
  const facts = { code, mayCost };
  if (status === 'cancelled') return answerTrouble('cancelled', NAME, facts);
  if (status === 'expired') return answerTrouble('endless', NAME, { ...facts, mayCost: true });
  const kind = own(CODES, code)?.kind;
  const isOfTheJob = kind === 'refused' || kind === 'invalid';
  return answerTrouble(isOfTheJob ? kind : 'broken', NAME, facts, textOrNone(message));
}

/** What its codes mean, and the status that the second version answers with them. */
const CODES: Readonly<Record<string, { readonly kind: TroubleKind; readonly status: number }>> = {
  '1000': { kind: 'broken', status: 500 },
  '1001': { kind: 'lost', status: 504 },
  '1002': { kind: 'busy', status: 429 },
  '1004': { kind: 'key', status: 401 },
  '1008': { kind: 'billing', status: 402 },
  '1024': { kind: 'broken', status: 500 },
  '1026': { kind: 'refused', status: 422 },
  '1027': { kind: 'refused', status: 422 },
  '1033': { kind: 'broken', status: 500 },
  '1039': { kind: 'busy', status: 429 },
  '2013': { kind: 'invalid', status: 400 },
  '2049': { kind: 'key', status: 401 },
};

interface Failure {
  readonly code: string | undefined;
  readonly status: number;
  readonly says: string | undefined;
}

/** `{ base_resp: { status_code, status_msg } }` of the first version, `{ type: 'error', error }` of the second. */
function failureIn(json: unknown): Failure | undefined {
  const { base_resp: base, error } = isRecord(json) ? json : {};
  if (isRecord(error)) {
    const code = codeOf(error['code']);
    const status = Number(error['http_code']) || own(CODES, code ?? '')?.status;
    return { code: code ?? textOrNone(error['type']), status: status ?? 400, says: textOrNone(error['message']) };
  }
  const code = isRecord(base) ? codeOf(base['status_code']) : undefined;
  if (!isRecord(base) || code === undefined || code === '0') return undefined;
  return { code, status: own(CODES, code)?.status ?? 400, says: textOrNone(base['status_msg']) };
}

const codeOf = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : textOrNone(value));

function classify(answer: Answer): ServiceTrouble {
  const { code, says } = failureIn(answer.json) ?? {};
  // It answers so where words or pictures are against its rules.
  const byStatus = answer.status === 422 ? 'refused' : kindOfStatus(answer.status);
  return answeredTrouble(NAME, own(CODES, code ?? '')?.kind ?? byStatus, answer, { code, says });
}
