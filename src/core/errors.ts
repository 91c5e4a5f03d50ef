/** What can go wrong, as data. Expected trouble travels as a value; a throw is a bug until one border turns it into a `Failure`. */
import { inWords, say, type Said } from './say.ts';

export type FailureCode =
  | 'bad-input'
  | 'bad-params'
  | 'unsupported'
  | 'cap-reached'
  | 'over-budget'
  | 'rate-limit'
  | 'storage-full'
  | 'out-of-memory'
  | 'rejected'
  | 'network'
  | 'cancelled'
  | 'worker-died'
  | 'bug';

/** Plain data: survives structured clone, IndexedDB and JSON. `message` says what happened, `hint` what to do. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: Said;
  readonly hint?: Said;
  readonly stack?: string;
}

export type Result<T, E = Failure> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const fail = (code: FailureCode, message: Said, hint?: Said): Result<never> => ({
  ok: false,
  error: { code, message, ...(hint === undefined ? {} : { hint }) },
});

/** Thrown by node code for trouble the user can understand; everything else thrown becomes a `bug`. */
export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly code: FailureCode;
  /** What `message` says in English, for whoever speaks to the person. */
  readonly said: Said;
  readonly hint: Said | undefined;

  constructor(code: FailureCode, said: Said, options: { hint?: Said; cause?: unknown } = {}) {
    super(inWords(said), options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.said = said;
    this.hint = options.hint;
  }
}

/** A database that found no room aborts what it was doing: the reason is inside, some layers down. */
function isOutOfRoom(thrown: unknown, layers = 5): boolean {
  const { name, message, inner, cause } = (thrown ?? {}) as { readonly name?: unknown; readonly message?: unknown; readonly inner?: unknown; readonly cause?: unknown };
  if (name === 'QuotaExceededError' || (typeof message === 'string' && /quota/i.test(message))) return true;
  return layers > 0 && [inner, cause].some((deeper) => deeper !== undefined && isOutOfRoom(deeper, layers - 1));
}

/** How Chromium, Firefox, WebKit and the bundler say that a file of the app did not come. */
const MISSING_PART = /dynamically imported module|importing a module script failed|unable to preload css/i;

/** The one translation from anything thrown to a `Failure`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof NodeError) {
    return { code: thrown.code, message: thrown.said, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
  const name = (thrown as { name?: unknown } | null)?.name;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (isOutOfRoom(thrown)) {
    return {
      code: 'storage-full',
      message: 'The browser has no room left to store this.',
      hint: 'Free some disk space, clear cached results in the History panel, or delete graphs that are no longer needed; then try again.',
    };
  }
  if (name === 'AbortError') return { code: 'cancelled', message: 'Cancelled.' };
  if (MISSING_PART.test(message)) {
    return {
      code: 'network',
      message: 'A part of the app could not be loaded: you are offline, or a newer version was published.',
      hint: 'Try again when there is a connection. Reloading the page fetches the newest version; what was saved is as it was.',
    };
  }
  if (thrown instanceof RangeError && /memory|allocation|buffer/i.test(message)) {
    return {
      code: 'out-of-memory',
      message: 'This step needs more memory than the browser gives.',
      hint: 'Use a smaller size or a shorter clip.',
    };
  }
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  return {
    code: 'bug',
    message: say('Something unexpected happened: {0}', message),
    hint: 'Run again; if it stays, export the graph and report it.',
    ...(stack === undefined ? {} : { stack }),
  };
}
