/**
 * The files of one folder over HTTP: ranges, conditional requests and types come from `send`, the rules of who may have
 * what are here.
 */
import { realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import send from 'send';
import { rangeAsMeant } from './byte-range.js';

/** @typedef {{ readonly status: number, readonly headers?: Record<string, string> }} SendError */

/** Files whose name carries the hash of their content. */
const LASTING = 'public, max-age=31536000, immutable';
const ASKED_ANEW = 'no-cache';
const ASSETS = `assets${sep}`;

/**
 * Where the file lies that this address names; nothing where there is none, or where it lies outside of the folder.
 * @param {string} folder @param {string} pathname as it stands in the address
 * @returns {Promise<{ readonly root: string, readonly name: string } | undefined>} `name` is relative to `root`
 */
async function find(folder, pathname) {
  try {
    const named = decodeURIComponent(pathname);
    const root = await realpath(folder);
    // Links are followed to their end here, so that one that leads out of the folder is seen to.
    const file = await realpath(join(root, named.endsWith('/') ? `${named}index.html` : named));
    const isInside = file.startsWith(root + sep);
    return isInside && (await stat(file)).isFile() ? { root, name: relative(root, file) } : undefined;
  } catch {
    // No such file, a name that is too long or no name at all, links in a circle: all the same to whoever asks.
    return undefined;
  }
}

/** @typedef {import('hono').Context<{ Bindings: import('@hono/node-server').HttpBindings }>} NodeContext */

/**
 * Answers with the file that the address names, if the folder has it.
 * @param {string} folder
 * @returns {(c: NodeContext) => Promise<Response>}
 */
export const serveFiles = (folder) => async (c) => {
  const found = await find(folder, new URL(c.req.url).pathname);
  if (!found) return c.notFound();
  c.header('Cache-Control', found.name.startsWith(ASSETS) ? LASTING : ASKED_ANEW);
  return sendFile(c, found.root, found.name);
};

/**
 * Answers with a file, or the part of it that is asked for; to a HEAD, with what it would say of it. Headers that were
 * set before stay.
 * @param {NodeContext} c @param {string} root @param {string} name relative to `root`
 * @returns {Promise<Response>}
 */
export async function sendFile(c, root, name) {
  const { incoming, outgoing } = c.env;
  const { range } = incoming.headers;
  if (range !== undefined) {
    const { size } = await stat(join(root, name)).catch(() => ({ size: 0 }));
    incoming.headers.range = rangeAsMeant(range, size);
  }
  for (const [header, value] of c.res.headers) outgoing.setHeader(header, value);
  const address = name.split(sep).map(encodeURIComponent).join('/');
  return new Promise((resolve) => {
    outgoing.once('close', () => resolve(RESPONSE_ALREADY_SENT));
    // Whoever got less than was promised would wait for the rest.
    const checkLength = (/** @type {import('node:fs').ReadStream} */ stream) =>
      stream.once('end', () => stream.bytesRead < Number(outgoing.getHeader('Content-Length')) && outgoing.destroy());
    send(incoming, address, { root, index: false, cacheControl: false })
      .on('stream', checkLength)
      .on('error', (/** @type {SendError} */ { status, headers }) => {
        // The file broke off in the middle: the connection has to, so that nobody takes the part for the whole.
        if (outgoing.headersSent) return outgoing.destroy();
        for (const header of outgoing.getHeaderNames()) outgoing.removeHeader(header);
        resolve(
          status === 404
            ? c.notFound()
            : c.text('This part of the file cannot be sent.', /** @type {416} */ (status), headers),
        );
      })
      .pipe(outgoing);
  });
}
