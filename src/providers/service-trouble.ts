/** What goes wrong at a service, as a closed set: what is done about it hangs on the kind and nothing else. */
import type { Micros } from '../core/money.ts';
import { inWords, say, type Said } from '../core/say.ts';

export type TroubleKind =
  /** The key is missing or wrong. */
  | 'key'
  /** The key is right, and may not do this: other models may be open to it. */
  | 'forbidden'
  /** The account has no money left there. */
  | 'billing'
  /** The model is no longer there. */
  | 'retired'
  /** The request is not one the model takes. */
  | 'invalid'
  /** The service will not make this, by its content rules. */
  | 'refused'
  /** It failed after it was taken, and the service has no code for why: it may be its content rules. */
  | 'unexplained'
  /** Too much at once, now; nothing was taken. */
  | 'busy'
  /** The service failed, and says so: nothing is charged. */
  | 'broken'
  /** No connection could be made: nothing was sent. */
  | 'unreachable'
  /** What was sent got no answer, or half of one: nobody knows whether the service took it. */
  | 'lost'
  /** The job or its result is gone at the service. */
  | 'gone'
  /** What it made was deleted on this computer. */
  | 'deleted'
  /** What came is not a picture or a clip, or cannot be read. */
  | 'unreadable'
  /** It did not end. */
  | 'endless'
  /** It was taken back. */
  | 'cancelled';

export interface TroubleFacts {
  /** The status of the answer. */
  readonly status?: number;
  /** The service's own code, never its message. */
  readonly code?: string;
  /** Milliseconds after which the service says it can be asked again. */
  readonly retryAfterMs?: number;
  /** What it may have cost all the same. Where it is left out, the kind decides. */
  readonly mayCost?: boolean;
  /** What it cost, where the service said so before it went wrong. */
  readonly charged?: Micros;
  readonly hint?: Said;
  /** Nothing was sent: the account was refused for another job, and this one would be for the same reason. */
  readonly wasNotAsked?: true;
  readonly cause?: unknown;
}

/** Thrown by adapters and by `Access`. */
export class ServiceTrouble extends Error {
  override readonly name = 'ServiceTrouble';
  readonly kind: TroubleKind;
  /** What happened, for a person. */
  readonly said: Said;
  readonly facts: TroubleFacts;

  constructor(kind: TroubleKind, said: Said, facts: TroubleFacts = {}) {
    super(inWords(said), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.kind = kind;
    this.said = said;
    this.facts = facts;
  }
}

const TRANSIENT: readonly TroubleKind[] = ['unreachable', 'busy', 'lost'];
/** A question that failed so says nothing: it is asked again. */
export const isTransient = ({ kind, facts }: ServiceTrouble): boolean =>
  TRANSIENT.includes(kind) || (facts.status ?? 0) >= 500;

/** It could not be reached: it said nothing, not even that something is wrong. */
export const gaveNoAnswer = ({ kind, facts }: ServiceTrouble): boolean =>
  (kind === 'unreachable' || kind === 'lost') && facts.status === undefined;

/** For work that a service has nothing for: it is not asked. */
export const notItsWork = (name: string): ServiceTrouble =>
  new ServiceTrouble('invalid', say('{0} does not do this.', say(name)));

/** The usual meaning of a status, where a service's codes do not say more. */
export function kindOfStatus(status: number): TroubleKind {
  if (status === 401) return 'key';
  if (status === 403) return 'forbidden';
  if (status === 402) return 'billing';
  if (status === 404 || status === 410) return 'retired';
  if (status === 429) return 'busy';
  // A gateway between us and the service gave up waiting (520 and 524 are Cloudflare's), the service may be at work.
  if ([408, 502, 504, 520, 524].includes(status)) return 'lost';
  if (status >= 500) return 'broken';
  return 'invalid';
}

/** `Retry-After`: seconds, or an HTTP date. */
export function retryAfterOf(headers: { get(name: string): string | null }, now: number): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (ms >= 0) return ms;
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const seconds = Number(given);
  if (seconds >= 0) return seconds * 1000;
  const at = Date.parse(given);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
