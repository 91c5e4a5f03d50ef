/** Lessons: opened, looked at whether they are done, gone on with. What somebody has done is in this browser alone. */
import type { GraphId } from '../core/ids.ts';
import { choiceRuns } from '../lessons/choice-runs.ts';
import { checkStep, type Checked } from '../lessons/check-step.ts';
import type { LessonDraft } from '../lessons/lesson-draft.ts';
import { toldIn, type Lesson, type LessonStart, type LessonStep } from '../lessons/lesson.ts';
import * as progress from '../lessons/progress.ts';
import type { LessonProgress } from '../lessons/progress.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import { loadPart } from '../load-part.ts';
import { registry } from '../registry.ts';
import type { LessonStore } from '../storage/lesson-store.ts';
import type { MeasureCommands } from '../ui/commands.ts';
import type { LessonListing } from '../ui/lesson-listing.ts';
import { goTo } from '../ui/navigation.ts';
import { locale, t } from '../words/t.ts';
import { createClassCommands } from './class-commands.ts';
import type { Intake } from './intake.ts';
import { evidenceGatherer } from './lesson-evidence.ts';
import type { LessonPart } from './lesson-part.ts';
import { faceOf, lessonFiles, type LessonFace } from './lesson-files.ts';
import { notifyFailure } from './notify-failure.ts';
import type { Services } from './services.ts';

export function createLessonCommands(
  services: Services,
  intake: Intake,
  store: LessonStore,
  measuring: Pick<MeasureCommands, 'seamOf'>,
): LessonPart {
  const { document, desk, queue, workspace, teaching, graphs, tell: tellTrouble } = services;
  const { openTemplate, keepOpened } = intake;
  const files = lessonFiles(store, registry);
  const gather = evidenceGatherer(services, measuring);
  const language = () => locale().slice(0, 2);

  /** The step that is open, with all it belongs to. */
  function here() {
    const { lesson, progress: come } = teaching.getState();
    const step = lesson?.steps[come?.at ?? 0];
    return lesson && come && step ? { lesson, come, step } : undefined;
  }
  let changes = 0;
  /** On screen at once: what is done next builds on it. */
  async function change(id: string, make: (stored: LessonProgress) => LessonProgress): Promise<void> {
    const turn = ++changes;
    const isOpen = () => teaching.getState().lesson?.id === id;
    const { progress: shown } = teaching.getState();
    if (isOpen() && shown) teaching.setState({ progress: make(shown) });
    const kept = await store.changeProgress(id, (stored) => stored && make(stored));
    if (kept && isOpen() && turn === changes) teaching.setState({ progress: kept });
  }
  const changeStep = async (make: (stored: LessonProgress, step: LessonStep) => LessonProgress): Promise<void> => {
    const open = here();
    if (open) await change(open.lesson.id, (stored) => make(stored, open.step));
  };

  async function read(id: string): Promise<Lesson | undefined> {
    const lesson = await files.lesson(id);
    if (!lesson.ok) notifyFailure(workspace, t('The lesson cannot be opened.'), lesson.error);
    return lesson.ok ? lesson.value : undefined;
  }

  async function begin(start: LessonStart): Promise<GraphId | undefined> {
    if ('template' in start) return openTemplate(start.template);
    const report = { missing: [], dropped: [], migrated: [] };
    return (await keepOpened({ ...start, report, results: {} })).id;
  }

  /** The graph of a step, made where it is not there: a person may have deleted it. */
  async function graphOf(lesson: Lesson, come: LessonProgress): Promise<GraphId | undefined> {
    const owner = progress.graphStepOf(lesson, come.at);
    const made = come.graphs[owner];
    if (made && (await graphs.list()).some(({ id }) => id === made)) return made;
    const step = lesson.steps.find(({ id }) => id === owner);
    const fresh = await begin(step?.start ?? lesson.start);
    if (fresh) await change(lesson.id, (stored) => ({ ...stored, graphs: { ...stored.graphs, [owner]: fresh } }));
    return fresh;
  }

  const { isHandedIn, ...classCommands } = createClassCommands(services, intake, store, read);

  /** Shows the lesson of the graph that is open now, if it is one's. A graph that was handed in is only looked at. */
  async function follow(id: GraphId | undefined): Promise<void> {
    const rows = id ? await store.lessons() : [];
    const row = rows.find(({ progress: come }) => come && Object.values(come.graphs).includes(id!));
    const lesson = row && (await read(row.id));
    if (document.getState().id !== id) return;
    if (lesson && row.progress) teaching.setState({ lesson, progress: row.progress, checked: {}, tried: {} });
    else teaching.leave();
    if (!id || !(await isHandedIn(id)) || document.getState().id !== id) return;
    teaching.setState({ isHandedIn: true });
    document.setState({ readOnly: true });
  }

  async function bringBack(lesson: Lesson, before: LessonProgress): Promise<void> {
    const come = await store.changeProgress(lesson.id, () => before);
    const graph = come && (await graphOf(lesson, come));
    await follow(document.getState().id);
    if (graph) goTo({ screen: 'graph', id: graph });
  }

  let asked = 0;
  /** The latest look counts; one that was overtaken says nothing. */
  async function look(isAttempt: boolean): Promise<void> {
    const open = here();
    const { id, graph } = document.getState();
    if (!open || !id || id !== open.come.graphs[progress.graphStepOf(open.lesson, open.come.at)]) return;
    const turn = ++asked;
    teaching.setState({ isChecking: true });
    try {
      const { lesson, come, step } = open;
      const { answers } = progress.stepProgress(come, step);
      const evidence = await gather(id, graph, { answers, replays: come.replays[id] ?? [] });
      if (turn !== asked || here()?.step !== step) return;
      const checked: Record<string, Checked> = Object.fromEntries(
        step.checks.map((check) => [check.id, checkStep(evidence, check)]),
      );
      teaching.setState({ checked, tried: choiceRuns(evidence.runs, step.asks) });
      await change(lesson.id, (stored) => progress.withChecked(stored, step, checked, isAttempt));
    } catch (thrown) {
      tellTrouble(thrown);
    } finally {
      if (turn === asked) teaching.setState({ isChecking: false });
    }
  }

  document.subscribe((state, before) => {
    if (state.id !== before.id) follow(state.id).catch(tellTrouble);
  });
  void follow(document.getState().id).catch(tellTrouble);
  queue.subscribe((state, before) => {
    if (before.running && !state.running) void look(true);
  });
  desk.subscribe((state, before) => {
    // A verdict; takes of a run are looked at when it ends.
    if (state.takes !== before.takes && !queue.getState().running) void look(false);
  });

  function listing(face: LessonFace, come: LessonProgress | undefined, isOwn: boolean): LessonListing {
    const states = Object.values(come?.steps ?? {}).map(({ state }) => state);
    const closed = states.filter((state) => state !== 'open').length;
    return {
      ...face,
      title: toldIn(face.title, language()),
      summary: toldIn(face.summary, language()),
      explains: toldIn(face.explains, language()),
      state: !come ? 'new' : closed >= face.steps ? 'done' : 'begun',
      closed,
      skipped: states.filter((state) => state === 'skipped').length,
      isOwn,
    };
  }

  const draftListing = ({ id, title, steps, graph }: LessonDraft) => ({
    id,
    graph,
    title: toldIn(title, language()),
    steps: steps.length,
  });

  return {
    ...classCommands,
    async lessonList() {
      const [shipped, rows] = await Promise.all([files.shipped(), store.lessons()]);
      const come = new Map(rows.map((row) => [row.id, row.progress]));
      const own = await Promise.all(rows.filter(({ text }) => text !== undefined).map(({ id }) => files.lesson(id)));
      return {
        isWhole: shipped !== undefined,
        drafts: rows.flatMap(({ draft }) => (draft ? [draftListing(draft)] : [])),
        lessons: [
          ...(shipped ?? []).map((face) => listing(face, come.get(face.id), false)),
          ...own.flatMap((one) => (one.ok ? [listing(faceOf(one.value), come.get(one.value.id), true)] : [])),
        ],
      };
    },
    async openLesson(id, anew) {
      const lesson = await read(id);
      if (!lesson) return undefined;
      const before = (await store.lesson(id))?.progress;
      const come = await store.changeProgress(id, (stored) =>
        !stored || anew || stored.version !== lesson.version ? progress.begun(lesson, Date.now()) : stored,
      );
      if (anew && before)
        workspace.notify('info', t('“{0}” begins anew.', toldIn(lesson.title, language())), undefined, {
          label: t('Undo'),
          act: () => void bringBack(lesson, before).catch(tellTrouble),
        });
      return come && graphOf(lesson, come);
    },
    async goToStep(at) {
      const open = here();
      if (!open) return undefined;
      await change(open.lesson.id, (stored) => progress.movedTo(stored, open.lesson, at));
      teaching.setState({ checked: {}, tried: {} });
      const { progress: come } = teaching.getState();
      return come && graphOf(open.lesson, come);
    },
    checkLesson: () => look(true),
    answerLesson: (ask, answer) => changeStep((stored, step) => progress.withAnswer(stored, step, ask, answer)),
    hintLesson: (check) => changeStep((stored, step) => progress.withHintOpened(stored, step, check)),
    showLessonWay: () => changeStep(progress.withWayShown),
    async takeLesson(file) {
      const text = await file.text();
      const lesson = readLesson(text, registry);
      if (!lesson.ok) {
        notifyFailure(workspace, t('The lesson “{0}” was not taken in.', file.name), lesson.error);
        return false;
      }
      const { id, title } = lesson.value;
      const shipped = await files.shipped();
      if (shipped?.some((face) => face.id === id)) {
        workspace.notify(
          'bad',
          t('A lesson that comes with Triptych is called “{0}” already.', id),
          t('Give this one another id.'),
        );
        return false;
      }
      await store.putLesson(id, text);
      workspace.notify('info', t('The lesson “{0}” is kept here now.', toldIn(title, language())));
      return true;
    },
    async removeLesson(id, then) {
      const row = await store.lesson(id);
      const lesson = row?.text === undefined ? undefined : await files.lesson(id);
      await store.removeLesson(id);
      if (row?.text === undefined) return;
      const { text, progress: come } = row;
      const title = lesson?.ok ? toldIn(lesson.value.title, language()) : id;
      workspace.notify('info', t('The lesson “{0}” was removed.', title), undefined, {
        label: t('Undo'),
        act: () =>
          void store
            .putLesson(id, text)
            .then(() => store.changeProgress(id, () => come))
            .then(then, tellTrouble),
      });
    },
    async lessonWriter() {
      const { createLessonWriter } = await loadPart(() => import('./lesson-writer.ts'));
      return createLessonWriter(services, store, { begin, gather, read });
    },
    async noteReplay(graph, report) {
      const written = (await store.lessons()).find(({ draft }) => draft?.graph === graph);
      if (written) await store.noteDraftReplay(written.id, report);
      const open = here();
      if (!open || document.getState().id !== graph) return;
      await change(open.lesson.id, (stored) => progress.withReplay(stored, graph, report));
      await look(false);
    },
  };
}
