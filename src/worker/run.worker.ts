/** Wires a session to this browser: its storage, its task threads, its page. The page only hears what happened. */
import { fail, ok, toFailure, type Result } from '../core/errors.ts';
import { schedule } from '../engine/schedule.ts';
import { stretchesOfFilm } from '../file/film-stretches.ts';
import { upgradeWith } from '../file/upgrade.ts';
import { decodeImage, pngOf } from '../media/image.ts';
import { gatewayClient } from '../providers/gateway-client.ts';
import { registry } from '../registry.ts';
import { catalogOf } from '../routing/catalog.ts';
import type { BookedJob } from '../routing/job.ts';
import type { RunAccount } from '../routing/produce.ts';
import { createSession } from '../session/session.ts';
import { monthBudget } from '../storage/month-budget.ts';
import { openStorageUnseen } from '../storage/open.ts';
import { runStore } from '../storage/run-store.ts';
import { takeStore } from '../storage/take-store.ts';
import { answer, serveAnswers } from './bridge.ts';
import { hostClock } from '../host-clock.ts';
import { loadPart } from '../load-part.ts';
import { unpacker } from './graph-transfer.ts';
import { importFile } from './import-file.ts';
import { threadPool } from './pool.ts';
import { waitingThread } from './waiting-thread.ts';
import type { RunRequest, RunThread } from './protocol.ts';
import { spaceKeeper } from './space-keeper.ts';
import { artifactsOver } from './thread-artifacts.ts';

const MEGABYTES = 1500;
/** Jobs that are waited for at once: how many a service works on is the gateway's to say. */
const MOST_WAITING = 64;
/** Whoever looks at pictures for so long has stopped running graphs for now. */
const REST_MS = 60_000;

const { db, artifacts, notKept } = await openStorageUnseen();
const spawn = (name: string) => new Worker(new URL('./task.worker.ts', import.meta.url), { type: 'module', name });
const cores = Math.max(1, (navigator.hardwareConcurrency || 2) - 1);
// Where nothing is kept, pictures live in the threads that made them.
const pool = threadPool(cores, spawn, notKept ? undefined : REST_MS);
const waiting = waitingThread(spawn);
const scheduled = schedule(
  { lanes: { cpu: pool.size, network: MOST_WAITING }, megabytes: MEGABYTES },
  (task, signal, watcher, account: RunAccount, arrivedAt: number) => {
    const counter = () => ({ ...serveAnswers(account), queuedMs: Math.max(0, Date.now() - arrivedAt) });
    const execute = task.lane === 'network' ? waiting : pool.execute;
    return execute(task, signal, watcher, counter);
  },
);
const space = spaceKeeper(db, () => session.drop());
const seen = artifactsOver(artifacts);
let booked: readonly BookedJob[] = [];
const session = createSession({
  registry,
  runs: runStore(db, Date.now, upgradeWith(registry)),
  takes: takeStore(db),
  month: monthBudget(db, Date.now, () => booked),
  booked: () => booked,
  artifacts: seen,
  clock: hostClock,
  execute: (task, signal, watcher, account) => scheduled(task, signal, watcher, account, Date.now()),
  async collect(take, candidate) {
    const { collectTake } = await loadPart(() => import('../providers/collect-take.ts'));
    return collectTake(take, candidate, gatewayClient(self.location.origin), seen);
  },
  isStored: artifacts.has,
  used: artifacts.used,
  whileInUse: space.whileInUse,
});

const asFailure = (thrown: unknown): Result<never> => ({ ok: false, error: toFailure(thrown) });
/** Whatever is thrown becomes a `Failure` here: on its way to another thread it would lose what caused it. */
async function asResult<T>(work: () => Promise<T>): Promise<Result<T>> {
  return work().then(ok, asFailure);
}
const unpack = unpacker();
/** At once, before anything is awaited: transfers build on each other. */
const arrived = (request: RunRequest) => ({ ...request, graph: unpack(request.graph) });

const thread: RunThread = {
  equip: (models, asOf, ready, quotes) => session.equip(catalogOf(models, asOf), ready, quotes),
  noteBooked: (jobs) => void (booked = jobs),
  plan(request) {
    const wanted = arrived(request);
    space.show(request.graphId);
    return session.plan(wanted);
  },
  planRows: (request) => session.planRows(arrived(request)),
  start: (request, port) => session.start(arrived(request), (events) => port.postMessage(events)),
  cancel: session.cancel,
  judge: (judged) => asResult(() => session.judge(judged)),
  leftInWork: () => asResult(session.leftInWork),
  settle: (left) => asResult(() => session.settle(left)),
  replay: session.replay,
  lookAt: (value) =>
    asResult(async () => {
      const { lookAtPicture } = await import('../lessons/picture-look.ts');
      return lookAtPicture(value, artifactsOver(artifacts));
    }),
  freeze: (outputs) => asResult(() => session.freeze(outputs)),

  importFile: (file) => asResult(() => importFile(artifacts, file)),
  stretches: (film) => asResult(() => stretchesOfFilm(registry, film, seen)),
  pixelsOf: (hash) =>
    asResult(async () => {
      const blob = await artifacts.get(hash);
      return blob && pngOf(await decodeImage(blob));
    }),

  async clearResults() {
    if (session.isBusy) return fail('rejected', 'A run is going on.', 'Wait for it, or cancel it first.');
    return space.clear().catch(asFailure);
  },
  tidy: (isFull) => asResult(() => space.tidy(isFull)),
  dropOldRuns: () => space.dropRuns().catch(asFailure),
  setBudget: (bytes) => asResult(() => space.setBudget(bytes)),
  space: () => asResult(() => space.space()),
};

answer(thread);
