import { produce } from 'immer';
import { expect, test } from 'vitest';
import { downstreamOf, endsOf, picturesOnTheWay } from '../../src/graph/ends.ts';
import { insertOnWire, makeRoom, moveNodes, type GraphDraft } from '../../src/graph/edits.ts';
import { removeAndHeal } from '../../src/graph/heal.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { NodeId, WireId } from '../../src/core/ids.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const wiresOf = (graph: Graph) =>
  Object.values(graph.wires)
    .map(({ from, to }) => `${from.node}.${from.socket} > ${to.node}.${to.socket}`)
    .sort();
const id = (text: string) => text as NodeId;
const chain = graphOf({ i: 'image', g: 'grade', s: 'sharpen', d: 'deliver', loose: 'grain', seed: 'seed' }, [
  'i.image > g.image',
  'g.image > s.image',
  's.image > d.image',
]);

test('a removed node hands what fed it to what it fed; several in a row too', () => {
  expect(wiresOf(edit(chain, (draft) => removeAndHeal(draft, registry, [id('g')])))).toEqual([
    'i.image > s.image',
    's.image > d.image',
  ]);
  expect(wiresOf(edit(chain, (draft) => removeAndHeal(draft, registry, [id('g'), id('s')])))).toEqual([
    'i.image > d.image',
  ]);
  expect(wiresOf(edit(chain, (draft) => removeAndHeal(draft, registry, [id('i')])))).toEqual([
    'g.image > s.image',
    's.image > d.image',
  ]);
});

test('what does not fit is not joined', () => {
  const graph = graphOf({ p: 'prompt', i: 'image', d: 'deliver' }, ['p.prompt > i.prompt', 'i.image > d.image']);
  expect(wiresOf(edit(graph, (draft) => removeAndHeal(draft, registry, [id('i')])))).toEqual([]);
});

test('a loose node goes into a wire of its kind; a wired one, or one of another kind, does not', () => {
  const wire = 'w000000' as WireId;
  expect(wiresOf(edit(chain, (draft) => insertOnWire(draft, registry, id('loose'), wire)))).toEqual([
    'g.image > s.image',
    'i.image > loose.image',
    'loose.image > g.image',
    's.image > d.image',
  ]);
  expect(edit(chain, (draft) => insertOnWire(draft, registry, id('s'), wire))).toBe(chain);
  expect(edit(chain, (draft) => insertOnWire(draft, registry, id('seed'), wire))).toBe(chain);
});

test('inserting and healing are each other undone', () => {
  const inserted = edit(chain, (draft) => insertOnWire(draft, registry, id('loose'), 'w000001' as WireId));
  expect(wiresOf(edit(inserted, (draft) => removeAndHeal(draft, registry, [id('loose')])))).toEqual(wiresOf(chain));
});

test('what comes after makes room, as far as it has to; what comes before stays', () => {
  const spread = edit(chain, (draft) =>
    moveNodes(draft, { g: { x: 300, y: 5 }, s: { x: 600, y: 0 }, d: { x: 900, y: 0 }, loose: { x: 200, y: 0 } }),
  );
  const roomy = edit(spread, (draft) => makeRoom(draft, id('g'), 480));
  expect(['i', 'g', 's', 'd', 'loose'].map((name) => roomy.nodes[id(name)]!.position.x)).toEqual([
    0, 480, 780, 1080, 200,
  ]);
  expect(roomy.nodes[id('g')]!.position.y).toBe(5);
  expect(edit(roomy, (draft) => makeRoom(draft, id('g'), 100))).toBe(roomy);
});

test('what a node leads to, and the pictures on the way to an end', () => {
  expect(downstreamOf(chain, [id('g')])).toEqual(['g', 's', 'd']);
  expect(downstreamOf(chain, [id('d'), id('i')]).toSorted()).toEqual(['d', 'g', 'i', 's']);
  expect(endsOf(chain, registry)).toEqual(['d']);
  expect(picturesOnTheWay(chain, registry).toSorted()).toEqual(['g', 'i', 's']);
});
