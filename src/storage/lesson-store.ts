/** How far lessons have come, lessons that were brought in or written here, and what learners handed in. */
import type { GraphId } from '../core/ids.ts';
import type { LessonProgress } from '../lessons/progress.ts';
import type { Database, HandedInRow, LessonRow } from './db.ts';

export interface LessonStore {
  lessons(): Promise<readonly LessonRow[]>;
  lesson(id: string): Promise<LessonRow | undefined>;
  /** Puts a lesson's own file in; how far it has come starts anew with another version. */
  putLesson(id: string, text: string): Promise<void>;
  removeLesson(id: string): Promise<void>;
  /** Changes what is stored in one step and returns it: another tab may work on the same lesson. */
  changeProgress(
    id: string,
    change: (stored: LessonProgress | undefined) => LessonProgress | undefined,
  ): Promise<LessonProgress | undefined>;
  handedIn(): Promise<readonly HandedInRow[]>;
  /** A result that is there already keeps its note. */
  putHandedIn(rows: readonly Omit<HandedInRow, 'note' | 'opened'>[]): Promise<void>;
  changeNote(id: string, note: string): Promise<void>;
  /** A graph was made to look at that of this step. */
  noteOpened(id: string, step: string, graph: GraphId): Promise<void>;
  removeHandedIn(id: string): Promise<void>;
}

export function lessonStore(db: Database): LessonStore {
  return {
    lessons: () => db.lessons.toArray(),
    lesson: (id) => db.lessons.get(id),
    putLesson: async (id, text) => void (await db.lessons.put({ id, text })),
    removeLesson: (id) => db.lessons.delete(id),
    changeProgress: (id, change) =>
      db.transaction('rw', db.lessons, async () => {
        const { progress: before, ...row } = (await db.lessons.get(id)) ?? { id };
        const progress = change(before);
        await db.lessons.put({ ...row, ...(progress ? { progress } : {}) });
        return progress;
      }),
    handedIn: () => db.handedIn.toArray(),
    putHandedIn: (rows) =>
      db.transaction('rw', db.handedIn, async () => {
        const before = await db.handedIn.bulkGet(rows.map(({ id }) => id));
        await db.handedIn.bulkPut(rows.map((row, at) => ({ ...row, note: before[at]?.note ?? '' })));
      }),
    noteOpened: (id, step, graph) =>
      db.transaction('rw', db.handedIn, async () => {
        const row = await db.handedIn.get(id);
        if (row) await db.handedIn.put({ ...row, opened: { ...row.opened, [step]: graph } });
      }),
    changeNote: async (id, note) => void (await db.handedIn.update(id, { note })),
    removeHandedIn: (id) => db.handedIn.delete(id),
  };
}
