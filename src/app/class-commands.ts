/** What learners hand in, and what a teacher does with it. Nothing of it leaves this browser but as a file. */
import { fileName } from '../core/file-name.ts';
import type { GraphId } from '../core/ids.ts';
import type { ImageValue, VideoValue } from '../core/values.ts';
import { graphStepOf } from '../lessons/progress.ts';
import { loadPart } from '../load-part.ts';
import type { DoneGraph, ReadResult } from '../lessons/result-file.ts';
import { readResult, resultId, resultOf, takesPlaceOf, writeResult } from '../lessons/result-file.ts';
import { seenRun } from '../lessons/evidence.ts';
import { measuresOf, type Measures } from '../lessons/picture-look.ts';
import { classTables, type HandedIn } from '../lessons/class-table.ts';
import { toldIn, type Lesson } from '../lessons/lesson.ts';
import type { LessonStore } from '../storage/lesson-store.ts';
import type { ClassCommands } from '../ui/lesson-listing.ts';
import { locale, t, tell } from '../words/t.ts';
import type { Intake } from './intake.ts';
import { saveBlob } from './save-blob.ts';
import type { Services } from './services.ts';

/** Runs of a graph that go into a result. */
const MOST_RUNS = 60;
/** Pictures of the last task, and pixels along their longer side. */
const [MOST_PICTURES, PICTURE_SIZE] = [6, 320];

export function createClassCommands(
  services: Services,
  { keepOpened, reading }: Intake,
  store: LessonStore,
  readLessonOf: (id: string) => Promise<Lesson | undefined>,
): ClassCommands & { isHandedIn(id: GraphId): Promise<boolean> } {
  const { workspace, graphs, history, takes, save, registry, thread, artifacts } = services;
  const { notify } = workspace;

  /** `task`: the step whose graph is the last task's, of which pictures are handed in. */
  async function done(made: Readonly<Record<string, GraphId>>, task: string): Promise<readonly DoneGraph[]> {
    const found: DoneGraph[] = [];
    for (const [step, id] of Object.entries(made)) {
      const [runs, own] = [await history.list(id, MOST_RUNS), await takes.ofGraph(id)];
      const [last] = runs;
      const graph = last?.graph ?? (await newestOf(id));
      const values = last
        ? seenRun(last, await history.events(last.id), registry).results.map(({ value }) => value)
        : [];
      const [measures, pictures] = [await measuresIn(values), step === task ? await picturesIn(values) : []];
      if (graph) found.push({ step, id, graph, runs: runs.toReversed(), takes: own, measures, pictures });
    }
    return found;
  }
  /** As far as they are still stored. */
  async function measuresIn(values: readonly (ImageValue | VideoValue)[]): Promise<readonly Measures[]> {
    const found: Measures[] = [];
    for (const value of values) {
      const look = await thread().call.lookAt(value);
      if (look.ok) found.push(measuresOf(look.value));
    }
    return found;
  }
  async function picturesIn(values: readonly (ImageValue | VideoValue)[]): Promise<readonly string[]> {
    const { pictureOfClip, pictureOfImage } = await loadPart(() => import('../ui/pages/step-pictures.ts'));
    const found: string[] = [];
    for (const { hash, kind } of values.slice(0, MOST_PICTURES)) {
      const blob = await artifacts.get(hash);
      if (!blob) continue;
      const url = URL.createObjectURL(blob);
      const drawn = await (kind === 'image' ? pictureOfImage : pictureOfClip)(url, PICTURE_SIZE).catch(() => undefined);
      URL.revokeObjectURL(url);
      if (drawn !== undefined) found.push(drawn);
    }
    return found;
  }
  async function newestOf(id: GraphId) {
    const [version] = await graphs.versions(id);
    return version && graphs.versionGraph(version.id);
  }

  return {
    async handIn(id, learner) {
      await save();
      const [lesson, row] = [await readLessonOf(id), await store.lesson(id)];
      if (!lesson || !row?.progress) return;
      const task = graphStepOf(lesson, lesson.steps.length - 1);
      const graphsDone = await done(row.progress.graphs, task);
      const result = resultOf(lesson, row.progress, learner.trim(), Date.now(), graphsDone);
      const name = fileName(`${learner.trim()} - ${id}`, '.result.json', id);
      saveBlob(new Blob([writeResult(result)], { type: 'application/json' }), name);
    },
    async handedIn() {
      const all = (await store.handedIn()).flatMap(({ id, text, note }): HandedIn[] => {
        const read = readResult(text);
        return read.ok ? [{ id, note, ...read.value }] : [];
      });
      return classTables(all);
    },
    async takeResults(files) {
      const stored = new Map((await store.handedIn()).map(({ id, text }) => [id, text]));
      const good = new Map<string, string>();
      const bad: string[] = [];
      for (const file of files) {
        const text = await file.text();
        const read = readResult(text);
        if (!read.ok) {
          bad.push(t('{0}: {1}', file.name, tell(read.error.message)));
          continue;
        }
        const id = resultId(read.value.result);
        const there = readResult(good.get(id) ?? stored.get(id) ?? '');
        if (!there.ok || takesPlaceOf(read.value, there.value)) good.set(id, text);
        else bad.push(keptInstead(file.name, read.value));
      }
      await store.putHandedIn([...good].map(([id, text]) => ({ id, at: Date.now(), text })));
      if (bad.length > 0) notify('bad', t('{0} {0|file was|files were} not taken in.', bad.length), bad);
    },
    noteOn: (id, note) => store.changeNote(id, note),
    removeResult: (id) => store.removeHandedIn(id),
    async openHandedIn(id, step) {
      const row = (await store.handedIn()).find((one) => one.id === id);
      const read = row && readResult(row.text);
      const made = row?.opened?.[step];
      if (made && (await graphs.list()).some((graph) => graph.id === made)) return made;
      const handed = read?.ok ? read.value.result : undefined;
      const graph = handed?.graphs.find((one) => one.step === step);
      if (!handed || !graph) return undefined;
      const opened = await reading.graph(JSON.stringify(graph.graph));
      if (!opened.ok) {
        notify('bad', t('This graph cannot be opened.'), opened.error.message);
        return undefined;
      }
      const language = locale().slice(0, 2);
      const title = `${handed.learner}: ${toldIn(handed.lesson.title, language)}`;
      const { id: copy } = await keepOpened({ ...opened.value, graph: { ...opened.value.graph, title } });
      await store.noteOpened(id, step, copy);
      return copy;
    },
    isHandedIn: async (id) => (await store.handedIn()).some(({ opened = {} }) => Object.values(opened).includes(id)),
  };
}

/** Why a result did not take the place of the one that is there. */
const keptInstead = (file: string, { result, isEdited }: ReadResult): string =>
  isEdited
    ? t('{0}: It was changed after {1} handed it in. The one that was not stays.', file, result.learner)
    : t('{0}: {1} handed in a newer one, which stays.', file, result.learner);
