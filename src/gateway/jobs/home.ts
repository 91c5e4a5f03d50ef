/** The one folder of a person's own that journal, keys and collected bytes live in, outside of every checkout. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Made where it is missing; only its owner can look into it. */
export async function openHome(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  const chosen = environment['TRIPTYCH_HOME'];
  const home = chosen ? resolve(chosen) : join(homedir(), '.triptych');
  await mkdir(home, { recursive: true, mode: 0o700 });
  return home;
}
