/** A thread as an object of async functions that always settle: Comlink alone never settles calls to a dead worker. */
import { transfer, wrap, type Remote } from 'comlink';

export interface Thread<T> {
  readonly call: Remote<T>;
  /** Settles when the thread has crashed or was stopped. */
  readonly died: Promise<void>;
  stop(): void;
}

export function connect<T>(worker: Worker): Thread<T> {
  let end = () => {};
  const died = new Promise<void>((resolve) => (end = resolve));
  worker.addEventListener('error', () => end());
  worker.addEventListener('messageerror', () => end());
  return {
    call: wrap<T>(worker),
    died,
    stop() {
      worker.terminate();
      end();
    },
  };
}

/** Gives a port to the other side instead of copying it. */
export const handOver = (port: MessagePort): MessagePort => transfer(port, [port]);
