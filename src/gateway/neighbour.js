/** Who has the port already. */
import { HELLO } from './server.js';

/** How long the other may take to say who it is, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * The Triptych that answers at this port of this computer; nothing when it is something else, or nobody.
 * @param {number} port
 * @returns {Promise<import('./server.js').Hello | undefined>}
 */
export async function whoAnswersAt(port) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}${HELLO}`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'error',
    });
    const answer = await response.json();
    return answer?.app === 'triptych' ? answer : undefined;
  } catch {
    return undefined;
  }
}
