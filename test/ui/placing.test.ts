/** Where new cards go. */
import { expect, test } from 'vitest';
import type { Graph, Point } from '../../src/graph/graph.ts';
import type { GraphId, NodeId } from '../../src/core/ids.ts';
import { overlap } from '../../src/graph/rect.ts';
import { registry } from '../../src/registry.ts';
import { createDocument } from '../../src/state/document.ts';
import { createRuns } from '../../src/state/runs.ts';
import { CARD_WIDTH } from '../../src/ui/canvas/card-size.ts';
import { rectOf } from '../../src/ui/canvas/places.ts';
import { cardsWithoutResults } from '../../src/ui/canvas/shown-shapes.ts';
import { freePlace } from '../../src/ui/placing.ts';
import { graphOf } from '../rig/graphs.ts';

/** A graph of seeds at these points, and where another card may go. */
function among(...points: readonly Point[]) {
  const graph: Graph = graphOf(Object.fromEntries(points.map((_, at) => [`s${at}`, 'seed'])), []);
  const nodes = Object.fromEntries(
    points.map((position, at) => [`s${at}`, { ...graph.nodes[`s${at}` as NodeId]!, position }]),
  );
  const document = createDocument();
  document.load('g1' as GraphId, { ...graph, nodes }, undefined);
  const runs = createRuns();
  const { board } = document.getState();
  const cards = (Object.keys(nodes) as NodeId[]).map((id) => rectOf(board, cardsWithoutResults(board, registry), id)!);
  return { place: (at: Point) => freePlace({ document, registry, runs }, at), cards };
}

test('where nothing lies a card goes where it was asked for', () => {
  expect(among().place({ x: 10, y: 20 })).toEqual({ x: 10, y: 20 });
  expect(among({ x: 600, y: 20 }).place({ x: 10, y: 20 })).toEqual({ x: 10, y: 20 });
});

test('a card goes below those it would cover, one after another, in whatever order they were placed', () => {
  const at = { x: 0, y: 0 };
  const { place, cards } = among({ x: 40, y: 520 }, { x: 0, y: 0 }, { x: -60, y: 240 });
  const found = place(at);
  expect(found.x).toBe(0);
  const card = { ...found, width: CARD_WIDTH, height: 220 };
  expect(cards.filter((other) => overlap(card, other))).toEqual([]);
  expect(found.y).toBeGreaterThan(cards[0]!.y);
  expect(place(found)).toEqual(found);
});

test('cards that touch sideways are kept apart too', () => {
  const { place, cards } = among({ x: CARD_WIDTH + 8, y: 0 });
  expect(place({ x: 0, y: 0 }).y).toBeGreaterThan(cards[0]!.height);
});
