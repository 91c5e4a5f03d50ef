/**
 * Keys of services: from the environment, or entered in Settings, from where they go to a file that only its owner can
 * read. They never go back to the page.
 */
import { randomUUID } from 'node:crypto';
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../core/loose.ts';
import type { Adapter } from '../../providers/adapter.ts';

export interface Keys {
  /** The key and where it comes from. What was entered goes before the environment: it was chosen here. */
  of(adapter: Adapter): { readonly key: string; readonly from: 'entered' | 'from the environment' } | undefined;
  /** An empty key forgets the one that was entered. */
  enter(adapter: Adapter, key: string): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

export async function openKeys(home: string, environment: Environment): Promise<Keys> {
  const file = join(home, 'keys.json');
  const entered = new Map<string, string>(await readKeys(file));
  return {
    of({ id, keyNames }) {
      const own = entered.get(id);
      if (own) return { key: own, from: 'entered' };
      const found = keyNames.map((name) => environment[name]?.trim()).find(Boolean);
      return found ? { key: found, from: 'from the environment' } : undefined;
    },
    async enter({ id }, key) {
      // Another process on the same folder may have taken one meanwhile.
      for (const [other, known] of await readKeys(file)) entered.set(other, known);
      if (key) entered.set(id, key);
      else entered.delete(id);
      const part = `${file}.${randomUUID()}.part`;
      await writeFile(part, JSON.stringify(Object.fromEntries(entered)), { mode: 0o600 });
      await chmod(part, 0o600);
      await rename(part, file);
    },
  };
}

async function readKeys(file: string): Promise<[string, string][]> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    const read: unknown = JSON.parse(text);
    if (!isRecord(read)) return [];
    return Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  } catch {
    // A damaged file holds no keys that could be used; the next that is entered replaces it.
    return [];
  }
}

/** `TRIPTYCH_FAL_URL` for `fal`, `TRIPTYCH_COMFYUI_URL` for `comfyui-local`: where a service lives, if not at home. */
export function addressName({ id }: Pick<Adapter, 'id'>): string {
  const name = id.replace(/-local$/, '').replaceAll('-', '_');
  return `TRIPTYCH_${name.toUpperCase()}_URL`;
}
const addressIn = (adapter: Pick<Adapter, 'id'>, environment: Environment) => environment[addressName(adapter)]?.trim();

/**
 * Without a slash at its end; empty where it has no address of its own and none was given.
 * @param chosen where a person found it
 */
export function baseOf(adapter: Pick<Adapter, 'id' | 'home'>, environment: Environment, chosen?: string): string {
  const address = (addressIn(adapter, environment) || chosen || adapter.home).replace(/\/+$/, '');
  // One without its scheme, or with a name and a password in it, is none that could be asked.
  const isAddress = URL.canParse(address) && /^https?:\/\/[^@]*$/.test(address);
  return isAddress ? address : '';
}
/** Whether this machine's settings say where it is. */
export const isNamed = (adapter: Pick<Adapter, 'id'>, environment: Environment): boolean =>
  Boolean(addressIn(adapter, environment));
