/** Runs one node at a time. */
import { releaseProxy, wrap } from 'comlink';
import { gatewayClient } from '../providers/gateway-client.ts';
import { PROVIDERS } from '../providers/providers.ts';
import { serviceProvider, type ServiceHost } from '../providers/service-provider.ts';
import { registry } from '../registry.ts';
import type { RunAccount } from '../routing/produce.ts';
import { runTask, type TaskHost } from '../session/run-task.ts';
import { openStorageUnseen } from '../storage/open.ts';
import { answer } from './bridge.ts';
import { hostClock } from '../host-clock.ts';
import { artifactsOver, usualFile } from './thread-artifacts.ts';
import type { TaskProgress, TaskThread } from './protocol.ts';

/** How long work may go on before the thread looks for messages, in milliseconds. */
const BREATH = 24;

const { artifacts: store } = await openStorageUnseen();
const artifacts = artifactsOver(store);
const client = gatewayClient(self.location.origin);
const services: ServiceHost = { client, fileOf: (image) => usualFile(store, image) };
const providers = { get: (id: string) => PROVIDERS.get(id) ?? serviceProvider(id, services) };
const HERE = { registry, artifacts, providers, clock: hostClock, isStored: store.has };
const running = new Map<string, AbortController>();

const thread: TaskThread = {
  async run(task, queuedMs, port, accountPort) {
    const abort = new AbortController();
    running.set(task.key, abort);
    port.postMessage('begun' satisfies TaskProgress);
    const account = wrap<RunAccount>(accountPort);
    let breathed = performance.now();
    const progress: TaskHost['progress'] = async (fraction, note) => {
      abort.signal.throwIfAborted();
      if (performance.now() - breathed < BREATH) return;
      port.postMessage({ fraction, ...(note ? { note } : {}) } satisfies TaskProgress);
      await nextTurn();
      breathed = performance.now();
      abort.signal.throwIfAborted();
    };
    const { signal } = abort;
    try {
      return await runTask(task, { ...HERE, account, signal, queuedMs, progress });
    } finally {
      running.delete(task.key);
      port.close();
      account[releaseProxy]();
    }
  },
  cancel(key) {
    running.get(key)?.abort();
  },
};

const turn = new MessageChannel();
const waiting: (() => void)[] = [];
turn.port1.onmessage = () => waiting.shift()?.();
/** One turn of the event loop, without the 4 ms a timer would cost. */
const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    turn.port2.postMessage(0);
  });

answer(thread);
