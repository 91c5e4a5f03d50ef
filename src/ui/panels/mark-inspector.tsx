/** A chosen frame or note: its words and its colour. */
import { MARK_COLOURS } from '../../graph/graph.ts';
import type { FrameId, NoteId } from '../../core/ids.ts';
import { carriedBy, colourMarks, type MarkId } from '../../graph/marks.ts';
import { useApp, useFact } from '../app-context.ts';
import { rove, stopAt } from '../widgets/roving.ts';
import { named } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './mark-inspector.css';
import '../theme/param.css';

export default function MarkInspector({ id }: { readonly id: MarkId }) {
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
              {...named(t(colour))}
              data-colour={colour}
              onClick={() => document.edit('Colour', (draft) => colourMarks(draft, [id], colour))}
            />
          ))}
        </div>
      </div>
      {carried && (
        <p className="muted param">
          {inWords(carried)}{' '}
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

/** "It carries 3 nodes and 1 note, one frame." */
function inWords({ nodes, notes, frames }: ReturnType<typeof carriedBy>): string {
  if (notes.length === 0 && frames.length === 0) return t('It carries {0} {0|node|nodes}.', nodes.length);
  if (frames.length === 0)
    return t('It carries {0} {0|node|nodes} and {1} {1|note|notes}.', nodes.length, notes.length);
  if (notes.length === 0)
    return t('It carries {0} {0|node|nodes}, {1|one frame|{1} frames}.', nodes.length, frames.length);
  return t(
    'It carries {0} {0|node|nodes} and {1} {1|note|notes}, {2|one frame|{2} frames}.',
    nodes.length,
    notes.length,
    frames.length,
  );
}
