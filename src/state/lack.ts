/** One thing that is missing, in sentences. */
export interface Lack {
  readonly what: string;
  /** What works all the same. */
  readonly works: string;
  readonly todo: string;
}
