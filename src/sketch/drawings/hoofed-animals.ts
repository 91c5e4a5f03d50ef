/** Animals with hooves, of farms and of the wild. */
import { lch } from '../../raster/colour.ts';
import { drawn, flat, limb, round, smooth } from '../drawing.ts';
import { ellipse } from '../../raster/path.ts';
import { hangingEar, quadruped, roundEar, spots, stripes, uprightEar, type Build } from './quadruped.ts';

const HORSE: Build = {
  withers: 1.02, rump: 1.0, belly: 0.6, leg: [0.19, 0.07, 0.1], head: [0.78, -1.38], neck: [0.44, 0.2], skull: [0.13, 0.13],
  muzzle: [0.25, 0.2], snout: [0.19, 0.12], ear: uprightEar(0.14, 0.045), tail: [-0.5, -0.94, -0.66, -0.82, -0.66, -0.3],
  tailWidth: [0.08, 0.16], hooves: true, nose: 'none', eye: 0.022,
  marks: [round('dark', smooth(0.72, -1.54, 0.6, -1.5, 0.4, -1.26, 0.26, -1.02, 0.4, -1.08, 0.56, -1.3, 0.7, -1.44), smooth(0.74, -1.56, 0.82, -1.5, 0.84, -1.38, 0.78, -1.46))],
  behind: [round('dark', ...limb([-0.5, -0.94, -0.66, -0.8, -0.68, -0.28], 0.1, 0.19))],
};
const COW: Build = {
  withers: 0.84, rump: 0.86, belly: 0.46, leg: [0.18, 0.095, 0.12], head: [0.68, -0.82], neck: [0.42, 0.28], skull: [0.15, 0.16],
  muzzle: [0.22, 0.17], snout: [0.22, 0.17], ear: [0.02, 0.04, -0.2, 0.02, -0.24, 0.1, -0.1, 0.13, 0.04, 0.1], earAt: [0.6, -0.88],
  tail: [-0.51, -0.8, -0.6, -0.66, -0.58, -0.3], tailWidth: [0.05, 0.035], tailTip: 'dark', hooves: true, nose: 'none', eye: 0.024,
  behind: [flat('light', smooth(0.64, -0.96, 0.72, -1.12, 0.84, -1.1, 0.74, -1.02, 0.7, -0.94), smooth(0.58, -0.97, 0.5, -1.1, 0.58, -1.16, 0.6, -1.05, 0.64, -0.97))],
  marks: [
    spots('dark', -0.3, -0.72, 0.13, 0.06, -0.7, 0.15, 0.34, -0.62, 0.08, -0.08, -0.54, 0.06),
    round(lch(0.78, 0.06, 20), ellipse(0.92, -0.66, 0.1, 0.09, 32)),
    flat('dark', ellipse(0.96, -0.69, 0.016, 0.02, 16), ellipse(0.9, -0.69, 0.014, 0.018, 16)),
    round(lch(0.8, 0.06, 20), ellipse(-0.2, -0.43, 0.1, 0.08, 24)),
  ],
};
const SHEEP: Build = {
  withers: 0.78, rump: 0.78, belly: 0.4, leg: [0.11, 0.085, 0.1], head: [0.62, -0.82], neck: [0.3, 0.22], skull: [0.13, 0.15],
  muzzle: [0.16, 0.13], snout: [0.17, 0.12], ear: hangingEar(0.16, 0.06), earAt: [0.53, -0.88], tail: [-0.5, -0.66, -0.56, -0.56], tailWidth: [0.14, 0.12],
  socks: 'dark', nose: 'none', eye: 0.022,
};
const wool = [-0.42, -0.7, -0.26, -0.82, -0.06, -0.86, 0.14, -0.86, 0.32, -0.8, 0.44, -0.66, 0.42, -0.5, 0.26, -0.42, 0.06, -0.4, -0.14, -0.4, -0.32, -0.44, -0.46, -0.54];
const DEER: Build = {
  withers: 0.92, rump: 0.9, belly: 0.56, leg: [0.14, 0.05, 0.075], head: [0.7, -1.28], neck: [0.32, 0.17], skull: [0.115, 0.11],
  muzzle: [0.22, 0.1], snout: [0.13, 0.075], ear: uprightEar(0.17, 0.055, -0.08), tail: [-0.5, -0.84, -0.58, -0.76], tailWidth: [0.1, 0.06], tailTip: 'light',
  hooves: true, underside: 'pale', eye: 0.022,
  behind: [
    round(lch(0.46, 0.05, 60), ...limb([0.66, -1.36, 0.54, -1.56, 0.6, -1.82], 0.045, 0.025), ...limb([0.57, -1.54, 0.42, -1.62, 0.4, -1.74], 0.035, 0.02), ...limb([0.58, -1.66, 0.48, -1.76], 0.03, 0.018),
      ...limb([0.74, -1.36, 0.86, -1.54, 0.84, -1.82], 0.045, 0.025), ...limb([0.84, -1.54, 0.99, -1.6, 1.02, -1.72], 0.035, 0.02), ...limb([0.85, -1.66, 0.95, -1.76], 0.03, 0.018)),
  ],
};
const GIRAFFE: Build = {
  withers: 1.2, rump: 1.02, belly: 0.72, leg: [0.18, 0.08, 0.11], head: [0.82, -2.26], neck: [0.36, 0.16], skull: [0.13, 0.11],
  muzzle: [0.22, 0.08], snout: [0.15, 0.1], ear: [0, 0.02, -0.16, -0.03, -0.18, 0.05, -0.04, 0.08], tail: [-0.5, -0.94, -0.58, -0.76, -0.56, -0.5], tailWidth: [0.04, 0.03], tailTip: 'dark',
  hooves: true, nose: 'none', eye: 0.026,
  behind: [round('deep', ...limb([0.78, -2.34, 0.76, -2.48], 0.03, 0.045), ...limb([0.87, -2.34, 0.88, -2.48], 0.03, 0.045))],
  marks: [spots('deep', -0.34, -0.88, 0.1, -0.16, -0.98, 0.1, 0.02, -0.86, 0.09, 0.2, -1.06, 0.11, 0.36, -0.94, 0.08, 0.1, -1.08, 0.05, 0.36, -1.18, 0.08, 0.47, -1.36, 0.07, 0.5, -1.56, 0.065, 0.6, -1.72, 0.06, 0.62, -1.92, 0.05, 0.72, -2.06, 0.04, -0.34, -0.7, 0.06, 0.36, -0.74, 0.06, -0.14, -0.8, 0.05)],
};
const CAMEL: Build = {
  ...GIRAFFE, withers: 1.02, rump: 0.98, belly: 0.6, leg: [0.17, 0.085, 0.14], head: [0.9, -1.4], neck: [0.3, 0.18], skull: [0.12, 0.11], muzzle: [0.22, 0.07], snout: [0.16, 0.12], ear: uprightEar(0.08, 0.035), hooves: false, behind: [round('body', smooth(-0.4, -0.9, -0.24, -1.32, -0.08, -1.02, 0.08, -1.34, 0.26, -0.94))], marks: [],
};
const PIG: Build = {
  withers: 0.68, rump: 0.68, belly: 0.3, leg: [0.17, 0.11, 0.12], head: [0.58, -0.6], neck: [0.44, 0.36], skull: [0.19, 0.19],
  muzzle: [0.2, 0.06], snout: [0.2, 0.16], ear: [-0.08, 0, -0.02, -0.15, 0.12, 0.02, 0.04, 0.06], tail: [-0.5, -0.58, -0.58, -0.64, -0.6, -0.56, -0.55, -0.55], tailWidth: [0.035, 0.025],
  nose: 'none', eye: 0.024, marks: [round('deep', ellipse(0.85, -0.54, 0.045, 0.085, 32)), flat('dark', ellipse(0.86, -0.56, 0.01, 0.018, 12), ellipse(0.86, -0.515, 0.01, 0.018, 12))],
};
const RHINO: Build = {
  withers: 0.8, rump: 0.76, belly: 0.36, leg: [0.21, 0.17, 0.19], head: [0.66, -0.62], neck: [0.46, 0.34], skull: [0.18, 0.17],
  muzzle: [0.28, 0.1], snout: [0.26, 0.2], ear: uprightEar(0.13, 0.05), tail: [-0.5, -0.66, -0.57, -0.5], tailWidth: [0.05, 0.03], nose: 'none', eye: 0.022,
  behind: [round('light', smooth(0.9, -0.62, 1.02, -0.78, 1.12, -1.02, 1.1, -0.76, 1.04, -0.56), smooth(0.82, -0.7, 0.88, -0.88, 0.92, -0.7))],
};

export const HOOFED_ANIMALS = {
  horse: drawn('horse|stallion|pony|mare|foal', { habitat: 'land', scale: 1.15, colour: lch(0.42, 0.065, 45), seat: 0.62 }, ...quadruped(HORSE)),
  unicorn: drawn(
    'unicorn',
    { habitat: 'land', scale: 1.15, colour: lch(0.94, 0.01, 330) },
    ...quadruped({ ...HORSE, behind: [round('accent', ...limb([-0.5, -0.94, -0.66, -0.8, -0.68, -0.28], 0.1, 0.19)), flat(lch(0.85, 0.09, 85), [0.8, -1.5, 1.02, -1.92, 0.88, -1.48])], marks: [round('accent', ...HORSE.marks![0]!.polygons)] }),
  ),
  zebra: drawn('zebra', { habitat: 'land', scale: 1.05, colour: lch(0.95, 0.005, 90) }, ...quadruped({ ...HORSE, behind: [], head: [0.76, -1.32], tailTip: 'dark', tailWidth: [0.06, 0.06], marks: [...HORSE.marks!, stripes('dark', HORSE, 11, 0.03)] })),
  donkey: drawn('donkey|mule', { habitat: 'land', scale: 0.85, colour: lch(0.56, 0.02, 70) }, ...quadruped({ ...HORSE, head: [0.74, -1.22], ear: uprightEar(0.3, 0.06), behind: [], tailWidth: [0.05, 0.05], tailTip: 'dark', underside: 'pale' })),
  cow: drawn('cow|cattle|calf|dairy cow', { habitat: 'land', scale: 1, colour: lch(0.93, 0.012, 80) }, ...quadruped(COW)),
  bull: drawn('bull|ox|buffalo|bison|yak', { habitat: 'land', scale: 1.1, colour: lch(0.33, 0.05, 45) }, ...quadruped({ ...COW, withers: 0.98, neck: [0.56, 0.36], marks: [round('pale', ellipse(0.92, -0.66, 0.09, 0.08, 32))] })),
  sheep: drawn(
    'sheep|lamb|ram|ewe',
    { habitat: 'land', scale: 0.55, colour: lch(0.94, 0.015, 85) },
    ...quadruped({
      ...SHEEP,
      marks: [
        round('body', ...Array.from({ length: wool.length / 2 }, (_, k) => ellipse(wool[k * 2]!, wool[k * 2 + 1]!, 0.14, 0.13, 24)), ellipse(0, -0.64, 0.4, 0.22, 48)),
        round('dark', ellipse(0.64, -0.8, 0.11, 0.14, 32), ellipse(0.74, -0.72, 0.1, 0.08, 32), ellipse(0.5, -0.82, 0.09, 0.04, 24)),
        round('body', ellipse(0.57, -0.95, 0.1, 0.075, 24)),
        flat('light', ellipse(0.69, -0.84, 0.03, 0.03, 16)),
      ],
    }),
  ),
  goat: drawn('goat', { habitat: 'land', scale: 0.6, colour: lch(0.86, 0.02, 75) }, ...quadruped({ ...DEER, withers: 0.78, rump: 0.76, belly: 0.46, leg: [0.14, 0.07, 0.09], head: [0.66, -0.98], neck: [0.3, 0.19], skull: [0.125, 0.12], snout: [0.15, 0.1], ear: hangingEar(0.17, 0.05), behind: [round(lch(0.5, 0.03, 70), ...limb([0.64, -1.08, 0.56, -1.3, 0.38, -1.38], 0.06, 0.02), ...limb([0.7, -1.08, 0.66, -1.3, 0.5, -1.4], 0.055, 0.02))], marks: [flat('deep', [0.78, -0.85, 0.86, -0.85, 0.8, -0.7])] })),
  pig: drawn('pig|piglet|boar', { habitat: 'land', scale: 0.5, colour: lch(0.8, 0.075, 15) }, ...quadruped(PIG)),
  deer: drawn('deer|stag|elk|reindeer|buck|moose', { habitat: 'land', scale: 0.95, colour: lch(0.55, 0.075, 58) }, ...quadruped(DEER)),
  doe: drawn('doe|fawn|antelope|gazelle|roe', { habitat: 'land', scale: 0.75, colour: lch(0.6, 0.08, 60) }, ...quadruped({ ...DEER, behind: [], marks: [spots('pale', -0.3, -0.78, 0.025, -0.16, -0.82, 0.025, -0.04, -0.76, 0.025, 0.08, -0.82, 0.025, -0.24, -0.68, 0.022, 0, -0.68, 0.022)] })),
  giraffe: drawn('giraffe', { habitat: 'land', scale: 2.4, colour: lch(0.78, 0.1, 75) }, ...quadruped(GIRAFFE)),
  camel: drawn('camel|dromedary', { habitat: 'land', scale: 1.2, colour: lch(0.7, 0.075, 68) }, ...quadruped(CAMEL)),
  llama: drawn('llama|alpaca', { habitat: 'land', scale: 0.9, colour: lch(0.9, 0.03, 75) }, ...quadruped({ ...CAMEL, head: [0.62, -1.5], neck: [0.38, 0.26], behind: [], ear: uprightEar(0.16, 0.04), leg: [0.2, 0.13, 0.14] })),
  rhino: drawn('rhino|rhinoceros', { habitat: 'land', scale: 1, colour: lch(0.58, 0.012, 250) }, ...quadruped(RHINO)),
  hippo: drawn('hippo|hippopotamus', { habitat: 'land', scale: 0.9, colour: lch(0.52, 0.03, 330) }, ...quadruped({ ...RHINO, behind: [], belly: 0.28, withers: 0.72, rump: 0.7, snout: [0.3, 0.28], muzzle: [0.26, 0.06], ear: roundEar(0.05) })),
};

