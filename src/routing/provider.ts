/** What a service looks like to routing. One file in `src/providers` each; `sketch` is built in. */
import type { RunContext } from '../core/node.ts';
import type { RunMode, TakeRequest, WorkKind } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

export interface Made {
  readonly artifact: ImageValue | VideoValue;
  readonly model: string;
  /** The seed really used. */
  readonly seed: number;
}
export interface Provider {
  readonly id: string;
  readonly work: readonly WorkKind[];
  /** Makes one take. Throws `NodeError` when it cannot; stops soon after the signal. */
  make(request: TakeRequest, mode: RunMode, ctx: Pick<RunContext, 'artifacts' | 'progress' | 'signal'>): Promise<Made>;
}
