/**
 * What can go wrong, as data. Expected trouble travels as a value; a throw is a bug until one border turns it into a
 * `Failure`.
 */
import { inWords, say, type Said } from './say.ts';

export type FailureCode =
  | 'bad-input'
  | 'bad-params'
  | 'unsupported'
  | 'cap-reached'
  | 'over-budget'
  | 'rate-limit'
  | 'storage-full'
  | 'storage-refused'
  | 'out-of-memory'
  | 'rejected'
  | 'network'
  | 'service'
  /** A service will not make this, by its content rules, or may not: it has no code for why. */
  | 'refused'
  | 'unknown'
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

/** Nothing more can be written. What was stored before is untouched. */
export const STORAGE_FULL: Failure = {
  code: 'storage-full',
  message: 'The disk is full, or the browser gives Triptych no more room, so this could not be stored.',
  hint: 'Free space in Settings: clear cached results, keep less, or remove old runs. Then try again.',
};

/** A write was broken off and nobody said why. A disk that is full to the last byte is told so. */
const STORAGE_REFUSED: Failure = {
  code: 'storage-refused',
  message: 'The browser could not write this to its storage. Most often the disk is full.',
  hint: 'Free some disk space, or free space in Settings. What was stored before is as it was.',
};

/** How deep errors are looked into for the one that caused them. */
const DEEPEST_CAUSE = 5;

/** How browsers and Node say it. */
const FULL_DISK = /quotaexceeded|quota (has been )?exceeded|exceeded its quota|disk is full|full disk|no space left/i;
/** A service that counts requests or money has quotas too. */
const QUOTA_OF_A_SERVICE =
  /\bquota\b.*\b(plan|billing|metric|requests?|credits?|account|subscription|per (minute|day))\b/i;

/** Whether something thrown, or what caused it, says that there is no room. Threads pass on only name and message. */
function isFullDisk(thrown: unknown, depth = 0): boolean {
  if (typeof thrown === 'string') return FULL_DISK.test(thrown) && !QUOTA_OF_A_SERVICE.test(thrown);
  if (typeof thrown !== 'object' || thrown === null || depth > DEEPEST_CAUSE || thrown instanceof NodeError)
    return false;
  const { name, message, inner, cause, failures } = thrown as Partial<
    Record<'name' | 'message' | 'inner' | 'cause' | 'failures', unknown>
  >;
  if (name === 'QuotaExceededError' || (typeof message === 'string' && isFullDisk(message))) return true;
  return [inner, cause, ...(Array.isArray(failures) ? (failures as unknown[]) : [])].some((one) =>
    isFullDisk(one, depth + 1),
  );
}

/** Trouble of the database that is no fault of the app's. */
const STORAGE_TROUBLE = new Set<unknown>(['UnknownError', 'OpenFailedError', 'DatabaseClosedError']);

/** An `AbortError` of the database says that a write failed, not that somebody cancelled something. */
const isOfDatabase = (thrown: unknown): boolean => typeof thrown === 'object' && thrown !== null && 'inner' in thrown;

/** A transaction that was aborted, by name or by what a batch of writes says of its parts. */
function isRefusedWrite(thrown: unknown): boolean {
  const { name, message } = (thrown ?? {}) as { readonly name?: unknown; readonly message?: unknown };
  if (name === 'AbortError') return isOfDatabase(thrown);
  return name === 'BulkError' || (name === 'ModifyError' && /AbortError/.test(String(message)));
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
  // Before anything else: a full disk aborts what is being written, and hides behind that.
  if (isFullDisk(thrown)) return STORAGE_FULL;
  if (name === 'AbortError' && !isOfDatabase(thrown)) return { code: 'cancelled', message: 'Cancelled.' };
  if (isRefusedWrite(thrown)) return STORAGE_REFUSED;
  if (STORAGE_TROUBLE.has(name))
    return {
      code: 'storage-refused',
      message: "The browser's storage had trouble of its own, so this was not done.",
      hint: 'Try again. If it stays so, restart the browser. What was stored before is as it was.',
    };
  if (QUOTA_OF_A_SERVICE.test(message))
    return { code: 'rejected', message, hint: 'Look at the plan and the billing of this service, or ask another one.' };
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
