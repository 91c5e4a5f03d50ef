/** A layer with a mark of every kind and a mask of every stroke, drawn: the bytes that every machine must agree on. */
import type { PictureLayer } from '../../src/core/picture-layer.ts';
import { hashOf } from '../../src/engine/key.ts';
import { drawnOver } from '../../src/markup/draw-layer.ts';
import { testPicture } from './samples.ts';

const LAYER: PictureLayer = {
  crop: { x: 3, y: 2, width: 120, height: 80 },
  marks: [
    { kind: 'arrow', colour: 'red', size: 4, points: [10.3, 70.7, 60, 30] },
    { kind: 'box', colour: 'blue', size: 3, points: [80, 20, 40.5, 60] },
    { kind: 'line', colour: 'green', size: 5, points: [5, 5, 30, 12, 44, 40] },
    { kind: 'label', colour: 'amber', size: 12, points: [50, 50], text: 'Größer' },
    { kind: 'number', colour: 'black', size: 10, points: [100, 60], text: '12' },
  ],
  mask: [
    { kind: 'rectangle', size: 1, points: [10.5, 10, 60, 50] },
    { kind: 'eraser', size: 9, points: [8, 8, 40, 41] },
    { kind: 'invert', size: 1, points: [] },
    { kind: 'brush', size: 7, points: [90, 10, 70, 70] },
  ],
};

export async function drawnHashes(): Promise<Record<string, string>> {
  const { picture, mask } = await drawnOver(testPicture(128, 96), LAYER, async () => {});
  return { marks: hashOf([...picture!.data]), mask: hashOf([...mask!.data]) };
}
