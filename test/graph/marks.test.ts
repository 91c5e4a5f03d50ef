import { produce } from 'immer';
import { expect, test } from 'vitest';
import type { GraphDraft } from '../../src/graph/edits.ts';
import { copyFragment, pasteFragment } from '../../src/graph/fragment.ts';
import type { Frame, Graph } from '../../src/graph/graph.ts';
import type { FrameId, NodeId } from '../../src/core/ids.ts';
import { DEEPEST_FRAME } from '../../src/core/limits.ts';
import {
  addFrame,
  framesAround,
  carriedBy,
  folderOf,
  framesInOrder,
  removeMarks,
  settle,
  toggleCollapsed,
} from '../../src/graph/marks.ts';
import { writeGraphFile } from '../../src/file/format.ts';
import { parseGraphFile } from '../../src/file/parse.ts';
import { registry } from '../../src/registry.ts';
import { graphOf } from '../rig/graphs.ts';

const edit = (graph: Graph, change: (draft: GraphDraft) => unknown): Graph =>
  produce(graph, (draft) => void change(draft as unknown as GraphDraft));
const [outer, inner] = ['outer', 'inner'] as FrameId[] as [FrameId, FrameId];
const frame = (x: number, width: number, within?: FrameId): Frame => ({
  title: 'F',
  colour: 'grey',
  position: { x, y: 0 },
  size: { width, height: width },
  ...(within ? { frame: within } : {}),
});
const node = (x: number, within?: FrameId) => ({
  type: 'grade',
  version: 1,
  params: {},
  position: { x, y: 0 },
  ...(within ? { frame: within } : {}),
});
const nested: Graph = {
  ...graphOf({ a: node(10, outer), b: node(110, inner), c: node(5000) }, []),
  frames: { [inner]: frame(100, 400, outer), [outer]: frame(0, 1000) },
};
const within = (graph: Graph) =>
  Object.fromEntries(
    [...Object.entries(graph.nodes), ...Object.entries(graph.frames)].map(([id, item]) => [id, item.frame]),
  );

test('a frame carries what lies in frames inside it, and lies below them', () => {
  expect(carriedBy(nested, outer)).toEqual({ nodes: ['a', 'b'], notes: [], frames: [inner] });
  expect(carriedBy(nested, inner)).toEqual({ nodes: ['b'], notes: [], frames: [] });
  expect(framesInOrder(nested).map(([id]) => id)).toEqual([outer, inner]);
});

test('what is hidden is hidden by the outermost collapsed frame', () => {
  const folded = edit(nested, (draft) => {
    toggleCollapsed(draft, inner);
    toggleCollapsed(draft, outer);
  });
  expect(folderOf(folded, 'b' as NodeId)).toBe(outer);
  expect(folderOf(folded, inner)).toBe(outer);
  expect(folderOf(folded, outer)).toBe(undefined);
  expect(
    folderOf(
      edit(nested, (draft) => toggleCollapsed(draft, inner)),
      'b' as NodeId,
    ),
  ).toBe(inner);
});

test('a frame that goes leaves its content to the one around it', () => {
  expect(within(edit(nested, (draft) => removeMarks(draft, [inner])))).toEqual({
    a: outer,
    b: outer,
    c: undefined,
    outer: undefined,
  });
  expect(within(edit(nested, (draft) => removeMarks(draft, [outer])))).toEqual({
    a: undefined,
    b: inner,
    c: undefined,
    inner: undefined,
  });
});

test('a frame is dropped into a larger one, never into itself, a smaller one or one it carries', () => {
  const at = (x: number, width: number) => ({ x, y: 0, width, height: width });
  const apart = edit(nested, (draft) => void delete draft.frames[inner]!.frame);
  expect(within(edit(apart, (draft) => settle(draft, { [inner]: at(100, 400) })))).toMatchObject({ inner: outer });
  expect(within(edit(apart, (draft) => settle(draft, { [inner]: at(9000, 400) })))).toMatchObject({ inner: undefined });
  expect(within(edit(nested, (draft) => settle(draft, { [outer]: at(0, 1000) })))).toMatchObject({
    outer: undefined,
    inner: outer,
  });
});

test('framing a frame puts one around it, inside the frame both lay in', () => {
  const rect = { x: 0, y: 0, width: 10, height: 10 };
  const graph = edit(nested, (draft) => addFrame(draft, 'Middle', { [inner]: rect, ['a' as NodeId]: rect }));
  const middle = framesInOrder(graph).find(([, { title }]) => title === 'Middle')![0];
  expect(within(graph)).toMatchObject({ inner: middle, a: middle, [middle]: outer, b: inner });
});

test('nested frames are copied with what they carry, and a file keeps them; a circle of frames is broken', () => {
  const fragment = copyFragment(nested, {}, { nodes: [], marks: [outer] });
  const pasted = edit(graphOf({}, []), (draft) => pasteFragment(draft, fragment, { x: 1, y: 1 }));
  const [first, second] = framesInOrder(pasted).map(([id]) => id);
  expect(pasted.frames[second!]!.frame).toBe(first);
  expect(Object.values(pasted.nodes).map((one) => one.frame)).toEqual([first, second]);
  const opened = parseGraphFile(writeGraphFile(nested), registry);
  expect(opened.ok && opened.value.graph.frames).toEqual(nested.frames);
  const circle = parseGraphFile(
    writeGraphFile({ ...nested, frames: { [inner]: frame(0, 1, outer), [outer]: frame(0, 1, inner) } }),
    registry,
  );
  expect(circle.ok && Object.values(circle.value.graph.frames).filter((one) => one.frame)).toHaveLength(1);
});

test('frames nested without end, in any order and in circles, open at once', () => {
  const chain = (count: number, next: (at: number) => number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, frame(0, 9, `f${next(at)}` as FrameId)]));
  for (const next of [(at: number) => at + 1, (at: number) => at - 1, (at: number) => (at + 1) % 20_000]) {
    const opened = parseGraphFile(writeGraphFile({ ...nested, nodes: {}, frames: chain(20_000, next) }), registry);
    const graph = opened.ok ? opened.value.graph : nested;
    expect(Object.keys(graph.frames)).toHaveLength(20_000);
    expect(Math.max(...framesInOrder(graph).map(([id]) => framesAround(graph, id).length))).toBe(DEEPEST_FRAME);
    const free = new Set<FrameId | undefined>([undefined]);
    for (const start of Object.keys(graph.frames) as FrameId[]) {
      const way: FrameId[] = [];
      for (
        let at: FrameId | undefined = start;
        at && !free.has(at) && way.length <= 20_000;
        at = graph.frames[at]!.frame
      )
        way.push(at);
      expect(way.length).toBeLessThanOrEqual(20_000);
      for (const id of way) free.add(id);
    }
  }
});
