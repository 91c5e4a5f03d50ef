/** What carries people. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, ring, stroke, turned } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round, type Part } from '../drawing.ts';

const wheel = (x: number, r: number): Part[] => [round('dark', ellipse(x, -r, r)), round('metal', ellipse(x, -r, r * 0.58)), flat('dark', ellipse(x, -r, r * 0.16))];
const spokes = (x: number, r: number): Part[] => [
  flat('dark', ...ring(x, -r, r, r * 0.88)),
  flat('metal', ...[[1, 0], [0.707, 0.707], [0, 1], [-0.707, 0.707]].map(([a, b]) => stroke([x - a! * r * 0.88, -r - b! * r * 0.88, x + a! * r * 0.88, -r + b! * r * 0.88], 0.008))),
];


export const VEHICLES = {
  balloon: drawn(
    'hot air balloon|hot-air balloon',
    { habitat: 'air', scale: 2.2 },
    flat('wood', stroke([-0.1, -0.24, -0.07, -0.1], 0.008), stroke([0.1, -0.24, 0.07, -0.1], 0.008)),
    round('wood', rectangle(-0.075, -0.11, 0.15, 0.11, 0.02)),
    round('body', ...d('M0 -1 C.46 -1 .48 -.56 .28 -.4 C.18 -.32 .14 -.26 .11 -.22 L-.11 -.22 C-.14 -.26 -.18 -.32 -.28 -.4 C-.48 -.56 -.46 -1 0 -1 Z')),
    round('accent', ...d('M0 -1 C.2 -.96 .22 -.6 .12 -.4 C.08 -.32 .06 -.26 .05 -.22 L-.05 -.22 C-.06 -.26 -.08 -.32 -.12 -.4 C-.22 -.6 -.2 -.96 0 -1 Z')),
  ),
  car: drawn(
    'car|automobile|sports car|sedan|coupe|vehicle|taxi|roadster|convertible|electric car|porsche|ferrari|racing car',
    { habitat: 'land', scale: 0.85 },
    flat('dark', rectangle(-1.02, -0.32, 2.05, 0.2)),
    round('body', ...d('M-1.22 -.2 C-1.28 -.42 -1.16 -.54 -.92 -.58 C-.72 -.62 -.62 -.66 -.48 -.8 C-.34 -.94 .2 -.96 .4 -.84 C.54 -.74 .66 -.62 .8 -.58 C1.08 -.54 1.22 -.46 1.24 -.22 C1.22 -.12 1.16 -.12 1.04 -.12 L-1.06 -.12 C-1.16 -.12 -1.2 -.12 -1.22 -.2 Z')),
    flat('glass', ...d('M-.5 -.6 C-.42 -.74 -.34 -.82 -.2 -.84 L-.06 -.85 L-.06 -.58 Z'), ...d('M.02 -.85 C.2 -.86 .3 -.82 .38 -.76 C.46 -.7 .5 -.64 .54 -.58 L.02 -.58 Z')),
    flat('deep', rectangle(-1.1, -0.3, 2.2, 0.022)),
    flat('glow', ...d('M1.1 -.5 C1.2 -.48 1.22 -.42 1.22 -.38 L1.1 -.4 Z')),
    flat('accent', rectangle(-1.24, -0.48, 0.08, 0.1, 0.02)),
    ...wheel(-0.72, 0.23),
    ...wheel(0.74, 0.23),
  ),
  truck: drawn(
    'truck|van|lorry|camper|campervan|caravan|rv',
    { habitat: 'land', scale: 1.3 },
    round('body', rectangle(-1, -0.96, 1.9, 0.82, 0.12)),
    flat('pale', rectangle(-1, -0.6, 1.9, 0.1)),
    flat('glass', rectangle(-0.84, -0.86, 0.34, 0.26, 0.05), rectangle(-0.42, -0.86, 0.34, 0.26, 0.05), rectangle(0, -0.86, 0.34, 0.26, 0.05), ...d('M.46 -.86 L.78 -.86 C.84 -.8 .86 -.7 .87 -.6 L.46 -.6 Z')),
    flat('glow', ellipse(0.84, -0.38, 0.05)),
    ...wheel(-0.6, 0.17),
    ...wheel(0.52, 0.17),
  ),
  bicycle: drawn(
    'bicycle|bike|cycle|e-bike',
    { habitat: 'land', scale: 0.62 },
    ...spokes(-0.52, 0.36),
    ...spokes(0.54, 0.36),
    round('body', stroke([-0.52, -0.36, -0.24, -0.74], 0.05), stroke([-0.52, -0.36, -0.06, -0.34], 0.045), stroke([-0.06, -0.34, -0.26, -0.86], 0.05), stroke([-0.06, -0.34, 0.38, -0.76], 0.055), stroke([-0.25, -0.74, 0.36, -0.78], 0.05), stroke([0.54, -0.36, 0.34, -0.94], 0.05)),
    round('dark', ...d('M-.42 -.92 C-.3 -.94 -.2 -.9 -.12 -.88 L-.16 -.83 C-.28 -.84 -.36 -.84 -.42 -.92 Z'), stroke([0.34, -0.93, 0.44, -1, 0.52, -0.92], 0.045)),
    round('metal', ellipse(-0.06, -0.34, 0.09)),
  ),
  boat: drawn(
    'boat|sailboat|sailing boat|yacht|dinghy|catamaran|schooner',
    { habitat: 'water', scale: 2.2, colour: lch(0.93, 0.02, 85) },
    flat('wood', rectangle(-0.012, -1, 0.024, 0.88)),
    round('body', ...d('M.04 -.97 C.34 -.66 .46 -.36 .48 -.2 L.04 -.2 Z')),
    round('pale', ...d('M-.04 -.9 C-.2 -.6 -.34 -.4 -.46 -.2 L-.04 -.2 Z')),
    round('accent', ...d('M-.56 -.14 C-.2 -.1 .3 -.1 .62 -.15 C.54 -.04 .44 .02 .36 .03 L-.34 .03 C-.46 .02 -.52 -.06 -.56 -.14 Z')),
    flat('light', ...d('M-.56 -.14 C-.2 -.1 .3 -.1 .62 -.15 L.6 -.12 C.3 -.075 -.2 -.075 -.545 -.11 Z')),
  ),
  ship: drawn(
    'ship|cruise ship|freighter|container ship|ferry|vessel|tanker',
    { habitat: 'water', scale: 5, colour: lch(0.4, 0.06, 250) },
    round('light', rectangle(-0.5, -0.56, 1, 0.22, 0.03), rectangle(-0.36, -0.74, 0.7, 0.2, 0.03)),
    flat('glass', ...Array.from({ length: 9 }, (_, k) => rectangle(-0.44 + k * 0.1, -0.48, 0.055, 0.05)), ...Array.from({ length: 6 }, (_, k) => rectangle(-0.3 + k * 0.1, -0.67, 0.055, 0.05))),
    lathe('accent', rectangle(-0.2, -1, 0.15, 0.28), rectangle(0.06, -0.96, 0.13, 0.24)),
    round('body', ...d('M-1.1 -.36 L1.2 -.42 C1.1 -.16 1 -.02 .94 .02 L-.92 .02 C-1.02 -.04 -1.08 -.2 -1.1 -.36 Z')),
    flat('deep', ...d('M-1.02 -.1 L1.03 -.12 L.94 .02 L-.92 .02 Z')),
  ),
  train: drawn(
    'train|locomotive|railway|subway|metro|bullet train',
    { habitat: 'land', scale: 1.6, colour: lch(0.5, 0.15, 28) },
    round('body', rectangle(-1.2, -0.86, 2.1, 0.62, 0.06)),
    round('body', ...d('M.8 -.86 C1.2 -.84 1.42 -.5 1.44 -.24 L.8 -.24 Z')),
    flat('pale', rectangle(-1.2, -0.42, 2.5, 0.08)),
    flat('glass', ...Array.from({ length: 6 }, (_, k) => rectangle(-1.1 + k * 0.32, -0.76, 0.24, 0.22, 0.03)), ...d('M.94 -.76 C1.1 -.72 1.22 -.6 1.28 -.5 L.94 -.5 Z')),
    flat('dark', rectangle(-1.2, -0.24, 2.6, 0.1)),
    round('dark', ...[-0.95, -0.6, 0.2, 0.55, 1.05].map((x) => ellipse(x, -0.11, 0.11))),
    flat('metal', rectangle(-1.8, -0.02, 3.8, 0.025)),
  ),
  plane: drawn(
    'plane|airplane|aeroplane|aircraft|jet|airliner',
    { habitat: 'air', scale: 1.4 },
    round('deep', ...d('M.02 -.5 L-.42 -.9 L-.6 -.9 L-.34 -.48 Z')),
    round('body', ...d('M-1.2 -.52 C-1.1 -.64 .7 -.68 1.02 -.56 C1.2 -.48 1.14 -.4 1 -.38 C.6 -.3 -.8 -.36 -1.2 -.52 Z')),
    round('accent', ...d('M-1.2 -.54 L-1.34 -.92 L-1.12 -.92 L-.84 -.58 Z')),
    round('pale', ...d('M.2 -.44 L-.3 0 L-.54 0 L-.28 -.42 Z')),
    flat('glass', ...d('M.84 -.58 L1.04 -.52 L.9 -.49 L.78 -.52 Z'), ...Array.from({ length: 10 }, (_, k) => rectangle(-0.7 + k * 0.14, -0.555, 0.06, 0.05, 0.02))),
  ),
  rocket: drawn(
    'rocket|spaceship|spacecraft|starship|missile',
    { habitat: 'space', scale: 2.4 },
    round('accent', ...d('M-.14 -.34 L-.36 -.06 L-.34 .02 L-.12 -.12 Z'), ...d('M.14 -.34 L.36 -.06 L.34 .02 L.12 -.12 Z')),
    flat('glow', ...d('M-.1 -.09 C-.08 .08 -.04 .18 0 .26 C.04 .18 .08 .08 .1 -.09 Z')),
    lathe('body', turned([[-1, 0.004], [-0.9, 0.07], [-0.75, 0.13], [-0.5, 0.16], [-0.25, 0.145], [-0.1, 0.11]])),
    lathe('accent', turned([[-1, 0.004], [-0.92, 0.06], [-0.83, 0.1]])),
    round('metal', ellipse(0, -0.6, 0.08)),
    round('glass', ellipse(0, -0.6, 0.058)),
  ),
};
