/** What of the app is loaded for lessons, by name, so that it can be called before it is there. */
import type { GraphId } from '../core/ids.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { ClassCommands, LessonCommands } from '../ui/lesson-listing.ts';

export interface LessonPart extends LessonCommands, ClassCommands {
  /** A run of a graph was replayed, which a lesson may have asked for. */
  noteReplay(graph: GraphId, report: ReplayReport): Promise<void>;
}

export const LESSON_NAMES: Readonly<Record<keyof LessonPart, true>> = {
  lessonList: true,
  openLesson: true,
  goToStep: true,
  checkLesson: true,
  answerLesson: true,
  hintLesson: true,
  showLessonWay: true,
  takeLesson: true,
  removeLesson: true,
  lessonWriter: true,
  handIn: true,
  handedIn: true,
  takeResults: true,
  noteOn: true,
  removeResult: true,
  openHandedIn: true,
  noteReplay: true,
};
