/** Cures of joins are plain edits: what they wire, and that nothing else moves. */
import { produce } from 'immer';
import { expect, test } from 'vitest';
import type { GraphDraft } from '../../src/graph/edits.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { bridgeAt, canBridge, canMatch, extenderAfter, matchAfter } from '../../src/graph/join-cures.ts';
import { shotsOf } from '../../src/graph/shots.ts';
import type { NodeId } from '../../src/core/ids.ts';
import type { NodeDefinition, Registry } from '../../src/core/node.ts';
import { defineNode, p, s } from '../../src/core/node-api.ts';
import { registry as present } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const id = (text: string) => text as NodeId;
const film = id('film');
const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));

/** A bridge and an extender as cures know them. */
const made = [
  defineNode({
    id: 'bridge',
    layer: 'generation',
    version: 1,
    title: 'Bridge',
    summary: '',
    docs: '',
    example: {},
    inputs: { image: s.image(), lastFrame: s.image() },
    outputs: { video: s.video() },
    params: {},
    determinism: 'pure',
    lane: 'cpu',
    cost: () => ({ seconds: 1, megabytes: 1 }),
    run: () => Promise.reject(new Error('Not run here.')),
  }),
  defineNode({
    id: 'extend',
    layer: 'generation',
    version: 1,
    title: 'Extend',
    summary: '',
    docs: '',
    example: {},
    inputs: { video: s.video() },
    outputs: { video: s.video() },
    params: { tail: p.float({ label: 'Tail', default: 0.9, min: 0.1, max: 3, step: 0.1 }) },
    determinism: 'pure',
    lane: 'cpu',
    cost: () => ({ seconds: 1, megabytes: 1 }),
    run: () => Promise.reject(new Error('Not run here.')),
  }),
] as unknown as readonly NodeDefinition[];
const registry: Registry = { ...present, get: (type) => made.find((one) => one.id === type) ?? present.get(type) };
const chain = graphOf({ a: 'animate', b: 'animate', c: 'extend', film: 'stitch' }, [
  'a.video > film.videos',
  'b.video > film.videos',
  'c.video > film.videos',
  'b.video > c.video',
]);
const clipsOf = (graph: Graph) => shotsOf(graph, registry, film).map(({ node }) => node);
const into = (graph: Graph, node: NodeId) =>
  Object.values(graph.wires)
    .filter(({ to }) => to.node === node)
    .map(({ from, to }) => `${from.node}.${from.socket} > ${to.socket}`)
    .sort();

test('matching puts a node before the film, in the same place, by the first shot or the end of the clip before', () => {
  let node = id('');
  const later = edit(chain, (draft) => (node = matchAfter(draft, registry, film, 1, 0)!));
  expect(clipsOf(later)).toEqual(['a', 'b', node]);
  expect(into(later, node)).toEqual(['a.video > likeVideo', 'c.video > video']);
  expect(later.nodes[node]!.params).toEqual({});
  expect([canMatch(chain, registry, film, 1), canMatch(later, registry, film, 1)]).toEqual([true, false]);

  const next = edit(chain, (draft) => (node = matchAfter(draft, registry, film, 0, 0)!));
  expect(clipsOf(next)).toEqual(['a', node, 'c']);
  expect(next.nodes[node]!.params).toEqual({ to: 'its end' });
});

test('a bridge comes between two clips, from the last picture to the first, and other joins stay where they were', () => {
  const joins = [
    { after: 1, join: 'crossfade', seconds: 0.2 },
    { after: 2, join: 'match cut', seconds: 0.5 },
  ];
  const before = edit(chain, (draft) => void (draft.nodes[film]!.params = { joins }));
  let node = id('');
  const bridged = edit(before, (draft) => (node = bridgeAt(draft, registry, film, 0)!));
  expect(clipsOf(bridged)).toEqual(['a', node, 'b', 'c']);
  expect(shotsOf(bridged, registry, film).map(({ join }) => join?.join)).toEqual([
    'shared keyframe',
    'shared keyframe',
    'match cut',
    undefined,
  ]);
  const stills = Object.values(bridged.wires).flatMap(({ from, to }) =>
    to.node === node ? [[to.socket, bridged.nodes[from.node]!.params['at'], into(bridged, from.node)[0]]] : [],
  );
  expect(stills.sort()).toEqual([
    ['image', 'last', 'a.video > video'],
    ['lastFrame', 'first', 'b.video > video'],
  ]);
  expect(canBridge(chain, registry, film, 2)).toBe(false);
});

test('an extender looks back longer, up to its most', () => {
  expect(extenderAfter(chain, registry, film, 0)).toBeUndefined();
  expect(extenderAfter(chain, registry, film, 1)).toEqual({ node: 'c', tail: 0.9, longer: 1.4 });
  const long = edit(chain, (draft) => void (draft.nodes[id('c')]!.params = { tail: 3 }));
  expect(extenderAfter(long, registry, film, 1)).toBeUndefined();
});
