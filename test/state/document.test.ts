import { expect, test } from 'vitest';
import fc from 'fast-check';
import { addNode, connect, moveNodes, removeAndHeal, removeNodes, setParam, toggle, togglePromoted } from '../../src/core/edits.ts';
import { componentIdOf } from '../../src/core/component-type.ts';
import { between, makeComponent, registryWith, toggleExposedParam, unpackComponent } from '../../src/core/component.ts';
import { toggleFormField } from '../../src/core/form.ts';
import { copyFragment, pasteFragment } from '../../src/core/fragment.ts';
import { emptyGraph, nodeIds, type Graph } from '../../src/core/graph.ts';
import type { FrameId, GraphId, NodeId, WireId } from '../../src/core/ids.ts';
import { addFrame, addNote, addPoint, removeMarks, settle, toggleCollapsed } from '../../src/core/marks.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';
import { graphOf } from '../rig/graphs.ts';
import { inWords } from '../../src/core/say.ts';

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
  document.edit('Rename', (_, graph) => void (graph.title = 'Other'));
  expect(document.getState().graph.title).toBe('Untitled');
});

test('a damaged stored history does not keep a graph from opening', () => {
  const document = createDocument();
  document.load('g1' as GraphId, emptyGraph(), { past: 'nonsense' });
  expect(document.getState().history).toEqual({ past: [], future: [] });
});

test('copy and paste keep the wires inside, and leave those outside alone', () => {
  const document = opened(graphOf({ p: 'prompt', i: 'image', u: 'upscale' }, ['p.prompt > i.prompt', 'i.image > u.image']));
  const pasted = document.edit('Paste', (draft) => pasteFragment(draft, copyFragment(document.getState().board, {}, { nodes: ['p', 'i'] as NodeId[] }), { x: 10, y: 10 }))!.nodes;
  const { graph } = document.getState();
  expect(pasted).toHaveLength(2);
  expect(Object.values(graph.wires).filter((wire) => pasted.includes(wire.to.node))).toMatchObject([{ from: { node: pasted[0], socket: 'prompt' }, to: { node: pasted[1], socket: 'prompt' } }]);
  expect(Object.keys(graph.wires)).toHaveLength(3);
});

const KINDS = ['add', 'remove', 'heal', 'move', 'param', 'mute', 'off', 'connect', 'paste', 'promote', 'frame', 'nest', 'note', 'reroute', 'collapse', 'unmark', 'settle', 'component', 'unpack', 'expose', 'enter', 'leave', 'form'] as const;
const actions = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(99), b: fc.nat(99) }), { maxLength: 30 });

/** Does any sequence of things a person can do to a document. */
function perform(document: ReturnType<typeof opened>, list: readonly { readonly kind: (typeof KINDS)[number]; readonly a: number; readonly b: number }[]): void {
  const known = registryWith(registry, () => document.getState().graph.components);
  for (const { kind, a, b } of list) {
    const { board, path, graph } = document.getState();
    const pick = <T>(from: readonly T[], nth: number) => from[nth % Math.max(1, from.length)];
    const id = pick(nodeIds(board), a);
    const other = pick(nodeIds(board), b);
    const instance = nodeIds(board).find((one) => componentIdOf(board.nodes[one]!.type));
    if (kind === 'enter' && instance) document.look([...path, instance]);
    else if (kind === 'leave') document.look(path.slice(0, -1));
    else {
      document.edit(kind, (draft, whole) => {
        const frame = pick(Object.keys(draft.frames) as FrameId[], a);
        const wire = pick(Object.keys(draft.wires) as WireId[], a);
        if (kind === 'add') addNode(draft, [...registry.values()][a % registry.size]!, { x: a, y: b });
        else if (kind === 'note') addNote(draft, { x: a, y: b }, 'Text');
        else if (kind === 'collapse' && frame) toggleCollapsed(draft, frame);
        else if (kind === 'unmark' && frame) removeMarks(draft, [frame]);
        else if (kind === 'reroute' && wire) addPoint(draft, wire, 0, { x: a, y: b });
        else if (kind === 'unpack' && instance) unpackComponent(whole, draft, instance);
        else if (!id || !other) return;
        else if (kind === 'remove') removeNodes(draft, [id]);
        else if (kind === 'heal') removeAndHeal(draft, known, [id]);
        else if (kind === 'move') moveNodes(draft, { [id]: { x: a, y: b } });
        else if (kind === 'param') setParam(draft, id, 'text', `${b}`);
        else if (kind === 'mute') toggle(draft, [id], 'muted');
        else if (kind === 'off') toggle(draft, [id], 'off');
        else if (kind === 'promote') togglePromoted(draft, id, 'tier');
        else if (kind === 'frame') addFrame(draft, 'Frame', { [id]: { x: a, y: b, width: 200, height: 100 } });
        else if (kind === 'nest' && frame) addFrame(draft, 'Around', { [frame]: { x: a, y: b, width: 300, height: 200 }, [id]: { x: a, y: b, width: 200, height: 100 } });
        else if (kind === 'settle' && frame && a % 2) settle(draft, { [frame]: { x: a, y: b, width: 200, height: 100 } });
        else if (kind === 'settle') settle(draft, { [id]: { x: a, y: b, width: 200, height: 100 } });
        else if (kind === 'paste') pasteFragment(draft, copyFragment(board, graph.components, { nodes: [id, other] }), { x: 1, y: 1 });
        else if (kind === 'component' && !between(board, [id, other])) makeComponent(whole, draft, known, [id, other], 'C');
        else if (kind === 'expose' && path.length) toggleExposedParam(draft as never, id, 'text', 'Text');
        else if (kind === 'form' && !path.length) toggleFormField(whole, id, 'text');
        else if (kind === 'connect') connect(draft, known, { node: other, socket: 'image' }, { node: id, socket: 'image' });
      });
    }
  }
}
const small = () => graphOf({ p: 'prompt', i: 'image', u: 'upscale', g: 'grade' }, ['p.prompt > i.prompt', 'i.image > u.image', 'u.image > g.image']);

test('property: any sequence of edits undone is the same graph, redone the same result', () => {
  fc.assert(
    fc.property(actions, (list) => {
      const document = opened(small());
      const before = document.getState().graph;
      perform(document, list);
      const after = document.getState().graph;
      const steps = document.getState().history.past.length;
      while (document.undo() !== undefined);
      expect(document.getState().graph).toEqual(before);
      for (let k = 0; k < steps; k++) document.redo();
      expect(document.getState().graph).toEqual(after);
    }),
    { numRuns: 150 },
  );
});

test('property: whatever was made of a graph, its file opens as the same graph', () => {
  /** What a file need not carry: wires at sockets that are gone, circles, fields of nodes that are gone, params no node has. */
  const clean = (graph: Graph) => {
    const parsed = parseGraphFile(writeGraphFile(graph), registry);
    if (!parsed.ok) throw new Error(inWords(parsed.error.message));
    return parsed.value.graph;
  };
  let kept = 0;
  fc.assert(
    fc.property(actions, (list) => {
      const document = opened(small());
      perform(document, list);
      const once = clean(document.getState().graph);
      expect(clean(once)).toEqual(once);
      expect(writeGraphFile(clean(once))).toBe(writeGraphFile(once));
      const { graph } = document.getState();
      for (const part of ['frames', 'notes', 'nodes'] as const) expect(Object.keys(once[part]).sort()).toEqual(Object.keys(graph[part]).sort());
      expect(Object.keys(once.components).sort()).toEqual(Object.keys(graph.components).sort());
      kept += Object.keys(graph.frames).length + Object.keys(graph.components).length;
    }),
    { numRuns: 150 },
  );
  expect(kept).toBeGreaterThan(10);
});
