/**
 * What ComfyUI tells on its WebSocket: how far a job is, and pictures of what is not finished. Only ever a hint: a
 * message can be lost, and the server forgets a listener whose namesake hangs up, so what counts is read from its
 * history.
 */
import { isRecord, type Loose } from '../core/loose.ts';
import { nodesBefore } from '../file/comfyui-links.ts';
import type { WorkflowGraph, WorkflowNode } from '../routing/own-workflow.ts';
import type { JobWatch, PictureFile } from './adapter.ts';
import { jsonOf, type ComfyJob } from './comfyui-server.ts';

/** A silent line is tried again after so long. */
const SILENCE_MS = 20_000;

export interface Events {
  /** Settles when something was told that is worth looking after. */
  news(): Promise<void>;
  /** Listens again where nothing is heard any more. */
  keepListening(graph: WorkflowGraph): void;
  readonly isListening: boolean;
  close(): void;
}

/** Messages after which a job is over. */
const LAST = new Set(['execution_success', 'execution_error', 'execution_interrupted']);

export function eventsOf({ prompt, client }: ComfyJob, access: JobWatch): Events {
  let socket: WebSocket | undefined;
  let isClosing = false;
  let heardAt = access.now();
  let progress: ((event: string, data: Loose) => number | undefined) | undefined;
  let wake = () => {};
  let news = new Promise<void>((resolve) => (wake = resolve));
  const tell = () => {
    wake();
    news = new Promise((resolve) => (wake = resolve));
  };

  const hear = (data: unknown): void => {
    heardAt = access.now();
    if (data instanceof ArrayBuffer) {
      const picture = previewIn(new Uint8Array(data));
      return picture && access.preview(picture);
    }
    const message = typeof data === 'string' ? jsonOf(data) : undefined;
    if (!isRecord(message) || typeof message['type'] !== 'string' || !isRecord(message['data'])) return;
    const { type, data: facts } = message as { type: string; data: Loose };
    // Of other jobs, where somebody else listens under our name.
    if (facts['prompt_id'] !== undefined && facts['prompt_id'] !== prompt) return;
    const isOver = LAST.has(type) || (type === 'executing' && facts['node'] === null);
    if (isOver) return tell();
    const fraction = progress?.(type, facts);
    if (fraction !== undefined) access.report({ state: 'running', fraction });
  };

  const listen = (): void => {
    isClosing = false;
    heardAt = access.now();
    const opened = access.socket(`/ws?clientId=${encodeURIComponent(client)}`);
    socket = opened;
    opened.binaryType = 'arraybuffer';
    opened.addEventListener('message', ({ data }) => hear(data));
    // A refused line closes too; an error without a listener would be thrown.
    opened.addEventListener('error', () => {});
    opened.addEventListener('close', () => {
      socket = undefined;
    });
  };

  return {
    news: () => news,
    get isListening() {
      return socket?.readyState === 1;
    },
    keepListening(graph) {
      progress ??= progressOf(graph);
      if (!socket) return listen();
      // The old line is gone before a new one opens: when it goes, the server forgets whoever has its name.
      if (access.now() - heardAt < SILENCE_MS || isClosing) return;
      isClosing = true;
      socket.close();
    },
    close: () => socket?.close(),
  };
}

/** Sampling and encoding take nearly all the time; the rest is done at once. */
const weightOf = ({ class_type: type }: WorkflowNode): number =>
  /sampler|upscale.*model|videocombine|savevideo|savewebm/i.test(type) ? 20 : 1;

/**
 * Adds up messages to how much of a graph is done, 0…1; `undefined` where it is no more than before. What a node is made
 * from is done when the node is begun: of what is in its cache ComfyUI says so once, when nobody may be listening yet.
 */
export function progressOf(graph: WorkflowGraph): (event: string, data: Loose) => number | undefined {
  const weights = new Map(Object.entries(graph).map(([id, node]) => [id, weightOf(node)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const done = new Map<string, number>();
  let current: string | undefined;
  let most = -1;
  const raise = (id: string, fraction: number) => {
    if (weights.has(id)) done.set(id, Math.max(done.get(id) ?? 0, fraction));
  };
  const set = (node: unknown, fraction: number) => {
    if (typeof node !== 'string') return;
    if (!done.has(node)) for (const before of nodesBefore(graph, node)) raise(before, 1);
    raise(node, fraction);
  };
  const share = ({ value, max }: Loose): number => (Number(max) > 0 ? Math.min(1, Number(value) / Number(max)) : 0);

  return (event, data) => {
    switch (event) {
      case 'execution_cached':
        if (Array.isArray(data['nodes'])) for (const node of data['nodes'] as unknown[]) set(node, 1);
        break;
      case 'executing':
        if (current !== data['node']) set(current, 1);
        current = typeof data['node'] === 'string' ? data['node'] : undefined;
        set(current, 0);
        break;
      case 'executed':
        set(data['node'], 1);
        break;
      case 'progress':
        set(data['node'], share(data));
        break;
      case 'progress_state':
        for (const [id, node] of Object.entries(isRecord(data['nodes']) ? data['nodes'] : {}))
          if (isRecord(node)) set(id, node['state'] === 'finished' ? 1 : share(node));
        break;
      default:
        return undefined;
    }
    const sum = [...done].reduce((before, [id, fraction]) => before + weights.get(id)! * fraction, 0);
    if (total === 0 || sum / total <= most) return undefined;
    most = sum / total;
    return most;
  };
}

/** What a binary message is: its first four bytes. */
const PREVIEW = 1;
const PREVIEW_WITH_FACTS = 4;

/** The picture in a binary message. Extensions send others of their own: what does not begin like a picture is none. */
export function previewIn(message: Uint8Array<ArrayBuffer>): PictureFile | undefined {
  if (message.length < 12) return undefined;
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const kind = view.getUint32(0);
  if (kind !== PREVIEW && kind !== PREVIEW_WITH_FACTS) return undefined;
  // After its kind: the format of the picture, or how long the facts before it are.
  const start = kind === PREVIEW ? 8 : 8 + view.getUint32(4);
  const bytes = message.slice(start);
  const begins = (...signs: readonly number[]) => signs.every((sign, at) => bytes[at] === sign);
  if (begins(0xff, 0xd8, 0xff)) return { bytes, mime: 'image/jpeg' };
  if (begins(0x89, 0x50, 0x4e, 0x47)) return { bytes, mime: 'image/png' };
  return undefined;
}
