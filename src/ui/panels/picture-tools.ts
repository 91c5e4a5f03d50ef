/** The tools of the picture editor: what each is called, its key, and what it works on. */
import {
  Brush,
  Crop,
  Eraser,
  Hash,
  MousePointer2,
  MoveUpRight,
  Pencil,
  Square,
  SquareDashed,
  Type,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { MarkKind, MaskStroke } from '../../core/picture-layer.ts';
import { w } from '../../words/t.ts';

export type MaskTool = Exclude<MaskStroke['kind'], 'invert'>;
export type PictureTool = 'select' | 'crop' | MarkKind | MaskTool;

export interface ToolFacts {
  readonly name: string;
  readonly key: string;
  readonly Icon: LucideIcon;
  readonly of: 'select' | 'crop' | 'marks' | 'mask';
  /** What is done with it, in one sentence. */
  readonly hint: string;
}
export const PICTURE_TOOLS: Readonly<Record<PictureTool, ToolFacts>> = {
  select: {
    name: w('Select'),
    key: 'v',
    Icon: MousePointer2,
    of: 'select',
    hint: w('Press a mark to choose it, drag it to move it. Arrows move it too, Delete removes it.'),
  },
  crop: {
    name: w('Crop'),
    key: 'c',
    Icon: Crop,
    of: 'crop',
    hint: w('Drag an edge or a corner, or the frame itself. With the focus on one of them, arrows move it.'),
  },
  arrow: {
    name: w('Arrow'),
    key: 'a',
    Icon: MoveUpRight,
    of: 'marks',
    hint: w('Drag to where the arrow points.'),
  },
  box: { name: w('Box'), key: 'r', Icon: Square, of: 'marks', hint: w('Drag from corner to corner.') },
  line: { name: w('Draw'), key: 'd', Icon: Pencil, of: 'marks', hint: w('Draw with the pointer held down.') },
  label: { name: w('Label'), key: 't', Icon: Type, of: 'marks', hint: w('Press where the label goes, then write it.') },
  number: { name: w('Number'), key: 'n', Icon: Hash, of: 'marks', hint: w('Press where the next number goes.') },
  brush: {
    name: w('Paint the mask'),
    key: 'b',
    Icon: Brush,
    of: 'mask',
    hint: w('Paint what is to be changed. The mask leaves by a socket of its own; the picture stays as it is.'),
  },
  eraser: { name: w('Erase the mask'), key: 'e', Icon: Eraser, of: 'mask', hint: w('Take away from the mask.') },
  rectangle: {
    name: w('Mask a rectangle'),
    key: 'm',
    Icon: SquareDashed,
    of: 'mask',
    hint: w('Drag from corner to corner.'),
  },
};
export const toolOfKey = (combo: string): PictureTool | undefined =>
  (Object.keys(PICTURE_TOOLS) as PictureTool[]).find((tool) => PICTURE_TOOLS[tool].key === combo);

/** Shapes a picture is cut to, width over height. */
export const CROP_SHAPES: Readonly<Record<string, number>> = {
  '1:1': 1,
  '4:5': 4 / 5,
  '3:4': 3 / 4,
  '2:3': 2 / 3,
  '9:16': 9 / 16,
  '5:4': 5 / 4,
  '4:3': 4 / 3,
  '3:2': 3 / 2,
  '16:9': 16 / 9,
  '21:9': 21 / 9,
};

/** Widths are set in steps that are as large for every picture: this many of them are its longer side. */
const STEPS_OF_PICTURE = 400;
export const MOST_STEPS = 60;
/** Capitals of a label and a number are so many times as high as lines of its size are wide. */
const LETTERS = 4;
export const sizeStep = ({ width, height }: { readonly width: number; readonly height: number }): number =>
  Math.max(width, height) / STEPS_OF_PICTURE;
/** Of a line or of letters, in pixels of the picture: for so many steps. */
export const pixelsOfSteps = (kind: PictureTool, steps: number, step: number): number =>
  steps * step * (kind === 'label' || kind === 'number' ? LETTERS : 1);
export const stepsOfPixels = (kind: PictureTool, size: number, step: number): number =>
  Math.min(MOST_STEPS, Math.max(1, Math.round(size / pixelsOfSteps(kind, 1, step))));
