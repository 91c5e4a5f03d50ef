/** What tests leave in the temporary directory goes when they are done: they have one of their own. */
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By what the systems call the directory. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'];
/** Linux keeps what lies here in memory. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2e9;
/** The name of a folder says which process removes it at its end. */
const nameFor = (/** @type {number} */ owner) => `triptych-tests-${owner}-`;
const NAMED = /^triptych-tests-(\d+)-/;

/**
 * Where there is room in memory, folders of tests lie there: journals wait for the disk after each line they write, and
 * thousands of tests open one.
 */
function placeOfFolders() {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** @param {number} id of a process */
function hasEnded(id) {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** A run that was killed could not remove its folder: the next one does. @param {string} place */
function removeLeft(place) {
  for (const name of readdirSync(place)) {
    const owner = NAMED.exec(name)?.[1];
    if (owner && hasEnded(Number(owner))) rmSync(join(place, name), { recursive: true, force: true });
  }
}

/**
 * Before the first worker or process of a run starts, each of which takes over the environment; returns what is done at
 * the end.
 */
export function setup() {
  const place = placeOfFolders();
  removeLeft(place);
  const folder = mkdtempSync(join(place, nameFor(process.pid)));
  for (const name of NAMES) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
