/** Paints a subject: its parts in its material, the shadow it throws, the light it gives. */
import type { Rgb } from '../raster/colour.ts';
import { blend, lch, shift, times } from '../raster/colour.ts';
import { clamp } from '../raster/math.ts';
import type { Material } from './lexicon.ts';
import type { Paint, Painter } from './painter.ts';
import { ellipse, transformed, rectangle } from '../raster/path.ts';
import { standsAt } from './ground.ts';
import type { Part } from './drawing.ts';
import type { PlacedSubject, SceneSpec } from './spec.ts';

interface Surface {
  readonly gloss?: number;
  readonly clear?: number;
  readonly texture?: Paint['texture'];
  readonly rough?: number;
  readonly tint?: (c: Rgb) => Rgb;
}
const SURFACES: Readonly<Record<Material, Surface>> = {
  glass: { gloss: 1, clear: 0.85, tint: (c) => blend(c, lch(0.95, 0.02, 220), 0.35) },
  metal: { gloss: 1, texture: 'brushed', rough: 0.07, tint: (c) => blend(c, lch(0.66, 0.012, 255), 0.75) },
  gold: { gloss: 1, texture: 'brushed', rough: 0.05, tint: () => lch(0.72, 0.12, 82) },
  ceramic: { gloss: 0.28, tint: (c) => shift(c, 1.04, 0.85) },
  plastic: { gloss: 0.75 },
  wood: { gloss: 0.1, texture: 'wood', rough: 0.34, tint: (c) => blend(c, lch(0.52, 0.075, 58), 0.75) },
  fabric: { gloss: 0, texture: 'weave', rough: 0.3 },
  leather: { gloss: 0.22, texture: 'soft', rough: 0.16, tint: (c) => shift(c, 0.85, 1.05) },
  marble: { gloss: 0.45, texture: 'marble', rough: 0.38, tint: (c) => blend(c, lch(0.9, 0.01, 90), 0.6) },
  paper: { gloss: 0, texture: 'soft', rough: 0.04, tint: (c) => shift(c, 1.06, 0.9) },
  ice: { gloss: 0.9, clear: 0.6, tint: (c) => blend(c, lch(0.9, 0.04, 225), 0.6) },
};
const PLAIN: Surface = { gloss: 0.22 };

/** `foot`: the row of the ground it stands on, where something lies between. */
export function paintSubject(
  painter: Painter,
  spec: SceneSpec,
  subject: PlacedSubject,
  standsOn: 'ground' | 'water' | 'nothing',
  foot = subject.y,
): void {
  const { width, height } = painter;
  const lies = standsOn === 'nothing' ? subject.depth : standsAt(spec, subject.above ?? foot);
  const shape = subject.drawing;
  const tall = subject.size * height;
  const [x, y] = [subject.x * width, subject.y * height];
  const flip = subject.flip ? -1 : 1;
  const put = (part: Part) => transformed(part.polygons, x, y, tall * flip, tall);
  const [lx, ly] = painter.light.direction;

  if (subject.above !== undefined) {
    painter.shade(
      [ellipse(x, y, tall * halfWidth(shape.parts) * 0.8, tall * 0.025)],
      lies,
      Math.max(1, tall * 0.02),
      [0, 0, 0],
      0.4,
    );
  } else if (standsOn === 'ground') {
    // The shape itself, laid on the ground away from the light and blurred, and a dark contact underneath.
    const lean = clamp(-lx / Math.max(0.25, -ly), -2.4, 2.4) * 0.42;
    const thrown = shape.parts
      .flatMap(put)
      .map((polygon) =>
        polygon.map((value, i) =>
          i % 2 ? y - (polygon[i]! - y) * 0.16 - (y - polygon[i]!) * 0.32 : value + (y - polygon[i + 1]!) * lean,
        ),
      );
    const soft = spec.weathers.has('overcast') || spec.weathers.has('fog') ? 2.2 : 1;
    const shadow = blend(spec.sky[0], [0, 0, 0], 0.55);
    painter.shade(thrown, lies, Math.max(1, tall * 0.022 * soft), times(shadow, 0.5), 0.62 / soft);
    painter.shade(
      [ellipse(x, y, tall * halfWidth(shape.parts) * 0.95, tall * 0.03)],
      lies,
      Math.max(1, tall * 0.018),
      [0, 0, 0],
      0.55,
    );
  }
  paintParts(painter, spec, subject, shape.parts, lies, standsOn === 'nothing' || spec.place !== 'studio' ? 0.75 : 0.4);
}

/** Parts of its drawing, where it stands; `lies` for the camera. */
export function paintParts(
  painter: Painter,
  spec: SceneSpec,
  subject: PlacedSubject,
  parts: readonly Part[],
  lies: number,
  rim = 0.4,
): void {
  const { width, height } = painter;
  const tall = subject.size * height;
  const [x, y] = [subject.x * width, subject.y * height];
  const put = (part: Part) => transformed(part.polygons, x, y, tall * (subject.flip ? -1 : 1), tall);
  const { habitat } = subject.drawing;
  const surface = subject.material ? SURFACES[subject.material] : habitat === 'table' ? { gloss: 0.5 } : PLAIN;
  const night = spec.time === 'night' || spec.time === 'dusk' || spec.place === 'space' || spec.style === 'neon';
  const hazy = Math.max(0, subject.depth - 0.3) * spec.hazeAmount * 0.75;
  for (const part of parts) {
    const look = stuffOf(part.stuff, subject.colour, spec, surface, night);
    const colour = look.tint ? look.tint(look.colour) : look.colour;
    painter.fill(put(part), {
      form: part.form,
      top: shift(colour, 1.05),
      bottom: shift(colour, 0.86),
      span: [y - tall, y],
      haze: spec.haze,
      hazy: [hazy, hazy * 1.1],
      gloss: look.gloss ?? 0,
      clear: look.clear ?? 0,
      rim,
      glow: look.glow ?? 0,
      texture: look.texture ?? 'none',
      grainSize: tall * 0.34,
      rough: look.rough ?? 0,
      depth: subject.depth,
      lies,
      seed: spec.seed,
    });
  }
  if (night) {
    for (const part of parts) {
      if (part.stuff !== 'glow' && part.stuff !== 'screen') continue;
      painter.shine(
        put(part),
        lies,
        tall * 0.035,
        part.stuff === 'glow' ? lch(0.82, 0.14, 72) : lch(0.7, 0.1, 230),
        0.65,
      );
    }
  }
}

/** How far its foot reaches to either side, in its heights. */
export function halfWidth(parts: readonly Part[]): number {
  let half = 0.1;
  for (const part of parts)
    for (const polygon of part.polygons)
      for (let i = 0; i < polygon.length; i += 2)
        if (polygon[i + 1]! > -0.25) half = Math.max(half, Math.abs(polygon[i]!));
  return Math.min(half, 1.1);
}

function stuffOf(
  stuff: Part['stuff'],
  own: Rgb,
  spec: SceneSpec,
  surface: Surface,
  night: boolean,
): Surface & { colour: Rgb; glow?: number } {
  if (typeof stuff !== 'string') return { gloss: (surface.gloss ?? 0.2) * 0.6, colour: stuff };
  switch (stuff) {
    case 'body':
      return { ...surface, colour: own };
    case 'deep':
      return { ...surface, colour: shift(own, 0.72, 1.05), gloss: (surface.gloss ?? 0) * 0.5 };
    case 'pale':
      return { ...surface, colour: blend(own, lch(0.95, 0.02, 85), 0.62), clear: (surface.clear ?? 0) * 0.5 };
    case 'accent':
      return { colour: shift(spec.accent, 0.92), gloss: Math.min(0.6, (surface.gloss ?? 0.2) + 0.1) };
    case 'dark':
      return { colour: lch(0.24, 0.015, 270), gloss: 0.35 };
    case 'light':
      return { colour: lch(0.95, 0.012, 85), gloss: 0.15 };
    case 'metal':
      return { colour: lch(0.7, 0.012, 250), gloss: 1, texture: 'brushed', rough: 0.06 };
    case 'glass':
      return { colour: blend(spec.sky[1], lch(0.78, 0.05, 235), 0.5), gloss: 0.9, clear: 0.35 };
    case 'glow':
      return { colour: lch(0.88, 0.12, 82), glow: night ? 2.6 : 0.9 };
    case 'screen':
      return { colour: blend(spec.accent, lch(0.55, 0.12, 260), 0.5), glow: night ? 1.2 : 0.55, gloss: 0.3 };
    case 'leaf':
      return { colour: leafOf(spec, own), texture: 'foliage', rough: 0.55 };
    case 'wood':
      return { colour: lch(0.42, 0.055, 55), texture: 'wood', rough: 0.2, gloss: 0.08 };
    case 'skin':
      return { colour: lch(0.66 + 0.16 * ((spec.seed % 97) / 97), 0.065, 55), gloss: 0.12 };
    default:
      return stuff satisfies never;
  }
}
function leafOf(spec: SceneSpec, own: Rgb): Rgb {
  if (spec.season === 'autumn') return lch(0.58, 0.15, 52);
  if (spec.season === 'spring') return lch(0.78, 0.09, 355);
  if (spec.season === 'winter' || spec.weathers.has('snow'))
    return blend(lch(0.45, 0.05, 160), lch(0.93, 0.01, 240), 0.5);
  return blend(own, lch(0.46, 0.095, 142), 0.72);
}

/** The stand a product is shown on. */
export function paintPlinth(
  painter: Painter,
  spec: SceneSpec,
  x: number,
  top: number,
  half: number,
  drop: number,
): void {
  const colour = blend(spec.ground, spec.accent, 0.28);
  const rim = half * 0.15;
  const lies = standsAt(spec, (top + drop) / painter.height);
  painter.shade(
    [ellipse(x + half * 0.3 * -Math.sign(painter.light.direction[0]), top + drop, half * 1.35, rim * 1.7)],
    lies,
    half * 0.11,
    times(shift(spec.ground, 0.5), 0.6),
    0.7,
  );
  painter.fill([[...rectangle(x - half, top, half * 2, drop)], ellipse(x, top + drop, half, rim)], {
    form: 'lathe',
    top: shift(colour, 0.98),
    bottom: shift(colour, 0.84),
    gloss: 0.14,
    depth: 0.34,
    lies,
  });
  painter.fill([ellipse(x, top, half, rim)], {
    top: shift(colour, 1.13),
    bottom: shift(colour, 1.06),
    depth: 0.33,
    lies,
  });
}
