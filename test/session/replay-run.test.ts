/** Why a node of a past run cannot be made again, and how like what it made then is what it makes now. */
import { expect, test } from 'vitest';
import { fail, ok, type Result } from '../../src/core/errors.ts';
import type { ArtifactHash, CacheKey, NodeId } from '../../src/core/ids.ts';
import { inWords, say } from '../../src/core/say.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import type { ImageValue, Outputs, Raster } from '../../src/core/values.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import type { Executed, Task } from '../../src/engine/run.ts';
import { registry } from '../../src/registry.ts';
import { BUILT_IN, catalogOf, EMPTY_CATALOG, type Model } from '../../src/routing/catalog.ts';
import type { TakePlan } from '../../src/routing/take-plan.ts';
import { replayRun } from '../../src/session/replay-run.ts';
import { graphOf } from '../rig/graphs.ts';
import { testPicture } from '../rig/samples.ts';
import { takeOf } from '../rig/takes.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';

type Finished = Extract<RunEvent, { type: 'finished' }>;
const NODE = 'i' as NodeId;
const graph = graphOf({ i: 'image', g: 'grade', d: 'deliver' }, []);
const before: ImageValue = { kind: 'image', hash: 'before' as ArtifactHash, width: 8, height: 8 };

/** A grade of one picture, unless something else is said of it. */
function finished(over: Partial<Finished> & { readonly of?: string } = {}): Finished {
  const { of = 'grade', ...rest } = over;
  return {
    type: 'finished',
    node: NODE,
    from: 'run',
    key: 'k' as CacheKey,
    parts: { type: of, version: registry.get(of)?.version ?? 1, params: {}, inputs: { image: before } },
    outputs: { image: before },
    ms: 1,
    ...rest,
  };
}
const takenOf = (over: Partial<TakeRecord> = {}): RunEvent => ({
  type: 'taken',
  node: NODE,
  take: takeOf('t', { node: NODE, answered: BUILT_IN, seed: 5, request: { seed: { seed: 4 } } as never, ...over }),
});
function modelWith(more: Partial<Model>): Model {
  const { seedsNote: _, ...model } = EMPTY_CATALOG.models[0]!;
  return { ...model, id: 'm', name: 'M', ...more };
}

interface World {
  readonly now?: Outputs;
  readonly artifacts?: ReturnType<typeof testArtifacts>;
  readonly models?: readonly Model[];
  readonly gone?: boolean;
  readonly answer?: Result<Executed>;
}
async function replayed(events: readonly RunEvent[], { now, artifacts, models, gone, answer }: World = {}) {
  const tasks: Task[] = [];
  const report = await replayRun(graph, events, {
    registry,
    catalog: models ? catalogOf(models, '2026-11-01') : EMPTY_CATALOG,
    artifacts: artifacts ?? testArtifacts(),
    stored: async () => !gone,
    async execute(task) {
      tasks.push(task);
      return answer ?? ok({ outputs: now ?? { image: before }, ms: 1 });
    },
    signal: new AbortController().signal,
  });
  return { report, tasks, outcome: report[0]!.outcome };
}
const offer = { provider: 'p', modelId: 'm' };

test.each<readonly [string, readonly RunEvent[], World]>([
  ['it was frozen', [finished({ from: 'frozen' })], {}],
  ['this version of Triptych does not have that node', [finished({ of: 'gone' })], {}],
  [
    'the node was version 1 then and is 2 now',
    [finished({ parts: { type: 'grade', version: 1, params: {}, inputs: {} } })],
    {},
  ],
  ['its take was not recorded', [finished({ of: 'image' })], {}],
  ['its take was made in an earlier run', [finished({ of: 'image', from: 'cache' })], {}],
  [
    'the catalog no longer has lost',
    [takenOf({ answered: { provider: 'p', model: 'lost' } }), finished({ of: 'image' })],
    {},
  ],
  [
    'M does not promise that a seed repeats',
    [takenOf({ answered: { provider: 'p', model: 'm' } }), finished({ of: 'image' })],
    { models: [modelWith({ offers: [offer], seeds: 'unknown' })] },
  ],
  [
    'Its maker says so.',
    [takenOf({ answered: { provider: 'p', model: 'm' } }), finished({ of: 'image' })],
    { models: [modelWith({ offers: [offer], seeds: 'no', seedsNote: 'Its maker says so.' })] },
  ],
  ['a picture it was made from is no longer stored', [finished()], { gone: true }],
])('“%s” is why, and then nothing is made', async (reason, events, world) => {
  const { outcome, tasks } = await replayed(events, world);
  expect(outcome.state === 'cannot be reproduced' && inWords(outcome.reason)).toBe(reason);
  expect(tasks).toEqual([]);
});

test('what fails now says why it failed', async () => {
  const { outcome } = await replayed([finished()], { answer: fail('bad-input', say('No {0}.', 'room')) });
  expect(outcome.state === 'cannot be reproduced' && inWords(outcome.reason)).toBe('No room.');
});

test('every node that finished is a line, by its name; what was skipped or failed is none', async () => {
  const named = [
    finished(),
    { type: 'skipped', node: 'x' as NodeId, because: 'not taken' } as const,
    finished({ node: 'g' as NodeId }),
  ];
  const { report } = await replayed(named);
  expect(report.map(({ node, title, outcome }) => [node, inWords(title), outcome.state])).toEqual([
    ['i', 'Grade', 'identical'],
    ['g', 'Grade', 'identical'],
  ]);
});

test('a picture is near or different by how like it is; a file that differs says nothing of pixels', async () => {
  const artifacts = testArtifacts();
  const dotted: Raster = testPicture(64, 64);
  dotted.data[0] = 255 - dotted.data[0]!;
  const turned: Raster = { ...testPicture(64, 64), data: testPicture(64, 64).data.map((value) => 255 - value) };
  const [then, near, other] = [
    await artifacts.writeImage({ raster: testPicture(64, 64) }),
    await artifacts.writeImage({ raster: dotted }),
    await artifacts.writeImage({ raster: turned }),
  ];
  const was = finished({ outputs: { image: then } });
  const stateOf = async (image: ImageValue) => (await replayed([was], { artifacts, now: { image } })).outcome.state;
  expect([await stateOf(then), await stateOf(near), await stateOf(other)]).toEqual(['identical', 'near', 'different']);
  const words = (text: string) => ({ text: { kind: 'text', text } as const });
  const said = await replayed([finished({ outputs: words('a') })], { artifacts, now: words('b') });
  expect(said.outcome).toEqual({ state: 'different' });
  const file = { kind: 'file', hash: 'f' as ArtifactHash, name: 'f', mime: '', bytes: 1, encoding: '' } as const;
  const delivered = finished({ of: 'deliver', outputs: { file } });
  const { outcome } = await replayed([delivered], { now: { file: { ...file, hash: 'g' as ArtifactHash } } });
  expect(outcome.state === 'cannot be reproduced' && inWords(outcome.reason)).toContain('so files differ');
});

test('a take is made again by the model that answered, with the seed it used, once and without criteria', async () => {
  const acceptance = { kind: 'acceptance', cap: 3, criteria: [] } as const;
  const request = { seed: { kind: 'seed', seed: 4, locked: false }, acceptance } as unknown as TakeRecord['request'];
  const takes = [takenOf({ id: 'rejected' as never, seed: 4, request }), takenOf({ mode: 'draft', request })];
  // Neither what another node made nor what failed is the take of this one.
  const { artifact: _, ...failed } = takeOf('failed', { node: NODE, answered: BUILT_IN, seed: 6, request });
  const others: RunEvent[] = [
    takenOf({ node: 'other' as NodeId, seed: 7, request }),
    { type: 'taken', node: NODE, take: failed },
  ];
  const { tasks } = await replayed([...takes, ...others, finished({ of: 'image' })]);
  const takePlan = tasks[0]!.takePlan as TakePlan;
  expect([tasks[0]!.mode, takePlan.mode]).toEqual(['draft', 'draft']);
  expect(takePlan.request).toEqual({ seed: { kind: 'seed', seed: 5, locked: true } });
  expect([takePlan.cap, takePlan.resolution.usable.map(({ model }) => model)]).toEqual([1, [BUILT_IN.model]]);
});
