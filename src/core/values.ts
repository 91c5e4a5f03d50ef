/** What travels along wires. Small plain data; pictures and clips travel as references to their content. */
import type { ArtifactHash } from './ids.ts';

/**
 * An RGBA picture in sRGB, 8 bits a channel, straight alpha, rows top to bottom: `data.length === 4 * width * height`.
 */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * Distance from the camera for each pixel, 0 = nearest, 255 = farthest. May be smaller than the picture it belongs to.
 */
export interface DepthMap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * One of the depth layers of a picture: straight alpha, as large as the picture. Layers come from the farthest to the
 * nearest; laid over each other at rest they show the picture.
 */
export interface DepthLayer {
  readonly raster: Raster;
  /** Smooth inside the layer, also where the layer is transparent. May be smaller. */
  readonly depth: DepthMap;
}

export interface ImageValue {
  readonly kind: 'image';
  readonly hash: ArtifactHash;
  readonly width: number;
  readonly height: number;
  /** Where the picture's depth is kept, when the maker knew it. */
  readonly depth?: ArtifactHash;
  /** Where it is written down how the picture was painted, by a maker who can paint it again in layers. */
  readonly recipe?: ArtifactHash;
  /** The part of what was painted that is left after cuts. Left out where that is all of it. */
  readonly part?: PicturePart;
}
/** A rectangle of a picture, in fractions of its width and height. */
export interface PicturePart {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export interface VideoValue {
  readonly kind: 'video';
  readonly hash: ArtifactHash;
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly fps: number;
  readonly frames: number;
  /** What is heard with it, in order of beginning. Missing where it is silent. */
  readonly sound?: Sound;
  /**
   * Its first and last picture as they were made, where that is known: to go on from an end is then exact, whichever
   * browser decodes the clip.
   */
  readonly ends?: ClipEnds;
}
export interface ClipEnds {
  readonly first?: ArtifactHash;
  readonly last?: ArtifactHash;
  /** Where its camera is at the end, where its maker knew: whoever goes on from there need not guess. */
  readonly camera?: CameraEnd;
}
/** Where the camera stands: offsets in fractions of the frame at the nearest plane, `base` for every plane alike. */
export interface CameraPose {
  /** Growth of every plane; 1 leaves the frame as it is. */
  readonly zoom: number;
  /** Extra growth of the nearest plane. */
  readonly dolly: number;
  /** Positive moves what is near to the right: the camera goes left. */
  readonly x: number;
  /** Positive moves what is near down: the camera goes up. */
  readonly y: number;
  readonly baseX: number;
  readonly baseY: number;
  /** Radians, small; positive turns the picture clockwise. */
  readonly roll: number;
}
export interface CameraEnd {
  /** The picture it moves through. */
  readonly still: ImageValue;
  readonly pose: CameraPose;
  /** What is added to the pose in a second, seen from where the camera is. */
  readonly speed: CameraPose;
}
/**
 * A piece of the sound of a file. Sound is cut and joined as a list of these, and decoded only when a clip is written:
 * however many steps it goes through, it is encoded once.
 */
export interface SoundPiece {
  readonly file: ArtifactHash;
  /** Where it begins in the file, and in the clip, and how long it lasts; in seconds. */
  readonly from: number;
  readonly at: number;
  readonly seconds: number;
  /** Seconds in which it grows from silence, and sinks back into it. */
  readonly fadeIn?: number;
  readonly fadeOut?: number;
}
export type Sound = readonly SoundPiece[];
/** A finished file: the encoded bytes, ready to download. */
export interface FileValue {
  readonly kind: 'file';
  readonly hash: ArtifactHash;
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  /** How it was encoded, in words for the person, e.g. "H.264 in MP4, 1280 × 720, 24 fps, 48 frames". */
  readonly encoding: string;
}
export interface PromptValue {
  readonly kind: 'prompt';
  readonly text: string;
  readonly negative: string;
}
export interface SeedValue {
  readonly kind: 'seed';
  /** Whole number from 0 to 2³² − 1. */
  readonly seed: number;
  /** A locked seed is never changed behind the user's back. */
  readonly locked: boolean;
}
export interface GuidanceValue {
  readonly kind: 'guidance';
  /** Classifier-free guidance scale, 1 to 20; 7 is balanced. */
  readonly scale: number;
}
export interface AspectValue {
  readonly kind: 'aspect';
  /** Width over height as whole numbers, e.g. [16, 9]. */
  readonly ratio: readonly [number, number];
  /** Size of the finished piece in pixels, planned here so that upscaling knows its goal. */
  readonly width: number;
  readonly height: number;
}
export interface ReferenceValue {
  readonly kind: 'reference';
  readonly image: ImageValue;
  /** 0 ignores the picture, 1 follows it as closely as the maker can. */
  readonly strength: number;
}
export const CAMERA_MOVES = [
  'still',
  'push in',
  'pull out',
  'pan left',
  'pan right',
  'tilt up',
  'tilt down',
  'orbit',
  'dolly zoom',
  'handheld',
] as const;
export type CameraMove = (typeof CAMERA_MOVES)[number];
export const EASINGS = ['linear', 'ease in', 'ease out', 'ease in-out'] as const;
export type Easing = (typeof EASINGS)[number];
export interface MotionValue {
  readonly kind: 'motion';
  readonly move: CameraMove;
  /** 0 to 1; 1 is as far as the picture allows. */
  readonly amount: number;
  readonly easing: Easing;
  readonly seconds: number;
  readonly fps: number;
  /** The last frame leads to the first. Left out when not. */
  readonly loop?: boolean;
  /** Shutter angle in degrees: how much of the time from frame to frame is seen in one, 0 to 360. Left out for 0. */
  readonly shutter?: number;
}
export const MEASURES = [
  'sharpness',
  'exposure',
  'emptiness',
  'palette',
  'structure',
  'look',
  'coherence',
  'drift',
] as const;
export type MeasureId = (typeof MEASURES)[number];
export interface AcceptanceValue {
  readonly kind: 'acceptance';
  /** Most takes for one deliverable; 0 leaves it to the routing table. */
  readonly cap: number;
  readonly criteria: readonly { readonly measure: MeasureId; readonly limit: number }[];
  /** What palette and structure are compared with. */
  readonly reference?: ImageValue;
}
export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
}
export interface NumberValue {
  readonly kind: 'number';
  readonly number: number;
}

export type Value =
  | ImageValue
  | VideoValue
  | FileValue
  | PromptValue
  | SeedValue
  | GuidanceValue
  | AspectValue
  | ReferenceValue
  | MotionValue
  | AcceptanceValue
  | TextValue
  | NumberValue;
export type ValueKind = Value['kind'];
export type ValueOf<K extends ValueKind> = Extract<Value, { kind: K }>;

/** Outputs of one node by socket name; `undefined` means the branch was not taken. */
export type Outputs = Readonly<Record<string, Value | undefined>>;

/** The artifacts a value refers to, so that storage knows what a result needs. */
export function artifactsOf(value: Value): readonly ArtifactHash[] {
  switch (value.kind) {
    case 'image':
      return [value.hash, value.depth, value.recipe].filter((hash) => hash !== undefined);
    case 'video':
      return [
        value.hash,
        ...soundFiles(value),
        ...[value.ends?.first, value.ends?.last].filter((end) => end !== undefined),
        ...(value.ends?.camera ? artifactsOf(value.ends.camera.still) : []),
      ];
    case 'file':
      return [value.hash];
    case 'reference':
      return artifactsOf(value.image);
    case 'acceptance':
      return value.reference ? artifactsOf(value.reference) : [];
    default:
      return [];
  }
}

const soundFiles = ({ sound = [] }: VideoValue): Iterable<ArtifactHash> => new Set(sound.map(({ file }) => file));
/** The recipe of a picture, for one that shows the same or a part of it. */
export function recipeFor(source: ImageValue, part?: PicturePart): Pick<ImageValue, 'recipe' | 'part'> {
  const { recipe, part: whole = { x: 0, y: 0, width: 1, height: 1 } } = source;
  if (!recipe) return {};
  if (!part) return source.part ? { recipe, part: source.part } : { recipe };
  const { x, y, width, height } = part;
  return {
    recipe,
    part: {
      x: whole.x + x * whole.width,
      y: whole.y + y * whole.height,
      width: width * whole.width,
      height: height * whole.height,
    },
  };
}

/** The artifacts all outputs of a node refer to. */
export const artifactsOfOutputs = (outputs: Outputs): readonly ArtifactHash[] =>
  Object.values(outputs).flatMap((value) => (value ? artifactsOf(value) : []));
