/**
 * A running gateway says in the person's own folder where it answers, so that a command line finds it. Only the owner of
 * the folder can read it. What a gateway that was killed left there says nothing: whoever reads it compares the token with
 * the one that the server hands out.
 */
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {object} Announcement
 * @property {number} port
 * @property {string} token of this start
 */

/** @param {string} home */
const fileIn = (home) => join(home, 'gateway.json');

/**
 * @param {string} home @param {Announcement} announcement
 * @returns {Promise<() => Promise<void>>} takes it back, unless another gateway has said so meanwhile
 */
export async function announce(home, announcement) {
  const part = `${fileIn(home)}.${randomUUID()}.part`;
  await writeFile(part, JSON.stringify(announcement), { mode: 0o600 });
  await rename(part, fileIn(home));
  return async () => {
    if ((await announcedIn(home))?.token === announcement.token) await rm(fileIn(home), { force: true });
  };
}

/**
 * What the last gateway on this folder said, whether or not it still runs.
 * @param {string} home @returns {Promise<Announcement | undefined>}
 */
export async function announcedIn(home) {
  try {
    const { port, token } = JSON.parse(await readFile(fileIn(home), 'utf8'));
    return Number.isInteger(port) && port > 0 && typeof token === 'string' && token !== ''
      ? { port, token }
      : undefined;
  } catch {
    return undefined;
  }
}
