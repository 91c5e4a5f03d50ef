/**
 * Results in rows, of which those in sight are drawn. Arrows walk, Enter opens, S stars, Space chooses one more, C compares two
 * that are chosen.
 */
import { Check, Film, ImageOff, Star } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { decimal } from '../../core/figures.ts';
import type { TakeId } from '../../core/ids.ts';
import { comboOf } from '../keys.ts';
import { Media } from '../media.tsx';
import type { MadeResult } from '../results-listing.ts';
import { SmallCopy } from '../small-pictures.tsx';
import { useColumns, useRows } from '../widgets/columns.ts';
import { useDrawnRows } from '../widgets/drawn-rows.tsx';
import { t } from '../../words/t.ts';

/** Pixels: a card is not narrower, and about so tall. */
const [NARROWEST, USUAL_HEIGHT, GAP] = [190, 190, 12];
/** A picture is more than a line: with more rows than this, those out of sight are not drawn. */
const MOST_ROWS = 12;

interface Chosen {
  readonly results: readonly MadeResult[];
  readonly chosen: readonly MadeResult[];
  readonly current: MadeResult | undefined;
  readonly onChoose: (takes: readonly TakeId[]) => void;
  readonly onOpen: (result: MadeResult) => void;
  readonly onStar: (results: readonly MadeResult[]) => void;
  readonly onCompare: () => void;
}
export function ResultsGrid({ results, chosen, current, onChoose, onOpen, onStar, onCompare }: Chosen) {
  const list = useRef<HTMLDivElement>(null);
  const columns = useColumns(list, NARROWEST, GAP);
  const rows = useRows(results, columns);
  const keys = useMemo(() => rows.map((row) => row.map(({ take }) => take.id).join(' ')), [rows]);
  const drawn = useDrawnRows({
    list,
    scroller: '.results__scroll',
    keys,
    usualHeight: USUAL_HEIGHT,
    gap: GAP,
    mostWhole: MOST_ROWS,
  });
  const ids = chosen.map(({ take }) => take.id);
  const isChosen = ({ take }: MadeResult) => ids.includes(take.id);
  /** The one that the arrows go on from is always the last. */
  const toggle = ({ take }: MadeResult) => {
    const others = ids.filter((id) => id !== take.id);
    onChoose(ids.includes(take.id) && others.length > 0 ? others : [...others, take.id]);
  };
  const goTo = (at: number, isOneMore: boolean) => {
    const next = results[Math.max(0, Math.min(results.length - 1, at))];
    if (!next) return;
    const others = isOneMore ? ids.filter((id) => id !== next.take.id) : [];
    onChoose([...others, next.take.id]);
    drawn.show(Math.floor(results.indexOf(next) / columns), (row) =>
      row.querySelector<HTMLElement>(`[data-result="${next.take.id}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current) return;
    const at = results.indexOf(current);
    const combo = comboOf(event);
    const isOneMore = combo.startsWith('shift+');
    const steps: Readonly<Record<string, number>> = {
      arrowright: at + 1,
      arrowleft: at - 1,
      arrowdown: at + columns,
      arrowup: at - columns,
      home: 0,
      end: results.length - 1,
    };
    const to = steps[combo.replace(/^shift\+/, '')];
    if (to !== undefined) goTo(to, isOneMore);
    else if (combo === 'enter') onOpen(current);
    else if (combo === 's') onStar(chosen);
    else if (combo === 'space') toggle(current);
    else if (combo === 'c') onCompare();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={list}
      className="results__rows"
      role="grid"
      aria-label={t('Results')}
      aria-multiselectable
      data-several={chosen.length > 1}
      aria-rowcount={rows.length}
      aria-colcount={columns}
      style={{ gap: GAP, paddingBottom: drawn.skippedBelow }}
      onKeyDown={onKeyDown}
    >
      {drawn.rows.map(({ at, skipped }) => (
        <div
          key={keys[at]}
          ref={drawn.rowRef}
          className="results__row"
          role="row"
          aria-rowindex={at + 1}
          data-row={at}
          style={{ gap: GAP, marginTop: skipped, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
        >
          {rows[at]!.map((result, column) => (
            <Card
              key={result.take.id}
              result={result}
              column={column + 1}
              isChosen={isChosen(result)}
              isCurrent={result === current}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) toggle(result);
                else onChoose([result.take.id]);
              }}
              onOpen={() => onOpen(result)}
              onStar={() => onStar([result])}
              onToggle={() => toggle(result)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Card({
  result,
  column,
  isChosen,
  isCurrent,
  onClick,
  onOpen,
  onStar,
  onToggle,
}: {
  readonly result: MadeResult;
  readonly column: number;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  readonly onClick: (event: MouseEvent) => void;
  readonly onOpen: () => void;
  readonly onStar: () => void;
  readonly onToggle: () => void;
}) {
  const { take, fate, nth, graph, isFreed, label } = result;
  const { artifact } = take;
  const isStarred = label.starredAt !== undefined;
  const [isPlaying, setPlaying] = useState(false);
  const prompt = result.prompt || t(take.work);
  const title = graph?.title ?? t('a graph that is gone');
  const about = [t(fate), ...(isStarred ? [t('starred')] : []), ...(isFreed ? [t('no longer stored')] : [])];
  return (
    <div
      className="result"
      role="gridcell"
      aria-selected={isChosen}
      aria-colindex={column}
      tabIndex={isCurrent ? 0 : -1}
      data-result={take.id}
      data-fate={fate}
      data-starred={isStarred}
      onClick={onClick}
      onDoubleClick={onOpen}
      onPointerEnter={() => setPlaying(artifact.kind === 'video' && !isFreed)}
      onPointerLeave={() => setPlaying(false)}
    >
      {/* What is said and done in here has its place in the name, the keys and the details. */}
      <div className="result__picture" aria-hidden>
        {isFreed ? (
          <span className="result__freed">
            <ImageOff size={18} aria-hidden /> {t('no longer stored')}
          </span>
        ) : (
          <SmallCopy value={artifact} />
        )}
        {isPlaying && <Media value={artifact} of={title} />}
        {(fate === 'accepted' || fate === 'rejected') && <span className="result__fate">{t(fate)}</span>}
        {artifact.kind === 'video' && (
          <span className="result__clip tabular">
            <Film size={11} aria-hidden /> {t('{0} s', decimal(artifact.frames / artifact.fps, 1))}
          </span>
        )}
        <Mark
          className="result__star"
          tip={isStarred ? t('Take the star away (S)') : t('Star it: it is kept, and found by its star (S)')}
          isOn={isStarred}
          onPress={onStar}
        >
          <Star size={15} fill={isStarred ? 'currentColor' : 'none'} />
        </Mark>
        <Mark
          className="result__tick"
          tip={t('Choose one more, to compare two (Space)')}
          isOn={isChosen}
          onPress={onToggle}
        >
          <Check size={14} />
        </Mark>
      </div>
      <p className="result__prompt">{prompt}</p>
      <p className="result__of muted">{t('{0}, take {1}', title, nth)}</p>
      <span className="unseen">{about.join(', ')}</span>
    </div>
  );
}

/** For pointers: keys have their own ways, and the keyboard stays on the card. */
function Mark({
  className,
  tip: text,
  isOn,
  onPress,
  children,
}: {
  readonly className: string;
  readonly tip: string;
  readonly isOn: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      className={`result__mark ${className}`}
      type="button"
      tabIndex={-1}
      aria-pressed={isOn}
      data-tip={text}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      {children}
    </button>
  );
}
