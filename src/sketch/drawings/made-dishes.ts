/** Food that is made, from the side and from above. */
import { lch } from '../../raster/colour.ts';
import { drawn, flat, lathe, limb, round, smooth, type Part } from '../drawing.ts';
import { ellipse, rectangle, ring, turned } from '../../raster/path.ts';

/** Around (0, −0.5), as everything seen from above. */
const disc = (r: number) => ellipse(0, -0.5, r, r, 96);
const at = (angle: number, r: number): readonly [number, number] => {
  const places = [[1, 0], [0.87, 0.5], [0.5, 0.87], [0, 1], [-0.5, 0.87], [-0.87, 0.5], [-1, 0], [-0.87, -0.5], [-0.5, -0.87], [0, -1], [0.5, -0.87], [0.87, -0.5]];
  const [x, y] = places[((angle % 12) + 12) % 12]!;
  return [x! * r, -0.5 + y! * r];
};
const dots = (r: number, size: number, ...angles: readonly number[]) => angles.map((angle) => ellipse(...at(angle, r), size, size, 24));

const NOODLES = flat(lch(0.85, 0.09, 85), ...Array.from({ length: 7 }, (_, k) => k).flatMap((k) => [...limb([-0.3 + k * 0.03, -0.66 + k * 0.05, -0.1 + k * 0.05, -0.74 + k * 0.07, 0.12, -0.6 + k * 0.045, 0.3 - k * 0.02, -0.7 + k * 0.06], 0.022, 0.022), ...limb([-0.26 + k * 0.06, -0.3, -0.2 + k * 0.04, -0.48, -0.28 + k * 0.07, -0.62], 0.02, 0.02)]));
const RAMEN_ABOVE: readonly Part[] = [
  round('body', disc(0.5)),
  flat('deep', disc(0.455)),
  round(lch(0.6, 0.1, 62), disc(0.43)),
  NOODLES,
  round(lch(0.55, 0.08, 35), ellipse(-0.2, -0.34, 0.15, 0.12, 32), ellipse(-0.02, -0.27, 0.15, 0.12, 32)),
  flat(lch(0.78, 0.06, 40), ellipse(-0.2, -0.34, 0.09, 0.06, 24), ellipse(-0.02, -0.27, 0.09, 0.06, 24)),
  round('light', ellipse(0.2, -0.38, 0.125, 0.1, 40)),
  round(lch(0.75, 0.15, 75), ellipse(0.2, -0.38, 0.065, 0.055, 32)),
  round('light', ellipse(0.17, -0.62, 0.1, 0.1, 40)),
  flat(lch(0.7, 0.15, 5), ...limb([0.12, -0.62, 0.16, -0.66, 0.21, -0.62, 0.17, -0.59], 0.018, 0.014)),
  flat(lch(0.3, 0.03, 150), [-0.34, -0.78, -0.12, -0.86, -0.04, -0.66, -0.26, -0.58]),
  flat(lch(0.62, 0.15, 135), ...dots(0.1, 0.022, 1, 4, 7, 10), ...dots(0.3, 0.02, 0, 3, 9)),
  round('wood', ...limb([0.3, -1.06, 0.5, -0.02], 0.032, 0.02), ...limb([0.38, -1.06, 0.55, -0.04], 0.032, 0.02)),
];
const PIZZA_ABOVE: readonly Part[] = [
  round('wood', disc(0.52)),
  round(lch(0.72, 0.1, 65), disc(0.47)),
  flat(lch(0.55, 0.16, 35), disc(0.4)),
  round(lch(0.85, 0.11, 85), disc(0.38)),
  round(lch(0.52, 0.18, 28), ...dots(0.26, 0.075, 0, 2, 4, 6, 8, 10), ellipse(0.02, -0.52, 0.075, 0.075, 24)),
  flat(lch(0.48, 0.13, 140), ...dots(0.15, 0.035, 1, 5, 9), ...dots(0.34, 0.03, 1, 5, 9)),
  flat(lch(0.66, 0.09, 62), ...[0, 2, 4].map((angle) => { const [x, y] = at(angle, 0.46); const [u, v] = at(angle + 6, 0.46); return [x, y, x + 0.008, y + 0.008, u + 0.008, v + 0.008, u, v]; })),
];
const cheese = lch(0.83, 0.13, 85);
const bun = lch(0.66, 0.11, 62);

export const MADE_DISHES = {
  ramen: drawn(
    'ramen|noodle|noodle soup|soup|pho|ramen bowl',
    { habitat: 'table', scale: 0.13, colour: lch(0.45, 0.14, 28), fromAbove: RAMEN_ABOVE },
    round('wood', ...limb([0.2, -0.6, 0.66, -1], 0.035, 0.03), ...limb([0.28, -0.6, 0.74, -0.97], 0.035, 0.03)),
    lathe('body', turned([[-0.58, 0.62], [-0.44, 0.58], [-0.22, 0.42], [-0.08, 0.22], [-0.06, 0.2], [0, 0.22]])),
    flat('deep', ellipse(0, -0.58, 0.62, 0.14)),
    flat(lch(0.6, 0.1, 62), ellipse(0, -0.57, 0.56, 0.11)),
    flat(lch(0.85, 0.09, 85), ...[-0.3, -0.2, -0.1, 0].flatMap((x) => limb([x - 0.14, -0.54, x, -0.62, x + 0.16, -0.56], 0.025, 0.025))),
    round('light', ellipse(0.26, -0.6, 0.13, 0.06, 32)),
    round(lch(0.75, 0.15, 75), ellipse(0.26, -0.61, 0.065, 0.032, 24)),
    flat(lch(0.6, 0.15, 135), ellipse(0.02, -0.6, 0.03, 0.015, 12), ellipse(-0.12, -0.54, 0.03, 0.015, 12), ellipse(0.12, -0.54, 0.03, 0.015, 12)),
  ),
  pizza: drawn(
    'pizza|margherita|pepperoni pizza',
    { habitat: 'table', scale: 0.12, colour: lch(0.7, 0.1, 65), fromAbove: PIZZA_ABOVE },
    round('wood', ellipse(0, -0.12, 1, 0.24)),
    round(lch(0.72, 0.1, 65), ellipse(0, -0.2, 0.92, 0.22)),
    round(lch(0.85, 0.12, 82), ellipse(0, -0.24, 0.8, 0.17)),
    flat(lch(0.52, 0.18, 28), ellipse(-0.4, -0.24, 0.14, 0.04, 24), ellipse(0.06, -0.3, 0.14, 0.04, 24), ellipse(0.44, -0.22, 0.14, 0.04, 24), ellipse(-0.06, -0.16, 0.14, 0.04, 24)),
    flat(lch(0.48, 0.13, 140), ellipse(-0.2, -0.29, 0.06, 0.02, 16), ellipse(0.26, -0.2, 0.06, 0.02, 16)),
  ),
  burger: drawn(
    'burger|hamburger|cheeseburger',
    { habitat: 'table', scale: 0.14, colour: bun },
    round(bun, rectangle(-0.56, -0.22, 1.12, 0.22, 0.1)),
    round(lch(0.35, 0.05, 45), rectangle(-0.6, -0.42, 1.2, 0.2, 0.09)),
    flat(cheese, [-0.6, -0.46, 0.6, -0.46, 0.48, -0.3, 0.3, -0.42, -0.1, -0.28, -0.3, -0.42, -0.5, -0.32]),
    flat(lch(0.52, 0.18, 30), rectangle(-0.54, -0.54, 1.08, 0.08, 0.03)),
    round(lch(0.66, 0.16, 135), smooth(-0.64, -0.54, -0.4, -0.62, -0.2, -0.54, 0, -0.63, 0.2, -0.54, 0.4, -0.63, 0.64, -0.54, 0.3, -0.5, -0.3, -0.5)),
    round('body', smooth(-0.58, -0.58, -0.5, -0.86, 0, -1, 0.5, -0.86, 0.58, -0.58, 0, -0.55)),
    flat(lch(0.9, 0.05, 85), ...[[-0.3, -0.82], [-0.1, -0.9], [0.14, -0.88], [0.32, -0.78], [0.02, -0.78], [-0.18, -0.74]].map(([x, y]) => ellipse(x!, y!, 0.03, 0.018, 12))),
  ),
  donut: drawn(
    'donut|doughnut|bagel',
    { habitat: 'table', scale: 0.1, colour: lch(0.75, 0.13, 350), fromAbove: [round(bun, ...ring(0, -0.5, 0.48, 0.15)), round('body', ...ring(0, -0.5, 0.42, 0.19)), flat('light', ...dots(0.3, 0.022, 0, 3, 6, 9)), flat(lch(0.8, 0.15, 90), ...dots(0.32, 0.022, 1, 5, 8)), flat(lch(0.65, 0.13, 240), ...dots(0.28, 0.022, 2, 7, 11))] },
    round(bun, ...ring(0, -0.5, 0.5, 0.15)),
    round('body', ...ring(0, -0.5, 0.45, 0.19)),
    flat('light', ...dots(0.31, 0.024, 0, 3, 6, 9)),
    flat(lch(0.8, 0.15, 90), ...dots(0.34, 0.024, 1, 5, 8)),
    flat(lch(0.65, 0.13, 240), ...dots(0.3, 0.024, 2, 7, 11)),
  ),
  bread: drawn(
    'bread|loaf|baguette|toast',
    { habitat: 'table', scale: 0.14, colour: lch(0.62, 0.11, 60) },
    round('body', smooth(-0.8, -0.1, -0.86, -0.5, -0.5, -0.86, 0, -0.96, 0.5, -0.86, 0.86, -0.5, 0.8, -0.1, 0, 0)),
    round('pale', ...[-0.42, 0, 0.42].flatMap((x) => limb([x - 0.14, -0.62, x + 0.12, -0.84], 0.09, 0.05))),
  ),
  croissant: drawn(
    'croissant|pastry',
    { habitat: 'table', scale: 0.1, colour: lch(0.66, 0.12, 62) },
    round('deep', smooth(-0.9, -0.06, -0.78, -0.36, -0.5, -0.62, -0.5, -0.2), smooth(0.9, -0.06, 0.78, -0.36, 0.5, -0.62, 0.5, -0.2)),
    round('body', smooth(-0.66, -0.22, -0.6, -0.62, -0.26, -0.86, -0.22, -0.26), smooth(0.66, -0.22, 0.6, -0.62, 0.26, -0.86, 0.22, -0.26)),
    round('pale', smooth(-0.36, -0.26, -0.32, -0.8, 0, -0.98, 0.32, -0.8, 0.36, -0.26, 0, -0.18)),
  ),
  icecream: drawn(
    'ice cream|ice cream cone|gelato|sorbet',
    { habitat: 'table', scale: 0.14, colour: lch(0.84, 0.08, 350) },
    flat(lch(0.7, 0.1, 65), [-0.2, -0.56, 0.2, -0.56, 0, 0]),
    flat(lch(0.6, 0.1, 60), ...[-0.1, 0, 0.1].map((x) => [x - 0.01, -0.56, x + 0.01, -0.56, x * 0.3 + 0.06, -0.16, x * 0.3 + 0.04, -0.16])),
    round('body', ellipse(0, -0.7, 0.25, 0.22, 48), smooth(-0.25, -0.62, -0.14, -0.5, 0, -0.56, 0.14, -0.5, 0.25, -0.62, 0, -0.68)),
    round('light', ellipse(0, -0.9, 0.18, 0.12, 40)),
    round(lch(0.52, 0.2, 27), ellipse(0, -0.98, 0.05, 0.05, 24)),
  ),
  egg: drawn('egg|easter egg|boiled egg', { habitat: 'table', scale: 0.07, colour: lch(0.9, 0.03, 70) }, round('body', smooth(0, -1, 0.28, -0.72, 0.38, -0.36, 0.24, -0.06, 0, 0, -0.24, -0.06, -0.38, -0.36, -0.28, -0.72))),
  cheese: drawn(
    'cheese|cheddar|gouda',
    { habitat: 'table', scale: 0.12, colour: cheese },
    flat('body', [-0.8, -0.5, 0.8, -0.62, 0.8, 0, -0.8, 0]),
    flat('pale', [-0.8, -0.5, 0.3, -1, 0.8, -0.62]),
    round('deep', ellipse(-0.4, -0.2, 0.12, 0.11, 24), ellipse(0.1, -0.36, 0.09, 0.08, 24), ellipse(0.46, -0.2, 0.14, 0.12, 24), ellipse(-0.02, -0.12, 0.06, 0.06, 20)),
  ),
  plate: drawn(
    'plate|dinner plate|saucer',
    { habitat: 'table', scale: 0.1, colour: lch(0.94, 0.01, 90), fromAbove: [round('body', disc(0.5)), flat('deep', disc(0.36)), round('body', disc(0.35))] },
    lathe('body', turned([[-0.24, 0.95], [-0.16, 0.86], [-0.05, 0.5], [0, 0.45]])),
    flat('pale', ellipse(0, -0.24, 0.95, 0.17)),
    flat('deep', ellipse(0, -0.22, 0.62, 0.1)),
  ),
};
