/** What a generation node asks for, and what it gets back. */
import type { AspectValue, DepthMap, GuidanceValue, ImageValue, MotionValue, PromptValue, Raster, ReferenceValue, SeedValue, VideoValue } from './values.ts';

export const TIERS = ['cinematic', 'speed', 'budget', 'character'] as const;
/** The category of work, never a brand. */
export type Tier = (typeof TIERS)[number];

/** Draft is for looking, delivery for keeping: smaller and simpler against full size and finish. */
export type RunMode = 'draft' | 'delivery';

export type WorkKind = 'text to image' | 'image to video' | 'text to video';

/** One request for an image or a clip, complete: what is not in here cannot influence the result. */
export interface TakeRequest {
  readonly work: WorkKind;
  readonly tier: Tier;
  readonly prompt: PromptValue;
  readonly seed: SeedValue;
  readonly guidance: GuidanceValue;
  readonly aspect: AspectValue;
  /** How many megapixels to generate in delivery mode, before any upscaling. */
  readonly megapixels: number;
  readonly references: readonly ReferenceValue[];
  readonly motion?: MotionValue;
  /** The still to animate, for image to video. */
  readonly still?: ImageValue;
}

/** Who made it and with which values; recorded for every take. */
export interface TakeRecord {
  readonly provider: string;
  readonly model: string;
  readonly seed: number;
  readonly mode: RunMode;
  /** Milliseconds of work, waiting excluded. */
  readonly workedMs: number;
}

export interface Take extends TakeRecord {
  readonly artifact: ImageValue | VideoValue;
}

/** A moving picture as a recipe for its frames: nothing is held in memory before it is asked for. */
export interface Clip {
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly frames: number;
  /** Yields `frames` rasters in order. May be called once per copy of the clip. */
  read(): AsyncIterable<Raster>;
}

/** A picture together with what its maker knew about it. */
export interface Picture {
  readonly raster: Raster;
  readonly depth?: DepthMap;
}
