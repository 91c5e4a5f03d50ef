/** Lessons as the screens have them. */
import type { GraphId } from '../core/ids.ts';

export interface LessonListing {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly explains: string;
  readonly minutes: number;
  readonly steps: number;
  /** Steps that were passed or skipped. */
  readonly closed: number;
  readonly state: 'new' | 'begun' | 'done';
  /** Brought in or written here. */
  readonly isOwn: boolean;
}
export interface LessonList {
  readonly lessons: readonly LessonListing[];
  /** Those that come with the app are among them. */
  readonly isWhole: boolean;
}

export interface LessonCommands {
  lessonList(): Promise<LessonList>;
  /** Begins it, or goes on; `anew` forgets how far it had come. `undefined` when it cannot be opened, which is said. */
  openLesson(id: string, anew?: boolean): Promise<GraphId | undefined>;
  /** Shows another step and returns its graph. A step that is left without passing is skipped. */
  goToStep(at: number): Promise<GraphId | undefined>;
  /** Looks whether the step that is open is done. */
  checkLesson(): Promise<void>;
  answerLesson(ask: string, answer: string | number): Promise<void>;
  hintLesson(check: string): Promise<void>;
  showLessonWay(): Promise<void>;
  /** Keeps a lesson of somebody else's; false when it cannot be read, which is said. */
  takeLesson(text: string): Promise<boolean>;
  removeLesson(id: string): Promise<void>;
}
