import { expect, test } from 'vitest';
import fc from 'fast-check';
import { produceWithPatches } from 'immer';
import { addNode, connect, moveNodes, removeNodes, setParam, toggle, togglePromoted } from '../../src/graph/edits.ts';
import { removeAndHeal } from '../../src/graph/heal.ts';
import { componentIdOf } from '../../src/graph/component-type.ts';
import { between, makeComponent, unpackComponent } from '../../src/graph/component-edits.ts';
import { toggleExposedParam } from '../../src/graph/exposing.ts';
import { registryWith } from '../../src/graph/component.ts';
import { toggleFormField } from '../../src/graph/form-fields.ts';
import { copyFragment, pasteFragment } from '../../src/graph/fragment.ts';
import { emptyGraph, nodeIds, type Graph } from '../../src/graph/graph.ts';
import type { FrameId, GraphId, NodeId, WireId } from '../../src/core/ids.ts';
import { addFrame, addNote, addPoint, removeMarks, settle, toggleCollapsed } from '../../src/graph/marks.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';
import { followOn, START, type Edit } from '../../src/graph/history.ts';
import { compressed, type Patch } from '../../src/graph/patches.ts';
import { createDocument } from '../../src/state/document.ts';
import { applied, replayed } from '../../src/state/replayed-edits.ts';
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
  for (const text of ['a', 'ab', 'abc'])
    document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', text), { mergeKey: 'a:text' });
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

test('a long drag of one slider is one step of one patch each way, in the history and in the log', () => {
  let time = 0;
  const document = opened(graphOf({ a: 'grade' }, []), () => (time += 16));
  for (let k = 1; k <= 600; k++)
    document.edit('Contrast', (draft) => setParam(draft, 'a' as NodeId, 'contrast', k / 600), {
      mergeKey: 'a:contrast',
    });
  const { history, unsaved } = document.getState();
  expect(history.past.map(({ redo, undo }) => [redo.length, undo.length])).toEqual([[1, 1]]);
  expect(unsaved.map(({ step }) => [step.redo.length, step.undo.length])).toEqual([[1, 1]]);
  document.undo();
  expect(document.getState().graph.nodes['a' as NodeId]!.params).toEqual({});
  document.redo();
  expect(document.getState().graph.nodes['a' as NodeId]!.params).toEqual({ contrast: 1 });
});

test('one gesture is one step although the clock is set back in the middle of it, and forth again', () => {
  const wall = Date.now;
  const document = createDocument();
  document.load('g1' as GraphId, graphOf({ a: 'prompt' }, []), undefined);
  try {
    for (const [text, back] of [
      ['a', 0],
      ['ab', 86_400_000],
      ['abc', 0],
    ] as const) {
      Date.now = () => wall() - back;
      document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', text), { mergeKey: 'a:text' });
    }
  } finally {
    Date.now = wall;
  }
  expect(document.getState().history.past).toHaveLength(1);
});

test('what is typed after an undo is a step of its own', () => {
  const document = opened(graphOf({ a: 'prompt' }, []));
  for (const text of ['a', 'ab'])
    document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', text), { mergeKey: 'a:text' });
  document.edit('Mute', (draft) => toggle(draft, ['a' as NodeId], 'muted'));
  document.undo();
  document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', 'abc'), { mergeKey: 'a:text' });
  expect(document.getState().history.past).toHaveLength(2);
});

test('only what storage confirmed is saved; an edit that grew meanwhile is not', () => {
  const document = opened(graphOf({ a: 'prompt' }, []));
  const type = (text: string) =>
    document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', text), { mergeKey: 'a:text' });
  type('a');
  const { unsaved: early } = document.getState();
  type('ab');
  document.confirm('g1' as GraphId, early);
  expect(document.getState().unsaved).toMatchObject([{ seq: 1, edition: 1 }]);
  document.confirm('g1' as GraphId, document.getState().unsaved);
  expect(document.getState().unsaved).toEqual([]);
  // Once a version holds it, what goes on is an edit of its own and still the same step.
  document.seal();
  type('abc');
  expect(document.getState().unsaved).toMatchObject([{ seq: 2, edition: 0, did: 'join' }]);
  expect(document.getState().history.past).toHaveLength(1);
});

test('edits put aside go on from where the stored log ends, and nowhere else', () => {
  const document = opened(graphOf({ a: 'prompt' }, []));
  const type = (text: string, mergeKey?: string) =>
    document.edit('Type', (draft) => setParam(draft, 'a' as NodeId, 'text', text), mergeKey ? { mergeKey } : {});
  type('a');
  type('b', 'key');
  const [first, early] = document.getState().unsaved as [Edit, Edit];
  type('bb', 'key');
  type('c');
  const aside = document.getState().unsaved;
  const ids = (edits: readonly Edit[]) => edits.map(({ seq, edition }) => `${seq}.${edition}`);
  expect(ids(followOn(aside, START))).toEqual(['1.0', '2.1', '3.0']);
  expect(ids(followOn(aside, first))).toEqual(['2.1', '3.0']);
  // The row was written while it still grew.
  expect(ids(followOn(aside, early))).toEqual(['2.1', '3.0']);
  expect(followOn(aside, aside.at(-1)!)).toEqual([]);
  expect(followOn(aside, { id: 'of another base', seq: 2, edition: 0 })).toEqual([]);
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
  const document = opened(
    graphOf({ p: 'prompt', i: 'image', u: 'upscale' }, ['p.prompt > i.prompt', 'i.image > u.image']),
  );
  const pasted = document.edit('Paste', (draft) =>
    pasteFragment(draft, copyFragment(document.getState().board, {}, { nodes: ['p', 'i'] as NodeId[] }), {
      x: 10,
      y: 10,
    }),
  )!.nodes;
  const { graph } = document.getState();
  expect(pasted).toHaveLength(2);
  expect(Object.values(graph.wires).filter((wire) => pasted.includes(wire.to.node))).toMatchObject([
    { from: { node: pasted[0], socket: 'prompt' }, to: { node: pasted[1], socket: 'prompt' } },
  ]);
  expect(Object.keys(graph.wires)).toHaveLength(3);
});

const pick = <T>(from: readonly T[], nth: number) => from[nth % Math.max(1, from.length)];
/** Without what JSON does not carry. */
const plain = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

const KINDS = [
  'add',
  'remove',
  'heal',
  'move',
  'param',
  'mute',
  'off',
  'connect',
  'paste',
  'promote',
  'frame',
  'nest',
  'note',
  'reroute',
  'collapse',
  'unmark',
  'settle',
  'component',
  'unpack',
  'expose',
  'enter',
  'leave',
  'form',
] as const;
const actions = fc.array(fc.record({ kind: fc.constantFrom(...KINDS), a: fc.nat(99), b: fc.nat(99) }), {
  maxLength: 30,
});

/** Does any sequence of things a person can do to a document. */
function perform(
  document: ReturnType<typeof opened>,
  list: readonly { readonly kind: (typeof KINDS)[number]; readonly a: number; readonly b: number }[],
): void {
  const known = registryWith(registry, () => document.getState().graph.components);
  for (const { kind, a, b } of list) {
    const { board, path, graph } = document.getState();
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
        else if (kind === 'nest' && frame)
          addFrame(draft, 'Around', {
            [frame]: { x: a, y: b, width: 300, height: 200 },
            [id]: { x: a, y: b, width: 200, height: 100 },
          });
        else if (kind === 'settle' && frame && a % 2)
          settle(draft, { [frame]: { x: a, y: b, width: 200, height: 100 } });
        else if (kind === 'settle') settle(draft, { [id]: { x: a, y: b, width: 200, height: 100 } });
        else if (kind === 'paste')
          pasteFragment(draft, copyFragment(board, graph.components, { nodes: [id, other] }), { x: 1, y: 1 });
        else if (kind === 'component' && !between(board, [id, other]))
          makeComponent(whole, draft, known, [id, other], 'C');
        else if (kind === 'expose' && path.length) toggleExposedParam(draft as never, id, 'text');
        else if (kind === 'form' && !path.length) toggleFormField(whole, id, 'text');
        else if (kind === 'connect')
          connect(draft, known, { node: other, socket: 'image' }, { node: id, socket: 'image' });
      });
    }
  }
}
const small = () =>
  graphOf({ p: 'prompt', i: 'image', u: 'upscale', g: 'grade' }, [
    'p.prompt > i.prompt',
    'i.image > u.image',
    'u.image > g.image',
  ]);

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

test('property: the log of any edits, stored in any pieces, gives back the graph and its history', () => {
  fc.assert(
    fc.property(
      actions,
      fc.array(fc.constantFrom('edit', 'undo', 'redo', 'store', 'version'), { maxLength: 40 }),
      (list, between) => {
        let time = 0;
        const document = opened(small(), () => (time += 300));
        let version: { graph: Graph; history: unknown; edits: Edit[] } = {
          graph: small(),
          history: undefined,
          edits: [],
        };
        const store = () => {
          const { unsaved } = document.getState();
          version.edits = [...version.edits.filter(({ seq }) => !unsaved.some((edit) => edit.seq === seq)), ...unsaved];
          document.confirm('g1' as GraphId, unsaved);
        };
        list.forEach((action, at) => {
          perform(document, [action]);
          document.edit(
            'Type',
            (draft) =>
              setParam(draft, pick(nodeIds(document.getState().board), action.a) ?? ('' as NodeId), 'text', `${at}`),
            { mergeKey: 'text' },
          );
          const then = between[at];
          if (then === 'undo') document.undo();
          if (then === 'redo') document.redo();
          if (then === 'store' || then === 'version') store();
          if (then === 'version') {
            document.seal();
            const { graph, history } = document.getState();
            version = { graph, history: JSON.parse(JSON.stringify(history)), edits: [] };
          }
        });
        store();
        const { graph, history, unread } = replayed(version);
        expect(unread).toEqual([]);
        expect(graph).toEqual(document.getState().graph);
        expect(plain(history)).toEqual(plain(document.getState().history));
      },
    ),
    { numRuns: 150 },
  );
});

test('property: fewer patches do the same', () => {
  const value = fc.oneof(fc.nat(3), fc.constant({ x: 1 }), fc.constant({ y: { z: 2 } }), fc.constant([1, 2]));
  const change = fc.record({
    path: fc.array(fc.constantFrom('a', 'b', 'length', 'list', 0, 1), { minLength: 1, maxLength: 3 }),
    value,
    kind: fc.constantFrom('set', 'delete', 'insert', 'drop'),
  });
  type Loose = Record<string | number, unknown>;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 25 }), (changes) => {
      const start = { a: { a: 1, b: { a: 2 } }, b: 3, list: [{ a: 1 }, { b: 2 }, 3] } as unknown as Graph;
      let [graph, redo, undo] = [start, [] as Patch[], [] as Patch[]];
      for (const { path, value: next, kind } of changes) {
        const [after, forth, back] = produceWithPatches(graph, (draft) => {
          const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Loose | undefined)?.[key], draft);
          const key = path.at(-1)!;
          if (typeof parent !== 'object' || parent === null) return;
          if (Array.isArray(parent)) {
            if (typeof key !== 'number') return;
            if (kind === 'insert') parent.splice(key, 0, next);
            else if (kind === 'set') parent[key] = next;
            else parent.splice(key, 1);
          } else if (kind === 'set' || kind === 'insert') (parent as Loose)[key] = next;
          else delete (parent as Loose)[key];
        });
        [graph, redo, undo] = [after, [...redo, ...forth], [...back, ...undo]];
      }
      expect(applied(start, compressed(redo))).toEqual(graph);
      expect(applied(graph, compressed(undo))).toEqual(start);
      // As it happens in a document: one after another, always on what is short already.
      expect(
        applied(
          start,
          redo.reduce<readonly Patch[]>((all, patch) => compressed([...all, patch]), []),
        ),
      ).toEqual(graph);
      expect(compressed(redo).length).toBeLessThanOrEqual(redo.length);
    }),
    { numRuns: 800 },
  );
});

test('property: whatever was made of a graph, its file opens as the same graph', () => {
  /**
   * What a file need not carry: wires at sockets that are gone, circles, fields of nodes that are gone, params no node
   * has.
   */
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
      for (const part of ['frames', 'notes', 'nodes'] as const)
        expect(Object.keys(once[part]).sort()).toEqual(Object.keys(graph[part]).sort());
      expect(Object.keys(once.components).sort()).toEqual(Object.keys(graph.components).sort());
      kept += Object.keys(graph.frames).length + Object.keys(graph.components).length;
    }),
    { numRuns: 150 },
  );
  expect(kept).toBeGreaterThan(10);
});
