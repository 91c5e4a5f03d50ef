/**
 * What went wrong last at each service, kept in the journal: a gateway that is started again, and every other process on
 * it, knows that an account was refused, until the service takes a job again or a person puts it right.
 */
import type { Adapter } from '../../providers/adapter.ts';
import type { ServiceTrouble } from '../../providers/service-trouble.ts';
import { asJobTrouble } from './job-course.ts';
import type { Journal, ToldTrouble } from './journal.ts';
import { troubleWithoutSecret } from './secrets.ts';
import type { Keys } from './service-keys.ts';

export interface LastTroubles {
  /** Nothing: the service took a job, or is said to be right again. */
  note(adapter: Adapter, trouble: ServiceTrouble | undefined): void;
  /** By service; what was noted before is among it. */
  all(): Promise<ReadonlyMap<string, ToldTrouble>>;
  /** Settles when all that was noted is written. */
  written(): Promise<void>;
}

export function lastTroubles(
  journal: Pick<Journal, 'noteTrouble' | 'troubles'>,
  keys: Keys,
  now: () => number,
): LastTroubles {
  /** One after the other, in the order in which they were heard. */
  let turn: Promise<void> = Promise.resolve();
  return {
    note(adapter, trouble) {
      const told = trouble && {
        at: now(),
        trouble: troubleWithoutSecret(asJobTrouble(trouble), keys.of(adapter)?.key),
      };
      // Nothing hangs on it but what a card says: a job goes on where it cannot be written.
      turn = turn.then(() => journal.noteTrouble(adapter.id, told)).catch((error: unknown) => console.error(error));
    },
    async all() {
      await turn;
      return journal.troubles();
    },
    written: () => turn,
  };
}
