/** The light of each time of day: sky, sun and what fills the shadows. */
import { lch, type Rgb } from '../raster/colour.ts';
import type { Time } from './lexicon.ts';

export interface Hour {
  readonly sky: readonly [Rgb, Rgb, Rgb];
  readonly sun: Rgb;
  readonly key: number;
  readonly fill: Rgb;
  /** Height of the sun above the horizon, in frame heights. */
  readonly height: number;
  readonly glow: number;
  readonly disc: number;
  readonly stars: number;
}
/** From the last stars to the next. */
export const HOURS: Readonly<Record<Time, Hour>> = {
  dawn: {
    sky: [lch(0.56, 0.075, 268), lch(0.78, 0.075, 330), lch(0.9, 0.09, 62)],
    sun: lch(0.93, 0.1, 66),
    key: 1.25,
    fill: lch(0.62, 0.06, 290),
    height: 0.07,
    glow: 1,
    disc: 5,
    stars: 0,
  },
  morning: {
    sky: [lch(0.6, 0.11, 248), lch(0.79, 0.075, 238), lch(0.93, 0.035, 95)],
    sun: lch(0.97, 0.05, 88),
    key: 1.7,
    fill: lch(0.68, 0.05, 245),
    height: 0.3,
    glow: 0.55,
    disc: 7,
    stars: 0,
  },
  noon: {
    sky: [lch(0.53, 0.13, 252), lch(0.7, 0.1, 244), lch(0.88, 0.045, 228)],
    sun: lch(0.99, 0.02, 95),
    key: 1.95,
    fill: lch(0.7, 0.06, 248),
    height: 0.52,
    glow: 0.4,
    disc: 8,
    stars: 0,
  },
  golden: {
    sky: [lch(0.56, 0.075, 256), lch(0.79, 0.065, 75), lch(0.89, 0.115, 74)],
    sun: lch(0.92, 0.13, 70),
    key: 1.75,
    fill: lch(0.58, 0.05, 270),
    height: 0.13,
    glow: 1.15,
    disc: 6,
    stars: 0,
  },
  sunset: {
    sky: [lch(0.36, 0.105, 285), lch(0.6, 0.15, 12), lch(0.8, 0.16, 58)],
    sun: lch(0.86, 0.17, 52),
    key: 1.35,
    fill: lch(0.46, 0.09, 300),
    height: 0.055,
    glow: 1.3,
    disc: 5.5,
    stars: 0,
  },
  dusk: {
    sky: [lch(0.27, 0.085, 272), lch(0.44, 0.105, 290), lch(0.72, 0.1, 38)],
    sun: lch(0.76, 0.12, 42),
    key: 0.7,
    fill: lch(0.46, 0.085, 272),
    height: -0.04,
    glow: 0.8,
    disc: 0,
    stars: 0.35,
  },
  night: {
    sky: [lch(0.16, 0.055, 272), lch(0.235, 0.07, 264), lch(0.37, 0.075, 250)],
    sun: lch(0.9, 0.025, 240),
    key: 0.42,
    fill: lch(0.37, 0.075, 264),
    height: 0.36,
    glow: 0.2,
    disc: 2.6,
    stars: 1,
  },
};
