/** Takes what a node gives apart into stills, each of a node of its own, to its right in free space. */
import { addSplit, rowsOf, splitOf } from '../graph/split-edits.ts';
import type { NodeId } from '../core/ids.ts';
import type { App } from './app-context.ts';
import { CARD_GAP, CARD_WIDTH } from './canvas/card-size.ts';
import { rectOf } from './canvas/places.ts';
import { cardsOf } from './canvas/shown-shapes.ts';
import { freePlace } from './placing.ts';

/** Leaves room for the picture that each card will have. */
const STEP = { x: CARD_WIDTH + CARD_GAP, y: 320 };

export function splitStills(app: App, id: NodeId): void {
  const { document, registry, workspace } = app;
  const { board } = document.getState();
  const [split, card] = [splitOf(board, registry, id), rectOf(board, cardsOf(app), id)];
  if (!split || !card) return;
  const { across, down } = rowsOf(split);
  const size = { width: across * STEP.x - CARD_GAP, height: down * STEP.y - CARD_GAP };
  const at = freePlace(app, { x: card.x + card.width + CARD_GAP, y: card.y }, size);
  const added = document.edit('Split into stills', (draft) => addSplit(draft, registry, split, at, STEP));
  if (added) workspace.select(added);
}
