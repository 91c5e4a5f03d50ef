/** How ComfyUI's server is asked: for its nodes, its queue, what it has done, and for taking a picture. */
import { withoutBareNumbers } from '../core/json.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { say } from '../core/say.ts';
import { readNodeKinds, type NodeKinds } from '../file/comfyui-nodes.ts';
import type { WorkflowGraph } from '../routing/own-workflow.ts';
import type { Access, Call, JobRef, PictureFile } from './adapter.ts';
import { ServiceTrouble } from './service-trouble.ts';

/** How ComfyUI knows a job, and whom it tells about it. */
export interface ComfyJob extends JobRef {
  readonly prompt: string;
  readonly client: string;
}

/** A job that ended: what it made, and what was told on the way. */
export interface Ended {
  readonly outputs: Loose;
  readonly messages: readonly (readonly [string, Loose])[];
}
/** A job that waits or runs. */
export interface Queued {
  readonly prompt: string;
  readonly client: string | undefined;
  /** As it was sent. */
  readonly graph: WorkflowGraph;
}
export interface ComfyQueue {
  readonly running: readonly Queued[];
  /** The next one first. */
  readonly pending: readonly Queued[];
}

/** Nodes that are asked for at once. */
const AT_ONCE = 8;

/** Python writes numbers into JSON that JSON does not have: defaults of nodes, marks of changed files. */
export function jsonOf(text: string): unknown {
  for (const each of [() => text, () => withoutBareNumbers(text)]) {
    try {
      return JSON.parse(each()) as unknown;
    } catch {
      // The second reading is for those numbers; what is not JSON then is none.
    }
  }
  return undefined;
}

/** An answer that is a record. Whatever else answers so is not ComfyUI. */
export async function ask(access: Access, to: string, call: Omit<Call, 'to'> = {}): Promise<Loose> {
  const bytes = await access.bytes({ ...call, to }).catch((thrown: unknown) => {
    throw thrown instanceof ServiceTrouble && thrown.facts.status === 404 ? notComfyUi(access) : thrown;
  });
  const json = jsonOf(new TextDecoder().decode(bytes));
  // Half an answer, or the page of a proxy: another question may be answered.
  if (json === undefined) throw notComfyUi(access, 'lost');
  if (!isRecord(json)) throw notComfyUi(access);
  return json;
}
export const notComfyUi = ({ base }: Access, kind: 'broken' | 'lost' = 'broken') =>
  new ServiceTrouble(kind, say('What answers at {0} is not ComfyUI.', base), {
    hint: say('Check the address, and which program listens there.'),
  });

/** What ComfyUI says of the nodes with these names; those that it does not have are missing. */
export async function nodeFacts(access: Access, names: Iterable<string>): Promise<Loose> {
  const left = [...new Set(names)];
  const facts: (readonly [string, unknown])[] = [];
  const work = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop())
      facts.push(...Object.entries(await ask(access, `/object_info/${encodeURIComponent(name)}`)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return Object.fromEntries(facts);
}
/** The same, read. */
export const nodeKinds = async (access: Access, names: Iterable<string>): Promise<NodeKinds> =>
  readNodeKinds(await nodeFacts(access, names));

const EXTENSION: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/**
 * Gives ComfyUI a picture. Its name is made of its content, so that the same one is never stored twice.
 * @returns what a Load Image node calls it
 */
export async function upload(access: Access, { bytes, mime }: PictureFile): Promise<string> {
  const name = `${(await digest(bytes)).slice(0, 32)}.${EXTENSION[mime] ?? 'png'}`;
  const form = new FormData();
  form.set('image', new Blob([bytes], { type: mime }), name);
  form.set('subfolder', 'triptych');
  form.set('type', 'input');
  const { name: given, subfolder } = await ask(access, '/upload/image', { method: 'POST', form });
  if (typeof given !== 'string') throw notComfyUi(access);
  return typeof subfolder === 'string' && subfolder ? `${subfolder}/${given}` : given;
}

/** Names of our choosing, the same for the same take: a job is found again by them. */
export async function jobOf(id: string): Promise<ComfyJob> {
  const hex = await digest(new TextEncoder().encode(`triptych ${id}`));
  // A UUID of the version that leaves its bits to us, RFC 9562.
  const prompt = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
  return { prompt, client: `triptych-${hex.slice(32, 56)}` };
}
async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a job made, once it has ended. `undefined`: it has not, or nobody knows of it. */
export async function ended(access: Access, prompt: string): Promise<Ended | undefined> {
  const history = await ask(access, `/history/${prompt}`);
  return isRecord(history[prompt]) ? endedIn(history[prompt]) : undefined;
}
function endedIn(entry: Loose): Ended {
  const status = isRecord(entry['status']) ? entry['status'] : {};
  const messages = Array.isArray(status['messages']) ? (status['messages'] as unknown[]) : [];
  return {
    outputs: isRecord(entry['outputs']) ? entry['outputs'] : {},
    messages: messages.flatMap((message): [string, Loose][] => {
      const [event, data] = Array.isArray(message) ? (message as unknown[]) : [];
      return typeof event === 'string' ? [[event, isRecord(data) ? data : {}]] : [];
    }),
  };
}

export async function queueOf(access: Access): Promise<ComfyQueue> {
  const { queue_running: running, queue_pending: pending } = await ask(access, '/queue');
  if (!Array.isArray(running) || !Array.isArray(pending)) throw notComfyUi(access);
  const byNumber = (pending as unknown[]).filter(Array.isArray).sort(([a], [b]) => Number(a) - Number(b));
  return { running: (running as unknown[]).flatMap(queued), pending: byNumber.flatMap(queued) };
}
/** `[number, prompt id, graph, extra data, outputs]` */
function queued(entry: unknown): Queued[] {
  if (!Array.isArray(entry)) return [];
  const [, prompt, graph, extra] = entry as unknown[];
  if (typeof prompt !== 'string') return [];
  const client = isRecord(extra) ? extra['client_id'] : undefined;
  return [
    { prompt, client: typeof client === 'string' ? client : undefined, graph: isRecord(graph) ? graphIn(graph) : {} },
  ];
}

/** Extensions may have put in what is no node. */
const graphIn = (graph: Loose): WorkflowGraph =>
  Object.fromEntries(
    Object.entries(graph).flatMap(([id, node]) =>
      isRecord(node) && typeof node['class_type'] === 'string' && isRecord(node['inputs'])
        ? [[id, { class_type: node['class_type'], inputs: node['inputs'] }] as const]
        : [],
    ),
  );

/**
 * The job, by the name we gave it; servers that gave it another one know it by the client it was made for.
 */
export async function findJob(access: Access, { prompt, client }: ComfyJob): Promise<ComfyJob | undefined> {
  const { running, pending } = await queueOf(access);
  const waiting = [...running, ...pending].find((each) => each.prompt === prompt || each.client === client);
  if (waiting) return { prompt: waiting.prompt, client };
  // What is no longer in the queue is in the history by then.
  if (await ended(access, prompt)) return { prompt, client };
  const history = await ask(access, '/history?max_items=200');
  for (const [name, entry] of Object.entries(history)) {
    const [known] = isRecord(entry) ? queued(entry['prompt']) : [];
    if (known?.client === client) return { prompt: name, client };
  }
  return undefined;
}
