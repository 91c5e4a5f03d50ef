/** What makes takes looks like to `produce`: the built-in engine, and every service behind the gateway. */
import { NodeError, type FailureCode } from '../core/errors.ts';
import type { TakeId } from '../core/ids.ts';
import type { Micros } from '../core/money.ts';
import type { RunContext } from '../core/node.ts';
import type { Said } from '../core/say.ts';
import type { RunMode, Sent, TakeRecord, TakeRequest } from '../core/take.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import type { Considered } from './resolve.ts';

/** One take that is to be made. */
export interface Order {
  /** Asked for twice under the same name, it is made once. */
  readonly take: TakeId;
  readonly request: TakeRequest;
  readonly mode: RunMode;
  readonly candidate: Considered;
  /** What all takes of a month may cost together; left out without a limit. */
  readonly monthlyBudget?: Micros;
}
export interface Made {
  readonly artifact: ImageValue | VideoValue;
  /** The seed really used. */
  readonly seed: number;
  /** What it cost; `null` where nobody knows, left out where the estimate holds. */
  readonly charged?: Micros | null;
  /** Who says so; left out where the estimate holds. */
  readonly priceFrom?: TakeRecord['priceFrom'];
  /** What a person should know of the result. */
  readonly notes?: readonly Said[];
}
export interface Provider {
  readonly id: string;
  /** What an order makes it send to a service, for the books; left out by who sends nothing. */
  sent?(order: Order): Sent | undefined;
  /** Makes one take. Throws `NodeError` when it cannot; stops soon after the signal. */
  make(order: Order, ctx: Pick<RunContext, 'artifacts' | 'progress' | 'signal'>): Promise<Made>;
}

/**
 * Why a service that is paid gave nothing. `unknown`: nobody knows whether it took the job, so nobody may ask anybody
 * again before a person has decided. `kept`: the job service has it, or may have it, and this side could not take it;
 * who asks again by its name pays nothing more.
 */
export class ServiceError extends NodeError {
  readonly outcome: 'failed' | 'refused' | 'unknown' | 'cancelled' | 'kept';
  readonly charged: Micros | null;
  /** It went wrong before the service was sent anything. */
  readonly nothingSent: boolean;

  constructor(
    outcome: ServiceError['outcome'],
    charged: Micros | null,
    code: FailureCode,
    said: Said,
    { nothingSent = false, ...options }: { hint?: Said; cause?: unknown; nothingSent?: boolean } = {},
  ) {
    super(code, said, options);
    this.outcome = outcome;
    this.charged = charged;
    this.nothingSent = nothingSent;
  }
}
