/** Birds that sit, stand and swim; those in flight are in `flying-animals.ts`. */
import { lch } from '../../raster/colour.ts';
import { drawn, toUnitHeight, flat, asOne, limb, round, smooth, type Part } from '../drawing.ts';
import { ellipse } from '../../raster/path.ts';

const BEAK = lch(0.74, 0.15, 70);
const OWL = toUnitHeight([
  round('deep', smooth(-0.12, -0.06, 0.12, -0.06, 0.08, 0.1, -0.08, 0.1)),
  round('body', ...asOne(smooth(-0.3, -0.3, -0.34, -0.62, -0.28, -0.86, 0, -0.94, 0.28, -0.86, 0.34, -0.62, 0.3, -0.3, 0.14, -0.03, -0.14, -0.03), smooth(-0.3, -0.78, -0.34, -1.04, -0.2, -0.96, -0.08, -0.92, -0.16, -0.76), smooth(0.3, -0.78, 0.34, -1.04, 0.2, -0.96, 0.08, -0.92, 0.16, -0.76))),
  round('pale', smooth(-0.2, -0.52, 0, -0.56, 0.2, -0.52, 0.22, -0.3, 0.1, -0.07, -0.1, -0.07, -0.22, -0.3)),
  flat('deep', ...[[-0.1, -0.44], [0.0, -0.45], [0.1, -0.44], [-0.14, -0.34], [-0.05, -0.35], [0.05, -0.35], [0.14, -0.34], [-0.1, -0.25], [0, -0.26], [0.1, -0.25], [-0.05, -0.16], [0.05, -0.16]].map(([x, y]) => [x! - 0.035, y!, x!, y! + 0.04, x! + 0.035, y!, x!, y! + 0.015])),
  round('deep', smooth(-0.3, -0.6, -0.22, -0.52, -0.2, -0.26, -0.26, -0.1, -0.36, -0.3), smooth(0.3, -0.6, 0.22, -0.52, 0.2, -0.26, 0.26, -0.1, 0.36, -0.3)),
  round('pale', ellipse(-0.13, -0.72, 0.145, 0.145, 40), ellipse(0.13, -0.72, 0.145, 0.145, 40)),
  flat(lch(0.82, 0.15, 85), ellipse(-0.12, -0.72, 0.082, 0.082, 32), ellipse(0.12, -0.72, 0.082, 0.082, 32)),
  flat('dark', ellipse(-0.115, -0.72, 0.05, 0.05, 24), ellipse(0.115, -0.72, 0.05, 0.05, 24)),
  flat('light', ellipse(-0.095, -0.74, 0.016, 0.016, 12), ellipse(0.135, -0.74, 0.016, 0.016, 12)),
  round(BEAK, smooth(-0.045, -0.68, 0.045, -0.68, 0.02, -0.6, 0, -0.56, -0.02, -0.6)),
  flat(BEAK, ...[-0.12, -0.08, -0.04, 0.04, 0.08, 0.12].map((x) => ellipse(x, -0.015, 0.02, 0.035, 12))),
]);
const eyeAt = (x: number, y: number, r = 0.024): Part[] => [flat('dark', ellipse(x, y, r, r, 20)), flat('light', ellipse(x + r * 0.3, y - r * 0.35, r * 0.3, r * 0.3, 10))];
const EAGLE = toUnitHeight([
  round('dark', smooth(-0.3, -0.2, -0.12, -0.3, -0.06, -0.06, -0.2, 0.06, -0.34, 0.02)),
  round('light', smooth(-0.28, -0.06, -0.1, -0.12, -0.1, 0.08, -0.3, 0.1)),
  round('body', smooth(-0.3, -0.2, -0.24, -0.58, -0.02, -0.82, 0.2, -0.7, 0.28, -0.44, 0.2, -0.14, -0.02, -0.04)),
  round('deep', smooth(-0.34, -0.06, -0.26, -0.5, -0.08, -0.68, 0.06, -0.5, 0, -0.22, -0.2, -0.02)),
  round('light', smooth(-0.06, -0.74, -0.08, -0.92, 0.04, -1.04, 0.2, -1.02, 0.27, -0.9, 0.2, -0.76, 0.12, -0.66)),
  round(BEAK, smooth(0.22, -0.96, 0.38, -0.92, 0.4, -0.8, 0.34, -0.84, 0.24, -0.84)),
  ...eyeAt(0.17, -0.93, 0.026),
  flat(BEAK, ...limb([0.08, -0.1, 0.08, 0], 0.06, 0.05), ...limb([0.2, -0.12, 0.2, 0], 0.06, 0.05), ellipse(0.12, 0, 0.08, 0.025, 16), ellipse(0.24, 0, 0.08, 0.025, 16)),
]);
const PARROT = toUnitHeight([
  round('accent', ...limb([-0.14, -0.3, -0.26, 0.02, -0.34, 0.3], 0.16, 0.05)),
  round('body', ...asOne(smooth(-0.2, -0.24, -0.22, -0.54, -0.06, -0.78, 0.14, -0.72, 0.2, -0.44, 0.1, -0.14, -0.08, -0.08), ellipse(0.08, -0.86, 0.17, 0.16, 40))),
  round(lch(0.6, 0.16, 250), smooth(-0.24, -0.06, -0.24, -0.5, -0.1, -0.62, 0.04, -0.46, -0.04, -0.2)),
  round(lch(0.78, 0.16, 85), smooth(-0.2, -0.34, -0.1, -0.5, 0, -0.36, -0.1, -0.2)),
  round('light', ellipse(0.15, -0.86, 0.09, 0.085, 24)),
  round('dark', smooth(0.2, -0.94, 0.34, -0.9, 0.33, -0.72, 0.26, -0.78, 0.2, -0.78)),
  ...eyeAt(0.15, -0.88),
  flat('dark', ellipse(0.04, -0.07, 0.04, 0.05, 16), ellipse(-0.06, -0.05, 0.04, 0.05, 16)),
]);
const swimmer = (neck: readonly number[], width: readonly [number, number], head: readonly [number, number, number], beak: readonly [number, number], colours: { readonly head?: Part['stuff']; readonly wing: Part['stuff']; readonly beak: Part['stuff'] }): Part[] => {
  const [hx, hy, r] = head;
  return toUnitHeight([
    round('body', ...asOne(smooth(-0.66, -0.36, -0.5, -0.36, -0.2, -0.42, 0.2, -0.4, 0.46, -0.34, 0.52, -0.18, 0.36, -0.02, -0.2, 0, -0.5, -0.08, -0.6, -0.24), ...limb(neck, ...width))),
    round(colours.beak, smooth(hx + r * 0.6, hy - r * 0.25, hx + beak[0], hy + r * 0.16, hx + beak[0], hy + beak[1], hx + r * 0.5, hy + r * 0.5)),
    round(colours.head ?? 'body', ellipse(hx, hy, r, r * 0.92, 32)),
    round(colours.wing, smooth(-0.6, -0.34, -0.3, -0.44, 0.1, -0.4, 0.24, -0.26, 0.02, -0.14, -0.34, -0.16)),
    ...eyeAt(hx + r * 0.35, hy - r * 0.2, r * 0.17),
  ]);
};
const PENGUIN = toUnitHeight([
  flat(BEAK, ellipse(-0.1, -0.02, 0.12, 0.035, 24), ellipse(0.12, -0.02, 0.12, 0.035, 24)),
  round('dark', smooth(-0.24, -0.06, -0.3, -0.4, -0.2, -0.72, -0.14, -0.92, 0, -1, 0.14, -0.92, 0.2, -0.72, 0.3, -0.4, 0.24, -0.06, 0, -0.02)),
  round('light', smooth(-0.16, -0.1, -0.2, -0.4, -0.12, -0.66, 0, -0.7, 0.12, -0.66, 0.2, -0.4, 0.16, -0.1, 0, -0.05), smooth(-0.11, -0.78, -0.1, -0.88, -0.03, -0.88, 0, -0.8, 0.03, -0.88, 0.1, -0.88, 0.11, -0.78, 0, -0.7)),
  round('dark', ...limb([-0.2, -0.64, -0.34, -0.42, -0.36, -0.26], 0.1, 0.05), ...limb([0.2, -0.64, 0.34, -0.42, 0.36, -0.26], 0.1, 0.05)),
  flat(BEAK, [-0.04, -0.82, 0.04, -0.82, 0, -0.74], smooth(-0.12, -0.68, 0, -0.64, 0.12, -0.68, 0, -0.6)),
  flat('dark', ellipse(-0.06, -0.85, 0.02, 0.022, 16), ellipse(0.06, -0.85, 0.02, 0.022, 16)),
]);
const CHICKEN = toUnitHeight([
  flat(BEAK, ...limb([-0.04, -0.3, -0.04, 0], 0.045, 0.035), ...limb([0.1, -0.3, 0.1, 0], 0.045, 0.035), ellipse(0.0, -0.01, 0.1, 0.02, 16), ellipse(0.14, -0.01, 0.1, 0.02, 16)),
  round('deep', smooth(-0.3, -0.5, -0.56, -0.98, -0.62, -0.78, -0.66, -0.6, -0.5, -0.44)),
  round('body', ...asOne(smooth(-0.5, -0.5, -0.34, -0.62, 0.0, -0.6, 0.2, -0.66, 0.34, -0.5, 0.28, -0.3, 0, -0.2, -0.32, -0.28), ...limb([0.2, -0.54, 0.26, -0.82], 0.26, 0.17))),
  round(lch(0.55, 0.2, 27), smooth(0.16, -0.94, 0.16, -1.04, 0.22, -1, 0.26, -1.08, 0.31, -1, 0.37, -1.04, 0.34, -0.92), ellipse(0.37, -0.74, 0.035, 0.06, 20)),
  round('body', ellipse(0.27, -0.86, 0.11, 0.1, 32)),
  flat(BEAK, [0.35, -0.88, 0.49, -0.83, 0.35, -0.8]),
  round('deep', smooth(-0.34, -0.46, -0.04, -0.52, 0.14, -0.42, -0.04, -0.3, -0.26, -0.34)),
  ...eyeAt(0.3, -0.88, 0.02),
]);
const FLAMINGO = toUnitHeight([
  flat('deep', ...limb([0.02, -0.5, 0.0, -0.26, 0.02, 0], 0.03, 0.02), ...limb([0.08, -0.5, 0.22, -0.36, 0.04, -0.28], 0.028, 0.02), ellipse(0.05, -0.006, 0.06, 0.012, 12)),
  round('body', ...asOne(smooth(-0.32, -0.5, -0.2, -0.64, 0.04, -0.68, 0.2, -0.6, 0.18, -0.5, 0, -0.44, -0.2, -0.44), ...limb([0.14, -0.58, 0.34, -0.66, 0.3, -0.84, 0.16, -0.94, 0.26, -1.06, 0.36, -1.02], 0.09, 0.05), ellipse(0.36, -1.03, 0.06, 0.05, 24))),
  round('light', smooth(0.38, -1.05, 0.48, -1.02, 0.48, -0.98, 0.4, -0.98)),
  round('dark', smooth(0.46, -1.02, 0.5, -0.96, 0.46, -0.9, 0.43, -0.97)),
  round('deep', smooth(-0.36, -0.48, -0.14, -0.6, 0.08, -0.6, 0.02, -0.5, -0.16, -0.45)),
  ...eyeAt(0.37, -1.045, 0.014),
]);
const PERCHED = toUnitHeight([
  round('deep', ...limb([-0.3, -0.28, -0.62, -0.08, -0.74, 0.0], 0.14, 0.1)),
  round('body', ...asOne(smooth(-0.36, -0.22, -0.22, -0.52, 0.06, -0.7, 0.28, -0.62, 0.34, -0.38, 0.18, -0.12, -0.12, -0.08), ellipse(0.22, -0.74, 0.2, 0.18, 40))),
  round('pale', smooth(0.3, -0.58, 0.34, -0.36, 0.18, -0.13, 0, -0.1, 0.14, -0.36)),
  round('deep', smooth(-0.46, -0.14, -0.22, -0.5, 0.04, -0.54, 0.1, -0.36, -0.1, -0.18)),
  flat(BEAK, [0.38, -0.8, 0.56, -0.72, 0.38, -0.68]),
  ...eyeAt(0.28, -0.78, 0.03),
  flat('dark', ...limb([0.0, -0.12, 0.02, 0], 0.03, 0.02), ...limb([0.12, -0.12, 0.14, 0], 0.03, 0.02)),
]);

export const BIRDS = {
  owl: drawn('owl|barn owl|snowy owl', { habitat: 'land', scale: 0.3, colour: lch(0.5, 0.06, 58) }, ...OWL),
  eagle: drawn('eagle|hawk|falcon|buzzard|vulture', { habitat: 'land', scale: 0.45, colour: lch(0.36, 0.05, 50) }, ...EAGLE),
  parrot: drawn('parrot|macaw|cockatoo', { habitat: 'land', scale: 0.3, colour: lch(0.55, 0.2, 28) }, ...PARROT),
  duck: drawn('duck|mallard|duckling', { habitat: 'water', scale: 0.25, colour: lch(0.62, 0.03, 70) }, ...swimmer([0.36, -0.3, 0.46, -0.56, 0.46, -0.66], [0.22, 0.16], [0.48, -0.72, 0.15], [0.36, 0.1], { head: lch(0.45, 0.11, 155), wing: 'deep', beak: BEAK })),
  swan: drawn('swan|goose', { habitat: 'water', scale: 0.6, colour: lch(0.96, 0.006, 90) }, ...swimmer([0.42, -0.26, 0.62, -0.5, 0.42, -0.82, 0.5, -1.08, 0.62, -1.08], [0.2, 0.1], [0.62, -1.06, 0.1], [0.26, 0.09], { wing: 'pale', beak: BEAK })),
  penguin: drawn('penguin', { habitat: 'land', scale: 0.5, colour: lch(0.25, 0.02, 260) }, ...PENGUIN),
  chicken: drawn('chicken|hen|rooster|cockerel|turkey', { habitat: 'land', scale: 0.3, colour: lch(0.56, 0.12, 45) }, ...CHICKEN),
  flamingo: drawn('flamingo|heron|stork|crane bird', { habitat: 'land', scale: 0.8, colour: lch(0.78, 0.11, 10) }, ...FLAMINGO),
  songbird: drawn('robin|sparrow|songbird|canary|finch|hummingbird|blackbird|starling', { habitat: 'land', scale: 0.14, colour: lch(0.55, 0.1, 45) }, ...PERCHED),
};
