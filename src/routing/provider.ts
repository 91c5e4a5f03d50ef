/** What a service looks like to routing. One file in `src/providers` each; `sketch` is built in. */
import type { Micros } from '../core/money.ts';
import type { RunContext } from '../core/node.ts';
import type { RunMode, TakeRequest } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';

export interface Made {
  readonly artifact: ImageValue | VideoValue;
  /** The seed really used. */
  readonly seed: number;
  /** What the service says it charged; left out when it does not say. */
  readonly charged?: Micros;
}
export interface Provider {
  readonly id: string;
  /** Makes one take. Throws `NodeError` when it cannot; stops soon after the signal. */
  make(request: TakeRequest, mode: RunMode, ctx: Pick<RunContext, 'artifacts' | 'progress' | 'signal'>): Promise<Made>;
}
