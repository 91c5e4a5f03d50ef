/** What a generation node asks for, what it gets back, and what is written down about every attempt. */
import type { Failure } from './errors.ts';
import type { CacheKey, GraphId, NodeId, RunId, TakeId } from './ids.ts';
import type { Micros } from './money.ts';
import type { Said } from './say.ts';
import type {
  AcceptanceValue,
  AspectValue,
  ClipEnds,
  DepthMap,
  GuidanceValue,
  ImageValue,
  DepthLayer,
  MeasureId,
  MotionValue,
  PromptValue,
  Raster,
  ReferenceValue,
  SeedValue,
  Sound,
  VideoValue,
} from './values.ts';

export const TIERS = ['cinematic', 'speed', 'budget', 'character'] as const;
/** The category of work, never a brand. */
export type Tier = (typeof TIERS)[number];

/** Draft is for looking, delivery for keeping: smaller and simpler against full size and finish. */
export type RunMode = 'draft' | 'delivery';

export const WORK_KINDS = ['text to image', 'image edit', 'text to video', 'image to video', 'upscale'] as const;
export type WorkKind = (typeof WORK_KINDS)[number];
export const isVideoWork = (work: WorkKind): boolean => work === 'text to video' || work === 'image to video';

export const startsFromPicture = (work: WorkKind): boolean =>
  work === 'image edit' || work === 'image to video' || work === 'upscale';

/** One model at one provider. */
export interface ModelRef {
  readonly provider: string;
  readonly model: string;
}
export const sameModel = (a: ModelRef, b: ModelRef): boolean => a.provider === b.provider && a.model === b.model;

/** A clip that another one goes on from. */
export interface Continued {
  readonly clip: VideoValue;
  /** How much of its end is to be looked at, in seconds, by models that can; others begin with its last frame. */
  readonly tail: number;
  /** The camera goes on as it did; without it, it does what the request's motion says. */
  readonly sameMove?: true;
}

/** One request for an image or a clip, complete: what is not in here cannot influence the result. */
export interface TakeRequest {
  readonly work: WorkKind;
  readonly tier: Tier;
  /** The model its node is pinned to: nobody else is asked, whatever the tier and its row say. */
  readonly pinned?: ModelRef;
  readonly prompt: PromptValue;
  readonly seed: SeedValue;
  readonly guidance: GuidanceValue;
  /** A person said how literally the prompt is read, by a wire: a model without guidance leaves that out. */
  readonly isGuidanceSet?: true;
  readonly aspect: AspectValue;
  /** How many megapixels to generate in delivery mode, before any upscaling. */
  readonly megapixels: number;
  readonly references: readonly ReferenceValue[];
  readonly motion?: MotionValue;
  /** The still to animate, edit or enlarge. */
  readonly still?: ImageValue;
  /** What a clip is to end with. */
  readonly lastFrame?: ImageValue;
  /** The clip it goes on from: it begins with the last frame of that one. */
  readonly continues?: Continued;
  /** A clip that can be heard is wished for. */
  readonly sound?: true;
  readonly acceptance?: AcceptanceValue;
}

export interface Measured {
  readonly measure: MeasureId;
  readonly value: number;
  readonly limit: number;
  readonly passed: boolean;
}

export interface Verdict {
  readonly state: 'accepted' | 'rejected' | 'open';
  readonly by: 'person' | 'criteria' | 'nobody';
  readonly reason?: string;
  readonly at: number;
  /** Milliseconds a person spent deciding; 0 when nobody did. */
  readonly reviewMs: number;
}
export const OPEN: Verdict = { state: 'open', by: 'nobody', at: 0, reviewMs: 0 };

/** Where a picture goes from the node that made it, through refinement. */
export interface LeadsTo {
  /** A node delivers it as it is. */
  readonly delivery: boolean;
  /** Generation nodes that go on from it. */
  readonly takes: readonly NodeId[];
}

/** What a service was sent: the job, without a key and without the bytes of its pictures. */
export interface Sent {
  /** The service's own name for the model. */
  readonly model: string;
  /** Names and values as they went out; `picture:name` stands for one of the pictures. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly pictures: Readonly<Record<string, { readonly width: number; readonly height: number }>>;
}

/** One attempt, paid or not, as it is kept for ever. */
export interface TakeRecord {
  readonly id: TakeId;
  readonly at: number;
  readonly graphId: GraphId;
  readonly node: NodeId;
  readonly runId: RunId;
  /**
   * The deliverable it is an attempt at: everything asked except the seed. The cap counts takes of one slot, over time.
   */
  readonly slot: string;
  /** 0 for the first attempt at a slot. */
  readonly number: number;
  /** The socket its artifact leaves by, and where the result is kept. */
  readonly output: string;
  readonly key: CacheKey;
  readonly work: WorkKind;
  /** The row that answered: the tier asked for, or `draft` in draft mode. */
  readonly tier: Tier | 'draft';
  readonly mode: RunMode;
  readonly table: { readonly id: string; readonly version: number };
  /** What the row wanted first, and who really answered. */
  readonly asked: ModelRef;
  readonly answered: ModelRef;
  /** Why this model and not the one asked, in a sentence. */
  readonly why: Said;
  /** The seed really used, and the one the graph gave. */
  readonly seed: number;
  readonly baseSeed: number;
  readonly request: TakeRequest;
  readonly queuedMs: number;
  readonly workedMs: number;
  /** `null`: nobody knows. */
  readonly estimated: Micros | null;
  readonly charged: Micros | null;
  /**
   * Who says what it costs: the list of prices, the service before it was asked, or the service afterwards. Missing
   * where nobody does, and in takes from before this was written down.
   */
  readonly priceFrom?: 'list' | 'quote' | 'service';
  readonly measures: readonly Measured[];
  readonly verdict: Verdict;
  /** What the graph did with its picture when it was made. Missing in takes from before this was written down. */
  readonly leadsTo?: LeadsTo;
  /** Most takes there could be of its deliverable. Missing in takes from before this was written down. */
  readonly cap?: number;
  /**
   * `pending`: a service was asked, and has not answered. `unknown`: nobody knows whether it took the job; a person
   * decides. Missing once it is made or has failed.
   */
  readonly state?: 'pending' | 'unknown';
  /** What is not as it was asked for: what the model ignores, or makes another way. */
  readonly notes?: readonly Said[];
  /** Missing where no service was asked, and in takes from before this was written down. */
  readonly sent?: Sent;
  readonly artifact?: ImageValue | VideoValue;
  /** Why there is no artifact. A failed attempt is kept and counted too. */
  readonly failure?: Failure;
}

/** Compares takes by when they were asked for. */
export const askedInOrder = (one: TakeRecord, other: TakeRecord): number =>
  one.at - other.at || (one.id < other.id ? -1 : Number(one.id > other.id));

/** A finished take, as the node receives it. */
export interface Take {
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
  /**
   * What was done to which clips, where the frames come out of others: that is what it is then, since no two decoders
   * owe each other a pixel.
   */
  readonly recipe?: string;
  readonly sound?: Sound;
  /** Of a clip with a recipe: those of its pictures that stem from no decoder. Of others the pictures are kept anyway. */
  readonly ends?: ClipEnds;
}
/** A clip that is stored: its frames can be read from any of them on. */
export interface StoredClip extends Clip {
  readFrom(first: number): AsyncIterable<Raster>;
}

/** A picture together with what its maker knew about it. */
export interface Picture {
  readonly raster: Raster;
  readonly depth?: DepthMap;
  /** The picture taken apart by depth, with what is hidden painted: for a camera that moves through it. */
  readonly layers?: readonly DepthLayer[];
  /** How its maker can paint it again, for itself to read. It is written along with the picture; reading leaves it out. */
  readonly recipe?: string;
}
