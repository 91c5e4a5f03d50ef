/** One thing that can be expected of what is seen, with how it is read from a lesson and how it is judged. */
import type { Sentence } from '../core/say.ts';
import type { Evidence } from './evidence.ts';
import type { Sight } from './lesson.ts';
import type { Reads } from './reads.ts';
import type { SeenSubject } from './seen-subjects.ts';

export interface FactVerdict {
  readonly holds: boolean;
  /** What was seen, and what was expected, as parts of a sentence. */
  readonly seen: Sentence;
  readonly expected: Sentence;
}
export interface Fact {
  /** Where it can be expected. */
  readonly sees: readonly Sight[];
  readonly schema: object;
  /** Throws a `NodeError` where it can never hold. */
  read(value: unknown, place: string): unknown;
  /** `asked`: what `read` gave. `subjects` is empty where nothing of the kind was done yet. */
  judge(subjects: readonly SeenSubject[], asked: unknown, evidence: Evidence, see: Sight): FactVerdict;
}

export function factOf<T>(
  sees: readonly Sight[],
  { schema, read }: Reads<T>,
  judge: (subjects: readonly SeenSubject[], asked: T, evidence: Evidence, see: Sight) => FactVerdict,
): Fact {
  // Only what `read` gave is ever judged.
  return { sees, schema, read, judge: (subjects, asked, evidence, see) => judge(subjects, asked as T, evidence, see) };
}
