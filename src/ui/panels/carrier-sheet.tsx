/** Asks what pictures and clips are taken for that carry the graph they were made by. */
import { useCallback, useRef } from 'react';
import type { GraphCarrier, CarrierQuestion, CarriersAs } from '../../state/workspace.ts';
import { t } from '../../words/t.ts';
import { Sheet } from '../widgets/sheet.tsx';
import './carrier-sheet.css';

/** Of many files, the first are shown. */
const MOST_SHOWN = 4;

export default function CarrierSheet({ carriers, usual, answer }: CarrierQuestion) {
  const choices: readonly CarriersAs[] = usual === 'graphs' ? ['media', 'graphs'] : ['graphs', 'media'];
  const first = useRef<HTMLButtonElement>(null);
  const further = carriers.length - MOST_SHOWN;
  return (
    <Sheet
      heading={t(
        '{0|This file carries|These files carry} the {0|graph it was|graphs they were} made by',
        carriers.length,
      )}
      begin={first}
      staysOpen
      onClose={() => answer(undefined)}
    >
      <ul className="carriers">
        {carriers.slice(0, MOST_SHOWN).map((carrier, nth) => (
          <CarrierRow key={nth} carrier={carrier} />
        ))}
      </ul>
      {further > 0 && <p className="muted">{t('And {0} more {0|file|files}.', further)}</p>}
      <div className="sheet__foot">
        <button className="button" type="button" onClick={() => answer(undefined)}>
          {t('Cancel')}
        </button>
        {choices.map((choice) => (
          <button
            key={choice}
            ref={choice === usual ? first : undefined}
            className={choice === usual ? 'button button--primary' : 'button'}
            type="button"
            onClick={() => answer(choice)}
          >
            {labelOf(choice, carriers)}
          </button>
        ))}
      </div>
    </Sheet>
  );
}

function CarrierRow({ carrier: { file, as, title, nodes } }: { readonly carrier: GraphCarrier }) {
  const showFile = useCallback(
    (element: HTMLImageElement | HTMLVideoElement | null) => {
      if (!element) return undefined;
      element.src = URL.createObjectURL(file);
      return () => URL.revokeObjectURL(element.src);
    },
    [file],
  );
  return (
    <li className="carrier">
      {as === 'picture' ? <img ref={showFile} alt="" /> : <video ref={showFile} muted preload="metadata" aria-hidden />}
      <div>
        <p className="carrier__file">{file.name}</p>
        <p className="muted">{t('“{0}”, {1} {1|node|nodes}', title, nodes)}</p>
      </div>
    </li>
  );
}

function labelOf(choice: CarriersAs, carriers: readonly GraphCarrier[]): string {
  if (choice === 'graphs') return t('Open {0|its graph|their graphs}', carriers.length);
  if (carriers.every(({ as }) => as === 'picture')) return t('Use as {0|picture|pictures}', carriers.length);
  if (carriers.every(({ as }) => as === 'clip')) return t('Use as {0|clip|clips}', carriers.length);
  return t('Use as pictures and clips');
}
