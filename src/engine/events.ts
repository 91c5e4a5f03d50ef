/**
 * Everything that happens in a run, as one union. Status on screen, history in storage, logs and tests consume these.
 */
import type { Failure } from '../core/errors.ts';
import type { ArtifactHash, CacheKey, NodeId } from '../core/ids.ts';
import type { Said } from '../core/say.ts';
import type { TakeRecord, Verdict } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { KeyParts } from './key.ts';

/** A take that a gate asks about. */
export interface GateTake {
  /** The generation node that makes it. */
  readonly node: NodeId;
  /** Missing where it is not made yet. */
  readonly artifact?: ArtifactHash;
  readonly verdict: Verdict['state'];
}

export type NodeEvent =
  | { readonly type: 'queued'; readonly node: NodeId }
  | { readonly type: 'started'; readonly node: NodeId }
  | { readonly type: 'progress'; readonly node: NodeId; readonly fraction: number; readonly note?: Said }
  | {
      readonly type: 'finished';
      readonly node: NodeId;
      /** `frozen`: a kept result; its `parts` say nothing about how it was made. */
      readonly from: 'run' | 'cache' | 'frozen';
      readonly key: CacheKey;
      readonly parts: KeyParts;
      readonly outputs: Outputs;
      /** Milliseconds of work; 0 from the cache. */
      readonly ms: number;
    }
  /** One attempt was made and written down; the node may go on with another. */
  | { readonly type: 'taken'; readonly node: NodeId; readonly take: TakeRecord }
  /** A gate: these takes are not accepted, and until they are `arrived` goes no further. */
  | {
      readonly type: 'waiting';
      readonly node: NodeId;
      readonly takes: readonly GateTake[];
      readonly arrived: Outputs;
    }
  | { readonly type: 'failed'; readonly node: NodeId; readonly failure: Failure }
  | {
      readonly type: 'skipped';
      readonly node: NodeId;
      readonly because: SkipReason;
    };

export type SkipReason = 'upstream failed' | 'not taken' | 'cancelled' | 'behind a gate';

export interface RunSummary {
  /** `waiting`: whatever could be made was; the rest is behind gates. */
  readonly outcome: 'done' | 'failed' | 'cancelled' | 'waiting';
  readonly ran: number;
  readonly cached: number;
  readonly failed: number;
  readonly skipped: number;
  /** Takes that gates ask about. Missing where no gate waits. */
  readonly verdicts?: number;
  /** The first one. */
  readonly failure?: Failure;
}

export type RunEvent = NodeEvent | { readonly type: 'ended'; readonly summary: RunSummary };
