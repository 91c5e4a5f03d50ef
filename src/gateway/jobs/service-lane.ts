/** The way to one service: so many jobs at once, a pause when it asks for one, and a longer one when it keeps failing. */
import type { Said } from '../../core/say.ts';
import { gaveNoAnswer, type ServiceTrouble, type TroubleKind } from '../../providers/service-trouble.ts';

/** Failures in a row after which a service is left alone. */
const MOST_FAILURES = 3;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 15 * 60_000;
/** An account without money is not asked again at once. */
const BILLING_REST_MS = 5 * 60_000;
/** Troubles that are the service's own, and not the request's. */
const ITS_FAULT: readonly TroubleKind[] = ['broken', 'unreachable', 'lost', 'endless'];

export interface ServiceLane {
  /** Waits for a place; `leave` gives it back. Throws when the signal says so. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** It asked to be left alone for so long. */
  rest(ms: number): void;
  /** How a job went. */
  heard(trouble: ServiceTrouble | undefined): void;
  readonly setAside: { readonly until: number; readonly why: Said; readonly isUnreachable?: true } | undefined;
}

export function createLane(
  atOnce: number,
  now: () => number,
  after: (ms: number, call: () => void) => void,
): ServiceLane {
  const queue: (() => void)[] = [];
  let atWork = 0;
  let restsUntil = 0;
  let longestRest = 0;
  let failures = 0;
  let rests = 0;
  let setAside: ServiceLane['setAside'];

  function next(): void {
    // Where the clock was set back, it rests no longer than it was asked to.
    restsUntil = Math.min(restsUntil, now() + longestRest);
    const wait = restsUntil - now();
    if (wait > 0) return after(wait, next);
    while (atWork < atOnce && queue.length > 0) {
      atWork++;
      queue.shift()!();
    }
  }
  return {
    get setAside() {
      return setAside && setAside.until > now() ? setAside : undefined;
    },
    async enter(signal) {
      signal.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const giveUp = () => {
          queue.splice(queue.indexOf(enter), 1);
          reject(signal.reason as Error);
        };
        const enter = () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        signal.addEventListener('abort', giveUp, { once: true });
        queue.push(enter);
        next();
      });
      let hasLeft = false;
      return () => {
        if (hasLeft) return;
        hasLeft = true;
        atWork--;
        next();
      };
    },
    rest(ms) {
      if (restsUntil <= now()) longestRest = 0;
      longestRest = Math.max(longestRest, ms);
      restsUntil = Math.max(restsUntil, now() + ms);
    },
    heard(trouble) {
      if (trouble?.kind === 'billing') setAside = { until: now() + BILLING_REST_MS, why: trouble.said };
      if (trouble && ITS_FAULT.includes(trouble.kind)) {
        failures++;
        if (failures < MOST_FAILURES) return;
        const until = now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** rests);
        setAside = { until, why: trouble.said, ...(gaveNoAnswer(trouble) ? { isUnreachable: true } : {}) };
        rests++;
        failures = 0;
      } else if (!trouble || trouble.kind !== 'busy') {
        failures = 0;
        if (!trouble) {
          rests = 0;
          setAside = undefined;
        }
      }
    },
  };
}
