/** Taking a clip or a grid apart: what is offered, and what stands on the board afterwards. */
import { expect, test } from 'vitest';
import type { NodeId } from '../../src/core/ids.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { addSplit, rowsOf, splitOf } from '../../src/graph/split-edits.ts';
import { registry } from '../../src/registry.ts';
import { changed } from '../rig/learner.ts';
import { graphOf } from '../rig/graphs.ts';

const id = (name: string) => name as NodeId;
const copy = (graph: Graph) => structuredClone(graph) as never;
const file = (clip: object | undefined) => ({
  hash: 'a'.repeat(64),
  name: 'it',
  mime: clip ? 'video/mp4' : 'image/png',
  width: 64,
  height: 48,
  ...(clip ? { clip } : {}),
});

test('a clip comes apart into nine stills from its first frame to its last', () => {
  const graph = changed(graphOf({ a: 'import' }, []), { a: { file: file({ fps: 12, frames: 40, hasSound: false }) } });
  const split = splitOf(graph, registry, id('a'))!;
  expect(split).toMatchObject({ type: 'grab', from: { node: 'a', socket: 'video' }, socket: 'video' });
  expect(rowsOf(split)).toEqual({ across: 3, down: 3 });
  const draft: Graph = copy(graph);
  const added = addSplit(draft as never, registry, split, { x: 300, y: 0 }, { x: 290, y: 320 });
  expect(added.map((node) => draft.nodes[node]!.params)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((frame) => expect.objectContaining({ at: 'evenly', frames: 9, frame })),
  );
  expect(Object.values(draft.wires).map(({ from, to }) => [from.node, from.socket, to.node])).toEqual(
    added.map((node) => ['a', 'video', node]),
  );
  expect(draft.nodes[added[4]!]!.position).toEqual({ x: 590, y: 320 });
});

test('of many stills, those that are not there yet are added', () => {
  const grid = changed(graphOf({ a: 'image', b: 'split-grid' }, ['a.image > b.image']), {
    b: { columns: 2, rows: 2, cell: 3 },
  });
  const split = splitOf(grid, registry, id('b'))!;
  expect(split.params.map(({ cell }) => cell)).toEqual([1, 2, 4]);
  expect(split.from).toEqual({ node: 'a', socket: 'image' });
  const clip = changed(graphOf({ a: 'film', b: 'grab' }, ['a.video > b.video']), {
    b: { at: 'evenly', frames: 3, frame: 1 },
  });
  expect(splitOf(clip, registry, id('b'))!.params.map(({ frame }) => frame)).toEqual([2, 3]);
});

test('nothing is offered where nothing comes apart', () => {
  const graph = graphOf({ a: 'film', b: 'grab', c: 'import', d: 'split-grid', e: 'image' }, ['a.video > b.video']);
  for (const name of ['b', 'c', 'd', 'e', 'none']) expect(splitOf(graph, registry, id(name))).toBeUndefined();
  const picture = changed(graph, { c: { file: file(undefined) } });
  expect(splitOf(picture, registry, id('c'))).toBeUndefined();
});
