/** Flowers with a shape of their own, branches and bushes. */
import { lch } from '../../raster/colour.ts';
import { d, drawn, flat, limb, round, smooth } from '../drawing.ts';
import { ellipse, stroke } from '../../raster/path.ts';

const LEAF = lch(0.5, 0.12, 140);
const STEM = [...d('M.01 -.3 C.18 -.34 .26 -.46 .28 -.54 C.14 -.52 .04 -.42 .01 -.3 Z'), ...d('M.01 -.14 C-.16 -.18 -.24 -.3 -.26 -.38 C-.12 -.36 -.02 -.26 .01 -.14 Z')];
const around = (r: number, size: number, count: number, cy: number) =>
  Array.from({ length: count }, (_, k) => k).map((k) => {
    const places = [[0, -1], [0.5, -0.87], [0.87, -0.5], [1, 0], [0.87, 0.5], [0.5, 0.87], [0, 1], [-0.5, 0.87], [-0.87, 0.5], [-1, 0], [-0.87, -0.5], [-0.5, -0.87]];
    const [x, y] = places[Math.round((k * 12) / count) % 12]!;
    return ellipse(x! * r, cy + y! * r, size, size, 24);
  });

export const BLOOMS = {
  branch: drawn('branch|bough|twig|perch', { habitat: 'land', scale: 0.8, colour: lch(0.42, 0.055, 55), seat: 0.47 }, round('wood', ...limb([-1.3, -0.62, -0.6, -0.5, 0.2, -0.52, 1, -0.4, 1.5, -0.42], 0.17, 0.07), ...limb([0.5, -0.46, 0.8, -0.72, 0.92, -0.94], 0.08, 0.03), ...limb([-0.5, -0.5, -0.3, -0.24, -0.06, -0.14], 0.08, 0.03), ...limb([1, -0.4, 1.2, -0.2], 0.06, 0.03)), round('leaf', smooth(0.92, -0.92, 1.06, -1.02, 1.2, -0.94, 1.06, -0.84), smooth(0.8, -0.72, 0.6, -0.86, 0.5, -0.76, 0.66, -0.68), smooth(-0.06, -0.14, 0.12, -0.22, 0.24, -0.1, 0.08, -0.04), smooth(1.2, -0.2, 1.38, -0.26, 1.46, -0.12, 1.3, -0.06), smooth(1.5, -0.42, 1.66, -0.54, 1.8, -0.46, 1.66, -0.36))),
  rose: drawn('rose|red rose|roses', { habitat: 'land', scale: 0.4, colour: lch(0.5, 0.2, 22) }, flat(LEAF, stroke([0, 0, 0.02, -0.3, 0, -0.66], 0.03, 0.024), ...STEM), round('deep', ...around(0.13, 0.15, 6, -0.8)), round('body', ...around(0.08, 0.13, 5, -0.81)), round('deep', ...limb([-0.07, -0.8, 0, -0.88, 0.08, -0.82, 0.03, -0.75, -0.03, -0.78], 0.03, 0.02)), round('pale', ellipse(0, -0.82, 0.045, 0.04, 24))),
  tulip: drawn('tulip|tulips', { habitat: 'land', scale: 0.4, colour: lch(0.6, 0.19, 28) }, flat(LEAF, stroke([0, 0, 0, -0.64], 0.035)), round(LEAF, smooth(0, -0.02, -0.3, -0.3, -0.28, -0.66, -0.12, -0.36), smooth(0, -0.02, 0.3, -0.26, 0.3, -0.58, 0.12, -0.34)), round('deep', smooth(-0.02, -0.62, -0.1, -0.82, 0, -1.02, 0.1, -0.82)), round('body', smooth(0, -0.6, -0.2, -0.68, -0.22, -0.98, -0.08, -0.88, 0, -0.72), smooth(0, -0.6, 0.2, -0.68, 0.22, -0.98, 0.08, -0.88, 0, -0.72))),
  sunflower: drawn('sunflower|sunflowers', { habitat: 'land', scale: 0.7, colour: lch(0.84, 0.16, 88) }, flat(LEAF, stroke([0, 0, 0.03, -0.4, 0, -0.72], 0.04, 0.03), ...STEM), round('body', ...around(0.19, 0.075, 12, -0.77), ...around(0.15, 0.09, 12, -0.77)), round('deep', ...around(0.13, 0.06, 6, -0.77)), round(lch(0.34, 0.06, 55), ellipse(0, -0.77, 0.12, 0.12, 40))),
  bush: drawn('bush|hedge|shrub|topiary', { habitat: 'land', scale: 0.7, colour: lch(0.5, 0.1, 140) }, round('leaf', ellipse(-0.5, -0.34, 0.4, 0.34), ellipse(0.5, -0.36, 0.42, 0.36), ellipse(-0.16, -0.6, 0.4, 0.38), ellipse(0.24, -0.66, 0.36, 0.34), ellipse(0, -0.3, 0.5, 0.3))),
  bonsai: drawn('bonsai', { habitat: 'table', scale: 0.3, colour: lch(0.46, 0.1, 145) }, round(lch(0.45, 0.09, 35), ...d('M-.5 -.16 L.5 -.16 L.42 0 L-.42 0 Z')), round('wood', ...limb([-0.02, -0.14, 0.1, -0.36, -0.08, -0.54, 0.02, -0.72], 0.14, 0.06), ...limb([0.06, -0.4, 0.34, -0.54], 0.07, 0.04)), round('leaf', ellipse(-0.16, -0.62, 0.3, 0.13), ellipse(0.42, -0.6, 0.24, 0.11), ellipse(0.06, -0.84, 0.32, 0.15))),
};
