/** Animals on four legs, from the measures in which they differ. They look to the right; feet at y = 0. */
import type { Rgb } from '../../raster/colour.ts';
import { toUnitHeight, flat, asOne, limb, round, smooth, type Part } from '../drawing.ts';
import { ellipse, type Polygon } from '../../raster/path.ts';

type Point = readonly [x: number, y: number];
/** In lengths of the trunk, which goes from x = −0.5 to x = 0.5. */
export interface Build {
  /** Heights of withers, rump and belly above the ground. */
  readonly withers: number;
  readonly rump: number;
  readonly belly: number;
  /** Widths of a leg at its top and above the foot, and of the foot. */
  readonly leg: readonly [top: number, ankle: number, foot: number];
  /** Middle of the head, and how thick the neck is at the trunk and behind the head. */
  readonly head: Point;
  readonly neck: readonly [root: number, nape: number];
  /** Radii of the skull. */
  readonly skull: Point;
  /** The tip of the nose from the middle of the head, and how thick the muzzle is at the head and at the tip. */
  readonly muzzle: Point;
  readonly snout: readonly [root: number, tip: number];
  /** An ear as an outline around its root at the top of the head; the farther one is drawn beside it. */
  readonly ear: Polygon;
  readonly earAt?: Point;
  /** The line of the tail from the rump, and its widths. */
  readonly tail: readonly number[];
  readonly tailWidth: readonly [root: number, tip: number];
  readonly tailTip?: Part['stuff'];
  /** Feet, and the lower half of the legs. */
  readonly socks?: Part['stuff'];
  readonly hooves?: boolean;
  /** Underside, chest and muzzle. */
  readonly underside?: Part['stuff'];
  readonly nose?: Part['stuff'] | 'none';
  readonly eye?: number;
  /** Markings and what else is its own: over everything but the eye. */
  readonly marks?: readonly Part[];
  /** Behind everything: manes, horns, humps that stand out. */
  readonly behind?: readonly Part[];
}

export function quadruped(build: Build): Part[] {
  const { withers, rump, belly, leg, head, neck, skull, muzzle, snout, socks } = build;
  const [hx, hy] = head;
  const tip: Point = [hx + muzzle[0], hy + muzzle[1]];
  const trunk = smooth(
    -0.5, -rump * 0.86, -0.4, -rump, -0.12, -(rump + withers) * 0.492, 0.22, -withers, 0.4, -withers * 0.95,
    0.5, -(withers + belly) * 0.52, 0.42, -belly * 1.02, 0.1, -belly * 0.94, -0.18, -belly * 1.08, -0.44, -belly * 1.12,
    -0.53, -(rump + belly) * 0.48,
  );
  const nape = limb([0.3, -withers * 0.86, (0.34 + hx) / 2, (hy - withers * 0.9) / 2, hx - skull[0] * 0.2, hy], neck[0], neck[1]);
  const jaw = limb([hx, hy + skull[1] * 0.12, ...tip], snout[0], snout[1]);
  const [earX, earY] = build.earAt ?? [hx - skull[0] * 0.45, hy - skull[1] * 0.6];
  const ear = (dx: number, dy: number) => build.ear.map((value, i) => value + (i % 2 ? earY + dy : earX + dx));
  const hindLeg = (dx: number) => legOf([-0.4 + dx, -belly * 1.05, -0.36 + dx, -belly * 0.62, -0.43 + dx, -belly * 0.32, -0.4 + dx, 0], leg);
  const foreLeg = (dx: number) => legOf([0.36 + dx, -belly * 1.05, 0.38 + dx, -belly * 0.5, 0.36 + dx, 0], leg);
  const parts: Part[] = [
    ...(build.behind ?? []),
    round('deep', ...asOne(...hindLeg(0.17).shape, ...foreLeg(-0.16).shape)),
    ...(socks ? [round(socks, ...hindLeg(0.17).sock, ...foreLeg(-0.16).sock)] : []),
    round('deep', ear(skull[0] * 0.55, -skull[1] * 0.1)),
    round('body', ...limb(build.tail, ...build.tailWidth)),
  ];
  if (build.tailTip) {
    const at = build.tail.length;
    const [x0, y0, x1, y1] = [build.tail[at - 4]!, build.tail[at - 3]!, build.tail[at - 2]!, build.tail[at - 1]!];
    const end = [x0 + (x1 - x0) * 0.55, y0 + (y1 - y0) * 0.55, x1, y1];
    parts.push(round(build.tailTip, ...limb(end, build.tailWidth[1] * 1.06, build.tailWidth[1] * 1.02)));
  }
  parts.push(
    round('body', ...asOne(trunk, ...nape, ...jaw, ellipse(hx, hy, skull[0], skull[1], 48), ...hindLeg(0).shape, ...foreLeg(0).shape, ear(0, 0))),
  );
  if (socks) parts.push(round(socks, ...asOne(...hindLeg(0).sock, ...foreLeg(0).sock)));
  if (build.hooves) parts.push(flat('dark', ...[hindLeg(0).toe, foreLeg(0).toe, hindLeg(0.17).toe, foreLeg(-0.16).toe].map(([x, y, r]) => [x - r, y + r * 0.9, x - r * 0.8, y - r * 0.5, x + r * 0.8, y - r * 0.5, x + r * 1.1, y + r * 0.9])));
  if (build.underside) {
    parts.push(round(build.underside, smooth(-0.3, -belly * 1.1, 0.1, -belly * 1.14, 0.44, -belly * 1.35, 0.49, -(withers + belly) * 0.5, 0.52, -(withers + belly) * 0.5, 0.43, -belly * 1.03, 0.1, -belly * 0.95, -0.2, -belly * 1.05)));
    parts.push(round(build.underside, ...limb([hx + skull[0] * 0.35, hy + snout[0] * 0.34, tip[0] - snout[1] * 0.1, tip[1] + snout[1] * 0.22], snout[0] * 0.36, snout[1] * 0.56)));
  }
  parts.push(...(build.marks ?? []));
  const nose = build.nose ?? 'dark';
  if (nose !== 'none') parts.push(round(nose, ellipse(tip[0] + snout[1] * 0.34, tip[1] - snout[1] * 0.16, snout[1] * 0.28, snout[1] * 0.24, 24)));
  const eye = build.eye ?? 0.03;
  const [eyeX, eyeY] = [hx + skull[0] * 0.32, hy - skull[1] * 0.14];
  parts.push(flat('dark', ellipse(eyeX, eyeY, eye, eye, 24)), flat('light', ellipse(eyeX + eye * 0.3, eyeY - eye * 0.35, eye * 0.32, eye * 0.32, 16)));
  return toUnitHeight(parts);
}

interface Leg {
  readonly shape: Polygon[];
  readonly sock: Polygon[];
  readonly toe: readonly [x: number, y: number, r: number];
}
function legOf(line: readonly number[], [top, ankle, foot]: Build['leg']): Leg {
  const at = line.length;
  const [x, y] = [line[at - 2]!, -foot * 0.42];
  const straight = [...line.slice(0, -2), x, y - foot * 0.2];
  const shape = asOne(...limb(straight, top, ankle), ellipse(x + foot * 0.28, y, foot * 0.72, foot * 0.42, 24));
  const [kneeX, kneeY] = [line[at - 4]!, line[at - 3]!];
  const sock = asOne(
    ...limb([kneeX + (x - kneeX) * 0.25, kneeY * 0.75, x, y], ankle * 1.12, ankle * 1.04),
    ellipse(x + foot * 0.28, y, foot * 0.74, foot * 0.44, 24),
  );
  return { shape, sock, toe: [x + foot * 0.1, y, foot * 0.5] };
}

/** Bands across the trunk, as of a zebra or a tiger. */
export function stripes(stuff: Part['stuff'], build: Pick<Build, 'withers' | 'rump' | 'belly'>, count: number, width: number): Part {
  const bands: Polygon[] = [];
  for (let k = 0; k < count; k++) {
    const x = -0.42 + (0.84 * k) / (count - 1);
    const top = -(build.rump + (build.withers - build.rump) * (k / (count - 1))) * 0.965;
    const foot = -build.belly * (k % 2 ? 1.22 : 1.5);
    bands.push([x - width, top, x + width, top, x + width * 0.5 + 0.02, (top + foot) / 2, x + 0.012, foot, x - width * 0.3, (top + foot) / 2]);
  }
  return flat(stuff, ...bands);
}
/** Patches on the trunk: x, y, radius each, with an uneven edge. */
export const spots = (stuff: Part['stuff'] | Rgb, ...places: readonly number[]): Part => {
  const patches: Polygon[] = [];
  for (let k = 0; k < places.length; k += 3) {
    const [x, y, r] = [places[k]!, places[k + 1]!, places[k + 2]!];
    patches.push(smooth(x - r, y, x - r * 0.5, y - r * 0.9, x + r * 0.3, y - r * 0.8, x + r * 1.05, y - r * 0.1, x + r * 0.5, y + r * 0.8, x - r * 0.4, y + r * 0.9));
  }
  return flat(stuff, ...patches);
};
/** An ear that stands up, of this height and half width, leaning to the right. */
export const uprightEar = (height: number, half: number, lean = 0): Polygon => [-half, half * 0.6, -half * 0.55 + lean * 0.4, -height * 0.6, lean, -height, half * 0.75 + lean * 0.4, -height * 0.5, half, half * 0.6];
/** An ear that hangs. */
export const hangingEar = (length: number, half: number): Polygon => smooth(-half * 0.5, -half * 0.6, half * 0.6, -half * 0.4, half * 0.7, length * 0.6, half * 0.1, length, -half * 0.9, length * 0.7, -half, length * 0.2);
/** A round ear. */
export const roundEar = (radius: number): Polygon => ellipse(0, -radius * 0.5, radius, radius, 32);
