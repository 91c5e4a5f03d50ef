/** What tests leave in the temporary directory goes when they are done: they have one of their own. */
import { accessSync, constants, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By what the systems call the directory. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'];
/** Linux keeps what lies here in memory. */
const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 2e9;

/**
 * Where there is room in memory, folders of tests lie there: journals wait for the disk after each line they write, and
 * thousands of tests open one.
 */
function placeOfFolders(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** Before the first worker starts, each of which takes over the environment; returns what is done at the end. */
export function setup(): () => void {
  const folder = mkdtempSync(join(placeOfFolders(), 'triptych-tests-'));
  for (const name of NAMES) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
