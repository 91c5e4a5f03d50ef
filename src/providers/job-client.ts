/** How takes are made by the job service, whoever asks: a page over HTTP, a command line in the same process. */
import type { JobOrder, JobView } from '../routing/job.ts';

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
