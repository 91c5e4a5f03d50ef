/** From acceptance criteria and an artifact to measured values and whether each one passed. */
import { MEASURES, type AcceptanceValue, type MeasureId, type Raster } from '../core/values.ts';
import { say, type Sentence } from '../core/say.ts';
import type { Clip, Measured } from '../core/take.ts';
import {
  isLookedAt,
  lookDistance,
  lookOfFrames,
  lookSteps,
  traitsOf,
  type ArtifactLook,
  type FrameTraits,
} from './artifact-look.ts';
import { lumaPlane, smallSize } from './plane.ts';
import { ssim } from './ssim.ts';
import { clipped, distanceOf, emptiness, likeness, palette, paletteDistance, sharpness } from './stills.ts';

interface Measure {
  readonly label: string;
  /** Whether a take must reach the limit or stay below it. */
  readonly wants: 'at least' | 'at most';
  readonly unit: string;
  /** What a miss means, for the person who reads the verdict. */
  readonly miss: string;
  readonly needs?: 'reference' | 'clip';
}
export const MEASURE: Readonly<Record<MeasureId, Measure>> = {
  sharpness: { label: 'Sharpness', wants: 'at least', unit: '', miss: 'It is too soft.' },
  exposure: {
    label: 'Clipped light',
    wants: 'at most',
    unit: ' %',
    miss: 'Too much of it is pure black or blown white.',
  },
  emptiness: { label: 'Empty area', wants: 'at most', unit: ' %', miss: 'Too much of the frame is empty.' },
  palette: {
    label: 'Palette distance',
    wants: 'at most',
    unit: ' ΔE',
    miss: 'Its colours are too far from the reference.',
    needs: 'reference',
  },
  structure: {
    label: 'Likeness',
    wants: 'at least',
    unit: '',
    miss: 'Its composition is too far from the reference.',
    needs: 'reference',
  },
  look: {
    label: 'Look distance',
    wants: 'at most',
    unit: '',
    miss: 'Its colours, its light or its edges are too far from the look of the reference.',
    needs: 'reference',
  },
  coherence: {
    label: 'Coherence',
    wants: 'at least',
    unit: '',
    miss: 'Neighbouring frames differ too much: it flickers.',
    needs: 'clip',
  },
  drift: {
    label: 'Drift',
    wants: 'at most',
    unit: ' ΔE',
    miss: 'Its look drifts away from the first frame.',
    needs: 'clip',
  },
};

/** "Sharpness 12.4 (at least 30)" */
export const measuredInWords = ({ measure, value, limit }: Measured): Sentence =>
  say(
    '{0} {1}{2} ({3} {4})',
    say(MEASURE[measure].label),
    rounded(value),
    MEASURE[measure].unit,
    say(MEASURE[measure].wants),
    rounded(limit),
  );
const rounded = (value: number): number => Number(value.toFixed(Math.abs(value) < 1.5 ? 3 : 1));

const passes = (measure: MeasureId, value: number, limit: number): boolean =>
  MEASURE[measure].wants === 'at least' ? value >= limit : value <= limit;

/** Measures of a still. Criteria that need a reference which is not there, or a clip, are left out. */
export function measureStill(image: Raster, acceptance: AcceptanceValue, reference: Raster | undefined): Measured[] {
  return measured(acceptance, (measure) => {
    switch (measure) {
      case 'sharpness':
        return sharpness(image);
      case 'exposure':
        return clipped(image);
      case 'emptiness':
        return emptiness(image);
      case 'palette':
        return reference && paletteDistance(image, reference);
      case 'structure':
        return reference && likeness(image, reference);
      case 'look':
        return reference && stepsFrom(reference, { typical: traitsOf(image) });
      default:
        return undefined;
    }
  });
}

const stepsFrom = (reference: Raster, look: ArtifactLook): number =>
  lookSteps(lookDistance(look, { typical: traitsOf(reference) }));

/**
 * Measures of a clip: its middle frame as a still, its look over all its length, and its frames among each other. At
 * most 24 frames are looked at.
 */
export async function measureClip(
  clip: Clip,
  acceptance: AcceptanceValue,
  reference: Raster | undefined,
): Promise<Measured[]> {
  const every = Math.max(1, Math.floor(clip.frames / 24));
  const size = smallSize(clip, 160);
  let [at, pairs, alike, farthest] = [0, 0, 0, 0];
  let before: ReturnType<typeof lumaPlane> | undefined;
  let first: ReturnType<typeof palette> | undefined;
  let middle: Raster | undefined;
  const traits: FrameTraits[] = [];
  const isLookAsked = reference !== undefined && acceptance.criteria.some(({ measure }) => measure === 'look');
  for await (const frame of clip.read()) {
    if (at === Math.floor(clip.frames / 2)) middle = { ...frame, data: frame.data.slice() };
    if (isLookAsked && isLookedAt(at, clip.frames)) traits.push(traitsOf(frame));
    // Neighbours, not samples far apart: a pan is not flicker.
    const looked = at % every <= 1;
    if (looked) {
      const plane = lumaPlane(frame, ...size);
      if (before && at % every === (every === 1 ? 0 : 1)) {
        alike += ssim(before, plane);
        pairs++;
      }
      before = plane;
      if (at % every === 0) {
        const colours = palette(frame);
        first ??= colours;
        farthest = Math.max(farthest, distanceOf(first, colours));
      }
    }
    at++;
  }
  const ofOneFrame = acceptance.criteria.filter(({ measure }) => measure !== 'look');
  const still = middle && measureStill(middle, { ...acceptance, criteria: ofOneFrame }, reference);
  const moving = measured(acceptance, (measure) => {
    switch (measure) {
      case 'coherence':
        return pairs ? alike / pairs : 1;
      case 'drift':
        return farthest;
      case 'look':
        return reference && traits.length > 0 ? stepsFrom(reference, lookOfFrames(traits)) : undefined;
      default:
        return undefined;
    }
  });
  return [...(still ?? []), ...moving].sort((a, b) => MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure));
}

function measured(acceptance: AcceptanceValue, valueOf: (measure: MeasureId) => number | undefined): Measured[] {
  return acceptance.criteria.flatMap(({ measure, limit }) => {
    const value = valueOf(measure);
    return value === undefined ? [] : [{ measure, value, limit, passed: passes(measure, value, limit) }];
  });
}
