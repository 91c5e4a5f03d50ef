/** What ComfyUI says went wrong, with the node it went wrong in. */
import { isRecord, type Loose } from '../core/loose.ts';
import { say, type Said } from '../core/say.ts';
import type { Answer } from './adapter.ts';
import { jsonOf, type Ended } from './comfyui-server.ts';
import { kindOfStatus, retryAfterOf, ServiceTrouble, type TroubleKind } from './service-trouble.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const LONGEST_WORDS = 300;
/** Their messages go on with advice and whole lists: the first line says it, and our sentences end by themselves. */
const short = (words: string): string => (words.split('\n')[0] ?? '').trim().slice(0, LONGEST_WORDS).replace(/\.$/, '');

export function classifyComfyUi({ status, headers, text: body }: Answer): ServiceTrouble {
  if (status === 400) return refusedWorkflow(jsonOf(body));
  const retryAfterMs = retryAfterOf(headers, Date.now());
  const facts = { status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (status === 413)
    return new ServiceTrouble('invalid', say('A picture is larger than ComfyUI takes.'), {
      ...facts,
      hint: say('Start ComfyUI with a larger --max-upload-size.'),
    });
  // It has no models by address: what is not found is a file or a job.
  if (status === 404) return new ServiceTrouble('gone', say('ComfyUI no longer has what it made.'), facts);
  if (status === 401 || status === 403)
    return new ServiceTrouble('key', say('ComfyUI turned us away ({0}).', status), {
      ...facts,
      hint: say('It is behind a login, or takes requests of its own page only.'),
    });
  return new ServiceTrouble(kindOfStatus(status), say('ComfyUI answered with error {0}.', status), facts);
}

/** Inputs that name a file of a model. */
const MODEL_FILE = /^(ckpt|unet|vae|clip|lora|model|control_net|upscale_model|style_model)_name\d?$/;

/** `{ error, node_errors }`: a workflow that was looked over and not taken. */
function refusedWorkflow(json: unknown): ServiceTrouble {
  const { error, node_errors: nodes } = isRecord(json) ? json : {};
  const [first, ...others] = refusedNodes(nodes);
  if (first) {
    const { name, at, words, type, input } = first;
    const kind: TroubleKind = type === 'value_not_in_list' && MODEL_FILE.test(input) ? 'retired' : 'invalid';
    return new ServiceTrouble(kind, say('ComfyUI does not take {0} (node {1}): {2}.', name, at, words), {
      status: 400,
      code: type,
      ...(others.length > 0 ? { hint: say('Nor does it take these: {0}.', inOneLine(others)) } : {}),
    });
  }
  const { type, message, details } = isRecord(error) ? error : {};
  const facts = { status: 400, code: text(type) };
  if (type === 'prompt_no_outputs')
    return new ServiceTrouble('invalid', say('The workflow saves no picture and no clip.'), {
      ...facts,
      hint: say('Add a node such as Save Image to it.'),
    });
  const words = short([...new Set([text(message), text(details)])].filter(Boolean).join(' '));
  return new ServiceTrouble(
    'invalid',
    words ? say('ComfyUI: {0}.', words) : say('ComfyUI did not take the request.'),
    facts,
  );
}

interface RefusedNode {
  readonly name: string;
  readonly at: string;
  /** All that is wrong with it, each with the input it is in. */
  readonly words: string;
  /** The code of the first of it, and the input. */
  readonly type: string;
  readonly input: string;
}

function refusedNodes(nodes: unknown): readonly RefusedNode[] {
  return Object.entries(isRecord(nodes) ? nodes : {}).flatMap(([at, found]) => {
    if (!isRecord(found)) return [];
    const errors = (Array.isArray(found['errors']) ? (found['errors'] as unknown[]) : []).filter(isRecord);
    const name = text(found['class_type']);
    const { type, extra_info: extra } = errors[0] ?? {};
    const words = short(errors.map(({ message, details }) => short(wordsOf(message, details))).join('; '));
    return [{ name, at, words, type: text(type), input: isRecord(extra) ? text(extra['input_name']) : '' }];
  });
}

/** The details of what is out of range are the name of the input; other messages say the same in longer words. */
const wordsOf = (message: unknown, details: unknown): string =>
  (/^\w+$/.test(text(details)) ? [text(details), text(message)] : [text(message), text(details)])
    .filter(Boolean)
    .join(': ');

const inOneLine = (nodes: readonly RefusedNode[]): string =>
  short(nodes.map(({ name, at, words }) => `${name} (${at}): ${words}`).join('; '));

/**
 * A workflow of several ends is taken where one of them is right, and the others are left out: what was wrong with them, for
 * what was taken.
 */
export function leftOutOf(json: unknown): Said | undefined {
  const nodes = refusedNodes(isRecord(json) ? json['node_errors'] : undefined);
  return nodes.length > 0 ? say('ComfyUI left out a part of the workflow: {0}.', inOneLine(nodes)) : undefined;
}

/** Why a job that ended has made nothing; `undefined` where it went well. */
export function failureIn({ messages }: Ended): ServiceTrouble | undefined {
  for (const [event, data] of messages) {
    if (event === 'execution_interrupted') return new ServiceTrouble('cancelled', say('It was stopped in ComfyUI.'));
    if (event === 'execution_error') return failedNode(data);
  }
  return undefined;
}

function failedNode(data: Loose): ServiceTrouble {
  const type = text(data['exception_type']);
  const node = text(data['node_type']) || '?';
  const id = text(data['node_id']) || '?';
  // `torch.cuda.OutOfMemoryError`, `torch.OutOfMemoryError`
  if (/OutOfMemory/.test(type))
    return new ServiceTrouble('broken', say('ComfyUI ran out of memory in {0} (node {1}).', node, id), {
      code: type,
      hint: say('Ask for a smaller picture, or for a model that needs less memory.'),
    });
  const words = short(text(data['exception_message'])) || type;
  return new ServiceTrouble('broken', say('ComfyUI failed in {0} (node {1}): {2}.', node, id, words), { code: type });
}

/** What a workflow needs and ComfyUI does not have. */
export const missingNode = (name: string): ServiceTrouble =>
  new ServiceTrouble('invalid', say('ComfyUI has no node {0}.', name), {
    hint: say('Install the extension it comes from, and start ComfyUI again.'),
  });

export const gone = (hint?: Said): ServiceTrouble =>
  new ServiceTrouble('gone', say('ComfyUI no longer knows this job.'), {
    hint: hint ?? say('It was started again, or the job was removed from its queue or its history.'),
  });
