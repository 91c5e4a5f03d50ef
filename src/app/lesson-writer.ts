/** Lessons that are written here: drafts beside their graphs, and the files they become. */
import { fail, ok, type Result } from '../core/errors.ts';
import { fileName } from '../core/file-name.ts';
import { newId, type GraphId } from '../core/ids.ts';
import { isRecord, type Loose } from '../core/loose.ts';
import { writeGraphFile } from '../file/format.ts';
import { parseGraphFile } from '../file/parse.ts';
import { filesIn } from '../graph/imported-files.ts';
import { emptyGraph } from '../graph/graph.ts';
import { begunDraft, draftOfFile, fileOfDraft, type LessonDraft } from '../lessons/lesson-draft.ts';
import { toldIn, type Lesson, type LessonStart } from '../lessons/lesson.ts';
import { lacksOf } from '../lessons/draft-lacks.ts';
import { readLesson } from '../lessons/read-lesson.ts';
import { registry } from '../registry.ts';
import type { LessonStore } from '../storage/lesson-store.ts';
import type { LessonWriter } from '../ui/lesson-writing.ts';
import { locale } from '../words/t.ts';
import type { GatherEvidence } from './lesson-evidence.ts';
import { mediaEmbedder } from './embedded-media.ts';
import { saveBlob } from './save-blob.ts';
import type { Services } from './services.ts';

interface LessonTools {
  /** Makes a graph of what a lesson starts with. */
  begin(start: LessonStart): Promise<GraphId | undefined>;
  read(id: string): Promise<Lesson | undefined>;
  readonly gather: GatherEvidence;
}

export function createLessonWriter(
  services: Services,
  store: LessonStore,
  { begin, read, gather }: LessonTools,
): LessonWriter {
  const { document, graphs, tell } = services;
  const language = () => locale().slice(0, 2);
  const rowOf = async (graph: GraphId) => (await store.lessons()).find(({ draft }) => draft?.graph === graph);
  const isThere = async (graph: GraphId) => (await graphs.list()).some(({ id }) => id === graph);

  async function graphNow(): Promise<Loose> {
    const { graph } = document.getState();
    const { media, embed } = mediaEmbedder(services);
    for (const file of filesIn(graph)) await embed(file);
    return JSON.parse(writeGraphFile(graph, media)) as Loose;
  }
  const fileTextOf = (draft: LessonDraft): string => `${JSON.stringify(fileOfDraft(draft), undefined, 2)}\n`;

  return {
    draftOf: async (graph) => (await rowOf(graph))?.draft,
    async begin(graph) {
      const draft = begunDraft(newId('lesson-'), language(), document.getState().graph.title, graph, await graphNow());
      await store.putDraft(draft.id, draft);
      return draft;
    },
    async edit(id) {
      const row = await store.lesson(id);
      if (row?.draft && (await isThere(row.draft.graph))) return row.draft.graph;
      const lesson = await read(id);
      const graph = lesson && (await begin(lesson.start));
      if (!graph || !row?.text) return undefined;
      await store.putDraft(id, draftOfFile(JSON.parse(row.text) as Loose, graph, Date.now()));
      return graph;
    },
    keep: (draft) => store.putDraft(draft.id, draft),
    discard: (draft) => store.putDraft(draft.id, undefined),
    graphNow,
    async evidenceFor(draft) {
      const { id, graph } = document.getState();
      if (id !== draft.graph) return undefined;
      try {
        const replays = (await rowOf(id))?.replays ?? [];
        return { evidence: await gather(id, graph, { answers: {}, replays }), start: startOf(draft) ?? graph };
      } catch (thrown) {
        tell(thrown);
        return undefined;
      }
    },
    async publish(draft): Promise<Result<LessonDraft>> {
      const [lack] = lacksOf(draft);
      const before = (await store.lesson(draft.id))?.text;
      const next = before === undefined ? draft : nextVersion(draft, before, fileTextOf(draft));
      const text = fileTextOf(next);
      const lesson = readLesson(text, registry);
      if (!lesson.ok) return lack ? fail('bad-input', lack.what) : lesson;
      if (text !== before) await store.putLesson(next.id, text);
      await store.putDraft(next.id, next);
      return ok(next);
    },
    save(draft) {
      const name = fileName(toldIn(draft.title, language()), '.lesson.json', draft.id);
      saveBlob(new Blob([fileTextOf(draft)], { type: 'application/json' }), name);
    },
  };
}

/** A lesson that was kept does not change under its version: results that were handed in name it. */
function nextVersion(draft: LessonDraft, before: string, text: string): LessonDraft {
  if (text === before) return draft;
  const kept = JSON.parse(before) as Loose;
  return { ...draft, version: Math.max(draft.version, Number(kept['version']) + 1) };
}

/** The graph it begins with; `undefined` where that is a template, which nothing was done on. */
function startOf({ start }: LessonDraft) {
  if (!isRecord(start['graph'])) return emptyGraph();
  const parsed = parseGraphFile(JSON.stringify(start['graph']), registry);
  return parsed.ok ? parsed.value.graph : undefined;
}
