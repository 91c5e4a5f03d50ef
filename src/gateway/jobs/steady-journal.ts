/**
 * What became of a job is written down again and again until it is: another process may have the journal locked, or the
 * disk be full. What stays unwritten is no failure of the job; the journal stands as it is, and it goes on from there.
 */
import type { Journal } from './journal.ts';

export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

const TRIES_MS = [1000, 4000, 15_000, 60_000];

/** `pause` settles after so many milliseconds, and rejects when nobody should wait on. */
export function steadyJournal(journal: Journal, pause: (ms: number) => Promise<void>): Journal {
  async function written<T>(write: () => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++)
      try {
        return await write();
      } catch (cause) {
        const ms = TRIES_MS[tries];
        const mayTryAgain =
          ms !== undefined &&
          (await pause(ms).then(
            () => true,
            () => false,
          ));
        if (!mayTryAgain) throw new NotWritten('The journal could not be written.', { cause });
      }
  }
  return {
    ...journal,
    intend: (id) => written(() => journal.intend(id)),
    wait: (id) => written(() => journal.wait(id)),
    submitted: (id, ref) => written(() => journal.submitted(id, ref)),
    unknown: (id, trouble) => written(() => journal.unknown(id, trouble)),
    end: (id, ending) => written(() => journal.end(id, ending)),
  };
}
