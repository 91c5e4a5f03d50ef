/** Dogs, cats and their wild kin. */
import { lch } from '../../raster/colour.ts';
import { d, drawn, flat, round } from '../drawing.ts';
import { ellipse } from '../../raster/path.ts';
import { hangingEar, quadruped, roundEar, spots, stripes, uprightEar, type Build } from './quadruped.ts';

const FOX: Build = {
  withers: 0.72, rump: 0.7, belly: 0.4,
  leg: [0.15, 0.07, 0.1], head: [0.66, -0.82], neck: [0.34, 0.24], skull: [0.17, 0.155],
  muzzle: [0.28, 0.07], snout: [0.17, 0.065], ear: uprightEar(0.24, 0.095, -0.02),
  tail: [-0.46, -0.6, -0.7, -0.58, -0.92, -0.4, -1.1, -0.22], tailWidth: [0.12, 0.2], tailTip: 'light',
  socks: 'dark', underside: 'light', eye: 0.026,
  marks: [flat('dark', [0.53, -1.03, 0.57, -1.15, 0.62, -1.0])],
};
const DOG: Build = {
  withers: 0.78, rump: 0.74, belly: 0.42,
  leg: [0.18, 0.1, 0.13], head: [0.62, -0.98], neck: [0.36, 0.26], skull: [0.2, 0.18],
  muzzle: [0.27, 0.06], snout: [0.2, 0.13], ear: hangingEar(0.27, 0.1), earAt: [0.52, -1.06],
  tail: [-0.48, -0.66, -0.66, -0.82, -0.72, -1.02], tailWidth: [0.11, 0.05], underside: 'pale', eye: 0.03,
  marks: [round('deep', hangingEar(0.28, 0.105).map((value, i) => value + (i % 2 ? -1.06 : 0.52)))],
};
const WOLF: Build = {
  ...FOX, withers: 0.84, rump: 0.78, belly: 0.44, leg: [0.17, 0.085, 0.12], head: [0.66, -0.94], neck: [0.42, 0.3],
  skull: [0.18, 0.165], muzzle: [0.29, 0.06], snout: [0.19, 0.1], ear: uprightEar(0.19, 0.075),
  tail: [-0.46, -0.66, -0.64, -0.54, -0.7, -0.3], tailWidth: [0.13, 0.11], tailTip: 'deep', socks: 'pale', underside: 'pale', marks: [],
};
const LION: Build = {
  withers: 0.76, rump: 0.7, belly: 0.4, leg: [0.19, 0.12, 0.15], head: [0.6, -0.84], neck: [0.4, 0.34], skull: [0.19, 0.19],
  muzzle: [0.17, 0.07], snout: [0.19, 0.14], ear: roundEar(0.06), tail: [-0.48, -0.62, -0.72, -0.5, -0.82, -0.24, -0.96, -0.2],
  tailWidth: [0.07, 0.05], underside: 'pale', eye: 0.026,
  marks: [round('deep', ellipse(-0.97, -0.2, 0.08, 0.06, 24))],
};
const TIGER: Build = {
  ...LION, tail: [-0.48, -0.62, -0.72, -0.52, -0.84, -0.3, -1, -0.34], underside: 'light',
  marks: [
    stripes('dark', LION, 8, 0.028),
    flat('dark', [0.5, -1.0, 0.55, -0.9, 0.58, -1.01], [0.6, -1.02, 0.63, -0.91, 0.67, -1.0], [0.43, -0.84, 0.52, -0.8, 0.44, -0.78]),
    flat('dark', [-0.74, -0.44, -0.8, -0.5, -0.83, -0.42, -0.77, -0.36], [-0.9, -0.29, -0.88, -0.37, -0.94, -0.37, -0.95, -0.29]),
  ],
};

export const DOGS_AND_CATS = {
  fox: drawn('fox|red fox|vixen', { habitat: 'land', scale: 0.4, colour: lch(0.62, 0.15, 48) }, ...quadruped(FOX)),
  dog: drawn(
    'dog|puppy|hound|labrador|retriever|golden retriever|canine',
    { habitat: 'land', scale: 0.42, colour: lch(0.68, 0.09, 66) },
    ...quadruped(DOG),
  ),
  wolf: drawn('wolf|husky|coyote', { habitat: 'land', scale: 0.55, colour: lch(0.56, 0.015, 260) }, ...quadruped(WOLF)),
  cat: drawn(
    'cat|kitten|kitty|tabby|feline',
    { habitat: 'land', scale: 0.3, colour: lch(0.6, 0.1, 60) },
    round('body', ...d('M.3 -.06 C.62 -.04 .7 -.3 .56 -.5 C.52 -.56 .6 -.6 .65 -.52 C.84 -.26 .7 .04 .3 0 Z'), ...d('M-.3 0 C-.34 -.3 -.26 -.5 -.16 -.6 L.1 -.62 C.3 -.5 .4 -.2 .34 0 Z'), ...d('M-.32 -.76 L-.34 -1.02 L-.2 -.92 C-.12 -.95 -.04 -.95 .02 -.92 L.16 -1.02 L.14 -.76 C.14 -.58 .02 -.52 -.09 -.52 C-.2 -.52 -.32 -.58 -.32 -.76 Z')),
    round('pale', ...d('M-.16 -.5 C-.06 -.46 .02 -.48 .06 -.5 C.1 -.3 .06 -.14 -.04 -.1 C-.14 -.16 -.2 -.3 -.16 -.5 Z')),
    flat('glow', ellipse(-0.19, -0.76, 0.035, 0.042), ellipse(0.02, -0.76, 0.035, 0.042)),
    flat('dark', ellipse(-0.19, -0.76, 0.012, 0.034), ellipse(0.02, -0.76, 0.012, 0.034), [-0.11, -0.68, -0.06, -0.68, -0.085, -0.65]),
  ),
  lion: drawn(
    'lion',
    { habitat: 'land', scale: 0.8, colour: lch(0.7, 0.1, 72) },
    ...quadruped({
      ...LION,
      behind: [],
      marks: [
        ...LION.marks!,
        round(lch(0.42, 0.08, 52), ellipse(0.56, -0.86, 0.31, 0.33, 64), ellipse(0.45, -0.66, 0.2, 0.24, 48)),
        round('body', ellipse(0.62, -0.85, 0.185, 0.19, 48), ellipse(0.76, -0.78, 0.11, 0.085, 32), ellipse(0.53, -1.03, 0.05, 0.05, 24), ellipse(0.72, -1.04, 0.045, 0.045, 24)),
        round('pale', ellipse(0.77, -0.75, 0.08, 0.055, 24)),
      ],
    }),
  ),
  lioness: drawn('lioness|puma|cougar|panther', { habitat: 'land', scale: 0.75, colour: lch(0.7, 0.09, 72) }, ...quadruped(LION)),
  tiger: drawn('tiger', { habitat: 'land', scale: 0.8, colour: lch(0.68, 0.15, 58) }, ...quadruped(TIGER)),
  leopard: drawn(
    'leopard|cheetah|jaguar|lynx',
    { habitat: 'land', scale: 0.65, colour: lch(0.76, 0.1, 76) },
    ...quadruped({
      ...LION,
      marks: [spots('dark', ...[-0.4, -0.56, -0.28, -0.64, -0.3, -0.5, -0.16, -0.58, -0.04, -0.66, -0.02, -0.52, 0.1, -0.6, 0.2, -0.7, 0.24, -0.54, 0.34, -0.64, -0.4, -0.42, 0.36, -0.48, 0.42, -0.76, -0.12, -0.46, 0.13, -0.48].flatMap((value, i, all) => (i % 2 ? [] : [value, all[i + 1]!, 0.032])))],
    }),
  ),
};
