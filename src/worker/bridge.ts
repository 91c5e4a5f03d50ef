/** A thread as an object of async functions that always settle: Comlink alone never settles calls to a dead worker. */
import { expose, transfer, wrap, type Endpoint, type Remote } from 'comlink';
import { NodeError, type Failure } from '../core/errors.ts';
import { newId } from '../core/ids.ts';
import { died, neverStarted } from './protocol.ts';

export interface Thread<T> {
  /** Rejects with why, as a `NodeError`, when the thread is dead or dies before it has answered. */
  readonly call: Remote<T>;
  /** Settles when the thread has crashed, could not start or was stopped. */
  readonly died: Promise<void>;
  /** Whether it listens, as soon as that is known. */
  readonly started: Promise<boolean>;
  /** Whether it ever listened. */
  readonly hasStarted: boolean;
  readonly isDead: boolean;
  stop(): void;
}
/** What a worker says when it listens and holds the lock of its name. */
const READY = 'triptych-ready';
/** What it says where there are no locks. */
const READY_WITHOUT_LOCK = 'triptych-ready-without-lock';
/** A worker that has not listened by then never will, in milliseconds. */
const START_MS = 60_000;

/** A browser that gives no storage gives no locks, and one without a secure address does not know them. */
const locks = (): LockManager | undefined => globalThis.navigator?.locks;

/** `start` is given the name the worker must have. Calls can be made at once; with `waitMs` it is started only then. */
export function connectThread<T>(start: (name: string) => Worker, waitMs = 0): Thread<T> {
  const name = `triptych-thread-${newId<string>()}`;
  let hasStarted = false;
  let isDead = false;
  /** How each call that has no answer yet is told that none will come. */
  const waiting = new Set<(why: Error) => void>();
  let tell = () => {};
  const death = new Promise<void>((resolve) => (tell = resolve));
  let tellStart: (listens: boolean) => void = () => {};
  const started = new Promise<boolean>((resolve) => (tellStart = resolve));
  let worker: Worker | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const early: (readonly [unknown, Transferable[]])[] = [];
  /** Whoever listens hears the worker from its start on, which may be later. */
  const listeners: Parameters<Endpoint['addEventListener']>[] = [];

  function end(): void {
    if (isDead) return;
    isDead = true;
    clearTimeout(timer);
    // What only threw may still run, and would write beside the thread that replaces it.
    worker?.terminate();
    early.length = 0;
    // First to whoever replaces it: who is told that a call failed may call again at once.
    tell();
    tellStart(false);
    for (const giveUp of waiting) giveUp(lost());
    waiting.clear();
  }
  const lost = () => asError(hasStarted ? died : neverStarted);

  function begin(): void {
    timer = setTimeout(end, START_MS);
    try {
      worker = start(name);
    } catch {
      // The browser refused; whoever waits for an answer is told as if it had died.
      return end();
    }
    worker.addEventListener('error', end);
    worker.addEventListener('messageerror', end);
    worker.addEventListener('message', greet);
    for (const listener of listeners) worker.addEventListener(...listener);
  }

  function greet({ data }: MessageEvent): void {
    if ((data !== READY && data !== READY_WITHOUT_LOCK) || isDead || !worker) return;
    worker.removeEventListener('message', greet);
    clearTimeout(timer);
    hasStarted = true;
    tellStart(true);
    // A worker that dies silently tells nobody, but the browser frees the lock it holds: whoever gets it next knows.
    if (data === READY)
      void locks()
        ?.request(name, end)
        .catch(() => {});
    for (const [message, moved] of early.splice(0)) worker.postMessage(message, moved);
  }

  /**
   * Keeps what is said too early: while a module waits (a WebAssembly file compiles), a worker has no ears yet, and
   * messages would be lost.
   */
  const patient: Endpoint = {
    postMessage(message: unknown, moved: Transferable[] = []) {
      if (hasStarted) worker?.postMessage(message, moved);
      else early.push([message, moved]);
    },
    addEventListener: (...listener) => void listeners.push(listener),
    removeEventListener: (...listener) => worker?.removeEventListener(...listener),
  };

  type Call = (...values: unknown[]) => Promise<unknown>;
  const remote = wrap<Record<string, Call>>(patient) as unknown as Readonly<Record<string, Call>>;
  const known = new Map<string, Call>();
  function callOf(method: string): Call {
    const ask = remote[method]!;
    return (...values) =>
      new Promise((resolve, reject) => {
        if (isDead) return reject(lost());
        waiting.add(reject);
        const settle =
          <V>(how: (value: V) => void) =>
          (value: V) => {
            waiting.delete(reject);
            how(value);
          };
        ask(...values).then(settle(resolve), settle(reject));
      });
  }
  const call = new Proxy(
    {},
    {
      get(_, method) {
        // Whoever awaits the object itself must not send a message.
        if (typeof method !== 'string' || method === 'then') return undefined;
        const made = known.get(method) ?? callOf(method);
        known.set(method, made);
        return made;
      },
    },
  ) as Remote<T>;

  if (waitMs > 0) timer = setTimeout(begin, waitMs);
  else begin();
  return {
    call,
    died: death,
    started,
    get hasStarted() {
      return hasStarted;
    },
    get isDead() {
      return isDead;
    },
    stop: end,
  };
}

const asError = ({ code, message, hint }: Failure): NodeError =>
  new NodeError(code, message, hint === undefined ? {} : { hint });

/** Called last thing in a worker: answers calls, and holds the lock of its name for as long as it lives. */
export function answer(calls: object): void {
  expose(calls);
  const withoutLock = () => self.postMessage(READY_WITHOUT_LOCK);
  const holdForEver = () => {
    self.postMessage(READY);
    return new Promise<never>(() => {});
  };
  const held = locks()?.request(self.name, holdForEver);
  if (held) held.catch(withoutLock);
  else withoutLock();
}

export interface Served {
  /** For the other side. */
  readonly port: MessagePort;
  /** The other side closes it when it is done; where that side is dead, it has to be closed here. */
  close(): void;
}
/** A port behind which `answers` can be called, for as long as the other side holds it. */
export function serveAnswers(answers: object): Served {
  const { port1, port2 } = new MessageChannel();
  expose(answers, port1);
  return { port: port2, close: () => port1.close() };
}

/** Gives a port to the other side instead of copying it. */
export const handOver = (port: MessagePort): MessagePort => transfer(port, [port]);
/** An answer, with something it holds given to the other side instead of copied. */
export const handOverIn = <T>(answerWith: T, held: Transferable): T => transfer(answerWith, [held]);
