/** A thread as an object of async functions that always settle: Comlink alone never settles calls to a dead worker. */
import { expose, transfer, wrap, type Endpoint, type Remote } from 'comlink';
import { newId } from '../core/ids.ts';

export interface Thread<T> {
  readonly call: Remote<T>;
  /** Settles when the thread has crashed or was stopped. */
  readonly died: Promise<void>;
  stop(): void;
}
/** In place of a thread where the browser gives none: every call is refused with the same words. */
export function refusing<T>(why: Error): Thread<T> {
  const call = new Proxy({}, { get: () => () => Promise.reject(why) }) as Remote<T>;
  return { call, died: new Promise(() => {}), stop() {} };
}

/** What a worker says when it listens. */
const READY = 'triptych-ready';

/** `start` is given the name the worker must have. */
export function connect<T>(start: (name: string) => Worker): Thread<T> {
  const name = `triptych-thread-${newId<string>()}`;
  const worker = start(name);
  let end = () => {};
  const died = new Promise<void>((resolve) => (end = resolve));
  void outlive(name).then(end);
  worker.addEventListener('error', () => end());
  worker.addEventListener('messageerror', () => end());
  return {
    call: wrap<T>(patient(worker)),
    died,
    stop() {
      worker.terminate();
      end();
    },
  };
}

/** Keeps what is said too early: while a module waits (a WebAssembly file compiles), a worker has no ears yet, and messages would be lost. */
function patient(worker: Worker): Endpoint {
  const early: (readonly [unknown, Transferable[]])[] = [];
  let listening = false;
  worker.addEventListener('message', function greet({ data }) {
    if (data !== READY) return;
    worker.removeEventListener('message', greet);
    listening = true;
    for (const [message, moved] of early.splice(0)) worker.postMessage(message, moved);
  });
  return {
    postMessage(message: unknown, moved: Transferable[] = []) {
      if (listening) worker.postMessage(message, moved);
      else early.push([message, moved]);
    },
    addEventListener: worker.addEventListener.bind(worker),
    removeEventListener: worker.removeEventListener.bind(worker),
  };
}

/** A worker that dies silently tells nobody, but the browser frees the lock it holds: whoever gets it next knows. */
async function outlive(name: string): Promise<void> {
  if (!navigator.locks) return new Promise(() => {});
  const holds = async () => (await navigator.locks.query()).held?.some((lock) => lock.name === name);
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 150));
  await navigator.locks.request(name, () => {});
}
/** Called last thing in a worker: answers calls, and holds the lock of its name for as long as it lives. */
export function answer(calls: object): void {
  // Without locks a silent death is not noticed; all else works.
  void navigator.locks?.request(self.name, () => new Promise(() => {})).catch(() => {});
  expose(calls);
  self.postMessage(READY);
}

/** A port behind which `answers` can be called, for as long as the other side holds it. */
export function serve(answers: object): MessagePort {
  const { port1, port2 } = new MessageChannel();
  expose(answers, port1);
  return port2;
}

/** Gives a port to the other side instead of copying it. */
export const handOver = (port: MessagePort): MessagePort => transfer(port, [port]);
