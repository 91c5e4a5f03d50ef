/** Lessons as the screens have them. */
import type { GraphId } from '../core/ids.ts';
import type { ClassTable } from '../lessons/class-table.ts';
import type { LessonWriter } from './lesson-writing.ts';

export interface LessonListing {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly explains: string;
  readonly minutes: number;
  readonly steps: number;
  /** Steps that were passed or skipped. */
  readonly closed: number;
  /** Of these, those that were gone on from. */
  readonly skipped: number;
  readonly state: 'new' | 'begun' | 'done';
  /** Brought in or written here. */
  readonly isOwn: boolean;
}
/** A lesson that is being written here. */
export interface DraftListing {
  readonly id: string;
  /** Empty where it has none yet. */
  readonly title: string;
  readonly steps: number;
  /** The graph it is written from. */
  readonly graph: GraphId;
}
export interface LessonList {
  readonly drafts: readonly DraftListing[];
  readonly lessons: readonly LessonListing[];
  /** Those that come with the app are among them. */
  readonly isWhole: boolean;
}

export interface LessonCommands {
  lessonList(): Promise<LessonList>;
  /** Begins it, or goes on; `anew` forgets how far it had come and offers to bring it back. `undefined` when it cannot be opened, which is said. */
  openLesson(id: string, anew?: boolean): Promise<GraphId | undefined>;
  /** Shows another step and returns its graph. A step that is left without passing is skipped. */
  goToStep(at: number): Promise<GraphId | undefined>;
  /** Looks whether the step that is open is done. */
  checkLesson(): Promise<void>;
  answerLesson(ask: string, answer: string | number): Promise<void>;
  hintLesson(check: string): Promise<void>;
  showLessonWay(): Promise<void>;
  /** Keeps a lesson of somebody else's; false when it cannot be read, which is said. */
  takeLesson(file: File): Promise<boolean>;
  /** Offers to bring it back, with how far it had come, and calls `then` once it is. */
  removeLesson(id: string, then: () => void): Promise<void>;
  /** For whoever writes lessons. */
  lessonWriter(): Promise<LessonWriter>;
}

/** Handing in, and what is handed in. */
export interface ClassCommands {
  /** Offers the result of a lesson as a file, under the name a learner gives. */
  handIn(lesson: string, learner: string): Promise<void>;
  handedIn(): Promise<readonly ClassTable[]>;
  /**
   * Takes any number of results in; what is none is said. One of the same
   * learner and lesson takes the older one's place, but one that was changed afterwards never that of one that was not.
   */
  takeResults(files: readonly File[]): Promise<void>;
  noteOn(id: string, note: string): Promise<void>;
  removeResult(id: string): Promise<void>;
  /** The graph of a step as it was handed in, to be looked at; `undefined` when it cannot be opened, which is said. */
  openHandedIn(id: string, step: string): Promise<GraphId | undefined>;
}
