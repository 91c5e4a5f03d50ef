/** A frame: an area with a title that carries what lies in it. */
import { Handle, NodeResizer, Position, type NodeProps } from '@xyflow/react';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, useState } from 'react';
import type { FrameId } from '../../core/ids.ts';
import { carriedBy, toggleCollapsed } from '../../core/marks.ts';
import { useApp, useFact } from '../app-context.ts';
import { t } from '../words/t.ts';

export const FrameMark = memo(function FrameMark({ id: key, selected }: NodeProps) {
  const id = key as FrameId;
  const { document } = useApp();
  const frame = useFact(document, (state) => state.board.frames[id]);
  const board = useFact(document, (state) => (frame?.collapsed ? state.board : undefined));
  const readOnly = useFact(document, (state) => state.readOnly);
  const [renaming, setRenaming] = useState(false);
  if (!frame) return null;
  const inside = board && carriedBy(board, id).nodes.length;
  return (
    <section className="frame" aria-label={t('Frame {0}', frame.title)} data-colour={frame.colour} data-selected={selected} data-collapsed={frame.collapsed ?? false}>
      {!frame.collapsed && !readOnly && <NodeResizer isVisible={selected} minWidth={120} minHeight={80} />}
      <header className="frame__head" onDoubleClick={() => setRenaming(!readOnly)}>
        <button className="frame__fold nodrag" type="button" aria-expanded={!frame.collapsed} aria-label={frame.collapsed ? t('Expand {0}', frame.title) : t('Collapse {0}', frame.title)} disabled={readOnly} onClick={() => document.edit(frame.collapsed ? 'Expand frame' : 'Collapse frame', (draft) => toggleCollapsed(draft, id))}>
          {frame.collapsed ? <ChevronRight size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
        </button>
        {renaming ? (
          <input className="frame__title nodrag" aria-label={t('Title of this frame')} autoFocus defaultValue={frame.title} onFocus={(event) => event.target.select()} onKeyDown={(event) => (event.key === 'Enter' || event.key === 'Escape') && event.currentTarget.blur()} onBlur={(event) => {
            setRenaming(false);
            const title = event.target.value.trim();
            if (title && title !== frame.title) document.edit('Rename frame', (draft) => void (draft.frames[id]!.title = title));
          }} />
        ) : (
          <span className="frame__title">{frame.title}</span>
        )}
        {inside !== undefined && <span className="frame__count tabular">{inside}</span>}
      </header>
      {frame.collapsed && <Handle id="fold" type="target" position={Position.Left} isConnectable={false} className="frame__end" />}
      {frame.collapsed && <Handle id="fold" type="source" position={Position.Right} isConnectable={false} className="frame__end" />}
    </section>
  );
});
