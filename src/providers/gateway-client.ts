/** The job service of the gateway over HTTP, asked by its own page, the page's workers, and command lines. */
import { NodeError } from '../core/errors.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import type { Micros } from '../core/money.ts';
import { say, type Said } from '../core/say.ts';
import type { BookedJob, JobOrder, JobView, LocalServer, ProviderView, WhyNot } from '../routing/job.ts';
import type { Quote } from '../routing/quotes.ts';
import type { ServicesClient } from './job-client.ts';

/** A job that nobody told of for so long is asked after: events may have been lost. */
const ASK_AGAIN_MS = 10_000;
const RECONNECT_MS = 2000;
/** Whoever heard of a job asks how it stands, and waits on: until then the stream stays open. */
const LINGER_MS = 5000;

export interface GatewayClient extends ServicesClient {
  test(provider: string): Promise<ProviderView | undefined>;
  enterKey(provider: string, key: string): Promise<ProviderView | undefined>;
  /** Looks for servers on the computer of the gateway. */
  findServers(): Promise<readonly LocalServer[] | undefined>;
  useServer(provider: string, address: string): Promise<ProviderView | undefined>;
  /** Why no service can be asked through a gateway that is there; nothing where they can be, or where there is none. */
  whyNot(): Promise<WhyNot | undefined>;
  /** What a service says of its kinds of nodes; `undefined` where it does not answer. */
  nodes(provider: string, names: readonly string[]): Promise<Loose | undefined>;
  /** What services may cost in a month, for who orders there without knowing it; `undefined` without a limit. */
  keepBudget(monthly: Micros | undefined): Promise<void>;
  preview(id: string): Promise<Blob | undefined>;
}

/** How a gateway is reached, and how it is heard of jobs there. */
export interface GatewayWay {
  fetch(address: URL, init?: RequestInit): Promise<Response>;
  changed: ServicesClient['changed'];
}
/** A page's: its browser sends the cookie along. */
const pageWay = (base: string): GatewayWay => ({
  fetch: (address, init) => fetch(address, init),
  changed: jobEvents(new URL('gateway/events', base).href).next,
});

/** @param base the address of the page, whose server this is; or of the server, for what is no page of it */
export function gatewayClient(base: string, way: GatewayWay = pageWay(base)): GatewayClient {
  async function ask(path: string, init: RequestInit = {}, hasGreeted = false): Promise<Response> {
    const response = await whole(way.fetch(new URL(`gateway/${path}`, base), init));
    if (response.status !== 401 || hasGreeted) return response;
    // It was started anew, or never greeted: it hands over the cookie that it wants to see.
    await way.fetch(new URL('gateway/hello', base)).catch(() => {});
    return ask(path, init, true);
  }
  async function answer<T>(path: string, init?: RequestInit): Promise<T | undefined> {
    const response = await ask(path, init);
    const isJson = response.headers.get('content-type')?.includes('json');
    return response.ok && isJson ? ((await whole(response.json())) as T) : undefined;
  }
  /** Throws what the gateway says where it does not do it: who changed something here has to know. */
  async function change<T>(path: string, body: object): Promise<T | undefined> {
    const headers = { 'Content-Type': 'application/json' };
    const response = await ask(path, { method: 'PUT', headers, body: JSON.stringify(body) });
    if (!response.ok) throw await refusal(response, say('The local server of Triptych did not take this.'));
    return response.status === 204 ? undefined : whole(response.json() as Promise<T>);
  }
  const post = <T>(path: string) => answer<T>(path, { method: 'POST' });
  const send = <T>(path: string, body: object) =>
    answer<T>(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const providerPath = (provider: string, what: string) => `providers/${encodeURIComponent(provider)}/${what}`;
  const jobPath = (id: string, what = '') => `jobs/${encodeURIComponent(id)}${what}`;

  return {
    async put(id, order, pictures) {
      const form = new FormData();
      form.set('order', JSON.stringify(order satisfies JobOrder));
      for (const [name, picture] of pictures) form.set(name, picture);
      const response = await ask(jobPath(id), { method: 'PUT', body: form });
      if (response.ok) return (await whole(response.json())) as JobView;
      throw await refusal(response);
    },
    get: (id) => answer(jobPath(id)),
    changed: way.changed,
    // Also while the page closes.
    cancel: (id) => answer(jobPath(id, '/cancel'), { method: 'POST', keepalive: true }),
    lookAgain: (id) => post(jobPath(id, '/look')),
    countLost: (id) => post(jobPath(id, '/lost')),
    async output(id) {
      const response = await ask(jobPath(id, '/output'));
      if (!response.ok)
        throw new NodeError('network', 'What the service made could not be fetched from the local server.');
      return whole(response.blob());
    },
    async preview(id) {
      const response = await ask(jobPath(id, '/preview'));
      return response.ok ? response.blob() : undefined;
    },
    async whyNot() {
      const hello = await answer<{ readonly trouble?: WhyNot }>('hello').catch(() => undefined);
      if (isRecord(hello?.trouble)) return hello.trouble;
      // It may have found out since it was started.
      const refused = await ask('providers').catch(() => undefined);
      const told: unknown = refused?.ok === false ? await refused.json().catch(() => undefined) : undefined;
      return isRecord(told) && told['message'] !== undefined ? (told as WhyNot) : undefined;
    },
    async providers() {
      const hello = await answer<{ readonly jobs?: boolean }>('hello').catch(() => undefined);
      return hello?.jobs ? answer<readonly ProviderView[]>('providers').catch(() => undefined) : undefined;
    },
    test: (provider) => post(providerPath(provider, 'test')),
    enterKey: (provider, key) => change(providerPath(provider, 'key'), { key }),
    quotes: async (asked) => (await send<readonly Quote[]>('quotes', asked)) ?? [],
    budget: async () => (await answer<{ readonly monthlyBudget: Micros | null }>('budget'))?.monthlyBudget ?? undefined,
    booked: async (since) => (await answer<readonly BookedJob[]>(`booked?since=${since}`)) ?? [],
    findServers: () => post('servers'),
    useServer: (provider, address) => change(providerPath(provider, 'address'), { address }),
    nodes: (provider, names) => send(providerPath(provider, 'nodes'), { names }),
    keepBudget: async (monthly) => void (await change('budget', { monthlyBudget: monthly ?? null })),
  };
}

/** An answer that does not come, or not to its end. */
async function whole<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new NodeError('network', 'The local server of Triptych does not answer.', {
      hint: 'Start it again with npm start; jobs that were sent go on.',
      cause,
    });
  }
}

async function refusal(
  response: Response,
  usual: Said = say('The local server of Triptych did not take this job.'),
): Promise<NodeError> {
  const body: unknown = await response.json().catch(() => undefined);
  const told = isRecord(body) && body['message'] !== undefined ? (body as { message: Said; hint?: Said }) : undefined;
  const code = response.status === 402 ? 'over-budget' : response.status >= 500 ? 'network' : 'service';
  return new NodeError(code, told?.message ?? usual, told?.hint === undefined ? {} : { hint: told.hint });
}

/**
 * One stream for all jobs: a browser opens few connections to one server. Open while somebody waits. What is told while
 * nobody waits for it is told to who waits next: between two waits a job may have gone on.
 */
function jobEvents(address: string): { next(id: string, signal: AbortSignal): Promise<void> } {
  const waiting = new Map<string, Set<() => void>>();
  const missed = new Set<string>();
  let source: EventSource | undefined;
  let closing: ReturnType<typeof setTimeout> | undefined;

  const tellAll = () => [...waiting.values()].flatMap((all) => [...all]).forEach((tell) => tell());
  function close(): void {
    source?.close();
    source = undefined;
    missed.clear();
  }
  function listen(): void {
    clearTimeout(closing);
    if (source || waiting.size === 0) return;
    source = new EventSource(address);
    source.addEventListener('job', ({ data }: MessageEvent<string>) => {
      const { id } = JSON.parse(data) as JobView;
      if (!waiting.has(id)) missed.add(id);
      for (const tell of waiting.get(id) ?? []) tell();
    });
    // What was told before it was open is not known.
    source.addEventListener('here', tellAll);
    source.addEventListener('error', () => {
      // The server may have been started anew: whoever waits asks, and greets it.
      close();
      for (const all of waiting.values()) for (const tell of all) setTimeout(tell, RECONNECT_MS);
    });
  }
  return {
    next: (id, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        if (missed.delete(id)) return resolve();
        const all = waiting.get(id) ?? new Set();
        waiting.set(id, all);
        const stop = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', giveUp);
          all.delete(tell);
          if (all.size === 0) waiting.delete(id);
          if (waiting.size === 0) closing = setTimeout(close, LINGER_MS);
        };
        const tell = () => {
          stop();
          resolve();
        };
        const giveUp = () => {
          stop();
          reject(signal.reason as Error);
        };
        const timer = setTimeout(tell, ASK_AGAIN_MS);
        signal.addEventListener('abort', giveUp, { once: true });
        all.add(tell);
        listen();
      }),
  };
}
