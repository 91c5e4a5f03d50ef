/** The one folder of a person's own that journal, keys and collected bytes live in, outside of every checkout. */
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where it is, or would be. */
export function homeIn(environment: Environment): string {
  const chosen = environment['TRIPTYCH_HOME'];
  return chosen ? resolve(chosen) : join(homedir(), '.triptych');
}

/** Made where it is missing; only its owner can look into it. */
export async function openHome(environment: Environment): Promise<string> {
  const home = homeIn(environment);
  await mkdir(home, { recursive: true, mode: 0o700 });
  return home;
}
