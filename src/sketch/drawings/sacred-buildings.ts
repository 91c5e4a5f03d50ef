/** Churches, temples and other buildings one travels to. */
import { lch } from '../../raster/colour.ts';
import { d, drawn, flat, lathe, round } from '../drawing.ts';
import { ellipse, rectangle, ring, type Polygon } from '../../raster/path.ts';

/** A pointed window with its foot at (x, y). */
const lancet = (x: number, y: number, w: number, h: number): Polygon => d(`M${x - w} ${y} L${x - w} ${y - h * 0.6} C${x - w} ${y - h * 0.85} ${x - w * 0.4} ${y - h} ${x} ${y - h} C${x + w * 0.4} ${y - h} ${x + w} ${y - h * 0.85} ${x + w} ${y - h * 0.6} L${x + w} ${y} Z`)[0]!;
const lancets = (y: number, w: number, h: number, ...xs: readonly number[]) => xs.map((x) => lancet(x, y, w, h));
const STONE = lch(0.74, 0.025, 80);

export const SACRED_BUILDINGS = {
  cathedral: drawn(
    'cathedral|minster|basilica|notre dame|dome church|abbey',
    { habitat: 'land', scale: 8, colour: STONE },
    flat('deep', rectangle(-0.5, -0.44, 1, 0.44), [-0.5, -0.44, 0, -0.6, 0.5, -0.44]),
    flat('body', rectangle(-0.27, -0.5, 0.54, 0.5), [-0.27, -0.5, 0, -0.68, 0.27, -0.5]),
    lathe('body', rectangle(-0.42, -0.66, 0.19, 0.66), rectangle(0.23, -0.66, 0.19, 0.66)),
    flat('pale', rectangle(-0.44, -0.68, 0.23, 0.025), rectangle(0.21, -0.68, 0.23, 0.025), rectangle(-0.43, -0.36, 0.21, 0.018), rectangle(0.22, -0.36, 0.21, 0.018), rectangle(-0.27, -0.34, 0.54, 0.018)),
    round(lch(0.44, 0.03, 240), [-0.43, -0.67, -0.325, -1, -0.22, -0.67], [0.22, -0.67, 0.325, -1, 0.43, -0.67]),
    flat('dark', ...lancets(-0.42, 0.045, 0.2, -0.325, 0.325), ...lancets(-0.1, 0.035, 0.18, -0.325, 0.325), ...lancets(0, 0.075, 0.2, 0)),
    flat('pale', ...ring(0, -0.46, 0.1, 0.075)),
    flat('glow', ellipse(0, -0.46, 0.074, 0.074, 40)),
    flat('dark', ...[0, 1, 2, 3].map((k) => [[-0.074, -0.465, 0.074, -0.465, 0.074, -0.455, -0.074, -0.455], [-0.005, -0.534, 0.005, -0.534, 0.005, -0.386, -0.005, -0.386], [-0.055, -0.51, -0.047, -0.518, 0.055, -0.41, 0.047, -0.402], [0.047, -0.518, 0.055, -0.51, -0.047, -0.402, -0.055, -0.41]][k]!)),
    flat('wood', ...lancets(0, 0.05, 0.15, 0)),
    flat('dark', ...lancets(-0.12, 0.022, 0.16, -0.17, 0.17, -0.47, 0.47)),
  ),
  church: drawn(
    'church|chapel|parish church|monastery',
    { habitat: 'land', scale: 3.4, colour: lch(0.92, 0.015, 80) },
    flat('body', rectangle(-0.1, -0.34, 0.62, 0.34)),
    flat(lch(0.45, 0.08, 35), [-0.14, -0.34, -0.02, -0.56, 0.5, -0.56, 0.58, -0.34]),
    flat('body', rectangle(-0.38, -0.58, 0.28, 0.58)),
    flat('deep', rectangle(-0.13, -0.58, 0.03, 0.58)),
    round(lch(0.45, 0.08, 35), [-0.42, -0.57, -0.24, -0.92, -0.06, -0.57]),
    flat('dark', rectangle(-0.247, -1, 0.014, 0.1), rectangle(-0.27, -0.975, 0.06, 0.014), ...lancets(-0.38, 0.04, 0.14, -0.24), ...lancets(-0.1, 0.035, 0.16, 0.05, 0.22, 0.39)),
    flat('wood', ...lancets(0, 0.06, 0.18, -0.24)),
  ),
  pagoda: drawn(
    'pagoda|temple|shrine|japanese temple',
    { habitat: 'land', scale: 4, colour: lch(0.5, 0.16, 30) },
    flat(STONE, rectangle(-0.46, -0.05, 0.92, 0.05)),
    ...[[0, 0.34], [1, 0.28], [2, 0.22]].flatMap(([k, half]) => [
      flat('body', rectangle(-half!, -0.27 - k! * 0.26, half! * 2, 0.22)),
      flat('dark', rectangle(-half! * 0.24, -0.22 - k! * 0.26, half! * 0.48, 0.17)),
      flat('light', rectangle(-half! * 0.72, -0.21 - k! * 0.26, half! * 0.34, 0.1), rectangle(half! * 0.38, -0.21 - k! * 0.26, half! * 0.34, 0.1)),
      round(lch(0.36, 0.03, 250), ...d(`M${-half! * 1.55} ${-0.25 - k! * 0.26} C${-half!} ${-0.28 - k! * 0.26} ${-half! * 0.8} ${-0.32 - k! * 0.26} ${-half! * 0.6} ${-0.37 - k! * 0.26} L${half! * 0.6} ${-0.37 - k! * 0.26} C${half! * 0.8} ${-0.32 - k! * 0.26} ${half!} ${-0.28 - k! * 0.26} ${half! * 1.55} ${-0.25 - k! * 0.26} Z`)),
    ]),
    flat(lch(0.75, 0.12, 85), rectangle(-0.012, -1, 0.024, 0.12)),
  ),
  pyramid: drawn('pyramid|pyramids|giza', { habitat: 'land', scale: 6, colour: lch(0.76, 0.08, 78) }, flat('body', [-0.95, 0, -0.1, -1, 0.3, 0]), flat('deep', [-0.1, -1, 0.3, 0, 0.95, -0.06])),
  skyscraper: drawn(
    'skyscraper|high-rise|office tower|tower block',
    { habitat: 'land', scale: 9, colour: lch(0.6, 0.04, 240) },
    flat('body', rectangle(-0.2, -0.94, 0.3, 0.94)),
    flat('deep', rectangle(0.1, -0.94, 0.1, 0.94)),
    flat('metal', rectangle(-0.06, -1, 0.02, 0.07)),
    flat('glass', ...Array.from({ length: 48 }, (_, k) => rectangle(-0.18 + (k % 4) * 0.068, -0.9 + Math.floor(k / 4) * 0.074, 0.05, 0.048))),
  ),
  shop: drawn(
    'shop|store|bakery|flower shop|boutique|kiosk',
    { habitat: 'land', scale: 1.6, colour: lch(0.86, 0.03, 80) },
    flat('body', rectangle(-0.7, -1, 1.4, 1)),
    flat('deep', rectangle(-0.7, -1, 1.4, 0.14)),
    flat('glass', rectangle(-0.6, -0.56, 0.72, 0.44)),
    flat('wood', rectangle(0.24, -0.6, 0.34, 0.6)),
    flat('glass', rectangle(0.29, -0.55, 0.24, 0.3)),
    flat('light', rectangle(-0.68, -0.78, 1.36, 0.2)),
    round('accent', ...Array.from({ length: 5 }, (_, k) => rectangle(-0.68 + k * 0.28, -0.78, 0.14, 0.2))),
  ),
  barn: drawn('barn|stable|shed', { habitat: 'land', scale: 2, colour: lch(0.45, 0.14, 28) }, flat('body', [-0.6, 0, -0.6, -0.5, -0.42, -0.8, 0, -1, 0.42, -0.8, 0.6, -0.5, 0.6, 0]), flat(lch(0.4, 0.02, 250), [-0.68, -0.46, -0.46, -0.84, 0, -1.06, 0.46, -0.84, 0.68, -0.46, 0.6, -0.46, 0.42, -0.78, 0, -0.97, -0.42, -0.78, -0.6, -0.46]), flat('light', ...ring(0, -0.74, 0.1, 0.075)), flat('light', rectangle(-0.28, -0.44, 0.56, 0.44)), flat('deep', rectangle(-0.25, -0.41, 0.24, 0.41), rectangle(0.01, -0.41, 0.24, 0.41))),
  fountain: drawn('fountain|well', { habitat: 'land', scale: 1.4, colour: STONE }, lathe('body', rectangle(-0.8, -0.24, 1.6, 0.24, 0.05)), flat('glass', ellipse(0, -0.24, 0.72, 0.09)), lathe('body', rectangle(-0.09, -0.6, 0.18, 0.38), ...d('M-.36 -.62 C-.3 -.5 -.12 -.48 0 -.48 C.12 -.48 .3 -.5 .36 -.62 Z')), flat('glass', ellipse(0, -0.62, 0.33, 0.045), ...d('M-.02 -.64 C-.02 -1 -.3 -1 -.34 -.62 C-.26 -.9 -.08 -.9 -.02 -.64 Z'), ...d('M.02 -.64 C.02 -1 .3 -1 .34 -.62 C.26 -.9 .08 -.9 .02 -.64 Z'), rectangle(-0.02, -1, 0.04, 0.4))),
  fence: drawn('fence|picket fence|wooden fence', { habitat: 'land', scale: 0.6, colour: lch(0.94, 0.01, 90) }, flat('deep', rectangle(-1.1, -0.72, 2.2, 0.09), rectangle(-1.1, -0.32, 2.2, 0.09)), flat('body', ...Array.from({ length: 9 }, (_, k) => { const x = -1.04 + k * 0.26; return [x - 0.07, 0, x - 0.07, -0.86, x, -1, x + 0.07, -0.86, x + 0.07, 0]; }))),
  igloo: drawn('igloo', { habitat: 'land', scale: 1, colour: lch(0.94, 0.02, 230) }, round('body', ...d('M-.9 0 C-.9 -1.32 .9 -1.32 .9 0 Z')), flat('deep', ...[-0.3, -0.58, -0.82].map((y) => rectangle(-0.9 + (-y - 0.2) * 0.4, y, 1.8 - (-y - 0.2) * 0.8, 0.014))), round('pale', ...d('M-.36 0 C-.36 -.56 .36 -.56 .36 0 Z')), flat('dark', ...d('M-.24 0 C-.24 -.42 .24 -.42 .24 0 Z'))),
  snowman: drawn('snowman', { habitat: 'land', scale: 0.9, colour: lch(0.96, 0.01, 230) }, flat('wood', [-0.2, -0.52, -0.5, -0.7, -0.51, -0.68, -0.2, -0.49], [0.2, -0.52, 0.5, -0.7, 0.51, -0.68, 0.2, -0.49]), round('body', ellipse(0, -0.22, 0.28, 0.23, 48), ellipse(0, -0.52, 0.21, 0.18, 48), ellipse(0, -0.76, 0.15, 0.14, 48)), flat('dark', ellipse(-0.05, -0.79, 0.018, 0.02, 12), ellipse(0.05, -0.79, 0.018, 0.02, 12), ellipse(0, -0.58, 0.02, 0.02, 12), ellipse(0, -0.5, 0.02, 0.02, 12), rectangle(-0.2, -0.9, 0.4, 0.03, 0.01), rectangle(-0.12, -1.03, 0.24, 0.14)), flat(lch(0.7, 0.17, 50), [0, -0.77, 0.17, -0.745, 0, -0.735]), round('accent', rectangle(-0.15, -0.68, 0.3, 0.06, 0.02), rectangle(0.06, -0.66, 0.07, 0.18, 0.02))),
};
