/** A job, as the gateway tells of it: one request to a service, named by its take. */
import type { Micros } from '../core/money.ts';
import { say, type Said } from '../core/say.ts';
import type { JobRequest } from './job-request.ts';
import { usualServiceName } from './service-names.ts';

/**
 * `waiting` for its turn, nothing was sent · `intended`: the call that pays goes out · `submitted`: the service has it.
 * `unknown`: nobody can say whether the service took it; a person decides.
 */
export const JOB_STATES = ['waiting', 'intended', 'submitted', 'made', 'failed', 'cancelled', 'unknown'] as const;
export type JobState = (typeof JOB_STATES)[number];
export const hasEnded = (state: JobState): boolean => state === 'made' || state === 'failed' || state === 'cancelled';

/** What is asked of the job service, with the money it may take. */
export interface JobOrder {
  readonly request: JobRequest;
  /** `null`: nobody knows. */
  readonly estimate: Micros | null;
  /** What all jobs of a calendar month may cost together; left out without a limit. */
  readonly monthlyBudget?: Micros;
}

/** What a service gave, as it was probed. */
export interface MediaFacts {
  readonly kind: 'image' | 'video';
  readonly mime: string;
  readonly bytes: number;
  /** As it is shown: turned as its file says. */
  readonly width: number;
  readonly height: number;
  /** Of clips. */
  readonly seconds?: number;
  readonly fps?: number;
  readonly frames?: number;
  /** It can be heard. Left out of silent clips. */
  readonly hasSound?: true;
}
/** Why a job did not end well. `kind` is one of `TroubleKind`; what is done about it hangs on it. */
export interface JobTrouble {
  readonly kind: string;
  readonly message: Said;
  readonly hint?: Said;
  /** It went wrong before the service was sent the job. */
  readonly nothingSent?: true;
}
/** Why no service can be asked. */
export type WhyNot = Pick<JobTrouble, 'message' | 'hint'>;
export interface JobView {
  readonly id: string;
  readonly provider: string;
  readonly model: string;
  readonly state: JobState;
  readonly estimate: Micros | null;
  /** What it cost, once it has ended; `null`: nobody knows. */
  readonly charged: Micros | null;
  readonly createdAt: number;
  readonly submittedAt?: number;
  readonly endedAt?: number;
  /** How far it is. */
  readonly fraction?: number;
  /** What the service said of it last; left out until it said something. */
  readonly step?: 'queued' | 'running';
  /** Jobs before it. */
  readonly place?: number;
  /** There is a picture of what is not finished: how many there were before it. */
  readonly previews?: number;
  readonly media?: MediaFacts;
  /** The seed the service says it used. */
  readonly seed?: number;
  readonly notes?: readonly Said[];
  readonly trouble?: JobTrouble;
  /** Nobody knows whether it was taken, and its service has no way to be asked. */
  readonly cannotBeAsked?: true;
}

/** A job as the job service has booked it, whoever ordered it. */
export interface BookedJob {
  /** The name of its take, too. */
  readonly id: string;
  readonly provider: string;
  /** When it was ordered. */
  readonly at: number;
  readonly state: JobState;
  /** What it cost; `null` while nobody knows. */
  readonly charged: Micros | null;
  /** What counts against a budget until it is known what it cost. */
  readonly reserved: Micros;
}

/** Of a job that has not ended. That it is being made is said only where the service says so. */
export function howFarInWords({
  state,
  step,
  place,
  provider,
}: Pick<JobView, 'state' | 'step' | 'place' | 'provider'>): Said {
  if (state === 'waiting') return say('Not sent yet, waits for its turn');
  const service = say(usualServiceName(provider));
  if (step === 'running') return say('{0} is making this', service);
  if (place) return say('Queued at {1}, {0|one job|{0} jobs} before it', place, service);
  return step === 'queued' ? say('Queued at {0}', service) : say('With {0}', service);
}

/** A service, as Settings and routing see it. */
export interface ProviderView {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly isLocal: boolean;
  /** Environment variables that are looked at for its key; empty where it needs none. */
  readonly keyNames: readonly string[];
  readonly keyPage?: string;
  /** Where its key comes from. */
  readonly key: 'none needed' | 'missing' | 'optional' | 'from the environment' | 'entered';
  /** The environment variable for where it lives, if not at its vendor's. */
  readonly addressName: string;
  /** The one that it names, where it does. */
  readonly address?: string;
  /** It has no address of its own, and none was given. */
  readonly lacksAddress?: true;
  /** It says what its models cost, where the list does not know. */
  readonly quotes?: true;
  /** Whether it can be asked now. */
  readonly isReady: boolean;
  /** What the last test found. */
  readonly lastTest?: {
    readonly at: number;
    readonly works: boolean;
    readonly message?: Said;
    /** No answer came. */
    readonly isUnreachable?: true;
  };
  /** It failed too often, and is not asked until then. */
  readonly setAside?: { readonly until: number; readonly why: Said; readonly isUnreachable?: true };
  /** Models that its key may not use, as the service calls them: they are not asked until then. */
  readonly modelsSetAside?: readonly (JobTrouble & { readonly model: string; readonly until: number })[];
  /**
   * What went wrong last at a job and is not the job's own fault, until it takes one again. `kind`: as of `JobTrouble`.
   */
  readonly lastTrouble?: JobTrouble & { readonly at: number };
  readonly atOnce: number;
  /** Jobs begun in a minute, where it takes no more. */
  readonly aMinute?: number;
  readonly spentThisMonth: Micros;
  /** Of jobs that have not ended. */
  readonly reserved: Micros;
}

/** A place on this computer that was looked at for a server. */
export interface LocalServer {
  readonly provider: string;
  /** What is looked for there, for people. */
  readonly name: string;
  readonly address: string;
  readonly answers: boolean;
  /** It is where that provider is asked. */
  readonly isUsed: boolean;
  /** The environment variable that says so: then it is looked for nowhere else. */
  readonly setBy?: string;
  readonly remark?: Said;
}
