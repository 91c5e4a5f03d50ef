/**
 * Keeps jobs going: one for each take, whoever asks and however often. It owns the journal, the keys, the bytes and the
 * ways to the services; it knows nothing of HTTP on this side.
 */
import type { Loose } from '../../core/loose.ts';
import { say, type Said } from '../../core/say.ts';
import type { Micros } from '../../core/money.ts';
import type { Adapter, PictureFile, JobStep } from '../../providers/adapter.ts';
import { ServiceTrouble } from '../../providers/service-trouble.ts';
import { hasEnded, type JobOrder, type JobView, type LocalServer, type ProviderView } from '../../routing/job.ts';
import type { PriceQuestion, Quote } from '../../routing/quotes.ts';
import { isLocalAt } from './hosts.ts';
import { accessFor } from './access.ts';
import { checkAttached } from './attached-pictures.ts';
import { asJobTrouble, CLOSING, runJob, takenBackUnheard } from './job-course.ts';
import type { JobFiles } from './job-files.ts';
import { HOLD_MS, type Job, type Journal, type Spending } from './journal.ts';
import type { LastTests } from './last-tests.ts';
import type { LocalAddresses } from './local-addresses.ts';
import { lookForServers } from './local-servers.ts';
import type { MonthCap } from './month-cap.ts';
import { createPriceDesk } from './price-desk.ts';
import { journalWithoutSecret, saidWithoutSecret, withoutSecret } from './secrets.ts';
import { steadyJournal } from './steady-journal.ts';
import { addressName, baseOf, isNamed, type Keys } from './service-keys.ts';
import { createLane, type ServiceLane } from './service-lane.ts';

export interface JobServiceHost {
  readonly adapters: readonly Adapter[];
  readonly journal: Journal;
  readonly files: JobFiles;
  readonly keys: Keys;
  readonly tests: LastTests;
  readonly addresses: LocalAddresses;
  readonly monthCap: MonthCap;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  /** Settles after so many milliseconds; rejects when the signal says so. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}
export interface JobService {
  /** The same job twice is one job. Throws `ServiceTrouble`: the service is not known, or the month's money is used up. */
  put(id: string, order: JobOrder, pictures: ReadonlyMap<string, PictureFile>): Promise<JobView>;
  get(id: string): Promise<JobView | undefined>;
  /** Hears the name of every job that is not as it was; returns how to stop. */
  listen(listener: (id: string) => void): () => void;
  cancel(id: string): Promise<JobView | undefined>;
  /** Asks the service once more after a job of which nobody knows whether it took it. */
  lookAgain(id: string): Promise<JobView | undefined>;
  /** A person says that it was not made; what it may have cost stays booked. */
  countLost(id: string): Promise<JobView | undefined>;
  /** Where the bytes of a job that was made lie. */
  output(id: string): string;
  preview(id: string): Promise<PictureFile | undefined>;
  providers(): Promise<readonly ProviderView[]>;
  /** What services say that units of these models cost, as far as they answer. */
  quotes(asked: readonly PriceQuestion[]): Promise<readonly Quote[]>;
  /** Asks a service whether it can be used as it is set up. */
  test(id: string): Promise<ProviderView | undefined>;
  enterKey(id: string, key: string): Promise<ProviderView | undefined>;
  /** Looks for servers on this computer where they usually are. One that is found where it is asked can be asked then. */
  findServers(): Promise<readonly LocalServer[]>;
  /** Asks a server of this computer there from now on. Throws `RangeError` where it is not looked for. */
  useServer(id: string, address: string): Promise<ProviderView | undefined>;
  /** What a service says of its kinds of nodes. Throws `ServiceTrouble`; `undefined`: it runs no workflows. */
  nodes(id: string, names: readonly string[]): Promise<Loose | undefined>;
  /** What all jobs of a month may cost together, for orders that do not say it; `undefined` without a limit. */
  keepBudget(monthly: Micros | undefined): Promise<void>;
  /** Goes on with what an earlier process left; again and again, since another process may end any time. */
  resume(): Promise<void>;
  /** Stops without ending any job: the next start goes on with them. */
  close(): Promise<void>;
}

/** What is known of a job at work beyond its journal. */
interface AtWork {
  readonly abort: AbortController;
  readonly done: Promise<void>;
  step?: JobStep;
  /** How many pictures of what is not finished were kept, and when the last one was. */
  previews: number;
  previewedAt: number;
}

export function createJobService(host: JobServiceHost): JobService {
  const { journal, files, keys, tests, addresses, monthCap, environment, now, pause } = host;
  const adapters = new Map(host.adapters.map((adapter) => [adapter.id, adapter]));
  const lanes = new Map<string, ServiceLane>();
  const atWork = new Map<string, AtWork>();
  const listeners = new Set<(id: string) => void>();
  const closing = new AbortController();

  const laneOf = ({ id, atOnce }: Adapter): ServiceLane => {
    const lane = lanes.get(id) ?? createLane(atOnce, now, (ms, call) => void setTimeout(call, ms).unref());
    lanes.set(id, lane);
    return lane;
  };
  const baseIn = (adapter: Adapter) => baseOf(adapter, environment, addresses.of(adapter));
  /** Of a service that can be asked: it is known, and where it is. */
  const reachable = (provider: string): Adapter | undefined => {
    const adapter = adapters.get(provider);
    return adapter && baseIn(adapter) !== '' ? adapter : undefined;
  };
  const tell = (id: string) => listeners.forEach((listener) => listener(id));
  const accessOf = (adapter: Adapter, signal: AbortSignal, beforePaying?: () => Promise<void>) =>
    accessFor({
      adapter,
      key: keys.of(adapter)?.key,
      base: baseIn(adapter),
      signal,
      now,
      pause,
      ...(beforePaying ? { beforePaying } : {}),
    });

  const lacksKey = (adapter: Adapter): boolean =>
    adapter.keyNames.length > 0 && !adapter.isKeyOptional && keys.of(adapter) === undefined;
  /** Asked without the key, its service would refuse, and what was paid for would count as failed. */
  function isOutOfReach({ state, request }: Job): boolean {
    const adapter = adapters.get(request.provider);
    return (state === 'intended' || state === 'submitted') && adapter !== undefined && lacksKey(adapter);
  }

  /** Goes on with a job that no other process works on; nothing where one does. */
  async function work(job: Job): Promise<void> {
    const { id } = job;
    if (closing.signal.aborted || atWork.has(id)) return;
    const adapter = isOutOfReach(job) ? undefined : reachable(job.request.provider);
    // One whose service is not set up any more waits until it is, or until a person takes it back.
    if (!adapter && !job.isCancelled) return;
    // As it stands now: another process, or a person, may have been at it since it was read.
    const held = await journal.hold(id);
    if (!held || atWork.has(id)) return;
    if (!adapter) {
      await journal.end(id, takenBackUnheard(held));
      return tell(id);
    }
    const abort = new AbortController();
    const one: AtWork = {
      abort,
      previews: 0,
      previewedAt: 0,
      done: course(held, adapter, abort).finally(() => end(id)),
    };
    atWork.set(id, one);
    if (held.isCancelled) abort.abort(cancelled());
  }
  function end(id: string): void {
    atWork.delete(id);
    tell(id);
  }

  async function course(job: Job, adapter: Adapter, { signal }: AbortController): Promise<void> {
    const { id } = job;
    const lane = laneOf(adapter);
    const key = keys.of(adapter)?.key;
    const leave = await lane.enter(signal).catch(() => () => {});
    tell(id);
    try {
      await runJob(job, {
        adapter,
        journal: journalWithoutSecret(
          steadyJournal(journal, (ms) => pause(ms, closing.signal)),
          key,
        ),
        files,
        lane,
        now,
        signal,
        access: (beforePaying, own = signal) => accessOf(adapter, own, beforePaying),
        clean: (text) => withoutSecret(text, key),
        fetched: ({ url, headers }) => accessOf(adapter, signal).pieces({ to: url, ...(headers ? { headers } : {}) }),
        report(step) {
          const one = atWork.get(id);
          if (one) one.step = step;
          tell(id);
        },
        preview(picture) {
          const one = atWork.get(id);
          // Fast machines show many a second: more than anybody can see, and each is a file.
          if (!one || now() - one.previewedAt < PREVIEW_MS) return;
          one.previewedAt = now();
          const kept = () => {
            one.previews++;
            tell(id);
          };
          files.keepPreview(id, picture).then(kept, () => {});
        },
      });
    } catch (error) {
      console.error(error);
    } finally {
      leave();
    }
  }

  function viewOf(job: Job): JobView {
    const { id, state, request, estimate, charged, createdAt, submittedAt, endedAt, result, trouble } = job;
    const one = hasEnded(state) ? undefined : atWork.get(id);
    return {
      id,
      state,
      provider: request.provider,
      model: request.model,
      estimate,
      charged,
      createdAt,
      ...(submittedAt === undefined ? {} : { submittedAt }),
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(one?.step?.fraction === undefined ? {} : { fraction: one.step.fraction }),
      ...(one?.step?.place === undefined ? {} : { place: one.step.place }),
      ...(one?.previews ? { previews: one.previews } : {}),
      ...result,
      ...(trouble ? { trouble } : {}),
    };
  }
  async function view(id: string): Promise<JobView | undefined> {
    const job = await journal.get(id);
    return job && told(job);
  }
  /** What was sent, and nobody can ask after here: what becomes of it is not known before somebody can. */
  async function told(job: Job): Promise<JobView> {
    const { id, request } = job;
    const isStuck =
      !atWork.has(id) && isOutOfReach(job) && (await journal.orphans()).some((orphan) => orphan.id === id);
    if (!isStuck) return viewOf(job);
    const name = say(adapters.get(request.provider)?.name ?? request.provider);
    const trouble = {
      kind: 'key',
      message: say('{0} has this job, and is not set up here, so nobody asks after it.', name),
      hint: say('Where it is set up, it goes on; then look again.'),
    };
    return { ...viewOf(job), state: 'unknown', trouble };
  }

  async function providerViews(some: readonly Adapter[]): Promise<readonly ProviderView[]> {
    const spending = new Map((await journal.spending()).map((spent) => [spent.provider, spent]));
    return some.map((adapter) => providerView(adapter, spending.get(adapter.id)));
  }
  async function oneView(adapter: Adapter): Promise<ProviderView> {
    return (await providerViews([adapter]))[0]!;
  }

  function providerView(adapter: Adapter, spent: Spending | undefined): ProviderView {
    const { id, name, version, keyNames, keyPage, atOnce } = adapter;
    const base = baseIn(adapter);
    const isLocal = isLocalAt(adapter, base);
    const key = keys.of(adapter);
    const lastTest = tests.of(id);
    const { setAside } = laneOf(adapter);
    // A server on this computer is asked once it was named or found.
    const isFound = !isLocal || isNamed(adapter, environment) || lastTest?.works === true;
    return {
      id,
      name,
      version,
      isLocal,
      keyNames,
      ...(keyPage ? { keyPage } : {}),
      key: keyNames.length === 0 ? 'none needed' : (key?.from ?? (adapter.isKeyOptional ? 'optional' : 'missing')),
      addressName: addressName(adapter),
      ...(isNamed(adapter, environment) ? { address: base } : {}),
      ...(base === '' ? { lacksAddress: true as const } : {}),
      ...(adapter.prices ? { quotes: true as const } : {}),
      isReady: base !== '' && !lacksKey(adapter) && isFound && !setAside && lastTest?.works !== false,
      ...(lastTest ? { lastTest } : {}),
      ...(setAside ? { setAside: { ...setAside, why: saidWithoutSecret(setAside.why, key?.key) } } : {}),
      atOnce,
      spentThisMonth: spent?.charged ?? (0 as Micros),
      reserved: spent?.reserved ?? (0 as Micros),
    };
  }

  /** The price that the service itself says, where the list has none; `null` where it does not say. */
  async function quoted(request: JobOrder['request'], adapter: Adapter): Promise<Micros | null> {
    try {
      return (await adapter.quote?.(request, accessOf(adapter, AbortSignal.timeout(QUOTE_MS)))) ?? null;
    } catch {
      return null;
    }
  }

  const priceDesk = createPriceDesk(now, async (provider, models) => {
    const adapter = adapters.get(provider);
    if (!adapter?.prices || lacksKey(adapter)) return undefined;
    return adapter.prices(models, accessOf(adapter, AbortSignal.timeout(QUOTE_MS)));
  });

  async function test(adapter: Adapter): Promise<ProviderView> {
    if (baseIn(adapter) === '') return oneView(adapter);
    const found = await adapter.test(accessOf(adapter, AbortSignal.timeout(TEST_MS))).then(
      () => ({ works: true }),
      (thrown: unknown): { works: boolean; message: Said } => ({
        works: false,
        message: saidWithoutSecret(
          thrown instanceof ServiceTrouble ? thrown.said : say('{0} did not answer in time.', say(adapter.name)),
          keys.of(adapter)?.key,
        ),
      }),
    );
    await tests.note(adapter.id, { at: now(), ...found });
    return oneView(adapter);
  }

  return {
    async put(id, order, pictures) {
      const { request } = order;
      const there = await journal.get(id);
      // What was paid for is found, whatever is set up by now.
      if (there && (hasEnded(there.state) || there.state === 'unknown')) return viewOf(there);
      const adapter = reachable(request.provider);
      if (!adapter) throw notSetUp(request.provider, adapters.get(request.provider));
      const isNew = !there;
      if (isNew) checkAttached(request, pictures);
      const estimate = order.estimate ?? (isNew ? await quoted(request, adapter) : null);
      const monthlyBudget = order.monthlyBudget ?? (await monthCap.read());
      if (isNew && monthlyBudget !== undefined && estimate === null)
        throw new ServiceTrouble('billing', say('price unknown, and there is a budget to keep'), {
          code: 'over-budget',
        });
      if (isNew) await files.keepPictures(id, pictures);
      const limit = monthlyBudget === undefined ? {} : { monthlyBudget };
      const put = await journal.put(id, { request, estimate, ...limit }, adapter.version);
      // Whoever put it a moment earlier may have seen it end; and what is refused keeps nothing here.
      if ('left' in put ? !(await journal.get(id)) : hasEnded(put.state))
        await files.tidy(id, 'state' in put && put.state === 'made');
      if ('left' in put)
        throw new ServiceTrouble(
          'billing',
          say('This would go over the month’s budget: {0} are left.', { micros: put.left }),
          {
            code: 'over-budget',
            hint: say('Raise the monthly budget in Settings, or choose a cheaper tier.'),
          },
        );
      if (!hasEnded(put.state) && put.state !== 'unknown') await work(put);
      return told(put);
    },
    get: view,
    output: files.output,
    preview: files.preview,

    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },

    async cancel(id) {
      if (!(await journal.cancel(id))) return view(id);
      const job = await journal.get(id);
      // Nobody may be at work on it. Of one that is `unknown` nobody can say what to take back.
      if (job && job.state !== 'unknown') await work(job);
      atWork.get(id)?.abort.abort(cancelled());
      await atWork.get(id)?.done;
      return view(id);
    },

    async lookAgain(id) {
      const job = await journal.get(id);
      if (job?.state !== 'unknown') return job && viewOf(job);
      await work(job);
      // It may go on for long once it is found.
      await Promise.race([atWork.get(id)?.done, wait(LOOK_MS)]);
      return view(id);
    },

    async countLost(id) {
      const job = await journal.get(id);
      if (job?.state !== 'unknown') return job && viewOf(job);
      const trouble = new ServiceTrouble('lost', say('Counted as lost; what it may have cost is booked.'));
      await journal.end(id, { state: 'failed', charged: job.estimate, trouble: asJobTrouble(trouble) });
      tell(id);
      return view(id);
    },

    providers: () => providerViews(host.adapters),
    quotes: priceDesk,
    async test(id) {
      const adapter = adapters.get(id);
      return adapter && test(adapter);
    },
    async enterKey(id, key) {
      const adapter = adapters.get(id);
      if (!adapter) return undefined;
      await keys.enter(adapter, key);
      await tests.note(id, undefined);
      return oneView(adapter);
    },
    async findServers() {
      const found = await lookForServers(host.adapters, {
        baseOf: baseIn,
        isNamed: (adapter) => isNamed(adapter, environment),
        accessTo: (adapter, base) =>
          accessFor({ adapter, key: undefined, base, signal: AbortSignal.timeout(FIND_MS), now, pause }),
      });
      // What is known of one that is asked there is as old as this then.
      for (const { provider, answers, isUsed } of found)
        if (isUsed && (answers || tests.of(provider))) await test(adapters.get(provider)!);
      return found;
    },
    async useServer(id, address) {
      const adapter = adapters.get(id);
      if (!adapter) return undefined;
      await addresses.choose(adapter, address);
      return test(adapter);
    },
    async nodes(id, names) {
      const adapter = adapters.get(id);
      return adapter?.nodes?.(names, accessOf(adapter, AbortSignal.timeout(TEST_MS)));
    },

    keepBudget: monthCap.keep,

    async resume() {
      await journal.renew();
      await keys.readAgain();
      // Another process may have been told to take back what is at work here.
      for (const [id, { abort }] of atWork) if ((await journal.get(id))?.isCancelled) abort.abort(cancelled());
      for (const job of await journal.orphans()) await work(job);
    },
    async close() {
      closing.abort(CLOSING);
      const all = [...atWork.values()];
      for (const { abort } of all) abort.abort(CLOSING);
      await Promise.race([Promise.allSettled(all.map(({ done }) => done)), wait(CLOSE_MS)]);
      await journal.release();
      await journal.close();
    },
  };
}

const notSetUp = (provider: string, adapter: Adapter | undefined): ServiceTrouble =>
  adapter
    ? new ServiceTrouble('invalid', say('{0} is not set up: it has no address.', say(adapter.name)), {
        hint: say('Start Triptych with {0} set to where it is.', say(addressName(adapter))),
      })
    : new ServiceTrouble('invalid', say('There is no provider {0}.', say(provider)));

const cancelled = () => new DOMException('Cancelled.', 'AbortError');

/** How often a process says that it is at work, and looks for what others left. */
export const RESUME_MS = HOLD_MS / 3;
const TEST_MS = 20_000;
const QUOTE_MS = 5000;
const FIND_MS = 4000;
const LOOK_MS = 3000;
const CLOSE_MS = 3000;
const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
const PREVIEW_MS = 700;
