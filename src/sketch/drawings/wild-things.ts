/** What is in no other family: of the sky, of stone, made up. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, stroke } from '../../raster/path.ts';
import { d, drawn, flat, round } from '../drawing.ts';

export const WILD_THINGS = {
  planet: drawn(
    'planet|earth|saturn|jupiter|world|globe|moon planet|mars planet',
    { habitat: 'space', scale: 3, colour: lch(0.65, 0.1, 55) },
    round('body', ellipse(0, -0.5, 0.5)),
    flat('pale', ...d('M-.47 -.62 C-.2 -.56 .2 -.56 .47 -.66 C.48 -.62 .49 -.6 .495 -.57 C.2 -.5 -.2 -.5 -.49 -.56 Z')),
    flat('deep', ...d('M-.49 -.42 C-.2 -.34 .2 -.36 .49 -.44 L.48 -.37 C.2 -.28 -.2 -.28 -.475 -.34 Z')),
  ),
  mountain: drawn(
    'lone peak|mount fuji|fuji',
    { habitat: 'land', scale: 9, colour: lch(0.5, 0.05, 262) },
    round('body', ...d('M-1.6 0 C-.8 -.2 -.4 -.7 -.14 -.96 L0 -1 L.12 -.96 C.4 -.7 .8 -.2 1.6 0 Z')),
    round('light', ...d('M-.36 -.7 C-.24 -.86 -.16 -.94 -.12 -.97 L0 -1 L.12 -.97 C.2 -.9 .3 -.78 .36 -.7 L.24 -.74 L.14 -.62 L.04 -.74 L-.08 -.6 L-.2 -.74 Z')),
  ),
  crystal: drawn(
    'crystal|quartz|prism|ice crystal|amethyst|monolith|shard|diamond|gem|gemstone',
    { habitat: 'table', scale: 0.3, colour: lch(0.74, 0.11, 300) },
    flat('body', [-0.1, 0, -0.26, -0.7, -0.06, -1, 0.06, 0]),
    flat('pale', [-0.06, -1, 0.16, -0.74, 0.14, 0, 0.02, 0, 0, -0.6]),
    flat('deep', [0.16, -0.74, 0.22, -0.3, 0.14, 0]),
    flat('accent', [-0.34, 0, -0.42, -0.4, -0.3, -0.54, -0.2, -0.36, -0.2, 0]),
    flat('body', [0.2, 0, 0.24, -0.42, 0.34, -0.52, 0.4, -0.34, 0.36, 0]),
  ),
  drop: drawn(
    'drop|droplet|water drop|ink drop',
    { habitat: 'table', scale: 0.1, colour: lch(0.74, 0.08, 230) },
    round('body', ...d('M0 -1 C.12 -.72 .38 -.56 .38 -.3 C.38 -.1 .2 0 0 0 C-.2 0 -.38 -.1 -.38 -.3 C-.38 -.56 -.12 -.72 0 -1 Z')),
    flat('light', ...d('M-.22 -.36 C-.22 -.26 -.18 -.18 -.1 -.14 C-.14 -.22 -.16 -.3 -.16 -.4 Z')),
  ),
  astronaut: drawn(
    'astronaut|cosmonaut|spaceman|space suit',
    { habitat: 'land', scale: 1, colour: lch(0.94, 0.008, 240) },
    round('metal', rectangle(-0.19, -0.8, 0.38, 0.36, 0.06)),
    round('body', stroke([-0.07, -0.42, -0.1, -0.2, -0.11, -0.01], 0.15, 0.13), stroke([0.07, -0.42, 0.1, -0.2, 0.11, -0.01], 0.15, 0.13), stroke([-0.13, -0.7, -0.22, -0.54, -0.24, -0.4], 0.11, 0.09), stroke([0.13, -0.7, 0.22, -0.54, 0.24, -0.4], 0.11, 0.09)),
    round('body', rectangle(-0.16, -0.76, 0.32, 0.4, 0.1)),
    round('body', ellipse(0, -0.86, 0.145)),
    round('dark', ellipse(0.01, -0.86, 0.105, 0.085)),
    flat('glass', ...d('M-.06 -.9 C0 -.95 .06 -.94 .09 -.9 C.04 -.9 -.02 -.89 -.06 -.9 Z')),
    flat('accent', rectangle(-0.08, -0.62, 0.16, 0.09, 0.01), rectangle(-0.16, -0.43, 0.32, 0.025)),
  ),
  robot: drawn(
    'robot|android|droid|mech|mecha|automaton',
    { habitat: 'land', scale: 1 },
    round('metal', stroke([-0.09, -0.36, -0.1, 0], 0.09), stroke([0.09, -0.36, 0.1, 0], 0.09), stroke([-0.22, -0.66, -0.26, -0.36], 0.07), stroke([0.22, -0.66, 0.26, -0.36], 0.07)),
    round('body', rectangle(-0.2, -0.72, 0.4, 0.4, 0.07)),
    round('body', rectangle(-0.15, -0.97, 0.3, 0.22, 0.07)),
    flat('dark', rectangle(-0.115, -0.93, 0.23, 0.11, 0.04)),
    flat('glow', ellipse(-0.05, -0.875, 0.026), ellipse(0.05, -0.875, 0.026), rectangle(-0.05, -0.58, 0.1, 0.03, 0.01)),
    flat('accent', rectangle(-0.13, -0.66, 0.26, 0.025)),
    round('dark', rectangle(-0.17, -0.05, 0.14, 0.06, 0.02), rectangle(0.03, -0.05, 0.14, 0.06, 0.02)),
  ),
};
