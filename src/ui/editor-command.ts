/** What a command of the editor is, and what several of them are about. */
import type { ReactFlowInstance } from '@xyflow/react';
import type { Point } from '../graph/graph.ts';
import type { NodeId } from '../core/ids.ts';
import type { App } from './app-context.ts';

/** Where a command is given. */
export interface CommandPlace {
  readonly app: App;
  readonly flow: ReactFlowInstance;
}
export interface Command {
  readonly name: string;
  /** As `comboOf` writes them; the first is shown. */
  readonly keys: readonly string[];
  /** Works while a field has the focus. */
  readonly whileTyping?: boolean;
  /** Only with the focus on the canvas, a card or nothing: elsewhere its keys mean something else. */
  readonly onCanvas?: boolean;
  /** Changes what becomes of a take. */
  readonly judges?: boolean;
  /** Needs an open graph. */
  readonly ofGraph?: boolean;
  run(place: CommandPlace): void;
}

export const selectedNodes = ({ app }: CommandPlace): readonly NodeId[] => app.workspace.getState().selection;

/** Somewhat above the middle of the stage. */
export function middleOfStage(): Point {
  const box = window.document.querySelector('.stage')!.getBoundingClientRect();
  return { x: box.left + box.width / 2 - 150, y: box.top + box.height / 3 };
}
