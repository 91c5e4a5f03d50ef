/** Instances of one component each show their own take and keep their own result. */
import { produce } from 'immer';
import { readyFor } from '../rig/ready.ts';
import { expect, test } from 'vitest';
import { chooseAt, choiceAt, thawAt } from '../../src/graph/choices.ts';
import { draftAt, registryWith } from '../../src/graph/component.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import { makeComponent, unpackComponent } from '../../src/graph/component-edits.ts';
import type { GraphDraft } from '../../src/graph/edits.ts';
import { emptyBoard, type Component, type Graph, type GraphNode } from '../../src/graph/graph.ts';
import { insideOf } from '../../src/graph/instance.ts';
import type { CacheKey, ComponentId, GraphId, NodeId, RunId } from '../../src/core/ids.ts';
import type { TakeRecord } from '../../src/core/take.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { upgradeWith } from '../../src/file/upgrade.ts';
import { registry } from '../../src/registry.ts';
import { EMPTY_CATALOG } from '../../src/routing/catalog.ts';
import { dispatcher } from '../../src/routing/take-plan.ts';
import { HOUSE } from '../../src/routing/house.ts';
import { NO_OVERRIDES } from '../../src/routing/price-book.ts';

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const id = (text: string) => text as NodeId;
const node = (type: string): GraphNode => ({ type, version: 1, params: {}, position: { x: 0, y: 0 } });
const prompted: Pick<Component, 'inputs' | 'outputs' | 'params'> = {
  inputs: { prompt: { label: 'Prompt', to: [{ node: id('i'), socket: 'prompt' }] } },
  outputs: { image: { label: 'Image', from: { node: id('i'), socket: 'image' } } },
  params: {},
};
const one: Component = {
  ...emptyBoard,
  title: 'One',
  description: '',
  version: 0,
  ...prompted,
  nodes: { [id('i')]: node('image') },
};
const two: Component = {
  ...emptyBoard,
  title: 'Two',
  description: '',
  version: 0,
  inputs: {},
  outputs: {},
  params: {},
  nodes: { [id('a')]: node('component/one'), [id('b')]: node('component/one') },
};
const start = {
  title: 'T',
  description: '',
  author: '',
  licence: '',
  ...emptyBoard,
  form: [],
  nodes: { x: node('component/one'), y: node('component/one'), z: node('component/two') },
  components: { one, two },
} as unknown as Graph;
const take = (number: number) => ({ slot: 's', number });
const shown = (graph: Graph, ...ids: string[]) => ids.map((one) => expanded(graph).nodes[id(one)]!.take?.number);
const opened = (graph: Graph): Graph => {
  const parsed = parseGraphFile(writeGraphFile(graph), registry);
  if (!parsed.ok) throw new Error('The file was not read.');
  return parsed.value.graph;
};

test('what one instance shows or keeps is nobody else’s, nested too; it travels in the file', () => {
  const chosen = edit(start, (draft) => {
    chooseAt(draft, id('x/i'), { take: take(2) });
    chooseAt(draft, id('y/i'), { take: take(1) });
    chooseAt(draft, id('z/a/i'), { take: take(5), frozen: 'a'.repeat(32) as CacheKey });
  });
  expect(shown(chosen, 'x/i', 'y/i', 'z/a/i', 'z/b/i')).toEqual([2, 1, 5, undefined]);
  expect(chosen.components).toBe(start.components);
  expect(choiceAt(chosen, id('z/a/i'))).toEqual({ take: take(5), frozen: 'a'.repeat(32) });
  expect(opened(chosen)).toEqual(chosen);
  const thawed = edit(chosen, (draft) => thawAt(draft, id('z/a/i')));
  expect(choiceAt(thawed, id('z/a/i'))).toEqual({ take: take(5) });
});

test('what is written down for all instances holds until one says otherwise', () => {
  const shared = edit(start, (draft) =>
    Object.assign(draft.components['one' as never]!['nodes' as never]['i'], { take: take(3), frozen: 'b'.repeat(32) }),
  );
  const own = edit(shared, (draft) => chooseAt(draft, id('x/i'), { take: take(1) }));
  expect(shown(own, 'x/i', 'y/i', 'z/a/i')).toEqual([1, 3, 3]);
  const thawed = edit(own, (draft) => thawAt(draft, id('y/i')));
  expect(Object.values(expanded(thawed).nodes).map(({ frozen }) => frozen)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('choices follow nodes into components, through components made inside components, and out again', () => {
  const flat = edit(start, (draft) => {
    draft.nodes[id('i')] = { ...node('image'), take: take(4), frozen: 'c'.repeat(32) as CacheKey };
    chooseAt(draft, id('x/i'), { take: take(2) });
    chooseAt(draft, id('z/b/i'), { take: take(6) });
  });
  let around: NodeId | undefined;
  const boxed = edit(
    flat,
    (draft) =>
      (around = makeComponent(
        draft,
        draft,
        registryWith(registry, () => draft.components as Graph['components']),
        ['i', 'x'].map(id),
        'Box',
      )),
  );
  expect(shown(boxed, `${around}/i`, `${around}/x/i`)).toEqual([4, 2]);
  expect(JSON.stringify(boxed.components)).not.toMatch(/"take"|"frozen"/);
  const unboxed = edit(boxed, (draft) => unpackComponent(draft, draft, around!));
  expect(shown(unboxed, 'i', 'x/i')).toEqual([4, 2]);
  expect(unboxed.nodes[id('i')]!.frozen).toBe('c'.repeat(32));
  let inner: NodeId | undefined;
  const deep = edit(
    flat,
    (draft) =>
      (inner = makeComponent(
        draft,
        draftAt(draft, [id('z')])!,
        registryWith(registry, () => draft.components as Graph['components']),
        ids('b'),
        'Deep',
      )),
  );
  expect(shown(deep, `z/${inner}/b/i`)).toEqual([6]);
  expect(
    shown(
      edit(deep, (draft) => unpackComponent(draft, draftAt(draft, [id('z')])!, inner!)),
      'z/b/i',
    ),
  ).toEqual([6]);
});
const ids = (...names: string[]) => names as NodeId[];

test('an accepted take of one instance stays shown when another is accepted in a second instance', () => {
  const book: TakeRecord[] = [];
  const routeContext = (graph: Graph) =>
    dispatcher({
      table: HOUSE,
      market: { catalog: EMPTY_CATALOG, book: NO_OVERRIDES, ready: readyFor('sketch') },
      mode: 'delivery',
      graphId: 'g' as GraphId,
      runId: 'r' as RunId,
      nodes: expanded(graph).nodes,
      takesOf: (of, slot) => book.filter((made) => made.node === of && made.slot === slot),
    });
  const ask = (graph: Graph, of: string, text: string) =>
    routeContext(graph)(id(of), registry.get('image')!, {
      params: { tier: 'speed', megapixels: '1' },
      inputs: { prompt: { kind: 'prompt', text, negative: '' }, seed: { kind: 'seed', seed: 1, locked: false } },
    })!;
  const made = (of: string, slot: string, number: number) =>
    ({
      id: `${of} ${number}`,
      node: id(of),
      slot,
      number,
      seed: number,
      baseSeed: 1,
      verdict: { state: 'accepted', by: 'person' },
      artifact: { kind: 'image', hash: `${of} ${number}`, width: 1, height: 1 },
    }) as unknown as TakeRecord;
  const [a, b] = [ask(start, 'x/i', 'a vase').takePlan.slot, ask(start, 'y/i', 'a boat').takePlan.slot];
  book.push(made('x/i', a, 2), made('y/i', b, 1));
  const both = edit(start, (draft) => {
    chooseAt(draft, id('x/i'), { take: { slot: a, number: 2 } });
    chooseAt(draft, id('y/i'), { take: { slot: b, number: 1 } });
  });
  const image = (of: string, text: string) => ask(both, of, text).found?.['image'];
  expect([image('x/i', 'a vase'), image('y/i', 'a boat')]).toMatchObject([{ hash: 'x/i 2' }, { hash: 'y/i 1' }]);
});

test('an instance that chooses for thousands of nodes deep inside is written out at once', () => {
  const frozen = '1'.repeat(32) as CacheKey;
  const inner = Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [`b/${at}/i`, { frozen }]));
  const over = insideOf(two, { ...node('component/two'), inner });
  expect(Object.keys(over[id('b')]!.inner!).length).toBe(15_000);
  expect(over[id('b')]!.inner!['7/i']).toEqual({ frozen });
});

test('what an instance has chosen stands, though something chosen for all is still written inside its component', () => {
  const inside = { ...one, nodes: { [id('i')]: { ...node('image'), take: take(1) } } };
  const instance = { ...node('component/one'), inner: { i: { take: take(7) } } };
  const stored = { ...start, nodes: { x: instance }, components: { one: inside } } as unknown as Graph;
  expect(shown(upgradeWith(registry).graph(stored), 'x/i')).toEqual([7]);
});

test('a component that was kept with a take chosen for all chooses none where it is placed', () => {
  const inside = { ...one, nodes: { [id('i')]: { ...node('image'), take: take(1) } } };
  const kept = { id: 'one' as ComponentId, version: 1, at: 1, component: inside, needs: {} };
  const placed = upgradeWith(registry).component(kept);
  expect(placed.component.nodes[id('i')]).toEqual(node('image'));
  const bare = { ...kept, component: one };
  expect(upgradeWith(registry).component(bare)).toBe(bare);
});
