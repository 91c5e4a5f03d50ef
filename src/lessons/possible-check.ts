/** Something that may hold of what was done, as a check would expect it. */
import type { Loose } from '../core/loose.ts';
import type { Sentence } from '../core/say.ts';
import type { Sight } from './lesson.ts';

export interface PossibleCheck {
  readonly see: Sight;
  /** Facts as a lesson's file has them. */
  readonly expect: Loose;
  /** What the evidence says. */
  readonly says: Sentence;
}
