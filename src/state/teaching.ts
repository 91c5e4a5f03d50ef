/** The lesson the open graph belongs to, and how far it has come. Empty for any other graph. */
import { createStore } from 'zustand/vanilla';
import type { Checked } from '../lessons/check-step.ts';
import type { ChoiceRuns } from '../lessons/choice-runs.ts';
import type { Lesson } from '../lessons/lesson.ts';
import type { LessonProgress } from '../lessons/progress.ts';

export interface TeachingState {
  readonly lesson: Lesson | undefined;
  readonly progress: LessonProgress | undefined;
  /** What the last look at this step found, by check. */
  readonly checked: Readonly<Record<string, Checked>>;
  /** What answers of this step that were run took. */
  readonly tried: ChoiceRuns;
  readonly isChecking: boolean;
  /** The open graph was handed in by a learner: it is looked at, and not changed. */
  readonly isHandedIn: boolean;
}
export type TeachingStore = ReturnType<typeof createTeaching>;

const NO_LESSON: TeachingState = {
  lesson: undefined,
  progress: undefined,
  checked: {},
  tried: {},
  isChecking: false,
  isHandedIn: false,
};

export function createTeaching() {
  const store = createStore<TeachingState>(() => NO_LESSON);
  return { ...store, leave: () => store.setState(NO_LESSON) };
}
