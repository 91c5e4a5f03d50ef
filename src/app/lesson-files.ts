/** Lessons as files: those that come with the app, and those that are kept in this browser. */
import { fail, type Result } from '../core/errors.ts';
import type { Registry } from '../core/node.ts';
import { isRecord, listIn } from '../core/loose.ts';
import { say } from '../core/say.ts';
import type { Lesson } from '../lessons/lesson.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import type { LessonStore } from '../storage/lesson-store.ts';

/** What of a lesson is shown in a list. */
export interface LessonFace extends Pick<Lesson, 'id' | 'title' | 'summary' | 'explains' | 'minutes'> {
  /** How many steps it has. */
  readonly steps: number;
}
export interface LessonFiles {
  /** Those that come with the app, in the order they are meant to be done; `undefined` where they did not come. */
  shipped(): Promise<readonly LessonFace[] | undefined>;
  lesson(id: string): Promise<Result<Lesson>>;
}

/** A file that has not come by then will not come. */
const LONGEST_LOAD_MS = 20_000;

export function lessonFiles(store: LessonStore, registry: Registry): LessonFiles {
  const known = new Map<string, Result<Lesson>>();
  const load = (name: string) =>
    fetch(`lessons/${encodeURIComponent(name)}.json`, { signal: AbortSignal.timeout(LONGEST_LOAD_MS) }).catch(
      () => undefined,
    );

  async function textOfLesson(id: string): Promise<string | undefined> {
    const own = (await store.lesson(id))?.text;
    if (own !== undefined) return own;
    const response = await load(id);
    return response?.ok ? response.text() : undefined;
  }

  return {
    async shipped() {
      const response = await load('index');
      const read: unknown = response?.ok ? await response.json().catch(() => undefined) : undefined;
      return isRecord(read) ? (listIn(read['lessons']) as unknown as readonly LessonFace[]) : undefined;
    },
    async lesson(id) {
      const text = await textOfLesson(id);
      if (text === undefined)
        return fail(
          'network',
          say('The lesson “{0}” cannot be loaded. Are you offline?', id),
          'Try again when there is a connection.',
        );
      const read = known.get(text) ?? readLesson(text, registry);
      known.set(text, read);
      return read;
    },
  };
}

export const faceOf = ({ id, title, summary, explains, minutes, steps }: Lesson): LessonFace => ({
  id,
  title,
  summary,
  explains,
  minutes,
  steps: steps.length,
});
