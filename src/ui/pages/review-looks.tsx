/** Takes as they are looked at: many side by side, or two against each other; one zoom for all. */
import { useEffect } from 'react';
import { inDollars } from '../../core/money.ts';
import type { TakeRecord } from '../../core/take.ts';
import { costInShort, type Fate } from '../../ledger/receipt.ts';
import { measuredInWords } from '../../measure/measure.ts';
import { useApp, useFact } from '../app-context.ts';
import { fateInWords } from '../fate-words.ts';
import { modelInWords } from '../market.ts';
import { Media } from '../media.tsx';
import { duration } from '../units.ts';
import { TakeReceipt } from '../panels/take-receipt.tsx';
import { PairStage } from '../panels/pair-stage.tsx';
import { usePair, type Pair, type PairMode } from '../pair.ts';
import { useDrag, zoomedAt, zoomStyle, type Zoom } from '../zoom.ts';
import { tipToStopAt } from '../widgets/tip.ts';
import { inFigures, t, tell } from '../../words/t.ts';
import './review-looks.css';

/** What a take is called among those shown. */
export type Nth = (take: TakeRecord) => number;

export function Look({
  take,
  fate,
  nth,
  chosen,
  zoom,
  onZoom,
  onChoose,
}: {
  readonly take: TakeRecord;
  readonly fate: Fate;
  readonly nth: Nth;
  readonly chosen: boolean;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onChoose: () => void;
}) {
  const gestures = useDrag(zoom, onZoom);
  return (
    <article className="look" data-chosen={chosen} aria-label={t('Take {0}, {1}', nth(take), t(fate))}>
      <button
        className="look__stage zoomed"
        type="button"
        aria-label={t('Choose take {0}', nth(take))}
        aria-pressed={chosen}
        style={zoomStyle(zoom)}
        onClick={onChoose}
        onWheel={(event) => onZoom(zoomedAt(zoom, event, event.currentTarget))}
        {...gestures}
      >
        <Media value={take.artifact!} of={t('take {0}', nth(take))} />
      </button>
      <Facts take={take} fate={fate} nth={nth} />
    </article>
  );
}

function Facts({ take, fate, nth }: { readonly take: TakeRecord; readonly fate: Fate; readonly nth: Nth }) {
  const { desk } = useApp();
  const maker = useFact(desk, ({ catalog, providers }) => modelInWords(catalog, providers, take.answered));
  const tone = fate === 'accepted' ? 'good' : fate === 'rejected' ? 'bad' : '';
  return (
    <div className="look__facts tabular">
      <strong>{t('Take {0}', nth(take))}</strong>
      <span className={`badge badge--${tone}`}>
        {fateInWords(take, fate)}
        {fate === 'accepted' && take.verdict.by === 'criteria' ? t(' by criteria') : ''}
      </span>
      {take.verdict.by === 'person' && take.verdict.reason && <span>{t(take.verdict.reason)}</span>}
      <span {...tipToStopAt(tell(take.why))}>{maker}</span>
      <span>{t('seed {0}', take.seed)}</span>
      <span {...tipToStopAt(t('Estimated, then charged'))}>
        {take.estimated === null ? t('unknown') : inFigures(inDollars(take.estimated))} → {tell(costInShort(take))}
      </span>
      <span>{t('{0} waiting, {1} working', duration(take.queuedMs), duration(take.workedMs))}</span>
      {take.measures.map((measure) => (
        <span key={measure.measure} className={`badge badge--${measure.passed ? 'good' : 'bad'}`}>
          {tell(measuredInWords(measure))}
        </span>
      ))}
      <details className="look__receipt">
        <summary>{t('Receipt of this take')}</summary>
        <TakeReceipt take={take} />
      </details>
    </div>
  );
}

/** Two takes against each other. `onKeys`: hands its keys to the page while it is there. */
export function Against({
  a,
  b,
  nth,
  mode,
  onKeys,
}: {
  readonly a: TakeRecord;
  readonly b: TakeRecord;
  readonly nth: Nth;
  readonly mode: PairMode;
  readonly onKeys: (press: Pair['press'] | undefined) => void;
}) {
  const pair = usePair(a.artifact!, b.artifact!);
  useEffect(() => {
    onKeys(pair.press);
    return () => onKeys(undefined);
  });
  return (
    <div className="review__pair">
      <PairStage pair={pair} mode={mode} names={{ a: t('Take {0}', nth(a)), b: t('Take {0}', nth(b)) }} />
    </div>
  );
}
