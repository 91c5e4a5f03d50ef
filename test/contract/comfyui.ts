/**
 * ComfyUI as it behaves: a queue that makes one job at a time, node by node; a history of what was made; a WebSocket
 * that tells whoever listens under the name a job was sent with. Compared with the real server (version 0.3.64).
 */
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { WorkflowGraph } from '../../src/routing/own-workflow.ts';
import { fileStore, hashOf, pictureOf } from './comfyui-files.ts';
import { objectInfo, type Models } from './comfyui-nodes.ts';
import { faultsIn, type GraphFault } from './comfyui-checks.ts';
import { startDouble, type Answered, type Asked, type Double } from './double.ts';

type Message = readonly [string, Readonly<Record<string, unknown>>];
interface Item {
  readonly number: number;
  readonly id: string;
  readonly graph: WorkflowGraph;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly outputs: readonly string[];
}
interface Outcome {
  readonly prompt: readonly unknown[];
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly meta: object;
  readonly status: {
    readonly status_str: 'success' | 'error';
    readonly completed: boolean;
    readonly messages: Message[];
  };
}

export interface ComfyDouble extends Double {
  /** Stops before nodes of this type, and before every step of samplers, until `go`; settles when it stands there. */
  hold(at?: string): Promise<void>;
  go(): void;
  /** Hangs up on everybody who listens. */
  hangUp(): void;
  /** Starts again: what waited, ran or was made is forgotten, and files of previews with it. */
  restart(): void;
  /** Jobs that were sent, in order. */
  readonly graphs: readonly WorkflowGraph[];
  /** Under which names somebody listens. */
  readonly listeners: readonly string[];
  /** How often somebody began to listen. */
  readonly calls: number;
  /** Pictures it was given. */
  readonly uploads: ReadonlyMap<string, Buffer>;
  readonly files: Map<string, Uint8Array>;
}

const STEPS = 4;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
class Failed extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
class Interrupted extends Error {}

/** `knowsNames`: older servers do not let us choose how a job is called. */
export async function startComfyUi(models: Models = {}, { knowsNames = true } = {}): Promise<ComfyDouble> {
  const sockets = new Map<string, WebSocket>();
  const store = fileStore();
  const graphs: WorkflowGraph[] = [];
  const cache = new Map<string, unknown>();
  let queue: Item[] = [];
  let running: Item | undefined;
  let history = new Map<string, Outcome>();
  let current: string | undefined;
  let isInterrupted = false;
  let calls = 0;
  let count = 0;
  let life = 0;
  let held:
    | { readonly at: string; readonly open: Promise<void>; readonly go: () => void; readonly stand: () => void }
    | undefined;
  const standing = async (at: string) => {
    if (held?.at !== at) return;
    held.stand();
    await held.open;
  };
  const info = () => objectInfo({ ...models, pictures: [...store.uploads.keys()] });

  const send = (client: unknown, type: string, data: Readonly<Record<string, unknown>>) =>
    sockets.get(String(client))?.send(JSON.stringify({ type, data }));
  const status = () => ({ status: { exec_info: { queue_remaining: queue.length + (running ? 1 : 0) } } });
  const tellAll = () => {
    for (const client of sockets.keys()) send(client, 'status', status());
  };

  async function work(): Promise<void> {
    if (running) return;
    for (const born = life; born === life;) {
      queue.sort((a, b) => a.number - b.number);
      running = queue.shift();
      if (!running) return;
      tellAll();
      const outcome = await run(running);
      if (born !== life) return;
      history.set(running.id, outcome);
      const { extra, id } = running;
      running = undefined;
      tellAll();
      send(extra['client_id'], 'executing', { node: null, prompt_id: id });
    }
  }

  async function run({ number, id, graph, extra, outputs }: Item): Promise<Outcome> {
    const client = extra['client_id'];
    const messages: Message[] = [];
    const results: Record<string, unknown> = {};
    const states: Record<string, { readonly max: number }> = {};
    const tell = (type: string, data: Readonly<Record<string, unknown>>) => {
      const whole = { ...data, prompt_id: id, timestamp: Date.now() };
      messages.push([type, whole]);
      send(client, type, whole);
    };
    const state = (node: string, value: number, max: number, at: string) => {
      states[node] = Object.assign({ value, max }, { state: at, node_id: node, prompt_id: id });
      send(client, 'progress_state', { prompt_id: id, nodes: states });
    };
    isInterrupted = false;
    const recipeOf = (node: string): unknown => {
      const { class_type: type, inputs } = graph[node]!;
      const given = Object.entries(inputs).map(([name, value]) => [
        name,
        Array.isArray(value) ? recipeOf(value[0] as string) : value,
      ]);
      return [type, given];
    };
    const order: string[] = [];
    const visit = (node: string) => {
      if (order.includes(node)) return;
      for (const value of Object.values(graph[node]!.inputs)) if (Array.isArray(value)) visit(value[0] as string);
      order.push(node);
    };
    outputs.forEach(visit);
    const keyOf = (node: string) => hashOf(recipeOf(node)).toString('hex');
    tell('execution_start', {});
    tell('execution_cached', { nodes: order.filter((node) => cache.has(keyOf(node))) });
    let at = order[0]!;
    try {
      for (at of order) {
        await turn();
        const key = keyOf(at);
        const known = cache.get(key);
        if (known !== undefined) {
          if (known) results[at] = known;
          // Of what is in its cache, it only tells of what was to be shown.
          if (!outputs.includes(at)) continue;
          send(client, 'executed', { node: at, display_node: at, output: known || null, prompt_id: id });
          state(at, 1, 1, 'finished');
          continue;
        }
        current = at;
        state(at, 0, 1, 'running');
        send(client, 'executing', { node: at, display_node: at, prompt_id: id });
        const made = await execute(at);
        if (made) {
          results[at] = made;
          send(client, 'executed', { node: at, display_node: at, output: made, prompt_id: id });
        }
        cache.set(key, made ?? false);
        const { max } = states[at]!;
        state(at, max, max, 'finished');
      }
      tell('execution_success', {});
    } catch (thrown) {
      const facts = { node_id: at, node_type: graph[at]!.class_type, executed: Object.keys(results) };
      if (thrown instanceof Interrupted) tell('execution_interrupted', facts);
      else {
        const { type, message } = thrown as Failed;
        tell('execution_error', {
          ...facts,
          exception_type: type,
          exception_message: `${message}\n`,
          traceback: ['…'],
        });
      }
    }
    const isWhole = messages.at(-1)?.[0] === 'execution_success';
    return {
      prompt: [number, id, graph, extra, outputs],
      outputs: results,
      meta: {},
      status: { status_str: isWhole ? 'success' : 'error', completed: isWhole, messages },
    };

    async function execute(node: string): Promise<unknown> {
      const { class_type: type, inputs } = graph[node]!;
      await standing(type);
      if (isInterrupted) throw new Interrupted();
      if (/^KSampler$|^SamplerCustom/.test(type)) await sample(node);
      if (type !== 'SaveImage' && type !== 'PreviewImage' && type !== 'SaveVideo') return undefined;
      const named = inputs['filename_prefix'];
      const prefix = typeof named === 'string' ? named : 'ComfyUI_temp';
      const file = store.save(
        prefix,
        type === 'PreviewImage' ? 'temp' : 'output',
        type === 'SaveVideo',
        recipeOf(node),
      );
      return { images: [file], ...(type === 'SaveVideo' ? { animated: [true] } : {}) };
    }

    async function sample(node: string): Promise<void> {
      const words = JSON.stringify(recipeOf(node));
      for (let step = 1; step <= STEPS; step++) {
        await standing(graph[node]!.class_type);
        await turn();
        if (isInterrupted) throw new Interrupted();
        if (words.includes('[[out of memory]]')) throw new Failed('torch.OutOfMemoryError', 'Allocation on device');
        if (words.includes('[[fail]]')) throw new Failed('RuntimeError', 'mat1 and mat2 shapes cannot be multiplied');
        state(node, step, STEPS, 'running');
        send(client, 'progress', { value: step, max: STEPS, prompt_id: id, node });
        const head = Buffer.alloc(8);
        head.writeUInt32BE(1, 0);
        head.writeUInt32BE(2, 4);
        sockets.get(String(client))?.send(Buffer.concat([head, pictureOf([words, step])]));
      }
    }
  }

  function prompt({ json }: Asked): Answered {
    const {
      prompt: graph,
      prompt_id: name,
      client_id: client,
      extra_data: extra,
      number,
    } = json as {
      prompt?: WorkflowGraph;
      prompt_id?: string;
      client_id?: string;
      extra_data?: object;
      number?: number;
    };
    const refused = (error: GraphFault, nodes = {}) => ({
      status: 400,
      body: { error: { details: '', extra_info: {}, ...error }, node_errors: nodes },
    });
    if (!graph) return refused({ type: 'no_prompt', message: 'No prompt provided', details: 'No prompt provided' });
    const checked = faultsIn(graph, info());
    if ('error' in checked) return refused(checked.error, checked.nodes);
    const id = knowsNames && name ? name : hashOf([graphs.length]).toString('hex').slice(0, 32);
    graphs.push(graph);
    const item = {
      number: number ?? count++,
      id,
      graph,
      extra: { ...extra, ...(client ? { client_id: client } : {}) },
      outputs: checked.outputs,
    };
    queue.push(item);
    tellAll();
    setImmediate(() => void work());
    return { body: { prompt_id: id, number: item.number, node_errors: checked.nodes } };
  }

  const listed = ({ number, id, graph, extra, outputs }: Item) => [number, id, graph, extra, outputs];
  const entries = (some: Iterable<[string, Outcome]>) => ({ body: Object.fromEntries(some) });
  /** As Python writes it. */
  const python = (body: unknown) => ({
    body: JSON.stringify(body, (_, value: unknown) => (value === Infinity ? '∞' : value)).replaceAll('"∞"', 'Infinity'),
  });
  const nothing = { body: '' };

  const server = new WebSocketServer({ noServer: true });
  const double = await startDouble(
    () => [
      { method: 'POST', path: /^\/prompt$/, at: 'submit', answer: prompt },
      {
        method: 'GET',
        path: /^\/history\/([^/]+)$/,
        at: 'status',
        answer: (_, [, id]) => entries([...history].filter(([each]) => each === id)),
      },
      {
        method: 'GET',
        path: /^\/history$/,
        answer: ({ query }) => entries([...history].slice(-Number(query.get('max_items') ?? 1e9))),
      },
      {
        method: 'GET',
        path: /^\/queue$/,
        answer: () => ({ body: { queue_running: running ? [listed(running)] : [], queue_pending: queue.map(listed) } }),
      },
      {
        method: 'POST',
        path: /^\/queue$/,
        answer({ json }) {
          const { delete: ids = [] } = json as { delete?: readonly string[] };
          queue = queue.filter(({ id }) => !ids.includes(id));
          return nothing;
        },
      },
      {
        method: 'POST',
        path: /^\/interrupt$/,
        answer({ json }) {
          const id = (json as { prompt_id?: string } | undefined)?.prompt_id;
          if (!id || running?.id === id) isInterrupted = true;
          return nothing;
        },
      },
      { method: 'GET', path: /^\/object_info$/, answer: () => python(info()) },
      {
        method: 'GET',
        path: /^\/object_info\/([^/]+)$/,
        answer: (_, [, type]) =>
          python(Object.fromEntries(Object.entries(info()).filter(([each]) => each === decodeURIComponent(type!)))),
      },
      { method: 'POST', path: /^\/upload\/image$/, answer: store.upload },
      { method: 'GET', path: /^\/view$/, at: 'output', answer: store.view },
      {
        method: 'GET',
        path: /^\/system_stats$/,
        answer: () => ({ body: { system: { comfyui_version: '0.3.64' }, devices: [] } }),
      },
    ],
    (request, socket, head) => {
      const client = new URL(request.url ?? '/', 'http://here').searchParams.get('clientId') ?? '';
      server.handleUpgrade(request, socket, head, (opened) => {
        calls++;
        sockets.set(client, opened);
        send(client, 'status', { ...status(), sid: client });
        if (running?.extra['client_id'] === client) send(client, 'executing', { node: current });
        // As the server has it: whoever has the name is forgotten, though it may be another by then.
        opened.on('close', () => sockets.delete(client));
      });
    },
  );

  const hangUp = () => {
    for (const socket of server.clients) {
      socket.removeAllListeners('close');
      socket.terminate();
    }
    sockets.clear();
  };

  const whole: ComfyDouble = Object.defineProperties(double, {
    graphs: { value: graphs },
    uploads: { value: store.uploads },
    files: { value: store.files },
    listeners: { get: () => [...sockets.keys()] },
    calls: { get: () => calls },
  }) as ComfyDouble;
  const { close } = double;
  return Object.assign(whole, {
    hold(at = 'KSampler') {
      const before = held;
      let go = () => {};
      const open = new Promise<void>((resolve) => (go = resolve));
      return new Promise<void>((resolve) => {
        held = { at, open, go, stand: resolve };
        before?.go();
      });
    },
    go() {
      held?.go();
      held = undefined;
    },
    hangUp,
    restart() {
      life++;
      queue = [];
      running = undefined;
      history = new Map();
      cache.clear();
      hangUp();
    },
    async close() {
      life++;
      held?.go();
      hangUp();
      server.close();
      await close();
    },
  });
}
