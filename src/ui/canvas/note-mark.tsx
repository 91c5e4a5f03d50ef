/**
 * A note on the canvas: Markdown, shown as elements and never as HTML; nothing in it is fetched. Double click to
 * write.
 */
import { NodeResizer, type NodeProps } from '@xyflow/react';
import { memo, Suspense, useLayoutEffect, useRef } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { NoteId } from '../../core/ids.ts';
import { removeMarks } from '../../graph/marks.ts';
import { useApp, useFact } from '../app-context.ts';
import { isField } from '../focus.ts';
import { keyOf } from '../keys.ts';
import { part } from '../part.tsx';
import { t } from '../../words/t.ts';
import './note-mark.css';

const Markdown = part(() => import('../markdown.tsx'));

export default memo(function NoteMark({ id: key, selected }: NodeProps) {
  const id = key as NoteId;
  const { document, workspace } = useApp();
  const note = useFact(document, (state) => state.board.notes[id]);
  const readOnly = useFact(document, (state) => state.readOnly);
  const writing = useFact(workspace, (state) => state.writing?.note === id);
  if (!note) return null;
  const write = () => !readOnly && !writing && workspace.setState({ writing: { note: id, caret: undefined } });
  return (
    <article
      className="note"
      aria-label={t('Note')}
      data-colour={note.colour}
      data-selected={selected}
      onDoubleClick={write}
    >
      {!readOnly && <NodeResizer isVisible={selected} minWidth={100} minHeight={60} />}
      {writing ? (
        <Writing id={id} text={note.text} />
      ) : (
        <div className={`note__text prose${readOnly ? ' note__text--read nodrag nopan' : ''}`}>
          <Formatted text={note.text} />
        </div>
      )}
    </article>
  );
});

/**
 * Each letter is kept at once. A note that is scrolled away leaves the page; when it comes back, it is written where
 * it was left.
 */
function Writing({ id, text }: { readonly id: NoteId; readonly text: string }) {
  const { document, workspace } = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const shown = field.current!;
    const left = workspace.getState().writing!.caret;
    // Back on screen while something else is being written: that goes on.
    if (left && isField(window.document.activeElement ?? window.document.body))
      return workspace.setState({ writing: undefined });
    const [from, to] = left ?? [shown.value.length, shown.value.length];
    shown.focus({ preventScroll: true });
    shown.setSelectionRange(from, to);
    return () => {
      const caret = [shown.selectionStart, shown.selectionEnd] as const;
      if (workspace.getState().writing?.note === id) workspace.setState({ writing: { note: id, caret } });
    };
  }, [id, workspace]);
  const done = () => {
    workspace.setState({ writing: undefined });
    if (!text.trim()) document.edit('Delete note', (draft) => removeMarks(draft, [id]));
  };
  return (
    <textarea
      ref={field}
      className="note__text nodrag nowheel"
      aria-label={t('Text of this note')}
      value={text}
      placeholder={t('Write something. **Bold**, lists and links work.')}
      onChange={(event) => {
        const written = event.target.value;
        document.edit('Write note', (draft) => void (draft.notes[id]!.text = written), { mergeKey: `mark:${id}` });
      }}
      onKeyDown={(event) => keyOf(event) === 'Escape' && event.currentTarget.blur()}
      onBlur={done}
    />
  );
}

/** Text that cannot be formatted is shown as it was written. */
function Formatted({ text }: { readonly text: string }) {
  return (
    <ErrorBoundary resetKeys={[text]} fallback={<p className="note__plain">{text}</p>}>
      <Suspense fallback={text}>
        <Markdown text={text} />
      </Suspense>
    </ErrorBoundary>
  );
}
