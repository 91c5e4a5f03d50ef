/** Bringing things into view: all of a board, or some of it. */
import { getViewportForBounds, type FitViewOptions, type ReactFlowInstance, type Viewport } from '@xyflow/react';
import type { Board, Size } from '../../graph/graph.ts';
import { boundsOf } from '../../graph/rect.ts';
import type { App } from '../app-context.ts';
import { rectOf, rectsOf, type ItemId } from './places.ts';
import { cardsOf, type Cards } from './shown-shapes.ts';

/** Before it is known what lies over the canvas, there is room for the map at its foot. */
export const FITTING = {
  minZoom: 0.04,
  maxZoom: 1,
  padding: { x: 0.08, top: 0.08, bottom: '127px' },
} as const;
const GLIDE_MS = 240;
export const glideMs = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : GLIDE_MS);

/** What lies over the canvas at its head and at its foot. */
const AT_HEAD = '.crumbs, .selectionbar, .findbar';
const AT_FOOT = '.stage__foot > *, .react-flow__minimap';
const GAP = 16;
/** Pixels of a card from its top: its name, and where its picture begins. */
const LEAST_SEEN = 72;

type Room = NonNullable<FitViewOptions['padding']>;
/** How much of a stage lies under bars, strips and the map, in pixels from its head and its foot. */
function coveredOf(stage: Element): { readonly head: number; readonly foot: number } {
  const { top, bottom } = stage.getBoundingClientRect();
  const boxes = (which: string) =>
    [...stage.querySelectorAll(which)].map((over) => over.getBoundingClientRect()).filter(({ height }) => height > 0);
  return {
    head: Math.max(GAP, ...boxes(AT_HEAD).map((box) => box.bottom - top + GAP)),
    foot: Math.max(GAP, ...boxes(AT_FOOT).map((box) => bottom - box.top + GAP)),
  };
}

/** How a stage of this size shows all of a board, or only some of it; nothing when there is nothing. */
export function viewportOf(
  board: Board,
  cards: Cards,
  { width, height }: Size,
  only: readonly ItemId[] = [],
  room: Room = FITTING.padding,
): Viewport | undefined {
  const all = () =>
    [...Object.keys(board.frames), ...Object.keys(board.notes), ...Object.keys(board.nodes)] as ItemId[];
  const bounds = boundsOf(Object.values(rectsOf(board, cards, only.length ? only : all())));
  return bounds && getViewportForBounds(bounds, width, height, FITTING.minZoom, FITTING.maxZoom, room);
}

export async function fit(
  app: Pick<App, 'document' | 'registry' | 'runs'>,
  flow: Pick<ReactFlowInstance, 'setViewport'>,
  only?: readonly ItemId[],
  duration = glideMs(),
): Promise<void> {
  const stage = window.document.querySelector('.stage');
  if (!stage) return;
  const { board } = app.document.getState();
  const { head, foot } = coveredOf(stage);
  const room: Room = { x: FITTING.padding.x, top: `${Math.round(head)}px`, bottom: `${Math.round(foot)}px` };
  const viewport = viewportOf(board, cardsOf(app), stage.getBoundingClientRect(), only, room);
  if (viewport) await flow.setViewport(viewport, { duration });
}

/** Moves the view no further than it takes to see a thing whole. */
export async function reveal(
  app: Pick<App, 'document' | 'registry' | 'runs'>,
  flow: Pick<ReactFlowInstance, 'getViewport' | 'setViewport'>,
  id: ItemId,
): Promise<void> {
  const stage = window.document.querySelector('.stage');
  const rect = rectOf(app.document.getState().board, cardsOf(app), id);
  if (!stage || !rect) return;
  const { width, height } = stage.getBoundingClientRect();
  const { head, foot } = coveredOf(stage);
  const { x, y, zoom } = flow.getViewport();
  const [left, top] = [rect.x * zoom + x, rect.y * zoom + y];
  const by = {
    x: intoRange(left, left + rect.width * zoom, GAP, width - GAP),
    y: intoRange(top, top + rect.height * zoom, head, height - foot),
  };
  if (by.x || by.y) await flow.setViewport({ x: x + by.x, y: y + by.y, zoom }, { duration: glideMs() });
}
/** The same, only where so little of it is left in sight that nobody would know it. */
export async function keepInSight(
  app: Pick<App, 'document' | 'registry' | 'runs'>,
  flow: Pick<ReactFlowInstance, 'getViewport' | 'setViewport'>,
  id: ItemId,
): Promise<void> {
  const height = window.document.querySelector('.stage')?.getBoundingClientRect().height ?? 0;
  const { y = 0 } = rectOf(app.document.getState().board, cardsOf(app), id) ?? {};
  const { y: moved, zoom } = flow.getViewport();
  if (y * zoom + moved > height - LEAST_SEEN) await reveal(app, flow, id);
}
/** By how much to move what reaches from `begin` to `end` so that it lies within a range; its beginning counts most. */
const intoRange = (begin: number, end: number, from: number, to: number): number =>
  begin < from || end - begin > to - from ? from - begin : Math.min(0, to - end);
