/** How far lessons have come, lessons that were brought in or written here, and what learners handed in. */
import type { GraphId } from '../core/ids.ts';
import type { ReplayReport } from '../ledger/replay-report.ts';
import type { LessonDraft } from '../lessons/lesson-draft.ts';
import type { LessonProgress } from '../lessons/progress.ts';
import type { Database, HandedInRow, LessonRow } from './db.ts';

export interface LessonStore {
  lessons(): Promise<readonly LessonRow[]>;
  lesson(id: string): Promise<LessonRow | undefined>;
  /** Puts a lesson's own file in; how far it has come starts anew. A draft of it stays. */
  putLesson(id: string, text: string): Promise<void>;
  /** Without a draft the row stays where it is a lesson too. */
  putDraft(id: string, draft: LessonDraft | undefined): Promise<void>;
  noteDraftReplay(id: string, report: ReplayReport): Promise<void>;
  /** A draft of it stays. */
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
  /** In one step: another tab may work on the same lesson. */
  const change = (id: string, make: (row: LessonRow) => LessonRow): Promise<void> =>
    db.transaction('rw', db.lessons, async () => {
      const row = make((await db.lessons.get(id)) ?? { id });
      const isEmpty = Object.keys(row).length === 1;
      await (isEmpty ? db.lessons.delete(id) : db.lessons.put(row));
    });
  return {
    lessons: () => db.lessons.toArray(),
    lesson: (id) => db.lessons.get(id),
    putLesson: (id, text) => change(id, ({ draft, replays }) => asRow({ id, text, draft, replays })),
    putDraft: (id, draft) =>
      change(id, ({ text, progress, replays }) => asRow({ id, text, progress, draft, replays: draft && replays })),
    noteDraftReplay: (id, report) => change(id, (row) => ({ ...row, replays: [...(row.replays ?? []), report] })),
    removeLesson: (id) => change(id, ({ draft, replays }) => asRow({ id, draft, replays })),
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

/** Without what there is not. */
const asRow = (row: { readonly [K in keyof LessonRow]+?: LessonRow[K] | undefined }): LessonRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as unknown as LessonRow;
