/** Another Triptych of this computer: who has a port already, and whose gateway works on a person's folder. */
import { announcedIn } from './announcement.js';
import { HELLO } from './server.js';

/** How long the other may take to say who it is, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * The Triptych that answers at this port of this computer; nothing when it is something else, or nobody.
 * @param {number} port
 * @returns {Promise<import('./server.js').Hello | undefined>}
 */
export async function whoAnswersAt(port) {
  return (await greet(port))?.hello;
}

/**
 * @typedef {object} RunningGateway
 * @property {string} url
 * @property {string} cookie what it lets its own page in by
 * @property {import('./server.js').Hello} hello
 */

/**
 * The gateway that works on this folder. Nothing where none runs, or where what answers at its port is not the one that
 * said so here: the token of its start is in the folder, and nobody else knew it before.
 * @param {string} home @returns {Promise<RunningGateway | undefined>}
 */
export async function gatewayOn(home) {
  const announcement = await announcedIn(home);
  const greeted = announcement && (await greet(announcement.port));
  if (!greeted?.cookie.endsWith(`=${announcement?.token}`)) return undefined;
  return { ...greeted, url: `http://127.0.0.1:${announcement?.port}/` };
}

/** @param {number} port @returns {Promise<Pick<RunningGateway, 'hello' | 'cookie'> | undefined>} */
async function greet(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${HELLO}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    const hello = await response.json();
    const [cookie = ''] = response.headers.get('set-cookie')?.split(';') ?? [];
    return hello?.app === 'triptych' ? { hello, cookie } : undefined;
  } catch {
    return undefined;
  }
}
