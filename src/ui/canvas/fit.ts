/** Bringing things into view: all of a board, or some of it. */
import { getViewportForBounds, type ReactFlowInstance, type Viewport } from '@xyflow/react';
import type { Board, Size } from '../../graph/graph.ts';
import type { Registry } from '../../core/node.ts';
import { boundsOf } from '../../graph/rect.ts';
import type { App } from '../app-context.ts';
import { rectsOf, type ItemId } from './places.ts';

/** At the foot there is room for the run bar. */
export const FITTING = {
  minZoom: 0.04,
  maxZoom: 1,
  padding: { x: 0.08, top: 0.08, bottom: '96px' },
} as const;
const GLIDE_MS = 240;

/** How a stage of this size shows all of a board, or only some of it; nothing when there is nothing. */
export function viewportOf(
  board: Board,
  registry: Registry,
  { width, height }: Size,
  only: readonly ItemId[] = [],
): Viewport | undefined {
  const all = () =>
    [...Object.keys(board.frames), ...Object.keys(board.notes), ...Object.keys(board.nodes)] as ItemId[];
  const bounds = boundsOf(Object.values(rectsOf(board, registry, only.length ? only : all())));
  return bounds && getViewportForBounds(bounds, width, height, FITTING.minZoom, FITTING.maxZoom, FITTING.padding);
}

/** What the step of a lesson takes of the stage, above the run bar. */
function aboveRunBar(stage: DOMRect): number {
  const lesson = window.document.querySelector('.lesson')?.getBoundingClientRect();
  return lesson ? Math.max(0, stage.bottom - lesson.top - Number.parseInt(FITTING.padding.bottom, 10)) : 0;
}

export async function fit(
  { document, registry }: Pick<App, 'document' | 'registry'>,
  flow: Pick<ReactFlowInstance, 'setViewport'>,
  only?: readonly ItemId[],
  duration = GLIDE_MS,
): Promise<void> {
  const stage = window.document.querySelector('.stage')?.getBoundingClientRect();
  if (!stage) return;
  const room = { width: stage.width, height: stage.height - aboveRunBar(stage) };
  const viewport = viewportOf(document.getState().board, registry, room, only);
  if (viewport)
    await flow.setViewport(viewport, {
      duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : duration,
    });
}
