/** How cards look: what is said of it goes again, and nothing of it enters what a node makes. */
import { expect, test } from 'vitest';
import { produce } from 'immer';
import {
  colourCards,
  resetWidth,
  resizeCard,
  toggleCollapsedCards,
  toggleOnCard,
  toggleUnfolded,
} from '../../src/graph/card-look.ts';
import { differenceOf } from '../../src/graph/diff.ts';
import type { BoardDraft } from '../../src/graph/edits.ts';
import type { Graph } from '../../src/graph/graph.ts';
import type { NodeId } from '../../src/core/ids.ts';
import { graphOf } from '../rig/graphs.ts';

const [a, b] = ['a' as NodeId, 'b' as NodeId];
const graph = graphOf({ a: 'seed', b: 'image' }, []);
const edited = (from: Graph, edit: (draft: BoardDraft) => void): Graph =>
  produce(from, (draft) => edit(draft as unknown as BoardDraft));

test('each change of a look can be taken back, and then nothing is left of it', () => {
  const pairs: [(draft: BoardDraft) => void, (draft: BoardDraft) => void][] = [
    [(draft) => resizeCard(draft, a, 400), (draft) => resetWidth(draft, a)],
    [(draft) => colourCards(draft, [a], 'red'), (draft) => colourCards(draft, [a], undefined)],
    [(draft) => toggleCollapsedCards(draft, [a]), (draft) => toggleCollapsedCards(draft, [a])],
    [(draft) => toggleUnfolded(draft, a), (draft) => toggleUnfolded(draft, a)],
    [(draft) => toggleOnCard(draft, a, 'seed'), (draft) => toggleOnCard(draft, a, 'seed')],
  ];
  for (const [there, back] of pairs) {
    const changed = edited(graph, there);
    expect(Object.keys(changed.nodes[a]!.look!)).toHaveLength(1);
    expect(edited(changed, back)).toEqual(graph);
  }
});

test('a card is never narrower or wider than it can be used', () => {
  expect(edited(graph, (draft) => resizeCard(draft, a, 3)).nodes[a]!.look).toEqual({ width: 180 });
  expect(edited(graph, (draft) => resizeCard(draft, a, 9999)).nodes[a]!.look).toEqual({ width: 800 });
});

test('several are collapsed together, and expanded once all of them are', () => {
  const one = edited(graph, (draft) => toggleCollapsedCards(draft, [a]));
  const both = edited(one, (draft) => toggleCollapsedCards(draft, [a, b]));
  expect([both.nodes[a]!.look, both.nodes[b]!.look]).toEqual([{ collapsed: true }, { collapsed: true }]);
  expect(edited(both, (draft) => toggleCollapsedCards(draft, [a, b]))).toEqual(graph);
});

test('params on a card keep the order they were put there in', () => {
  const on = edited(graph, (draft) => {
    toggleOnCard(draft, b, 'megapixels');
    toggleOnCard(draft, b, 'tier');
  });
  expect(on.nodes[b]!.look).toEqual({ params: ['megapixels', 'tier'] });
});

test('versions say that a card looks different', () => {
  const { changed } = differenceOf(
    graph,
    edited(graph, (draft) => colourCards(draft, [a], 'blue')),
  );
  expect(JSON.stringify(changed)).toContain('its card looks different');
});
