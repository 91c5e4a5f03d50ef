/** What the last test of each service found, kept between starts: a server that was found once is known from then on. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../core/loose.ts';
import type { ProviderView } from '../../routing/job.ts';
import { writeWhole } from './write-whole.ts';

export type LastTest = NonNullable<ProviderView['lastTest']>;
export interface LastTests {
  of(provider: string): LastTest | undefined;
  /** `undefined`: nothing is known any more. */
  note(provider: string, test: LastTest | undefined): Promise<void>;
}

export async function openLastTests(home: string): Promise<LastTests> {
  const file = join(home, 'tests.json');
  const tests = await readTests(file);
  return {
    of: (provider) => tests.get(provider),
    async note(provider, test) {
      if (test) tests.set(provider, test);
      else tests.delete(provider);
      // Where it cannot be written, this process knows it all the same.
      await writeWhole(file, JSON.stringify(Object.fromEntries(tests))).catch((error: unknown) => console.error(error));
    },
  };
}

async function readTests(file: string): Promise<Map<string, LastTest>> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'));
    return new Map(
      isRecord(read) ? Object.entries(read).filter((entry): entry is [string, LastTest] => isTest(entry[1])) : [],
    );
  } catch {
    // Nothing was tested yet, or the file is damaged: then the next test begins it anew.
    return new Map();
  }
}
const isTest = (value: unknown): boolean =>
  isRecord(value) && typeof value['at'] === 'number' && typeof value['works'] === 'boolean';
