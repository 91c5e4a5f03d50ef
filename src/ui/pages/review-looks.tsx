/** Takes as they are looked at: side by side, under a slider, by blinking; one zoom for all. */
import { useEffect, useRef, useState, type CSSProperties, type PointerEvent, type WheelEvent } from 'react';
import { inDollars } from '../../core/money.ts';
import type { TakeRecord } from '../../core/take.ts';
import { costInShort, type Fate } from '../../ledger/receipt.ts';
import { measuredInWords } from '../../measure/measure.ts';
import { fateInWords } from '../fate-words.ts';
import { Media } from '../media.tsx';
import { duration } from '../units.ts';
import { TakeReceipt } from '../panels/take-receipt.tsx';
import { useTogether } from '../together.ts';
import { tipToStopAt } from '../widgets/tip.ts';
import { inFigures, t, tell } from '../../words/t.ts';
import './review-looks.css';

interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}
/** What a take is called among those shown. */
export type Nth = (take: TakeRecord) => number;
export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 };

const zoomStyle = ({ scale, x, y }: Zoom): CSSProperties => ({
  ['--zoom' as string]: `translate(${x * 100}%, ${y * 100}%) scale(${scale})`,
});

/** Wheel zooms about the pointer, dragging moves; places are shares of the frame, so all frames move together. */
function useZoom(zoom: Zoom, onZoom: (zoom: Zoom) => void) {
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: Zoom }>(undefined);
  return {
    onWheel(event: WheelEvent<HTMLElement>) {
      const box = event.currentTarget.getBoundingClientRect();
      const scale = Math.min(16, Math.max(1, zoom.scale * (event.deltaY < 0 ? 1.2 : 1 / 1.2)));
      const at = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
      const k = scale / zoom.scale;
      onZoom(scale === 1 ? WHOLE : { scale, x: at.x - (at.x - zoom.x) * k, y: at.y - (at.y - zoom.y) * k });
    },
    onPointerDown(event: PointerEvent<HTMLElement>) {
      drag.current = { x: event.clientX, y: event.clientY, from: zoom };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!drag.current || event.buttons === 0 || zoom.scale === 1) return;
      const box = event.currentTarget.getBoundingClientRect();
      const { from } = drag.current;
      onZoom({
        ...zoom,
        x: from.x + (event.clientX - drag.current.x) / box.width,
        y: from.y + (event.clientY - drag.current.y) / box.height,
      });
    },
    onPointerUp() {
      drag.current = undefined;
    },
  };
}

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
  const gestures = useZoom(zoom, onZoom);
  return (
    <article className="look" data-chosen={chosen} aria-label={t('Take {0}, {1}', nth(take), t(fate))}>
      <button
        className="look__stage zoomed"
        type="button"
        aria-label={t('Choose take {0}', nth(take))}
        aria-pressed={chosen}
        style={zoomStyle(zoom)}
        onClick={onChoose}
        {...gestures}
      >
        <Media value={take.artifact!} of={t('take {0}', nth(take))} />
      </button>
      <Facts take={take} fate={fate} nth={nth} />
    </article>
  );
}

function Facts({ take, fate, nth }: { readonly take: TakeRecord; readonly fate: Fate; readonly nth: Nth }) {
  const tone = fate === 'accepted' ? 'good' : fate === 'rejected' ? 'bad' : '';
  return (
    <div className="look__facts tabular">
      <strong>{t('Take {0}', nth(take))}</strong>
      <span className={`badge badge--${tone}`}>
        {fateInWords(take, fate)}
        {fate === 'accepted' && take.verdict.by === 'criteria' ? t(' by criteria') : ''}
      </span>
      {take.verdict.by === 'person' && take.verdict.reason && <span>{t(take.verdict.reason)}</span>}
      <span {...tipToStopAt(tell(take.why))}>{take.answered.model}</span>
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

interface Pair {
  readonly a: TakeRecord;
  readonly b: TakeRecord;
  readonly nth: Nth;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
}
export function Slider({ a, b, nth, zoom, onZoom }: Pair) {
  const [at, setAt] = useState(50);
  const gestures = useZoom(zoom, onZoom);
  const frame = useRef<HTMLDivElement>(null);
  useTogether(frame);
  return (
    <div ref={frame} className="ab zoomed" style={zoomStyle(zoom)} {...gestures}>
      <Media value={a.artifact!} of={t('take {0}', nth(a))} />
      <div className="ab__over" style={{ clipPath: `inset(0 0 0 ${at}%)` }}>
        <Media value={b.artifact!} of={t('take {0}', nth(b))} />
      </div>
      <span className="ab__line" style={{ left: `${at}%` }} />
      <input
        type="range"
        min={0}
        max={100}
        value={at}
        aria-label={t('Take {0} on the left, take {1} on the right', nth(a), nth(b))}
        onPointerDown={(event) => event.stopPropagation()}
        onChange={(event) => setAt(Number(event.target.value))}
      />
    </div>
  );
}

export function Blink({ a, b, nth, zoom, onZoom }: Pair) {
  const [second, setSecond] = useState(false);
  const gestures = useZoom(zoom, onZoom);
  useEffect(() => {
    const timer = setInterval(() => setSecond((before) => !before), 650);
    return () => clearInterval(timer);
  }, []);
  const frame = useRef<HTMLDivElement>(null);
  useTogether(frame);
  return (
    <div ref={frame} className="ab zoomed" style={zoomStyle(zoom)} {...gestures}>
      <Media value={a.artifact!} of={t('take {0}', nth(a))} />
      <div className="ab__over" style={{ visibility: second ? 'visible' : 'hidden' }}>
        <Media value={b.artifact!} of={t('take {0}', nth(b))} />
      </div>
      <span className="badge" style={{ position: 'absolute', top: 10, left: 10 }}>
        {t('Take {0}', nth(second ? b : a))}
      </span>
    </div>
  );
}
