/** What a picture or a clip looks like, in figures small enough to keep: checks compare these, not pixels. */
import type { Artifacts } from '../core/node.ts';
import type { ImageValue, Raster, VideoValue } from '../core/values.ts';
import { lookOfFrame, type FrameLook } from '../measure/frame-look.ts';
import { FrameSteps } from '../measure/frame-steps.ts';
import { lumaPlane, type Plane } from '../measure/plane.ts';
import { ssim } from '../measure/ssim.ts';
import { clipped, distanceOf, emptiness, palette, sharpness } from '../measure/stills.ts';
import { overWhite } from '../raster/opaque.ts';

export interface StillLook {
  readonly kind: 'image';
  readonly frame: FrameLook;
  readonly sharpness: number;
  readonly clipped: number;
  readonly emptiness: number;
  readonly palette: ReturnType<typeof palette>;
  /** The composition: luma in one size for every shape, so that pictures of two shapes can be compared. */
  readonly map: Plane;
}
export interface ClipLook {
  readonly kind: 'video';
  readonly first: StillLook;
  readonly last: StillLook;
  /** Some frames over its length. */
  readonly over: readonly FrameLook[];
  /** ΔE of the palette, the farthest from the first frame. */
  readonly drift: number;
  /** Something moves between most of these frames. */
  readonly isMoving: boolean;
}
export type PictureLook = StillLook | ClipLook;

const [MAP_WIDTH, MAP_HEIGHT] = [96, 64];
/** Frames of a clip that are looked at for its drift. */
const SAMPLES = 12;
/** Pixels a frame of 160 moves by, from one of those to the next, when it can be said to move. */
const MOVING = 0.06;

/** Reads the pixels. Throws what `artifacts` throws where they are not stored any more. */
export async function lookAtPicture(value: ImageValue | VideoValue, artifacts: Artifacts): Promise<PictureLook> {
  if (value.kind === 'image') return lookOfStill(overWhite((await artifacts.image(value)).raster));
  const clip = await artifacts.clip(value);
  const every = Math.max(1, Math.floor(clip.frames / SAMPLES));
  const steps = new FrameSteps(clip);
  const over: FrameLook[] = [];
  const speeds: number[] = [];
  let [first, last]: (StillLook | undefined)[] = [];
  let [at, drift] = [0, 0];
  for await (const frame of clip.read()) {
    first ??= lookOfStill(frame);
    if (at % every === 0) {
      over.push(lookOfFrame(frame));
      drift = Math.max(drift, distanceOf(first.palette, palette(frame)));
      const step = await steps.to(frame);
      if (step && !step.isCut) speeds.push(step.speed);
    }
    if (at === clip.frames - 1) last = lookOfStill(frame);
    at++;
  }
  if (!first) throw new RangeError('A clip has a frame.');
  const isMoving = speeds.filter((speed) => speed > MOVING).length * 2 > speeds.length;
  return { kind: 'video', first, last: last ?? first, over, drift, isMoving };
}

function lookOfStill(raster: Raster): StillLook {
  return {
    kind: 'image',
    frame: lookOfFrame(raster),
    sharpness: sharpness(raster),
    clipped: clipped(raster),
    emptiness: emptiness(raster),
    palette: palette(raster),
    map: lumaPlane(raster, MAP_WIDTH, MAP_HEIGHT),
  };
}

const asStill = (look: PictureLook): StillLook => (look.kind === 'image' ? look : look.first);

export const LOOK_MEASURES = [
  'luma',
  'contrast',
  'saturation',
  'warmth',
  'sharpness',
  'clipped',
  'emptiness',
  'drift',
] as const;
export type LookMeasure = (typeof LOOK_MEASURES)[number];

/** Of a clip: its first frame, but for drift, which a picture has not. Luma and contrast in levels of 255. */
export function measureOf(look: PictureLook, measure: LookMeasure): number | undefined {
  const still = asStill(look);
  switch (measure) {
    case 'luma':
    case 'contrast':
      return still.frame[measure];
    case 'saturation':
      return still.frame.chroma;
    case 'warmth':
      return still.frame.lab[2];
    case 'drift':
      return look.kind === 'video' ? look.drift : undefined;
    default:
      return still[measure];
  }
}

/** All that a look measures, to two digits behind the point. */
export function measuresOf(look: PictureLook): Measures {
  const found = LOOK_MEASURES.map((measure) => [measure, measureOf(look, measure)] as const);
  return Object.fromEntries(
    found.flatMap(([measure, value]) => (value === undefined ? [] : [[measure, Number(value.toFixed(2))]])),
  );
}
export type Measures = Readonly<Partial<Record<LookMeasure, number>>>;

export const LOOK_DISTANCES = ['likeness', 'palette'] as const;
export type LookDistance = (typeof LOOK_DISTANCES)[number];

const compared = new WeakMap<StillLook, WeakMap<StillLook, number>>();
/** Likeness is SSIM of the compositions, 1 for the same; palette is in ΔE, 0 for the same. Of clips, their first frames. */
export function distanceBetween(a: PictureLook, b: PictureLook, distance: LookDistance): number {
  const [one, other] = [asStill(a), asStill(b)];
  if (distance === 'palette') return distanceOf(one.palette, other.palette);
  const known = compared.get(one) ?? new WeakMap<StillLook, number>();
  compared.set(one, known);
  const likeness = known.get(other) ?? ssim(one.map, other.map);
  known.set(other, likeness);
  return likeness;
}
