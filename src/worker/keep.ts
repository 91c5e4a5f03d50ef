/** Keeps one thread going: whoever dies is followed by another, later and later, and in the end by nobody. */
import type { Thread } from './bridge.ts';

/** A thread that lived for as long as this was well: what ends it then is no reason to hesitate. In milliseconds. */
const WELL_MS = 10_000;
/** How long to wait before each start that follows a failed one. After the last of them it is given up. */
const WAITS_MS = [0, 250, 1000, 4000];

export interface KeptThread<T> {
  /** The one to call now. Once it is given up, calls fail and say why. */
  current(): Thread<T>;
  /** Starts another after it was given up. */
  tryAgain(): void;
}
interface Watcher {
  /** Another thread took the place of one that died: it knows nothing of what that one was told. */
  replaced(): void;
  givenUp(): void;
}

/** `start` is told how long to wait before the worker itself is started; it can be called meanwhile. */
export function keep<T>(
  start: (waitMs: number) => Thread<T>,
  watcher: Watcher,
  now: () => number = () => performance.now(),
): KeptThread<T> {
  let failures = 0;
  let thread = start(0);
  watch();

  function watch(): void {
    const [watched, since] = [thread, now()];
    void watched.died.then(() => {
      if (watched.hasStarted && now() - since >= WELL_MS) failures = 0;
      const wait = WAITS_MS[failures++];
      if (wait === undefined) watcher.givenUp();
      else replace(wait);
    });
  }
  function replace(wait: number): void {
    thread = start(wait);
    watch();
    watcher.replaced();
  }
  return {
    current: () => thread,
    tryAgain() {
      failures = 0;
      if (thread.isDead) replace(0);
    },
  };
}
