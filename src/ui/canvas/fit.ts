/** Bringing things into view: all of a board, or some of it. */
import { getViewportForBounds, type ReactFlowInstance } from '@xyflow/react';
import { boundsOf } from '../../core/rect.ts';
import type { App } from '../app-context.ts';
import { rectsOf, type ItemId } from './places.ts';

export function fit({ document, registry }: Pick<App, 'document' | 'registry'>, flow: Pick<ReactFlowInstance, 'setViewport'>, only?: readonly ItemId[]): void {
  const { board } = document.getState();
  const stage = window.document.querySelector('.stage')?.getBoundingClientRect();
  const all = () => [...Object.keys(board.frames), ...Object.keys(board.notes), ...Object.keys(board.nodes)] as ItemId[];
  const bounds = boundsOf(Object.values(rectsOf(board, registry, only?.length ? only : all())));
  if (!stage || !bounds) return;
  void flow.setViewport(getViewportForBounds(bounds, stage.width, stage.height, 0.04, 1, 0.16), { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240 });
}
