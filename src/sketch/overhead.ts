/** A table seen from straight above, with what lies and stands on it. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times } from '../raster/colour.ts';
import { clamp } from '../raster/math.ts';
import { rectangle, transformed, type Polygon } from '../raster/path.ts';
import type { PlacedSubject } from './spec.ts';
import type { Stage } from './stage.ts';
import { paintParts } from './subjects.ts';

export function overhead(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 91);
  const isDark = spec.moods.has('dark') || spec.moods.has('dramatic') || spec.time === 'night';
  const isLinen = random() < 0.3 || spec.moods.has('bright');
  const table = shift(isLinen ? lch(0.86, 0.02, 80) : lch(0.5, 0.065, 58), isDark ? 0.45 : 1);
  painter.fill([rectangle(-width * 0.2, -height * 0.2, width * 1.4, height * 1.4)], {
    top: shift(table, 0.8),
    depth: 0.6,
    lies: 0.5,
  });
  const board = 190 * unit;
  const boards: Polygon[][] = [[], [], []];
  for (let k = -1; k * board < height * 1.1; k++)
    boards[(k + 3) % 3]!.push(
      rectangle(-width * 0.2, k * board + 2 * unit, width * 1.4, board - (isLinen ? 0 : 4) * unit),
    );
  for (const [k, polygons] of boards.entries())
    painter.fill(polygons, {
      top: shift(table, isLinen ? 1 : 0.94 + k * 0.06),
      depth: 0.6,
      lies: 0.5,
      texture: isLinen ? 'weave' : 'wood',
      rough: isLinen ? 0.12 : 0.3,
      grainSize: (isLinen ? 30 : 120) * unit,
      seed: spec.seed + k,
    });
  const side = Math.sign(spec.light.direction[0]) || 1;
  painter.glow(
    width * (0.5 + side * 0.36),
    height * 0.12,
    0.5,
    Math.max(width, height) * 0.42,
    times(spec.light.key, 0.26),
    0.5,
  );
  painter.nearer();
  for (const [k, subject] of spec.subjects.entries()) lying(stage, subject, k, side);
}

function lying({ painter, spec, width, height, unit }: Stage, subject: PlacedSubject, k: number, side: number): void {
  const parts = subject.drawing.fromAbove ?? subject.drawing.parts;
  const isDish = subject.drawing.fromAbove !== undefined;
  const size = subject.size * height * (isDish ? 1.75 : 1.3);
  const count = spec.subjects.length;
  const x = count === 1 ? width / 2 : width * clamp(subject.x, 0.2, 0.8);
  const y = height * 0.5 + (count === 1 ? 0 : (k % 2 ? 0.12 : -0.12) * height) + size / 2;
  const cast = parts.flatMap((part) => transformed(part.polygons, x - side * 14 * unit, y + 16 * unit, size));
  painter.shade(cast, 0.5, 12 * unit, blend(spec.sky[0], [0, 0, 0], 0.7), 0.6);
  paintParts(painter, spec, { ...subject, x: x / width, y: y / height, size: size / height, depth: 0.28 }, parts, 0.45);
}
