/** What places are like: the colours of their land, where their horizon lies, and which one a subject is at home in. */
import { blend, lch, shift, toLch, type Rgb } from '../raster/colour.ts';
import { clamp } from '../raster/math.ts';
import type { PlaceName, Season, Subject } from './lexicon.ts';

/** The land in the distance, and the ground in front. */
export const LAND: Readonly<Record<PlaceName, readonly [Rgb, Rgb]>> = {
  studio: [lch(0.86, 0.015, 80), lch(0.86, 0.015, 80)],
  room: [lch(0.78, 0.03, 70), lch(0.55, 0.05, 60)],
  mountains: [lch(0.45, 0.045, 262), lch(0.47, 0.075, 132)],
  hills: [lch(0.52, 0.095, 128), lch(0.6, 0.11, 118)],
  forest: [lch(0.37, 0.07, 150), lch(0.38, 0.06, 120)],
  meadow: [lch(0.5, 0.09, 135), lch(0.62, 0.12, 118)],
  sea: [lch(0.4, 0.05, 240), lch(0.42, 0.08, 228)],
  beach: [lch(0.46, 0.075, 150), lch(0.86, 0.055, 82)],
  lake: [lch(0.44, 0.055, 230), lch(0.4, 0.06, 140)],
  desert: [lch(0.6, 0.105, 50), lch(0.75, 0.105, 66)],
  snowfield: [lch(0.6, 0.04, 250), lch(0.93, 0.015, 240)],
  city: [lch(0.42, 0.035, 262), lch(0.32, 0.025, 265)],
  street: [lch(0.42, 0.035, 50), lch(0.34, 0.02, 265)],
  space: [lch(0.4, 0.03, 280), lch(0.5, 0.015, 80)],
  abstract: [lch(0.6, 0.12, 30), lch(0.5, 0.1, 260)],
};
/** What a season does to both. */
export const SEASON_LAND: Partial<Record<Season, (c: Rgb) => Rgb>> = {
  spring: (c) => shift(c, 1.06, 1.1, 4),
  autumn: (c) => lch(clamp(toLch(c)[0] * 1.08), Math.max(0.1, toLch(c)[1] * 1.25), 52),
  winter: (c) => blend(c, lch(0.92, 0.012, 245), 0.66),
};

/** The place a prompt names, or one that suits its subject. `pick` and `heeds` draw from the seed. */
export function choosePlace(
  asked: readonly PlaceName[],
  habitat: string | undefined,
  subject: Subject | undefined,
  heeds: () => boolean,
  pick: <T>(options: readonly T[]) => T,
): PlaceName {
  const obeyed = heeds();
  // "Product shot in the mountains": a real place beats the studio when both are named.
  const outdoors = asked.filter((place) => place !== 'studio' && place !== 'abstract' && place !== 'room');
  const named =
    asked.includes('studio') && habitat === 'table'
      ? 'studio'
      : ((outdoors.includes('lake') ? 'lake' : outdoors[0]) ?? asked[0]);
  if (named && obeyed) return named;
  if (named && !obeyed) pick([0]);
  switch (habitat) {
    case 'table':
      return 'studio';
    case 'water':
      return pick<PlaceName>(['sea', 'sea', 'lake']);
    case 'air':
      return pick<PlaceName>(['hills', 'mountains', 'sea', 'meadow']);
    case 'space':
      return 'space';
    case 'land':
      if (subject === 'palm') return 'beach';
      if (subject === 'cactus') return 'desert';
      if (subject === 'lighthouse') return 'sea';
      if (subject === 'car' || subject === 'truck' || subject === 'train')
        return pick<PlaceName>(['desert', 'city', 'hills']);
      if (subject === 'sofa' || subject === 'chair' || subject === 'table' || subject === 'dress') return 'studio';
      return pick<PlaceName>(['meadow', 'hills', 'mountains', 'lake']);
    default:
      return named ?? pick<PlaceName>(['mountains', 'hills', 'sea', 'desert', 'forest', 'lake']);
  }
}

/** The row of the horizon, a fraction from the top, where nothing says where it is. */
export function openHorizon(place: PlaceName, random: () => number): number {
  const r = random();
  switch (place) {
    case 'studio':
      return 0.66 + r * 0.06;
    case 'room':
      return 0.68 + r * 0.06;
    case 'sea':
    case 'lake':
      return [0.42, 0.5, 0.6, 0.64][Math.floor(r * 4)]!;
    case 'city':
      return 0.7 + r * 0.08;
    case 'street':
      return 0.54 + r * 0.06;
    case 'space':
      return 0.8 + r * 0.08;
    case 'desert':
    case 'beach':
      return 0.46 + r * 0.14;
    default:
      return 0.52 + r * 0.14;
  }
}
