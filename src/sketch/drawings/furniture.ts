/** What stands in a room. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, stroke } from '../../raster/path.ts';
import { d, drawn, flat, round } from '../drawing.ts';

export const FURNITURE = {
  chair: drawn(
    'chair|armchair|seat|furniture|eames',
    { habitat: 'land', scale: 0.55, seat: 0.48 },
    flat('wood', stroke([-0.28, -0.46, -0.34, 0], 0.045, 0.03), stroke([0.26, -0.46, 0.33, 0], 0.045, 0.03), stroke([-0.12, -0.44, -0.14, -0.06], 0.035, 0.025), stroke([0.14, -0.44, 0.17, -0.06], 0.035, 0.025)),
    round('body', ...d('M-.34 -.98 C-.2 -1.02 .18 -1.02 .3 -.98 C.36 -.8 .32 -.62 .28 -.5 L-.3 -.5 C-.36 -.62 -.4 -.8 -.34 -.98 Z')),
    round('body', ...d('M-.36 -.54 C-.2 -.6 .2 -.6 .36 -.54 C.42 -.46 .38 -.4 .3 -.39 L-.3 -.39 C-.4 -.4 -.42 -.46 -.36 -.54 Z')),
  ),
  sofa: drawn(
    'sofa|couch|settee|loveseat',
    { habitat: 'land', scale: 0.5, seat: 0.5 },
    round('body', rectangle(-1, -0.92, 2, 0.62, 0.14)),
    round('pale', rectangle(-0.84, -0.52, 0.83, 0.28, 0.07), rectangle(0.01, -0.52, 0.83, 0.28, 0.07)),
    round('body', rectangle(-1.14, -0.66, 0.34, 0.56, 0.13), rectangle(0.8, -0.66, 0.34, 0.56, 0.13)),
    round('deep', rectangle(-0.9, -0.26, 1.8, 0.18, 0.04)),
    round('accent', rectangle(-0.72, -0.76, 0.36, 0.34, 0.08)),
    flat('wood', rectangle(-0.96, -0.1, 0.06, 0.1), rectangle(0.9, -0.1, 0.06, 0.1)),
  ),
  table: drawn(
    'table|coffee table|side table|workbench|desk|dining table|kitchen table',
    { habitat: 'land', scale: 0.42, colour: lch(0.5, 0.06, 55) },
    flat('wood', stroke([-0.72, -0.9, -0.82, 0], 0.08, 0.05), stroke([0.72, -0.9, 0.82, 0], 0.08, 0.05), stroke([-0.5, -0.9, -0.54, -0.12], 0.06, 0.04), stroke([0.5, -0.9, 0.54, -0.12], 0.06, 0.04)),
    round('body', rectangle(-0.95, -1, 1.9, 0.13, 0.03)),
  ),
  guitar: drawn(
    'guitar|ukulele|bass guitar|acoustic guitar',
    { habitat: 'land', scale: 0.6, colour: lch(0.58, 0.12, 52) },
    flat('wood', rectangle(-0.035, -0.92, 0.07, 0.5)),
    round('dark', rectangle(-0.06, -1, 0.12, 0.11, 0.02)),
    round('body', ...d('M0 -.52 C.16 -.54 .22 -.44 .18 -.34 C.16 -.28 .24 -.24 .27 -.14 C.28 0 .12 .02 0 .02 C-.12 .02 -.28 0 -.27 -.14 C-.24 -.24 -.16 -.28 -.18 -.34 C-.22 -.44 -.16 -.54 0 -.52 Z')),
    flat('dark', ellipse(0, -0.28, 0.075)),
    flat('wood', rectangle(-0.08, -0.13, 0.16, 0.03)),
    flat('light', rectangle(-0.012, -0.9, 0.006, 0.78), rectangle(0.008, -0.9, 0.006, 0.78)),
  ),
};
