/** Things with a plug or a battery. */
import { lch } from '../../raster/colour.ts';
import { ellipse, rectangle, ring } from '../../raster/path.ts';
import { d, drawn, flat, lathe, round } from '../drawing.ts';

export const DEVICES = {
  phone: drawn(
    'phone|smartphone|iphone|mobile|cellphone|device|gadget',
    { habitat: 'table', scale: 0.16 },
    round('body', rectangle(-0.25, -1, 0.5, 1, 0.07)),
    flat('dark', rectangle(-0.235, -0.985, 0.47, 0.97, 0.06)),
    flat('screen', rectangle(-0.22, -0.97, 0.44, 0.94, 0.05)),
    flat('light', ellipse(0, -0.62, 0.11)),
    flat('pale', rectangle(-0.14, -0.4, 0.28, 0.035, 0.015), rectangle(-0.1, -0.33, 0.2, 0.025, 0.012)),
    flat('dark', rectangle(-0.06, -0.955, 0.12, 0.025, 0.012)),
  ),
  laptop: drawn(
    'laptop|computer|notebook computer|macbook|workstation',
    { habitat: 'table', scale: 0.25 },
    round('body', rectangle(-0.66, -0.98, 1.32, 0.88, 0.04)),
    flat('screen', rectangle(-0.62, -0.94, 1.24, 0.78, 0.015)),
    flat('light', ellipse(-0.2, -0.56, 0.16)),
    flat('accent', [-0.62, -0.16, -0.2, -0.5, 0.1, -0.28, 0.3, -0.42, 0.62, -0.16]),
    round('metal', [-0.7, -0.1, 0.7, -0.1, 0.86, -0.02, 0.84, 0, -0.84, 0, -0.86, -0.02]),
  ),
  camera: drawn(
    'camera|dslr|leica|rangefinder|photo camera|film camera',
    { habitat: 'table', scale: 0.14, colour: lch(0.28, 0.012, 60) },
    round('metal', rectangle(-0.34, -0.9, 0.4, 0.2, 0.05)),
    round('dark', rectangle(-0.62, -0.76, 1.24, 0.76, 0.08)),
    flat('metal', rectangle(-0.62, -0.72, 1.24, 0.13)),
    round('body', rectangle(-0.62, -0.58, 1.24, 0.46)),
    round('dark', ellipse(0.02, -0.36, 0.34)),
    round('metal', ...ring(0.02, -0.36, 0.3, 0.24)),
    round('deep', ellipse(0.02, -0.36, 0.2)),
    flat('light', ellipse(-0.06, -0.44, 0.05)),
    flat('glass', rectangle(0.3, -0.71, 0.18, 0.1, 0.02)),
    lathe('metal', rectangle(-0.54, -0.83, 0.13, 0.08)),
  ),
  headphones: drawn(
    'headphones|headphone|headset',
    { habitat: 'table', scale: 0.2, colour: lch(0.9, 0.012, 80) },
    round('body', ...d('M-.46 -.4 C-.52 -1.08 .52 -1.08 .46 -.4 L.37 -.4 C.42 -.94 -.42 -.94 -.37 -.4 Z')),
    round('dark', rectangle(-0.54, -0.46, 0.22, 0.44, 0.1), rectangle(0.32, -0.46, 0.22, 0.44, 0.1)),
    round('accent', rectangle(-0.56, -0.42, 0.1, 0.36, 0.05), rectangle(0.46, -0.42, 0.1, 0.36, 0.05)),
  ),
  speaker: drawn(
    'speaker|loudspeaker|stereo',
    { habitat: 'table', scale: 0.3 },
    round('body', rectangle(-0.32, -1, 0.64, 1, 0.06)),
    round('dark', ellipse(0, -0.34, 0.24)),
    round('metal', ellipse(0, -0.34, 0.1)),
    round('dark', ellipse(0, -0.77, 0.13)),
    round('accent', ellipse(0, -0.77, 0.05)),
  ),
};
