/** How the card of the chosen node looks: its colour, whether it is collapsed, and the way back to its usual width. */
import { colourCards, resetWidth, toggleCollapsedCards } from '../../graph/card-look.ts';
import { MARK_COLOURS } from '../../graph/graph.ts';
import type { NodeId } from '../../core/ids.ts';
import { useApp, useFact } from '../app-context.ts';
import { rove, stopAt } from '../widgets/roving.ts';
import { named } from '../widgets/tip.ts';
import { t } from '../../words/t.ts';
import './mark-inspector.css';
import './card-look-tools.css';

const COLOURS = [undefined, ...MARK_COLOURS] as const;

export function CardLookTools({ id }: { readonly id: NodeId }) {
  const { document } = useApp();
  const look = useFact(document, (state) => state.board.nodes[id]?.look);
  const readOnly = useFact(document, (state) => state.readOnly);
  return (
    <fieldset className="bare card-look" disabled={readOnly}>
      <h3>{t('Card')}</h3>
      <div className="swatches" role="radiogroup" aria-label={t('Colour of the card')} onKeyDown={rove}>
        {COLOURS.map((colour, at) => (
          <button
            key={colour ?? 'layer'}
            type="button"
            role="radio"
            aria-checked={colour === look?.colour}
            tabIndex={stopAt(colour === look?.colour, at, true)}
            {...named(colour ? t(colour) : t('Colour of its layer'))}
            data-colour={colour ?? 'layer'}
            onClick={() => document.edit('Colour', (draft) => colourCards(draft, [id], colour))}
          />
        ))}
      </div>
      <div className="card-look__buttons">
        <button
          className="button"
          type="button"
          aria-pressed={look?.collapsed ?? false}
          onClick={() => document.edit('Collapse or expand', (draft) => toggleCollapsedCards(draft, [id]))}
        >
          {t('Only title and sockets')}
        </button>
        {look?.width !== undefined && (
          <button
            className="button button--quiet"
            type="button"
            onClick={() => document.edit('Resize', (draft) => resetWidth(draft, id))}
          >
            {t('Usual width')}
          </button>
        )}
      </div>
    </fieldset>
  );
}
