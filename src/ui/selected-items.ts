import type { App } from './app-context.ts';
import type { ItemId } from './canvas/places.ts';

/** Everything selected that has a place: nodes, frames, notes. */
export const selectedItems = ({ workspace }: App): ItemId[] => [
  ...workspace.getState().selection,
  ...workspace.getState().selectedMarks,
];
