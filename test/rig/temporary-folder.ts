/** What tests leave in the temporary directory goes when they are done: they have one of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By what the systems call the directory. */
const NAMES = ['TMPDIR', 'TEMP', 'TMP'];

/** Before the first worker starts, each of which takes over the environment; returns what is done at the end. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'triptych-tests-'));
  for (const name of NAMES) process.env[name] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
