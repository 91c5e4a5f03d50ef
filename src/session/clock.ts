/** Time as a session knows it: what its host gives, or what a test turns by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Does something once, so many milliseconds from now, unless what is returned is called before. */
  after(ms: number, work: () => void): () => void;
}
