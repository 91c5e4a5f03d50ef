/** A person's head and shoulders, large enough for a face. */
import { blend, lch, shift } from '../../raster/colour.ts';
import { flat, asOne, limb, round, smooth, type Part, type Shape } from '../drawing.ts';
import { ellipse, ring } from '../../raster/path.ts';
import type { Person } from '../person.ts';
import { hatOn } from './people.ts';

/** The middle of the head, and half its height. */
const [X, Y, R] = [0, -0.68, 0.28];
const at = (...points: readonly number[]): number[] => points.map((value, i) => (i % 2 ? Y + value * R : X + value * R));

export function portraitShape(person: Person): Shape {
  return { habitat: 'table', scale: 0.5, parts: [...shoulders(person), ...behind(person), ...neck(person), ...face(person), ...hairLine(person), ...beard(person), ...glasses(person), ...hatOn(person, X, Y - R * 0.02, R * 0.98)] };
}

function shoulders({ gender, age, top, dress, scarf, hatTone }: Person): Part[] {
  const wide = age === 'child' ? 0.46 : gender === 'man' ? 0.68 : 0.58;
  const parts = [round(dress === 'armour' ? lch(0.66, 0.01, 250) : top, smooth(-wide, 0.06, -wide * 0.94, -0.14, -wide * 0.6, -0.25, -0.2, -0.31, 0.2, -0.31, wide * 0.6, -0.25, wide * 0.94, -0.14, wide, 0.06, 0, 0.1))];
  if (dress === 'suit') parts.push(flat('light', [-0.13, -0.33, 0.13, -0.33, 0, 0.02]), flat('dark', [-0.03, -0.26, 0.03, -0.26, 0.045, 0.02, -0.045, 0.02]), flat(shift(top, 0.8), [-0.15, -0.34, -0.22, -0.28, -0.06, 0.05], [0.15, -0.34, 0.22, -0.28, 0.06, 0.05]));
  if (dress === 'coat') parts.push(flat(shift(top, 0.8), [-0.17, -0.34, -0.28, -0.24, -0.03, 0.05], [0.17, -0.34, 0.28, -0.24, 0.03, 0.05]));
  if (scarf) parts.push(round(hatTone, ...limb([-0.2, -0.3, 0, -0.24, 0.2, -0.3], 0.14, 0.14)));
  return parts;
}

function behind({ hair, hairTone }: Person): Part[] {
  const tone = shift(hairTone, 0.82);
  switch (hair) {
    case 'long':
      return [round(tone, smooth(...at(-1.02, -0.2, -0.7, -1.05, 0, -1.22, 0.7, -1.05, 1.02, -0.2, 1.12, 0.9, 0.95, 1.5, 0.4, 1.3, -0.4, 1.3, -0.95, 1.5, -1.12, 0.9)))];
    case 'bun':
      return [round(tone, ellipse(X, Y - R * 1.2, R * 0.44, R * 0.38, 32)), round(tone, smooth(...at(-0.94, 0, -0.8, -0.8, 0, -1.16, 0.8, -0.8, 0.94, 0)))];
    case 'ponytail':
      return [round(tone, ...limb(at(0.5, -0.8, 1.3, -0.5, 1.35, 0.6, 1.15, 1.2), R * 0.5, R * 0.2))];
    case 'curly':
      return [round(tone, ...Array.from({ length: 11 }, (_, k) => { const places = [-1, 0.35, -1.08, -0.1, -0.98, -0.55, -0.7, -0.92, -0.3, -1.14, 0.12, -1.18, 0.52, -1.04, 0.86, -0.74, 1.05, -0.32, 1.06, 0.1, 0.96, 0.45]; return ellipse(X + places[k * 2]! * R, Y + places[k * 2 + 1]! * R, R * 0.34, R * 0.34, 24); }))];
    default:
      return [];
  }
}

const neck = ({ skin }: Person): Part[] => [round(shift(skin, 0.88), smooth(-0.1, -0.5, 0.1, -0.5, 0.12, -0.34, 0.17, -0.28, 0, -0.21, -0.17, -0.28, -0.12, -0.34))];

function face({ skin, gender, age, mouth, hairTone }: Person): Part[] {
  const jaw = gender === 'man' ? 0.62 : 0.5;
  const isChild = age === 'child';
  const shadow = shift(skin, 0.8, 1.15);
  const brow = age === 'old' ? shift(hairTone, 0.85) : shift(hairTone, 0.7);
  const eyeY = isChild ? 0.06 : -0.02;
  const lip = gender === 'woman' ? blend(skin, lch(0.5, 0.17, 20), 0.7) : blend(skin, lch(0.48, 0.11, 25), 0.55);
  const parts: Part[] = [
    round(shift(skin, 0.92), ellipse(X - R * 0.8, Y + R * 0.08, R * 0.14, R * 0.22, 24), ellipse(X + R * 0.8, Y + R * 0.08, R * 0.14, R * 0.22, 24)),
    round(skin, smooth(...at(0, -1, 0.56, -0.84, 0.8, -0.3, 0.77, 0.25, jaw, 0.7, 0.24, 0.98, -0.24, 0.98, -jaw, 0.7, -0.77, 0.25, -0.8, -0.3, -0.56, -0.84))),
    flat('light', smooth(...at(-0.5, eyeY, -0.34, eyeY - 0.1, -0.17, eyeY, -0.34, eyeY + 0.075)), smooth(...at(0.17, eyeY, 0.34, eyeY - 0.1, 0.5, eyeY, 0.34, eyeY + 0.075))),
    flat(lch(0.42, 0.06, age === 'old' ? 240 : 60), ellipse(X - R * 0.33, Y + R * eyeY, R * 0.085, R * 0.085, 24), ellipse(X + R * 0.33, Y + R * eyeY, R * 0.085, R * 0.085, 24)),
    flat('dark', ellipse(X - R * 0.33, Y + R * eyeY, R * 0.045, R * 0.045, 16), ellipse(X + R * 0.33, Y + R * eyeY, R * 0.045, R * 0.045, 16)),
    flat('light', ellipse(X - R * 0.31, Y + R * (eyeY - 0.03), R * 0.02, R * 0.02, 10), ellipse(X + R * 0.35, Y + R * (eyeY - 0.03), R * 0.02, R * 0.02, 10)),
    flat(shift(skin, 0.6), ...limb(at(-0.52, eyeY - 0.01, -0.34, eyeY - 0.11, -0.16, eyeY - 0.01), R * 0.03, R * 0.03), ...limb(at(0.16, eyeY - 0.01, 0.34, eyeY - 0.11, 0.52, eyeY - 0.01), R * 0.03, R * 0.03)),
    flat(brow, ...limb(at(-0.54, eyeY - 0.2, -0.34, eyeY - 0.29, -0.14, eyeY - 0.22), R * 0.06, R * 0.075), ...limb(at(0.14, eyeY - 0.22, 0.34, eyeY - 0.29, 0.54, eyeY - 0.2), R * 0.075, R * 0.06)),
    flat(shadow, smooth(...at(0.03, 0.02, 0.09, 0.26, 0.14, 0.34, 0, 0.4, -0.13, 0.34, -0.02, 0.33, 0.06, 0.28))),
  ];
  if (mouth === 'laughing') parts.push(flat(lch(0.32, 0.11, 25), smooth(...at(-0.34, 0.54, 0, 0.58, 0.34, 0.54, 0.2, 0.8, 0, 0.86, -0.2, 0.8))), flat('light', smooth(...at(-0.29, 0.56, 0, 0.6, 0.29, 0.56, 0.22, 0.65, 0, 0.68, -0.22, 0.65))));
  else {
    const corner = mouth === 'sad' ? 0.68 : mouth === 'smiling' ? 0.56 : 0.62;
    parts.push(flat(lip, smooth(...at(-0.27, corner, -0.1, 0.59, 0, 0.61, 0.1, 0.59, 0.27, corner, 0.1, 0.7, 0, 0.72, -0.1, 0.7))), flat(shift(lip, 0.7), ...limb(at(-0.26, corner, 0, 0.645, 0.26, corner), R * 0.02, R * 0.02)));
  }
  if (age === 'old') parts.push(flat(shadow, ...limb(at(-0.4, -0.52, 0, -0.56, 0.4, -0.52), R * 0.018, R * 0.018), ...limb(at(-0.34, -0.64, 0, -0.68, 0.34, -0.64), R * 0.018, R * 0.018), ...limb(at(-0.5, eyeY + 0.16, -0.34, eyeY + 0.2, -0.2, eyeY + 0.15), R * 0.02, R * 0.02), ...limb(at(0.2, eyeY + 0.15, 0.34, eyeY + 0.2, 0.5, eyeY + 0.16), R * 0.02, R * 0.02), ...limb(at(-0.2, 0.36, -0.36, 0.5, -0.38, 0.66), R * 0.02, R * 0.02), ...limb(at(0.2, 0.36, 0.36, 0.5, 0.38, 0.66), R * 0.02, R * 0.02)));
  if (isChild) parts.push(flat(blend(skin, lch(0.68, 0.15, 20), 0.4), ellipse(X - R * 0.46, Y + R * 0.4, R * 0.15, R * 0.1, 24), ellipse(X + R * 0.46, Y + R * 0.4, R * 0.15, R * 0.1, 24)));
  return parts;
}

function hairLine({ hair, hairTone, age }: Person): Part[] {
  if (hair === 'bald') return [round(hairTone, smooth(...at(-0.86, -0.4, -0.78, -0.3, -0.76, 0.1, -0.9, 0.1)), smooth(...at(0.86, -0.4, 0.78, -0.3, 0.76, 0.1, 0.9, 0.1)))];
  if (hair === 'short' && age === 'old') return [round(hairTone, ...asOne(smooth(...at(-0.92, 0, -0.95, -0.6, -0.5, -1.06, 0, -1.16, 0.5, -1.06, 0.95, -0.6, 0.92, 0, 0.8, -0.1, 0.76, -0.52, 0.4, -0.82, 0, -0.8, -0.4, -0.82, -0.76, -0.52, -0.8, -0.1))))];
  if (hair === 'short' || hair === 'curly') return [round(hairTone, smooth(...at(-0.9, 0, -0.96, -0.6, -0.54, -1.1, 0.1, -1.2, 0.66, -1.04, 0.95, -0.6, 0.9, 0, 0.78, -0.16, 0.7, -0.56, 0.2, -0.62, -0.3, -0.78, -0.7, -0.5, -0.78, -0.14)))];
  return [round(hairTone, smooth(...at(-0.94, 0.3, -1, -0.5, -0.6, -1.06, 0, -1.2, 0.6, -1.06, 1, -0.5, 0.94, 0.3, 0.8, -0.1, 0.66, -0.5, 0.1, -0.82, -0.2, -0.7, -0.62, -0.4, -0.8, -0.04)))];
}

function beard({ beard: kind, hairTone }: Person): Part[] {
  if (!kind) return [];
  const moustache = smooth(...at(-0.42, 0.56, -0.22, 0.42, 0, 0.44, 0.22, 0.42, 0.42, 0.56, 0.2, 0.56, 0, 0.53, -0.2, 0.56));
  if (kind === 'moustache') return [round(hairTone, moustache)];
  return [
    round(hairTone, smooth(...at(-0.82, 0.02, -0.68, 0.3, -0.44, 0.44, -0.3, 0.56, -0.24, 0.78, 0, 0.82, 0.24, 0.78, 0.3, 0.56, 0.44, 0.44, 0.68, 0.3, 0.82, 0.02, 0.84, 0.6, 0.62, 1.1, 0.26, 1.42, 0, 1.48, -0.26, 1.42, -0.62, 1.1, -0.84, 0.6))),
    round(shift(hairTone, 1.06), moustache),
  ];
}

function glasses({ glasses: kind, age }: Person): Part[] {
  if (!kind) return [];
  const y = age === 'child' ? 0.06 : -0.02;
  const lens = [-0.36, 0.36].map((x) => ellipse(X + x * R, Y + y * R, R * 0.27, R * 0.24, 40));
  const frame = flat('dark', ...[-0.36, 0.36].flatMap((x) => ring(X + x * R, Y + y * R, R * 0.3, R * 0.255, 0.9)), ...limb(at(-0.08, y - 0.06, 0, y - 0.1, 0.08, y - 0.06), R * 0.045, R * 0.045), ...limb(at(-0.64, y - 0.04, -0.84, y - 0.08), R * 0.04, R * 0.04), ...limb(at(0.64, y - 0.04, 0.84, y - 0.08), R * 0.04, R * 0.04));
  return kind === 'dark' ? [round('dark', ...lens), frame] : [frame];
}
