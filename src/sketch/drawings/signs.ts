/** Boards with letters, and the card that stands where nobody knows how to draw a thing. */
import { lch } from '../../raster/colour.ts';
import { drawn, flat, round, type Shape } from '../drawing.ts';
import { writtenInto } from '../../markup/lettering/lettering.ts';
import { rectangle, stroke } from '../../raster/path.ts';

/** As storyboard artists do: a card in good light, with the word on it. */
export function placeholderShape(label: string): Shape {
  const half = label.length > 12 ? 0.86 : 0.66;
  return {
    habitat: 'land',
    scale: 0.7,
    parts: [
      flat('wood', stroke([-half * 0.5, -0.3, -half * 0.62, 0], 0.045), stroke([half * 0.5, -0.3, half * 0.62, 0], 0.045)),
      round(lch(0.95, 0.02, 85), rectangle(-half, -1, half * 2, 0.8, 0.03)),
      flat(lch(0.62, 0.13, 40), rectangle(-half + 0.035, -0.965, half * 2 - 0.07, 0.045)),
      flat(lch(0.24, 0.02, 270), ...writtenInto(label.toUpperCase(), 0, -0.57, half * 1.72, 0.56)),
    ],
  };
}

/** A board on two posts. */
export function signShape(letters: string): Shape {
  const half = letters.length > 8 ? 1 : 0.74;
  return {
    habitat: 'land',
    scale: 0.8,
    parts: [
      flat('wood', stroke([-half * 0.7, -0.9, -half * 0.7, 0], 0.06), stroke([half * 0.7, -0.9, half * 0.7, 0], 0.06)),
      round('body', rectangle(-half, -1, half * 2, 0.56, 0.05)),
      flat('light', ...writtenInto(letters, 0, -0.72, half * 1.76, 0.46)),
    ],
  };
}

export const SIGNS = {
  card: drawn('', { habitat: 'land', scale: 0.7 }, ...placeholderShape('?').parts),
  sign: drawn('sign|signpost|billboard|placard|banner|notice', { habitat: 'land', scale: 0.8, colour: lch(0.42, 0.09, 155) }, ...signShape('').parts),
  figure: drawn('', { habitat: 'land', scale: 1 }),
  portrait: drawn('', { habitat: 'table', scale: 0.5 }),
};
