/** What a backup asks of rows: all that the app writes down has these shapes, and what is damaged has not. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ok } from '../../src/core/errors.ts';
import type { ArtifactHash, GraphId } from '../../src/core/ids.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { isNodeState, isRefinement, isResult, isRun, isRunEvents, isTake } from '../../src/file/row-shapes.ts';
import { isLessonRow } from '../../src/file/lesson-shapes.ts';
import { draftOfFile } from '../../src/lessons/lesson-draft.ts';
import { graphFileOf } from '../../src/file/format.ts';
import { memoryStores } from '../../src/headless/memory-stores.ts';
import { DEFAULT_SETTINGS } from '../../src/ledger/money-settings.ts';
import { sketchProvider } from '../../src/providers/sketch-provider.ts';
import { registry } from '../../src/registry.ts';
import { HOUSE } from '../../src/routing/house.ts';
import type { Clock } from '../../src/session/clock.ts';
import { runTask } from '../../src/session/run-task.ts';
import { createSession } from '../../src/session/session.ts';
import { testArtifacts } from '../rig/test-artifacts.ts';
import { takeOf } from '../rig/takes.ts';
import { takeRequest } from '../rig/requests.ts';

const HASH = 'a'.repeat(64) as ArtifactHash;
const clock: Clock = { now: () => 1, after: () => () => {} };

/** The graph of a template, small and in draft. */
function template(name: string) {
  const file = JSON.parse(readFileSync(`public/templates/${name}.triptych.json`, 'utf8')) as {
    nodes: Record<string, { type: string; params: object }>;
  };
  for (const node of Object.values(file.nodes)) {
    if (node.type === 'motion') node.params = { ...node.params, seconds: 0.25, fps: '12' };
    if (node.type === 'image') node.params = { ...node.params, megapixels: '0.5' };
  }
  const read = parseGraphFile(JSON.stringify(file), registry);
  if (!read.ok) throw new Error(name);
  return read.value.graph;
}

test('takes, runs, events, results and states of a real run have the shapes a backup asks for', async () => {
  const artifacts = testArtifacts();
  const stores = memoryStores(() => 1, artifacts.has);
  const isStored = async (hash: ArtifactHash) => artifacts.has(hash);
  const session = createSession({
    ...stores,
    registry,
    artifacts,
    clock,
    isStored,
    used() {},
    booked: () => [],
    whileInUse: (work) => work(),
    async execute(task, signal, watcher, account) {
      watcher.started();
      const providers = new Map([[sketchProvider.id, sketchProvider]]);
      const host = { registry, artifacts, providers, clock, account, signal, queuedMs: 0, progress: async () => {} };
      const result = await runTask(task, { ...host, isStored });
      return result.ok ? ok({ ...result.value, ms: 1 }) : result;
    },
  });
  const graphId = 'g' as GraphId;
  const graph = template('product-hero');
  await session.start(
    { graphId, graph, options: { mode: 'draft' }, table: HOUSE, settings: DEFAULT_SETTINGS },
    () => {},
  );
  // As they are read again: JSON leaves out what is undefined.
  const written = <T>(rows: readonly T[]): unknown[] => JSON.parse(JSON.stringify(rows)) as unknown[];
  const takes = written(await stores.takes.all());
  expect(takes.length).toBeGreaterThan(1);
  for (const take of takes) expect(isTake(take), JSON.stringify(take)).toBe(true);
  const [run] = await stores.runs.list(graphId);
  const [row] = written([{ ...run!, graph: graphFileOf(run!.graph) }]);
  expect(isRun(row), JSON.stringify(row).slice(0, 2000)).toBe(true);
  const events = await stores.runs.events(run!.id);
  expect(events.length).toBeGreaterThan(10);
  for (const event of written(events))
    expect(isRunEvents({ runId: 'r', seq: 0, events: [event] }), JSON.stringify(event)).toBe(true);
  for (const [key, outputs] of (await stores.runs.results()).found)
    expect(isResult(written([{ key, outputs, lastUsedAt: 1 }])[0]), JSON.stringify(outputs)).toBe(true);
  for (const [node, state] of await stores.runs.nodeStates(graphId))
    expect(isNodeState(written([{ graphId, node, ...state }])[0]), JSON.stringify(state)).toBe(true);
  for (const refinement of written(await stores.takes.refinements())) expect(isRefinement(refinement)).toBe(true);
});

const good = JSON.parse(
  JSON.stringify(takeOf('t', { request: takeRequest(), artifact: { kind: 'image', hash: HASH, width: 1, height: 1 } })),
) as Record<string, unknown>;

test.each<readonly [string, object]>([
  ['a name every object has', { id: '__proto__' }],
  ['a hash that is none', { artifact: { kind: 'image', hash: '../../x', width: 1, height: 1 } }],
  ['an amount that is no number', { charged: '0' }],
  ['a text that is too long', { slot: 'x'.repeat(20_001) }],
  ['something more than a take has', { onLoad: 'x' }],
  ['a sentence that is none', { why: { english: 'x', values: [{ html: '<b>' }] } }],
  [
    'sentences in sentences without end',
    {
      why: Array.from({ length: 40 }).reduce<object>((inner) => ({ english: '{0}', values: [inner] }), {
        english: '',
        values: [],
      }),
    },
  ],
  [
    'a list that is too long',
    { measures: Array.from({ length: 10_001 }, () => ({ measure: 'drift', value: 1, limit: 1, passed: true })) },
  ],
  ['a part that is missing', { verdict: undefined }],
])('%s is no take', (_, change) => {
  expect(isTake(good)).toBe(true);
  expect(isTake(JSON.parse(JSON.stringify({ ...good, ...change })))).toBe(false);
});

test('drafts of lessons have the shape a backup asks for', () => {
  const { lessons } = JSON.parse(readFileSync('public/lessons/index.json', 'utf8')) as { lessons: { id: string }[] };
  for (const { id } of lessons) {
    const file = JSON.parse(readFileSync(`public/lessons/${id}.json`, 'utf8')) as Record<string, unknown>;
    const draft = draftOfFile(file, 'g' as GraphId, 1);
    const [row] = JSON.parse(JSON.stringify([{ id, draft }])) as unknown[];
    expect(isLessonRow(row), JSON.stringify(draft).slice(0, 3000)).toBe(true);
  }
});
