/**
 * Which of the usual places a server of this computer is asked at, chosen by a person when it was found there. Kept in
 * a file, like keys; what the environment says goes before it.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../core/loose.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { writeWhole } from './write-whole.ts';

export interface LocalAddresses {
  of(adapter: Pick<Adapter, 'id' | 'ports'>): string | undefined;
  /** Throws `RangeError` where the address is none of its usual places: nobody is sent elsewhere by a page. */
  choose(adapter: Pick<Adapter, 'id' | 'ports'>, address: string): Promise<void>;
}

/** Where a server of this computer usually listens, the most usual place first. */
export const usualPlaces = ({ ports = [] }: Pick<Adapter, 'ports'>): readonly string[] =>
  ports.map((port) => `http://127.0.0.1:${port}`);

export async function openLocalAddresses(home: string): Promise<LocalAddresses> {
  const file = join(home, 'addresses.json');
  const chosen = await readAddresses(file);
  return {
    of(adapter) {
      const address = chosen.get(adapter.id);
      return usualPlaces(adapter).find((place) => place === address);
    },
    async choose(adapter, address) {
      if (!usualPlaces(adapter).includes(address)) throw new RangeError(`${adapter.id} is not looked for there.`);
      chosen.set(adapter.id, address);
      await writeWhole(file, JSON.stringify(Object.fromEntries(chosen)));
    },
  };
}

async function readAddresses(file: string): Promise<Map<string, string>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    const entries = isRecord(read) ? Object.entries(read) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    // None was chosen yet, or the file is damaged: then they are looked for again.
    return new Map();
  }
}
