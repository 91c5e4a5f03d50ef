/**
 * Everything that happens in a run, as one union. Status on screen, history in storage, logs and tests consume these.
 */
import type { Failure } from '../core/errors.ts';
import type { CacheKey, NodeId } from '../core/ids.ts';
import type { Said } from '../core/say.ts';
import type { TakeRecord } from '../core/take.ts';
import type { Outputs } from '../core/values.ts';
import type { KeyParts } from './key.ts';

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
  | { readonly type: 'failed'; readonly node: NodeId; readonly failure: Failure }
  | {
      readonly type: 'skipped';
      readonly node: NodeId;
      readonly because: 'upstream failed' | 'not taken' | 'cancelled';
    };

export interface RunSummary {
  readonly outcome: 'done' | 'failed' | 'cancelled';
  readonly ran: number;
  readonly cached: number;
  readonly failed: number;
  readonly skipped: number;
  /** The first one. */
  readonly failure?: Failure;
}

export type RunEvent = NodeEvent | { readonly type: 'ended'; readonly summary: RunSummary };
