/** How a clip goes from each frame to the next, small and in steps: what measures of motion read. */
import type { Raster } from '../core/values.ts';
import type { Breathe } from '../raster/filters.ts';
import { globalMotion } from '../raster/global-motion.ts';
import { isCut, OpticalFlow } from '../raster/optical-flow.ts';

/**
 * What the picture does as a whole: shift, growth and turn, the last two as the lengths they give at a typical distance
 * from the middle, so that the four can be added. In pixels of a picture `LONG_SIDE` wide.
 */
export interface CameraMotion {
  readonly x: number;
  readonly y: number;
  readonly grow: number;
  readonly turn: number;
}
export interface FrameStep {
  /** Two different pictures meet. What moves is then not known. */
  readonly isCut: boolean;
  readonly camera: CameraMotion;
  /** Mean length of all motions, in pixels of a picture `LONG_SIDE` wide. */
  readonly speed: number;
}
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels on the long side of what is looked at. */
export const LONG_SIDE = 160;

/** Looks at the frames of one clip in order, each once. It has memory of its own. */
export class FrameSteps {
  readonly #flow: OpticalFlow;
  readonly #size: Size;

  constructor(size: Size) {
    this.#flow = new OpticalFlow(size, LONG_SIDE, 'may change');
    this.#size = size;
  }

  /** The step from the frame before; `undefined` for the first. A frame may be of memory that is used again. */
  async to(frame: Raster): Promise<FrameStep | undefined> {
    const meeting = await this.#flow.next(frame, quietly);
    if (!meeting) return undefined;
    return isCut(meeting) ? ACROSS_A_CUT : { isCut: false, ...motionOf(this.#flow, this.#size) };
  }
}
/** A step is short; whoever takes many breathes between them. */
const quietly: Breathe = async () => {};
const ACROSS_A_CUT: FrameStep = { isCut: true, camera: { x: 0, y: 0, grow: 0, turn: 0 }, speed: 0 };

function motionOf(flow: OpticalFlow, size: Size): Omit<FrameStep, 'isCut'> {
  const { width, height } = size;
  const scale = LONG_SIDE / Math.max(width, height);
  const { ax, ay, bx, by } = globalMotion(flow, size);
  const typical = Math.sqrt((width * width + height * height) / 12) * scale;
  return {
    camera: { x: bx * scale, y: by * scale, grow: (ax - 1) * typical, turn: ay * typical },
    speed: meanLength(flow.waysOf(0)) * flow.factor * scale,
  };
}

/** Of the ways that lead to the same point and back. */
function meanLength(ways: Float32Array): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < ways.length; at += 4) {
    if (ways[at + 2] === 0) continue;
    sum += Math.sqrt(ways[at]! * ways[at]! + ways[at + 1]! * ways[at + 1]!);
    count++;
  }
  return count > 0 ? sum / count : 0;
}
