/** What a person wears or carries. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, ring, stroke } from '../../raster/path.ts';
import { d, drawn, flat, round } from '../drawing.ts';

export const BELONGINGS = {
  shoe: drawn(
    'shoe|sneaker|trainer|footwear|running shoe|kicks|sandal|loafer',
    { habitat: 'table', scale: 0.13 },
    round('body', ...d('M-.72 -.16 C-.76 -.4 -.7 -.62 -.62 -.74 C-.5 -.8 -.38 -.78 -.3 -.7 C-.22 -.56 -.06 -.5 .1 -.44 C.34 -.36 .66 -.36 .74 -.16 Z')),
    round('pale', ...d('M-.72 -.17 C-.76 -.4 -.7 -.55 -.66 -.6 C-.5 -.5 -.5 -.3 -.4 -.17 Z')),
    round('accent', ...d('M-.36 -.22 C-.14 -.3 .04 -.4 .14 -.42 C.1 -.32 -.1 -.2 -.3 -.17 Z')),
    flat('light', stroke([-0.26, -0.62, -0.12, -0.7], 0.03), stroke([-0.17, -0.56, -0.03, -0.64], 0.03), stroke([-0.07, -0.52, 0.06, -0.58], 0.03)),
    round('light', ...d('M-.78 -.17 C-.5 -.13 .4 -.15 .78 -.18 C.84 -.1 .8 0 .7 0 L-.7 0 C-.8 0 -.82 -.1 -.78 -.17 Z')),
    flat('accent', rectangle(-0.72, -0.045, 1.44, 0.025)),
  ),
  watch: drawn(
    'watch|wristwatch|timepiece|chronograph|smartwatch',
    { habitat: 'table', scale: 0.1 },
    round('dark', ...d('M-.17 -1 L.17 -1 L.2 -.68 L-.2 -.68 Z'), ...d('M-.2 -.32 L.2 -.32 L.17 0 L-.17 0 Z')),
    round('body', ellipse(0, -0.5, 0.32)),
    flat('metal', ellipse(0, -0.5, 0.275)),
    flat('accent', ellipse(0, -0.5, 0.255)),
    flat('light', rectangle(-0.008, -0.74, 0.016, 0.05), rectangle(-0.008, -0.31, 0.016, 0.05), rectangle(0.19, -0.508, 0.05, 0.016), rectangle(-0.24, -0.508, 0.05, 0.016), stroke([0, -0.5, -0.1, -0.61], 0.024, 0.014), stroke([0, -0.5, 0.13, -0.64], 0.018, 0.008), ellipse(0, -0.5, 0.02)),
    round('metal', rectangle(0.31, -0.535, 0.06, 0.07, 0.02)),
  ),
  ring: drawn(
    'ring|jewel|jewelry|jewellery|engagement ring|diamond ring|wedding ring',
    { habitat: 'table', scale: 0.05 },
    round('body', ...ring(0, -0.36, 0.36, 0.275)),
    round('body', [-0.14, -0.72, 0.14, -0.72, 0.09, -0.64, -0.09, -0.64]),
    flat('pale', [-0.2, -0.9, -0.1, -1, 0.1, -1, 0.2, -0.9, 0, -0.7]),
    flat('light', [-0.1, -1, 0.1, -1, 0.05, -0.9, -0.05, -0.9], [-0.2, -0.9, -0.05, -0.9, 0, -0.7]),
    flat('accent', [0.2, -0.9, 0.05, -0.9, 0, -0.7]),
  ),
  bag: drawn(
    'bag|handbag|purse|tote|satchel',
    { habitat: 'table', scale: 0.35 },
    flat('accent', ...d('M-.26 -.6 C-.26 -1.06 .26 -1.06 .26 -.6 L.2 -.6 C.2 -.94 -.2 -.94 -.2 -.6 Z')),
    round('body', ...d('M-.42 -.66 L.42 -.66 L.54 -.06 C.54 -.02 .5 0 .46 0 L-.46 0 C-.5 0 -.54 -.02 -.54 -.06 Z')),
    round('deep', ...d('M-.42 -.66 L.42 -.66 L.46 -.42 C.2 -.34 -.2 -.34 -.46 -.42 Z')),
    round('metal', rectangle(-0.06, -0.43, 0.12, 0.11, 0.02)),
  ),
  hat: drawn(
    'hat|fedora|top hat',
    { habitat: 'table', scale: 0.16 },
    round('body', ...d('M-.38 -.2 C-.42 -.8 -.24 -1 -.12 -.96 C-.04 -.9 .04 -.9 .12 -.96 C.24 -1 .42 -.8 .38 -.2 Z')),
    flat('dark', ...d('M-.39 -.36 C-.2 -.28 .2 -.28 .39 -.36 L.39 -.2 C.2 -.12 -.2 -.12 -.39 -.2 Z')),
    round('body', ...d('M-.86 -.2 C-.6 -.12 -.4 -.2 -.38 -.22 C-.2 -.12 .2 -.12 .38 -.22 C.4 -.2 .6 -.12 .86 -.2 C.7 .02 .3 .02 0 .02 C-.3 .02 -.7 .02 -.86 -.2 Z')),
  ),
  dress: drawn(
    'dress|gown|skirt|kimono',
    { habitat: 'land', scale: 0.9 },
    round('body', ...d('M-.16 -.98 L-.1 -1 L0 -.9 L.1 -1 L.16 -.98 C.2 -.8 .12 -.68 .11 -.6 C.26 -.36 .36 -.16 .4 0 C.2 .03 -.2 .03 -.4 0 C-.36 -.16 -.26 -.36 -.11 -.6 C-.12 -.68 -.2 -.8 -.16 -.98 Z')),
    flat('accent', rectangle(-0.115, -0.635, 0.23, 0.045)),
    flat('deep', stroke([0.02, -0.56, 0.1, -0.02], 0.006, 0.03), stroke([-0.04, -0.56, -0.16, -0.02], 0.006, 0.03)),
  ),
  umbrella: drawn(
    'umbrella|parasol',
    { habitat: 'land', scale: 0.9 },
    flat('wood', stroke([0, -0.9, 0, -0.1, 0.03, -0.02, 0.09, -0.05], 0.022)),
    round('body', ...d('M-.56 -.52 C-.5 -1.12 .5 -1.12 .56 -.52 C.46 -.6 .32 -.6 .2 -.52 C.1 -.6 -.1 -.6 -.2 -.52 C-.32 -.6 -.46 -.6 -.56 -.52 Z')),
    flat('deep', ...d('M-.2 -.52 C-.16 -.74 -.08 -.92 0 -.97 C.08 -.92 .16 -.74 .2 -.52 C.1 -.6 -.1 -.6 -.2 -.52 Z')),
  ),
  book: drawn(
    'book|novel|notebook|diary|tome|manuscript|textbook',
    { habitat: 'table', scale: 0.14, colour: lch(0.48, 0.11, 25) },
    round('deep', [-0.7, -0.2, 0.5, -0.3, 0.78, -0.14, -0.42, 0]),
    flat('light', [-0.66, -0.24, 0.52, -0.34, 0.76, -0.2, -0.42, -0.07]),
    round('body', [-0.7, -0.32, 0.5, -0.42, 0.78, -0.26, -0.42, -0.12]),
    flat('accent', [-0.3, -0.29, 0.3, -0.345, 0.42, -0.28, -0.18, -0.22]),
    round('accent', rectangle(-0.5, -0.62, 1.06, 0.2, 0.02)),
    flat('light', rectangle(0.4, -0.595, 0.17, 0.15)),
    flat('pale', rectangle(-0.4, -0.56, 0.06, 0.08)),
  ),
};
