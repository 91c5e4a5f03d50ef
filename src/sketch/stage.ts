/** What every part of a scene is drawn with. */
import type { Painter, Camera } from './painter.ts';
import type { SceneSpec } from './spec.ts';

export interface DrawOptions {
  readonly width: number;
  readonly height: number;
  /** Draft: fewer octaves and no finer passes, same composition. */
  readonly simple: boolean;
  readonly camera: Camera;
  /** Turns of the scene's own movement, 0…1; 1 looks like 0. */
  readonly turn: number;
}
export const RESTING: Camera = { x: 0, y: 0, zoom: 1 };

export interface Stage extends DrawOptions {
  readonly painter: Painter;
  readonly spec: SceneSpec;
  /** One thousandth of the frame's mean side, in pixels. */
  readonly unit: number;
  readonly octaves: number;
  readonly random: () => number;
}
