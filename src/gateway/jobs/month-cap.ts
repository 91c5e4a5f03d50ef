/**
 * What a person lets services cost in a month, as they said it in Settings: kept for whoever orders without knowing it, as
 * a command line does.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord } from '../../core/loose.ts';
import { isMicros, type Micros } from '../../core/money.ts';
import { say } from '../../core/say.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import { writeWhole } from './write-whole.ts';

export interface MonthCap {
  /**
   * As it stands now: another process may have been told another. `undefined` without a limit. Throws `ServiceTrouble`
   * where a limit was said and cannot be read: nobody may spend without one then.
   */
  read(): Promise<Micros | undefined>;
  keep(amount: Micros | undefined): Promise<void>;
}

export function monthCap(home: string): MonthCap {
  const file = join(home, 'budget.json');
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '{}';
        throw unreadable(error);
      });
      return amountIn(text);
    },
    async keep(monthlyBudget) {
      await writeWhole(file, JSON.stringify({ monthlyBudget }));
    },
  };
}

function amountIn(text: string): Micros | undefined {
  try {
    const read: unknown = JSON.parse(text);
    if (isRecord(read) && read['monthlyBudget'] === undefined) return undefined;
    if (isRecord(read) && isMicros(read['monthlyBudget'])) return read['monthlyBudget'];
  } catch {
    // Told below, as every other text that says no amount.
  }
  throw unreadable();
}
const unreadable = (cause?: unknown) =>
  new ServiceTrouble('billing', say('The month’s budget cannot be read, so nothing is sent.'), {
    hint: say('Say it again in Settings.'),
    cause,
  });
