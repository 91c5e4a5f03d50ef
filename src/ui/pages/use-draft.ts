/** The draft of a lesson on its page: read, changed, taken back, and kept with every change. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GraphId } from '../../core/ids.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Evidence } from '../../lessons/evidence.ts';
import {
  draftChanged,
  draftRedone,
  draftUndone,
  unchangedDraft,
  type DraftHistory,
} from '../../lessons/draft-history.ts';
import type { LessonDraft } from '../../lessons/lesson-draft.ts';
import { useApp, useFact } from '../app-context.ts';
import type { LessonWriter } from '../lesson-writing.ts';

/** What was done on the graph, and the graph that a learner begins with. */
export interface SeenWork {
  readonly evidence: Evidence;
  readonly start: Graph;
}
export interface DraftOnPage {
  readonly writer: LessonWriter | undefined;
  readonly history: DraftHistory | undefined;
  /** False until it is known whether there is a draft. */
  readonly isRead: boolean;
  readonly work: SeenWork | undefined;
  /** `place`: what is typed there in one go is one change. */
  change(draft: LessonDraft, place?: string): void;
  undo(): void;
  redo(): void;
  begin(): Promise<void>;
  discard(): Promise<void>;
  /** Another version of it, which is no change of a person's. */
  replace(draft: LessonDraft): void;
}

export function useDraft(id: GraphId): DraftOnPage {
  const { commands } = useApp();
  const [writer, setWriter] = useState<LessonWriter>();
  const [history, setHistory] = useState<DraftHistory>();
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      const found = await commands.lessonWriter();
      const draft = await found?.draftOf(id);
      if (!isWanted) return;
      setWriter(found);
      setHistory(draft && unchangedDraft(draft));
      setRead(true);
    })();
    return () => {
      isWanted = false;
    };
  }, [commands, id]);
  const keep = useKeeping(writer);
  const show = (next: DraftHistory | undefined) => {
    setHistory(next);
    if (next) keep(next.draft);
  };
  return {
    writer,
    history,
    isRead,
    work: useWork(writer, history?.draft),
    change: (draft, place) => show(history && draftChanged(history, draft, place)),
    undo: () => show(history && draftUndone(history)),
    redo: () => show(history && draftRedone(history)),
    replace: (draft) => setHistory(history && { ...history, draft }),
    async begin() {
      const draft = await writer?.begin(id);
      if (draft) setHistory(unchangedDraft(draft));
    },
    async discard() {
      if (history) await writer?.discard(history.draft);
      setHistory(undefined);
    },
  };
}

/** One is written at a time, and then the newest. */
function useKeeping(writer: LessonWriter | undefined): (draft: LessonDraft) => void {
  const next = useRef<LessonDraft>(undefined);
  const isWriting = useRef(false);
  return useCallback(
    (draft) => {
      next.current = draft;
      if (isWriting.current || !writer) return;
      isWriting.current = true;
      void (async () => {
        while (next.current) {
          const newest = next.current;
          next.current = undefined;
          await writer.keep(newest);
        }
      })().finally(() => (isWriting.current = false));
    },
    [writer],
  );
}

/** Read again when something was run or judged. */
function useWork(writer: LessonWriter | undefined, draft: LessonDraft | undefined): SeenWork | undefined {
  const { queue, desk } = useApp();
  const isRunning = useFact(queue, (state) => state.running !== undefined);
  const takes = useFact(desk, (state) => state.takes);
  const [work, setWork] = useState<SeenWork>();
  const start = draft?.start;
  // oxlint-disable-next-line react/exhaustive-deps -- Words that are typed into the draft say nothing of its results.
  const about = useMemo(() => draft, [draft?.id, start]);
  useEffect(() => {
    if (!writer || !about || isRunning) return undefined;
    let isWanted = true;
    void writer.evidenceFor(about).then((found) => isWanted && found && setWork(found));
    return () => {
      isWanted = false;
    };
  }, [writer, about, isRunning, takes]);
  return work;
}
