/** Studio, room and abstract space. */
import { randomFrom } from '../core/random.ts';
import { blend, lch, shift, times } from '../raster/colour.ts';
import { clamp, cos, lerp, PI, sin } from '../raster/math.ts';
import { halfSpan } from './drawing.ts';
import { groundLies, groundRow } from './ground.ts';
import { land, waves } from './lines.ts';
import { ellipse, rectangle, ring, type Polygon } from '../raster/path.ts';
import { paintPlinth, paintSubject } from './subjects.ts';
import { meadow, stones } from './foreground.ts';
import type { Stage } from './stage.ts';

export function studio(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 17);
  const dark =
    spec.moods.has('dark') ||
    spec.moods.has('dramatic') ||
    spec.time === 'night' ||
    spec.style === 'noir' ||
    spec.style === 'neon';
  const tinted = blend(
    blend(spec.ground, spec.accent, spec.moods.has('bright') || spec.extras.has('grain') ? 0.12 : 0.42),
    spec.sky[2],
    0.12,
  );
  const backdrop = shift(
    tinted,
    dark ? 0.36 : spec.moods.has('bright') ? 1.02 : 0.86,
    spec.moods.has('muted') ? 0.6 : 0.9,
  );
  const floor = shift(backdrop, dark ? 1.05 : 1.07);
  const H = spec.horizon;
  const side = Math.sign(spec.light.direction[0]) || 1;
  // A seamless sweep: wall and floor in one, brighter where the soft box reaches.
  painter.fill([rectangle(-width * 0.2, -height * 0.2, width * 1.4, height * 1.5)], {
    top: shift(backdrop, 0.82),
    bottom: backdrop,
    span: [0, H * height],
    depth: 1,
    unlit: false,
    texture: 'soft',
    rough: 0.025,
    grainSize: 380 * unit,
  });
  painter.fill([land(width, height, () => H - 0.03, { steps: 2 })], {
    top: shift(backdrop, 1),
    bottom: shift(floor, 1.03),
    span: [(H - 0.03) * height, height],
    depth: [0.85, 0.06],
    lies: groundLies(spec),
  });
  painter.shine(
    [rectangle(-width * 0.2, (H - 0.1) * height, width * 1.4, 0.09 * height)],
    0.9,
    40 * unit,
    shift(backdrop, 1),
    0.05,
  );
  painter.glow(
    width * (0.5 + side * 0.16),
    height * H * 0.52,
    0.95,
    Math.max(width, height) * 0.3,
    times(spec.light.key, dark ? 0.34 : 0.3),
    dark ? 0.5 : 0.4,
  );

  painter.nearer();
  const main = spec.subjects[0];
  const set = spec.subjects.length ? random() : 0.9;
  const cx = (main?.x ?? 0.5) * width;
  const ry = Math.min(width, height);
  if (set < 0.34) {
    painter.fill([ellipse(cx, (H - 0.22) * height, ry * 0.34)], {
      top: shift(spec.accent, dark ? 0.62 : 1.12, 0.8),
      bottom: shift(spec.accent, dark ? 0.5 : 0.98, 0.8),
      depth: 0.72,
    });
  } else if (set < 0.62) {
    const half = ry * 0.26;
    const foot = (H + 0.01) * height;
    painter.shade(
      [rectangle(cx - half + half * 0.25 * -side, foot - ry * 0.5, half * 2, ry * 0.5)],
      1,
      half * 0.12,
      times(shift(backdrop, 0.5), 0.8),
      0.55,
    );
    const arch: number[] = [cx - half, foot];
    for (let k = 0; k <= 24; k++)
      arch.push(cx - half * cos((PI * k) / 24), foot - ry * 0.34 - half * sin((PI * k) / 24));
    arch.push(cx + half, foot);
    painter.fill([arch], {
      top: shift(spec.accent, dark ? 0.6 : 1.08, 0.75),
      bottom: shift(spec.accent, dark ? 0.46 : 0.92, 0.75),
      depth: 0.7,
      span: [foot - ry * 0.6, foot],
    });
  } else if (set < 0.8) {
    painter.fill(ring(cx + side * ry * 0.12, (H - 0.26) * height, ry * 0.27, ry * 0.235), {
      form: 'round',
      swell: 6 * unit,
      top: shift(spec.accent, dark ? 0.8 : 1.1, 0.9),
      gloss: 0.5,
      rim: 0.5,
      depth: 0.68,
    });
  }
  if (!spec.banned.has('plant') && random() < 0.4 && spec.lens !== 'macro') leafShadow(stage, random);
  painter.nearer();
  const onPlinth = main && main.drawing.habitat === 'table' && main.shape !== 'portrait' && !spec.banned.has('plinth');
  const sorted = [...spec.subjects].sort((a, b) => a.y - b.y);
  for (const subject of sorted) {
    if (subject.shape !== 'portrait' && onPlinth && (subject === main || spec.extras.has('plinth'))) {
      const half = subject.size * height * clamp(halfSpan(subject.drawing) * 1.5, 0.4, 1.6);
      const drop = Math.max(30 * unit, (1 - H) * height * 0.28);
      paintPlinth(painter, spec, subject.x * width, subject.y * height, Math.max(half, 60 * unit), drop);
      const foot = subject.y + drop / height;
      paintSubject(painter, spec, { ...subject, y: subject.y + 0.004 }, 'ground', foot);
    } else paintSubject(painter, spec, subject, subject.shape === 'portrait' ? 'nothing' : 'ground');
  }
  if (onPlinth && spec.extras.has('stones')) stones(stage, H + 0.1);
  painter.nearer();
  if (spec.extras.has('flowers')) meadow(stage, 0.9, true);
}

function leafShadow(stage: Stage, random: () => number): void {
  const { painter, spec, width, height, unit } = stage;
  const side = Math.sign(spec.light.direction[0]) || 1;
  const leaves: Polygon[] = [];
  const [ox, oy] = [width * (0.5 + side * 0.56), height * (0.1 + random() * 0.2)];
  for (let k = 0; k < 9; k++) {
    const t = 2.1 + k * 0.2 + random() * 0.15;
    const reach = (260 + random() * 190) * unit;
    const [dx, dy] = [cos(t) * side * reach, sin(t) * reach];
    const w = reach * 0.075;
    leaves.push([
      ox,
      oy,
      ox + dx * 0.4 - dy * 0.12,
      oy + dy * 0.4 + dx * 0.12 * 0.6,
      ox + dx,
      oy + dy,
      ox + dx * 0.42 + w,
      oy + dy * 0.42 + w,
    ]);
  }
  painter.shade(leaves, 0.9, 11 * unit, times(shift(spec.ground, 0.5), 0.75), 0.34);
}

export function room(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 23);
  const night = spec.time === 'night' || spec.time === 'dusk';
  const wall = shift(
    blend(blend(spec.land, spec.accent, 0.2), spec.sky[1], 0.14),
    spec.moods.has('dark') || night ? 0.5 : 0.92,
  );
  const H = spec.horizon;
  const side = Math.sign(spec.light.direction[0]) || 1;
  painter.fill([rectangle(-width * 0.2, -height * 0.2, width * 1.4, height * 1.5)], {
    top: shift(wall, 0.86),
    bottom: wall,
    depth: 1,
    texture: 'soft',
    rough: 0.05,
    grainSize: 260 * unit,
    span: [0, height],
  });
  const big = Math.min(width, height);
  const hasWindow = random() < 0.6;
  if (hasWindow || spec.extras.has('window')) {
    // A real window with a view.
    const [wx, wy, ww, wh] = [
      width * (0.5 + side * 0.3) - big * 0.2,
      height * 0.1,
      big * 0.4,
      Math.max(height * 0.42, big * 0.3),
    ];
    painter.fill([rectangle(wx - 8 * unit, wy - 8 * unit, ww + 16 * unit, wh + 16 * unit)], {
      top: shift(wall, 1.15),
      depth: 0.98,
    });
    painter.fill([rectangle(wx, wy, ww, wh)], {
      top: spec.sky[0],
      bottom: spec.sky[2],
      depth: 1,
      unlit: true,
      glow: night ? 0 : 0.35,
    });
    const hills: number[] = [wx, wy + wh];
    for (let i = 0; i <= 20; i++)
      hills.push(wx + (ww * i) / 20, wy + wh * (0.74 - 0.16 * waves(i * 0.21, 3, spec.seed)));
    hills.push(wx + ww, wy + wh);
    painter.fill([hills], { top: blend(lch(0.5, 0.07, 150), spec.haze, 0.5), depth: 0.99 });
    painter.fill([rectangle(wx + ww / 2 - 4 * unit, wy, 8 * unit, wh), rectangle(wx, wy + wh * 0.42, ww, 7 * unit)], {
      top: shift(wall, 1.12),
      depth: 0.97,
    });
  }
  if (!night) {
    // Window light falls across the wall.
    const panes: Polygon[] = [];
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 2; j++) {
        const [x, y] = [width * (0.5 - side * 0.1) + (i - 1) * big * 0.2, height * 0.16 + j * big * 0.24];
        panes.push([
          x,
          y + side * big * 0.03,
          x + big * 0.18,
          y,
          x + big * 0.18 - side * big * 0.08,
          y + big * 0.21,
          x - side * big * 0.08,
          y + big * 0.21 + side * big * 0.03,
        ]);
      }
    painter.shine(panes, 0.97, 7 * unit, blend(times(spec.light.key, 0.5), wall, 0.4), 0.36);
  } else painter.glow(width * (0.5 - side * 0.28), height * 0.3, 0.9, big * 0.3, lch(0.78, 0.11, 70), 0.55);
  const table = groundRow(spec);
  painter.nearer();
  painter.fill([land(width, height, () => table, { steps: 2 })], {
    top: shift(spec.ground, 1.02),
    bottom: shift(spec.ground, 0.8),
    depth: [0.7, 0.05],
    lies: groundLies(spec),
    span: [table * height, height],
    texture: 'boards',
    horizon: (table - 0.35) * height,
    rough: 0.2,
  });
  painter.shade(
    [rectangle(-width * 0.1, table * height - 3 * unit, width * 1.2, 14 * unit)],
    0.7,
    7 * unit,
    [0.1, 0.08, 0.07],
    0.45,
  );
  painter.glow(
    width * (0.5 - side * 0.16),
    (H + 0.15) * height,
    0.5,
    big * 0.36,
    times(spec.light.key, 0.22),
    0.5,
    2.4,
  );
  painter.nearer();
  for (const subject of [...spec.subjects].sort((a, b) => a.y - b.y))
    paintSubject(painter, spec, subject, subject.shape === 'portrait' ? 'nothing' : 'ground');
}

export function abstract(stage: Stage): void {
  const { painter, spec, width, height, unit } = stage;
  const random = randomFrom(spec.seed + 71);
  const base = spec.accent;
  const hues = [0, 34, -46, 150, 80].map((turn) => shift(base, 1, 1, turn + (random() - 0.5) * 24));
  painter.fill([rectangle(-width * 0.2, -height * 0.2, width * 1.4, height * 1.4)], {
    top: shift(hues[1]!, 1.22, 0.5),
    bottom: shift(hues[0]!, 0.95, 0.7),
    depth: 1,
    unlit: true,
  });
  painter.glow(spec.sun.x * width, height * 0.25, 1, Math.max(width, height) * 0.3, shift(hues[2]!, 1.2), 0.6);
  const count = 7;
  for (let k = 0; k < count; k++) {
    const near = k / (count - 1);
    if (k % 2 === 0 && k > 0 && k < count - 1) painter.nearer();
    const [amplitude, frequency, phase] = [0.1 + random() * 0.12, 0.5 + random() * 0.8, random() * 10];
    const line = (x: number) =>
      0.2 +
      near * 0.72 +
      amplitude * waves(x * frequency + phase + 0.12 * sin((stage.turn + near) * 2 * PI), 2, spec.seed + k) * 1.6 +
      (x - 0.5) * 0.3 * (spec.seed % 2 ? 1 : -1);
    const colour = blend(hues[k % hues.length]!, shift(hues[(k + 1) % hues.length]!, 0.8), near * 0.5);
    painter.shade(
      [land(width, height, (x) => line(x) - 0.014)],
      1 - near * 0.9,
      16 * unit,
      times(shift(colour, 0.5), 0.5),
      0.5,
    );
    painter.fill([land(width, height, line)], {
      form: 'round',
      swell: 14 * unit,
      top: shift(colour, 1.1),
      bottom: shift(colour, 0.7),
      span: [(0.1 + near * 0.72) * height, (0.5 + near * 0.72) * height],
      gloss: 0.3,
      rim: 0.5,
      depth: 1 - near * 0.9,
    });
  }
  painter.nearer();
  for (let k = 0; k < 3; k++) {
    const [x, y, r] = [
      lerp(0.15, 0.85, random()) * width,
      lerp(0.18, 0.7, random()) * height,
      Math.min(width, height) * (0.05 + random() * 0.1),
    ];
    painter.shade(
      [ellipse(x - spec.light.direction[0] * r * 0.7, y + r * 1.2, r, r * 0.4)],
      0.3,
      r * 0.2,
      [0.1, 0.08, 0.12],
      0.4,
    );
    painter.fill([ellipse(x, y, r)], {
      form: 'round',
      swell: r * 0.3,
      top: shift(hues[(k + 2) % 5]!, 1.12),
      bottom: shift(hues[(k + 2) % 5]!, 0.7),
      gloss: 0.6,
      rim: 0.5,
      depth: 0.25,
    });
  }
  for (const subject of spec.subjects) paintSubject(painter, spec, subject, 'nothing');
}
