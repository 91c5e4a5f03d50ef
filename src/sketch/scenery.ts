/** What places are like: the colours of their land, where their horizon lies, and which one a subject is at home in. */
import { blend, lch, shift, toLch, type Rgb } from '../raster/colour.ts';
import { clamp } from '../raster/math.ts';
import type { Cast } from './cast.ts';
import type { Lens, PlaceName, Season, Weather } from './lexicon.ts';
import type { PromptReading } from './scene-reading.ts';
import { SHAPES, type Subject } from './shapes.ts';

/** The land in the distance, and the ground in front. */
export const LAND: Readonly<Record<PlaceName, readonly [Rgb, Rgb]>> = {
  studio: [lch(0.86, 0.015, 80), lch(0.86, 0.015, 80)],
  room: [lch(0.78, 0.03, 70), lch(0.55, 0.05, 60)],
  wall: [lch(0.62, 0.03, 70), lch(0.5, 0.02, 70)],
  overhead: [lch(0.5, 0.06, 60), lch(0.5, 0.06, 60)],
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

const INDOORS: ReadonlySet<PlaceName> = new Set(['studio', 'abstract', 'room', 'wall', 'overhead']);
/** Weather that a studio does not have. */
const OUTDOOR_WEATHER: ReadonlySet<Weather> = new Set(['rain', 'snow', 'storm', 'fog', 'wind', 'cloudy']);

/**
 * The place a prompt names, or one that suits its subject. `obeyed`: whether the prompt is followed in this; `pick` draws
 * from the seed.
 */
export function choosePlace(
  reading: PromptReading,
  asked: readonly PlaceName[],
  cast: readonly Cast[],
  lens: Lens | undefined,
  obeyed: boolean,
  pick: <T>(options: readonly T[]) => T,
): PlaceName {
  const main = cast[0];
  const habitat = main && SHAPES[main.shape].habitat;
  const outdoors = asked.filter((place) => !INDOORS.has(place));
  const isTabletop = habitat === 'table' && main?.shape !== 'portrait';
  if (lens === 'aerial' && isTabletop && outdoors.length === 0 && obeyed) return 'overhead';
  // "Product shot in the mountains": a real place beats the studio when both are named.
  const named =
    asked.includes('studio') && habitat === 'table'
      ? 'studio'
      : asked.includes('wall') && outdoors.every((place) => place === 'street' || place === 'city')
        ? 'wall'
        : ((outdoors.includes('lake') ? 'lake' : outdoors[0]) ?? asked[0]);
  if (named && obeyed) return named;
  if (reading.extras.includes('window') && habitat !== 'water' && habitat !== 'space') return 'room';
  if (reading.letters !== undefined && cast.every(({ shape }) => shape === 'sign')) return 'wall';
  if (main?.shape === 'portrait')
    return reading.weathers.some((one) => OUTDOOR_WEATHER.has(one)) || reading.lenses.includes('low')
      ? pick<PlaceName>(['meadow', 'hills', 'street'])
      : 'studio';
  if (main?.shape === 'card') return pick<PlaceName>(['meadow', 'hills', 'studio']);
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
      return homeOf(main!.shape, pick);
    default:
      return named ?? pick<PlaceName>(['mountains', 'hills', 'sea', 'desert', 'forest', 'lake']);
  }
}

function homeOf(shape: Subject, pick: <T>(options: readonly T[]) => T): PlaceName {
  switch (shape) {
    case 'palm':
    case 'crab':
    case 'turtle':
      return 'beach';
    case 'cactus':
    case 'camel':
      return 'desert';
    case 'lighthouse':
      return 'sea';
    case 'penguin':
    case 'polarbear':
    case 'seal':
      return 'snowfield';
    case 'fox':
    case 'owl':
    case 'deer':
    case 'bear':
    case 'wolf':
    case 'squirrel':
      return pick<PlaceName>(['forest', 'meadow', 'hills']);
    case 'car':
    case 'truck':
    case 'train':
      return pick<PlaceName>(['desert', 'city', 'hills']);
    case 'sofa':
    case 'chair':
    case 'table':
    case 'dress':
      return 'studio';
    default:
      return pick<PlaceName>(['meadow', 'hills', 'mountains', 'meadow']);
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
    case 'wall':
      return 0.84 + r * 0.03;
    case 'overhead':
      return 0.3;
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
