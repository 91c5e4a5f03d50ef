/** How the cards of what is chosen look: their colour, whether they are collapsed, and the way back to their usual width. */
import { colourCards, resetWidth, toggleCollapsedCards } from '../../graph/card-look.ts';
import { MARK_COLOURS, type MarkColour } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { rove, stopAt } from '../widgets/roving.ts';
import { named } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './mark-inspector.css';
import './card-look-tools.css';

const COLOURS = [undefined, ...MARK_COLOURS] as const;

export function CardLookTools({ ids }: { readonly ids: readonly NodeId[] }) {
  const { document } = useApp();
  const board = useFact(document, (state) => state.board);
  const looks = ids.map((id) => board.nodes[id]?.look);
  /** What all of them have; nothing is marked where they differ. */
  const isInAll = (colour: MarkColour | undefined) => looks.every((look) => look?.colour === colour);
  const readOnly = useFact(document, (state) => state.readOnly);
  return (
    <fieldset className="bare card-look" disabled={readOnly}>
      <h3>{t('{0|Card|Cards}', ids.length)}</h3>
      <div
        className="swatches"
        role="radiogroup"
        aria-label={t('Colour of the {0|card|cards}', ids.length)}
        onKeyDown={rove}
      >
        {COLOURS.map((colour, at) => (
          <button
            key={colour ?? 'layer'}
            type="button"
            role="radio"
            aria-checked={isInAll(colour)}
            tabIndex={stopAt(isInAll(colour), at, COLOURS.some(isInAll))}
            {...named(colour ? t(colour) : t('Colour of its layer'))}
            data-colour={colour ?? 'layer'}
            onClick={() => document.edit('Colour', (draft) => colourCards(draft, ids, colour))}
          />
        ))}
      </div>
      <div className="card-look__buttons">
        <button
          className="button"
          type="button"
          aria-pressed={looks.every((look) => look?.collapsed)}
          onClick={() => document.edit('Collapse or expand', (draft) => toggleCollapsedCards(draft, ids))}
        >
          {t('Only title and sockets')}
        </button>
        {looks.some((look) => look?.width !== undefined) && (
          <button
            className="button button--quiet"
            type="button"
            onClick={() => document.edit('Resize', (draft) => ids.forEach((id) => resetWidth(draft, id)))}
          >
            {t('Usual width')}
          </button>
        )}
      </div>
    </fieldset>
  );
}
