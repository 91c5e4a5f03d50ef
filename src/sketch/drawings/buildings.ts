/** What was built to stay. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, stroke, turned, type Polygon } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round } from '../drawing.ts';

export const BUILDINGS = {
  house: drawn(
    'house|home|cottage|cabin|hut|bungalow|villa|chalet|farmhouse|shack|lodge',
    { habitat: 'land', scale: 2.1, colour: lch(0.84, 0.03, 75) },
    flat('body', [-0.62, -0.56, -0.02, -0.56, -0.02, 0, -0.62, 0]),
    flat('deep', [-0.02, -0.56, 0.28, -0.94, 0.6, -0.56, 0.6, 0, -0.02, 0]),
    flat('accent', [-0.7, -0.53, -0.36, -0.98, 0.28, -0.98, -0.02, -0.53]),
    flat('dark', [0.28, -0.99, 0.67, -0.53, 0.63, -0.49, 0.28, -0.9, -0.02, -0.5, -0.04, -0.55]),
    flat('wood', rectangle(-0.42, -0.96, 0.11, -0.13), rectangle(0.2, -0.3, 0.17, 0.3)),
    flat('glow', rectangle(-0.5, -0.38, 0.13, 0.17), rectangle(-0.26, -0.38, 0.13, 0.17), rectangle(0.22, -0.6, 0.13, 0.15)),
  ),
  tower: drawn(
    'tower|castle|fortress|citadel|palace|turret|watchtower',
    { habitat: 'land', scale: 4, colour: lch(0.66, 0.025, 70) },
    flat('deep', rectangle(-0.34, -0.46, 0.68, 0.46)),
    lathe('body', rectangle(-0.42, -0.62, 0.2, 0.62), rectangle(0.22, -0.62, 0.2, 0.62), rectangle(-0.12, -0.78, 0.24, 0.78)),
    flat('accent', [-0.46, -0.6, -0.32, -0.86, -0.18, -0.6], [0.18, -0.6, 0.32, -0.86, 0.46, -0.6], [-0.16, -0.76, 0, -1, 0.16, -0.76]),
    flat('body', ...Array.from({ length: 3 }, (_, k) => rectangle(-0.2 + k * 0.165, -0.51, 0.08, 0.06))),
    flat('glow', rectangle(-0.025, -0.66, 0.05, 0.09), rectangle(-0.345, -0.5, 0.04, 0.08), rectangle(0.305, -0.5, 0.04, 0.08)),
    flat('dark', ...d('M-.07 0 L-.07 -.14 C-.06 -.2 .06 -.2 .07 -.14 L.07 0 Z')),
  ),
  lighthouse: drawn(
    'lighthouse|beacon',
    { habitat: 'land', scale: 3.6, colour: lch(0.94, 0.01, 80) },
    lathe('body', turned([[-0.78, 0.085], [0, 0.15]], true)),
    lathe('accent', turned([[-0.66, 0.096], [-0.5, 0.111]], true), turned([[-0.34, 0.122], [-0.18, 0.136]], true)),
    lathe('dark', rectangle(-0.12, -0.8, 0.24, 0.03)),
    lathe('glow', rectangle(-0.06, -0.9, 0.12, 0.1)),
    lathe('accent', turned([[-1, 0.008], [-0.96, 0.03], [-0.9, 0.085]])),
    flat('dark', rectangle(-0.03, -0.12, 0.06, 0.12)),
  ),
  windmill: drawn(
    'windmill|mill',
    { habitat: 'land', scale: 3.2, colour: lch(0.88, 0.02, 80) },
    lathe('body', turned([[-0.68, 0.1], [0, 0.2]], true)),
    lathe('accent', turned([[-0.8, 0.02], [-0.74, 0.08], [-0.66, 0.115]])),
    flat('pale', ...[[0.34, 0.34], [-0.34, 0.34], [0.34, -0.34], [-0.34, -0.34]].map(([x, y]): Polygon => [0, -0.66, x!, -0.66 + y!, x! + y! * 0.22, -0.66 + y! - x! * 0.22, y! * 0.2, -0.66 - x! * 0.2])),
    flat('wood', stroke([-0.36, -1.02, 0.36, -0.3], 0.018), stroke([0.36, -1.02, -0.36, -0.3], 0.018), ellipse(0, -0.66, 0.03)),
    flat('dark', rectangle(-0.05, -0.15, 0.1, 0.15)),
    flat('glow', rectangle(-0.03, -0.4, 0.06, 0.08)),
  ),
  bridge: drawn(
    'bridge|viaduct|footbridge|golden gate',
    { habitat: 'land', scale: 4, colour: lch(0.52, 0.14, 33) },
    flat('body', rectangle(-2.2, -0.3, 4.4, 0.06)),
    flat('deep', rectangle(-0.92, -1, 0.07, 1), rectangle(-0.76, -1, 0.07, 1), rectangle(0.7, -1, 0.07, 1), rectangle(0.86, -1, 0.07, 1)),
    flat('body', rectangle(-0.92, -0.96, 0.23, 0.04), rectangle(0.7, -0.96, 0.23, 0.04), rectangle(-0.92, -0.6, 0.23, 0.04), rectangle(0.7, -0.6, 0.23, 0.04), ...d('M-.8 -1 C-.4 -.2 .4 -.2 .8 -1 L.8 -.975 C.4 -.17 -.4 -.17 -.8 -.975 Z'), ...d('M-.84 -1 C-1.3 -.6 -1.7 -.42 -2.2 -.34 L-2.2 -.32 C-1.7 -.4 -1.3 -.57 -.84 -.975 Z'), ...d('M.84 -1 C1.3 -.6 1.7 -.42 2.2 -.34 L2.2 -.32 C1.7 -.4 1.3 -.57 .84 -.975 Z'), ...Array.from({ length: 11 }, (_, k) => { const x = -0.6 + k * 0.12; return rectangle(x, -0.32 - 0.62 * x * x - 0.09, 0.008, 0.12 + 0.62 * x * x); })),
  ),
  tent: drawn(
    'tent|tipi|teepee|camp|camping|campsite',
    { habitat: 'land', scale: 1.1 },
    flat('deep', [-0.72, 0, -0.3, -0.86, 0.1, -0.96, 0.82, -0.06, 0.3, 0]),
    round('body', [-0.72, 0, -0.3, -0.9, 0.26, 0]),
    flat('glow', [-0.34, 0, -0.28, -0.6, -0.06, 0]),
    flat('wood', stroke([-0.3, -1, -0.3, -0.86], 0.02)),
  ),
  arch: drawn(
    'arch|archway|gateway|torii',
    { habitat: 'land', scale: 2.4, colour: lch(0.52, 0.16, 32) },
    round('body', ...d('M-.5 0 L-.5 -.5 C-.5 -1.16 .5 -1.16 .5 -.5 L.5 0 L.32 0 L.32 -.5 C.32 -.92 -.32 -.92 -.32 -.5 L-.32 0 Z')),
    flat('deep', rectangle(-0.54, -0.06, 0.26, 0.06), rectangle(0.28, -0.06, 0.26, 0.06)),
  ),
};
