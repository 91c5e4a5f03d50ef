/** What gives light. */
import { lch } from '../../raster/colour.ts';
import { rectangle, stroke, turned } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round } from '../drawing.ts';

export const LIGHTS = {
  lamp: drawn(
    'lamp|desk lamp|table lamp|lampshade|reading lamp|floor lamp',
    { habitat: 'table', scale: 0.5, colour: lch(0.4, 0.03, 60) },
    lathe('metal', turned([[-0.62, 0.018], [-0.08, 0.018]], true)),
    lathe('body', turned([[-0.09, 0.05], [-0.05, 0.2], [0, 0.22]])),
    lathe('glow', turned([[-1, 0.17], [-0.56, 0.34]], true)),
  ),
  bulb: drawn(
    'bulb|light bulb|lightbulb|filament',
    { habitat: 'table', scale: 0.12 },
    lathe('metal', turned([[-0.24, 0.13], [-0.06, 0.13], [0, 0.06]], true)),
    round('glow', ...d('M0 -1 C.42 -1 .44 -.6 .28 -.44 C.18 -.34 .16 -.3 .15 -.23 L-.15 -.23 C-.16 -.3 -.18 -.34 -.28 -.44 C-.44 -.6 -.42 -1 0 -1 Z')),
    flat('light', stroke([-0.08, -0.26, -0.1, -0.55, 0, -0.48, 0.1, -0.55, 0.08, -0.26], 0.02)),
  ),
  candle: drawn(
    'candle|candlelight|wax',
    { habitat: 'table', scale: 0.16, colour: lch(0.92, 0.03, 85) },
    lathe('body', turned([[-0.7, 0.14], [-0.68, 0.15], [0, 0.16]], true)),
    flat('dark', rectangle(-0.008, -0.78, 0.016, 0.1)),
    flat('glow', ...d('M0 -1 C.09 -.88 .07 -.76 0 -.74 C-.07 -.76 -.09 -.88 0 -1 Z')),
  ),
};
