/** Adds what comes after an output: to its right in free space, wired to it. */
import { fittingSocket } from '../graph/connect.ts';
import { connect, togglePromoted } from '../graph/edits.ts';
import type { Board, WireEnd } from '../graph/graph.ts';
import type { App } from './app-context.ts';
import { CARD_GAP } from './canvas/card-size.ts';
import { rectOf } from './canvas/places.ts';
import { cardsOf } from './canvas/shown-shapes.ts';
import type { NextStep } from './next-steps.ts';
import { cardSizeOf, freePlace, placeable, placeNode } from './placing.ts';

type PlacingApp = Pick<App, 'document' | 'desk' | 'registry' | 'runs' | 'workspace'>;

export function placeAfter(app: PlacingApp, from: WireEnd, { type, shows }: NextStep): void {
  const { document, registry } = app;
  const before = rectOf(document.getState().board, cardsOf(app), from.node);
  const definition = placeable(app).find(({ id }) => id === type);
  if (!before || !definition) return;
  const at = freePlace(app, { x: before.x + before.width + CARD_GAP, y: before.y }, cardSizeOf(definition));
  placeNode(app, type, at, (draft, own) => {
    if (shows) togglePromoted(draft, own, shows);
    const socket = fittingSocket(draft as Board, registry, from, 'output', { node: own });
    if (socket !== undefined) connect(draft, registry, from, { node: own, socket });
  });
}
