/**
 * The way to one service: so many jobs at once, a pause when it asks for one, and a longer one when it keeps failing.
 * What a key may not do is a matter of one model: the others are asked all the same.
 */
import type { Said } from '../../core/say.ts';
import type { Adapter } from '../../providers/adapter.ts';
import { gaveNoAnswer, type ServiceTrouble, type TroubleKind } from '../../providers/service-trouble.ts';

/** Failures in a row after which a service is left alone. */
const MOST_FAILURES = 3;
const FIRST_REST_MS = 60_000;
const LONGEST_REST_MS = 15 * 60_000;
/** An account that was refused is not asked again at once, nor a model that it may not use. */
const REFUSED_REST_MS = 5 * 60_000;
/** Troubles that are the service's own, and not the request's. */
const ITS_FAULT: readonly TroubleKind[] = ['broken', 'unreachable', 'lost', 'endless'];
/** Troubles of the account: every other job would be refused for the same reason. */
const OF_THE_ACCOUNT: readonly TroubleKind[] = ['key', 'billing'];
/** Troubles of whoever asks: they tell nothing of a job that is asked after. */
export const OF_WHO_ASKS: readonly TroubleKind[] = [...OF_THE_ACCOUNT, 'forbidden'];

export interface ServiceLane {
  /** Waits for a place; `leave` gives it back. Throws when the signal says so. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** It asked to be left alone for so long, because of this. */
  rest(ms: number, trouble: ServiceTrouble): void;
  /** It took a job, so it takes others of this account. */
  accepted(): void;
  /** It took one earlier: others need not wait until another shows that it takes them. */
  tookBefore(): void;
  /** How a job went, and for which model it was. */
  heard(trouble: ServiceTrouble | undefined, model: string): void;
  /** A person says that it may be asked again: with another key, with money by now, or because it is back. */
  forgive(): void;
  readonly setAside: { readonly until: number; readonly why: Said; readonly isUnreachable?: true } | undefined;
  /** Why the account was refused, or for this model, while it is not asked because of that. */
  refusedFor(model: string): ServiceTrouble | undefined;
  /** Models that this account may not use, as the service calls them: they are not asked for a while. */
  readonly modelsSetAside: readonly ModelSetAside[];
}

interface ModelSetAside {
  readonly model: string;
  readonly until: number;
  readonly trouble: ServiceTrouble;
}

export interface LaneHost {
  readonly now: () => number;
  readonly after: (ms: number, call: () => void) => void;
  /** Hears what went wrong last that is not the fault of a request; nothing once it took a job again. */
  note(trouble: ServiceTrouble | undefined): void;
}

const MINUTE_MS = 60_000;

export function createLane(
  { atOnce, aMinute = Infinity }: Pick<Adapter, 'atOnce' | 'aMinute'>,
  { now, after, note }: LaneHost,
): ServiceLane {
  const queue: (() => void)[] = [];
  let atWork = 0;
  /** When jobs of the last minute began. */
  let begun: readonly number[] = [];
  let restsUntil = 0;
  let longestRest = 0;
  let failures = 0;
  let rests = 0;
  let setAside: ServiceLane['setAside'];
  let setAsideFor = 0;
  let refused: ServiceTrouble | undefined;
  let modelsSetAside: readonly ModelSetAside[] = [];
  /**
   * Whether more than one job is sent at once. Until the first was taken, or failed for another reason than the account,
   * the others wait: all of them would be refused for the same one.
   */
  let isKnownToTake = false;

  function next(): void {
    // Where the clock was set back, it rests no longer than it was asked to.
    restsUntil = Math.min(restsUntil, now() + longestRest);
    const wait = restsUntil - now();
    if (wait > 0) return after(wait, next);
    // Where the clock was set back, what began later than now is as good as long ago.
    begun = begun.filter((at) => at <= now() && now() - at < MINUTE_MS);
    while (atWork < (isKnownToTake ? atOnce : Math.min(1, atOnce)) && queue.length > 0) {
      if (begun.length >= aMinute) return after(begun[0]! + MINUTE_MS - now(), next);
      begun = [...begun, now()];
      atWork++;
      queue.shift()!();
    }
  }
  function openWide(): void {
    isKnownToTake = true;
    next();
  }
  function forget(): void {
    failures = 0;
    rests = 0;
    setAside = undefined;
    refused = undefined;
    note(undefined);
  }
  // Where the clock was set back, for no longer than it was.
  const stillAside = () => {
    const latest = now() + REFUSED_REST_MS;
    modelsSetAside = modelsSetAside.map((one) => ({ ...one, until: Math.min(one.until, latest) }));
    return modelsSetAside.filter(({ until }) => until > now());
  };
  return {
    get setAside() {
      if (!setAside) return undefined;
      // Where the clock was set back, for no longer than it was.
      setAside = { ...setAside, until: Math.min(setAside.until, now() + setAsideFor) };
      return setAside.until > now() ? setAside : undefined;
    },
    refusedFor(model) {
      return (this.setAside && refused) ?? stillAside().find((one) => one.model === model)?.trouble;
    },
    get modelsSetAside() {
      return stillAside();
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
    rest(ms, trouble) {
      note(trouble);
      if (restsUntil <= now()) longestRest = 0;
      longestRest = Math.max(longestRest, ms);
      restsUntil = Math.max(restsUntil, now() + ms);
    },
    accepted() {
      note(undefined);
      openWide();
    },
    tookBefore: openWide,
    heard(trouble, model) {
      if (trouble?.facts.wasNotAsked) return;
      if (!trouble) {
        forget();
        return openWide();
      }
      if (OF_THE_ACCOUNT.includes(trouble.kind)) {
        refused = trouble;
        failures = 0;
        isKnownToTake = false;
        setAsideFor = REFUSED_REST_MS;
        setAside = { until: now() + setAsideFor, why: trouble.said };
        note(trouble);
        return;
      }
      if (trouble.kind === 'forbidden') {
        const others = stillAside().filter((one) => one.model !== model);
        modelsSetAside = [...others, { model, until: now() + REFUSED_REST_MS, trouble }];
      }
      if (trouble.kind === 'busy' || ITS_FAULT.includes(trouble.kind)) note(trouble);
      if (ITS_FAULT.includes(trouble.kind)) {
        failures++;
        if (failures >= MOST_FAILURES) {
          setAsideFor = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** rests);
          refused = undefined;
          const until = now() + setAsideFor;
          setAside = { until, why: trouble.said, ...(gaveNoAnswer(trouble) ? { isUnreachable: true } : {}) };
          rests++;
          failures = 0;
        }
      } else if (trouble.kind !== 'busy') failures = 0;
      openWide();
    },
    forgive() {
      forget();
      modelsSetAside = [];
      isKnownToTake = false;
    },
  };
}
