/** Bears, elephants, rabbits and small furry animals. */
import { lch } from '../../raster/colour.ts';
import { drawn, toUnitHeight, flat, asOne, limb, round, smooth } from '../drawing.ts';
import { ellipse } from '../../raster/path.ts';
import { quadruped, roundEar, type Build } from './quadruped.ts';

const BEAR: Build = {
  withers: 0.86, rump: 0.78, belly: 0.32, leg: [0.27, 0.19, 0.22], head: [0.64, -0.78], neck: [0.52, 0.4], skull: [0.22, 0.2],
  muzzle: [0.24, 0.08], snout: [0.2, 0.13], ear: roundEar(0.075), earAt: [0.52, -0.93], tail: [-0.5, -0.66, -0.55, -0.62], tailWidth: [0.12, 0.1],
  eye: 0.024, marks: [round('pale', ellipse(0.86, -0.69, 0.1, 0.075, 32))],
};
const ELEPHANT: Build = {
  withers: 1.02, rump: 0.94, belly: 0.42, leg: [0.25, 0.19, 0.21], head: [0.62, -0.92], neck: [0.54, 0.46], skull: [0.25, 0.25],
  muzzle: [0.16, 0.12], snout: [0.3, 0.2], ear: ellipse(0, 0, 0.01, 0.01, 8), tail: [-0.5, -0.84, -0.6, -0.66, -0.58, -0.42], tailWidth: [0.05, 0.035],
  tailTip: 'dark', nose: 'none', eye: 0.024,
  marks: [
    round('body', ...limb([0.76, -0.84, 0.9, -0.62, 0.9, -0.3, 0.98, -0.08, 1.08, -0.1], 0.24, 0.075)),
    round('deep', smooth(0.46, -1.1, 0.22, -1.16, 0.14, -0.86, 0.3, -0.6, 0.48, -0.66, 0.54, -0.9)),
    round('light', ...limb([0.8, -0.66, 0.96, -0.56, 1.1, -0.62], 0.06, 0.025)),
  ],
};
/** Seen from the side, sitting up; the back to the left. */
const RABBIT = toUnitHeight([
  round('deep', smooth(0.12, -0.78, 0.02, -1.0, 0.06, -1.24, 0.16, -1.22, 0.22, -1.0, 0.22, -0.8)),
  round('light', ellipse(-0.42, -0.16, 0.13, 0.12, 32)),
  round('body', ...asOne(smooth(-0.4, -0.1, -0.42, -0.4, -0.2, -0.58, 0.06, -0.54, 0.3, -0.4, 0.34, -0.14, 0.3, 0, -0.28, 0), ellipse(0.24, -0.68, 0.2, 0.17, 48), smooth(0.2, -0.8, 0.16, -1.02, 0.24, -1.28, 0.34, -1.24, 0.36, -1.02, 0.32, -0.78), ...limb([0.24, -0.3, 0.3, -0.05], 0.14, 0.1))),
  round('deep', ellipse(-0.16, -0.2, 0.22, 0.19, 40)),
  round('body', ellipse(-0.06, -0.05, 0.24, 0.065, 32)),
  round('pale', smooth(0.24, -1.18, 0.22, -1.0, 0.27, -0.86, 0.3, -1.0, 0.29, -1.16), ellipse(0.34, -0.6, 0.09, 0.07, 24)),
  flat('dark', ellipse(0.3, -0.72, 0.032, 0.036, 20), ellipse(0.42, -0.64, 0.022, 0.016, 16)),
  flat('light', ellipse(0.31, -0.735, 0.011, 0.011, 12)),
]);
const SQUIRREL = toUnitHeight([
  round('body', smooth(-0.18, -0.04, -0.5, -0.1, -0.62, -0.46, -0.5, -0.84, -0.28, -1.02, -0.08, -0.94, -0.12, -0.8, -0.26, -0.8, -0.36, -0.58, -0.24, -0.3, -0.1, -0.14)),
  round('deep', smooth(-0.34, -0.2, -0.5, -0.46, -0.42, -0.74, -0.26, -0.9, -0.38, -0.68, -0.38, -0.44)),
  round('body', ...asOne(smooth(-0.2, -0.02, -0.24, -0.3, -0.08, -0.54, 0.14, -0.54, 0.24, -0.34, 0.22, -0.08, 0.18, 0), ellipse(0.18, -0.66, 0.17, 0.14, 40), smooth(0.06, -0.74, 0.04, -0.92, 0.14, -0.88, 0.18, -0.76), ellipse(0.3, -0.61, 0.1, 0.08, 24))),
  round('light', smooth(0.1, -0.5, 0.2, -0.46, 0.23, -0.26, 0.2, -0.04, 0.08, -0.06, 0.06, -0.3)),
  round('deep', ...limb([0.06, -0.42, 0.22, -0.36, 0.32, -0.42], 0.09, 0.06), ellipse(-0.02, -0.14, 0.16, 0.15, 32)),
  round('body', ellipse(0.1, -0.035, 0.18, 0.045, 24)),
  round('wood', ellipse(0.36, -0.43, 0.05, 0.06, 20)),
  flat('dark', ellipse(0.22, -0.69, 0.03, 0.034, 20), ellipse(0.395, -0.62, 0.02, 0.018, 12)),
  flat('light', ellipse(0.23, -0.705, 0.01, 0.01, 12)),
]);
const MOUSE = toUnitHeight([
  round(lch(0.76, 0.05, 15), ...limb([-0.4, -0.1, -0.64, -0.05, -0.84, -0.14, -1, -0.08], 0.04, 0.02)),
  round('deep', ellipse(0.22, -0.5, 0.14, 0.14, 32)),
  round('body', ...asOne(smooth(-0.46, -0.08, -0.44, -0.34, -0.2, -0.52, 0.1, -0.48, 0.36, -0.36, 0.56, -0.16, 0.46, -0.06, 0.2, -0.02, -0.36, -0.02), ellipse(0.1, -0.54, 0.15, 0.15, 32))),
  round(lch(0.8, 0.05, 15), ellipse(0.1, -0.54, 0.1, 0.1, 24), ellipse(0.56, -0.16, 0.035, 0.03, 16), ellipse(0.28, -0.02, 0.08, 0.025, 16), ellipse(-0.26, -0.02, 0.1, 0.025, 16)),
  flat('dark', ellipse(0.36, -0.28, 0.03, 0.032, 16)),
]);
const HEDGEHOG = toUnitHeight([
  round('deep', ...Array.from({ length: 17 }, (_, k) => { const t = k / 16; const x = -0.56 + t * 0.86; const y = -0.14 - 0.44 * 4 * t * (1 - t) * 0.98; return [x - 0.07, y + 0.1, x - 0.06 + (t - 0.5) * 0.06, y - 0.1, x + 0.07, y + 0.1]; })),
  round('deep', smooth(-0.6, -0.06, -0.54, -0.36, -0.26, -0.56, 0.06, -0.54, 0.3, -0.3, 0.3, -0.06)),
  round('pale', smooth(0.16, -0.36, 0.34, -0.36, 0.62, -0.16, 0.56, -0.08, 0.3, -0.02, 0.14, -0.04)),
  round('pale', ellipse(0.22, -0.36, 0.07, 0.07, 20), ellipse(-0.3, -0.03, 0.09, 0.035, 16), ellipse(0.16, -0.03, 0.09, 0.035, 16)),
  flat('dark', ellipse(0.6, -0.15, 0.035, 0.032, 16), ellipse(0.4, -0.24, 0.026, 0.028, 16)),
]);
const MONKEY = toUnitHeight([
  round('deep', ...limb([-0.24, -0.12, -0.52, -0.16, -0.58, -0.44, -0.42, -0.52, -0.4, -0.42], 0.055, 0.045)),
  round('body', ...asOne(smooth(-0.24, 0, -0.26, -0.34, -0.1, -0.56, 0.1, -0.56, 0.24, -0.34, 0.22, 0), ellipse(0, -0.74, 0.2, 0.19, 48), ellipse(-0.2, -0.75, 0.075, 0.085, 24), ellipse(0.2, -0.75, 0.075, 0.085, 24))),
  round('pale', smooth(0, -0.8, 0.08, -0.86, 0.15, -0.8, 0.13, -0.68, 0.1, -0.6, 0, -0.57, -0.1, -0.6, -0.13, -0.68, -0.15, -0.8, -0.08, -0.86), ellipse(0, -0.26, 0.13, 0.2, 32)),
  round('body', ...limb([-0.18, -0.48, -0.3, -0.26, -0.16, -0.08], 0.11, 0.08), ...limb([0.18, -0.48, 0.3, -0.26, 0.16, -0.08], 0.11, 0.08)),
  round('pale', ellipse(-0.2, -0.035, 0.13, 0.045, 24), ellipse(0.2, -0.035, 0.13, 0.045, 24)),
  flat('dark', ellipse(-0.065, -0.75, 0.026, 0.03, 16), ellipse(0.065, -0.75, 0.026, 0.03, 16), ellipse(-0.02, -0.67, 0.01, 0.008, 10), ellipse(0.02, -0.67, 0.01, 0.008, 10), smooth(-0.07, -0.63, 0, -0.605, 0.07, -0.63, 0, -0.62)),
]);
const KANGAROO = toUnitHeight([
  round('body', ...limb([-0.16, -0.34, -0.44, -0.14, -0.8, -0.05, -0.98, -0.06], 0.2, 0.05)),
  round('deep', smooth(0.14, -1.14, 0.06, -1.36, 0.16, -1.32, 0.22, -1.16)),
  round('body', ...asOne(smooth(-0.26, -0.26, -0.24, -0.5, -0.06, -0.78, 0.1, -0.98, 0.22, -0.92, 0.2, -0.66, 0.18, -0.36, 0.04, -0.16, -0.16, -0.16), ...limb([0.1, -0.92, 0.2, -1.1], 0.16, 0.14), ellipse(0.24, -1.12, 0.13, 0.1, 32), ...limb([0.26, -1.1, 0.4, -1.06], 0.13, 0.08), smooth(0.2, -1.16, 0.16, -1.4, 0.26, -1.36, 0.28, -1.18))),
  round('pale', smooth(0.16, -0.86, 0.22, -0.7, 0.19, -0.4, 0.06, -0.24, 0.06, -0.5)),
  round('deep', ...limb([0.14, -0.76, 0.28, -0.62, 0.32, -0.5], 0.07, 0.045), smooth(-0.26, -0.4, -0.06, -0.46, 0.06, -0.28, -0.04, -0.12, -0.2, -0.12)),
  round('body', ...limb([-0.04, -0.16, -0.14, -0.06], 0.1, 0.08), ...limb([-0.14, -0.04, 0.22, -0.035], 0.075, 0.06)),
  flat('dark', ellipse(0.28, -1.15, 0.024, 0.026, 16), ellipse(0.43, -1.07, 0.026, 0.024, 16)),
]);

export const FURRY_ANIMALS = {
  bear: drawn('bear|grizzly|brown bear', { habitat: 'land', scale: 0.85, colour: lch(0.4, 0.055, 52) }, ...quadruped(BEAR)),
  polarbear: drawn('polar bear|white bear', { habitat: 'land', scale: 0.9, colour: lch(0.94, 0.012, 95) }, ...quadruped({ ...BEAR, marks: [] })),
  panda: drawn(
    'panda|panda bear',
    { habitat: 'land', scale: 0.75, colour: lch(0.95, 0.006, 95) },
    ...quadruped({ ...BEAR, socks: 'dark', marks: [round('dark', smooth(0.3, -0.86, 0.46, -0.8, 0.44, -0.3, 0.26, -0.3, 0.24, -0.6), ellipse(0.52, -0.95, 0.075, 0.075, 24), ellipse(0.66, -0.97, 0.07, 0.07, 24)), flat('dark', ellipse(0.71, -0.79, 0.06, 0.065, 20)), flat('light', ellipse(0.715, -0.8, 0.014, 0.014, 12))], eye: 0.001 }),
  ),
  elephant: drawn('elephant|mammoth', { habitat: 'land', scale: 1.7, colour: lch(0.6, 0.014, 250) }, ...quadruped(ELEPHANT)),
  rabbit: drawn('rabbit|hare|bunny', { habitat: 'land', scale: 0.24, colour: lch(0.72, 0.03, 70) }, ...RABBIT),
  squirrel: drawn('squirrel|chipmunk', { habitat: 'land', scale: 0.2, colour: lch(0.52, 0.12, 48) }, ...SQUIRREL),
  mouse: drawn('mouse|mice|rat|hamster', { habitat: 'land', scale: 0.14, colour: lch(0.66, 0.012, 70) }, ...MOUSE),
  hedgehog: drawn('hedgehog|porcupine', { habitat: 'land', scale: 0.18, colour: lch(0.46, 0.04, 60) }, ...HEDGEHOG),
  monkey: drawn('monkey|chimpanzee|ape|gorilla', { habitat: 'land', scale: 0.6, colour: lch(0.42, 0.06, 52) }, ...MONKEY),
  kangaroo: drawn('kangaroo|wallaby', { habitat: 'land', scale: 1, colour: lch(0.62, 0.08, 58) }, ...KANGAROO),
};
