/** Two pictures or clips against each other: side by side, under a slider, by blinking, as their difference. */
import { ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { decimal } from '../../core/figures.ts';
import { PAIR_MODES, type Pair, type PairMode, type PairSide } from '../pair.ts';
import { hasNearlyOneShape, pairDifferences } from '../pair-steps.ts';
import { percent } from '../units.ts';
import { useDrag, WHOLE, zoomedAt, zoomStyle } from '../zoom.ts';
import { named, tip } from '../widgets/tip.ts';
import { t, tell, w } from '../../words/t.ts';
import { PairSound } from './pair-sound.tsx';
import './pair-stage.css';

const MODES: Readonly<Record<PairMode, { readonly name: string; readonly key: string }>> = {
  side: { name: w('Side by side'), key: 't' },
  slider: { name: w('Slider'), key: 's' },
  blink: { name: w('Blink'), key: 'b' },
  difference: { name: w('Difference'), key: 'd' },
};
/** The mode a key means. */
export const pairModeOf = (combo: string): PairMode | undefined => PAIR_MODES.find((mode) => MODES[mode].key === combo);

const BLINK_MS = 650;
/** How much a difference is made brighter: one of a few levels is not seen otherwise. */
const BRIGHTER = [1, 4, 16] as const;

interface Props {
  readonly pair: Pair;
  readonly names: Readonly<Record<PairSide, string>>;
  readonly mode: PairMode;
  /** On a page that scrolls the wheel is the page's, and zooms with Ctrl or by a pinch. */
  readonly scrolls?: boolean;
}
export function PairStage({ pair, names, mode, scrolls = false }: Props) {
  const [at, setAt] = useState(50);
  const [brighter, setBrighter] = useState<(typeof BRIGHTER)[number]>(4);
  const [isSecond, setSecond] = useState(false);
  const { only, zoom } = pair;
  const shownMode = only ? 'one' : mode;
  useEffect(() => {
    // A person who wants nothing to move turns them over with 1 and 2.
    if (mode !== 'blink' || matchMedia('(prefers-reduced-motion: reduce)').matches) return undefined;
    const timer = setInterval(() => setSecond((before) => !before), BLINK_MS);
    return () => clearInterval(timer);
  }, [mode]);
  const seen = only ?? (mode === 'blink' ? (isSecond ? 'b' : 'a') : undefined);
  return (
    <div className="pair">
      <div
        className="pair__frame"
        data-mode={shownMode}
        data-near={zoom.scale >= 4}
        data-fills={hasNearlyOneShape(pair.a, pair.b)}
        style={
          {
            ...zoomStyle(zoom),
            '--brighter': brighter,
            '--shape': pair.a.width / pair.a.height,
          } as CSSProperties
        }
      >
        <Half side="a" pair={pair} name={names.a} scrolls={scrolls} isHidden={seen === 'b'} />
        <Half
          side="b"
          pair={pair}
          name={names.b}
          scrolls={scrolls}
          isHidden={seen === 'a'}
          clip={shownMode === 'slider' ? `inset(0 0 0 ${at}%)` : undefined}
        />
        {seen && <span className="pair__name">{`${seen.toUpperCase()}: ${names[seen]}`}</span>}
        {shownMode === 'slider' && (
          <>
            <span className="pair__line" style={{ left: `${at}%` }} />
            <input
              type="range"
              min={0}
              max={100}
              value={at}
              aria-label={t('{0} on the left, {1} on the right', names.a, names.b)}
              onChange={(event) => setAt(Number(event.target.value))}
            />
          </>
        )}
      </div>
      <div className="pair__foot">
        {pair.steps.count > 1 && <Time pair={pair} />}
        {shownMode === 'difference' && (
          <Difference pair={pair}>
            {BRIGHTER.map((times) => (
              <button
                key={times}
                className="button button--quiet"
                type="button"
                aria-pressed={brighter === times}
                {...tip(t('How much brighter the difference is shown'))}
                onClick={() => setBrighter(times)}
              >
                {t('{0} ×', times)}
              </button>
            ))}
          </Difference>
        )}
        {zoom.scale > 1 && (
          <button
            className="button button--quiet tabular"
            type="button"
            {...tip(t('Whole picture (0)'))}
            onClick={() => pair.setZoom(WHOLE)}
          >
            {percent(zoom.scale)}
          </button>
        )}
        {pairDifferences(pair.a, pair.b).map((said) => (
          <p key={said.english} className="pair__said">
            {tell(said)}
          </p>
        ))}
      </div>
    </div>
  );
}

/** Which way they are looked at. */
export function PairModes({
  mode,
  onMode,
}: {
  readonly mode: PairMode | undefined;
  readonly onMode: (mode: PairMode) => void;
}) {
  return (
    <>
      {PAIR_MODES.map((one) => (
        <button
          key={one}
          className="button button--quiet"
          type="button"
          aria-pressed={one === mode}
          {...tip(t('Key {0}', MODES[one].key.toUpperCase()))}
          onClick={() => onMode(one)}
        >
          {t(MODES[one].name)}
        </button>
      ))}
    </>
  );
}

function Half({
  side,
  pair,
  name,
  isHidden,
  scrolls,
  clip,
}: {
  readonly side: PairSide;
  readonly pair: Pair;
  readonly name: string;
  readonly isHidden: boolean;
  readonly scrolls: boolean;
  readonly clip?: string | undefined;
}) {
  const gestures = useDrag(pair.zoom, pair.setZoom);
  const frame = useRef<HTMLDivElement>(null);
  const turned = useEffectEvent((event: WheelEvent) => {
    if (scrolls && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    pair.setZoom(zoomedAt(pair.zoom, event, frame.current!));
  });
  useEffect(() => {
    const half = frame.current;
    // React listens in a way that cannot keep the page from scrolling or zooming itself.
    half?.addEventListener('wheel', turned, { passive: false });
    return () => half?.removeEventListener('wheel', turned);
  }, []);
  const trouble = pair.trouble[side];
  return (
    <div
      ref={frame}
      className="pair__half"
      data-side={side}
      style={{ ...(isHidden ? { visibility: 'hidden' } : {}), ...(clip ? { clipPath: clip } : {}) }}
      {...gestures}
    >
      <canvas ref={pair.canvas[side]} role="img" aria-label={`${side.toUpperCase()}: ${name}`} />
      <span className="pair__name">{`${side.toUpperCase()}: ${name}`}</span>
      {trouble && (
        <p className="pair__trouble" role="alert">
          {tell(trouble)}
        </p>
      )}
    </div>
  );
}

/** Plays, steps and scrubs both. */
function Time({ pair }: { readonly pair: Pair }) {
  const { step, steps, isPlaying } = pair;
  return (
    <div className="pair__time" role="group" aria-label={t('Time of both')}>
      <button
        className="button button--icon"
        type="button"
        {...named(isPlaying ? t('Pause both (Space)') : t('Play both (Space)'))}
        onClick={() => pair.play(!isPlaying)}
      >
        {isPlaying ? <Pause size={15} aria-hidden /> : <Play size={15} aria-hidden />}
      </button>
      <button
        className="button button--icon"
        type="button"
        {...named(t('One frame back (←)'))}
        onClick={() => pair.goTo(step - 1)}
      >
        <ChevronLeft size={15} aria-hidden />
      </button>
      <button
        className="button button--icon"
        type="button"
        {...named(t('One frame on (→)'))}
        onClick={() => pair.goTo(step + 1)}
      >
        <ChevronRight size={15} aria-hidden />
      </button>
      <input
        type="range"
        min={0}
        max={steps.count - 1}
        value={step}
        aria-label={t('Frame')}
        onChange={(event) => pair.goTo(Number(event.target.value))}
      />
      <span className="tabular pair__at">
        {t('Frame {0} of {1}, {2} s', step + 1, steps.count, decimal(step / steps.rate, 2))}
      </span>
      <PairSound pair={pair} />
    </div>
  );
}

/** How far apart they are in figures, while they stand. */
function Difference({ pair, children }: { readonly pair: Pair; readonly children: ReactNode }) {
  const { difference } = pair;
  return (
    <div className="pair__difference" role="group" aria-label={t('Difference')}>
      {children}
      {difference !== undefined && (
        <span className="tabular">{t('On average {0} of 255 levels', decimal(difference, 1))}</span>
      )}
    </div>
  );
}
