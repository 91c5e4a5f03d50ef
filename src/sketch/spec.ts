/** What to draw, in a photographer's words: the plain data between a request and its pixels. */
import { hash32, randomFrom } from '../core/random.ts';
import type { Rgb } from '../raster/colour.ts';
import { blend, hex, lch, shift, times, toLch } from '../raster/colour.ts';
import { clamp, lerp, smoothstep } from '../raster/math.ts';
import { HOURS } from './hours.ts';
import type { Extra, Lens, Material, Mood, Place, Season, Style, Subject, Time, Weather } from './lexicon.ts';
import type { Light } from './painter.ts';
import { read, type Reading } from './read.ts';
import type { ReferenceLook } from './reference.ts';
import { SHAPES } from './shapes.ts';

export interface PlacedSubject {
  readonly shape: Subject;
  /** Foot point in fractions of the frame. */
  readonly x: number;
  readonly y: number;
  /** Height in fractions of the frame's height. */
  readonly size: number;
  readonly flip: boolean;
  readonly colour: Rgb;
  readonly material: Material | undefined;
  readonly depth: number;
}
export interface SceneSpec {
  readonly seed: number;
  readonly place: Place;
  readonly time: Time;
  readonly season: Season | undefined;
  readonly weathers: ReadonlySet<Weather>;
  readonly style: Style;
  readonly lens: Lens | undefined;
  readonly moods: ReadonlySet<Mood>;
  readonly extras: ReadonlySet<Extra>;
  readonly banned: ReadonlySet<string>;
  /** Row of the horizon, fraction from the top. */
  readonly horizon: number;
  /** The sun or moon, fractions of the frame. */
  readonly sun: {
    readonly x: number;
    readonly y: number;
    readonly colour: Rgb;
    readonly glow: number;
    readonly disc: number;
    readonly radius: number;
  };
  readonly sky: readonly [Rgb, Rgb, Rgb];
  readonly haze: Rgb;
  readonly hazeAmount: number;
  readonly land: Rgb;
  readonly ground: Rgb;
  readonly accent: Rgb;
  readonly light: Light;
  /** 0 none … 1 closed. */
  readonly clouds: number;
  readonly stars: number;
  readonly subjects: readonly PlacedSubject[];
  readonly finish: {
    readonly exposure: number;
    readonly saturation: number;
    readonly contrast: number;
    readonly vignette: number;
    readonly grain: number;
    readonly low: Rgb;
    readonly high: Rgb;
    readonly tint: number;
    readonly fade: number;
    readonly harsh: number;
    readonly bloom: number;
    /** Depth of field, 0 none … 1 shallow. */
    readonly shallow: number;
  };
}
export interface SceneRequest {
  readonly prompt: string;
  readonly negative: string;
  readonly seed: number;
  readonly guidance: number;
  /** Width over height. */
  readonly aspect: number;
  readonly reference?: ReferenceLook;
}

const LAND: Readonly<Record<Place, readonly [Rgb, Rgb]>> = {
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
const SEASON_LAND: Partial<Record<Season, (c: Rgb) => Rgb>> = {
  spring: (c) => shift(c, 1.06, 1.1, 4),
  autumn: (c) => lch(clamp(toLch(c)[0] * 1.08), Math.max(0.1, toLch(c)[1] * 1.25), 52),
  winter: (c) => blend(c, lch(0.92, 0.012, 245), 0.66),
};

/** Chooses everything the prompt leaves open, by composition rules; the same request always gives the same scene. */
export function imagine(request: SceneRequest): SceneSpec {
  const asked = read(request.prompt);
  const forbidden = read(request.negative);
  const banned = new Set<string>([...asked.without, ...namesIn(forbidden)]);
  // Words without meaning here still make every prompt its own picture.
  const random = randomFrom(hash32(`${request.seed}:${asked.flavour}`));
  const pick = <T>(options: readonly T[]): T => options[Math.floor(random() * options.length)]!;
  /** How far the prompt is followed: 0 lets the seed decide, 1 obeys. */
  const obey = smoothstep(0.5, 5.5, request.guidance);
  const heeds = () => random() < 0.35 + obey * 0.75;
  const harsh = Math.max(0, request.guidance - 9) / 11;
  const allowed = <T extends string>(values: readonly T[]) => values.filter((value) => !banned.has(value));

  const people = ['figure', 'walker'];
  const face = asked.subjects.some((subject) => subject.shape === 'portrait');
  // "Portrait of a woman" is one subject, not two.
  const wanted = asked.subjects.filter(
    (subject) =>
      !banned.has(subject.shape) &&
      !(face && people.includes(subject.shape)) &&
      !(banned.has('people') && people.includes(subject.shape)),
  );
  const first = wanted[0];
  const habitat = first ? SHAPES[first.shape].habitat : undefined;
  const place = choosePlace(allowed(asked.places), habitat, first?.shape, heeds, pick);
  const inside = place === 'studio' || place === 'room' || place === 'abstract';
  const openTime = pick<Time>(
    inside ? ['morning', 'golden', 'noon'] : ['golden', 'dawn', 'sunset', 'morning', 'golden', 'dusk'],
  );
  const time: Time = place === 'space' ? 'night' : (heeds() && allowed(asked.times)[0]) || openTime;
  const weathers = new Set(heeds() || obey > 0.5 ? allowed(asked.weathers) : []);
  const season = allowed(asked.seasons)[0];
  const style = (heeds() && allowed(asked.styles)[0]) || 'poster';
  const lens = allowed(asked.lenses)[0];
  const moods = new Set(allowed(asked.moods));
  const extras = new Set(allowed(asked.extras));
  const look = request.reference;
  const pull = look ? look.strength : 0;

  const side = random() < 0.5 ? -1 : 1;
  const thirds = pick([0.34, 0.382, 0.5, 0.618, 0.66]);
  const hue = (random() - 0.5) * 16;
  const hour = HOURS[time];
  const grey = weathers.has('storm')
    ? 0.72
    : weathers.has('overcast') || weathers.has('rain')
      ? 0.62
      : weathers.has('fog')
        ? 0.5
        : weathers.has('snow')
          ? 0.4
          : 0;
  const tone = (c: Rgb, dim = 1): Rgb => {
    const [L, C, h] = toLch(c);
    const dark = (weathers.has('storm') ? 0.72 : 1) * (moods.has('dark') ? 0.78 : 1);
    const warmth = moods.has('warm') ? 8 : moods.has('cool') ? -10 : 0;
    return lch(
      clamp(L * dark * dim, 0, 1),
      C * (1 - grey * 0.75) * (moods.has('muted') ? 0.6 : moods.has('vivid') ? 1.35 : 1),
      h + hue * 0.5 - warmth * 0.4,
    );
  };
  let sky = hour.sky.map((c) => tone(c)) as unknown as readonly [Rgb, Rgb, Rgb];
  if (style === 'neon') sky = [lch(0.15, 0.08, 290), lch(0.28, 0.14, 310), lch(0.52, 0.2, 345)];
  if (look)
    sky = [
      blend(sky[0], look.sky[0], pull * 0.8),
      blend(sky[1], look.sky[1], pull * 0.8),
      blend(sky[2], look.sky[2], pull * 0.8),
    ];

  const colours = asked.colours.filter((c) => !banned.has(c)).map(hex);
  const openAccent = lch(0.62, 0.15, pick([28, 45, 75, 150, 195, 255, 330]) + hue);
  const own = wanted[0]?.colour;
  const accent = look
    ? blend(colours[0] ?? openAccent, look.accent, pull * 0.85)
    : (colours[0] ?? (own ? shift(hex(own), 1.05, 0.8, 24) : openAccent));
  let [land, ground] = LAND[place].map((c) =>
    shift(c, 1, moods.has('vivid') ? 1.3 : moods.has('muted') ? 0.6 : 1, hue * 0.6),
  ) as [Rgb, Rgb];
  const natural = place !== 'city' && place !== 'street' && !inside && place !== 'space';
  const seasonal =
    season && natural && place !== 'sea' && place !== 'beach' && place !== 'desert' ? SEASON_LAND[season] : undefined;
  if (seasonal) [land, ground] = [seasonal(land), seasonal(ground)];
  if (weathers.has('snow') && natural)
    [land, ground] = [blend(land, lch(0.86, 0.012, 245), 0.4), blend(ground, lch(0.93, 0.012, 245), 0.8)];
  if (look) [land, ground] = [blend(land, look.land, pull * 0.75), blend(ground, look.land, pull * 0.6)];

  const horizon = clamp(
    lerp(openHorizon(place, random), look?.horizon ?? 0.5, pull > 0.5 ? (pull - 0.5) * 1.6 : 0) +
      (lens === 'aerial' ? -0.2 : lens === 'low' ? 0.12 : lens === 'wide' ? 0.03 : 0),
    0.2,
    0.82,
  );
  const keySide = look && pull > 0.4 ? look.lightSide : side;
  const sunX = clamp(0.5 + keySide * (0.14 + random() * 0.26), 0.06, 0.94);
  const sunY = horizon - hour.height * (0.75 + random() * 0.5) * (inside ? 0 : 1);
  const sunColour = look ? blend(hour.sun, look.bright, pull * 0.5) : tone(hour.sun);
  const fog = weathers.has('fog') ? 1 : 0;
  const haze = blend(sky[2], sky[1], 0.35 + fog * 0.25);
  const low = clamp(hour.height * 2, 0.12, 0.8);
  const dimmed = 1 - grey * 0.62;
  const light: Light = {
    direction: unit([keySide * (0.72 + random() * 0.2), -0.28 - low * 0.5, inside ? 0.55 : 0.42]),
    key: times(
      blend(sunColour, [1, 1, 1], inside ? 0.62 : 0.3),
      (inside ? Math.min(hour.key, 1.12) : hour.key) * dimmed * (moods.has('bright') ? 1.08 : 1),
    ),
    fill: times(look ? blend(hour.fill, look.sky[0], pull * 0.5) : tone(hour.fill), inside ? 0.5 : 0.62 + grey * 0.5),
  };

  const dramatic = moods.has('dramatic') || moods.has('dark');
  const finish = finishFor(style, moods, extras, banned, harsh, obey, time);
  const spec = {
    seed: hash32(`${request.seed}|${asked.flavour}`) & 0x3fffff,
    place,
    time,
    season,
    weathers,
    style,
    lens,
    moods,
    extras,
    banned,
    horizon,
    sky,
    haze,
    land,
    ground,
    accent,
    light,
    hazeAmount: clamp(0.5 + fog * 0.4 + (time === 'dawn' ? 0.12 : 0) + (dramatic ? 0.05 : 0)),
    sun: {
      x: sunX,
      y: sunY,
      colour: sunColour,
      glow: hour.glow * (1 - grey * 0.7),
      disc: banned.has('sun') || grey > 0.55 || fog ? 0 : hour.disc,
      radius: time === 'night' ? 0.034 : 0.026 + (time === 'sunset' ? 0.014 : 0),
    },
    clouds:
      banned.has('clouds') || banned.has('cloudy') || weathers.has('clear')
        ? 0
        : weathers.has('overcast') || weathers.has('storm') || weathers.has('rain')
          ? 0.92
          : weathers.has('cloudy') || extras.has('clouds')
            ? 0.62
            : 0.16 + random() * 0.34,
    stars: banned.has('stars') ? 0 : Math.max(hour.stars * (1 - grey), extras.has('stars') ? 0.9 : 0),
    finish: {
      ...finish,
      shallow: banned.has('blur')
        ? 0
        : lens === 'macro'
          ? 1
          : lens === 'portrait' || asked.extras.includes('blur')
            ? 0.75
            : first?.shape === 'portrait'
              ? 0.5
              : 0,
    },
  };
  return { ...spec, subjects: arrange(spec, asked, wanted, request, thirds, keySide, random, look) };
}

function choosePlace(
  asked: readonly Place[],
  habitat: string | undefined,
  subject: Subject | undefined,
  heeds: () => boolean,
  pick: <T>(options: readonly T[]) => T,
): Place {
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
      return pick<Place>(['sea', 'sea', 'lake']);
    case 'air':
      return pick<Place>(['hills', 'mountains', 'sea', 'meadow']);
    case 'space':
      return 'space';
    case 'land':
      if (subject === 'palm') return 'beach';
      if (subject === 'cactus') return 'desert';
      if (subject === 'lighthouse') return 'sea';
      if (subject === 'car' || subject === 'truck' || subject === 'train')
        return pick<Place>(['desert', 'city', 'hills']);
      if (subject === 'sofa' || subject === 'chair' || subject === 'table' || subject === 'dress') return 'studio';
      return pick<Place>(['meadow', 'hills', 'mountains', 'lake']);
    default:
      return named ?? pick<Place>(['mountains', 'hills', 'sea', 'desert', 'forest', 'lake']);
  }
}

function openHorizon(place: Place, random: () => number): number {
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

const DEFAULT_COLOUR: Partial<Record<Subject, Rgb>> = {
  tree: lch(0.5, 0.1, 135),
  pine: lch(0.38, 0.06, 155),
  palm: lch(0.5, 0.1, 135),
  cactus: lch(0.5, 0.09, 150),
  plant: lch(0.7, 0.04, 60),
  apple: lch(0.55, 0.19, 27),
  cake: lch(0.86, 0.05, 60),
  cat: lch(0.6, 0.1, 60),
  dog: lch(0.66, 0.085, 66),
  horse: lch(0.4, 0.06, 45),
  deer: lch(0.55, 0.075, 58),
  bear: lch(0.38, 0.04, 50),
  elephant: lch(0.58, 0.012, 260),
  rabbit: lch(0.72, 0.03, 70),
  whale: lch(0.42, 0.055, 245),
  bird: lch(0.62, 0.09, 240),
  house: lch(0.84, 0.03, 75),
  tower: lch(0.66, 0.025, 70),
  lighthouse: lch(0.94, 0.01, 80),
  windmill: lch(0.88, 0.02, 80),
  bridge: lch(0.52, 0.14, 33),
  arch: lch(0.52, 0.16, 32),
  mountain: lch(0.5, 0.05, 262),
  astronaut: lch(0.94, 0.008, 240),
  ship: lch(0.4, 0.06, 250),
  mushroom: lch(0.55, 0.18, 28),
  planet: lch(0.65, 0.1, 55),
  crystal: lch(0.74, 0.11, 300),
  table: lch(0.5, 0.06, 55),
  guitar: lch(0.58, 0.12, 52),
  drop: lch(0.74, 0.08, 230),
  candle: lch(0.92, 0.03, 85),
  lamp: lch(0.4, 0.03, 60),
  boat: lch(0.93, 0.02, 85),
  figure: lch(0.3, 0.05, 262),
  walker: lch(0.3, 0.05, 262),
  book: lch(0.48, 0.11, 25),
  camera: lch(0.28, 0.012, 60),
  headphones: lch(0.9, 0.012, 80),
  perfume: lch(0.8, 0.07, 70),
  train: lch(0.5, 0.15, 28),
};

function arrange(
  spec: Omit<SceneSpec, 'subjects'>,
  asked: Reading,
  wanted: Reading['subjects'],
  request: SceneRequest,
  thirds: number,
  keySide: number,
  random: () => number,
  look: ReferenceLook | undefined,
): PlacedSubject[] {
  const placed: PlacedSubject[] = [];
  const close = spec.place === 'studio' || spec.place === 'room';
  const main = wanted[0];
  const portraitFrame = request.aspect < 1;
  for (const [rank, subject] of wanted.slice(0, 3).entries()) {
    const shape = SHAPES[subject.shape];
    const count = Math.min(subject.count, close ? 5 : 7);
    const colour = subject.colour
      ? hex(subject.colour)
      : (DEFAULT_COLOUR[subject.shape] ?? shift(spec.accent, rank === 0 ? 1 : 0.9, 1, rank * 40));
    const tinted = look ? blend(colour, look.accent, look.strength * 0.55) : colour;
    const material = subject.material ?? (rank === 0 ? asked.materials[0] : undefined);
    const lensScale =
      spec.lens === 'macro'
        ? 1.35
        : spec.lens === 'portrait'
          ? 1.18
          : spec.lens === 'wide' || spec.lens === 'aerial'
            ? 0.74
            : 1;
    for (let k = 0; k < count; k++) {
      const centre =
        rank === 0
          ? close
            ? random() < 0.7
              ? 0.5
              : thirds
            : thirds
          : clamp(thirds + (thirds > 0.5 ? -1 : 1) * (0.2 + 0.14 * rank) + (random() - 0.5) * 0.08, 0.1, 0.9);
      const x =
        look && look.strength > 0.7 && rank === 0 ? lerp(centre, look.focusX, (look.strength - 0.7) * 3) : centre;
      const spread =
        count === 1 ? 0 : ((k + 0.5) / count - 0.5) * (close ? 0.62 : 0.5) * Math.min(1.25, request.aspect);
      if (close) {
        const tall =
          (shape.habitat === 'table' ? 0.44 : 0.52) *
          (rank === 0 ? 1 : 0.62) *
          lensScale *
          (count > 1 ? 0.78 : 1) *
          (0.92 + random() * 0.16);
        const wide = portraitFrame ? Math.min(1, request.aspect * 1.15) : 1;
        const main0 = subject.shape === 'portrait' ? 1.45 : 1;
        placed.push({
          shape: subject.shape,
          x: clamp(x + spread, 0.12, 0.88),
          y:
            subject.shape === 'portrait'
              ? 1.01
              : spec.horizon + 0.075 + (rank > 0 || k % 2 ? 0.045 : 0) + random() * 0.02,
          size: tall * wide * main0,
          flip: random() < 0.5,
          colour: tinted,
          material,
          depth: 0.3 - rank * 0.04,
        });
        continue;
      }
      const flying = shape.habitat === 'air' || (shape.habitat === 'space' && spec.place === 'space');
      const near = flying ? 0.5 : 0.22 + random() * 0.2 + (rank === 0 ? 0.12 : 0) - Math.min(0.18, shape.scale * 0.03);
      const scale = Math.min(
        0.74,
        (0.2 + 0.13 * Math.sqrt(shape.scale)) *
          (rank === 0 && main ? 1.12 : 0.7) *
          lensScale *
          (count > 1 ? 0.72 : 1) *
          (0.85 + random() * 0.3),
      );
      const wide = portraitFrame ? 0.62 + 0.38 * request.aspect : 1;
      const big = subject.shape === 'portrait' ? 2.1 : shape.scale < 0.25 && !flying ? 0.8 : 1;
      const y =
        subject.shape === 'portrait'
          ? 1.01
          : flying
            ? clamp(spec.horizon * (0.42 + random() * 0.3) + scale * 0.5, 0.2, 0.9)
            : spec.horizon +
              (1 - spec.horizon) *
                (spec.place === 'beach' && shape.habitat === 'land'
                  ? 0.62 + near * 0.5
                  : near * (shape.habitat === 'water' ? 0.62 : 1));
      placed.push({
        shape: subject.shape,
        x: clamp(x + spread + (count > 1 ? (random() - 0.5) * 0.05 : 0), 0.06, 0.94),
        y: y + (count > 1 ? (random() - 0.5) * 0.05 : 0),
        size: scale * wide * big,
        flip: random() < 0.5 !== keySide < 0,
        colour: tinted,
        material,
        depth: flying ? 0.6 : clamp(0.72 - near * 0.9, 0.12, 0.9),
      });
    }
  }
  return placed.sort((a, b) => b.depth - a.depth || a.y - b.y);
}

function finishFor(
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

/** Everything a reading names, for the negative prompt. */
function namesIn(reading: Reading): string[] {
  return [
    reading.places,
    reading.times,
    reading.weathers,
    reading.seasons,
    reading.materials,
    reading.colours,
    reading.styles,
    reading.lenses,
    reading.moods,
    reading.extras,
    reading.subjects.map((subject) => subject.shape),
  ].flat();
}

function unit([x, y, z]: readonly [number, number, number]): [number, number, number] {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}
