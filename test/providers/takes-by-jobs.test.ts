/** Takes made by real jobs at scripted services: what `produce` does with what the job service says. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NodeError } from '../../src/core/errors.ts';
import type { ArtifactHash, CacheKey, GraphId, NodeId, RunId, TakeId } from '../../src/core/ids.ts';
import { dollars, FREE, type Micros } from '../../src/core/money.ts';
import { inWords } from '../../src/core/say.ts';
import type { TakeRecord, TakeRequest } from '../../src/core/take.ts';
import { ownClient } from '../../src/gateway/jobs/own-client.ts';
import { memoryArtifacts } from '../../src/headless/memory-artifacts.ts';
import { openTill } from '../../src/ledger/till.ts';
import { collectTake } from '../../src/providers/collect-take.ts';
import type { JobClient } from '../../src/providers/job-client.ts';
import { serviceProvider } from '../../src/providers/service-provider.ts';
import { ServiceTrouble } from '../../src/providers/service-trouble.ts';
import { catalogOf, type Model } from '../../src/routing/catalog.ts';
import type { JobView } from '../../src/routing/job.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';
import { produce } from '../../src/routing/produce.ts';
import { resolve, type Market } from '../../src/routing/resolve.ts';
import type { RoutingTable } from '../../src/routing/routing-table.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { queueAdapter, startQueue, type QueueDouble } from '../contract/queue.ts';
import { openJobsRig, settled, type JobsRig } from '../rig/jobs.ts';
import { rowFor, takeRequest } from '../rig/requests.ts';

const PRICE = dollars('0.04');
let services: Record<'a' | 'b', QueueDouble>;
let jobs: JobsRig;
let named: number;
beforeEach(async () => {
  named = 0;
  services = { a: await startQueue(), b: await startQueue() };
  const adapters = [queueAdapter(services.a.url, false, 'a'), queueAdapter(services.b.url, false, 'b')];
  jobs = await openJobsRig(adapters);
});
afterEach(async () => {
  await jobs.service.close();
  await Promise.all([services.a.close(), services.b.close()]);
});

const model = (id: string): Model => ({
  id,
  vendor: id,
  name: `Model ${id}`,
  status: 'active',
  work: ['text to image'],
  modalities: [],
  offers: [
    {
      provider: id,
      modelId: id,
      price: { amount: PRICE, unit: 'image', per: 1, source: 'a test', asOf: '2026-11-01' },
    },
  ],
  supports: { seed: true, guidance: false, references: false },
  tiers: ['speed'],
  seeds: 'yes',
  sources: [],
  asOf: '2026-11-01',
});
const request = takeRequest({
  prompt: { kind: 'prompt', text: 'a lighthouse', negative: 'blurry' },
  seed: { kind: 'seed', seed: 0, locked: false },
  guidance: { kind: 'guidance', scale: 9 },
  aspect: { kind: 'aspect', ratio: [1, 1], width: 64, height: 64 },
});

const ROW = rowFor({
  candidates: [
    { provider: 'a', model: 'a' },
    { provider: 'b', model: 'b' },
  ],
});
const TABLE: RoutingTable = { id: 't', name: 'T', version: 1, note: '', publishedAt: '', rows: [ROW] };
const MARKET: Market = {
  catalog: catalogOf([model('a'), model('b')], '2026-11-01'),
  book: NO_OVERRIDES,
  ready: [
    { id: 'a', version: 1 },
    { id: 'b', version: 1 },
  ],
};

interface Desk extends Pick<Partial<TakePlan>, 'followsOnly'> {
  readonly limit?: Micros;
  /** What stands between the page and the job service. */
  readonly between?: (client: JobClient) => JobClient;
  /** Called before a picture is stored. */
  readonly keep?: () => void;
}
function desk({ limit, between = (client) => client, keep = () => {}, ...more }: Desk = {}) {
  const taken: TakeRecord[] = [];
  const till = openTill(limit);
  const visit = (signal = new AbortController().signal) => {
    const resolution = resolve(request, 'delivery', TABLE, MARKET);
    const takePlan: TakePlan = {
      origin: { graphId: 'g' as GraphId, node: 'n' as NodeId, runId: 'r' as RunId },
      output: 'image',
      slot: 's',
      number: 0,
      cap: 4,
      request,
      mode: 'delivery',
      resolution,
      taken: [...taken],
      ...more,
    };
    return produce(takePlan, {
      ctx: {
        signal,
        progress: async () => {},
        artifacts: {
          async keep({ bytes }: { bytes: Uint8Array }) {
            keep();
            const hash = createHash('sha256').update(bytes).digest('hex') as ArtifactHash;
            return { kind: 'image' as const, hash, width: 1, height: 1 };
          },
        } as never,
      },
      provider: (id) =>
        serviceProvider(id, { client: between(ownClient(jobs.service)), fileOf: async () => new Blob() }),
      now: Date.now,
      newId: async () => `take-${named++}` as TakeId,
      queuedMs: 0,
      wait: async () => {},
      keyOf: (number) => `k${number}` as CacheKey,
      reserve: async (amount) => till.reserve(amount),
      settle: async (reservation, charged) => void till.settle(reservation, charged),
      isStored: async () => true,
      measure: async () => [],
      async record(take) {
        const at = taken.findIndex(({ id }) => id === take.id);
        if (at < 0) taken.push(take);
        else taken[at] = take;
      },
    });
  };
  return { taken, till, visit };
}

test('a take is written down before it is sent, and is told with what the model ignored', async () => {
  const { taken, till, visit } = desk();
  const visited = visit();
  await expect.poll(() => taken[0]?.state).toBe('pending');
  await visited;
  expect(taken).toHaveLength(1);
  expect(taken[0]).toMatchObject({ id: 'take-0', charged: PRICE, seed: 7, answered: { provider: 'a' } });
  expect(taken[0]).not.toHaveProperty('state');
  expect(taken[0]!.notes!.map((note) => inWords(note))).toEqual([
    'Guidance of 9 ignored: Model a has none.',
    'Negative prompt ignored: Model a has none.',
  ]);
  expect(till.spent()).toBe(PRICE);
  expect(services.a.paid).toBe(1);
});

test('what was sent is in the books before it is sent, as the journal has it, and so is who says what it cost', async () => {
  const { taken, visit } = desk();
  const visited = visit();
  await expect.poll(() => taken[0]?.state).toBe('pending');
  const { sent } = taken[0]!;
  await visited;
  const { request: asked } = (await jobs.journal.get('take-0'))!;
  expect(sent).toEqual({
    model: asked.model,
    input: { prompt: asked.prompt, seed: asked.seed, width: asked.width, height: asked.height },
    pictures: {},
  });
  expect(taken[0]).toMatchObject({ sent, priceFrom: 'list' });
});

test('the books have what was sent to an account that refused it, and nothing of what was not sent after that', async () => {
  const { taken, visit } = desk();
  services.a.script({ at: 'submit', status: 401 });
  await visit();
  expect(taken.map(({ answered, sent }) => [answered.provider, sent?.model])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
  ]);
  const [again] = await visitAnew();
  expect(again).toMatchObject({ answered: { provider: 'a' }, charged: FREE, failure: { code: 'service' } });
  expect(again).not.toHaveProperty('sent');
  // What cannot be reached gets nothing either.
  await jobs.service.enterKey('a', 'another-secret');
  await services.a.close();
  const [unreached] = await visitAnew();
  expect(unreached).toMatchObject({ answered: { provider: 'a' }, failure: { code: 'service' } });
  expect(unreached).not.toHaveProperty('sent');

  async function visitAnew() {
    const anew = desk();
    await anew.visit();
    return anew.taken;
  }
});

test('a service that fails is passed over for the next, and each is paid at most once', async () => {
  const { taken, till, visit } = desk();
  services.a.script({ at: 'submit', status: 500 });
  await visit();
  expect(taken.map(({ answered, charged, failure }) => [answered.provider, charged, failure?.code])).toEqual([
    ['a', 0, 'service'],
    ['b', PRICE, undefined],
  ]);
  expect([services.a.paid, services.b.paid, till.spent()]).toEqual([0, 1, PRICE]);
});

test('what a service refuses for its content rules is asked of nobody else', async () => {
  const { taken, visit } = desk();
  services.a.script({ at: 'submit', status: 422, body: { code: 'policy' } });
  await expect(visit()).rejects.toBeInstanceOf(NodeError);
  expect(taken).toHaveLength(1);
  expect(services.b.asked).toHaveLength(0);
});

test('a failure that no code explains may be content rules: it is booked, and nobody else is asked', async () => {
  await jobs.service.close();
  const failing = async () => {
    throw new ServiceTrouble('unexplained', 'It failed.');
  };
  jobs = await openJobsRig([
    { ...queueAdapter(services.a.url, false, 'a'), follow: failing },
    queueAdapter(services.b.url, false, 'b'),
  ]);
  const { taken, till, visit } = desk();
  await expect(visit()).rejects.toMatchObject({ outcome: 'refused' });
  expect(taken).toMatchObject([{ charged: PRICE, failure: { code: 'refused' } }]);
  expect([services.a.paid, services.b.asked.length, till.spent()]).toEqual([1, 0, PRICE]);
});

test('nobody is asked while nobody knows whether the last take was made; its money stays booked', async () => {
  const { taken, till, visit } = desk();
  services.a.script({ at: 'submit', cut: 'before answer' });
  await expect(visit()).rejects.toMatchObject({ code: 'unknown' });
  expect(taken).toMatchObject([{ state: 'unknown', charged: null, estimated: PRICE }]);
  expect(till.spent()).toBe(PRICE);
  await expect(visit()).rejects.toMatchObject({ code: 'cap-reached', said: expect.anything() });
  expect([services.a.paid, services.b.asked.length]).toEqual([1, 0]);
});

test('a take that was pending when its run ended is found again, and paid once', async () => {
  const { taken, visit } = desk();
  services.a.settings.questions = Infinity;
  // The run ends without a word to anybody, as when its page is closed.
  const lost = desk();
  void lost.visit().catch(() => {});
  await expect.poll(() => services.a.paid).toBe(1);
  taken.push(lost.taken[0]!);
  services.a.settings.questions = 0;
  await visit();
  expect(taken).toHaveLength(1);
  expect(taken[0]).toMatchObject({ id: 'take-0', charged: PRICE });
  expect(taken[0]!.artifact).toBeDefined();
  expect(services.a.paid).toBe(1);
});

/** What became of a take that no run goes on with. */
function collected(take: TakeRecord, between: (client: JobClient) => JobClient = (client) => client) {
  const [candidate] = resolve({ ...request, pinned: take.answered }, 'delivery', TABLE, MARKET).considered;
  return collectTake(take, candidate, between(ownClient(jobs.service)), {
    keep: async () => ({ kind: 'image' as const, hash: 'h' as ArtifactHash, width: 1, height: 1 }),
  } as never);
}
/** The job service, as if a job stood otherwise. */
const telling = (state: JobView['state']) => (client: JobClient) => ({
  ...client,
  get: async (id: string) => ({ ...(await client.get(id))!, state, charged: null }),
});
test('a take that no run goes on with is collected when it is over, with its cost and everything that was written of it', async () => {
  const left = await leftInWork();
  expect(await collected(left, telling('submitted'))).toBeUndefined();
  await settled(jobs.service, left.id);
  const { state: _, ...asked } = left;
  const over = (await collected(left))!;
  expect(over).toEqual({
    ...asked,
    charged: PRICE,
    seed: 7,
    workedMs: expect.any(Number),
    priceFrom: left.priceFrom,
    artifact: { kind: 'image', hash: 'h', width: 1, height: 1 },
  });
  expect([services.a.paid, services.b.asked.length]).toEqual([1, 0]);
});
test('what became of it is written as it is: it failed and costs what it may, nobody knows, or it was not fetched yet', async () => {
  services.a.settings.output = new TextEncoder().encode('<html>');
  const left = await leftInWork();
  await settled(jobs.service, left.id);
  const over = (await collected(left))!;
  expect(over).toMatchObject({ charged: PRICE, failure: { code: 'service' } });
  expect(over).not.toHaveProperty('state');
  expect(await collected(left, telling('unknown'))).toMatchObject({ state: 'unknown', charged: null });
  const isDown = (client: JobClient): JobClient => ({
    ...telling('made')(client),
    put: () => Promise.reject(new NodeError('network', 'The local server does not answer.')),
  });
  expect(await collected(left, isDown)).toBeUndefined();
});
test('a take of which the local server knows nothing is not collected, and not sent', async () => {
  const { taken, visit } = desk();
  await visit();
  const elsewhere = { ...taken[0]!, id: 'elsewhere' as TakeId, state: 'pending' as const };
  expect(await collected(elsewhere)).toBeUndefined();
  expect(services.a.paid).toBe(1);
});

test.each(['put', 'get', 'output'] as const)(
  'where the local server does not answer (%s), what it has, or may have, stays in work; nobody else is asked, and nothing is paid twice',
  async (call) => {
    let isDown = true;
    services.a.settings.questions = call === 'get' ? Infinity : 0;
    const { taken, till, visit } = desk({
      between: (client) => ({
        ...client,
        // It takes what is put, and its answer is lost.
        async [call](...given: never[]) {
          const answer = await (client[call] as (...given: never[]) => Promise<unknown>)(...given);
          if (isDown) throw new NodeError('network', 'The local server does not answer.');
          return answer;
        },
      }),
    });
    await expect(visit()).rejects.toMatchObject({ code: 'network' });
    expect(taken).toMatchObject([{ id: 'take-0', state: 'pending', charged: null, estimated: PRICE }]);
    expect(till.spent()).toBe(PRICE);
    isDown = false;
    services.a.settings.questions = 0;
    await visit();
    expect(taken).toMatchObject([{ id: 'take-0', charged: PRICE, artifact: expect.anything() }]);
    expect([services.a.paid, services.b.asked.length]).toEqual([1, 0]);
  },
);

test('what was made and finds no room here is fetched again when there is; what nothing can be made of is booked, and asked of nobody else', async () => {
  let trouble: NodeError | undefined = new NodeError('storage-full', 'The disk is full.');
  const { taken, visit } = desk({
    keep() {
      if (trouble) throw trouble;
    },
  });
  await expect(visit()).rejects.toMatchObject({ code: 'storage-full' });
  expect(taken).toMatchObject([{ id: 'take-0', state: 'pending', charged: null }]);
  trouble = undefined;
  await visit();
  expect(taken).toMatchObject([{ id: 'take-0', charged: PRICE, artifact: expect.anything() }]);
  trouble = new NodeError('unsupported', 'No picture.');
  taken.length = 0;
  await expect(visit()).rejects.toMatchObject({ code: 'unsupported' });
  expect(taken).toMatchObject([{ id: 'take-1', charged: PRICE, failure: { code: 'unsupported' } }]);
  expect([services.a.paid, services.b.asked.length]).toEqual([2, 0]);
});

test('what was put before stays in work where it cannot be put again; what is refused before anything is sent is over, for nothing', async () => {
  let isSetUp = true;
  const { taken, visit } = desk({
    between: (client) => ({
      ...client,
      put: async (...given) => {
        if (!isSetUp) throw new NodeError('service', 'It has no address.');
        return client.put(...given);
      },
    }),
  });
  taken.push(await leftInWork());
  isSetUp = false;
  await expect(visit()).rejects.toMatchObject({ code: 'service' });
  expect(taken).toMatchObject([{ id: 'take-0', state: 'pending', charged: null }]);
  isSetUp = true;
  await visit();
  expect(taken).toMatchObject([{ id: 'take-0', charged: PRICE }]);
  taken.length = 0;
  isSetUp = false;
  await expect(visit()).rejects.toMatchObject({ code: 'service' });
  expect(taken.map(({ state, charged, sent }) => [state, charged, sent])).toEqual([
    [undefined, FREE, undefined],
    [undefined, FREE, undefined],
  ]);
  expect([services.a.paid, services.b.paid]).toEqual([1, 0]);
});

/** A take that is in work at `a`, whose page has gone. */
async function leftInWork(): Promise<TakeRecord> {
  services.a.settings.questions = Infinity;
  const lost = desk();
  void lost.visit().catch(() => {});
  await expect.poll(() => services.a.paid).toBe(1);
  services.a.settings.questions = 0;
  return lost.taken[0]!;
}

test('whoever only follows takes what was sent, though nothing is left to spend, and asks nobody for anything else', async () => {
  const { taken, till, visit } = desk({ followsOnly: true, limit: FREE });
  await expect(visit()).rejects.toMatchObject({ code: 'cap-reached' });
  expect(taken).toEqual([]);
  taken.push(await leftInWork());
  await visit();
  expect(taken).toMatchObject([{ id: 'take-0', charged: PRICE }]);
  expect(taken[0]!.artifact).toBeDefined();
  expect([services.a.paid, services.b.asked.length, till.spent()]).toEqual([1, 0, PRICE]);
});

test('what is followed and fails is written down, and the next of the row is not asked by itself', async () => {
  const { taken, visit } = desk({ followsOnly: true });
  const left = await leftInWork();
  services.a.script({ at: 'status', status: 404 });
  taken.push(left);
  await expect(visit()).rejects.toMatchObject({
    code: 'service',
    hint: { english: expect.stringMatching(/^Run the/) },
  });
  expect(taken).toMatchObject([{ id: 'take-0', failure: { code: 'service' } }]);
  expect(services.b.asked.length).toBe(0);
});

test('a take that was paid for and deleted here is booked at what it cost, and nobody else is paid in its place', async () => {
  const { taken, till, visit } = desk();
  const lost = desk();
  await lost.visit();
  await rm(join(jobs.home, 'jobs'), { recursive: true });
  services.a.script({ at: 'status', status: 404 });
  // The page had not heard that it was made.
  const { artifact: _, ...pending } = lost.taken[0]!;
  taken.push({ ...pending, charged: null, state: 'pending' });
  await expect(visit()).rejects.toMatchObject({ outcome: 'refused' });
  expect(taken).toMatchObject([{ id: 'take-0', charged: PRICE, failure: { code: 'service' } }]);
  expect([services.a.paid, services.b.paid, till.spent()]).toEqual([1, 0, PRICE]);
});

test('a cancelled take says what it may cost', async () => {
  const { taken, till, visit } = desk();
  services.a.settings.questions = Infinity;
  const abort = new AbortController();
  const visited = visit(abort.signal);
  await expect.poll(() => services.a.asked.some(({ path }) => path === '/jobs/j0')).toBe(true);
  abort.abort();
  await expect(visited).rejects.toMatchObject({ code: 'cancelled' });
  expect(taken).toMatchObject([{ charged: PRICE, failure: { code: 'cancelled' } }]);
  expect(till.spent()).toBe(PRICE);
});

test('a clip that came silent although sound was wished for is told of; one that can be heard is kept so', async () => {
  const asked: TakeRequest = {
    ...request,
    work: 'text to video',
    sound: true,
    motion: { kind: 'motion', move: 'still', amount: 0, easing: 'linear', seconds: 1, fps: 24 },
  };
  const rows = [{ ...ROW, work: asked.work, candidates: [{ provider: 'a', model: 'a' }] }];
  const clips = { ...model('a'), work: [asked.work], supports: { seed: true, audio: true } };
  const resolution = resolve(asked, 'delivery', { ...TABLE, rows }, { ...MARKET, catalog: catalogOf([clips], '') });
  const artifacts = memoryArtifacts();
  const made = async (take: string, file: string) => {
    services.a.settings.output = await readFile(`test/fixtures/${file}`);
    const order = { take: take as TakeId, request: asked, mode: 'delivery', candidate: resolution.usable[0]! } as const;
    const ctx = { artifacts: artifacts as never, progress: async () => {}, signal: new AbortController().signal };
    const provider = serviceProvider('a', { client: ownClient(jobs.service), fileOf: async () => new Blob() });
    const { artifact, notes = [] } = await provider.make(order, ctx);
    return { artifact, notes: notes.map((note) => inWords(note)) };
  };
  const silent = await made('silent', 'clip-128x72.mp4');
  expect(silent.artifact).not.toHaveProperty('sound');
  expect(silent.notes).toEqual(['Sound was asked for, and the clip came without any.']);
  const { artifact, notes } = await made('heard', 'phone.mp4');
  expect(artifact).toMatchObject({ kind: 'video', sound: [{ file: artifact.hash, from: 0, at: 0 }] });
  expect(notes).toEqual([]);
  expect((await jobs.journal.get('heard'))!.request.sound).toBe(true);
});
