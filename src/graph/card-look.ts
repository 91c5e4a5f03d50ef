/** Changes to how the cards of nodes look. What a card says of itself goes again when it is as on any other. */
import type { NodeId } from '../core/ids.ts';
import { NARROWEST_CARD, WIDEST_CARD } from '../core/limits.ts';
import type { BoardDraft } from './edits.ts';
import type { CardLook, MarkColour } from './graph.ts';

type Change = { readonly [K in keyof CardLook]: CardLook[K] | undefined };

function changeLook(draft: BoardDraft, id: NodeId, change: Change): void {
  const node = draft.nodes[id];
  if (!node) return;
  const said = Object.entries({ ...node.look, ...change }).filter(([, value]) => value !== undefined);
  if (said.length) node.look = Object.fromEntries(said) as CardLook;
  else delete node.look;
}

export const widthOfCard = (width: number): number =>
  Math.round(Math.min(WIDEST_CARD, Math.max(NARROWEST_CARD, width)));
export const resizeCard = (draft: BoardDraft, id: NodeId, width: number): void =>
  changeLook(draft, id, { width: widthOfCard(width) });

export const resetWidth = (draft: BoardDraft, id: NodeId): void => changeLook(draft, id, { width: undefined });

export function colourCards(draft: BoardDraft, ids: readonly NodeId[], colour: MarkColour | undefined): void {
  for (const id of ids) changeLook(draft, id, { colour });
}
/** Collapses all of them, or expands them again when every one is collapsed. */
export function toggleCollapsedCards(draft: BoardDraft, ids: readonly NodeId[]): void {
  const isOpen = ids.some((id) => !draft.nodes[id]?.look?.collapsed);
  for (const id of ids) changeLook(draft, id, { collapsed: isOpen || undefined });
}
export const toggleUnfolded = (draft: BoardDraft, id: NodeId): void =>
  changeLook(draft, id, { unfolded: !draft.nodes[id]?.look?.unfolded || undefined });
/** Puts a param on the card, after those that are there, or takes it off again. */
export function toggleOnCard(draft: BoardDraft, id: NodeId, param: string): void {
  const now = draft.nodes[id]?.look?.params ?? [];
  const then = now.includes(param) ? now.filter((name) => name !== param) : [...now, param];
  changeLook(draft, id, { params: then.length ? then : undefined });
}
