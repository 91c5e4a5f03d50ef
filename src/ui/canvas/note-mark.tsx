/** A note on the canvas: Markdown, shown as elements and never as HTML; nothing in it is fetched. Double click to write. */
import { NodeResizer, type NodeProps } from '@xyflow/react';
import { memo, Suspense, useState } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import type { NoteId } from '../../core/ids.ts';
import { removeMarks } from '../../core/marks.ts';
import { useApp, useFact } from '../app-context.ts';
import { part } from '../part.tsx';
import { t } from '../words/t.ts';

const Markdown = part(() => import('../markdown.tsx'));

export const NoteMark = memo(function NoteMark({ id: key, selected }: NodeProps) {
  const id = key as NoteId;
  const { document } = useApp();
  const note = useFact(document, (state) => state.board.notes[id]);
  const readOnly = useFact(document, (state) => state.readOnly);
  // A new note has nothing to show, so it is written at once.
  const [writing, setWriting] = useState(note?.text === '');
  if (!note) return null;
  const write = (text: string) => {
    setWriting(false);
    if (text === note.text && text) return;
    document.edit(text.trim() ? 'Write note' : 'Delete note', (draft) => {
      if (text.trim()) draft.notes[id]!.text = text;
      else removeMarks(draft, [id]);
    });
  };
  return (
    <article className="note" aria-label={t('Note')} data-colour={note.colour} data-selected={selected} onDoubleClick={() => setWriting(!readOnly)}>
      {!readOnly && <NodeResizer isVisible={selected} minWidth={100} minHeight={60} />}
      {writing ? (
        <textarea className="note__text nodrag nowheel" aria-label={t('Text of this note')} autoFocus defaultValue={note.text} placeholder={t('Write something. **Bold**, lists and links work.')} onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()} onBlur={(event) => write(event.target.value)} />
      ) : (
        <div className="note__text prose"><Formatted text={note.text} /></div>
      )}
    </article>
  );
});

/** Text that cannot be formatted is shown as it was written. */
function Formatted({ text }: { readonly text: string }) {
  return (
    <ErrorBoundary resetKeys={[text]} fallback={<p className="note__plain">{text}</p>}>
      <Suspense fallback={text}><Markdown text={text} /></Suspense>
    </ErrorBoundary>
  );
}
