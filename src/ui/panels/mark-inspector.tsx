/** A chosen frame or note: its words and its colour. */
import { MARK_COLOURS } from '../../graph/graph.ts';
import type { FrameId, NoteId } from '../../core/ids.ts';
import { carriedBy, colourMarks, type MarkId } from '../../graph/marks.ts';
import { useApp, useFact } from '../app-context.ts';
import { rove, stopAt } from '../widgets/roving.ts';
import { t } from '../../words/t.ts';

export function MarkInspector({ id }: { readonly id: MarkId }) {
  const { document, workspace } = useApp();
  const board = useFact(document, (state) => state.board);
  const readOnly = useFact(document, (state) => state.readOnly);
  const frame = board.frames[id as FrameId];
  const note = board.notes[id as NoteId];
  const mark = frame ?? note;
  if (!mark) return null;
  const carried = frame && carriedBy(board, id as FrameId);
  return (
    <fieldset className="bare" disabled={readOnly}>
      <h2>{frame ? t('Frame') : t('Note')}</h2>
      {frame ? (
        <div className="param">
          <div className="param__label">
            <label htmlFor="mark-title">{t('Title')}</label>
          </div>
          <input
            id="mark-title"
            className="field"
            value={frame.title}
            onChange={(event) =>
              document.edit('Rename frame', (draft) => void (draft.frames[id as FrameId]!.title = event.target.value), {
                mergeKey: `mark:${id}`,
              })
            }
          />
        </div>
      ) : (
        <div className="param">
          <div className="param__label">
            <label htmlFor="mark-text">{t('Text, in Markdown')}</label>
          </div>
          <textarea
            id="mark-text"
            className="field"
            rows={10}
            value={note!.text}
            onChange={(event) =>
              document.edit('Write note', (draft) => void (draft.notes[id as NoteId]!.text = event.target.value), {
                mergeKey: `mark:${id}`,
              })
            }
          />
        </div>
      )}
      <div className="param">
        <div className="param__label">
          <span>{t('Colour')}</span>
        </div>
        <div className="swatches" role="radiogroup" aria-label={t('Colour')} onKeyDown={rove}>
          {MARK_COLOURS.map((colour, at) => (
            <button
              key={colour}
              type="button"
              role="radio"
              aria-checked={colour === mark.colour}
              tabIndex={stopAt(colour === mark.colour, at, MARK_COLOURS.includes(mark.colour))}
              aria-label={t(colour)}
              title={t(colour)}
              data-colour={colour}
              onClick={() => document.edit('Colour', (draft) => colourMarks(draft, [id], colour))}
            />
          ))}
        </div>
      </div>
      {carried && (
        <p className="muted param">
          {t('It carries')} {carried.nodes.length} {carried.nodes.length === 1 ? t('node') : t('nodes')}
          {carried.notes.length ? t(' and {0} notes', carried.notes.length) : ''}
          {carried.frames.length === 1
            ? t(', one frame')
            : carried.frames.length
              ? t(', {0} frames', carried.frames.length)
              : ''}
          .{' '}
          {carried.nodes.length > 0 && (
            <button className="button" type="button" onClick={() => workspace.select(carried.nodes)}>
              {t('Select them')}
            </button>
          )}
        </p>
      )}
    </fieldset>
  );
}
