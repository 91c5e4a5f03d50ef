import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Graph, GraphNode } from '../../src/graph/graph.ts';
import type { CacheKey, NodeId } from '../../src/core/ids.ts';
import { nodesWith } from '../../src/graph/lineage.ts';
import type { WholeRegistry } from '../../src/core/node.ts';
import type { Dispatch } from '../../src/engine/dispatch.ts';
import { cacheKeyOf } from '../../src/engine/key.ts';
import { run, type Task } from '../../src/engine/run.ts';
import { foresee } from '../../src/engine/foresee.ts';
import { plan, type RunOptions } from '../../src/engine/plan.ts';
import { schedule } from '../../src/engine/schedule.ts';
import { graphOf, toys } from '../rig/graphs.ts';
import { memoryPorts } from '../rig/memory-ports.ts';
import { inWords } from '../../src/core/say.ts';

const OPTIONS: RunOptions = { mode: 'delivery' };
const never = new AbortController().signal;
const go = async (graph: Graph, ports = memoryPorts(toys), options = OPTIONS) => ({
  ports,
  summary: await run(graph, options, ports, never),
});
const valueOf = (ports: ReturnType<typeof memoryPorts>, node: string) => {
  const event = ports.events.findLast((candidate) => candidate.type === 'finished' && candidate.node === node);
  return event?.type === 'finished' ? event.outputs['out'] : undefined;
};
const withParam = (graph: Graph, node: string, params: Record<string, unknown>): Graph => ({
  ...graph,
  nodes: { ...graph.nodes, [node]: { ...graph.nodes[node as NodeId]!, params } },
});

const diamond = graphOf({ a: ['n', { value: 1 }], b: 'step', c: 'step', d: ['sum', { add: 100 }] }, [
  'a.out > b.in',
  'a.out > c.in',
  'b.out > d.terms',
  'c.out > d.terms',
]);

test('a diamond gives the right number, and equal work is done once', async () => {
  const { ports, summary } = await go(diamond);
  expect(valueOf(ports, 'd')).toEqual({ kind: 'number', number: 104 });
  // b and c have one key: one ran, the other took its result.
  expect(summary).toEqual({ outcome: 'done', ran: 3, cached: 1, failed: 0, skipped: 0 });
});

test('an unchanged graph executes nothing the second time', async () => {
  const { ports } = await go(diamond);
  const second = await go(diamond, ports);
  expect(second.summary).toMatchObject({ ran: 0, cached: 4 });
});

test('one change runs only what depends on it', async () => {
  const graph = graphOf({ a: ['n', { value: 1 }], b: 'step', x: ['n', { value: 5 }], y: 'step', z: 'sum' }, [
    'a.out > b.in',
    'x.out > y.in',
    'b.out > z.terms',
    'y.out > z.terms',
  ]);
  const { ports } = await go(graph);
  ports.events.length = 0;
  await go(withParam(graph, 'x', { value: 6 }), ports);
  expect(ports.ran().sort()).toEqual(['x', 'y', 'z']);
});

test('an upstream change that yields equal content stops there', async () => {
  const graph = graphOf({ a: ['n', { value: 1.2 }], f: 'floor', z: 'step' }, ['a.out > f.in', 'f.out > z.in']);
  const { ports } = await go(graph);
  ports.events.length = 0;
  await go(withParam(graph, 'a', { value: 1.7 }), ports);
  expect(ports.ran().sort()).toEqual(['a', 'f']);
});

test('a failure skips what depends on it and nothing else', async () => {
  const graph = graphOf({ bad: 'broken', after: 'step', last: 'step', other: ['n', { value: 2 }], fine: 'step' }, [
    'bad.out > after.in',
    'after.out > last.in',
    'other.out > fine.in',
  ]);
  const { ports, summary } = await go(graph);
  expect(summary).toEqual({
    outcome: 'failed',
    ran: 2,
    cached: 0,
    failed: 1,
    skipped: 2,
    failure: { code: 'bad-input', message: 'It is broken.', hint: 'Mend it.' },
  });
  expect(ports.events).toContainEqual({
    type: 'failed',
    node: 'bad',
    failure: { code: 'bad-input', message: 'It is broken.', hint: 'Mend it.' },
  });
  expect(valueOf(ports, 'fine')).toEqual({ kind: 'number', number: 3 });
});

test('an optional output that is left out skips its branch only', async () => {
  const graph = graphOf({ a: ['n', { value: 3 }], g: 'gate', small: 'step', large: 'step' }, [
    'a.out > g.in',
    'g.small > small.in',
    'g.large > large.in',
  ]);
  const { ports, summary } = await go(graph);
  expect(summary).toMatchObject({ outcome: 'done', ran: 3, skipped: 1 });
  expect(ports.events).toContainEqual({ type: 'skipped', node: 'large', because: 'not taken' });
});

test('a muted node hands its input on', async () => {
  const graph = graphOf(
    {
      a: ['n', { value: 1 }],
      b: { type: 'step', version: 1, params: {}, position: { x: 0, y: 0 }, muted: true },
      c: 'step',
    },
    ['a.out > b.in', 'b.out > c.in'],
  );
  const { ports } = await go(graph);
  expect(valueOf(ports, 'c')).toEqual({ kind: 'number', number: 2 });
});

test('a promoted param takes the value of its wire', async () => {
  const graph = graphOf(
    {
      a: ['n', { value: 40 }],
      b: { type: 'sum', version: 1, params: { add: 1 }, position: { x: 0, y: 0 }, promoted: ['add'] },
    },
    ['a.out > b.add'],
  );
  const { ports } = await go(graph);
  expect(valueOf(ports, 'b')).toEqual({ kind: 'number', number: 40 });
});

test('nodes on a circle, unknown nodes and missing inputs fail with a sentence; the rest runs', async () => {
  const graph = graphOf({ a: 'step', b: 'step', u: 'no-such-node', m: 'step', fine: ['n', { value: 1 }] }, [
    'a.out > b.in',
    'b.out > a.in',
    'u.out > m.in',
  ]);
  const { ports, summary } = await go(graph);
  expect(summary).toMatchObject({ outcome: 'failed', ran: 1 });
  const message = (node: string) =>
    ports.events.flatMap((event) =>
      event.type === 'failed' && event.node === node ? [inWords(event.failure.message)] : [],
    )[0];
  expect(message('a')).toMatch(/circle/);
  expect(message('u')).toMatch(/does not have/);
});

test('a chain of 100,000 nodes neither overflows nor loses a step', async () => {
  const nodes: Record<string, string | readonly [string, Record<string, unknown>]> = { k0: ['n', { value: 0 }] };
  const wires: string[] = [];
  for (let k = 1; k <= 100_000; k++) {
    nodes[`k${k}`] = 'step';
    wires.push(`k${k - 1}.out > k${k}.in`);
  }
  const { ports, summary } = await go(graphOf(nodes, wires));
  expect(summary.ran).toBe(100_001);
  expect(valueOf(ports, 'k100000')).toEqual({ kind: 'number', number: 100_000 });
});

test('a fan of 130,000 nodes is forgotten at once when its root changes', async () => {
  const names = Array.from({ length: 130_000 }, (_, k) => `k${k}`);
  const graph = graphOf(
    Object.fromEntries([['root', ['n', { value: 1 }]], ...names.map((name) => [name, 'step'])]),
    names.map((name) => `root.out > ${name}.in`),
  );
  const { ports } = await go(graph);
  await go(graph, ports);
  const { summary } = await go(withParam(graph, 'root', { value: 2 }), ports);
  // All leaves have one key: one runs, the others take its result.
  expect(summary).toMatchObject({ outcome: 'done', ran: 2, cached: 129_999 });
});

test('cancelling ends the run; what was not finished is not kept', async () => {
  const abort = new AbortController();
  const ports = memoryPorts(toys);
  const going = run(
    graphOf({ a: ['n', { value: 1 }], p: 'patient', z: 'step' }, ['a.out > p.in', 'p.out > z.in']),
    OPTIONS,
    ports,
    abort.signal,
  );
  while (!ports.events.some((event) => event.type === 'started' && event.node === 'p'))
    await new Promise((resolve) => setTimeout(resolve, 0));
  abort.abort();
  expect(await going).toMatchObject({ outcome: 'cancelled', ran: 1, skipped: 2 });
  expect(ports.results.size).toBe(1);
});

test('a cache that throws fails the node, not the engine', async () => {
  const ports = memoryPorts(toys);
  const { summary } = await go(graphOf({ a: 'n' }, []), {
    ...ports,
    keep: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  expect(summary).toMatchObject({ outcome: 'failed', failed: 1 });
  expect(ports.events.find((event) => event.type === 'failed')).toMatchObject({ failure: { code: 'storage-full' } });
});

test('the plan says what will happen and why, and the run agrees', async () => {
  const { ports } = await go(diamond);
  const previous = new Map(
    ports.events.flatMap((event) => (event.type === 'finished' ? [[event.node, event.parts] as const] : [])),
  );
  const lookup = ports.lookup;
  expect(plan(diamond, toys, OPTIONS, lookup, previous, ports.dispatch)).toMatchObject({
    toRun: 0,
    mayRun: 0,
    cached: 4,
  });
  const changed = plan(withParam(diamond, 'a', { value: 9 }), toys, OPTIONS, lookup, previous, ports.dispatch);
  const why = (node: string) => {
    const planned = changed.nodes[node as NodeId];
    return planned && 'why' in planned ? [planned.state, ...planned.why.map((reason) => inWords(reason))] : [];
  };
  expect(why('a')).toEqual(['will run', 'Value 1 → 9']);
  expect(why('d')).toEqual(['may run', 'upstream: Step', 'upstream: Step']);
});

test('what control nodes say is foreseen: what follows them is planned exactly before anything ran', async () => {
  const ports = memoryPorts(toys);
  const foreseen = await foresee(diamond, toys, ports.lookup, new Map(), never);
  const planned = plan(diamond, toys, OPTIONS, ports.lookup, new Map(), ports.dispatch, foreseen);
  expect(planned).toMatchObject({ toRun: 4, mayRun: 0, cached: 0 });
});

test('targets run with what they need, and nothing else', async () => {
  const { ports } = await go(diamond, memoryPorts(toys), { ...OPTIONS, targets: ['b' as NodeId] });
  expect(ports.ran().sort()).toEqual(['a', 'b']);
});

/** Any graph of sums without circles. */
const graphs = fc
  .array(fc.tuple(fc.nat(50), fc.nat(50), fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 14 })
  .map((rows) => {
    const nodes: Record<string, readonly [string, Record<string, unknown>]> = {};
    const wires: string[] = [];
    rows.forEach(([x, y, add], k) => {
      nodes[`k${k}`] = ['sum', { add }];
      if (k > 0) wires.push(`k${x % k}.out > k${k}.terms`, `k${y % k}.out > k${k}.terms`);
    });
    return graphOf(nodes, wires);
  });

test('property: whatever the graph, plan and run agree on what is cached, and a second run executes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const ports = memoryPorts(toys);
      const first = await run(graph, OPTIONS, ports, never);
      const second = await run(graph, OPTIONS, ports, never);
      expect(first.ran + first.cached).toBe(Object.keys(graph.nodes).length);
      expect(second).toMatchObject({ outcome: 'done', ran: 0 });
      expect(plan(graph, toys, OPTIONS, ports.lookup, new Map(), ports.dispatch).cached).toBe(
        Object.keys(graph.nodes).length,
      );
    }),
    { numRuns: 40 },
  );
});

test('property: a graph edited step by step runs as the same graph seen for the first time', async () => {
  const base = graphOf(
    { a: ['n', { value: 1 }], b: ['n', { value: 2 }], s: 'sum', f: 'floor', t: ['sum', { add: 1 }], u: 'step' },
    ['a.out > s.terms', 'b.out > s.terms', 's.out > f.in', 'f.out > t.terms', 'b.out > t.terms', 't.out > u.in'],
  );
  const ids = Object.keys(base.nodes) as NodeId[];
  const asking: WholeRegistry = new Map([...toys, ['floor', { ...toys.get('floor')!, request: () => ({}) as never }]]);
  const accepted = { out: { kind: 'number' as const, number: 77 } };
  const change = fc.record({
    at: fc.nat(ids.length - 1),
    patched: fc.boolean(),
    what: fc.constantFrom(
      'param',
      'param',
      'move',
      'mute',
      'off',
      'rename',
      'promote',
      'wire',
      'nonsense',
      'again',
      'again',
      'forget',
      'retake',
    ),
    number: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 16 }), async (changes) => {
      let take = 0;
      const dispatch: Dispatch = () => ({
        route: 'somebody',
        take,
        takePlan: undefined,
        ...(take === 3 ? { found: accepted } : {}),
      });
      const ports = { ...memoryPorts(asking), dispatch };
      let graph: Graph = { ...base, wires: { ...base.wires } };
      for (const { at, what, number, patched } of changes) {
        const id = ids[at]!;
        const node = graph.nodes[id]!;
        const put = (fields: Partial<GraphNode>): Graph => ({
          ...graph,
          nodes: patched
            ? nodesWith(graph.nodes, { [id]: { ...node, ...fields } })
            : { ...graph.nodes, [id]: { ...node, ...fields } },
        });
        const param = node.type === 'n' ? 'value' : 'add';
        if (what === 'param') graph = put({ params: { ...node.params, [param]: number + 0.5 } });
        if (what === 'nonsense') graph = put({ params: { ...node.params, [param]: 'much' } });
        if (what === 'move') graph = put({ position: { x: number, y: 0 } });
        if (what === 'rename') graph = put({ title: `named ${number}` });
        if (what === 'mute') graph = put({ muted: !node.muted });
        if (what === 'off') graph = put({ off: !node.off });
        if (what === 'promote') graph = put({ promoted: node.promoted?.length ? [] : [param] });
        if (what === 'wire')
          graph = { ...graph, wires: Object.fromEntries(Object.entries(graph.wires).slice(number % 2)) };
        if (what === 'forget') ports.results.delete([...ports.results.keys()].at(-1 - number)!);
        if (what === 'retake') take = number;
        const anew = structuredClone(graph);
        const [planned, plannedAnew] = [graph, anew].map((one) =>
          plan(one, asking, OPTIONS, ports.lookup, new Map(), ports.dispatch),
        );
        expect(planned).toEqual(plannedAnew);
        const other = { ...memoryPorts(asking), dispatch, lookup: (key: CacheKey) => before.get(key) };
        const before = new Map(ports.results);
        ports.events.length = 0;
        expect(await run(graph, OPTIONS, ports, never)).toEqual(
          await run(anew, OPTIONS, { ...other, keep: (key, outputs) => void before.set(key, outputs) }, never),
        );
        expect(ports.events).toEqual(other.events);
      }
    }),
    { numRuns: 150 },
  );
});

test('property: what plans and runs of one graph remember of each other never mixes what they were given', async () => {
  const turns = fc.array(fc.record({ place: fc.nat(2), plans: fc.boolean() }), { minLength: 2, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(graphs, turns, async (graph, taken) => {
      // Three places with results of their own; the same node gives another number in each.
      const places = [0, 100, 200].map((offset) => ({
        ...memoryPorts(toys),
        execute: async ({ parts }: Task) => ({
          ok: true as const,
          value: {
            ms: 0,
            outputs: { out: { kind: 'number' as const, number: offset + JSON.stringify(parts).length } },
          },
        }),
      }));
      for (const { place, plans } of taken) {
        const ports = places[place]!;
        if (plans) plan(graph, toys, OPTIONS, ports.lookup, new Map(), ports.dispatch);
        ports.events.length = 0;
        // Another place runs and is asked meanwhile.
        const beside = places[(place + 1) % 3]!;
        const both = [run(graph, OPTIONS, ports, never), run(graph, OPTIONS, beside, never)];
        plan(graph, toys, OPTIONS, beside.lookup, new Map(), ports.dispatch);
        await Promise.all(both);
        const finished = ports.events.filter((event) => event.type === 'finished');
        const made = new Map(finished.map(({ node, outputs }) => [node, outputs['out']]));
        for (const { node, key, parts } of finished) {
          const sources = Object.values(graph.wires)
            .filter(({ to }) => to.node === node)
            .map(({ from }) => made.get(from.node));
          expect([parts.inputs['terms'] ?? [], key]).toEqual([sources, cacheKeyOf(parts)]);
        }
        expect(finished).toHaveLength(Object.keys(graph.nodes).length);
      }
    }),
    { numRuns: 60 },
  );
});

test('lanes bound what runs at once; the longest path goes first; an aborted wait leaves at once', async () => {
  const order: string[] = [];
  const finish: (() => void)[] = [];
  let busy = 0;
  let most = 0;
  const execute = schedule({ lanes: { cpu: 2, network: 1 }, megabytes: 100 }, async (task) => {
    busy++;
    most = Math.max(most, busy);
    order.push(task.key);
    await new Promise<void>((resolve) => finish.push(resolve));
    busy--;
    return { ok: true, value: { outputs: {}, takes: [], ms: 0 } };
  });
  const task = (key: string, priority: number, megabytes = 1) =>
    ({ key, priority, megabytes, lane: 'cpu' }) as unknown as Task;
  const watcher = { started() {}, progress() {} };
  const abort = new AbortController();
  const all = [task('a', 1), task('b', 1), task('c', 1), task('d', 9), task('e', 1)].map((item) =>
    execute(item, never, watcher),
  );
  const dropped = execute(task('f', 5), abort.signal, watcher);
  abort.abort();
  expect(await dropped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  while (order.length < 5 || busy) {
    finish.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await Promise.all(all);
  expect(order).toEqual(['a', 'b', 'd', 'c', 'e']);
  expect(most).toBe(2);
});
