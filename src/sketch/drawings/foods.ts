/** What is eaten. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, stroke, turned } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round } from '../drawing.ts';

export const FOODS = {
  apple: drawn(
    'apple|fruit',
    { habitat: 'table', scale: 0.09, colour: lch(0.55, 0.19, 27) },
    flat('wood', stroke([0, -0.86, 0.06, -1.02], 0.04)),
    flat('leaf', ...d('M.04 -.94 C.14 -1.06 .3 -1.04 .36 -.98 C.26 -.9 .12 -.88 .04 -.94 Z')),
    round('body', ...d('M0 -.86 C.2 -.96 .5 -.86 .48 -.5 C.46 -.18 .24 0 .1 0 C.04 0 -.04 0 -.1 0 C-.24 0 -.46 -.18 -.48 -.5 C-.5 -.86 -.2 -.96 0 -.86 Z')),
  ),
  cake: drawn(
    'cake|birthday cake|dessert|strawberry cake|chocolate cake',
    { habitat: 'table', scale: 0.2, colour: lch(0.86, 0.05, 60) },
    lathe('metal', turned([[-0.05, 0.66], [0, 0.5]], true)),
    lathe('body', rectangle(-0.5, -0.52, 1, 0.48, 0.04)),
    lathe('pale', ...d('M-.5 -.56 L.5 -.56 L.5 -.4 C.42 -.28 .38 -.4 .3 -.36 C.22 -.24 .14 -.4 .04 -.36 C-.06 -.26 -.14 -.4 -.24 -.34 C-.34 -.26 -.4 -.4 -.5 -.36 Z')),
    flat('light', ellipse(0, -0.56, 0.5, 0.085)),
    lathe('accent', rectangle(-0.22, -0.8, 0.045, 0.24), rectangle(-0.02, -0.84, 0.045, 0.27), rectangle(0.18, -0.8, 0.045, 0.24)),
    flat('glow', ...[-0.2, 0, 0.2].map((x) => ellipse(x, x === 0 ? -0.93 : -0.88, 0.032, 0.06))),
  ),
};
