/** What a service is asked to make: a request as far as one model takes it. Plain data: it is written to a journal. */
import type { WorkKind } from '../core/take.ts';
import type { CameraMove, Easing } from '../core/values.ts';
import type { OwnWorkflow } from './own-workflow.ts';

/** A picture that goes along: its bytes travel beside the request, under this name. */
export interface Attached {
  readonly picture: string;
  readonly width: number;
  readonly height: number;
}

/** How one model calls its inputs, where a service has many with names of their own. What has no name is not sent. */
export interface ModelFields {
  /** `prompt` where it is left out. */
  readonly prompt?: string;
  readonly negative?: string;
  readonly seed?: string;
  readonly guidance?: string;
  /** How size and shape are said. */
  readonly size?:
    | { readonly as: 'width and height' }
    /** `{ width, height }`, or one text of both: `1024x768`, `1024*768`. */
    | { readonly as: 'object' | 'x' | '*'; readonly name: string }
    /** A shape of a list, and how many lines where the model lets choose. */
    | {
        readonly as: 'ratio';
        readonly name: string;
        readonly values: readonly string[];
        readonly lines?: { readonly name: string; readonly values: readonly string[] };
      };
  readonly duration?: { readonly name: string; readonly as: 'number' | 'text' | 'text with s' };
  readonly fps?: string;
  readonly still?: FieldOfPictures;
  readonly lastFrame?: FieldOfPictures;
  readonly references?: FieldOfPictures;
  /** `changed`: 1 keeps nothing of the picture; `kept`: 1 keeps all. */
  readonly strength?: { readonly name: string; readonly as: 'changed' | 'kept' };
  /** Sent as they stand. */
  readonly always?: Readonly<Record<string, unknown>>;
}
export interface FieldOfPictures {
  readonly name: string;
  readonly isList?: boolean;
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
  /** `strength`: 0…1, how much of it is kept. */
  readonly references: readonly (Attached & { readonly strength: number })[];
  readonly fields?: ModelFields;
  /** A workflow of the person's own that stands for the model, at services that run such. */
  readonly workflow?: OwnWorkflow;
}
