/** How takes are made by the job service, whoever asks: over HTTP, or in the same process. */
import type { Micros } from '../core/money.ts';
import type { BookedJob, JobOrder, JobView, ProviderView } from '../routing/job.ts';
import type { PriceQuestion, Quote } from '../routing/quotes.ts';

export interface JobClient {
  /**
   * The same job twice is one job. Throws a `NodeError`: `over-budget` where the month's money is used up, `network`
   * where the job service cannot be reached.
   */
  put(id: string, order: JobOrder, pictures: ReadonlyMap<string, Blob>): Promise<JobView>;
  get(id: string): Promise<JobView | undefined>;
  /** Settles when the job may be not as it was. Throws when the signal says so. */
  changed(id: string, signal: AbortSignal): Promise<void>;
  cancel(id: string): Promise<JobView | undefined>;
  output(id: string): Promise<Blob>;
}
/** Also which services there are to be asked, and for how much. */
export interface ServicesClient extends JobClient {
  /** `undefined` where there is no gateway, or one without a job service. */
  providers(): Promise<readonly ProviderView[] | undefined>;
  /** What services say that units of these models cost; of those that do not answer now, nothing. */
  quotes(asked: readonly PriceQuestion[]): Promise<readonly Quote[]>;
  /** What a person lets services cost in a month; `undefined` without a limit, or where it cannot be read. */
  budget(): Promise<Micros | undefined>;
  /** Every job that was ordered since then or has not ended, by whomever, with its money. */
  booked(since: number): Promise<readonly BookedJob[]>;
  /** Asks the service once more after a job of which nobody knows whether it took it. */
  lookAgain(id: string): Promise<JobView | undefined>;
  /** A person says that it was not made; what it may have cost stays booked. */
  countLost(id: string): Promise<JobView | undefined>;
}
