/** How adapters reach their service: hosts, redirects, sizes, cut connections and the key that nobody may see. */
import { fetch, FormData, WebSocket, type BodyInit, type RequestInit, type Response } from 'undici';
import { say } from '../../core/say.ts';
import type { Access, Adapter, Answer, Call } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import { dataWithoutSecret } from './secrets.ts';
import { addressTrouble, isAtHome, isLocalAt, ownAddress } from './hosts.ts';
import { PATIENT, PATIENT_OUTWARD } from './patient.ts';
import { checkStructure, readWhole } from './read-answer.ts';

/** The largest clip that is fetched. */
const LARGEST_RESULT = 4 * 2 ** 30;
/** How long fetching one may take. */
const RESULT_MS = 20 * 60_000;
const PATIENCE_MS = 60_000;
const MOST_REDIRECTS = 5;

/** Failures of a connection that was never made: nothing was sent. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|CERT_.*|.*_CERT.*|ERR_TLS_CERT_.*)$/;

export interface AccessFacts {
  readonly adapter: Adapter;
  readonly key: string | undefined;
  readonly base: string;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** Settles after so many milliseconds; rejects when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Bytes of the largest result that is fetched. */
  readonly largestResult?: number;
  /** Called before the call that pays goes out: what it writes down comes first. */
  readonly beforePaying?: () => Promise<void>;
}

/** For the job service itself: results are fetched piece by piece. */
export interface WideAccess extends Access {
  /** Throws `gone` where the service no longer has it. */
  pieces(call: Call): AsyncIterable<Uint8Array>;
}

export function accessFor(facts: AccessFacts): WideAccess {
  const { adapter, key, base, signal, now, largestResult = LARGEST_RESULT } = facts;

  const open = async (call: Call, stop: AbortSignal): Promise<Response> => {
    let url = ownAddress(call.to, base, adapter);
    const headers = headersOf(call, adapter);
    if (call.json !== undefined) headers.set('content-type', 'application/json');
    const init: RequestInit = {
      method: call.method ?? 'GET',
      body: bodyOf(call),
      redirect: 'manual',
      signal: stop,
    };
    for (let hops = 0; ; hops++) {
      // Where it lives was chosen here, or its certificate proves that it is the service.
      const dispatcher = isAtHome(url, base) ? PATIENT : PATIENT_OUTWARD;
      const response = await fetch(url, { ...init, dispatcher, headers: [...headers] });
      const onward = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (onward === null) return response;
      await response.body?.cancel();
      if (init.method !== 'GET' || hops >= MOST_REDIRECTS)
        // What it did with what it got, nobody can say.
        throw new ServiceTrouble(
          call.pays ? 'lost' : 'broken',
          say('{0} sent us on, where nobody is sent on.', say(adapter.name)),
          {
            status: response.status,
          },
        );
      const next = ownAddress(new URL(onward, url).href, base, adapter);
      // Credentials are for the host they were meant for.
      if (next.origin !== url.origin) for (const name of SECRET_HEADERS) headers.delete(name);
      url = next;
    }
  };

  /** Opens the answer and reads it; whatever breaks on the way is told by how far it came. */
  const exchange = async (
    call: Call,
  ): Promise<{ readonly response: Response; readonly bytes: Uint8Array<ArrayBuffer> }> => {
    signal.throwIfAborted();
    // What goes wrong here is nothing that happened on the way to the service.
    headersOf(call, adapter);
    if (call.pays) await facts.beforePaying?.();
    const stop = AbortSignal.any([signal, AbortSignal.timeout(call.patienceMs ?? PATIENCE_MS)]);
    try {
      const response = await open(call, stop);
      return { response, bytes: await readWhole(response) };
    } catch (thrown) {
      signal.throwIfAborted();
      throw thrown instanceof ServiceTrouble ? thrown : connectionTrouble(thrown, adapter);
    }
  };

  const answerOf = ({ response, bytes }: Awaited<ReturnType<typeof exchange>>): Answer => {
    checkStructure(bytes, isLocalAt(adapter, base));
    // Services repeat the key in their errors.
    const text = dataWithoutSecret(new TextDecoder().decode(bytes), key);
    return { status: response.status, headers: response.headers, text, json: jsonIn(text) };
  };
  const refuse = (answer: Answer): never => {
    throw adapter.classify(answer);
  };

  return {
    key,
    base,
    signal,
    now,
    pause: (ms) => facts.pause(ms, signal),
    async call(call) {
      const answer = answerOf(await exchange(call));
      if (answer.status >= 400) refuse(answer);
      // Half an answer, or a page of some proxy: whether the service took the job is not in it.
      if (answer.json === undefined && answer.text.trim() !== '')
        throw new ServiceTrouble('lost', say('{0} answered with something that is not JSON.', say(adapter.name)), {
          status: answer.status,
        });
      return answer;
    },
    async bytes(call) {
      const got = await exchange(call);
      if (got.response.status >= 400) refuse(answerOf(got));
      return got.bytes;
    },
    async *pieces(call) {
      try {
        const response = await open(call, AbortSignal.any([signal, AbortSignal.timeout(RESULT_MS)]));
        if (response.status >= 400) throw await resultTrouble(response, adapter);
        // What it says beforehand is believed only where it is too much.
        let length = 0;
        checkLength(Number(response.headers.get('content-length')), largestResult);
        for await (const piece of response.body ?? []) {
          length += (piece as Uint8Array).byteLength;
          checkLength(length, largestResult);
          yield piece as Uint8Array;
        }
      } catch (thrown) {
        signal.throwIfAborted();
        throw thrown instanceof ServiceTrouble ? thrown : connectionTrouble(thrown, adapter);
      }
    },
    socket(to, headers) {
      const url = new URL(to.startsWith('/') ? base + to : to);
      if (url.origin !== new URL(base).origin)
        throw new ServiceTrouble(
          'broken',
          say('{0} sent us to {1}, which is not one of its addresses.', say(adapter.name), say(url.host)),
        );
      url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
      const socket = new WebSocket(url, { headers: { ...headers }, dispatcher: PATIENT });
      const close = () => socket.close();
      signal.addEventListener('abort', close, { once: true });
      socket.addEventListener('close', () => signal.removeEventListener('abort', close));
      return socket as unknown as ReturnType<Access['socket']>;
    },
  };
}

/** Throws where one cannot be sent: that is the key, copied with a line break or with quotes of a text. */
function headersOf({ headers }: Call, { name }: Adapter): Headers {
  try {
    return new Headers(headers);
  } catch {
    throw new ServiceTrouble('key', say('The key of {0} has characters that no key has.', say(name)), {
      hint: say('Copy it anew, without quotes and line breaks.'),
    });
  }
}

function checkLength(bytes: number, most: number): void {
  if (bytes > most) throw new ServiceTrouble('unreadable', say('What it made is larger than {0} GB.', most / 2 ** 30));
}

/** Addresses of results expire: then they are forbidden or not found. */
async function resultTrouble(response: Response, { name }: Adapter): Promise<ServiceTrouble> {
  await response.body?.cancel();
  const { status } = response;
  return status < 500 && status !== 429 && status !== 408
    ? new ServiceTrouble('gone', say('{0} no longer has what it made ({1}).', say(name), status), { status })
    : new ServiceTrouble('broken', say('{0} did not give what it made ({1}).', say(name), status), { status });
}

function bodyOf({ json, form, body }: Call): BodyInit | null {
  if (json !== undefined) return JSON.stringify(json);
  if (!form) return body ?? null;
  // This `fetch` knows forms of its own only: another would be sent as the words “[object FormData]”.
  const own = new FormData();
  for (const [name, value] of form)
    if (typeof value === 'string') own.append(name, value);
    else own.append(name, value, value.name);
  return own;
}

const SECRET_HEADERS = ['authorization', 'x-key', 'x-goog-api-key', 'api-key', 'x-api-key', 'cookie'];

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The codes of an error and of what caused it: `fetch` wraps what really happened, several times over. */
function codesOf(thrown: unknown): string[] {
  const codes: string[] = [];
  for (let one = thrown; one instanceof Error; one = one.cause) {
    if ('code' in one && typeof one.code === 'string') codes.push(one.code);
    // A host or a net may be out of reach at the first try, or go away in the middle of an answer.
    if ('syscall' in one && one.syscall === 'connect') codes.push('ECONNREFUSED');
    if (one instanceof AggregateError) codes.push(...one.errors.flatMap(codesOf));
  }
  return codes;
}

export function connectionTrouble(thrown: unknown, adapter: Adapter): ServiceTrouble {
  const { name } = adapter;
  const elsewhere = addressTrouble(thrown, adapter);
  if (elsewhere) return elsewhere;
  const code = codesOf(thrown).find((each) => NEVER_CONNECTED.test(each));
  if (code)
    return new ServiceTrouble('unreachable', say('{0} cannot be reached ({1}).', say(name), say(code)), {
      code,
      hint: say('Check the connection, and that the service runs.'),
    });
  const isPatienceOver = thrown instanceof Error && thrown.name === 'TimeoutError';
  return new ServiceTrouble(
    'lost',
    isPatienceOver
      ? say('{0} did not answer in time.', say(name))
      : say('The connection to {0} was cut before its answer had come.', say(name)),
  );
}
