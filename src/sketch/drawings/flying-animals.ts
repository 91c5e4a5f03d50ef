/** What is drawn in flight. */
import { lch } from '../../raster/colour.ts';
import { ellipse, stroke } from '../../raster/path.ts';
import { d, drawn, flat, round } from '../drawing.ts';

export const FLYING_ANIMALS = {
  bird: drawn(
    'bird|swallow|seagull|gull|dove|pigeon|crow|raven|flying bird',
    { habitat: 'air', scale: 0.35, colour: lch(0.62, 0.09, 240) },
    round('deep', ...d('M-.1 -.5 C-.3 -.9 -.62 -1 -.8 -.98 C-.66 -.8 -.5 -.56 -.2 -.36 Z')),
    round('body', ...d('M.62 -.5 C.5 -.62 .36 -.6 .26 -.52 C0 -.56 -.3 -.4 -.52 -.3 L-.92 -.22 L-.62 -.16 L-.8 -.04 C-.4 -.06 .1 -.1 .32 -.3 C.42 -.36 .5 -.4 .62 -.5 Z')),
    round('pale', ...d('M.16 -.46 C.06 -.8 -.2 -1 -.42 -1.06 C-.4 -.84 -.36 -.5 -.08 -.3 Z')),
    flat('accent', [0.58, -0.54, 0.76, -0.47, 0.58, -0.46]),
    flat('dark', ellipse(0.46, -0.52, 0.022)),
  ),
  butterfly: drawn(
    'butterfly|moth',
    { habitat: 'air', scale: 0.25 },
    round('body', ...d('M0 -.55 C.1 -.9 .5 -1.06 .62 -.9 C.7 -.7 .4 -.48 0 -.46 Z'), ...d('M0 -.55 C-.1 -.9 -.5 -1.06 -.62 -.9 C-.7 -.7 -.4 -.48 0 -.46 Z')),
    round('accent', ...d('M0 -.46 C.3 -.46 .5 -.3 .4 -.1 C.26 0 .06 -.2 0 -.42 Z'), ...d('M0 -.46 C-.3 -.46 -.5 -.3 -.4 -.1 C-.26 0 -.06 -.2 0 -.42 Z')),
    flat('pale', ellipse(0.4, -0.8, 0.07), ellipse(-0.4, -0.8, 0.07), ellipse(0.24, -0.24, 0.05), ellipse(-0.24, -0.24, 0.05)),
    round('dark', ...d('M-.025 -.66 L.025 -.66 L.02 -.2 L-.02 -.2 Z'), stroke([0, -0.64, 0.1, -0.82], 0.012), stroke([0, -0.64, -0.1, -0.82], 0.012)),
  ),
};
