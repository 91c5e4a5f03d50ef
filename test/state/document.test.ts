import { expect, test } from 'vitest';
import fc from 'fast-check';
import { addNode, connect, copyFragment, moveNodes, pasteFragment, removeNodes, setParam, toggleMuted, togglePromoted } from '../../src/core/edits.ts';
import { emptyGraph, nodeIds } from '../../src/core/graph.ts';
import type { GraphId, NodeId } from '../../src/core/ids.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';
import { graphOf } from '../rig/graphs.ts';

const opened = (graph = emptyGraph(), now = () => 0) => {
  const document = createDocument(now);
  document.load('g1' as GraphId, graph, undefined);
  return document;
};

test('typing merges into one step within its time, and not with another param', () => {
  let time = 0;
  const document = opened(graphOf({ a: 'prompt' }, []), () => time);
  for (const text of ['a', 'ab', 'abc']) document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', text), { mergeKey: 'a:text' });
  document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'negative', 'x'), { mergeKey: 'a:negative' });
  time = 2000;
  document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', 'abcd'), { mergeKey: 'a:text' });
  expect(document.getState().history.past).toHaveLength(3);
  document.undo();
  document.undo();
  expect(document.getState().graph.nodes['a' as NodeId]!.params).toEqual({ text: 'abc' });
  document.undo();
  expect(document.getState().graph.nodes['a' as NodeId]!.params).toEqual({});
});

test('a read-only document refuses edits and undo', () => {
  const document = createDocument();
  document.load('g1' as GraphId, emptyGraph(), undefined, true);
  document.edit('Rename', (draft) => void (draft.title = 'Other'));
  expect(document.getState().graph.title).toBe('Untitled');
});

test('a damaged stored history does not keep a graph from opening', () => {
  const document = createDocument();
  document.load('g1' as GraphId, emptyGraph(), { past: 'nonsense' });
  expect(document.getState().history).toEqual({ past: [], future: [] });
});

test('copy and paste keep the wires inside, and leave those outside alone', () => {
  const document = opened(graphOf({ p: 'prompt', i: 'image', u: 'upscale' }, ['p.prompt > i.prompt', 'i.image > u.image']));
  const pasted = document.edit('Paste', (draft) => pasteFragment(draft, copyFragment(document.getState().graph, ['p', 'i'] as NodeId[]), { x: 10, y: 10 }))!;
  const { graph } = document.getState();
  expect(pasted).toHaveLength(2);
  expect(Object.values(graph.wires).filter((wire) => pasted.includes(wire.to.node))).toMatchObject([{ from: { node: pasted[0], socket: 'prompt' }, to: { node: pasted[1], socket: 'prompt' } }]);
  expect(Object.keys(graph.wires)).toHaveLength(3);
});

test('property: any sequence of edits undone is the same graph, redone the same result', () => {
  const action = fc.record({ kind: fc.constantFrom('add', 'remove', 'move', 'param', 'mute', 'connect', 'paste', 'promote'), a: fc.nat(99), b: fc.nat(99) });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 25 }), (actions) => {
      const document = opened(graphOf({ p: 'prompt', i: 'image', u: 'upscale' }, ['p.prompt > i.prompt']));
      const before = document.getState().graph;
      for (const { kind, a, b } of actions) {
        document.edit(kind, (draft) => {
          const ids = nodeIds(draft);
          const id = ids[a % Math.max(1, ids.length)];
          if (kind === 'add') addNode(draft, [...registry.values()][a % registry.size]!, { x: a, y: b });
          else if (!id) return;
          else if (kind === 'remove') removeNodes(draft, [id]);
          else if (kind === 'move') moveNodes(draft, { [id]: { x: a, y: b } });
          else if (kind === 'param') setParam(draft, id, 'text', `${b}`);
          else if (kind === 'mute') toggleMuted(draft, [id]);
          else if (kind === 'promote') togglePromoted(draft, id, 'tier');
          else if (kind === 'paste') pasteFragment(draft, copyFragment(draft, [id]), { x: 1, y: 1 });
          else connect(draft, registry, { node: ids[b % ids.length]!, socket: 'image' }, { node: id, socket: 'image' });
        });
      }
      const after = document.getState().graph;
      const steps = document.getState().history.past.length;
      while (document.undo() !== undefined);
      expect(document.getState().graph).toEqual(before);
      for (let k = 0; k < steps; k++) document.redo();
      expect(document.getState().graph).toEqual(after);
    }),
    { numRuns: 60 },
  );
});
