/** What happens to the whole picture when it is drawn: exposure, grading, grain, bloom. */
import { lch } from '../raster/colour.ts';
import type { Extra, Mood, Style, Time } from './lexicon.ts';

/** All of `SceneSpec.finish` but the depth of field. */
export function finishFor(
  style: Style,
  moods: ReadonlySet<Mood>,
  extras: ReadonlySet<Extra>,
  banned: ReadonlySet<string>,
  harsh: number,
  obey: number,
  time: Time,
) {
  const mono = style === 'noir' || style === 'ink';
  const filmic = style === 'film still';
  const night = time === 'night' || time === 'dusk';
  return {
    exposure:
      (moods.has('bright') ? 1.12 : moods.has('dark') ? 0.76 : 0.94) *
      (style === 'noir' ? 0.92 : 1) *
      (night ? 1.12 : 1),
    saturation: mono
      ? 0
      : (1.06 +
          (moods.has('vivid') && !banned.has('vivid') ? 0.22 : 0) -
          (moods.has('muted') ? 0.22 : 0) +
          (style === 'neon' ? 0.25 : 0)) *
        (0.72 + 0.28 * obey) *
        (1 + harsh * 1.15),
    contrast:
      (1.06 + (moods.has('dramatic') ? 0.14 : 0) + (style === 'noir' ? 0.42 : 0) - (style === 'pastel' ? 0.16 : 0)) *
      (0.94 + 0.06 * obey) *
      (1 + harsh * 0.75),
    vignette: banned.has('vignette')
      ? 0
      : extras.has('vignette')
        ? 0.6
        : moods.has('dark') || style === 'noir'
          ? 0.5
          : 0.22,
    grain: banned.has('grain') ? 0 : extras.has('grain') || filmic || style === 'noir' ? 0.075 : 0.022,
    low: filmic ? lch(0.95, 0.05, 205) : lch(0.97, 0.035, 262),
    high: filmic ? lch(1, 0.06, 75) : lch(1, 0.035, 80),
    tint: mono ? 0 : filmic ? 0.9 : 0.5,
    fade: filmic ? 0.06 : style === 'pastel' ? 0.1 : 0.004,
    harsh: harsh * 0.75,
    bloom:
      (style === 'neon' ? 0.5 : moods.has('magical') ? 0.36 : 0.17) *
      (extras.has('glow') ? 1.6 : 1) *
      (banned.has('glow') ? 0 : 1),
  };
}
