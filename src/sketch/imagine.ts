/** From a request to a scene: what the prompt says, and composition rules for all it leaves open. */
import { hash32, randomFrom } from '../core/random.ts';
import type { Rgb } from '../raster/colour.ts';
import { blend, hex, lch, shift, times, toLch } from '../raster/colour.ts';
import { clamp, lerp, smoothstep } from '../raster/math.ts';
import { placedSubjects, type Chance } from './placed-subjects.ts';
import { finishFor } from './finish.ts';
import { HOURS } from './hours.ts';
import { castOf } from './cast.ts';
import type { Surface, Time } from './lexicon.ts';
import type { Light } from './painter.ts';
import { choosePlace, LAND, openHorizon, SEASON_LAND } from './scenery.ts';
import { read } from './read.ts';
import { namedIn } from './scene-reading.ts';
import type { SceneRequest, SceneSpec } from './spec.ts';

/** Chooses everything the prompt leaves open, by composition rules; the same request always gives the same scene. */
export function imagine(request: SceneRequest): SceneSpec {
  const asked = read(request.prompt);
  const forbidden = read(request.negative);
  const banned = new Set<string>([...asked.without, ...namedIn(forbidden)]);
  const theme = `${request.seed}:${asked.flavour}:${asked.subjects[0]?.shape ?? ''}:${asked.places[0] ?? ''}`;
  /** Chance for one part of the scene: what is added to another part changes nothing here. */
  const chance: Chance = (part) => randomFrom(hash32(`${theme}:${part}`));
  const pickFor =
    (part: string) =>
    <T>(options: readonly T[]): T =>
      options[Math.floor(chance(part)() * options.length)]!;
  /** How far the prompt is followed: 0 lets the seed decide, 1 obeys. */
  const obey = smoothstep(0.5, 5.5, request.guidance);
  const heeds = (part: string) => chance(`heeds ${part}`)() < 0.35 + obey * 0.75;
  const harsh = Math.max(0, request.guidance - 9) / 11;
  const allowed = <T extends string>(values: readonly T[]) => values.filter((value) => !banned.has(value));

  const wanted = castOf(asked, banned);
  const first = wanted[0];
  const lens = allowed(asked.lenses)[0];
  const place = choosePlace(asked, allowed(asked.places), wanted, lens, heeds('place'), pickFor('place'));
  const inside = place === 'studio' || place === 'room' || place === 'abstract' || place === 'overhead';
  const openTime = pickFor('time')<Time>(
    inside || place === 'wall'
      ? ['morning', 'golden', 'noon']
      : ['golden', 'dawn', 'sunset', 'morning', 'golden', 'dusk'],
  );
  const time: Time = place === 'space' ? 'night' : (heeds('time') && allowed(asked.times)[0]) || openTime;
  const weathers = new Set(heeds('weather') || obey > 0.5 ? allowed(asked.weathers) : []);
  const season = allowed(asked.seasons)[0];
  const style = (heeds('style') && allowed(asked.styles)[0]) || 'poster';
  const moods = new Set(allowed(asked.moods));
  const extras = new Set(allowed(asked.extras));
  const look = request.reference;
  const pull = look ? look.strength : 0;

  const side = chance('side')() < 0.5 ? -1 : 1;
  const thirds = pickFor('thirds')([0.34, 0.382, 0.5, 0.618, 0.66]);
  const hue = (chance('hue')() - 0.5) * 16;
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

  const wallLetters =
    asked.letters !== undefined && place === 'wall' && !banned.has('text') ? asked.letters : undefined;
  const isNeon = extras.has('neon letters');
  const colours = asked.colours.filter((c) => !banned.has(c)).map(hex);
  const openAccent = lch(0.62, 0.15, pickFor('accent')([28, 45, 75, 150, 195, 255, 330]) + hue);
  const own = wanted[0]?.colour;
  const accent = look
    ? blend(colours[0] ?? openAccent, look.accent, pull * 0.85)
    : (colours[0] ?? (own ? shift(hex(own), 1.05, 0.8, 24) : openAccent));
  let [land, ground] = LAND[place].map((c) =>
    shift(c, 1, moods.has('vivid') ? 1.3 : moods.has('muted') ? 0.6 : 1, hue * 0.6),
  ) as [Rgb, Rgb];
  const natural = !['city', 'street', 'space', 'wall'].includes(place) && !inside;
  const seasonal =
    season && natural && place !== 'sea' && place !== 'beach' && place !== 'desert' ? SEASON_LAND[season] : undefined;
  if (seasonal) [land, ground] = [seasonal(land), seasonal(ground)];
  if (weathers.has('snow') && natural)
    [land, ground] = [blend(land, lch(0.86, 0.012, 245), 0.4), blend(ground, lch(0.93, 0.012, 245), 0.8)];
  if (look) [land, ground] = [blend(land, look.land, pull * 0.75), blend(ground, look.land, pull * 0.6)];

  const horizon = clamp(
    lerp(openHorizon(place, chance('horizon')), look?.horizon ?? 0.5, pull > 0.5 ? (pull - 0.5) * 1.6 : 0) +
      (lens === 'aerial' ? -0.2 : asked.lenses.includes('low') ? 0.2 : lens === 'wide' ? 0.03 : 0),
    0.2,
    0.88,
  );
  const keySide = look && pull > 0.4 ? look.lightSide : side;
  const sunChance = chance('sun');
  const sunX = clamp(0.5 + keySide * (0.14 + sunChance() * 0.26), 0.06, 0.94);
  const sunY = horizon - hour.height * (0.75 + sunChance() * 0.5) * (inside ? 0 : 1);
  const sunColour = look ? blend(hour.sun, look.bright, pull * 0.5) : tone(hour.sun);
  const fog = weathers.has('fog') ? 1 : 0;
  const haze = blend(sky[2], sky[1], 0.35 + fog * 0.25);
  const low = clamp(hour.height * 2, 0.12, 0.8);
  const dimmed = 1 - grey * 0.62;
  const light: Light = {
    direction: unit([keySide * (0.72 + chance('light')() * 0.2), -0.28 - low * 0.5, inside ? 0.55 : 0.42]),
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
    surface:
      asked.surfaces[0] ??
      (style === 'neon' || isNeon ? 'brick' : pickFor('surface')<Surface>(['plaster', 'brick', 'concrete'])),
    letters:
      wallLetters === undefined
        ? undefined
        : { text: wallLetters, isNeon, colour: colours[0] ?? lettersColour(isNeon, pickFor('letters')) },
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
            : 0.16 + chance('clouds')() * 0.34,
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
  return { ...spec, subjects: placedSubjects(spec, asked, wanted, { request, thirds, keySide, chance, look }) };
}

const lettersColour = (isNeon: boolean, pick: (options: readonly Rgb[]) => Rgb): Rgb =>
  isNeon
    ? pick([lch(0.72, 0.23, 5), lch(0.8, 0.16, 210), lch(0.82, 0.18, 85)])
    : pick([lch(0.95, 0.01, 85), lch(0.25, 0.02, 270)]);

function unit([x, y, z]: readonly [number, number, number]): [number, number, number] {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}
