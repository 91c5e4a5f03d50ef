/**
 * Stores changes of one thing in the order they were made, one write at a time; those made during a write go into the
 * next.
 */

type Change<T> = (value: T) => T;
export interface Writer<T> {
  push(change: Change<T>): void;
  /** When all that was pushed is stored, or could not be. */
  settled(): Promise<void>;
}

/**
 * `write` applies a change to what is stored, which another tab may have changed, and returns the outcome; `stored`
 * hears it unless
 * something waits by then. What could not be written is tried again with the next change.
 */
export function writeInOrder<T>(
  write: (change: Change<T>) => Promise<T>,
  stored: (value: T) => void,
  failed: (thrown: unknown) => void,
): Writer<T> {
  let waiting: Change<T>[] = [];
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const now = waiting;
      waiting = [];
      try {
        const value = await write((before) => now.reduce((after, change) => change(after), before));
        if (waiting.length === 0) stored(value);
      } catch (thrown) {
        waiting = [...now, ...waiting];
        failed(thrown);
        return;
      }
    }
  }

  return {
    push(change) {
      waiting.push(change);
      writing ??= writeAll().finally(() => (writing = undefined));
    },
    async settled() {
      await writing;
    },
  };
}
