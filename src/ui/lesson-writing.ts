/** Writing a lesson, as its page has it. */
import type { Result } from '../core/errors.ts';
import type { GraphId } from '../core/ids.ts';
import type { Loose } from '../core/loose.ts';
import type { Graph } from '../graph/graph.ts';
import type { Evidence } from '../lessons/evidence.ts';
import type { LessonDraft } from '../lessons/lesson-draft.ts';

export interface LessonWriter {
  /** The draft that is written from a graph. */
  draftOf(graph: GraphId): Promise<LessonDraft | undefined>;
  /** Begins one that starts with the open graph as it is. */
  begin(graph: GraphId): Promise<LessonDraft>;
  /** Opens a lesson of one's own to be changed; its graph, or `undefined` when it cannot be read, which is said. */
  edit(lesson: string): Promise<GraphId | undefined>;
  keep(draft: LessonDraft): Promise<void>;
  discard(draft: LessonDraft): Promise<void>;
  /** The open graph as a lesson has it in its file. */
  graphNow(): Promise<Loose>;
  /** All that was done on the open graph; `undefined` where it is not the draft's, or could not be read, which is said. */
  evidenceFor(draft: LessonDraft): Promise<{ readonly evidence: Evidence; readonly start: Graph } | undefined>;
  /** Keeps it among the lessons of this browser, as its next version where it differs from the one there. */
  publish(draft: LessonDraft): Promise<Result<LessonDraft>>;
  /** Offers its file. */
  save(draft: LessonDraft): void;
}
