/** What a service is asked to make: a request as far as one model takes it. Plain data: it is written to a journal. */
import type { WorkKind } from '../core/take.ts';
import type { CameraMove, Easing } from '../core/values.ts';
import type { OwnWorkflow } from './own-workflow.ts';

/** A picture or clip that goes along: its bytes travel beside the request, under this name. */
export interface Attached {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
}

/** How one model calls its inputs, where a service has many with names of their own. What has no name is not sent. */
export interface ModelFields {
  /** `prompt` where it is left out; `null` where the model takes none. */
  readonly prompt?: string | null;
  readonly negative?: string;
  readonly seed?: string;
  /** The largest seed that is taken; larger ones wrap around. */
  readonly largestSeed?: number;
  readonly guidance?: string;
  /** How size and shape are said. */
  readonly size?: SizeField;
  readonly duration?: DurationField;
  readonly fps?: string;
  readonly still?: FieldOfPictures;
  readonly lastFrame?: FieldOfPictures;
  /** The clip that is gone on from. */
  readonly clip?: FieldOfClip;
  /** Said with `true` where sound is wished for. */
  readonly audio?: string;
  readonly references?: FieldOfPictures;
  /** `changed`: 1 keeps nothing of the picture; `kept`: 1 keeps all. */
  readonly strength?: { readonly name: string; readonly as: 'changed' | 'kept' };
  /** How many times wider the picture gets; the smallest of the values that reaches the size asked for. */
  readonly enlargement?: { readonly name: string; readonly values?: readonly number[] };
  /** Sent as they stand. */
  readonly always?: Readonly<Record<string, unknown>>;
}
/** What a model takes of sizes in pixels. */
export interface SizeLimits {
  /** Width and height are whole multiples of it. */
  readonly multiple?: number;
  /** Shortest and longest side. */
  readonly sides?: readonly [least: number, most: number];
  /** Width times height. */
  readonly pixels?: readonly [least: number, most: number];
}
/** Values that name a size: `720p`, `2K`, `4MP`. */
export interface NamedSizes {
  readonly name: string;
  readonly values: readonly string[];
}
export type SizeField =
  | ({ readonly as: 'width and height' } & SizeLimits)
  /** `{ width, height }`, or one text of both: `1024x768`, `1024*768`. */
  | ({ readonly as: 'object' | 'x' | '*'; readonly name: string } & SizeLimits)
  /** A shape of a list, `16:9` or `1536x1024`, and how large where the model lets choose. */
  | { readonly as: 'ratio'; readonly name: string; readonly values: readonly string[]; readonly lines?: NamedSizes }
  /** How large only: the shape is that of the picture it starts from. */
  | { readonly as: 'lines'; readonly lines: NamedSizes };
/** With `values`, the shortest that is long enough, else the longest. */
export type DurationField =
  | { readonly name: string; readonly as: 'number' | 'text' | 'text with s'; readonly values?: readonly number[] }
  /** A count of frames, the first one included, where the model makes so many a second. */
  | { readonly name: string; readonly as: 'frames'; readonly fps: number; readonly values?: readonly number[] };
export interface FieldOfPictures {
  readonly name: string;
  readonly isList?: boolean;
  /** The model makes nothing without it. */
  readonly isNeeded?: boolean;
}
/** What a model takes of clips to go on from. What nobody has written down has no limit here. */
export interface FieldOfClip {
  readonly name: string;
  /** Shortest and longest. */
  readonly seconds?: readonly [least: number, most: number];
  /** Pixels on the short side. */
  readonly lines?: readonly number[];
  /** `16:9` */
  readonly ratios?: readonly string[];
}

export interface JobRequest {
  readonly provider: string;
  /** The service's own name for the model. */
  readonly model: string;
  readonly work: WorkKind;
  readonly prompt: string;
  readonly negative?: string;
  readonly seed?: number;
  /** As in CFG: 1 is free, 7 usual. */
  readonly guidance?: number;
  /** Whole pixels. */
  readonly width: number;
  readonly height: number;
  readonly ratio: readonly [number, number];
  /** Of clips. */
  readonly seconds?: number;
  readonly fps?: number;
  readonly motion?: { readonly move: CameraMove; readonly amount: number; readonly easing: Easing };
  /** To edit, enlarge or animate. */
  readonly still?: Attached;
  readonly lastFrame?: Attached;
  /** The end of the clip it goes on from. There is no still then: the model sees the last frame in it. */
  readonly clip?: Attached & { readonly seconds: number };
  /** A clip that can be heard is wished for; left out where it is not, or the model cannot. */
  readonly sound?: true;
  /** `strength`: 0…1, how much of it is kept. */
  readonly references: readonly (Attached & { readonly strength: number })[];
  readonly fields?: ModelFields;
  /** A workflow of the person's own that stands for the model, at services that run such. */
  readonly workflow?: OwnWorkflow;
}
