/** The flat graph: an edit writes again what it touched, and nothing else. */
import fc from 'fast-check';
import { produce } from 'immer';
import { expect, test } from 'vitest';
import { chooseAt } from '../../src/graph/choices.ts';
import { between, makeComponent, unpackComponent } from '../../src/graph/component-edits.ts';
import { toggleExposedParam } from '../../src/graph/exposing.ts';
import { boardAt, draftAt, registryWith, setParamAt } from '../../src/graph/component.ts';
import { expanded } from '../../src/graph/flat-graph.ts';
import { componentIdOf } from '../../src/graph/component-type.ts';
import {
  addNode,
  disconnect,
  removeNodes,
  renameNode,
  toggle,
  type ComponentDraft,
  type GraphDraft,
} from '../../src/graph/edits.ts';
import { nodeIds, wireEntries, type Graph } from '../../src/graph/graph.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { nodesWith } from '../../src/graph/lineage.ts';
import { compile } from '../../src/engine/compile.ts';
import { packer, unpacker } from '../../src/worker/graph-transfer.ts';
import { graphOf, toys } from '../rig/graphs.ts';

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const id = (text: string) => text as NodeId;
const chain = graphOf(
  { a: ['n', { value: 1 }], s: ['sum', { add: 1 }], t: 'step', u: 'step', v: ['sum', { add: 2 }] },
  ['a.out > s.terms', 's.out > t.in', 't.out > u.in', 'u.out > v.terms'],
);

/** A graph with an instance in an instance, and a second one of the outer component. */
function nested() {
  let [inner, outer, second]: (NodeId | undefined)[] = [];
  const make = (graph: Graph, names: readonly string[]) => (draft: GraphDraft) =>
    makeComponent(
      draft,
      draft,
      registryWith(toys, () => graph.components),
      names.map(id),
      'C',
    );
  const one = edit(chain, (draft) => (inner = make(chain, ['s', 't'])(draft)));
  const two = edit(one, (draft) => (outer = make(one, [inner!, 'u'])(draft)));
  const graph = edit(
    two,
    (draft) => (second = addNode(draft, { id: two.nodes[outer!]!.type, version: 1 }, { x: 0, y: 0 })),
  );
  return { graph, inner: inner!, outer: outer!, second: second! };
}
const params = (graph: Graph, node: string) => expanded(graph).nodes[id(node)]!.params;

test('an edit that leaves the wires alone keeps all wires and all other nodes, inside components too', () => {
  const { graph, inner, outer, second } = nested();
  const before = expanded(graph);
  expect(expanded(graph)).toBe(before);
  const outside = edit(graph, (draft) => (draft.nodes[id('a')]!.params = { value: 5 }));
  const within = edit(outside, (draft) => setParamAt(draft, id(`${outer}/${inner}/s`), 'add', 9));
  const own = edit(within, (draft) => chooseAt(draft, id(`${second}/${inner}/s`), { take: { slot: 's', number: 1 } }));
  for (const [changed, touched] of [
    [outside, ['a']],
    [within, ['a', `${outer}/${inner}/s`, `${second}/${inner}/s`]],
    [own, ['a', `${outer}/${inner}/s`, `${second}/${inner}/s`]],
  ] as const) {
    const flat = expanded(changed);
    expect(flat.wires).toBe(before.wires);
    for (const one of nodeIds(flat))
      expect(flat.nodes[one] === before.nodes[one], one).toBe(!(touched as readonly string[]).includes(one));
    expect(flat).toEqual(expanded(structuredClone(changed)));
  }
  expect(params(within, `${second}/${inner}/s`)).toEqual({ add: 9 });
});

test('what is compiled of such a graph is compiled once; an edit compiles the nodes it touched', () => {
  const { graph, inner, outer } = nested();
  const first = compile(expanded(graph), toys);
  expect(compile(expanded(graph), toys)).toBe(first);
  const changed = compile(
    expanded(edit(graph, (draft) => setParamAt(draft, id(`${outer}/${inner}/s`), 'add', 9))),
    toys,
  );
  expect(changed.dependents).toBe(first.dependents);
  const other = changed.steps.filter((step, at) => step !== first.steps[at]).map((step) => step.id.split('/').at(-1));
  expect(other).toEqual(['s', 's']);
});

test('a thread that gets the graph in transfers does no more than that either', () => {
  const { graph, inner, outer } = nested();
  const [pack, unpack] = [packer(), unpacker()];
  const sent = (one: Graph) => expanded(unpack(structuredClone(pack(one))));
  const before = sent(graph);
  const after = sent(edit(graph, (draft) => setParamAt(draft, id(`${outer}/${inner}/s`), 'add', 9)));
  expect(after.wires).toBe(before.wires);
  expect(
    nodeIds(after)
      .filter((one) => after.nodes[one] !== before.nodes[one])
      .map((one) => one.split('/').at(-1)),
  ).toEqual(['s', 's']);
  expect(after.nodes[id(`${outer}/${inner}/s`)]!.params).toEqual({ add: 9 });
});

test('a graph without instances is itself', () => {
  expect(expanded(chain)).toBe(chain);
  const next: Graph = {
    ...chain,
    nodes: nodesWith(chain.nodes, { [id('a')]: { ...chain.nodes[id('a')]!, params: { value: 2 } } }),
  };
  expect(expanded(next)).toBe(next);
});

const KINDS = [
  'param',
  'inner',
  'mute',
  'off',
  'name',
  'remove',
  'cut',
  'component',
  'unpack',
  'expose',
  'choose',
  'transfer',
  'undo',
] as const;
test('property: written again or for the first time, the flat graph is the same', () => {
  let kept = 0;
  fc.assert(
    fc.property(
      fc.array(fc.record({ kind: fc.constantFrom(...KINDS), board: fc.nat(9), a: fc.nat(99), b: fc.nat(99) }), {
        maxLength: 12,
      }),
      (list) => {
        const [pack, unpack] = [packer(), unpacker()];
        let graph = unpack(structuredClone(pack(nested().graph)));
        const past = [graph];
        for (const { kind, board: nth, a, b } of list) {
          const paths: (readonly NodeId[])[] = [[]];
          for (const path of paths)
            for (const one of nodeIds(boardAt(graph, path)!))
              if (componentIdOf(boardAt(graph, path)!.nodes[one]!.type)) paths.push([...path, one]);
          const path = paths[nth % paths.length]!;
          const board = boardAt(graph, path)!;
          const all = nodeIds(board);
          const [one, other] = [all[a % Math.max(1, all.length)], all[b % Math.max(1, all.length)]];
          if (!one || !other) continue;
          const known = registryWith(toys, () => graph.components);
          const before = expanded(graph);
          if (kind === 'undo') graph = past[a % past.length]!;
          else if (kind === 'transfer') graph = unpack(structuredClone(pack(graph)));
          else
            graph = edit(graph, (draft) => {
              const here = draftAt(draft, path)!;
              const [wire] = wireEntries(board)[a % Math.max(1, wireEntries(board).length)] ?? [];
              if (kind === 'param') here.nodes[one]!.params = { ...here.nodes[one]!.params, add: b };
              else if (kind === 'inner') setParamAt(draft, [...path, one].join('/') as NodeId, 'add', b);
              else if (kind === 'mute') toggle(here, [one], 'muted');
              else if (kind === 'off') toggle(here, [one], 'off');
              else if (kind === 'name') renameNode(here, one, `Name ${b}`);
              else if (kind === 'remove') removeNodes(here, [one]);
              else if (kind === 'cut' && wire) disconnect(here, [wire]);
              else if (kind === 'component' && !between(board, [one, other]))
                makeComponent(draft, here, known, [one, other], 'C');
              else if (kind === 'unpack') unpackComponent(draft, here, one);
              else if (kind === 'expose' && path.length) toggleExposedParam(here as ComponentDraft, one, 'add');
              else if (kind === 'choose')
                chooseAt(draft, [...path, one].join('/') as NodeId, { take: { slot: 's', number: b } });
            });
          past.push(graph);
          const flat = expanded(graph);
          if (flat !== before && flat.wires === before.wires) kept++;
          expect(flat).toEqual(expanded(structuredClone(graph)));
        }
      },
    ),
    { numRuns: 200 },
  );
  expect(kept).toBeGreaterThan(100);
});
