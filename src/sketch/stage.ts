/** What every part of a scene is drawn with. */
import type { CameraPose } from '../core/values.ts';
import type { Painter } from './painter.ts';
import type { SceneSpec } from './spec.ts';

export interface DrawOptions {
  readonly width: number;
  readonly height: number;
  /** Draft: fewer octaves and no finer passes, same composition. */
  readonly simple: boolean;
  /** Its roll is not drawn, as water and mist keep to the rows of the picture: the drawn scene is turned. */
  readonly camera: CameraPose;
  /** Turns of the scene's own movement, 0…1; 1 looks like 0. */
  readonly turn: number;
  /** Whether what lies in which layer is kept, with what nearer layers hide painted too. */
  readonly isLayered: boolean;
}

/** As much of the frame, in its height, as a moving camera may uncover behind something nearer. */
export const REVEALED = 0.12;

export interface Stage extends DrawOptions {
  readonly painter: Painter;
  readonly spec: SceneSpec;
  /** One thousandth of the frame's mean side, in pixels. */
  readonly unit: number;
  readonly octaves: number;
  readonly random: () => number;
}
