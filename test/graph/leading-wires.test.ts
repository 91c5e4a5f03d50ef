/** Wires that are led elsewhere, traded, put in order and dropped on cards; free places. */
import { expect, test } from 'vitest';
import type { NodeId, WireId } from '../../src/core/ids.ts';
import { fittingSocket } from '../../src/graph/connect.ts';
import { leadElsewhere, moveInOrder, swapTargets } from '../../src/graph/edits.ts';
import { wiresInSocket, type Board, type Wire } from '../../src/graph/graph.ts';
import { freeSpot, overlap } from '../../src/graph/rect.ts';
import { passesThrough, curvesOf } from '../../src/graph/wire-shape.ts';
import { registry } from '../../src/registry.ts';

const node = (type: string) => ({ type, version: 1, params: {}, position: { x: 0, y: 0 } });
const end = (id: string, socket: string) => ({ node: id as NodeId, socket });
const wire = (from: string, out: string, to: string, into: string, order = 0): Wire => ({
  from: end(from, out),
  to: end(to, into),
  order,
});
const boardWith = (wires: Readonly<Record<string, Wire>>): Board =>
  structuredClone({
    nodes: {
      s: node('seed'),
      t: node('seed'),
      r: node('reference'),
      q: node('reference'),
      p: node('reference'),
      i: node('image'),
      j: node('image'),
      a: node('animate'),
    },
    wires,
    frames: {},
    notes: {},
  }) as unknown as Board;
const into = (board: Board, id: string, socket: string) =>
  wiresInSocket(board, end(id, socket)).map(([, { from }]) => from.node);

test('a wire led to an input for one takes the place of the one there, and keeps its name and its points', () => {
  const board = boardWith({
    w: { ...wire('s', 'seed', 'i', 'seed'), via: [{ x: 1, y: 2 }] },
    v: wire('t', 'seed', 'j', 'seed'),
  });
  leadElsewhere(board as never, registry, 'w' as WireId, wire('s', 'seed', 'j', 'seed'));
  expect(board.wires).toEqual({ w: { ...wire('s', 'seed', 'j', 'seed'), via: [{ x: 1, y: 2 }] } });
});

test('in an input for many it goes last, once for each source, and stays where it is within the same input', () => {
  const board = boardWith({
    w: wire('r', 'reference', 'i', 'references'),
    v: wire('q', 'reference', 'i', 'references', 1),
    u: wire('p', 'reference', 'j', 'references'),
  });
  leadElsewhere(board as never, registry, 'u' as WireId, wire('p', 'reference', 'i', 'references'));
  expect(into(board, 'i', 'references')).toEqual(['r', 'q', 'p']);
  leadElsewhere(board as never, registry, 'w' as WireId, wire('p', 'reference', 'i', 'references'));
  expect(into(board, 'i', 'references')).toEqual(['p', 'q']);
});

test('two wires trade their inputs', () => {
  const board = boardWith({ w: wire('s', 'seed', 'i', 'seed', 3), v: wire('t', 'seed', 'j', 'seed') });
  swapTargets(board as never, 'w' as WireId, 'v' as WireId);
  expect([into(board, 'i', 'seed'), into(board, 'j', 'seed')]).toEqual([['t'], ['s']]);
  expect(board.wires['v' as WireId]!.order).toBe(3);
});

test('a wire is moved among those of its input; too far is as far as it goes', () => {
  const board = boardWith({
    w: wire('r', 'reference', 'i', 'references', 2),
    v: wire('q', 'reference', 'i', 'references', 5),
    u: wire('p', 'reference', 'i', 'references', 9),
  });
  moveInOrder(board as never, 'u' as WireId, 0);
  expect(into(board, 'i', 'references')).toEqual(['p', 'r', 'q']);
  moveInOrder(board as never, 'p' as WireId, 1);
  moveInOrder(board as never, 'u' as WireId, 9);
  expect(into(board, 'i', 'references')).toEqual(['r', 'q', 'p']);
  expect(Object.values(board.wires).map(({ order }) => order)).toEqual([2, 5, 9]);
});

test('a wire dropped on a card goes where it is needed and free; to a named socket if that fits; nothing gives way unless it may', () => {
  const board = boardWith({});
  const best = (from: string, socket: string, card: string, more = {}) =>
    fittingSocket(board, registry, end(from, socket), 'output', { node: card as NodeId, ...more });
  expect(best('s', 'seed', 'i')).toBe('seed');
  expect(best('r', 'reference', 'i')).toBe('references');
  expect(best('r', 'reference', 's')).toBeUndefined();
  expect(best('i', 'image', 'a')).toBe('image');
  // With its first picture there, the next one is where a clip ends; with both, the first gives way only where it may.
  const wires = board.wires as Record<string, Wire>;
  wires['w'] = wire('i', 'image', 'a', 'image');
  const second = best('j', 'image', 'a');
  expect(second).not.toBe('image');
  expect(best('j', 'image', 'a', { socket: 'image' })).toBe('image');
  wires['v'] = wire('i', 'image', 'a', second!);
  expect(best('j', 'image', 'a')).toBe('image');
  expect(best('j', 'image', 'a', { keepsWires: true })).toBeUndefined();
  expect(fittingSocket(board, registry, end('i', 'seed'), 'input', { node: 's' as NodeId })).toBe('seed');
});

test('a free place is the wanted one, or the nearest below it that covers nothing', () => {
  const card = { x: 0, y: 0, width: 200, height: 100 };
  expect(freeSpot([], card)).toEqual({ x: 0, y: 0 });
  const others = [card, { ...card, y: 110 }, { ...card, x: 150, y: 260 }, { ...card, x: 900 }];
  const spot = freeSpot(others, card);
  expect(spot.x).toBe(0);
  expect(others.some((other) => overlap(other, { ...card, ...spot }))).toBe(false);
  expect(spot.y).toBeLessThan(420);
});

test('thousands that are wanted at one place stand below each other', () => {
  const card = { x: 0, y: 0, width: 200, height: 100 };
  const heap: (typeof card)[] = [];
  for (let at = 0; at < 4000; at++) heap.unshift({ ...card, ...freeSpot(heap, card) });
  expect(new Set(heap.map(({ y }) => y)).size).toBe(4000);
  expect(heap[0]!.y).toBe(3999 * 124);
});

test('a wire passes through what lies on its way, and not through what does not', () => {
  const curves = curvesOf({ x: 0, y: 0 }, { x: 400, y: 100 });
  expect(passesThrough(curves, { x: 150, y: 0, width: 100, height: 100 })).toBe(true);
  expect(passesThrough(curves, { x: 150, y: 120, width: 100, height: 100 })).toBe(false);
});
