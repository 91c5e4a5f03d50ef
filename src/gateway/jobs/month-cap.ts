/**
 * What a person lets services cost in a month, as they said it in Settings: kept for whoever orders without knowing it, as
 * a command line does.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isRecord } from '../../core/loose.ts';
import { isMicros, type Micros } from '../../core/money.ts';

export interface MonthCap {
  /** As it stands now: another process may have been told another. `undefined` without a limit. */
  read(): Promise<Micros | undefined>;
  keep(amount: Micros | undefined): Promise<void>;
}

export function monthCap(home: string): MonthCap {
  const file = join(home, 'budget.json');
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const read: unknown = JSON.parse(text);
      const amount = isRecord(read) ? read['monthlyBudget'] : undefined;
      return isMicros(amount) ? amount : undefined;
    },
    async keep(monthlyBudget) {
      const part = `${file}.${randomUUID()}.part`;
      await writeFile(part, JSON.stringify({ monthlyBudget }), { mode: 0o600 });
      await rename(part, file);
    },
  };
}
