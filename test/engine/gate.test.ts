/** Gates: how far a run goes, what a plan says comes after, and what a key does not depend on. */
import { expect, test } from 'vitest';
import type { ArtifactHash, NodeId } from '../../src/core/ids.ts';
import { defineNode, NodeError, p, s } from '../../src/core/node-api.ts';
import type { NodeDefinition, WholeRegistry } from '../../src/core/node.ts';
import { inWords } from '../../src/core/say.ts';
import { OPEN, type TakeRequest, type Verdict } from '../../src/core/take.ts';
import type { Dispatch } from '../../src/engine/dispatch.ts';
import type { VerdictOf } from '../../src/engine/gate.ts';
import { plan, type Foreseen, type RunOptions } from '../../src/engine/plan.ts';
import { run } from '../../src/engine/run.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { graphOf } from '../rig/graphs.ts';
import { memoryPorts } from '../rig/memory-ports.ts';
import gate from '../../nodes/refinement/gate.ts';

const OPTIONS: RunOptions = { mode: 'delivery' };
const never = new AbortController().signal;
const common = {
  version: 1,
  summary: '',
  docs: '',
  determinism: 'pure',
  lane: 'cpu',
  example: {},
  outputs: { image: s.image() },
} as const;
const picture = (hash: string) =>
  ({ image: { kind: 'image', hash: hash as ArtifactHash, width: 1, height: 1 } }) as const;

/** Makes the picture it is told to; as a generation node, somebody's take. */
const still = defineNode({
  ...common,
  id: 'still',
  layer: 'generation',
  title: 'Still',
  inputs: { image: s.image({ optional: true }) },
  params: { hash: p.text({ label: 'Hash', default: '' }) },
  request: () => ({}) as TakeRequest,
  async run({ params }) {
    if (params.hash === 'broken') throw new NodeError('bad-input', 'It broke.', { hint: 'Mend it.' });
    return picture(params.hash);
  },
});
const refine = defineNode({
  ...common,
  id: 'refine',
  layer: 'refinement',
  title: 'Refine',
  inputs: { image: s.image() },
  params: {},
  run: async ({ inputs }) => picture(`${inputs.image.hash}+`),
});
const own = defineNode({
  ...common,
  id: 'own',
  layer: 'control',
  title: 'Own',
  inputs: {},
  params: {},
  run: async () => picture('own'),
});
const registry: WholeRegistry = new Map(
  [still, refine, own, gate].map((definition) => [definition.id, definition as unknown as NodeDefinition]),
);
/** Two stills, each with a gate; the clip needs both, the poster only the first. */
const story = graphOf(
  {
    a: ['still', { hash: 'a' }],
    up: 'refine',
    gateA: 'gate',
    b: ['still', { hash: 'b' }],
    gateB: 'gate',
    clip: ['still', { hash: 'clip' }],
    poster: 'refine',
    end: 'refine',
  },
  [
    'a.image > up.image',
    'up.image > gateA.image',
    'b.image > gateB.image',
    'gateA.image > clip.image',
    'gateB.image > clip.image',
    'gateA.image > poster.image',
    'clip.image > end.image',
  ],
);

function desk(graph: Graph = story, judges: readonly string[] = []) {
  const verdicts = new Map<string, Verdict['state']>();
  const dispatch: Dispatch = (node, { request }) =>
    request && { route: 'somebody', take: 0, takePlan: undefined, isJudged: judges.includes(node) };
  const verdictOf: VerdictOf = (node, artifact) => verdicts.get(`${node} ${artifact}`) ?? OPEN.state;
  const ports = { ...memoryPorts(registry), dispatch, verdictOf };
  return {
    verdicts,
    events: ports.events,
    results: ports.results,
    async run(options = OPTIONS) {
      ports.events.length = 0;
      const summary = await run(graph, options, ports, never);
      const finished = ports.events.flatMap((event) => (event.type === 'finished' ? [event.node] : []));
      return { summary, finished: finished.sort() };
    },
    plan: (foreseen?: Foreseen) =>
      plan(graph, registry, OPTIONS, ports.lookup, new Map(), dispatch, foreseen, verdictOf),
  };
}
const statesIn = ({ nodes }: ReturnType<ReturnType<typeof desk>['plan']>) =>
  Object.fromEntries(Object.entries(nodes).map(([id, { state }]) => [id, state]));

test('a run goes up to its gates, and says what each of them waits for', async () => {
  const { run: go, events } = desk();
  const { summary, finished } = await go();
  expect(summary).toEqual({ outcome: 'waiting', verdicts: 2, ran: 3, cached: 0, failed: 0, skipped: 3 });
  expect(finished).toEqual(['a', 'b', 'up']);
  const waiting = events.flatMap((event) => (event.type === 'waiting' ? [event] : []));
  expect(waiting.sort((a, b) => a.node.localeCompare(b.node))).toEqual([
    // The take is the still's, though its refined picture is what arrives.
    {
      type: 'waiting',
      node: 'gateA',
      takes: [{ node: 'a', artifact: 'a', verdict: 'open' }],
      arrived: picture('a+'),
    },
    { type: 'waiting', node: 'gateB', takes: [{ node: 'b', artifact: 'b', verdict: 'open' }], arrived: picture('b') },
  ]);
  expect(events.filter(({ type }) => type === 'skipped')).toContainEqual({
    type: 'skipped',
    node: 'end',
    because: 'behind a gate',
  });
});

test('what is accepted passes, what is rejected does not, and a verdict taken back shuts the gate again', async () => {
  const { run: go, verdicts, results } = desk();
  await go();
  verdicts.set('a a', 'accepted');
  verdicts.set('b b', 'rejected');
  expect((await go()).finished).toEqual(['a', 'b', 'gateA', 'poster', 'up']);
  verdicts.set('b b', 'accepted');
  const { summary, finished } = await go();
  expect(summary).toMatchObject({ outcome: 'done', failed: 0, skipped: 0 });
  expect(finished).toHaveLength(8);
  const kept = new Map(results);
  verdicts.set('a a', 'open');
  expect((await go()).finished).toEqual(['a', 'b', 'gateB', 'up']);
  // Everything is there already: the key of what is behind knows nothing of verdicts.
  verdicts.set('a a', 'accepted');
  expect((await go()).summary).toMatchObject({ ran: 0, cached: 8 });
  expect(new Map(results)).toEqual(kept);
});

test('keys are the same with gates that were accepted at once, later, or not there at all', async () => {
  const keysOf = async (graph: Graph, accept: 'before' | 'after') => {
    const { run: go, verdicts, events } = desk(graph);
    const acceptAll = () => ['a a', 'b b'].forEach((take) => verdicts.set(take, 'accepted'));
    if (accept === 'before') acceptAll();
    await go();
    acceptAll();
    await go();
    return new Map(events.flatMap((event) => (event.type === 'finished' ? [[event.node, event.key]] : [])));
  };
  const muted = {
    ...story,
    nodes: Object.fromEntries(
      Object.entries(story.nodes).map(([id, node]) => [id, node.type === 'gate' ? { ...node, muted: true } : node]),
    ),
  };
  const at = await keysOf(story, 'before');
  expect(at.size).toBe(8);
  expect(await keysOf(story, 'after')).toEqual(at);
  const bypassed = await keysOf(muted, 'after');
  expect(bypassed.get('end' as NodeId)).toBe(at.get('end' as NodeId));
});

test('a picture that is nobody’s take passes, a gate behind a failure is skipped, and one alone fails in words', async () => {
  const brought = desk(graphOf({ o: 'own', g: 'gate', r: 'refine' }, ['o.image > g.image', 'g.image > r.image']));
  expect((await brought.run()).summary.outcome).toBe('done');
  const failing = desk(
    graphOf({ a: ['still', { hash: 'broken' }], g: 'gate', r: 'refine' }, ['a.image > g.image', 'g.image > r.image']),
  );
  expect((await failing.run()).summary).toMatchObject({ outcome: 'failed', failed: 1, skipped: 2 });
  const alone = desk(graphOf({ g: 'gate' }, []));
  expect(inWords((await alone.run()).summary.failure!.message)).toBe('Nothing is connected to this node.');
});

test('a plan tells what comes now and what after a verdict, and counts each take once', async () => {
  const { run: go, verdicts, plan: planned } = desk();
  expect(statesIn(planned())).toEqual({
    a: 'will run',
    b: 'will run',
    up: 'may run',
    gateA: 'waits',
    gateB: 'waits',
    clip: 'later',
    poster: 'later',
    end: 'later',
  });
  expect(planned()).toMatchObject({ toRun: 2, mayRun: 1, later: 3, verdicts: 2, cached: 0, blocked: 0 });
  await go();
  expect(planned().nodes['gateA' as NodeId]).toEqual({ state: 'waits', arrived: picture('a+') });
  expect(planned().gates).toMatchObject({ gateB: [{ node: 'b', artifact: 'b', verdict: 'open' }] });
  verdicts.set('a a', 'accepted');
  expect(planned()).toMatchObject({ later: 2, verdicts: 1 });
  expect(statesIn(planned())).toMatchObject({ gateA: 'will run', poster: 'may run', gateB: 'waits', clip: 'later' });
});

test('where criteria judge what is made, what is behind the gate may run at once', () => {
  const { plan: planned } = desk(story, ['a', 'b']);
  expect(statesIn(planned())).toMatchObject({ gateA: 'may run', clip: 'may run' });
  expect(planned()).toMatchObject({ later: 0, verdicts: 0 });
});

test('a gate behind a gate waits for its own take, once there is one', async () => {
  const twice = desk(
    graphOf({ a: ['still', { hash: 'a' }], g: 'gate', c: ['still', { hash: 'c' }], h: 'gate', r: 'refine' }, [
      'a.image > g.image',
      'g.image > c.image',
      'c.image > h.image',
      'h.image > r.image',
    ]),
  );
  expect(twice.plan()).toMatchObject({ verdicts: 1, later: 3 });
  twice.verdicts.set('a a', 'accepted');
  expect((await twice.run()).summary).toMatchObject({ outcome: 'waiting', verdicts: 1, ran: 3 });
  twice.verdicts.set('c c', 'accepted');
  expect((await twice.run()).summary.outcome).toBe('done');
});
