/**
 * What a service looks like to the job service of the gateway: one file of this folder each. An adapter knows how one
 * vendor is asked, and nothing of journals, money or keys' homes. Plain `fetch` through `Access`, no SDK.
 */
import type { Loose } from '../core/loose.ts';
import type { Micros } from '../core/money.ts';
import type { Said } from '../core/say.ts';
import type { WorkKind } from '../core/take.ts';
import type { JobRequest } from '../routing/job-request.ts';
import type { UnitPrice } from '../routing/quotes.ts';
import type { ServiceTrouble } from './service-trouble.ts';

/** Where a vendor keeps a job, as the adapter needs it to go on: plain data, written to the journal. Never a key. */
export type JobRef = Readonly<Record<string, string>>;

/** A picture that goes along with a job, as it is stored: PNG, JPEG or WebP. */
export interface PictureFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mime: string;
}

/** One picture or clip as the service gave it: its bytes, or where they lie. Addresses are fetched at once. */
export type Output =
  | { readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly url: string; /** Sent along when it is fetched, e.g. the key. */ readonly headers?: Headers };
type Headers = Readonly<Record<string, string>>;

export interface JobMade {
  readonly output: Output;
  /** The seed the service says it used. */
  readonly seed?: number;
  /** What the service says it charged; left out when it does not say. */
  readonly charged?: Micros;
  /** What a person should know of the result, e.g. that the service rewrote the prompt. */
  readonly notes?: readonly Said[];
}

/** How far a job is. */
export interface JobStep {
  readonly state: 'queued' | 'running';
  /** 0…1, where the service says it. */
  readonly fraction?: number;
  /** Jobs before this one. */
  readonly place?: number;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** `undefined` where it is not JSON. */
  readonly json: unknown;
  readonly text: string;
}
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** A path below the service's address, or a whole address at one of its hosts. */
  readonly to: string;
  readonly headers?: Headers;
  readonly json?: unknown;
  readonly form?: FormData;
  readonly body?: Uint8Array<ArrayBuffer>;
  /**
   * The one call of `submit` that makes the service take the job. Until it goes out nothing was asked for, and the job
   * can be sent again; it is written down before.
   */
  readonly pays?: true;
  /** Milliseconds until it is given up; 60,000 where it is left out. Services that answer when all is done need more. */
  readonly patienceMs?: number;
}

/** What an adapter works with. Whatever goes wrong below throws `ServiceTrouble`. */
export interface Access {
  /** Missing for services that need none. */
  readonly key: string | undefined;
  /** Where the service lives, without a slash at its end: the vendor's address, or `TRIPTYCH_<PROVIDER>_URL`. */
  readonly base: string;
  readonly signal: AbortSignal;
  /**
   * Asks the service. Answers of 400 and above throw what `classify` makes of them; a connection that was refused
   * throws `unreachable`, one that was lost after something was sent throws `lost`.
   */
  call(call: Call): Promise<Answer>;
  /** The same for an answer that is a picture or a clip. */
  bytes(call: Call): Promise<Uint8Array<ArrayBuffer>>;
  /** A WebSocket at one of the service's hosts; closed when the signal says so. */
  socket(to: string, headers?: Headers): WebSocket;
  /** Waits; throws when the signal says so. */
  pause(ms: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}
/** While a job is made: the page hears of it. */
export interface JobWatch extends Access {
  report(step: JobStep): void;
  /** A picture of what is not finished. */
  preview(picture: PictureFile): void;
}
export interface Submitting extends JobWatch {
  /** The take's name: what a service can look a job up by, where it lets us choose. */
  readonly id: string;
  /** A picture that the request names. */
  picture(name: string): Promise<PictureFile>;
}

/** Another job that the same model was sent, or may have been. */
export interface OtherJob {
  readonly request: JobRequest;
  /** Missing where nobody knows whether the service has it. */
  readonly ref?: JobRef;
}
/** While a job whose answer was lost is looked for. */
export interface Looking extends Access {
  /** When the call that pays went out, in milliseconds since 1970. */
  readonly sentAt: number;
  /** Those of the journal that went out at about that time: what is theirs at the service is not what is looked for. */
  others(): Promise<readonly OtherJob[]>;
}

/** A model that a service says it has. */
export interface ModelThere {
  /** The service's own name for it, as `JobRequest.model` has it. */
  readonly model: string;
  readonly works: readonly WorkKind[];
}

export interface Adapter {
  /** As catalog and routing tables call it. */
  readonly id: string;
  /** Raised when the same request would be sent another way: it is part of the key of results. */
  readonly version: number;
  /** For people. */
  readonly name: string;
  /**
   * Where the vendor answers, without a slash at its end. Empty where it has no address of its own: it is set up by
   * `TRIPTYCH_<PROVIDER>_URL` and by nothing else.
   */
  readonly home: string;
  /** Where a server on this computer usually listens, the port of `home` first. */
  readonly ports?: readonly number[];
  /** Other hosts that are the vendor's own, results included: `example.com`, or `*.example.com` for all below it. */
  readonly hosts: readonly string[];
  /** A server on this computer: private addresses are its own, and it costs nothing. */
  readonly isLocal?: boolean;
  /** Whoever runs it chose where: it is local exactly if its address is a private one. */
  readonly isLocalIfPrivate?: boolean;
  /** Names of environment variables for the key, the vendor's usual one first. Empty where none is needed. */
  readonly keyNames: readonly string[];
  /** It works without a key, too: what it lacks then, only the service knows. */
  readonly isKeyOptional?: boolean;
  /** Where a person gets a key. */
  readonly keyPage?: string;
  /** Jobs at work at once, where nobody said otherwise. */
  readonly atOnce: number;
  /** Jobs begun in a minute, where the vendor says how many it takes. */
  readonly aMinute?: number;
  /** Milliseconds after which a job that has not ended is given up. */
  readonly longestMs: number;

  /**
   * Sends the job, with exactly one call that `pays`: it is never sent twice. A service that answers with the result
   * returns `made`; then nothing is followed.
   */
  submit(request: JobRequest, access: Submitting): Promise<{ readonly job: JobRef } | { readonly made: JobMade }>;
  /**
   * Waits for a job that was sent, in this process or an earlier one. Throws `ServiceTrouble` when the job failed. An answer of
   * 500 or above, `busy`, `unreachable` and `lost` mean that the question failed and not the job: it is asked again.
   */
  follow?(job: JobRef, access: JobWatch, request: JobRequest): Promise<JobMade>;
  /**
   * Looks for a job whose answer was lost. `undefined`: the service does not have it, so nothing was sent; or it cost
   * nothing, its result cannot be had, and it was stopped. Then it can be sent again. Throws where it cannot tell: then
   * nobody knows. Left out where a service can never say.
   */
  lookup?(id: string, access: Looking, request: JobRequest): Promise<{ readonly job: JobRef } | undefined>;
  /** Takes a job back. `late`: it goes on, and is paid for. Left out where a service cannot. */
  cancel?(job: JobRef, access: Access): Promise<'cancelled' | 'asked' | 'late'>;
  /** What an answer of 400 or above means, by status and code, never by the words of its message. */
  classify(answer: Answer): ServiceTrouble;
  /** The cheapest call there is: throws `ServiceTrouble` when the service cannot be used as it is set up. */
  test(access: Access): Promise<void>;
  /** The models that are there to be asked, at services that are different on every computer. */
  models?(access: Access): Promise<readonly ModelThere[]>;
  /** What the service says of its kinds of nodes with these names, at services that run workflows. */
  nodes?(names: readonly string[], access: Access): Promise<Loose>;
  /** What a request costs, asked of the service; `undefined` where it does not know. */
  quote?(request: JobRequest, access: Access): Promise<Micros | undefined>;
  /**
   * What a unit of these models costs, whatever is asked of them: known before there is a request. Models that the
   * service says no price of, or one in another unit, are left out.
   */
  prices?(models: readonly string[], access: Access): Promise<ReadonlyMap<string, UnitPrice>>;
}
