/** The look of a picture or a clip: its colours, its light, how it is drawn, and how much of that changes over time. */
import type { Artifacts } from '../core/node.ts';
import type { ImageValue, Raster, VideoValue } from '../core/values.ts';
import { overWhite } from '../raster/opaque.ts';
import { toLab } from './ciede2000.ts';
import { edgeDistance, edgeHistogram } from './edge-histogram.ts';
import { paletteMove } from './palette-move.ts';
import { lumaPlane, smallSize, type Plane } from './plane.ts';
import { medoidOf } from './robust.ts';
import { palette, type Swatch } from './stills.ts';

/** One picture, or one frame, in some hundred numbers. */
export interface FrameTraits {
  readonly palette: readonly Swatch[];
  /** Lightness L*, 0 to 100, at evenly spaced shares of the picture's pixels from the darkest to the lightest. */
  readonly light: readonly number[];
  readonly edges: readonly number[];
}
/** How far two looks are apart, each in its own unit; 0 is the same. */
export interface TraitDistance {
  /** ΔE (CIEDE2000) by which the picture's area has to move in colour, on average: `paletteMove`. */
  readonly palette: number;
  /**
   * Levels of L*, 0 to 100, by which its pixels have to move in lightness, on average: the earth mover's distance of two
   * distributions on a line, which is the mean difference of their quantiles. Exposure, contrast and key all move it.
   */
  readonly light: number;
  /** Per cent of its blocks whose edges are others: `edgeDistance`. */
  readonly structure: number;
}

const [PLANE, SHARES] = [160, 32];

export function traitsOf(frame: Raster): FrameTraits {
  const plane = lumaPlane(frame, ...smallSize(frame, PLANE));
  return { palette: palette(frame), light: lightOf(plane), edges: edgeHistogram(plane) };
}
function lightOf({ data }: Plane): readonly number[] {
  const sorted = data.toSorted();
  return Array.from({ length: SHARES }, (_, share) => {
    const level = sorted[Math.floor(((share + 0.5) * sorted.length) / SHARES)]! / 255;
    return toLab([level, level, level])[0];
  });
}
export function traitDistance(a: FrameTraits, b: FrameTraits): TraitDistance {
  const light = a.light.reduce((sum, level, at) => sum + Math.abs(level - b.light[at]!), 0) / a.light.length;
  return { palette: paletteMove(a.palette, b.palette), light, structure: edgeDistance(a.edges, b.edges) };
}

/**
 * As far as pictures of one campaign usually are from each other at most, in each dimension: one step. Found on pictures
 * of the built-in engine, `test/measure/campaign-look.test.ts` holds the figures.
 */
export const LOOK_STEP: TraitDistance = { palette: 12, light: 10, structure: 25 };
/** A distance as one number: the steps of the dimension that is farthest off. */
export const stepsOf = ({ palette: colours, light, structure }: TraitDistance): number =>
  Math.max(colours / LOOK_STEP.palette, light / LOOK_STEP.light, structure / LOOK_STEP.structure);

/** What is kept of a picture or a clip: small, and enough to compare it with any other. */
export interface ArtifactLook {
  /** Of a clip, the frame that its others are nearest to. */
  readonly typical: FrameTraits;
  /** Of a clip: how far the farthest of its frames is from that one, in steps. Missing for a picture. */
  readonly change?: number;
}
export interface LookGap extends TraitDistance {
  /**
   * Steps by which the look of the one changes more, or less, while it runs than that of the other; a picture does not
   * change. Missing where neither is a clip.
   */
  readonly time?: number;
}

export function lookDistance(a: ArtifactLook, b: ArtifactLook): LookGap {
  const apart = traitDistance(a.typical, b.typical);
  const isOverTime = a.change !== undefined || b.change !== undefined;
  return isOverTime ? { ...apart, time: Math.abs((a.change ?? 0) - (b.change ?? 0)) } : apart;
}
/** With what changes over time, which is in steps already. */
export const lookSteps = (distance: LookGap): number => Math.max(stepsOf(distance), distance.time ?? 0);

/** Frames of a clip that are looked at, all over its length. */
const FRAMES = 12;
/** The frames of a clip, counted from 0, that its look is made of. */
export const isLookedAt = (frame: number, frames: number): boolean =>
  frame % Math.max(1, Math.floor(frames / FRAMES)) === 0;

/** Of frames in their order; there is one at least. */
export function lookOfFrames(frames: readonly FrameTraits[]): Required<ArtifactLook> {
  const typical = frames[medoidOf(frames, (a, b) => stepsOf(traitDistance(a, b)))]!;
  return { typical, change: Math.max(...frames.map((frame) => stepsOf(traitDistance(typical, frame)))) };
}

/** Reads the pixels. Throws what `artifacts` throws where they are not stored any more. */
export async function artifactLook(value: ImageValue | VideoValue, artifacts: Artifacts): Promise<ArtifactLook> {
  if (value.kind === 'image') return { typical: traitsOf(overWhite((await artifacts.image(value)).raster)) };
  const clip = await artifacts.clip(value);
  const frames: FrameTraits[] = [];
  let at = 0;
  for await (const frame of clip.read()) if (isLookedAt(at++, clip.frames)) frames.push(traitsOf(frame));
  return lookOfFrames(frames);
}
