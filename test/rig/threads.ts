/** Workers for tests in Node: the other end of a message channel, which answers calls and can be made to fail. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expose } from 'comlink';

type Listener = (event: MessageEvent) => void;

export class PortWorker {
  readonly #page: MessagePort;
  readonly #inside: MessagePort;
  readonly #errorListeners = new Set<Listener>();
  isTerminated = false;

  /** It listens once it has something to answer with. */
  constructor(calls?: object) {
    const { port1, port2 } = new MessageChannel();
    this.#page = port1;
    this.#inside = port2;
    if (calls) this.listen(calls);
  }
  listen(calls: object): void {
    expose(calls, this.#inside);
    this.#inside.postMessage('triptych-ready-without-lock');
  }
  /** What a page hears when a script of a worker throws or is not there. */
  fail(): void {
    for (const listener of this.#errorListeners) listener(new MessageEvent('error'));
  }
  postMessage(message: unknown, moved: Transferable[]): void {
    this.#page.postMessage(message, moved);
  }
  addEventListener(type: string, listener: Listener): void {
    if (type === 'error') this.#errorListeners.add(listener);
    if (type !== 'message') return;
    this.#page.addEventListener('message', listener);
    this.#page.start();
  }
  removeEventListener(_: string, listener: Listener): void {
    this.#page.removeEventListener('message', listener);
  }
  terminate(): void {
    this.isTerminated = true;
    this.#page.close();
  }
}
/** To whoever wants a real one. */
export const asWorker = (worker: PortWorker): Worker => worker as unknown as Worker;

/** Collects what nobody holds any more. */
export async function collectGarbage(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 4; round++) {
    await new Promise(setImmediate);
    collect();
  }
}
