/**
 * A service that behaves as its vendor documents it, on loopback: what the vendors' own clients and our adapters are
 * tested against. Its faults are scripted; it counts what it was paid for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as elapse } from 'node:timers/promises';

/** Where in a job something goes wrong: when its pictures go, when it is sent, looked for, asked after, or fetched. */
export type Moment = 'upload' | 'submit' | 'list' | 'status' | 'output';
export type Fault =
  /** Answers so, and takes nothing. A body that is text is sent as it stands. */
  | {
      readonly at: Moment;
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: unknown;
    }
  /** Takes the job (where one is sent), and the connection ends without an answer, or in the middle of it. */
  | { readonly at: Moment; readonly cut: 'before answer' | 'in the middle' }
  /** Takes the job, and answers with this text in place of its own answer. */
  | { readonly at: Moment; readonly says: string };

export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** `undefined` where the body is not JSON. */
  readonly json: unknown;
}
export interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is bytes or text. */
  readonly body?: unknown;
  /** Nothing was taken, though it is no failure: a price, for one. */
  readonly isFree?: boolean;
}
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** The moment of a job that a fault can be scripted for; missing for calls that no fault is made of. */
  readonly at?: Moment;
  /** Called once for each request that arrives; a `submit` that answers below 300 counts as paid. */
  answer(asked: Asked, match: RegExpExecArray): Answered | Promise<Answered>;
}
export interface Double {
  readonly url: string;
  /** Jobs it took, each of which its vendor would charge for. */
  readonly paid: number;
  /** What these jobs were sent with, in order. */
  readonly paidFor: readonly Asked[];
  /** How long it thinks about a job it has taken, before it answers, in milliseconds. */
  answersAfter: number;
  readonly asked: readonly Asked[];
  /** These happen to the next requests of their moment, one each, in order. */
  script(...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/** `onSocket` takes what wants to become a WebSocket. */
export async function startDouble(
  routes: (url: () => string) => readonly Route[],
  onSocket?: (...upgrade: [IncomingMessage, Duplex, Buffer]) => void,
): Promise<Double> {
  const paidFor: Asked[] = [];
  const asked: Asked[] = [];
  const faults: Fault[] = [];
  let url = '';
  const known = routes(() => url);

  const double: Double = {
    get url() {
      return url;
    },
    get paid() {
      return paidFor.length;
    },
    paidFor,
    answersAfter: 0,
    asked,
    script: (...more) => void faults.push(...more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const body = Buffer.concat(parts);
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', url);
    const one: Asked = {
      method: request.method ?? 'GET',
      path,
      query,
      headers: request.headers,
      body,
      json: jsonOf(body),
    };
    asked.push(one);
    for (const route of known) {
      const match = route.method === one.method ? route.path.exec(path) : null;
      if (!match) continue;
      const index = faults.findIndex((fault) => fault.at === route.at);
      const fault = index < 0 ? undefined : faults.splice(index, 1)[0];
      if (fault && 'status' in fault) return send(response, { ...fault });
      const answer = await route.answer(one, match);
      if (route.at === 'submit' && (answer.status ?? 200) < 300 && !answer.isFree) {
        paidFor.push(one);
        if (double.answersAfter > 0) await elapse(double.answersAfter);
      }
      if (fault && 'says' in fault) return send(response, { body: fault.says });
      if (fault?.cut === 'before answer') return void request.socket.destroy();
      return send(response, answer, fault?.cut === 'in the middle');
    }
    send(response, { status: 404, body: { detail: `There is no ${one.method} ${path}.` } });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  if (onSocket) server.on('upgrade', onSocket);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return double;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answered, isCut = false): void {
  const isBytes = body instanceof Uint8Array;
  const bytes = isBytes ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  const type = isBytes ? 'application/octet-stream' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...headers });
  if (!isCut) return void response.end(bytes);
  response.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => response.destroy());
}
