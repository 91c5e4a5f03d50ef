/** Deliverables in rows, of which those in sight are drawn. */
import { Bookmark, TriangleAlert } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { decimal } from '../../core/figures.ts';
import type { TakeId } from '../../core/ids.ts';
import { lookSteps } from '../../measure/artifact-look.ts';
import type { Placing } from '../../measure/campaign.ts';
import type { LookReference } from '../../measure/look-reference.ts';
import { inUnit, LOOK_DIMENSIONS, stepsIn, type LookDimension } from '../../measure/standing-out.ts';
import type { ComparedDeliverable } from '../campaign-choice.ts';
import { dateOfBooks } from '../dates.ts';
import { Media } from '../media.tsx';
import { linkTo } from '../navigation.ts';
import { useColumns, useRows } from '../widgets/columns.ts';
import { useDrawnRows } from '../widgets/drawn-rows.tsx';
import { inFigures, t, tell, w } from '../../words/t.ts';

/** Pixels: a card is not narrower, and about so tall. */
const [NARROWEST, USUAL_HEIGHT, GAP] = [244, 380, 16];
/** A picture is more than a line: with more rows than this, those out of sight are not drawn. */
const MOST_ROWS = 24;

interface Handled {
  readonly referenceTake: TakeId | undefined;
  readonly onReference: (reference: LookReference) => void;
}
export function CampaignGrid({
  compared,
  ...handled
}: Handled & { readonly compared: readonly ComparedDeliverable[] }) {
  const list = useRef<HTMLDivElement>(null);
  const columns = useColumns(list, NARROWEST, GAP);
  const rows = useRows(compared, columns);
  const keys = useMemo(() => rows.map((row) => row.map(({ deliverable }) => deliverable.take.id).join(' ')), [rows]);
  const drawn = useDrawnRows({
    list,
    scroller: '.page',
    keys,
    usualHeight: USUAL_HEIGHT,
    gap: GAP,
    mostWhole: MOST_ROWS,
  });
  return (
    <div
      ref={list}
      className="campaign__rows"
      role="list"
      aria-label={t('Accepted deliverables')}
      style={{ gap: GAP, paddingBottom: drawn.skippedBelow }}
    >
      {drawn.rows.map(({ at, skipped }) => (
        <div
          key={keys[at]}
          ref={drawn.rowRef}
          className="campaign__row"
          role="none"
          data-row={at}
          style={{ gap: GAP, marginTop: skipped, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {rows[at]!.map((one, column) => (
            <Card
              key={one.deliverable.take.id}
              {...handled}
              compared={one}
              place={at * columns + column + 1}
              of={compared.length}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

const KINDS = { 'stands out': w('Stands out'), 'off the reference': w('Off the reference') } as const;
function Card({
  compared: { deliverable, placing, trouble },
  place,
  of,
  referenceTake,
  onReference,
}: Handled & { readonly compared: ComparedDeliverable; readonly place: number; readonly of: number }) {
  const { take, graph, row } = deliverable;
  const title = graph?.title ?? t('a graph that is gone');
  const found = placing?.found;
  const isReference = take.id === referenceTake;
  return (
    <div
      className="deliverable"
      role="listitem"
      aria-label={title}
      aria-posinset={place}
      aria-setsize={of}
      data-found={found?.kind}
    >
      <div className="deliverable__picture">
        <Media value={take.artifact} of={title} />
        {found && (
          <span className="deliverable__mark">
            <TriangleAlert size={13} aria-hidden /> {t(KINDS[found.kind])}
          </span>
        )}
      </div>
      <div className="deliverable__text">
        <h3>
          {graph ? (
            <a className="deliverable__open" href={linkTo({ screen: 'review', id: graph.id, take: take.id })}>
              {title}
            </a>
          ) : (
            title
          )}
        </h3>
        <p className="deliverable__prompt">{row ? tell(row) : take.request.prompt.text || t(take.work)}</p>
        {found && <p className="deliverable__why">{tell(found.why)}</p>}
        {trouble && <p className="why why--bad">{t('Not measured: {0}', tell(trouble.message))}</p>}
        {placing ? <Distances placing={placing} /> : !trouble && <p className="muted">{t('Being measured …')}</p>}
        <p className="deliverable__foot">
          <span className="muted tabular">
            {dateOfBooks(take.at)}
            {take.mode === 'draft' && <span className="badge">{t('draft')}</span>}
          </span>
          <button
            className="button button--quiet"
            type="button"
            aria-pressed={isReference}
            disabled={isReference}
            onClick={() => onReference({ kind: 'take', take: take.id, artifact: take.artifact })}
          >
            <Bookmark size={13} aria-hidden /> {isReference ? t('Reference look') : t('Use as reference look')}
          </button>
        </p>
      </div>
    </div>
  );
}

const NAMES = {
  palette: w('Palette'),
  light: w('Light'),
  structure: w('Structure'),
  time: w('Over time'),
} as const satisfies Record<LookDimension, string>;
/** As many steps fill a bar. */
const FULL = 2;

function Distances({ placing: { distance, found } }: { readonly placing: Placing }) {
  return (
    <dl className="distances tabular">
      {LOOK_DIMENSIONS.map((dimension) => {
        const value = distance[dimension];
        if (value === undefined) return null;
        return (
          <div key={dimension} data-found={found?.dimension === dimension}>
            <dt>{t(NAMES[dimension])}</dt>
            <dd className="distances__bar" aria-hidden>
              <span style={{ width: `${Math.min(1, stepsIn(distance, dimension) / FULL) * 100}%` }} />
            </dd>
            <dd>{tell(inUnit(dimension, value))}</dd>
          </div>
        );
      })}
      <div className="distances__all">
        <dt>{t('Look')}</dt>
        <dd className="distances__bar" aria-hidden>
          <span style={{ width: `${Math.min(1, lookSteps(distance) / FULL) * 100}%` }} />
        </dd>
        <dd>{inFigures(decimal(lookSteps(distance), 2))}</dd>
      </div>
    </dl>
  );
}
