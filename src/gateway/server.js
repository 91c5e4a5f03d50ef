/**
 * The local server on loopback: hands out the built app, and lets its page, and nobody else, ask the job service below
 * `/gateway`.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { serveFiles } from './serve-files.js';

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
/** How long a client may take to say what it wants, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Where a server says who it is. */
export const HELLO = '/gateway/hello';
/**
 * @typedef {object} Hello
 * @property {'triptych'} app
 * @property {string} folder the built app that is served
 * @property {string} build which build of it
 * @property {boolean} jobs whether providers can be asked from here
 * @property {string} [problem] why not, in English
 * @property {Jobs['trouble']} [trouble] the same, for whoever says it in another language
 */
/**
 * @typedef {object} Jobs
 * @property {Hono} [routes] of the job service, below `/gateway`
 * @property {string} [problem] why there is none, for a person
 * @property {{ message: unknown, hint?: unknown }} [trouble] the same as what is said: `Said`, in the rooms of TypeScript
 */
/** @typedef {{ Bindings: import('@hono/node-server').HttpBindings }} Env */

/** @param {string} folder @param {Jobs} jobs @param {string} token @returns {Hono<Env>} */
function appOf(folder, jobs, token) {
  /** @type {Hono<Env>} */
  const app = new Hono();
  app.use(async (c, next) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
    // Another site that points its name at this address must not reach the app.
    const names = [c.req.header('host') ?? '', new URL(c.req.url).host];
    if (!names.every((name) => LOOPBACK.test(name))) return c.text('Only loopback names are served.', 403);
    return next();
  });
  app.route('/gateway', gatewayOf(folder, jobs, token));
  app.use(async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD')
      return c.text('Only GET is served.', 405, { Allow: 'GET, HEAD' });
    return next();
  });
  app.get('*', serveFiles(folder));
  app.notFound((c) => c.text('There is nothing here.', 404));
  app.onError((error, c) => {
    console.error(error);
    return c.text('Something unexpected happened here.', 500);
  });
  return app;
}

/**
 * What the page of this server may ask, and no other: it proves that it is the page by a cookie that is new with each
 * start, and that no other site can read or send.
 * @param {string} folder @param {Jobs} jobs @param {string} token @returns {Hono<Env>}
 */
function gatewayOf(folder, { routes, problem, trouble }, token) {
  /** @type {Hono<Env>} */
  const gateway = new Hono();
  gateway.use(async (c, next) => {
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isOwn = !origin || origin === `http://${c.req.header('host')}`;
    if (!isOwn || (site && site !== 'same-origin' && site !== 'none'))
      return c.text('Only the page of this server may ask this.', 403);
    return next();
  });
  gateway.get('/hello', async (c) => {
    setCookie(c, cookieOf(c), token, { httpOnly: true, sameSite: 'Strict', path: '/gateway' });
    const hello = { app: 'triptych', folder, build: await buildIn(folder), jobs: Boolean(routes) };
    const why = { ...(problem ? { problem } : {}), ...(trouble ? { trouble } : {}) };
    return c.json(/** @type {Hello} */ ({ ...hello, ...why }));
  });
  gateway.use(async (c, next) => {
    if (!isSame(getCookie(c, cookieOf(c)) ?? '', token)) return c.text('Say hello first.', 401);
    return next();
  });
  if (routes) gateway.route('/', routes);
  gateway.all('*', (c) => c.text(problem ?? 'There is nothing here.', problem ? 503 : 404));
  return gateway;
}

/** Cookies know no ports: two servers of one computer would take each other's. @param {import('hono').Context} c */
const cookieOf = (c) => `triptych-${new URL(c.req.url).port || '80'}`;

/** @param {string} given @param {string} wanted */
function isSame(given, wanted) {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const NO_TUNNEL =
  'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

const unreadable = () =>
  new Response('This address cannot be read.', {
    status: 400,
    headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' },
  });

/** Which build lies in a folder; empty where nothing says so. @param {string} folder */
export const buildIn = (folder) => readFile(`${folder}/.built`, 'utf8').catch(() => '');

/**
 * Rejects with `EADDRINUSE` when the port is taken: another one would be another origin, with none of a person's
 * graphs.
 * @param {string} folder the built app
 * @param {number} port 0 takes any free one
 * @param {Jobs} [jobs]
 * @returns {Promise<{ url: string, token: string, close: () => Promise<void> }>} `token`: of this start
 */
export async function serve(folder, port, jobs = {}) {
  const token = randomBytes(32).toString('base64url');
  const listener = getRequestListener(appOf(folder, jobs, token).fetch, {
    overrideGlobalObjects: false,
    errorHandler: unreadable,
  });
  // What is no request at all is answered by Node itself: 400, 408 or 431, and the connection ends.
  const patience = {
    headersTimeout: PATIENCE_MS,
    requestTimeout: PATIENCE_MS,
    connectionsCheckingInterval: PATIENCE_MS / 4,
  };
  const server = createServer(patience, (request, response) => void listener(request, response));
  // Node hangs up on CONNECT without a word where nobody listens for it.
  server.on('connect', (_, socket) => socket.on('error', () => {}).end(NO_TUNNEL));
  const taken = await listen(server, port);
  if (await answersOverIPv6(taken)) {
    server.close();
    throw Object.assign(new Error(`Port ${taken} is taken.`), { code: 'EADDRINUSE' });
  }
  return {
    url: `http://localhost:${taken}/`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Whether another program has this port of the other loopback address: browsers may take `localhost` to mean that one.
 * @param {number} port @returns {Promise<boolean>}
 */
function answersOverIPv6(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '::1');
    const end = (/** @type {boolean} */ answers) => {
      socket.destroy();
      resolve(answers);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });
}

/** @param {import('node:http').Server} server @param {number} port @returns {Promise<number>} */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      server.on('error', (error) => console.error(error));
      resolve(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
    });
  });
}
