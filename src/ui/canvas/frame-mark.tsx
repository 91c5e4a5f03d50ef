/** A frame: an area with a title that carries what lies in it. */
import { Handle, NodeResizer, Position, type NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { FrameId } from '../../core/ids.ts';
import { carriedBy, toggleCollapsed } from '../../graph/marks.ts';
import { useApp, useFact } from '../app-context.ts';
import { keyOf } from '../keys.ts';
import { t } from '../../words/t.ts';
import './frame-mark.css';

export default memo(function FrameMark({ id: key, selected }: NodeProps) {
  const id = key as FrameId;
  const { document } = useApp();
  const frame = useFact(document, (state) => state.board.frames[id]);
  const board = useFact(document, (state) => (frame?.collapsed ? state.board : undefined));
  const readOnly = useFact(document, (state) => state.readOnly);
  const [renaming, setRenaming] = useState(false);
  if (!frame) return null;
  const inside = board && carriedBy(board, id).nodes.length;
  return (
    <section
      className="frame"
      aria-label={t('Frame {0}', frame.title)}
      data-colour={frame.colour}
      data-selected={selected}
      data-collapsed={frame.collapsed ?? false}
    >
      {!frame.collapsed && !readOnly && <NodeResizer isVisible={selected} minWidth={120} minHeight={80} />}
      <header className="frame__head" onDoubleClick={() => setRenaming(!readOnly)}>
        <button
          className="frame__fold nodrag"
          type="button"
          aria-expanded={!frame.collapsed}
          aria-label={frame.collapsed ? t('Expand {0}', frame.title) : t('Collapse {0}', frame.title)}
          disabled={readOnly}
          onClick={() =>
            document.edit(frame.collapsed ? 'Expand frame' : 'Collapse frame', (draft) => toggleCollapsed(draft, id))
          }
        >
          {frame.collapsed ? <ChevronRight size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
        </button>
        {renaming ? (
          <Title id={id} now={frame.title} onDone={() => setRenaming(false)} />
        ) : (
          <span className="frame__title">{frame.title}</span>
        )}
        {inside !== undefined && <span className="frame__count tabular">{inside}</span>}
      </header>
      {frame.collapsed && (
        <Handle id="fold" type="target" position={Position.Left} isConnectable={false} className="frame__end" />
      )}
      {frame.collapsed && (
        <Handle id="fold" type="source" position={Position.Right} isConnectable={false} className="frame__end" />
      )}
    </section>
  );
});

/** What is written counts when it is left, and when the frame is scrolled away meanwhile. */
function Title({ id, now, onDone }: { readonly id: FrameId; readonly now: string; readonly onDone: () => void }) {
  const { document } = useApp();
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    const shown = field.current!;
    shown.focus();
    shown.select();
    return () => {
      const written = shown.value.trim();
      document.edit('Rename frame', (draft) => {
        const frame = draft.frames[id];
        if (frame && written) frame.title = written;
      });
    };
  }, [document, id]);
  return (
    <input
      ref={field}
      className="frame__title nodrag"
      aria-label={t('Title of this frame')}
      defaultValue={now}
      onKeyDown={(event) => ['Enter', 'Escape'].includes(keyOf(event)) && event.currentTarget.blur()}
      onBlur={onDone}
    />
  );
}
