/** A timer knows no longer time, and would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Settles after so many milliseconds; rejects with its reason when the signal says so. */
export const pause: Pause = (ms, signal) =>
  new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    if (signal.aborted) return reject(signal.reason as Error);
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      },
      Math.min(ms, LONGEST_TIMER_MS),
    );
    signal.addEventListener('abort', giveUp, { once: true });
  });
